"""Shares of one amount add up to it, to the last cent."""

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from dsl.diagnostics import Diagnostic, Severity
from dsl.money import Quantity
from dsl.rules.facts import known
from dsl.terms import (
    Defined,
    Duty,
    FieldOf,
    FieldSum,
    Move,
    Passes,
    Power,
    Product,
    Provision,
    Row,
    Share,
    Terms,
    Value,
)  # fmt: skip


def left_over_shares(terms: Terms) -> Iterator[Diagnostic]:
    """A section that divides an amount by percentages or fractions, and leaves open where the left-over goes.

    Each share is rounded by itself, half up to the cent, so that two halves of an odd amount are a cent too much, and
    three times 33.3 percent leave some over. The last one should get what remains, and the section should say so. A
    share worked out for each row, by what it has of the sum over all, is rounded by itself as well.
    """
    of_sentences = [each for provisions in _sentences(terms) for each in _divided(provisions, terms)]
    of_sections = [each for provisions in _together(terms) for each in _divided(provisions, terms, most=1)]
    told = {each.span: each for each in (*of_sections, *of_sentences)}
    yield from told.values()
    for provision in terms.provisions:
        by = _by_rows(_amount(provision), terms)
        if by is not None:
            yield _told_of_rows(by, provision)


def _divided(provisions: list[Provision], terms: Terms, most: int | None = None) -> Iterator[Diagnostic]:
    """What is told of shares that stand together, if they are nearly all of an amount, and at `most` so much of it."""
    shares = [(share, each) for each in provisions if (share := _share(_amount(each), terms)) is not None]
    for whole in dict.fromkeys(whole for (whole, _), _ in shares):
        mine = [(part, provision) for (each, part), provision in shares if each == whole]
        parts = [part for part, _ in mine]
        is_all = Fraction(99, 100) <= sum(parts) and (most is None or sum(parts) <= most)
        if len(mine) > 1 and is_all and not _exact(whole, parts, terms):
            yield _told(whole, sum(parts, Fraction(0)), mine[-1][1])


def _sentences(terms: Terms) -> Iterator[list[Provision]]:
    """The provisions of each sentence together."""
    found: dict[int, list[Provision]] = {}
    for provision in terms.provisions:
        found.setdefault(provision.span.start, []).append(provision)
    yield from found.values()


def _together(terms: Terms) -> Iterator[list[Provision]]:
    """The provisions of each section that pay the same money on the same condition: out of the same pocket."""
    found: dict[object, list[Provision]] = {}
    for provision in terms.provisions:
        statement, act = provision.statement, getattr(provision.statement, "act", None)
        payer: object = statement.source if isinstance(statement, Passes) else None
        if isinstance(act, Move):
            payer = (act.fund, act.into) if act.fund else getattr(statement, "bearers", ())
        rows, trigger = (each.text if each is not None else "" for each in (provision.rows, provision.trigger))
        found.setdefault((provision.section, payer, rows, provision.latches, trigger), []).append(provision)
    yield from found.values()


def _amount(provision: Provision) -> Value | None:
    statement = provision.statement
    if isinstance(statement, Passes):
        return statement.amount
    return statement.act.amount if isinstance(statement, Duty | Power) and isinstance(statement.act, Move) else None


def _meant(value: Value | None, terms: Terms) -> Value | None:
    """What a value is, behind the names it goes by."""
    seen: set[str] = set()
    while isinstance(value, Defined | FieldOf):
        name = value.name if isinstance(value, Defined) else value.field
        if name in seen or name not in terms.values:
            return value
        seen.add(name)
        value = terms.values[name].value
    return value


def _share(value: Value | None, terms: Terms) -> tuple[Value, Fraction] | None:
    """The amount that a value is a fixed part of, and which part; None for any other value."""
    meant = _meant(value, terms)
    if isinstance(meant, Share):
        return meant.whole, Fraction(meant.numerator, meant.denominator)
    if not isinstance(meant, Product):
        return None
    over, under = ([known(each, terms) for each in parts] for parts in (meant.over, meant.under))
    amounts = [each for each, content in zip(meant.over, over, strict=True) if not isinstance(content, int)]
    numbers = [each for each in over if isinstance(each, int)]
    if len(amounts) != 1 or not all(isinstance(each, int) and each for each in under):
        return None
    part = Fraction(prod(numbers), prod(each for each in under if isinstance(each, int)))
    return (amounts[0], part) if part < 1 else None


def _by_rows(value: Value | None, terms: Terms) -> tuple[Product, FieldOf, FieldSum] | None:
    """A figure of a row divided by the sum of that figure over all rows, times an amount of money."""
    meant = _meant(value, terms)
    whole = _meant(meant.under[0], terms) if isinstance(meant, Product) and len(meant.under) == 1 else None
    if not isinstance(meant, Product) or not isinstance(whole, FieldSum):
        return None
    for each in meant.over:
        subject = each.subject if isinstance(each, FieldOf) and each.field == whole.field else None
        if isinstance(each, FieldOf) and isinstance(subject, Row) and subject.kind == whole.entries.text_noun:
            return meant, each, whole
    return None


def _told_of_rows(by: tuple[Product, FieldOf, FieldSum], provision: Provision) -> Diagnostic:
    product, mine, whole = by
    amount = next(each for each in product.over if each is not mine)
    noun = whole.entries.text_noun
    return Diagnostic(
        "A left-over that nobody is given",
        provision.statement.span,
        f"each {noun} gets a part that is rounded by itself",
        f"Together the parts of {amount.text} can be more or less than it.",
        f"Write `the share of such {noun} in {amount.text} in proportion to {whole.field} of every {noun}`.",
        Severity.WARNING,
        provision.section,
    )


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
