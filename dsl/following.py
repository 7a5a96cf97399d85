"""What follows by itself after an act or an instant: triggers latch, norms change, and the agreement does its part.

Each provision is considered in the order in which they depend on each other, again and again until nothing changes.
What ends the agreement is carried out last, when nothing else follows any more, also where its condition has held for a
moment only: whatever the order of the text, all that falls due at the instant of the end still happens. Where it was
open whether it had ended, it has ended first: what waited for that falls due no more.

Two sentences can be written so that each undoes what the other one waits for. Then there is no answer to give: the
state says which sections set each other off, nothing of what they did is kept, and nothing more happens in the deal.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from dsl import terms as t
from dsl.again import fails_again
from dsl.awake import Awake
from dsl.compile import FAILING, Agreement, survives
from dsl.edges import displacement, unmet
from dsl.ending import open_ending
from dsl.judge import Judge
from dsl.lapsed import done_at
from dsl.load import amended
from dsl.memory import Unit, Watch
from dsl.norms import advance_norm, change, drop_row, judge_for, ranges_over, stands
from dsl.reasons import Truth, all_of, either
from dsl.recurrence import recur
from dsl.state import Entry, State, key_of
from dsl.together import ended as sentence_ended
from dsl.together import lapse, let_happen
from dsl.waiting import waits

_TURNS = 12
"""How often one norm may change at one instant: it begins, is suspended, goes on and ends, and few do even that."""
_ROUNDS = 24
"""How many rounds there may be beyond one for each provision."""
_TOLD = 6


def in_force(agreement: Agreement, state: State) -> Agreement:
    """The agreement as amended so far; a state before an amendment is judged under the text then in force."""
    return amended(agreement, state.enacted) if state.enacted else agreement


def settle(agreement: Agreement, state: State, earlier: State | None = None) -> State:
    """Let everything follow that follows now: each provision at most once for each row and rising edge. `earlier` is
    the state that was at rest before, if there was one.

    A state that does not come to rest is given back as it was, with the sections that set each other off.
    """
    if state.restless:
        return state
    before = state
    awake = Awake(in_force(agreement, state), state)
    turns: Counter[str] = Counter()
    ends = _Ends(earlier)
    for rounds in count(1):
        law = in_force(agreement, state)
        state = awake.under(law, recur(law, state))
        if not awake and not ends.units:
            return awake.at_rest(state)
        if not awake:
            state = _end(law, state, awake, ends)
        for provision in law.provisions:
            for key in law.endings:
                state = _consider(law, state, law.by_key[key], awake, turns, ends)
            state = _consider(law, state, provision, awake, turns, ends)
        if rounds > _ROUNDS + len(law.provisions) or any(times > _TURNS for times in turns.values()):
            return _stopped(law, before, [key for key in turns if turns[key] > _TURNS // 2] or list(turns))
    raise AssertionError("count has no end")  # pragma: no cover


def _stopped(law: Agreement, state: State, keys: list[str]) -> State:
    """The state before, in which nothing more happens, with what does not come to rest."""
    found = (law.by_key.get(key.rpartition("#")[0]) for key in keys)
    sections = tuple(sorted({provision.cited for provision in found if provision is not None}))
    state = replace(state, restless=sections)
    return change(state, sections[0] if sections else "", "nothing more happens", restless(state))


def restless(state: State) -> str:
    """Why nothing can be done in a deal that does not come to rest, and what helps."""
    shown = tuple(f"section {each}" for each in state.restless[:_TOLD])
    what = f"{either(shown, 'and')} set" if len(shown) > 1 else f"{either(shown, 'and')} sets"
    whom = "each other" if len(shown) > 1 else "itself"
    told = f"{what} {whom} off again and again, and nothing comes to rest"
    return f"{told[0].upper()}{told[1:]}. Let one of them wait for the act of a person."


@dataclass
class _Ends:
    """What ends the agreement at an instant, put off until nothing else follows, and the state before that instant."""

    earlier: State | None
    units: dict[Unit, None] = field(default_factory=dict)

    def put_off(self, law: Agreement, state: State, after: State, unit: Unit) -> bool:
        """Whether a unit would end the agreement and is put off; not where it was open whether all had ended before."""
        if after.terminated is None or state.terminated is not None:
            return False
        earlier = self.earlier
        if earlier is not None and open_ending(Judge(law, earlier, earlier.now)) is not None:
            return False
        self.units[unit] = None
        return True


def _end(law: Agreement, state: State, awake: Awake, ends: _Ends) -> State:
    """The state once the agreement has ended by all that ends it at one instant, each with the rest of its sentence."""
    for key, number in (unit for unit in ends.units if unit[0] in law.by_key):
        after = let_happen(law, state, law.by_key[key], state.entry(number) if number else None)
        state = awake.heard(after, (key, number))
    ends.units.clear()
    return state


def _consider(
    law: Agreement, state: State, provision: t.Provision, awake: Awake, turns: Counter[str], ends: _Ends
) -> State:
    """Consider a provision for those of its rows that are awake; one for which nothing changes is at rest after it, and
    one that would end the agreement is put off to the end."""
    for number in awake.rows_of(provision, state):
        unit, watch = (provision.key, number), Watch()
        looking = state.watched(watch)
        after = _consider_row(law, looking, provision, looking.entry(number) if number else None)
        if ends.put_off(law, state, after, unit):
            continue
        if after is looking:
            awake.rests(state, unit, watch, waits(law, state, provision, number, watch))
        else:
            turns[key_of(*unit)] += 1
            state = awake.heard(after, unit)
    return state


def _consider_row(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    key = key_of(provision.key, row.number if row else None)
    met = done_at(state, provision.key, row.number if row else None)
    ended = state.terminated is not None and not survives(law, provision.cited)
    if met is not None and not ended and _in_doubt(law, state, provision, row):
        return state
    if row is not None and not ranges_over(state, provision, Judge(law, state, state.now), row):
        return drop_row(law, state, provision, row)
    if law.sentence_of(provision.key)[0] != provision.key:
        return state
    if ended and key not in state.norms:
        return state
    happening = None if isinstance(provision.statement, t.Binding) else provision.statement
    latched = met is not None and not (happening is not None and _begun_anew(state, provision, row, met))
    once = provision.latches or provision.trigger is None
    holds = latched if once and latched else not ended and _triggered(law, state, provision, row)
    if happening is not None:
        if holds is latched or (holds and not stands(law, state, provision, row)):
            return state
        return _let_happen(law, state, provision, row) if holds else sentence_ended(law, state, provision, row)
    if met is not None and _begun_anew(state, provision, row, met) and _triggered(law, state, provision, row):
        return fails_again(law, state, provision, row)
    if holds and not latched:
        state = state.with_latch(key, state.now)
    elif not holds and latched:
        state = state.with_latch(key, None)
    return advance_norm(law, state, provision, row, holds, again=not latched)


def _in_doubt(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
    """Whether it is open whether something that follows its condition or its filter, and was in force, still is.

    Until that is known it stays as it is: it has not ended, and does not begin anew.
    """
    if provision.latches or not stands(law, state, provision, row):
        return False
    judge = Judge(law, state, state.now)
    picked = Truth.TRUE if row is None or provision.rows is None else judge.values.selects(provision.rows, row)
    asked = Truth.TRUE
    if provision.trigger is not None and picked is not Truth.FALSE:
        asked = (judge if row is None else judge.with_row(row)).as_it_stands(provision.trigger).truth
    return all_of((picked, asked)) is Truth.OPEN


def _begun_anew(state: State, provision: t.Provision, row: Entry | None, met: datetime) -> bool:
    """Whether the duty whose time had closed unused has begun anew since what follows from that was met."""
    if not provision.key.endswith(FAILING):
        return False
    number = row.number if row else None
    duty = state.norm(provision.key.removesuffix(FAILING), number)
    return duty is not None and duty.began > met


def _triggered(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
    if provision.key.endswith(FAILING):
        failed = state.norm(provision.key.removesuffix(FAILING), row.number if row else None)
        return failed is not None and failed.status == "overdue"
    judge = judge_for(law, state, provision, row)
    return provision.trigger is None or judge.judge(provision.trigger).truth is Truth.TRUE


def _let_happen(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """The state once a sentence whose condition holds has come about, or has lapsed because its section is replaced.

    It waits for a suspension to end and for a section that it needs. Where it is open whether it is displaced it waits
    too: what happens must happen under every reading.
    """
    displaced = displacement(law, state, provision.cited, row=row)
    if displaced is not None and displaced[0].mode == "replacement":
        return lapse(law, state, provision, row, displaced[0].upper)
    if displaced is not None or displacement(law, state, provision.cited, row=row, truth=Truth.OPEN) is not None:
        return state
    needed = unmet(judge_for(law, state, provision, row), provision.cited, row)
    return let_happen(law, state, provision, row) if needed is None else state
