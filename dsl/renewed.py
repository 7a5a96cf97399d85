"""A duty or power that goes on under an amended text: its norms under the old words in, those under the new words out.

What has been paid counts towards the amount that the new words say: what is missing is owed, and nothing comes back.
What has been done stays done, also where more is now to be paid and the new words give no time for that any more. What
is still to be done has the time that the new words give it, from when it came into force. What follows from a duty that
has failed is as the words said under which it did: another act in its place is for what fails after the amendment.
"""

from dataclasses import replace

from dsl import terms as t
from dsl.compile import FAILING, Agreement, survives
from dsl.holds import fixed_hold
from dsl.judge import Judge
from dsl.memory import Memory
from dsl.norms import DONE, Now, judge_for
from dsl.owed import is_fixed, owed_under, still_owed
from dsl.parted import Move, carried, moves
from dsl.recited import recited
from dsl.state import Entry, Norm, State, key_of
from dsl.successors import like
from dsl.transitions import Becoming, is_amended
from dsl.windows import deadline, timed, window_of

_LATE, _OWED = ("overdue", "fulfilled late"), ("active", "overdue", "suspended")


def renewed(before: Agreement, law: Agreement, state: State, become: Becoming) -> State:
    """The state in which the duties and powers that other words now state stand as these words say."""
    found = moves(before, law, state)
    came = {(move.after.key, move.row): move.before for move in found}
    state = recited(before, law, _without(law, carried(state, found, become), found, become), found)
    for provision in law.provisions:
        was = before.by_key.get(provision.key)
        if provision.key.endswith(FAILING):
            state = _failed_before(state, was, came, provision, become)
        if not isinstance(provision.statement, t.Duty | t.Power):
            continue
        for norm in state.norms_of(provision.key):
            said = came.get((provision.key, norm.row), was)
            if said is None or said.statement == provision.statement or not _goes_on(said, provision):
                continue
            row = state.entry(norm.row) if norm.row is not None else None
            judge = judge_for(law, state, provision, row)
            after = _as_owed(judge, provision, norm) if isinstance(provision.statement, t.Duty) else norm
            after = after if after.status != norm.status else _in_time(judge, provision, after)
            state = become(state, provision, Now(after), is_amended)
    return state


def _goes_on(was: t.Provision, provision: t.Provision) -> bool:
    """Whether what was said goes on under other words: of what follows from a failed duty only the same."""
    return not provision.key.endswith(FAILING) or like(was.statement, provision.statement)


def _without(law: Agreement, state: State, found: tuple[Move, ...], become: Becoming) -> State:
    """The state in which nothing goes on twice: a sentence for other rows now has nothing of those that went over."""
    over = {(move.after.key, move.row) for move in found}
    for move in found:
        key, provision = move.before.key, law.by_key.get(move.before.key)
        norm = state.norm(key, move.row)
        if provision is None or not isinstance(provision.statement, t.Binding) or (key, move.row) in over:
            continue
        state = state.with_latch(key_of(key, move.row), None)
        if norm is not None and norm.status in (*_OWED, "dormant"):
            state = become(state, provision, Now(replace(norm, status="superseded", since=state.now)), is_amended)
    return state


def _failed_before(
    state: State,
    was: t.Provision | None,
    came: dict[tuple[str, int | None], t.Provision],
    provision: t.Provision,
    become: Becoming,
) -> State:
    """The state in which nothing else follows from a duty that had failed before the amendment."""
    if was is not None and _goes_on(was, provision):
        return state
    for norm in state.norms_of(provision.key) if was is not None else ():
        if norm.status in (*_OWED, "dormant") and was is not None and (provision.key, norm.row) not in came:
            state = become(state, was, Now(replace(norm, status="superseded", since=state.now)), is_amended)
    for duty in state.norms_of(provision.key.removesuffix(FAILING)):
        if duty.status in _LATE and (provision.key, duty.row) not in came:
            state = state.with_latch(key_of(provision.key, duty.row), state.now)
            if isinstance(provision.statement, t.Binding) and state.norm(provision.key, duty.row) is None:
                over = Norm(provision.key, duty.row, "superseded", state.now, state.now, len(state.entries))
                state = become(state, provision, Now(over), is_amended)
    return state


def refigured(law: Agreement, state: State, rows: tuple[Entry, ...], become: Becoming) -> State:
    """The state with rows at signing as an amendment states them, and what is owed by their figures by the new ones.

    What has been performed is owed further where it was for such a row, and stays as it is where it was for another.
    """
    before, changed = replace(state, memory=Memory(), watch=None), {each.number for each in rows}
    for each in rows:
        state = state.put(each)
    for provision in law.provisions if rows else ():
        if not isinstance(provision.statement, t.Duty | t.Power):
            continue
        for norm in state.norms_of(provision.key):
            row = state.entry(norm.row) if norm.row is not None else None
            mine = row is not None and (row.number in changed or row.about in changed)
            if norm.status in DONE and not mine:
                continue
            then = judge_for(law, before, provision, before.entry(norm.row) if norm.row is not None else None)
            now = judge_for(law, state, provision, row)
            if _figures(then, provision, norm) == _figures(now, provision, norm):
                continue
            after = _as_owed(now, provision, norm) if isinstance(provision.statement, t.Duty) else norm
            after = after if after.status != norm.status else _in_time(now, provision, after)
            state = become(state, provision, Now(after), is_amended)
    return state


def _figures(judge: Judge, provision: t.Provision, norm: Norm) -> tuple[object, ...]:
    """What a duty or power is for and when its time ends, where that is known."""
    act, window = getattr(provision.statement, "act", None), window_of(provision.statement)
    owed = owed_under(judge, provision, act, replace(norm, owed=None)) if isinstance(act, t.Move) else None
    held = fixed_hold(judge, provision, judge.state.entry(norm.row) if norm.row is not None else None, norm.began)
    due = deadline(judge, window, norm.began) if window is not None else None
    return owed if isinstance(owed, int) else None, held, due


def _as_owed(judge: Judge, provision: t.Provision, norm: Norm) -> Norm:
    """A duty with what is to be paid under the new words; what has come to be owed several times stays as it was."""
    assert isinstance(provision.statement, t.Duty)
    act, window = provision.statement.act, provision.statement.window
    if norm.more:
        return norm
    before, norm = norm, replace(norm, owed=None)
    if not isinstance(act, t.Move) or norm.status not in (*_OWED, *DONE):
        return norm
    left = still_owed(judge, provision, act, norm)
    if not isinstance(left, int):
        return norm
    norm = replace(norm, owed=left + norm.paid if is_fixed(judge.agreement, provision) else None)
    if left > 0 and norm.status in DONE:
        due = deadline(judge, window, judge.now)
        if due is not None and due < judge.now:
            return replace(before, owed=before.paid if before.owed is None else before.owed)
        since = judge.now
        return replace(norm, status="active", since=since, began=since, due=due, named=due, stops=(), stopped=None)
    return replace(norm, status="fulfilled", since=judge.now) if left <= 0 and norm.status in _OWED else norm


def _in_time(judge: Judge, provision: t.Provision, norm: Norm) -> Norm:
    """What is still to be done with the time of the new words; that of a power may have passed under the old ones."""
    window, state = window_of(provision.statement), judge.state
    over = state.terminated is not None and not survives(judge.agreement, provision.cited)
    passed = norm.status == "discharged" and norm.due is not None and norm.since >= norm.due and not over
    again = isinstance(provision.statement, t.Power) and passed
    if window is None or not (norm.status in _OWED or again):
        return norm
    after = timed(judge, window, replace(norm, status="active", named=None))
    if after.due is not None and after.due < judge.now:
        return replace(after, status=norm.status)
    if norm.status == "suspended":
        return replace(after, status=norm.status)
    return after if norm.status == "active" else replace(after, since=judge.now, renewed=judge.now)
