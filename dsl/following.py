"""Whether the condition of a provision is met, and what has come to rest: what the loop `settle` in `engine.py` asks.

What ends the agreement is carried out last, when nothing else follows any more, and if its condition holds then:
whatever the order of the text, all that falls due at the instant of the end still happens, and what has held for a
moment only ends nothing. Where it was open whether it had ended, it has ended first: what waited for that falls due no
more.

Two sentences can be written so that each undoes what the other one waits for. Then there is no answer to give: the
state says which sections set each other off, nothing of what they did is kept, and nothing more happens in the deal.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from dsl import terms as t
from dsl.awake import Awake
from dsl.compile import FAILING, Agreement
from dsl.consequences import Carrying
from dsl.doubting import noted
from dsl.ending import open_ending
from dsl.judge import Judge
from dsl.load import amended
from dsl.memory import Unit, Watch
from dsl.norms import change, judge_for, stands
from dsl.reasons import Truth, all_of, either
from dsl.state import Entry, State, World, key_of
from dsl.together import let_happen
from dsl.waiting import waits
from dsl.worlds import WORLDS, has_come

_TURNS = 12
"""How often one norm may change at one instant: it begins, is suspended, goes on and ends, and few do even that."""
_ROUNDS = 24
"""How many rounds there may be beyond one for each provision."""
_TOLD = 6


def in_force(agreement: Agreement, state: State) -> Agreement:
    """The agreement as amended so far; a state before an amendment is judged under the text then in force."""
    return amended(agreement, state.enacted) if state.enacted else agreement


def restless(state: State) -> str:
    """Why nothing can be done in a deal that does not come to rest, and what helps."""
    shown = tuple(f"section {each}" for each in state.restless[:_TOLD])
    what = f"{either(shown, 'and')} set" if len(shown) > 1 else f"{either(shown, 'and')} sets"
    whom = "each other" if len(shown) > 1 else "itself"
    told = f"{what} {whom} off again and again, and nothing comes to rest"
    return f"{told[0].upper()}{told[1:]}. Let one of them wait for the act of a person."


Considering = Callable[[Agreement, State, t.Provision, Entry | None], State]
"""What becomes of a provision for one row: the state in which that is so, the same one if nothing is otherwise."""


class Rest:
    """The way to rest at one instant: who is still to be considered, how often each has changed, and what ends the
    agreement, which is put off until nothing else follows. `earlier` is the state before that instant, if any, and
    `worlds` are what the deal has come to under each reading."""

    def __init__(self, law: Agreement, state: State, earlier: State | None, worlds: tuple[World, ...]) -> None:
        self._before, self._earlier, self._enacted, self._worlds = state, earlier, state.enacted, worlds
        self._awake, self._rounds = Awake(law, state), 0
        self._turns: Counter[str] = Counter()
        self._endings: dict[Unit, None] = {}

    def next_round(self, law: Agreement, state: State) -> State:
        """What has been written before anything is considered."""
        self._rounds, self._enacted = self._rounds + 1, state.enacted
        return self._awake.under(law, state)

    @property
    def is_reached(self) -> bool:
        """Whether nothing follows any more."""
        return not self._awake and not self._endings

    def reached(self, state: State) -> State:
        """The state once everything is at rest."""
        return self._awake.at_rest(state)

    def ended(self, law: Agreement, state: State, considered: Considering, carried_out: Carrying) -> State:
        """The state once all has happened that ends the agreement at this instant, if nothing else follows any more,
        each with the rest of its sentence; what would not end it any more is considered as everything else is. Only now
        is it on record of which of them it is open whether they end it."""
        if self._awake:
            return state
        put_off, self._endings = self._endings, {}
        every = [
            (unit, provision, state.entry(unit[1]) if unit[1] else None)
            for unit in put_off
            if (provision := law.by_key.get(unit[0])) is not None
        ]
        ending = [each for each in every if considered(law, state, *each[1:]).terminated is not None]
        for unit, provision, row in ending:
            state = self._awake.heard(let_happen(carried_out, law, state, provision, row), unit)
        for unit, provision, row in every:
            state = self._awake.heard(noted(law, state, provision, row), unit)
        return state

    def consider(
        self, law: Agreement, state: State, provision: t.Provision, considered: Considering, carried_out: Carrying
    ) -> State:
        """Consider a provision for those of its rows that are awake; one for which nothing changes is at rest after it,
        and one that would end the agreement is put off to the end. Once the agreement has been amended nothing more
        follows from the text before."""
        if state.enacted != self._enacted:
            return state
        for number in self._awake.rows_of(provision, state):
            unit, watch = (provision.key, number), Watch()
            looking = state.watched(watch)
            row = looking.entry(number) if number else None
            after = considered(law, looking, provision, row)
            after = looking if not self._happens_in_all(state, after, provision, row, watch) else after
            ends = after is looking and _ends(law, provision)
            after = noted(law, looking, provision, row) if after is looking else after
            self._awake.asks(state, unit, watch)
            if (ends and after is not looking) or self._puts_off(law, state, after):
                self._endings[unit] = None
                continue
            if after is looking:
                self._awake.rests(state, unit, watch, waits(carried_out, law, state, provision, number, watch))
            else:
                self._turns[key_of(*unit)] += 1
                state = self._awake.heard(after, unit)
            if state.enacted != self._enacted:
                break
        return state

    def _happens_in_all(
        self, state: State, after: State, provision: t.Provision, row: Entry | None, watch: Watch
    ) -> bool:
        """Whether something that would happen by itself, if anything would, has in every world; else it is considered
        again when they have gone on."""
        key = key_of(provision.key, row.number if row else None)
        if isinstance(provision.statement, t.Binding) or after.latches.get(key) in (None, state.latches.get(key)):
            return True
        if all(has_come(world.state, provision.key, row) for world in self._worlds):
            return True
        watch.reads[WORLDS] = None
        return False

    def _puts_off(self, law: Agreement, state: State, after: State) -> bool:
        """Whether what would end the agreement is put off; not where it was open whether all had ended before, in
        the deal that had been opened already."""
        if after.terminated is None or state.terminated is not None:
            return False
        earlier = self._earlier if state.now > state.opened else None
        return earlier is None or open_ending(Judge(law, earlier, earlier.now)) is None

    def is_out_of_reach(self, law: Agreement) -> bool:
        """Whether sentences set each other off without end."""
        return self._rounds > _ROUNDS + len(law.provisions) or any(each > _TURNS for each in self._turns.values())

    def given_up(self, law: Agreement) -> State:
        """The state before, in which nothing more happens, with what does not come to rest."""
        keys = [key for key, times in self._turns.items() if times > _TURNS // 2] or list(self._turns)
        found = (law.by_key.get(key.rpartition("#")[0]) for key in keys)
        sections = tuple(sorted({provision.cited for provision in found if provision is not None}))
        state = replace(self._before, restless=sections)
        return change(state, sections[0] if sections else "", "nothing more happens", restless(state))


def _ends(law: Agreement, provision: t.Provision) -> bool:
    """Whether a sentence ends the agreement."""
    return any(isinstance(law.by_key[key].statement, t.Terminates) for key in law.sentence_of(provision.key))


def is_in_doubt(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
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


def has_begun_anew(state: State, provision: t.Provision, row: Entry | None, met: datetime) -> bool:
    """Whether the duty whose time had closed unused has begun anew, or been given more time by an amendment, since what
    follows from that was met."""
    if not provision.key.endswith(FAILING):
        return False
    number = row.number if row else None
    duty = state.norm(provision.key.removesuffix(FAILING), number)
    return duty is not None and max(duty.began, duty.renewed or duty.began) > met


def is_met(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
    """Whether the condition of a provision holds now; that of what follows from a duty is that it is overdue."""
    if provision.key.endswith(FAILING):
        failed = state.norm(provision.key.removesuffix(FAILING), row.number if row else None)
        return failed is not None and failed.status == "overdue"
    if provision.trigger is None:
        return True
    found = judge_for(law, state, provision, row).judge(provision.trigger)
    if state.watch is not None:
        state.watch.met = found
    return found.truth is Truth.TRUE
