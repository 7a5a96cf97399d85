"""What the norm machine asks: whether a norm stands otherwise now, and how.

The machine itself, which statuses there are and how one becomes another, is the table `MACHINE` in `engine.py`. Each
row of it asks one function here, about a `Case`: a norm as it stands, and whether its condition holds. The answer is
the norm as it now stands, or None where nothing of it is otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from dsl import terms as t
from dsl.bearing import bearers, discharges
from dsl.clocks import Clock, clock_of, next_one, with_clock
from dsl.compile import FAILING, Agreement, survives
from dsl.entries import waived_by
from dsl.holds import fixed_hold
from dsl.judge import Judge
from dsl.lateness import open_lateness
from dsl.naming import with_done
from dsl.norms import DONE, Now, begins, is_freed, judge_for, no_longer, stands
from dsl.owed import cap_used_up, is_fixed, owed_under, recurs, still_owed
from dsl.performance import as_fulfilled, is_under_way, performed, undone
from dsl.reasons import Gap, Truth
from dsl.state import Entry, Norm, State, key_of
from dsl.windows import TICK, begun, deadline, runs_from_trigger, window_of

NEW = "new"
"""The status of a norm that there is not yet."""


@dataclass(frozen=True)
class Case:
    """A provision that binds, for one row, and its norm so far, if there is one.

    `holds` is whether its condition holds, `again` whether it did not the last time, and `failed` whether the duty that
    it follows from has failed once more.
    """

    law: Agreement
    state: State
    provision: t.Provision
    row: Entry | None
    norm: Norm | None
    holds: bool
    again: bool = False
    failed: bool = False

    @property
    def statement(self) -> t.Binding:
        """What the provision says."""
        assert isinstance(self.provision.statement, t.Binding)
        return self.provision.statement

    @property
    def before(self) -> Norm:
        """The norm so far, where there is one."""
        assert self.norm is not None
        return self.norm

    @property
    def status(self) -> str:
        """The status so far."""
        return self.norm.status if self.norm is not None else NEW

    @property
    def judge(self) -> Judge:
        """A judge of the provision for its row, who has looked at nothing yet."""
        return judge_for(self.law, self.state, self.provision, self.row)

    @property
    def waivers(self) -> tuple[Entry, ...]:
        """By what it is waived for its row."""
        return self.state.waiver_of(self.provision.cited, () if self.row is None else (self.row,))

    @property
    def counts(self) -> bool:
        """Whether its row still counts."""
        return stands(self.law, self.state, self.provision, self.row)

    @property
    def freed(self) -> bool:
        """Whether it is a duty of which everybody who is bound has been discharged, by another section."""
        duty = self.statement
        if not isinstance(duty, t.Duty) or discharges(self.law, self.provision.section):
            return False
        return is_freed(self.law, self.state, bearers(self.judge, duty))

    @property
    def ended(self) -> bool:
        """Whether it has ended with the agreement."""
        return self.state.terminated is not None and not survives(self.law, self.provision.cited)

    @property
    def still_due(self) -> bool:
        """Whether it is a duty that is owed, be it suspended."""
        owed = self.norm is not None and (self.norm.live or self.norm.status == "suspended")
        return owed and isinstance(self.statement, t.Duty)

    @cached_property
    def clock(self) -> Clock:
        """Its clock, as it stands at this moment."""
        return clock_of(self.judge, self.provision, self.row, self.before)

    @cached_property
    def _answers(self) -> dict["Guard", Now | None]:
        return {}

    def answer(self, asked: "Guard") -> Now | None:
        """What is answered to a question, asked once."""
        if asked not in self._answers:
            self._answers[asked] = asked(self)
        return self._answers[asked]

    def becomes(self, status: str, *said: str) -> Now:
        """The norm in another status from now on."""
        return Now(replace(self.before, status=status, since=self.state.now), said)


def out_of_range(law: Agreement, state: State, provision: t.Provision, row: Entry) -> Case | None:
    """A norm that ends because its filtered sentence no longer ranges over its row; None where there is none."""
    norm = state.norm(provision.key, row.number)
    if norm is None or provision.rows is None or provision.rows.filter is None:
        return None
    key = key_of(provision.key, row.number)
    state = state.with_latch(key, None) if key in state.latches else state
    return Case(law, state, provision, row, norm, False)


Guard = Callable[[Case], Now | None]
"""Asks whether a norm stands otherwise now, and how."""


def is_told(case: Case) -> Now | None:
    """Nothing is asked: an act, or something that happens by itself, tells of it at the moment that it happens."""
    return None


def is_amended(case: Case) -> Now | None:
    """Nothing is asked: an amendment tells of it, as its words take the place of those before."""
    return None


class Becoming(Protocol):
    """Changes a norm, told by what: the state in which it stands as it now does."""

    def __call__(self, state: State, provision: t.Provision, now: Now, asked: Guard = ..., /) -> State: ...


def comes(case: Case) -> Now | None:
    """Whether it begins, and how: its condition has come, or has come again for what is then owed anew, or what it
    follows from has failed once more."""
    if case.failed:
        begins_now = not case.still_due
    elif case.status in (NEW, "dormant"):
        begins_now = case.holds
    else:
        over = case.status in DONE or (case.status == "overdue" and isinstance(case.statement, t.Duty))
        begins_now = over and case.holds and case.again and recurs(case.law, case.provision)
    return _begin(case) if begins_now and case.counts else None


def _begin(case: Case) -> Now:
    """A norm that begins, or begins anew: with its whole time, and nothing done towards it yet."""
    state, provision, row, before, statement = case.state, case.provision, case.row, case.norm, case.statement
    judge, number = case.judge, row.number if row else None
    since = begins(judge, provision, row)
    norm = Norm(provision.key, number, "discharged" if case.freed else "active", since, since, len(state.entries), None)
    norm = begun(judge, window_of(statement), norm, row)
    norm = with_done(state, norm, before, recurs(case.law, provision), statement)
    norm = replace(norm, owed=fixed_hold(judge, provision, row, since))
    if since == state.now - TICK and with_clock(judge, provision, row, norm)[0].stopped == state.now:
        norm = replace(norm, stopped=since)  # it stands still from its beginning, which was the last moment of a time
    cause = provision.trigger.text if provision.trigger is not None else "the opening"
    cause = "it was not done in time" if provision.key.endswith(FAILING) else cause
    if not isinstance(statement, t.Duty):
        return Now(norm, (cause,))
    amount = owed_under(judge, provision, statement.act, norm) if isinstance(statement.act, t.Move) else None
    if isinstance(amount, int) and is_fixed(case.law, provision):
        norm = replace(norm, owed=amount)
    elif isinstance(amount, Gap) and runs_from_trigger(statement.window):
        norm = replace(norm, due=None, named=None, stopped=since)
    if isinstance(amount, int) and amount <= norm.paid:
        return Now(replace(norm, status="fulfilled"))
    if case.waivers and norm.status == "active":
        return Now(replace(norm, status="waived"), (waived_by(case.waivers),))
    return Now(norm, (cause,))


def is_settled(case: Case) -> Now | None:
    """Whether the amount that a duty with `when` fixes, to pay or to hold, has become known, and none of it is left."""
    norm, provision, act = case.before, case.provision, getattr(case.statement, "act", None)
    if norm.owed is not None or not _followed(case):
        return None
    judge = case.judge
    if not isinstance(act, t.Move):
        held = fixed_hold(judge, provision, case.row, norm.began)
        return None if held is None else Now(replace(norm, owed=held))
    if not _is_fixed_by_when(provision):
        return None
    amount = owed_under(judge, provision, act, norm)
    if isinstance(amount, Gap) or not is_fixed(case.law, provision):
        return None
    norm = replace(norm, owed=amount, began=judge.since)
    return Now(replace(norm, status="fulfilled") if amount <= norm.paid else norm)


def is_paid_off(case: Case) -> Now | None:
    """Whether nothing is left of a figure that moves, which a duty is to pay; or whether more is, where it was done."""
    norm, provision, act = case.before, case.provision, getattr(case.statement, "act", None)
    if norm.owed is not None or not isinstance(act, t.Move) or not _followed(case) or _is_fixed_by_when(provision):
        return None
    judge = case.judge
    left = still_owed(judge, provision, act, norm) if act.amount is not None else Gap(Truth.PENDING, ())
    if isinstance(left, Gap):
        return None
    if left <= 0:
        return Now(as_fulfilled(norm, judge.now, judge.now)) if norm.live else None
    if norm.live or cap_used_up(judge, provision, case.row) is not None:
        return None
    assert isinstance(case.statement, t.Duty)
    since = judge.since
    due = deadline(judge, case.statement.window, since)
    return Now(replace(norm, status="active", since=since, began=since, due=due, named=due, stops=()))


def _followed(case: Case) -> bool:
    """Whether what a duty is for is followed: while its condition holds, and when it is overdue."""
    return case.holds or case.status == "overdue"


def _is_fixed_by_when(provision: t.Provision) -> bool:
    return provision.latches and provision.trigger is not None


def is_undone(case: Case) -> Now | None:
    """Whether what has performed it no longer stands, and nothing else is in its place: it is owed again as if it had
    not been performed; but nobody was late with it before. While it stands, its clock goes on as if it were in force.
    """
    norm, statement = case.before, case.statement
    if not norm.by or not case.counts:
        return None
    judge = case.judge
    fallen = undone(judge, statement, norm) if isinstance(statement, t.Duty) else ()
    if not fallen:
        return _runs_unseen(case, judge)
    by = performed(judge, case.provision, case.row, norm).by
    if by != norm.by:
        return Now(replace(norm, by=by))
    status = "overdue" if norm.status == "fulfilled late" else "active" if case.holds else "dormant"
    return _owed_again(case, judge, status, fallen)


def is_unwaived(case: Case) -> Now | None:
    """Whether its waiver has been withdrawn: it is owed again, but nobody was late with it before. While the waiver
    stands, its clock goes on as if it were in force."""
    if not case.counts:
        return None
    judge, status = case.judge, "active" if case.holds else "dormant"
    return _runs_unseen(case, judge) if case.waivers else _owed_again(case, judge, status)


def _runs_unseen(case: Case, judge: Judge) -> Now | None:
    window = window_of(case.statement)
    known = window is not None and (window.within is not None or window.by is not None)
    return Now(with_clock(judge, case.provision, case.row, case.before)[0]) if case.holds and known else None


def _owed_again(case: Case, judge: Judge, status: str, by: tuple[int, ...] = ()) -> Now:
    norm, state = case.before, case.state
    if status == "active":
        norm = with_clock(judge, case.provision, case.row, replace(norm, status="active"))[0]
        late = norm.due is not None and norm.due < state.now and norm.stopped is None
        missed = "overdue" if isinstance(case.statement, t.Duty) else "discharged"
        status = missed if late and open_lateness(judge, case.provision, case.row) is None else status
    if case.ended or case.freed:
        status = "discharged"
    elif case.waivers and status != "dormant":
        status = "waived"
    norm = replace(norm, status=status, since=state.now, by=by)
    return Now(norm, (no_longer(state, norm),) if by else ())


def may_come_again(case: Case) -> Now | None:
    """Whether a power whose time has passed is only over until its condition comes again, which opens a new window."""
    norm, provision = case.before, case.provision
    follows_it = not provision.latches and provision.trigger is not None
    over = norm.due is not None and norm.due < case.state.now
    return case.becomes("dormant") if follows_it and over and not case.holds else None


def is_without_row(case: Case) -> Now | None:
    """Whether its row no longer counts."""
    return case.becomes("superseded", case.row.name) if case.row is not None and not case.counts else None


def is_performed(case: Case) -> Now | None:
    """Whether all that a duty asks to be entered has been entered, or what it asks to be so is so."""
    norm = performed(case.judge, case.provision, case.row, case.before)
    return Now(norm) if norm.status != case.status else None


def is_owed_once_more(case: Case) -> Now | None:
    """Whether what has just been entered was owed more than once: the next one begins."""
    act = getattr(case.statement, "act", None)
    more = case.before.more and isinstance(act, t.Enter)
    return Now(next_one(case.judge, case.provision, case.before)) if more else None


def has_ceased(case: Case) -> Now | None:
    """Whether its condition has ended; one that is performed by time alone is not touched by that."""
    duty, way = case.statement, False
    if not case.holds and case.status == "active" and isinstance(duty, t.Duty):
        way = is_under_way(case.judge, duty, case.before)
    return None if case.holds or way else case.becomes("dormant")


def is_replaced(case: Case) -> Now | None:
    """Whether a section above has replaced its own."""
    displaced = case.clock.displaced if case.holds else None
    gone = displaced is not None and displaced[0].mode == "replacement"
    return case.becomes("superseded", displaced[0].upper) if displaced is not None and gone else None


def _timed(case: Case, status: str, *said: str) -> Now:
    """A norm in another status from now on, with its clock as it stands now."""
    norm = replace(case.clock.norm, status=status, since=case.state.now)
    return Now(norm, said, beside=case.clock.beside)


def is_in_time_again(case: Case) -> Now | None:
    """Whether what is on record about a duty that is overdue says that its time was not over; what it brought about
    stays."""
    if not case.holds or not case.clock.resumed:
        return None
    norm, say = case.clock.norm, case.clock.judge.say
    still = f"its clock has stood still since {say(norm.stopped)}" if norm.in_spell else ""
    return _timed(case, "active", still or f"its clock stood still, so that its time ends at {say(norm.due)}")


def is_suspended(case: Case) -> Now | None:
    """Whether a section above suspends its own."""
    if not case.holds or case.clock.displaced is None:
        return None
    edge, why = case.clock.displaced
    return _timed(case, "suspended", edge.upper, why.text)


def is_vacant(case: Case) -> Now | None:
    """Whether nobody is there who could do it."""
    vacant = case.clock.vacant if case.holds else None
    return _timed(case, "suspended", vacant.text) if vacant is not None else None


def is_free_again(case: Case) -> Now | None:
    """Whether nothing suspends it any longer."""
    free = case.holds and case.clock.displaced is None and case.clock.vacant is None
    return _timed(case, "active") if free else None


def is_used_up(case: Case) -> Now | None:
    """Whether a cap leaves nothing to pay, the excess not being payable."""
    section = cap_used_up(case.clock.judge, case.provision, case.row) if case.holds else None
    return _timed(case, "fulfilled" if case.before.paid else "excused", section) if section is not None else None
