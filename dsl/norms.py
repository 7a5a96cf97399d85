"""The norms of a provision: the rows that a duty, power or ban holds for, since when, and how one is told of.

How a norm stands, and how that changes, is the norm machine in `engine.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from dsl import terms as t
from dsl.compile import FAILING, Agreement
from dsl.copying import replace
from dsl.entries import counts
from dsl.judge import Judge
from dsl.reasons import Truth, either
from dsl.resolve.walk import walk
from dsl.state import Change, Entry, Norm, State, key_of
from dsl.windows import TICK

DONE = ("fulfilled", "fulfilled late", "excused")


@dataclass(frozen=True, slots=True)
class Now:
    """A norm as it now stands, what fills the gaps in the words of the cause, and since when if not since this moment.

    `beside` is a line of the story that is not about its status, with the cause of that.
    """

    norm: Norm
    said: tuple[str, ...] = ()
    at: datetime | None = None
    beside: tuple[str, str] | None = None


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


def said_of(provision: t.Provision, state: State, norm: Norm, what: str) -> str:
    """`the duty of Buyer is active for "C-1"`: a line about a norm."""
    assert isinstance(provision.statement, t.Binding)
    row = f' for "{state.entry(norm.row).name}"' if norm.row is not None else ""
    return f"{what_binds(provision.statement)} {what}{row}"


def what_binds(statement: t.Binding) -> str:
    """`the duty of Buyer`: what binds whom."""
    word = "duty" if isinstance(statement, t.Duty) else "power" if isinstance(statement, t.Power) else "ban"
    who = " and ".join(t.borne_by(statement))
    if isinstance(statement.act, t.ActFor):
        return f"the authority of {who} for {statement.act.principal}"
    return f"the {word} {'on' if word == 'ban' else 'of'} {who}"


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


def no_longer(state: State, norm: Norm) -> str:
    """What has performed a duty that is owed again, and does so no longer."""
    gone = tuple(f'"{state.entry(each).name}"' for each in norm.by)
    return f"{either(gone, 'and')} no longer perform{'s' if len(gone) == 1 else ''} it"
