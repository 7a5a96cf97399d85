"""A part of what a fund holds is a part of the whole, not of what an earlier statement of the sentence has left."""

from collections.abc import Iterator
from itertools import combinations

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.facts import spoken
from dsl.terms import AsOf, Balance, PartOf, Passes, Product, Provision, Share, Terms


def shrinking_figures(terms: Terms) -> Iterator[Diagnostic]:
    """`50 percent of the balance passes to A, and 50 percent of the balance passes to B`, which gives B a quarter.

    What happens by itself happens in the order of the sentence, and each figure is read when its turn comes. The whole
    balance as the last of several is what the others have left, and is meant so; a part of it seldom is. A balance as
    of a time stays what it was.
    """
    told = set()
    for first, second in combinations(terms.provisions, 2):
        if second.key in told or not _one_sentence(first, second) or not _shrinks(first, second, terms):
            continue
        told.add(second.key)
        yield Diagnostic(
            "Read after some of it has passed",
            second.statement.span,
            "a part of what is left then",
            f"Before it, this happens: {first.statement.text}.",
            "Enter the figure first (`a Closing occurs stating Whole as the balance of ...`) and take parts of that, "
            "or let the last take the whole balance that is left.",
            Severity.WARNING,
            second.section,
        )


def _one_sentence(first: Provision, second: Provision) -> bool:
    """Whether two statements follow from one trigger, in this order."""
    return first.section == second.section and first.trigger is not None and first.trigger is second.trigger


def _shrinks(first: Provision, second: Provision, terms: Terms) -> bool:
    """Whether the second passes a part of what a fund holds after the first has passed some of it."""
    if not isinstance(first.statement, Passes) or not isinstance(second.statement, Passes):
        return False
    emptied = (first.statement.source, first.statement.purpose)
    whole = [*spoken(second.statement.amount, terms)]
    past = {id(one) for each in whole if isinstance(each, AsOf) for one in spoken(each, terms)}
    asked = [each for part in whole if isinstance(part, Share | Product | PartOf) for each in spoken(part, terms)]
    return any(
        isinstance(each, Balance) and (each.fund, each.part) == emptied for each in asked if id(each) not in past
    )
