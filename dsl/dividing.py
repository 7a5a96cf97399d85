"""What one row gets of a whole that rows divide: in proportion to a figure of theirs, or one after the other."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dsl import terms as t
from dsl.arithmetic import count_of, weight_of
from dsl.folds import Group, gathered
from dsl.money import Quantity, allocate
from dsl.ranking import rank_of
from dsl.reasons import Gap, Truth, Wait, joined, was_not_there
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.values import Known, Values


def part(values: "Values", value: t.PartOf, paid: Mapping[int, int] | None = None) -> Quantity | int | Gap:
    """The part of one row, or why it cannot be said yet; `paid` is what rows have been paid of theirs, by number."""
    whole, row = values.value(value.whole), values.entry(value.row)
    kept = None
    if value.rank is None and value.most is None and not paid:
        kept = gathered(values, value.entries, ("part", value.field), lambda each, entry: _weight(each, value, entry))
    if kept is not None and kept.whole is not None and not kept.others:
        return _kept_part(value, whole, row, kept.whole)
    gap, by = values.undecided(value.entries), value.rank or value.most
    ranked = (
        (each, values.of_entry(each, value.field), rank_of(values, by, each) if by is not None else 0)
        for each in values.taken(value.entries)
    )
    there = [each for each in ranked if not was_not_there(each[1]) and not was_not_there(each[2])]
    rows, weights, ranks = (
        [each for each, _, _ in there],
        [each for _, each, _ in there],
        [each for _, _, each in there],
    )
    if gap is not None or any(isinstance(each, Gap) for each in (whole, row, *weights, *ranks)):
        return joined(gap, whole, row, *weights, *ranks)
    assert isinstance(row, Entry)
    figures = [max(weight_of(each), 0) for each in weights]
    if not any(figures) and (value.rank is None or not rows):
        return _nothing_to_divide_by(value, bool(rows))
    shares = {each.number: (figure, rank) for each, figure, rank in zip(rows, figures, ranks, strict=True)}
    mine = _parts(value, count_of(whole), shares, paid or {}).get(row.number, 0)
    return _like(whole, mine)


def _like(whole: object, mine: int) -> Quantity | int:
    """A part of an amount, or of a number."""
    return Quantity(mine, whole.unit) if isinstance(whole, Quantity) else mine


def _parts(value: t.PartOf, whole: int, shares: dict[int, tuple[Any, Any]], paid: Mapping[int, int]) -> dict[int, int]:
    """What each row gets of a whole, by its figure and its rank, or the most that it gets. A row that has been paid
    more than its part keeps that, and the others divide the rest; so does one that has no part any longer."""
    kept: dict[int, int] = {}
    while True:
        figures, ranks = [figure for figure, _ in shares.values()], [rank for _, rank in shares.values()]
        if value.rank is not None:
            given = in_turn(max(whole, 0), figures, ranks)
        else:
            most = [None if value.most is None else max(each, 0) for each in ranks]
            given = tuple((-1 if whole < 0 else 1) * each for each in in_proportion(abs(whole), figures, most))
        parts = dict(zip(shares, given, strict=True))
        over = {each: amount for each, amount in paid.items() if each not in kept and amount > parts.get(each, 0)}
        if not over:
            return kept | parts
        kept |= over
        whole = max(whole - sum(over.values()), 0)
        shares = {number: each for number, each in shares.items() if number not in over}


def _kept_part(value: t.PartOf, whole: "Known", row: Entry | Gap, rows: Group) -> Quantity | int | Gap:
    """The part of one row where everything is known of all rows; how they divide an amount is worked out once."""
    if isinstance(whole, Gap) or isinstance(row, Gap):
        return joined(whole, row)
    of = count_of(whole)
    amount, divided = abs(of), rows.divided
    if divided is None or divided[0] != amount:
        figures = [weight for _, weight in rows.added]
        if not any(figures):
            return _nothing_to_divide_by(value, bool(figures))
        parts = allocate(amount, figures)
        divided = (amount, {number: part for (number, _), part in zip(rows.added, parts, strict=True)})
        rows.divided = divided
    mine = divided[1].get(row.number, 0)
    return _like(whole, -mine if of < 0 else mine)


def _nothing_to_divide_by(value: t.PartOf, rows: bool) -> Gap:
    """Why nobody has a part yet: there is no row, or none weighs anything."""
    if rows:
        told = (
            f"{value.text}: the {value.field} of every {value.entries.text} is nothing, which nothing can be divided by"
        )
        return Gap(Truth.PENDING, (Wait("figure", told),))
    return Gap(Truth.PENDING, (Wait("act", f"there is no {value.entries.text} to divide by yet"),))


def _weight(values: "Values", value: t.PartOf, row: Entry) -> tuple[int, int | Fraction] | Gap | None:
    """By how much a row divides, with its number; None if it has not taken effect."""
    if values.effect(row) is None:
        return None
    weight = values.of_entry(row, value.field)
    if was_not_there(weight):
        return None
    return weight if isinstance(weight, Gap) else (row.number, max(weight_of(weight), 0))


def in_proportion(total: int, figures: list[Any], most: list[Any]) -> tuple[int, ...]:
    """Divide a total in proportion to figures, so that nobody gets more than the most; what is beyond that the others
    divide likewise, and what is beyond the most of all stays."""
    parts, open_ = [0] * len(figures), {place for place, figure in enumerate(figures) if figure}
    while open_:
        given = allocate(total, [figure if place in open_ else 0 for place, figure in enumerate(figures)])
        full = {place for place in open_ if most[place] is not None and given[place] > most[place]}
        for place in full or open_:
            parts[place] = int(most[place]) if full else given[place]
        if not full:
            break
        total -= sum(parts[place] for place in full)
        open_ -= full
    return tuple(parts)


def in_turn(total: int, owed: list[int], ranks: list[Any]) -> tuple[int, ...]:
    """Give each what it is owed in the order of the ranks, as far as the total goes.

    Those of one rank for whom not enough is left divide it in proportion to what they are owed; each such part is
    rounded down, and what is left over goes to those listed first, one unit each. What nobody is owed stays.
    """
    parts = [0] * len(owed)
    for _, tied in groupby(sorted(range(len(owed)), key=lambda each: ranks[each]), key=lambda each: ranks[each]):
        places = list(tied)
        wanted = [owed[place] for place in places]
        given = tuple(wanted) if sum(wanted) <= total else allocate(total, wanted)
        for place, amount in zip(places, given, strict=True):
            parts[place] = amount
        total -= sum(given)
    return tuple(parts)
