"""Which of several entries comes first: by when each took effect, by its one amount, or by what each states."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dsl import terms as t
from dsl.arithmetic import ratio_of
from dsl.entries import effect_instant
from dsl.money import Quantity
from dsl.reasons import Gap, Truth, joined
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.values import Values


def picked(values: "Values", pick: t.Picked) -> Entry | Gap:
    """The entry that comes first or last among those selected, or why it cannot be said yet.

    Of several that rank alike, the latest and the largest are the last one made, the others the first.
    """
    gap = values.undecided(pick.entries)
    if gap is not None:
        return gap
    ranked = list(_by_rank(values, pick, pick.by) if pick.by is not None else _by_itself(values, pick))
    gaps = [rank for rank, _, _ in ranked if isinstance(rank, Gap)]
    if gaps:
        return joined(*gaps)
    if not ranked:
        return Gap(Truth.PENDING, (values.judge.none_yet(pick.entries),))
    best = max if pick.pick in ("latest", "largest") else min
    return best(ranked, key=lambda each: each[:2])[2]


def _by_itself(values: "Values", pick: t.Picked) -> Iterator[tuple[Any, int, Entry]]:
    for entry in values.selected(pick.entries):
        if pick.pick in ("largest", "smallest"):
            amounts = [content.amount for _, content in entry.fields if isinstance(content, Quantity)]
            yield amounts[0] if amounts else 0, entry.number, entry
            continue
        taken = effect_instant(values.agreement, entry)
        if taken is not None and taken > values.judge.now:
            values.judge.instants.add(taken)
        elif taken is not None:
            yield taken, entry.number, entry


def _by_rank(values: "Values", pick: t.Picked, by: t.FieldOf | t.StageOf) -> Iterator[tuple[Any, int, Entry]]:
    """What each states in a field, or when it reached a stage; what states nothing there has no rank."""
    for entry in values.taken(pick.entries):
        if isinstance(by, t.StageOf) or not values.leaves_out(entry, by.field):
            yield rank_of(values, by, entry), entry.number, entry


def rank_of(values: "Values", rank: t.FieldOf | t.StageOf, row: Entry) -> Any:
    """Where a row stands in an order: a figure or a time, or why that cannot be said yet."""
    found = values.judge.with_row(row).values.value(rank)
    if isinstance(found, Gap | date | datetime):
        return found
    return ratio_of(found)
