"""Shares of one amount add up to it, to the last cent."""

from collections.abc import Iterator
from fractions import Fraction

from dsl.diagnostics import Diagnostic, Severity
from dsl.money import Quantity
from dsl.rules.facts import known
from dsl.terms import Duty, Move, Passes, Power, Provision, Share, Terms, Value


def left_over_shares(terms: Terms) -> Iterator[Diagnostic]:
    """One sentence that divides an amount by percentages, and leaves open where the left-over goes.

    Each share is rounded by itself, half up to the cent, so that two halves of an odd amount are a cent too much, and
    three times 33.3 percent leave some over. The last one should get what remains, and the sentence should say so.
    """
    for provisions in _sentences(terms):
        shares: list[tuple[Value, Fraction, Provision]] = []
        for provision in provisions:
            share = _share(provision)
            if share is not None:
                shares.append((share.whole, Fraction(share.numerator, share.denominator), provision))
        for whole in dict.fromkeys(each for each, _, _ in shares):
            mine = [(part, provision) for each, part, provision in shares if each == whole]
            total = sum((part for part, _ in mine), Fraction(0))
            if len(mine) > 1 and Fraction(99, 100) <= total and not _exact(whole, [part for part, _ in mine], terms):
                yield _told(whole, total, mine[-1][1])


def _sentences(terms: Terms) -> Iterator[list[Provision]]:
    """The provisions of each sentence together."""
    found: dict[int, list[Provision]] = {}
    for provision in terms.provisions:
        found.setdefault(provision.span.start, []).append(provision)
    yield from found.values()


def _share(provision: Provision) -> Share | None:
    statement = provision.statement
    amount: Value | None = None
    if isinstance(statement, Passes):
        amount = statement.amount
    elif isinstance(statement, Duty | Power) and isinstance(statement.act, Move):
        amount = statement.act.amount
    return amount if isinstance(amount, Share) else None


def _exact(whole: Value, parts: list[Fraction], terms: Terms) -> bool:
    """Whether the shares of an amount that is written out come out even."""
    content = known(whole, terms)
    if not isinstance(content, Quantity) or sum(parts) != 1:
        return False
    return all((content.amount * part).denominator == 1 for part in parts)


def _told(whole: Value, total: Fraction, provision: Provision) -> Diagnostic:
    percent = f"{float(total * 100):g} percent in all"
    return Diagnostic(
        "A left-over that nobody is given",
        provision.statement.span,
        percent,
        f"Each share of {whole.text} is rounded by itself, so together they can be more or less than it."
        if total == 1
        else f"The shares of {whole.text} do not make up the whole of it.",
        f"Give the last one what is left: `{whole.text} less` the other shares.",
        Severity.WARNING,
        provision.section,
    )
