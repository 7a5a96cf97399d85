"""A labelled item has a number of its own."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.terms import Combined, Terms


def items_numbered_twice(terms: Terms) -> Iterator[Diagnostic]:
    """Two labelled lists of one clause whose items have the same numbers, or an item with the number of a clause.

    An outcome is cited by its number. What two items share cannot be cited, waived or asked for, and coverage cannot
    tell which of them was seen.
    """
    taken = dict.fromkeys(terms.clauses, -1)
    parts = (terms.provisions, terms.validities, tuple(terms.conditions.values()), terms.edges)
    lists = (each for each in walk(parts) if isinstance(each, Combined) and each.items and each.items[0].path)
    told: set[int] = set()
    for combined in sorted(lists, key=lambda each: each.span.start):
        shared = [item for item in combined.items if taken.get(item.path, item.span.start) != item.span.start]
        if shared and combined.span.start not in told:
            told.add(combined.span.start)
            yield Diagnostic(
                f"Two things are numbered {shared[0].path}",
                shared[0].span,
                "this number is taken",
                "Nothing can be cited by a number that two of them have.",
                "Give one list a clause of its own, or join its conditions with `and` or `or`.",
                Severity.WARNING,
            )
        taken |= {item.path: item.span.start for item in combined.items if item.path not in taken}
