"""Absence is said with `no`, because `none of` waits."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.resolve.words import a
from dsl.terms import Combined, Selection, StageReached, Terms


def absence_in_none_of(terms: Terms) -> Iterator[Diagnostic]:
    """`none of (i) an Objection has been given` reads as absence and is not.

    That an Objection has been given is pending until one is, so that none has been given is pending as well, and
    nothing ever happens. `no Objection has been given` is true from the start.
    """
    defined = (*terms.conditions.values(), *terms.values.values())
    parts = (terms.provisions, terms.validities, terms.edges, defined)
    for combined in walk(parts):
        if not isinstance(combined, Combined) or combined.quantifier != "none":
            continue
        for item in combined.items:
            asked = item.condition
            if isinstance(asked, StageReached) and asked.quantifier == "some" and isinstance(asked.subject, Selection):
                noun = asked.subject.text_noun
                yield Diagnostic(
                    "Absence written as `none of`",
                    asked.span,
                    "pending until it has, never absent",
                    f"While there is no {noun}, whether {a(noun)} has been {asked.stage} is pending, not false.",
                    f"Write `no {noun} has been {asked.stage}` in a list of `all of`.",
                    Severity.WARNING,
                    item.path.partition("(")[0],
                )
