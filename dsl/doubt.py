"""Of which rows, and since when, it is open whether what a sentence says has come about for them.

What may have come must not be taken for what has not. While a condition rests on a blank or a reading that is asked as
of now; a condition that was open, and is so no longer, has left a record of how it stood then under each reading
(`doubting.py`). What would have come under the reading that was chosen later is not on record: nobody knew it at the
time, and what has been done since was done without it. So it stays open, until the choice is recorded as of the time
before.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.past import then
from dsl.reasons import Reason, Truth, Wait, all_of, either
from dsl.records import Doubt, Stance
from dsl.saying import say_instant
from dsl.settling import reading_of
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.judge import Judge


def possible_rows(judge: "Judge", provision: t.Provision) -> Iterator[tuple[Entry | None, Reason | None]]:
    """The rows of a sentence, and those of which it is open whether they are rows of it, with why."""
    if provision.rows is None:
        yield None, None
        return
    yield from ((row, None) for row in judge.values.selected(provision.rows))
    yield from judge.values.unsure(provision.rows)


def asked_for(judge: "Judge", provision: t.Provision, picked: Reason | None) -> tuple[Truth, tuple[Reason, ...]]:
    """How the condition of a sentence stands for the row of a judge, of which `picked` says why it may be none."""
    asked = judge.as_it_stands(provision.trigger) if provision.trigger is not None else None
    reasons = tuple(each for each in (picked, asked) if each is not None)
    return all_of(each.truth for each in reasons), reasons


def was_open(judge: "Judge", provision: t.Provision, now: bool = True) -> Iterator[tuple[Entry | None, Reason]]:
    """The rows for which what a sentence says may have come at a time that is over, or is held back `now` by something
    open, with why that is open; where its condition is still open, that is asked as of now."""
    for doubt in chain.from_iterable(judge.state.doubts_of(provision.key).values()):
        is_past = doubt.over is not None
        why = _possible(judge, provision, doubt) if is_past or (now and not doubt.worlds) else None
        if why is not None:
            row = judge.state.entry(doubt.row) if doubt.row is not None else None
            yield row, replace(why, text=provision.text, section=provision.cited)


def unfollowed(judge: "Judge", provision: t.Provision) -> Iterator[tuple[Doubt, Reason]]:
    """The times in which what a sentence says may have come and no world of the deal tells whether it did, each with
    why that is open. What it rested on may have just been settled: then it is about to come, or to be on record."""
    for doubt in chain.from_iterable(judge.state.doubts_of(provision.key).values()):
        if not doubt.unfollowed:
            continue
        why = _possible(judge, provision, doubt) if doubt.over is not None else _now(judge, doubt)
        if why is not None:
            yield doubt, replace(why, text=provision.text, section=provision.cited)


def _now(judge: "Judge", doubt: Doubt) -> Reason | None:
    """Why it is open whether something has come in a time of doubt that goes on; None once all of that is settled."""
    rests = [wait for wait in doubt.waits if wait.what in ("blank", "reading")]
    settled = [wait for wait in rests if _is_settled(judge, wait)]
    if rests and len(settled) == len(rests):
        return None
    waits = tuple(wait for wait in doubt.waits if wait not in settled)
    told = f"since {say_instant(doubt.since, judge.agreement.terms.zone)} it is open whether it comes"
    return Reason(Truth.OPEN, "", note=told, waits=waits)


def _is_settled(judge: "Judge", wait: Wait) -> bool:
    known = judge.state.blanks if wait.what == "blank" else {**judge.state.choices, **judge.assumed}
    return wait.about in known


def _possible(judge: "Judge", provision: t.Provision, doubt: Doubt) -> Reason | None:
    """Why it is open whether something came, by what has been settled since; None if it did not."""
    since = f"since {say_instant(doubt.since, judge.agreement.terms.zone)}"
    if not doubt.worlds:
        return Reason(Truth.OPEN, "", note=f"it is open {since} whether anything stands in its way", waits=doubt.waits)
    known = {**judge.state.choices, **judge.assumed}
    left = tuple(each for each in doubt.worlds if all(known.get(name, one) == one for name, one in each.readings))
    if any(wait.what == "blank" and wait.about in judge.state.blanks for wait in doubt.waits):
        left = tuple(_filled(judge, provision, doubt, each) for each in left)
    if not any(each.truth in (Truth.TRUE, Truth.OPEN) for each in left):
        return None
    told = f"its condition may have been met {since}"
    if all(each.truth is Truth.TRUE for each in left):
        assumed = any(name in judge.assumed for each in left for name, _ in each.readings)
        return Reason(Truth.OPEN, "", note=told, waits=() if assumed else (_backdated(judge, doubt),))
    names = tuple(dict.fromkeys(name for each in left for name, _ in each.readings if name not in known))
    others = (wait for wait in doubt.waits if wait.what != "reading" and wait.about not in judge.state.blanks)
    waits = (*(reading_of(judge.agreement, name) for name in names), *others)
    return Reason(Truth.OPEN, "", note=told, waits=waits or (_backdated(judge, doubt),))


def _filled(judge: "Judge", provision: t.Provision, doubt: Doubt, world: Stance) -> Stance:
    """How a condition stood under some readings, by what blanks have been filled with since; what would have come about
    by that counts, as under a reading that is assumed."""
    if world.truth is not Truth.OPEN:
        return world
    since = {wait.about: "" for wait in doubt.waits if wait.what == "blank" and wait.about in judge.state.blanks}

    def stood(past: "Judge") -> Truth:
        others = {key: each for key, each in past.state.doubts.items() if key != provision.key}
        state, picked = replace(past.state, doubts=others), Truth.TRUE
        past = replace(past, state=state, assumed={**dict(world.readings), **since})
        if doubt.row is not None and provision.rows is not None:
            row = past.state.entry(doubt.row)
            past, picked = past.with_row(row), past.values.selects(provision.rows, row)
        return all_of((picked, asked_for(past, provision, None)[0]))

    return replace(world, truth=then(judge, doubt.since, stood, blanks=judge.state.blanks))


def _backdated(judge: "Judge", doubt: Doubt) -> Wait:
    """What settles a doubt that was settled too late for anything to come of it."""
    names = tuple(dict.fromkeys(wait.about for wait in doubt.waits if wait.what in ("reading", "blank")))
    who = tuple(dict.fromkeys(name for wait in doubt.waits for name in wait.who))
    what, when = either(names, "and"), say_instant(doubt.since, judge.agreement.terms.zone)
    return Wait("act", f"{what}, to be recorded as settled by {when}: it was settled only after that", who)
