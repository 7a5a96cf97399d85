"""Two names differ by more than an s."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic
from dsl.resolve.names import singulars
from dsl.rules.acts_of import name_at
from dsl.source import Span
from dsl.terms import Terms


def near_duplicate_names(terms: Terms) -> Iterator[Diagnostic]:
    """`Seller` and `Sellers` for two things, where neither is a group or list of the other.

    A reader takes them for one, and so does a writer in a hurry. Of a group and its member, or a list and the kind in
    it, the plural is the natural name.
    """
    defined = _defined(terms)
    for name, (section, span) in defined.items():
        for single in singulars(name):
            if single in defined and single not in _inside(name, terms) and name not in _inside(single, terms):
                yield Diagnostic(
                    f"{single} and {name} are two things",
                    name_at(name, span),
                    f"section {defined[single][0]} defines `{single}`",
                    "A reader takes a name and its plural for one.",
                    "Give one of them a name of its own.",
                    section=section,
                )


def _inside(name: str, terms: Terms) -> tuple[str, ...]:
    party = terms.parties.get(name)
    return (*terms.collections.get(name, ()), *(party.members if party else ()))


def _defined(terms: Terms) -> dict[str, tuple[str, Span]]:
    found: dict[str, tuple[str, Span]] = {}
    every = (
        terms.parties, terms.kinds, terms.funds, terms.blanks, terms.ambiguities, terms.conditions, terms.values
    )  # fmt: skip
    for table in every:
        for name, each in table.items():
            found[name] = (each.section, each.span)
    return found
