"""Conditions judged against a state at an instant: the truth value is the explanation.

A `Judge` looks at one state, at one instant, with the rows a sentence ranges over. What it meets on the way is kept:
`instants` are the moments ahead at which an answer may change, and they *are* the agenda of the deal.

A condition that reads an unsettled ambiguity is judged under every reading it really reads. If all agree, the answer
is definite; otherwise it is open and names the ambiguity.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from dsl import terms as t
from dsl.calendars import end_of_day, start_of_day
from dsl.comparing import compare
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.ending import has_ended
from dsl.entries import waived_by
from dsl.holders import filled_by
from dsl.hours import in_hours
from dsl.memory import Key, Remembered, Watch
from dsl.money import Quantity
from dsl.occurring import may_have_occurred
from dsl.past import stood
from dsl.reasons import (
    NONE,
    Gap,
    Reason,
    Truth,
    Wait,
    all_of,
    any_of,
    at_least,
    gap_reason,
    joined,
    opposite,
    plain_reason,
    so_far,
)  # fmt: skip
from dsl.settling import is_filled, reading_of
from dsl.silence import silent
from dsl.stages import makers, none_yet, stage_reached
from dsl.state import Entry, Norm, State
from dsl.statuses import norms, performed, standing
from dsl.values import Values
from dsl.worlds import IS_NOT_SO, IS_SO, bare, in_all_worlds

Result = TypeVar("Result")
_INSTANT = timedelta(microseconds=1)


@dataclass
class Judge:
    """Judges conditions about one state at one instant; `rows` maps a noun to the entry `such` speaks of.

    `ending`: the question is whether the agreement has ended. `past`: the state is an earlier one, so that what has not
    happened in it will not happen in it. `by_now`: the question is what is so now, whatever may still come. `dating`
    are the norms whose deadlines are being worked out, each by that of the next. `asking`: the question is whether
    these provisions, by their keys, have made something occur.
    """

    agreement: Agreement
    state: State
    now: datetime
    rows: dict[str, Entry] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    instants: set[datetime] = field(default_factory=set)
    so_far: bool = False
    ending: bool = False
    past: bool = False
    by_now: bool = False
    dating: tuple[tuple[str, int | None], ...] = ()
    asking: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.state.watch is not None:
            self.instants = self.state.watch.instants

    def defined(self, name: str, entry: Entry | None, found: Callable[["Judge"], Result]) -> Result:
        """What a definition is now, of an entry where it is defined of a kind; only that entry is spoken of in it."""
        number = entry.number if entry else None
        key = (
            name,
            number,
            self.so_far,
            self.ending,
            self.by_now,
            self.dating,
            self.asking,
            self.agreement.digest,
            *sorted(self.assumed.items()),
        )
        known = self.state.memory.defined.get(key)
        in_time = known is not None and (known.until is None or self.now < known.until)
        if known is None or not in_time or not self.still_so(known.at, known.reads):
            known = self.state.memory.defined[key] = self._work_out(entry, found)
        self.instants |= known.instants
        if self.state.watch is not None:
            self.state.watch.reads.update(known.reads)
        result: Result = known.result
        return result

    def still_so(self, at: datetime, reads: dict[Key, object]) -> bool:
        """Whether what was found at an instant, not before now, is still so: all that was looked up is the same."""
        return at <= self.now and all(self._seen(key) is seen for key, seen in reads.items())

    def _seen(self, key: Key) -> object:
        """What a key names now; of a fold, what is another object once that part of it has changed."""
        if key[0] != "fold":
            return self.state.look(key)
        fold = self.state.memory.folds.get(key[1])
        return fold.now(self).stamps.get(key[2]) if fold is not None else Gap

    def _work_out(self, entry: Entry | None, found: Callable[["Judge"], Result]) -> Remembered:
        watch = Watch()
        state = self.state.watched(watch)
        inner = replace(self, state=state, rows={}, instants=set())
        result = found(inner if entry is None else inner.with_row(state.entry(entry.number)))
        instants = frozenset(watch.instants)
        until = min((each for each in instants if each > self.now), default=None)
        return Remembered(result, self.now, until, instants, watch.reads)

    def with_row(self, entry: Entry) -> "Judge":
        """The same judge with one more row to speak of, by its kind or a list of kinds; what it meets is kept here."""
        return self._over({**self.rows, **dict.fromkeys(self.agreement.nouns_of(entry.kind), entry)}, self.so_far)

    def picking(self, entry: Entry) -> "Judge":
        """The judge of a filter, which picks rows as of now: what has not happened so far counts as not so."""
        picked = {f"picked {noun}": entry for noun in self.agreement.nouns_of(entry.kind)}
        return self._over({**self.rows, **picked}, so_far=True)

    def _over(self, rows: dict[str, Entry], so_far: bool) -> "Judge":
        """The same judge with other rows; what it meets is kept here."""
        return Judge(
            self.agreement,
            self.state,
            self.now,
            rows,
            self.assumed,
            self.instants,
            so_far,
            self.ending,
            self.past,
            self.by_now,
            self.dating,
            self.asking,
        )

    def as_it_stands(self, condition: t.Condition) -> Reason:
        """Whether a condition holds now, true, false or open: what it waits for has not come, so it counts as not so.

        An answer that is pending may rest on something open beside what is still to come, which could make it true now.
        """
        return replace(self, by_now=True).judge(condition)

    @property
    def values(self) -> Values:
        """The values of this state at this instant."""
        return Values(self)

    def judge(self, condition: t.Condition) -> Reason:
        """The truth of a condition under every reading of what is still ambiguous, and in every world of the state."""
        if self.state.worlds:
            return in_all_worlds(self, condition, replace(self, state=bare(self.state)).judge(condition))
        reason = self._under_each(condition)
        if self.state.watch is not None and reason.truth in (Truth.OPEN, Truth.PENDING):
            waiting = {wait.about: wait for wait in reason.awaited() if wait.what in ("reading", "blank")}
            if waiting and (reason.truth is Truth.OPEN or self.as_it_stands(condition).truth is Truth.OPEN):
                self.state.watch.reads.update(dict.fromkeys(("open", name) for name in waiting))
        return reason

    def _under_each(self, condition: t.Condition) -> Reason:
        """The truth of a condition in one world, under every reading of what is still ambiguous there."""
        reason = self._judge(condition)
        waiting = (wait for wait in reason.awaited() if wait.what == "reading" and wait.about)
        unsettled = [wait for wait in waiting if wait.about not in self.assumed]
        if reason.truth in (Truth.TRUE, Truth.FALSE):
            return reason
        if not unsettled:
            return reason
        name = unsettled[0].about
        ambiguity = self.agreement.terms.ambiguities[name]
        under = []
        for reading in ambiguity.readings:
            assumed = {**self.assumed, name: reading}
            under.append((reading, replace(self, assumed=assumed).judge(condition)))
        truths = {world.truth for _, world in under}
        if len(truths) == 1:
            agreed = under[0][1]
            note = f"the same under every reading of {name}"
            return replace(agreed, note=note)
        if not truths & {Truth.TRUE, Truth.OPEN}:
            waits = (*(wait for _, world in under for wait in world.waits), unsettled[0])
            children = tuple(world for _, world in under if world.truth is Truth.PENDING)
            return Reason(Truth.PENDING, reason.text, reason.section, "not so under any reading yet", waits, children)
        differ = "; ".join(f"{world.truth.value} under {reading}" for reading, world in under)
        children = tuple(world for _, world in under if world.truth is not Truth.TRUE)
        return Reason(Truth.OPEN, reason.text, reason.section, f"{name}: {differ}", (unsettled[0],), children)

    def _leaning(self, reason: Reason) -> Reason:
        """What rests on blanks alone, in the worlds in which that counts as so, or as not so (`worlds.py`)."""
        if reason.truth is not Truth.OPEN or self.past:
            return reason
        waits = reason.awaited()
        blanks = {wait.about for wait in waits if wait.what == "blank"} & {*self.agreement.terms.blanks}
        counted = {self.state.reading(each) for each in sorted(blanks)}
        if not counted or not counted <= {IS_SO, IS_NOT_SO} or any(wait.what == "reading" for wait in waits):
            return reason
        return replace(reason, truth=Truth.TRUE if counted == {IS_SO} else Truth.FALSE)

    def _judge(self, condition: t.Condition) -> Reason:
        if isinstance(condition, t.Combined):
            return self._combined(condition)
        reason = self._leaning(self._judge_one(condition))
        if (self.past or self.by_now) and reason.truth is Truth.PENDING:
            found = so_far(reason)
            return replace(reason, truth=found, waits=reason.waits if found is Truth.OPEN else ())
        return reason

    def _judge_one(self, condition: t.OneCondition) -> Reason:  # noqa: C901 - one case for each kind of condition
        match condition:
            case t.StageReached():
                return stage_reached(self, condition)
            case t.Holds():
                return self._holds(condition)
            case t.EveryHolds():
                return self._every_holds(condition)
            case t.Compare():
                return compare(self, condition)
            case t.StatesYes():
                return self._states(condition)
            case t.Arrived():
                return self._arrived(condition)
            case t.ReadAs():
                return self._read_as(condition)
            case t.IsFilled():
                filled = is_filled(self.agreement, self.state, condition.blank)
                return plain_reason(condition, filled is condition.filled)
            case t.FilledBy():
                return filled_by(self, condition)
            case t.Terminated():
                return has_ended(self, condition)
            case t.Performed():
                return performed(self, condition)
            case t.Standing():
                return standing(self, condition)
            case t.Allots():
                return self._allots(condition)
            case t.Stood():
                return stood(self, condition)
            case t.Silent():
                return silent(self, condition)
            case t.InHours():
                return in_hours(self, condition)

    # ------------------------------------------------------------------ lists

    def _combined(self, condition: t.Combined) -> Reason:
        children = []
        for item in condition.items:
            reason = self._judge(item.condition)
            waiver = self.state.waiver_of(item.path, self.rows.values()) if item.path else ()
            if waiver and reason.truth is not Truth.TRUE:
                reason = Reason(Truth.TRUE, reason.text, item.path, f"waived by {waived_by(waiver)}")
            children.append(replace(reason, text=item.text, section=item.path or reason.section))
        truths = [child.truth for child in children]
        match condition.quantifier:
            case "all":
                truth, needs = all_of(truths), 0
            case "any":
                truth, needs = any_of(truths), 1
            case "none":
                truth, needs = opposite(any_of(truths)), NONE
            case _:
                truth, needs = at_least(condition.at_least, truths), condition.at_least
        note = f"{truths.count(Truth.TRUE)} of {len(truths)}"
        return Reason(truth, condition.text, note=note, children=tuple(children), needs=needs)

    def _holds(self, condition: t.Holds) -> Reason:
        named = self.agreement.terms.conditions[condition.condition]
        if condition.subject is None:
            inner = self.defined(condition.condition, None, lambda judge: judge._judge(named.condition))
        else:
            subject = self.values.entry(condition.subject)
            if isinstance(subject, Gap):
                return gap_reason(condition, subject)
            inner = self.defined(condition.condition, subject, lambda judge: judge._judge(named.condition))
        found = so_far(inner) if self.so_far else inner.truth
        truth = opposite(found) if condition.negated else inner.truth
        return Reason(truth, condition.text, named.section, inner.note, inner.waits, (inner,))

    def _every_holds(self, condition: t.EveryHolds) -> Reason:
        named = self.agreement.terms.conditions[condition.condition]

        def holds(entry: Entry) -> Reason:
            return self.defined(condition.condition, entry, lambda judge: judge._judge(named.condition))

        gap = self.values.undecided(condition.entries)
        children = []
        for entry in self.values.selected(condition.entries):
            why = holds(entry)
            children.append(Reason(why.truth, f'"{entry.name}" is {named.name}', named.section, children=(why,)))
        if gap is not None:
            unsure = self.values.unsure(condition.entries)
            children += [why for entry, why in unsure if holds(entry).truth is not Truth.TRUE]
            more = may_have_occurred(self, condition.entries)
            children += [replace(more, truth=Truth.OPEN)] if more is not None else []
        if not children:
            wait = makers(self, condition.entries) if gap is None else gap.waits
            truth, needs = (Truth.PENDING, 1) if gap is None else (gap.truth, 0)
            return Reason(truth, condition.text, "", "there is none yet", wait, needs=needs)
        truth = all_of(child.truth for child in children)
        return Reason(truth, condition.text, named.section, children=tuple(children))

    # ------------------------------------------------------------------ entries

    def _allots(self, condition: t.Allots) -> Reason:
        plan, amount = self.values.plan(condition.plan), self.values.value(condition.amount)
        if isinstance(plan, Gap) or isinstance(amount, Gap):
            return gap_reason(condition, joined(plan, amount))
        assert isinstance(amount, Quantity)
        total = Quantity(sum(line.amount.amount for line in plan.lines), amount.unit)
        same_unit = all(line.amount.unit == amount.unit for line in plan.lines)
        return Reason(
            Truth.TRUE if total == amount and same_unit else Truth.FALSE,
            condition.text,
            note=f"allots {total} against {amount}",
        )

    def _states(self, condition: t.StatesYes) -> Reason:
        subject = self.values.entry(condition.subject)
        if isinstance(subject, Gap):
            return gap_reason(condition, subject)
        return plain_reason(condition, subject.content(condition.field) is True)

    # -------------------------------------------------------- time and norms

    def _arrived(self, condition: t.Arrived) -> Reason:
        value = self.values.value(condition.instant)
        if isinstance(value, Gap):
            return gap_reason(condition, value)
        moment = self.moment(value)
        if condition.word == "passed":
            moment = self.end(value) + _INSTANT
            self.watch_end(moment)
        if self.now >= moment:
            return Reason(Truth.TRUE, condition.text, note=self.say(value))
        self.instants.add(moment)
        wait = Wait("time", f"{condition.text}, on {self.say(value)}", at=moment)
        return Reason(Truth.PENDING, condition.text, note=self.say(value), waits=(wait,))

    def _read_as(self, condition: t.ReadAs) -> Reason:
        name = condition.ambiguity
        chosen = self.state.reading(name) or self.assumed.get(name)
        if chosen is not None:
            return plain_reason(condition, chosen == condition.reading)
        wait = reading_of(self.agreement, name)
        return Reason(Truth.OPEN, condition.text, wait.section, "not settled", (wait,))

    def none_yet(self, selection: t.Selection) -> Wait:
        """That there is no entry of a kind yet, and who can make one."""
        return none_yet(self, selection)

    def norms(self, section: str, row: t.Reference | None) -> Iterator[Norm]:
        """The norms of a section, of one row if one is given."""
        return norms(self, section, row)

    # ---------------------------------------------------------------- helpers

    def moment(self, value: object) -> datetime:
        """An instant as it is; a date as its first moment in the agreement's zone."""
        if isinstance(value, datetime):
            return value
        assert isinstance(value, date)
        return start_of_day(value, self.agreement.terms.zone)

    def end(self, value: object) -> datetime:
        """An instant as it is; a date as its last moment in the agreement's zone."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return end_of_day(value, self.agreement.terms.zone) - _INSTANT
        return self.moment(value)

    def watch_end(self, over: datetime) -> None:
        """Keep the moment at which a time is over; where that is now, the last moment of it."""
        self.instants.add(over if over != self.now else self.now - _INSTANT)

    @property
    def since(self) -> datetime:
        """Since when what has been judged holds, if it holds from now on: what follows from the end of a time begins
        with its last moment, which may lie on the day before."""
        last = self.now - _INSTANT
        return last if last in self.instants else self.now

    def say(self, value: object) -> str:
        """A value as the deal writes it."""
        return self.values.say(value)
