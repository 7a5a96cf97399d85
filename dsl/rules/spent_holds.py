"""What is kept back of a payment is not kept back for the entry that the payment is about."""

from collections.abc import Iterator
from itertools import product

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.words import a
from dsl.rules.facts import asked_of_rows, exclude, is_row, needed, spoken
from dsl.terms import Balance, Duty, Hold, Move, PaidUnder, Power, Provision, StageReached, Terms


def spent_holds(terms: Terms) -> Iterator[Diagnostic]:
    """`For each Award, must hold the Lien of such Award`, beside `For each Award, must pay the Net of such Award`.

    What is paid about an entry uses what is held for it, so the payment of the rest leaves nothing held for the lien.
    Only a payment that is due with the entry, or together with the hold, is told of: one that waits for something
    else is mostly what was held.
    """
    for holding in terms.provisions:
        hold = _hold(holding)
        if hold is None or holding.rows is None or any(isinstance(each, PaidUnder) for each in spoken(hold, terms)):
            continue
        for paying in terms.provisions:
            if _pays_beside(paying, holding, hold) and not _apart(paying, holding, terms):
                kind = holding.rows.text_noun
                yield Diagnostic(
                    f"Used up by what section {paying.cited} pays",
                    holding.statement.span,
                    f"held for {a(kind)}, and section {paying.cited} pays about {a(kind)}",
                    f"What is paid about an entry uses what is held for it: {paying.statement.text}.",
                    f"Hold it for an entry of its own about the {kind} "
                    f"(`a Reserve occurs about such {kind}`, `For each Reserve, ... must hold ...`).",
                    Severity.WARNING,
                    holding.section,
                )


def _hold(provision: Provision) -> Hold | None:
    """The hold of a duty to hold an amount for its row, unless it is the account of the row."""
    act = provision.statement.act if isinstance(provision.statement, Duty) else None
    if not isinstance(act, Hold) or act.amount is None or act.about is not None or isinstance(act.amount, Balance):
        return None
    return act


def _pays_beside(paying: Provision, holding: Provision, hold: Hold) -> bool:
    """Whether a sentence pays another amount out of the fund for the same entries, as soon as there are any."""
    act = paying.statement.act if isinstance(paying.statement, Duty | Power) else None
    if not isinstance(act, Move) or act.into or (act.fund, act.purpose) != (hold.fund, "balance"):
        return False
    if act.amount is None or act.amount == hold.amount or paying.rows is None or holding.rows is None:
        return False
    at_once = paying.trigger in (None, holding.trigger) or _of_the_row(paying.trigger)
    return at_once and bool(set(paying.rows.kinds) & set(holding.rows.kinds))


def _of_the_row(trigger: object) -> bool:
    """Whether a trigger is only that the entry of the sentence is there."""
    return isinstance(trigger, StageReached) and trigger.bound is None and is_row(trigger.subject)


def _apart(paying: Provision, holding: Provision, terms: Terms) -> bool:
    """Whether what the one waits for, or says of its rows, rules out what the other does."""
    asked = [(*needed(each.trigger, terms), *asked_of_rows(each, terms)) for each in (paying, holding)]
    return any(exclude(one, other, terms) for one, other in product(*asked))
