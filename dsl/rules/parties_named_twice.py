"""One person is one name, or the reader is told where the machine tells two of them apart."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.terms import Terms


def parties_named_twice(terms: Terms) -> Iterator[Diagnostic]:
    """A role that is filled by the name of another party.

    Wherever two are compared they are one person. But each acts in its own name: what the role does, `made by` the
    other one does not see, and what one of them must do, the other one has not done. A deal is not opened with a role
    that is filled so; a text in which one is means two capacities of one person, or has a slip.
    """
    for party in terms.parties.values():
        if party.described in terms.parties and party.described != party.name:
            yield Diagnostic(
                f"{party.described} fills {party.name}, and is another party",
                party.span,
                "one person by two names",
                f"What {party.name} does is not `made by {party.described}`: each acts in its own name.",
                f"Name one of them wherever both are meant, or say in other words who {party.name} is.",
                Severity.WARNING,
            )
