"""`every X which is Y` says nothing where there is no such X."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.terms import EveryHolds, Filter, Selection, StageReached, Terms


def vacuous_universals(terms: Terms) -> Iterator[Diagnostic]:
    """`every Claim which is Disputed has been withdrawn`, where perhaps no Claim is ever Disputed.

    A lawyer may mean that all is well without such a Claim, or that there must be one. Here it waits for a first one.
    """
    parts = (terms.provisions, terms.validities, terms.edges, tuple(terms.conditions.values()))
    for asked in walk(parts):
        selection: object = None
        if isinstance(asked, EveryHolds):
            selection = asked.entries
        elif isinstance(asked, StageReached) and asked.quantifier == "every":
            selection = asked.subject
        if isinstance(selection, Selection) and isinstance(selection.filter, Filter):
            noun = selection.text_noun
            yield Diagnostic(
                f"Every {noun} of which there may be none",
                asked.span,
                "waits for a first one",
                f"While there is no {noun} {selection.filter.text}, this is pending and not true.",
                f"Write `the number of {noun} which ... is at most 0` where none is as good.",
                Severity.WARNING,
            )
