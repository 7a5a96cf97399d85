"""Which of several entries comes first by what each states, or by when it reached a stage."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dsl import terms as t
from dsl.arithmetic import ratio_of
from dsl.reasons import Gap, Truth, joined, was_not_there
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.values import Values


def picked_by(values: "Values", pick: t.Picked, by: t.FieldOf | t.StageOf) -> Entry | Gap:
    """The entry that comes first or last among those selected, by what each states, or why it cannot be said yet.

    Of several that rank alike, the latest and the largest are the last one made, the others the first.
    """
    gap = values.undecided(pick.entries)
    if gap is not None:
        return gap
    ranked = list(_by_rank(values, pick, by))
    gaps = [rank for rank, _, _ in ranked if isinstance(rank, Gap)]
    if gaps:
        return joined(*gaps)
    if not ranked:
        return Gap(Truth.PENDING, (values.judge.none_yet(pick.entries),))
    best = max if pick.pick in ("latest", "largest") else min
    return best(ranked, key=lambda each: each[:2])[2]


def _by_rank(values: "Values", pick: t.Picked, by: t.FieldOf | t.StageOf) -> Iterator[tuple[Any, int, Entry]]:
    """What each states in a field, or when it reached a stage; what states nothing there, or was not there at the time
    as of which that is asked, has no rank."""
    for entry in values.taken(pick.entries):
        if isinstance(by, t.StageOf) or not values.leaves_out(entry, by.field):
            rank = rank_of(values, by, entry)
            if not was_not_there(rank):
                yield rank, entry.number, entry


def rank_of(values: "Values", rank: t.FieldOf | t.StageOf, row: Entry) -> Any:
    """Where a row stands in an order: a figure or a time, or why that cannot be said yet."""
    found = values.judge.with_row(row).values.value(rank)
    if isinstance(found, Gap | date | datetime):
        return found
    return ratio_of(found)
