"""What happened by itself on a ground that was withdrawn since: what was done stays, and the lost ground is told.

Whoever told of a fact late would have it worked out anew; whoever withdraws it says that it no longer counts from now
on. So money that has passed and an entry that was made stay, as acts do. Whether a sentence would have been carried
out without what was withdrawn is asked of the state as it stood when it was.
"""

from collections.abc import Iterator
from datetime import datetime

from dsl import terms as t
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.entries import concerns
from dsl.given import identity_of
from dsl.judge import Judge
from dsl.memory import Watch
from dsl.money import Quantity
from dsl.norms import judge_for, stands
from dsl.occurred import without_own
from dsl.owed import still_owed
from dsl.reasons import Gap, Truth, either
from dsl.records import Divergence, Exercise, Norm, Posting
from dsl.restated import restatements
from dsl.saying import say_instant
from dsl.state import Entry, State, key_of


def divergences(law: Agreement, state: State) -> tuple[Divergence, ...]:
    """Everything that stands although it would now be otherwise, and what does not stand any more: acts, and what
    happened by itself, which has no number in the log (`act` is 0)."""
    withdrawn = any(entry.withdrawn is not None for entry in state.entries)
    by_itself = (*(_fallen(law, state) if withdrawn else ()), *restatements(law, state))
    acts = (
        _as_counted(law, state, each) if each.rows or each.under or each.how else each for each in state.divergences
    )
    return (*(each for each in acts if each is not None), *by_itself, *_swapped(law, state))


def _as_counted(law: Agreement, state: State, told: Divergence) -> Divergence | None:
    """What is told of an act that was for entries, or under provisions, that had not come about: nothing any more once
    they have and all of it counts, and how much of it is too much where they are for less."""
    every: tuple[Posting | Exercise, ...] = (*state.postings, *state.exercises)
    names = {*told.rows}
    done = [each for each in every if each.at == told.at and _is_of(state, each, told)]
    made = [each for each in state.entries if each.named in names and _made_at(each, told.at)]
    found = {name for each in done for name in (each.named, each.meant)} | {each.named for each in made}
    lost = names - found if not told.under else set()
    if told.how == "wordless":
        return told if any(each.at == told.at for each in state.aside) else None
    if told.how == "shared" and not (done or made) and all(state.named(name) for name in names):
        return None
    if not (done or made) or lost or any(not _is_about(state, each) for each in made):
        return told
    beyond: list[str] = []
    for each in done:
        norm, provision = state.norm(each.provision, each.row), law.by_key.get(each.provision)
        if each.awaited or (each.provision and (norm is None or provision is None or not _counts(state, each, norm))):
            return told
        act = getattr(provision.statement, "act", None) if provision is not None else None
        if (
            norm is None
            or provision is None
            or not isinstance(act, t.Move)
            or (act.amount is None and act.plan is None)
        ):
            continue
        row = state.entry(each.row) if each.row is not None else None
        left = still_owed(judge_for(law, state, provision, row), provision, act, norm)
        if isinstance(left, Gap):
            return told
        if left < 0 and isinstance(each, Posting):
            what = f'for "{row.name}"' if row is not None else f"under section {provision.cited}"
            beyond.append(f"{Quantity(-left, each.amount.unit)} more than is owed {what} has been paid")
    return replace(told, text=either(tuple(dict.fromkeys(beyond)), "and")) if beyond else None


def _is_of(state: State, done: Posting | Exercise, told: Divergence) -> bool:
    """Whether something was paid or used by an act that is told of."""
    if not told.under:
        return bool({done.named, done.meant} & {*told.rows})
    rows = (state.entry(done.row).name,) if done.row is not None else ()
    return done.provision in told.under and set(rows) <= {*told.rows}


def _made_at(entry: Entry, at: datetime) -> bool:
    return entry.at == at or any(each.at == at for each in entry.signatures)


def _counts(state: State, done: Posting | Exercise, norm: Norm) -> bool:
    """Whether something that was paid or used counts for what has come into force since."""
    if norm.status == "superseded":
        return False
    if isinstance(done, Posting):
        return done in state.paid_towards(norm)
    return True


def _is_about(state: State, made: Entry) -> bool:
    return made.about is not None and concerns(made, state.entry(made.about))


def _fallen(law: Agreement, state: State) -> Iterator[Divergence]:
    for provision in law.provisions:
        if isinstance(provision.statement, t.Binding) or law.sentence_of(provision.key)[0] != provision.key:
            continue
        rows = (None,) if provision.rows is None else state.of_kinds(provision.rows.kinds)
        for row in rows:
            told, at = fallen_ground(law, state, provision, row), _last_done(state, provision, row)
            if told and at is not None:
                yield Divergence(0, at, provision.cited, provision.cited, told)


def _swapped(law: Agreement, state: State) -> Iterator[Divergence]:
    """Names on record of what has come about at another time by what is known now, while there is one of that time."""
    entries = {entry.name: entry for entry in state.entries if entry.origin} if state.given else {}
    there = {(identity_of(entry.origin), entry.at): entry for entry in entries.values()}
    for each in state.given:
        now, same = entries.get(each.name), there.get((identity_of(each.origin), each.at))
        if now is not None and same is not None and now is not same:
            before, after = (say_instant(at, law.terms.zone) for at in (each.at, now.at))
            told = f'"{each.name}" had come about at {before}, by what was known before; by what is known now it is '
            told += f'that of {after}, and the other one is "{same.name}"'
            yield Divergence(0, each.at, now.section, now.section, told)


def fallen_ground(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> str:
    """That something happened by itself on a ground that has been withdrawn since; empty where it did not."""
    at = _last_done(state, provision, row)
    gone = [each for each in state.entries if at is not None and each.withdrawn is not None and each.withdrawn >= at]
    if at is None or not gone:
        return ""
    watch = Watch()
    judge = judge_for(law, state.watched(watch), provision, row)
    if _is_so(law, judge, provision, row):
        return ""
    spoken_of = set(state.memory.plain(watch.reads))
    concerned = [each for each in gone if each is row or spoken_of & _keys(each)]
    known = without_own(law, state, provision, row, at)
    if not _holds_without(law, known, provision, row, []):
        return _told("its condition spoke of", concerned)
    alone = [each for each in concerned if not _holds_without(law, known, provision, row, [each])]
    if alone or not _holds_without(law, known, provision, row, concerned):
        return _told("it rested on", alone or concerned)
    return ""


def _told(how: str, gone: list[Entry]) -> str:
    names = either(tuple(f'"{each.name}"' for each in gone), "and")
    have = "has" if len(gone) == 1 else "have"
    return f"what was done stays, though {how} {names}, which {have} been withdrawn since" if gone else ""


def _last_done(state: State, provision: t.Provision, row: Entry | None) -> datetime | None:
    """When a sentence was last carried out for a row; None if it was not."""
    number = row.number if row is not None else None
    latched = state.latches.get(key_of(provision.key, number))
    paid = (each.at for each in state.look(("under", provision.key, number)))
    return max((*paid, *((latched,) if latched is not None else ())), default=None)


def _is_so(law: Agreement, judge: Judge, provision: t.Provision, row: Entry | None) -> bool:
    if row is not None and not stands(law, judge.state, provision, judge.state.entry(row.number)):
        return False
    return provision.trigger is None or judge.judge(provision.trigger).truth is Truth.TRUE


def _keys(entry: Entry) -> set[tuple[object, ...]]:
    """What is looked up by who speaks of an entry."""
    return {("entry", entry.number), ("kind", entry.kind), ("about", entry.kind, entry.about), ("name", entry.name)}


def _holds_without(law: Agreement, then: State, provision: t.Provision, row: Entry | None, gone: list[Entry]) -> bool:
    """Whether a sentence would have been carried out, as things stood then, had some entries been withdrawn before."""
    for entry in gone:
        then = then.put(entry) if entry.number <= len(then.entries) else then
    return _is_so(law, judge_for(law, then, provision, then.entry(row.number) if row else None), provision, row)
