"""The one norm machine: how a duty, power or ban of one provision and row stands, and how it changes.

A provision with `when` holds from the first moment its trigger is true; with `while` exactly as long as it is; without
a trigger from the opening. While a higher provision displaces it, it is suspended and its clock stands still. A duty
whose fixed time has passed is overdue; where time is vague a machine never says so.
"""

from dataclasses import replace
from datetime import datetime

from dsl import terms as t
from dsl.bearing import bearers
from dsl.clocks import next_one, runs_again, with_clock
from dsl.compile import FAILING, Agreement, survives
from dsl.entries import counts, waived_by
from dsl.holds import fixed_hold
from dsl.judge import Judge
from dsl.lateness import open_lateness
from dsl.owed import amount_gap, cap_used_up, is_fixed, owed_under, recurs, still_owed
from dsl.performance import as_fulfilled, is_open, is_under_way, performed, undone
from dsl.reasons import Gap, Truth, Wait, either
from dsl.resolve.walk import walk
from dsl.state import Change, Entry, Norm, State, key_of
from dsl.windows import TICK, begun, deadline, follows, runs_from_trigger, window_of

DONE = ("fulfilled", "fulfilled late", "excused")
PAUSED = ("suspended", "dormant")
WAIVER_GONE = "its waiver has been withdrawn"
ONCE_MORE = "the duty that it follows from has failed again"


def rows_of(
    agreement: Agreement, state: State, provision: t.Provision, judge: Judge, name: str = ""
) -> list[Entry | None]:
    """The rows a provision holds for: every entry it ranges over (of a name, if one is given), or the one row None."""
    if provision.rows is None:
        return [None]
    kinds = provision.rows.kinds
    rows = (row for row in state.named(name) if row.kind in kinds) if name else state.of_kinds(kinds)
    return [row for row in rows if ranges_over(state, provision, judge, row)]


def ranges_over(state: State, provision: t.Provision, judge: Judge, row: Entry) -> bool:
    """Whether a provision holds for a row: one that it ranges over, or for which `when` has come true before."""
    assert provision.rows is not None
    if judge.values.selects(provision.rows, row) is Truth.TRUE:
        return True
    kept = provision.rows.filter is not None and provision.latches and provision.trigger is not None
    return kept and key_of(provision.key, row.number) in state.latches


def drop_row(agreement: Agreement, state: State, provision: t.Provision, row: Entry) -> State:
    """End what holds for an entry that a filtered sentence no longer ranges over."""
    key = key_of(provision.key, row.number)
    if provision.rows is None or provision.rows.filter is None or state.norm(provision.key, row.number) is None:
        return state
    state = state.with_latch(key, None) if key in state.latches else state
    return advance_norm(agreement, state, provision, row, False)


def stands(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
    """Whether a row still counts for a provision; one that speaks of withdrawal is about what was withdrawn."""
    if row is None or counts(agreement, state, row, state.now):
        return True
    return row.withdrawn is not None and any(
        isinstance(each, t.StageReached) and each.stage == "withdrawn" for each in walk(provision.trigger)
    )


def judge_for(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None) -> Judge:
    """The judge of a provision for one row, now."""
    judge = Judge(agreement, state, state.now)
    if row is None or provision.rows is None:
        return judge
    return judge.with_row(row)


def change(state: State, section: str, text: str, cause: str, at: datetime | None = None) -> State:
    """The state with one more line in its story."""
    return replace(state, changes=(*state.changes, Change(at or state.now, section, text, cause)))


def set_norm(state: State, provision: t.Provision, norm: Norm, cause: str, at: datetime | None = None) -> State:
    """The state with a norm as it now stands, and the change told if its status is new."""
    before = state.norms.get(key_of(norm.provision, norm.row))
    state = state.with_norm(norm)
    if before is not None and before.status == norm.status:
        return state
    return change(state, provision.cited, said_of(provision, state, norm, f"is {norm.status}"), cause, at)


def said_of(provision: t.Provision, state: State, norm: Norm, what: str) -> str:
    """`the duty of Buyer is active for "C-1"`: a line about a norm."""
    assert isinstance(provision.statement, t.Binding)
    row = f' for "{state.entry(norm.row).name}"' if norm.row is not None else ""
    return f"{_what(provision.statement)} {what}{row}"


def _what(statement: t.Binding) -> str:
    word = "duty" if isinstance(statement, t.Duty) else "power" if isinstance(statement, t.Power) else "ban"
    who = " and ".join(t.borne_by(statement))
    if isinstance(statement.act, t.ActFor):
        return f"the authority of {who} for {statement.act.principal}"
    return f"the {word} {'on' if word == 'ban' else 'of'} {who}"


def advance_norm(
    agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, holds: bool, again: bool = False
) -> State:
    """Bring the norm of a provision and row to where it stands now.

    `holds` is whether its trigger holds, `again` whether it did not the last time. What was performed stays so when its
    condition ends, also when the performance itself has ended it, and so does what is overdue; either arises
    anew when the condition comes again.
    """
    number = row.number if row else None
    norm = state.norm(provision.key, number)
    if norm is None:
        return begin_norm(agreement, state, provision, row) if holds else state
    late = norm.status == "overdue" and isinstance(provision.statement, t.Duty)
    if (norm.status in DONE or late) and holds and again and recurs(agreement, provision):
        return begin_norm(agreement, state, provision, row)
    if (holds or late) and (norm.live or norm.status in DONE):
        state = _follow(agreement, state, provision, row, norm)
        norm = state.norms[key_of(provision.key, number)]
    if (norm.by if norm.performed else norm.status == "waived") and stands(agreement, state, provision, row):
        state = _while_away(agreement, state, provision, row, holds, norm)
        norm = state.norms[key_of(provision.key, number)]
    if norm.status == "discharged" and not holds and _may_come_again(provision, norm, state.now):
        return set_norm(state, provision, replace(norm, status="dormant", since=state.now), "its condition ended")
    if not norm.live and norm.status not in PAUSED:
        return state
    if row is not None and not stands(agreement, state, provision, row):
        gone = replace(norm, status="superseded", since=state.now)
        return set_norm(state, provision, gone, f'"{row.name}" no longer counts')
    if isinstance(provision.statement, t.Duty) and norm.status != "dormant":
        judge = judge_for(agreement, state, provision, row)
        done = performed(judge, provision, row, norm)
        if done.status != norm.status:
            state = set_norm(state, provision, done, "performed")
            return state if not norm.more else set_norm(state, provision, next_one(judge, provision, done), ONCE_MORE)
    if not holds:
        if norm.status in ("dormant", "overdue") or _is_on_its_way(agreement, state, provision, row, norm):
            return state
        return set_norm(state, provision, replace(norm, status="dormant", since=state.now), "its condition ended")
    if norm.status == "dormant":
        return begin_norm(agreement, state, provision, row)
    return _run_clock(agreement, state, provision, row, norm)


def _while_away(
    agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, holds: bool, norm: Norm
) -> State:
    """What was performed by an entry or waived stays so while that stands, and its clock stops and goes on as if it
    were in force.

    When that no longer stands, and nothing else is in its place, it is owed again as if it had not been; but nobody was
    late with it before.
    """
    statement, waived = provision.statement, norm.status == "waived"
    judge, window = judge_for(agreement, state, provision, row), window_of(statement)
    waivers = state.waiver_of(provision.section, () if row is None else (row,))
    fallen = undone(judge, statement, norm) if isinstance(statement, t.Duty) and not waived else ()
    if waivers if waived else not fallen:
        known = window is not None and (window.within is not None or window.by is not None)
        clock = with_clock(judge, provision, row, norm)[0] if holds and known else norm
        return state if clock == norm else state.with_norm(clock)
    done = norm if waived else performed(judge, provision, row, norm)
    if done.by != norm.by:
        return state.with_norm(replace(norm, by=done.by))
    status = "overdue" if norm.status == "fulfilled late" else "active" if holds else "dormant"
    if status == "active":
        norm = with_clock(judge, provision, row, replace(norm, status="active"))[0]
        late = norm.due is not None and norm.due < state.now and norm.stopped is None
        missed = "overdue" if isinstance(statement, t.Duty) else "discharged"
        status = missed if late and open_lateness(judge, provision, row) is None else status
    ended = state.terminated is not None and not survives(agreement, provision.cited)
    if ended or (isinstance(statement, t.Duty) and is_freed(agreement, state, bearers(judge, statement))):
        status = "discharged"
    elif waivers and status != "dormant":
        status = "waived"
    norm = replace(norm, status=status, since=state.now, by=fallen)
    return set_norm(state, provision, norm, WAIVER_GONE if waived else no_longer(state, norm))


def no_longer(state: State, norm: Norm) -> str:
    """What has performed a duty that is owed again, and does so no longer."""
    gone = tuple(f'"{state.entry(each).name}"' for each in norm.by)
    return f"{either(gone, 'and')} no longer perform{'s' if len(gone) == 1 else ''} it"


def _is_on_its_way(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, norm: Norm) -> bool:
    """Whether a duty in force is performed by time alone, so that it does not matter that its condition has ended."""
    duty = provision.statement
    judged = judge_for(agreement, state, provision, row)
    return isinstance(duty, t.Duty) and norm.status == "active" and is_under_way(judged, duty, norm)


def _follow(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, norm: Norm) -> State:
    """A duty to pay a figure that moves is performed when nothing of it is left, and owed again when it grows.

    A figure that is fixed, to pay or to hold, is fixed as soon as it is known.
    """
    act = getattr(provision.statement, "act", None)
    if not isinstance(provision.statement, t.Duty) or norm.owed is not None:
        return state
    judge = judge_for(agreement, state, provision, row)
    if not isinstance(act, t.Move):
        held = fixed_hold(judge, provision, row, norm.began)
        return state if held is None else set_norm(state, provision, replace(norm, owed=held), "")
    if provision.latches and provision.trigger is not None:
        amount = owed_under(judge, provision, act, norm)
        if isinstance(amount, Gap) or not is_fixed(agreement, provision):
            return state
        return _owing(state, provision, replace(norm, owed=amount, began=judge.since), amount, "")
    left = still_owed(judge, provision, act, norm) if act.amount is not None else Gap(Truth.PENDING, ())
    if isinstance(left, Gap):
        return state
    if left <= 0 and norm.live:
        return set_norm(state, provision, as_fulfilled(norm, state.now, state.now), "nothing more is owed")
    if left <= 0 or norm.live or cap_used_up(judge, provision, row) is not None:
        return state
    since = judge.since
    due = deadline(judge, provision.statement.window, since)
    again = replace(norm, status="active", since=since, began=since, due=due, named=due, stops=())
    return set_norm(state, provision, again, "more is owed")


def _owing(state: State, provision: t.Provision, norm: Norm, amount: int | Gap | None, cause: str) -> State:
    """The state with a duty that begins or whose amount becomes known: one to pay nothing is performed at once."""
    if isinstance(amount, int) and amount <= 0:
        return set_norm(state, provision, replace(norm, status="fulfilled"), "nothing is owed")
    return set_norm(state, provision, norm, cause)


def _may_come_again(provision: t.Provision, norm: Norm, now: datetime) -> bool:
    """Whether a power whose time has passed is only over until its condition comes again, which opens a new window."""
    power = isinstance(provision.statement, t.Power) and not provision.latches and provision.trigger is not None
    return power and norm.due is not None and norm.due < now


def begin_norm(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """The state in which a norm begins, or begins anew: with its whole time, and nothing done towards it yet."""
    if not stands(agreement, state, provision, row):
        return state
    window = window_of(provision.statement)
    judge = judge_for(agreement, state, provision, row)
    since = begins(judge, provision, row)
    freed = isinstance(provision.statement, t.Duty) and is_freed(agreement, state, bearers(judge, provision.statement))
    number = row.number if row else None
    norm = Norm(provision.key, number, "discharged" if freed else "active", since, since, len(state.entries), None)
    norm = begun(judge, window, norm, row)
    before = state.norm(provision.key, number)
    if before is not None and recurs(agreement, provision):
        norm = replace(norm, settled=before.settled + len(state.paid_towards(before)))
    elif before is not None:
        norm = replace(norm, paid=before.paid, settled=before.settled)
    norm = replace(norm, owed=fixed_hold(judge, provision, row, since))
    if not isinstance(provision.statement, t.Duty):
        return set_norm(state, provision, norm, _cause(provision))
    act = provision.statement.act
    amount = owed_under(judge, provision, act, norm) if isinstance(act, t.Move) else None
    if isinstance(amount, int) and is_fixed(agreement, provision):
        norm = replace(norm, owed=amount)
    elif isinstance(amount, Gap) and runs_from_trigger(provision.statement.window):
        norm = replace(norm, due=None, named=None, stopped=since)
    waivers = state.waiver_of(provision.section, () if row is None else (row,))
    if waivers and not freed and not (isinstance(amount, int) and amount <= 0):
        return set_norm(state, provision, replace(norm, status="waived"), f"waived in advance by {waived_by(waivers)}")
    return _owing(state, provision, norm, amount, _cause(provision))


def begins(judge: Judge, provision: t.Provision, row: Entry | None) -> datetime:
    """When something begins that begins now: what follows from the end of a time, with its last moment, and so what is
    said of an entry that came with it."""
    if provision.key.endswith(FAILING):
        failed = judge.state.norms[key_of(provision.key.removesuffix(FAILING), row.number if row else None)]
        return failed.due if failed.due == judge.now - TICK else judge.now
    if provision.trigger is not None:
        judge.judge(provision.trigger)
    return row.at if row is not None and row.at == judge.now - TICK else judge.since


def is_freed(agreement: Agreement, state: State, names: tuple[str, ...]) -> bool:
    """Whether everybody who is bound has been discharged; one who is bound with another leaves the other bound."""
    bound = {member for name in names for member in agreement.members(name)}
    return bool(bound) and bound <= state.discharged.keys()


def _cause(provision: t.Provision) -> str:
    return provision.trigger.text if provision.trigger is not None else "the opening"


def _run_clock(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, norm: Norm) -> State:
    """Stop, start and read the clock of a norm in force."""
    judge = judge_for(agreement, state, provision, row)
    window = window_of(provision.statement)
    was = norm
    norm, displaced, vacant = with_clock(judge, provision, row, norm)
    if displaced is not None and displaced[0].mode == "replacement":
        gone = replace(was, status="superseded", since=state.now)
        return set_norm(state, provision, gone, f"section {displaced[0].upper}")
    statement = provision.statement
    undecided = amount_gap(judge, provision, norm) is not None or (
        isinstance(statement, t.Duty) and is_open(judge, statement)
    )
    if window is not None and norm.status == "overdue":
        if runs_again(was, norm, judge.now):
            return _again_in_time(state, provision, judge, norm)
        state, norm = _stays_overdue(state, provision, judge, window, norm)
    if displaced is not None and norm.status != "suspended":
        norm = replace(norm, status="suspended", since=state.now)
        return set_norm(state, provision, norm, f"section {displaced[0].upper}: {displaced[1].text}")
    if displaced is None and vacant is not None and norm.status != "suspended":
        return set_norm(state, provision, replace(norm, status="suspended", since=state.now), vacant.text)
    if displaced is None and vacant is None and norm.status == "suspended":
        norm = replace(norm, status="active", since=state.now)
        return set_norm(state, provision, norm, "the suspension ended")
    used_up = cap_used_up(judge, provision, row)
    if used_up is not None and norm.live:
        status = "fulfilled" if norm.paid else "excused"
        done = replace(norm, status=status, since=state.now)
        return set_norm(state, provision, done, f"nothing is left of the cap of section {used_up}")
    running = norm.status == "active" and norm.stopped is None
    late = running and norm.due is not None and state.now > norm.due
    doubt = _doubt(judge, provision, row, norm) if late else ()
    norm = replace(norm, doubt=doubt)
    if late and not undecided and norm.due is not None and not doubt:
        status = "overdue" if isinstance(provision.statement, t.Duty) else "discharged"
        before = state.norms[key_of(norm.provision, norm.row)].due
        at = max(norm.due, norm.began) if before in (None, norm.due) else state.now
        return set_norm(state, provision, replace(norm, status=status, since=at), "its time has passed", at)
    return state if norm == state.norms[key_of(norm.provision, norm.row)] else set_norm(state, provision, norm, "")


def _doubt(judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm) -> tuple[Wait, ...]:
    """What has to be known before it can be said whether somebody is late with a duty whose time would be over."""
    duty = provision.statement
    why = open_lateness(judge, provision, row)
    if why is None and isinstance(duty, t.Duty) and is_open(judge, duty):
        assert isinstance(duty.act, t.Ensure)
        why = judge.as_it_stands(duty.act.condition)
    gap = amount_gap(judge, provision, norm)
    open_amount = gap.waits if gap is not None and gap.truth is Truth.OPEN else ()
    if why is None:
        return open_amount
    return tuple(dict.fromkeys((*why.awaited(), *open_amount))) or (Wait("figure", why.text, section=why.section),)


def _again_in_time(state: State, provision: t.Provision, judge: Judge, norm: Norm) -> State:
    """A duty that was overdue is in force again, because its clock had stood still; what it brought about stays."""
    still = f"its clock has stood still since {judge.say(norm.stopped)}" if norm.in_spell else ""
    cause = still or f"its clock stood still, so that its time ends at {judge.say(norm.due)}"
    norm = replace(norm, status="active", since=state.now)
    return set_norm(state, provision, norm, f"{cause}; that it was overdue stays on record")


def _stays_overdue(
    state: State, provision: t.Provision, judge: Judge, window: t.Window, norm: Norm
) -> tuple[State, Norm]:
    """A duty that is late stays so when the time that it names is put off, which is told."""
    named = deadline(judge, window, norm.began) if follows(judge, window) else norm.named
    if named is None or norm.named is None or named <= norm.named:
        return state, norm
    assert isinstance(provision.statement, t.Binding)
    told = f"{_what(provision.statement)} stays overdue, though its time would now end at {judge.say(named)}"
    return change(state, provision.cited, told, "its time had passed"), replace(norm, named=named)
