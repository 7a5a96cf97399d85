"""Figures over the rows of a selection: how many there are, what they add up to, and which comes first or last.

What is known of many rows is gathered from a fold; the others, and all where there are few, are looked at one by one.
"""

from fractions import Fraction
from operator import gt, lt
from typing import TYPE_CHECKING, Any

from dsl import terms as t
from dsl.arithmetic import weight_of
from dsl.folds import gathered
from dsl.money import Quantity, Rate
from dsl.ranking import picked_by, rank_of
from dsl.reasons import Gap, Truth, Wait, either, was_not_there
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.values import Values


def number_of(values: "Values", value: t.Count) -> int | Gap:
    """How many entries of a selection have taken effect."""
    rest = gathered(values, value.entries, ("count",), lambda each, entry: each.effect(entry) and 1)
    known, among = (len(rest.added), rest.others) if rest is not None else (0, None)
    return values.undecided(value.entries, among) or known + sum(1 for _ in values.taken(value.entries, among))


def sum_of(values: "Values", value: t.FieldSum) -> Quantity | Rate | int | Gap:
    """What a field of the entries that have taken effect adds up to."""
    rest = gathered(values, value.entries, ("sum", value.field), lambda each, entry: _adds(each, value, entry))
    total, among = (sum(rest.added), rest.others) if rest is not None else (0, None)
    gap = values.undecided(value.entries, among)
    if gap is not None:
        return gap
    for entry in values.selected(value.entries, among=among):
        added = _adds(values, value, entry)
        if isinstance(added, Gap):
            return added
        total += added or 0
    if value.unit == "rate":
        return Rate.of(Fraction(total))
    return Quantity(total, value.unit) if value.unit else total


def _adds(values: "Values", value: t.FieldSum, entry: Entry) -> int | Fraction | Gap | None:
    """What an entry adds to a sum; None if it has not taken effect.

    A field that is optional and not stated adds nothing, and neither does a row as of a time at which it was not there
    yet; a field that is worked out and not known leaves the sum unknown.
    """
    if values.effect(entry) is None:
        return None
    content = values.of_entry(entry, value.field)
    if was_not_there(content):
        return None
    worked_out = entry.content(value.field) is None and value.field in values.terms.values
    return content if isinstance(content, Gap) and worked_out else weight_of(content)


def picked(values: "Values", wanted: t.Picked) -> Entry | Gap:
    """The latest, earliest, largest or smallest of a selection; of two alike the one made last, or first."""
    if wanted.by is not None:
        return picked_by(values, wanted, wanted.by)
    rest = gathered(values, wanted.entries, ("picked", wanted.pick), lambda each, entry: _rank(each, wanted, entry))
    among = rest.others if rest is not None else None
    gap = values.undecided(wanted.entries, among)
    if gap is not None:
        return gap
    found = (_rank(values, wanted, entry) for entry in values.selected(wanted.entries, among=among))
    ranked = [each for each in found if each is not None]
    if rest is not None:
        ranked += rest.added
    if not ranked:
        return Gap(Truth.PENDING, (values.judge.none_yet(wanted.entries),))
    best = max if wanted.pick in ("latest", "largest") else min
    return values.state.entry(best(ranked)[1])


def may_be_picked(values: "Values", wanted: t.Picked, entry: Entry) -> Gap | None:
    """Why it is open whether an entry is the one picked: what decides that is not known, or another one ranks alike by
    what it states. None if it surely is the one, or surely is not."""
    if entry.kind not in wanted.entries.kinds or values.selects(wanted.entries, entry) is Truth.FALSE:
        return None
    others = [each for each in values.taken(wanted.entries) if each.number != entry.number]
    own = _stated_rank(values, wanted, entry)
    if own is None:
        return None
    ranks = [(_stated_rank(values, wanted, each), each) for each in others]
    known = [] if isinstance(own, Gap) else [(rank, each) for rank, each in ranks if not isinstance(rank, Gap | None)]
    first = gt if wanted.pick in ("latest", "largest") else lt
    if any(first(rank, own) for rank, _ in known):
        return None
    found = values.entry(wanted)
    if isinstance(found, Gap):
        return Gap(Truth.OPEN, found.waits)
    alike = tuple(f'"{each.name}"' for each in (entry, *(each for rank, each in known if rank == own)))
    by_order = wanted.by is None and wanted.pick in ("latest", "earliest")
    if len(alike) < 2 or by_order:
        return None
    told = f"which of {either(alike, 'and')} is meant, which rank alike"
    return Gap(Truth.OPEN, (Wait("figure", told),))


def _stated_rank(values: "Values", wanted: t.Picked, entry: Entry) -> Any:
    """Where an entry stands by what it states, or why that is not known; None where it does not stand at all."""
    if wanted.by is None:
        rank = _rank(values, wanted, entry)
        return rank[0] if rank is not None else None
    left_out = values.effect(entry) is None
    left_out = left_out or (isinstance(wanted.by, t.FieldOf) and values.leaves_out(entry, wanted.by.field))
    return None if left_out else rank_of(values, wanted.by, entry)


def _rank(values: "Values", wanted: t.Picked, entry: Entry) -> tuple[Any, int] | None:
    """Where an entry stands among those that one is picked of: by its one amount, or by when it took effect."""
    taken = values.effect(entry)
    if taken is None:
        return None
    if wanted.pick in ("largest", "smallest"):
        amounts = [content.amount for _, content in entry.fields if isinstance(content, Quantity)]
        return amounts[0] if amounts else 0, entry.number
    return taken, entry.number
