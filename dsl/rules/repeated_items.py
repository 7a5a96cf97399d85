"""Each item of a list says something of its own."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.terms import Combined, Condition, Terms


def repeated_items(terms: Terms) -> Iterator[Diagnostic]:
    """Two items of one list, or two parts of one sentence, that ask for the very same thing.

    The second decides nothing. As a rule one of them was copied and was to be changed, so that something the parties
    agreed on is missing.
    """
    parts = (terms.provisions, terms.validities, terms.edges, tuple(terms.conditions.values()))
    told: set[int] = set()
    for combined in walk(parts):
        if not isinstance(combined, Combined):
            continue
        before: list[Condition] = []
        for item in combined.items:
            if item.condition in before and item.condition.span.start not in told:
                told.add(item.condition.span.start)
                yield Diagnostic(
                    "The same thing asked twice",
                    item.condition.span,
                    "asked before",
                    f"Nothing changes with a second `{item.condition.text}` in one list.",
                    "Change one of the two to what was meant, or leave it out.",
                    Severity.WARNING,
                )
            before.append(item.condition)
