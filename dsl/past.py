"""Values and conditions as of a time: a state and an instant in, the state as it stood then out.

What has happened is only ever added to, with the instant at which it did, so most of an earlier state is what was
there by then. What is replaced as a whole (how a norm stands, what a blank holds, who fills a role) leaves a record of
what it was before. A late fact is folded in at its time, so it counts in every state after it.

What had not happened by then will not have happened by then: a condition as of a time that has come is true, false or
open, and never pending. A time counts as a whole: a date is asked of at its end, an instant with all that happened at
it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from dsl import terms as t
from dsl.anchors import anchored
from dsl.index import UNBUILT, moved
from dsl.memory import Memory, Watch
from dsl.money import Quantity
from dsl.reasons import Gap, Reason, Truth, Wait, gap_reason
from dsl.records import Doubt
from dsl.resolve.walk import walk
from dsl.state import Entry, State

if TYPE_CHECKING:
    from dsl.judge import Judge
    from dsl.values import Known, Values

Result = TypeVar("Result")
Asked = TypeVar("Asked", t.AsOf, t.Stood)
_INSTANT = timedelta(microseconds=1)


def value_as_of(values: "Values", value: t.AsOf) -> "Known":
    """A value as it was; pending until the time has come, and open for a time before the deal was opened."""
    judge = values.judge
    edge = _edge(judge, value.moment)
    if isinstance(edge, Gap):
        return edge
    judge, value = anchored(judge, value, edge)
    lacking = _lacking(judge, value.value, edge)
    known = lacking or then(judge, edge, lambda past: past.values.value(value.value))
    if isinstance(known, Gap) and known.truth is Truth.PENDING and edge < judge.now:
        text = f"{value.value.text}: there was none by {values.say(edge)}"
        return lacking or Gap(Truth.PENDING, (Wait("act", text),))
    return known


def stood(judge: "Judge", condition: t.Stood) -> Reason:
    """Whether a condition held at a time; what was not there yet was not so."""
    edge = _edge(judge, condition.moment)
    if isinstance(edge, Gap):
        return gap_reason(condition, edge)
    judge, condition = anchored(judge, condition, edge)
    lacking = _lacking(judge, condition.condition, edge)
    if lacking is not None:
        return Reason(Truth.FALSE, condition.text, note=lacking.waits[0].text)
    inner = then(judge, edge, lambda past: past.judge(condition.condition))
    return Reason(inner.truth, condition.text, note=f"as of {judge.say(edge)}", children=(inner,))


def _edge(judge: "Judge", asked: t.Value) -> datetime | Gap:
    """The last moment of the time that is asked of, once it has come; in a state as of a time, that time is over.

    At an instant itself more may happen, so what is asked as of it is asked again when it is over.
    """
    moment = judge.values.value(asked)
    if isinstance(moment, Gap):
        return moment
    edge = judge.end(moment)
    over = edge if isinstance(moment, datetime) or judge.past else edge + _INSTANT
    if judge.now < over:
        judge.instants.add(over)
        return Gap(Truth.PENDING, (Wait("time", f"{judge.say(moment)} is over", at=over),))
    if edge < judge.state.opened:
        told = f"{judge.say(moment)} is before the deal was opened, and nothing is on record of it"
        return Gap(Truth.OPEN, (Wait("figure", told),))
    judge.watch_end(over)
    if edge == judge.now and not judge.past:
        judge.instants.add(edge + _INSTANT)
    return edge


def _lacking(judge: "Judge", asked: t.Value | t.Condition, edge: datetime) -> Gap | None:
    """The gap where an entry that the sentence ranges over was not there yet."""
    for each in walk(asked):
        row = judge.rows.get(each.key) if isinstance(each, t.Row) else None
        if row is not None and row.at > edge:
            return Gap(Truth.PENDING, (Wait("past", f'there was no "{row.name}" by {judge.say(edge)}'),))
    return None


def then(judge: "Judge", edge: datetime, found: Callable[["Judge"], Result], **otherwise: Any) -> Result:
    """What is found in the state as it stood at an instant, but for what is said to be otherwise in it; what is looked
    up there is looked up here as well."""
    if edge == judge.now and not otherwise:
        return found(judge)
    watch = Watch()
    asked = _judge_then(judge, edge, watch)
    if otherwise:
        asked = replace(asked, state=replace(asked.state, watch=watch, memory=Memory(), **otherwise))
    result = found(asked)
    judge.state.note(watch, asked.state)
    return result


def judge_as_of(judge: "Judge", asked: Asked) -> "tuple[Judge, Asked] | None":
    """The judge of the state as it stood, with what is asked of it, to explain what was found in it; None where that is
    not known."""
    edge = _edge(judge, asked.moment)
    if isinstance(edge, Gap):
        return None
    judge, asked = anchored(judge, asked, edge)
    if _lacking(judge, _inner(asked), edge) is not None:
        return None
    return _judge_then(judge, edge, Watch()), asked


def _inner(asked: t.AsOf | t.Stood) -> t.Value | t.Condition:
    return asked.value if isinstance(asked, t.AsOf) else asked.condition


def _judge_then(judge: "Judge", edge: datetime, watch: Watch) -> "Judge":
    if edge == judge.now:
        return judge
    state = judge.state.memory.then(edge, lambda: rewound(judge.state, edge)).watched(watch)
    rows = {key: state.entries[row.number - 1] for key, row in judge.rows.items() if row.number <= len(state.entries)}
    return replace(judge, state=state, now=edge, rows=rows, past=True)


def rewound(state: State, at: datetime) -> State:
    """A state as it stood at an instant, with everything that had happened at it."""
    there = max((entry.number for entry in state.entries if entry.at <= at), default=0)
    were = {was.entry.number: was.entry for was in reversed(state.former_entries) if was.until > at}
    entries = tuple(_earlier(were.get(entry.number, entry), at).as_of(there) for entry in state.entries[:there])
    postings = tuple(each.as_of(there) for each in state.postings if each.at <= at)
    balances = {account: Quantity(0, held.unit) for account, held in state.balances.items()}
    for each in postings:
        balances = moved(balances, each, each.amount.amount)
    norms = dict(state.norms)
    contents: dict[str, dict[str, Any]] = {
        "blanks": dict(state.blanks),
        "choices": dict(state.choices),
    }
    for was in reversed(state.former_norms):
        if was.until > at:
            _put_back(norms, was.key, (was.norm,) if was.norm is not None else ())
    for former in reversed(state.former):
        if former.until > at:
            _put_back(contents[former.what], former.name, former.content)
    ended = state.terminated is not None and state.terminated > at
    return replace(
        state,
        now=at,
        entries=entries,
        postings=postings,
        balances=balances,
        norms=norms,
        latches={key: since for key, since in state.latches.items() if since <= at},
        doubts={
            provision: {key: tuple(_doubted(found, at)) for key, found in of_rows.items()}
            for provision, of_rows in state.doubts.items()
        },
        exercises=tuple(each.as_of(there) for each in state.exercises if each.at <= at),
        cuts=tuple(each for each in state.cuts if each.at <= at),
        waived={name: tuple(each for each in given if each.at <= at) for name, given in state.waived.items()},
        lasting=tuple(number for number in state.lasting if number <= there),
        terminated=None if ended else state.terminated,
        discharged={name: since for name, since in state.discharged.items() if since <= at},
        blanks=contents["blanks"],
        choices=contents["choices"],
        holders=tuple(each for each in state.holders if each.at <= at),
        index=UNBUILT,
        memory=Memory(),
    )


def _doubted(doubts: tuple[Doubt, ...], at: datetime) -> Iterator[Doubt]:
    """The times of doubt that had begun by an instant, as they then stood."""
    for each in doubts:
        if each.since <= at:
            yield replace(each, over=each.over if each.over is not None and each.over <= at else None)


def _put_back(contents: dict[str, Any], name: str, before: tuple[Any, ...]) -> None:
    contents.pop(name, None)
    if before:
        contents[name] = before[0]


def _earlier(entry: Entry, at: datetime) -> Entry:
    """An entry as it was: without the signatures, receipts and the withdrawal that came later."""
    signatures = tuple(
        replace(each, received=tuple(one for one in each.received if one[1] <= at))
        for each in entry.signatures
        if each.at <= at
    )
    return replace(
        entry,
        signatures=signatures,
        receipts=tuple(one for one in entry.receipts if one[1] <= at),
        given=None if entry.on_receipt and entry.given is not None and entry.given > at else entry.given,
        withdrawn=None if entry.withdrawn is not None and entry.withdrawn > at else entry.withdrawn,
    )
