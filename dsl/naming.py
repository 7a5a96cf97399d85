"""The names of what nobody names, and how what comes about by itself keeps its own.

It is called by its kind, with a number from the second on. But a fact that comes late may put one more before the
others, or take one away, and acts that were done speak of them by name. So the record of such a fact says which name
each of those had that had come about after it by then; it has that name ever after, and no other entry gets it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count
from typing import TypeVar

from dsl import terms as t
from dsl.actions import Make, Sign
from dsl.compile import FAILING, Agreement
from dsl.copying import replace
from dsl.events import Acted, Refused
from dsl.given import ONLY, Given, identity_of
from dsl.records import Entry, Exercise, Posting
from dsl.state import Norm, State


def default_name(state: State, kind: str, taken: Collection[str] = ()) -> str:
    """The name of an entry nobody named: its kind, with a number from the second on; `taken` are others beside it."""
    numbered = (f"{kind} {number}" for number in count(state.index.free.get(kind, 2)))
    return _first_free(state, chain((kind,), numbered), taken)


def named_by_itself(state: State, entry: Entry, *, again: bool = False, stem: str = "") -> str:
    """The name of an entry that comes about by itself: the one that it has had on record, or else one that is free.

    `again` says that its sentence makes one each time that its condition comes, so that only the instant tells which of
    them it is. A movement begins with a `stem` that says what it is.
    """
    which = identity_of(entry.origin)
    on_record = state.index.given.get(which) or state.index.given.get(entry.origin.partition(ONLY)[0], ())
    had = [each for each in on_record if not state.named(each.name)]
    if had:
        nth = 1 + sum(identity_of(each.origin) == which for each in state.look(("kind", entry.kind)))
        same = [each for each in had if each.at == entry.at]
        same += [each for each in had if each.nth == nth and not again]
        if same:
            return same[0].name
    if not stem:
        return default_name(state, entry.kind)
    return _first_free(state, chain((stem,), (f"{stem} ({number})" for number in count(2))))


def _first_free(state: State, names: Iterable[str], taken: Collection[str] = ()) -> str:
    return next(name for name in names if not (name in taken or state.named(name) or name in state.index.kept))


def comes_again(provision: t.Provision) -> bool:
    """Whether what a sentence makes happen comes each time that its condition does."""
    return not provision.latches and provision.trigger is not None and not provision.key.endswith(FAILING)


def origin_of(kind: str, source: str, rows: Iterable[Entry], only_of: str | None = None) -> str:
    """What made an entry by itself, and for which entries, in words that no late fact changes; `only_of` says of which
    entry there can be only one of its kind."""
    made = " ".join((f"{kind} under {source}", *dict.fromkeys(f'"{row.name}"' for row in rows)))
    return made if only_of is None else f"{made}{ONLY}{only_of}"


def is_of(entry: Entry, source: str) -> bool:
    """Whether a sentence, by its key, has made an entry by itself."""
    return entry.origin.partition(' "')[0] == f"{entry.kind} under {source}"


# -------------------------------------------------- what was done before for it

Done = TypeVar("Done", Posting, Exercise)


def come_about(law: Agreement, state: State, entry: Entry) -> State:
    """The state with an entry as it comes about, or is there again. What was paid for it, made, held or lifted about
    it, and the powers that were used for it, before a late fact took it away, count for it."""
    state = state.put(entry)
    if entry.name not in state.index.awaited:
        return state

    def counted(done: Done) -> Done:
        if entry.name not in done.awaited:
            return done
        if done.meant == entry.name:
            done = done.for_entry(entry.number)
        provision = law.by_key.get(law.key_now(done.provision))
        of_kind = provision is not None and provision.rows is not None and entry.kind in provision.rows.kinds
        if done.row is not None or done.named != entry.name or provision is None or not of_kind:
            return done
        if provision.key != done.provision:
            done = replace(done, provision=provision.key, section=provision.cited)
        return replace(done, row=entry.number)

    for made in state.entries:
        kind = law.terms.kinds.get(made.kind)
        if made.named == entry.name and made.about is None and kind and entry.kind in law.kinds_of(kind.about):
            state = state.put(replace(made, about=entry.number))
    return state.with_records(tuple(map(counted, state.postings)), tuple(map(counted, state.exercises)))


def with_done(state: State, norm: Norm, before: Norm | None, anew: bool, statement: t.Statement) -> Norm:
    """A norm that begins, with what counts of what was done for the one before; `anew` says that nothing of that does.

    For one that begins for the first time that is what was done before a late fact took its ground away: it was paid,
    or what a duty asks for was entered, or the hold was lifted.
    """
    if before is not None:
        settled = before.settled + len(state.paid_towards(before))
        return replace(norm, settled=settled) if anew else replace(norm, paid=before.paid, settled=before.settled)
    norm = replace(norm, paid=sum(each.amount.amount for each in state.paid_towards(norm)))
    idle = [each for each in state.look(("exercises", norm.provision)) if each.idle and each.row == norm.row]
    if not isinstance(statement, t.Duty) or not idle:
        return norm
    if isinstance(statement.act, t.Hold) and statement.act.lifts:
        return replace(norm, status="fulfilled") if norm.status == "active" else norm
    made = [each.entry for each in idle if each.entry is not None]
    return replace(norm, entries_before=min(made) - 1) if made else norm


# --------------------------------------------------------------- on the record


def given_after(before: State, known: State) -> tuple[Given, ...]:
    """The names, not on record yet, of what has come about by itself in the one state and had not in the other."""
    there, on_record = dict(_counted(before)), {each.name for each in known.given}
    return tuple(
        Given(entry.name, *key, entry.at)
        for key, entry in _counted(known)
        if key not in there and entry.name not in on_record
    )


def _counted(state: State) -> Iterator[tuple[tuple[str, int], Entry]]:
    """What has come about by itself, by what made it and the how-manieth of that it is."""
    times: Counter[str] = Counter()
    for entry in state.entries:
        if entry.origin:
            which = identity_of(entry.origin)
            times[which] += 1
            yield (entry.origin, times[which]), entry


def with_names(state: State, events: Iterable[Acted | Refused]) -> State:
    """The state in which what comes about by itself gets the name it had by these events, and none of those that people
    have given."""
    acted = [event for event in events if isinstance(event, Acted)]
    made = (action.name for event in acted for action in event.attempt.acts if isinstance(action, Make | Sign))
    given = {each.name: each for each in (*state.given, *(each for event in acted for each in event.names))}
    return state.with_given(tuple(given.values()), made)
