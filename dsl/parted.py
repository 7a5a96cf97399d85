"""Which sentence goes on with which for each row, where an amendment parts one in two or joins two in one.

Where as many sentences stand in a text as before, one takes the place of the other for every row (`successors.py`).
Where they are not as many it is asked row by row: what was done under a sentence goes on under the one that is for the
same row now. Where more than one is, or where one is for what several were, nobody can say what counts towards which,
and something would be paid twice or not at all: the agreement cannot be amended so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dsl import terms as t
from dsl.basis import worked_from
from dsl.compile import FAILING, Agreement
from dsl.memory import Memory, Watch
from dsl.money import Quantity
from dsl.norms import Now, judge_for
from dsl.reasons import Truth
from dsl.state import State, key_of
from dsl.successors import like, sentence_of
from dsl.transitions import Becoming, is_amended

_TOLD = 2


@dataclass(frozen=True, slots=True)
class Move:
    """That a sentence goes on with another one for a row."""

    before: t.Provision
    after: t.Provision
    row: int | None


def moves(before: Agreement, law: Agreement, state: State) -> tuple[Move, ...]:
    """What goes on under a sentence that does not take the place of its own for every row."""
    found = (each for each in _judged(before, law, state) if isinstance(each, Move))
    return tuple(dict.fromkeys(each for move in found for each in (move, *_failing(before, law, move))))


def unclear(before: Agreement, law: Agreement, state: State) -> tuple[str, ...]:
    """Why it cannot be told for some row which sentence of an amended text goes on with what was done under which."""
    return tuple(dict.fromkeys(each for each in _judged(before, law, state) if isinstance(each, str)))


def carried(state: State, found: tuple[Move, ...], become: Becoming) -> State:
    """The state in which what was done under the sentences before goes on under those that are for its rows now."""
    was = state
    for move in found:
        for key, after in ((move.before.key, move.after.key), (f"{move.before.key}~", f"{move.after.key}~")):
            at = was.latches.get(key_of(key, move.row))
            state = state.with_latch(key_of(after, move.row), at) if at is not None else state
        norm = was.norm(move.before.key, move.row)
        if norm is not None:
            under = (*norm.under, norm.provision)
            state = become(state, move.after, Now(replace(norm, provision=move.after.key, under=under)), is_amended)
    return state


# ---------------------------------------------------------------------- rows


def _judged(before: Agreement, law: Agreement, state: State) -> Iterator[Move | str]:
    """For each sentence that is not as it was, and each of its rows, under which it goes on, or why that is unclear."""
    state = replace(state, memory=Memory(), watch=None)
    old, new = before.terms.provisions, law.terms.provisions
    kept = {each.key: _words(each) for each in old}
    same = {each.key for each in new if kept.get(each.key) == _words(each)}
    old = tuple(each for each in old if each.key not in same)
    new = tuple(each for each in new if each.key not in same)
    for provision in old:
        linked = tuple(each for each in new if _is_linked(provision, each))
        gone = provision.key not in law.by_key and not linked
        elsewhere = [each for each in new if gone and each.key not in before.by_key and _is_moved(provision, each)]
        for row in _rows(state, provision) if linked or elsewhere else ():
            asked = _Row(before, law, state, row, old)
            yield from _of_row(asked, provision, linked)
            if elsewhere and asked.is_done(provision):
                yield _told_elsewhere(asked, provision, elsewhere[0])


@dataclass(frozen=True, slots=True)
class _Row:
    """The question of one row: of which sentences before, and which after, it is one."""

    before: Agreement
    law: Agreement
    state: State
    row: int | None
    old: tuple[t.Provision, ...]

    def now(self, linked: tuple[t.Provision, ...]) -> tuple[t.Provision, ...]:
        """Those of the new sentences that are for the row, or may come to be."""
        return tuple(each for each in linked if _covers(self.law, self.state, each, self.row))

    def then(self, now: tuple[t.Provision, ...]) -> tuple[t.Provision, ...]:
        """The sentences before, in whose place some new ones may stand for the row."""
        among = (each for each in self.old if any(_is_linked(each, one) for one in now))
        return tuple(each for each in among if self.has_come(each) or _covers(self.before, self.state, each, self.row))

    def has_come(self, provision: t.Provision) -> bool:
        """Whether something has come of a sentence for the row."""
        norm = self.state.norm(provision.key, self.row)
        return (norm is not None and norm.status not in ("dormant", "superseded")) or self.is_done(provision)

    def is_done(self, provision: t.Provision) -> bool:
        """Whether something has happened, was performed, or was paid under a sentence for the row."""
        if not isinstance(provision.statement, t.Binding):
            return key_of(provision.key, self.row) in self.state.latches
        norm = self.state.norm(provision.key, self.row)
        return norm is not None and (norm.performed or norm.paid > 0)


def _of_row(asked: _Row, provision: t.Provision, linked: tuple[t.Provision, ...]) -> Iterator[Move | str]:
    """Under which sentence one goes on for a row: the one in its place, or the only one that is for the row."""
    done = asked.is_done(provision)
    if not (done or asked.has_come(provision)):
        return
    now = asked.now(linked)
    then = asked.then(now)
    placed = all(any(_takes_place(one, each) for one in then) for each in now)
    if placed and all(any(_takes_place(each, one) for one in now) for each in then if asked.is_done(each)):
        return
    happens = not isinstance(provision.statement, t.Binding)
    if len(now) == 1 and (len(then) == 1 or (happens and all(asked.is_done(each) for each in then))):
        yield from (Move(provision, now[0], asked.row),) if _is_alike(provision, now[0]) else ()
        if _is_alike(provision, now[0]) or not done:
            return
    if done:
        yield _told(asked, provision, then, now)


def _rows(state: State, provision: t.Provision) -> tuple[int | None, ...]:
    """The rows of which something may have come: those of its norms, or of what it has made happen."""
    if isinstance(provision.statement, t.Binding):
        return tuple(norm.row for norm in state.norms_of(provision.key))
    rows = (None,) if provision.rows is None else tuple(each.number for each in state.of_kinds(provision.rows.kinds))
    return tuple(row for row in rows if key_of(provision.key, row) in state.latches)


def _covers(law: Agreement, state: State, provision: t.Provision, row: int | None) -> bool:
    """Whether a sentence is for a row, or may come to be: not where what it says of the row cannot be otherwise."""
    entry = state.entry(row) if row is not None else None
    if (provision.rows is None) is not (entry is None):
        return True
    watch = Watch()
    judge, picked = judge_for(law, state.watched(watch), provision, entry), Truth.TRUE
    if provision.rows is not None and entry is not None:
        picked = judge.values.selects(provision.rows, entry) if entry.kind in provision.rows.kinds else Truth.FALSE
    met = judge.judge(provision.trigger).truth if provision.trigger is not None and picked is Truth.TRUE else picked
    asked = (provision.rows, provision.trigger if picked is Truth.TRUE else None)
    return met is not Truth.FALSE or not _is_for_good(law, asked, watch)


def _is_for_good(law: Agreement, asked: tuple[t.Term | None, ...], watch: Watch) -> bool:
    """Whether what was answered rests on nothing but what an entry states, which stays as it is."""
    at_large = (t.BlankValue, t.ReadAs, t.IsFilled, t.FilledBy, t.Terminated, t.HolderOf, t.Balance, t.CapFigure)
    parts = (each for part in asked if part is not None for each in worked_from(law.terms, part))
    return (
        not watch.instants
        and all(key[0] == "entry" for key in watch.reads)
        and not any(isinstance(each, at_large) for each in parts)
    )


# ----------------------------------------------------------------- sentences


def _words(provision: t.Provision) -> str:
    """What a sentence says, in whatever section."""
    return (provision.words or provision.key).rpartition("/")[2]


def _is_linked(before: t.Provision, after: t.Provision) -> bool:
    """Whether one sentence may stand in the place of another for some row: the same act in the same section; of what
    passes by itself also to another payee, on the same condition."""
    one, other = before.statement, after.statement
    if before.section != after.section or isinstance(one, t.Ban) or not _share_kinds(before, after):
        return False
    same_time = before.latches is after.latches and _text(before.trigger) == _text(after.trigger)
    passes = isinstance(one, t.Passes) and isinstance(other, t.Passes)
    return like(one, other) or (passes and same_time and _text(before.rows) == _text(after.rows))


def _is_moved(before: t.Provision, after: t.Provision) -> bool:
    """Whether one sentence may be another one that is changed and numbered anew: the same act for the same rows on the
    same condition, in another section."""
    same = before.latches is after.latches and _text(before.trigger) == _text(after.trigger)
    return same and _text(before.rows) == _text(after.rows) and like(before.statement, after.statement)


def _share_kinds(before: t.Provision, after: t.Provision) -> bool:
    if before.rows is None or after.rows is None:
        return True
    return bool({*before.rows.kinds} & {*after.rows.kinds})


def _is_alike(before: t.Provision, after: t.Provision) -> bool:
    """Whether what was done under one counts row by row under the other: it has rows too, or has none either."""
    return (before.rows is None) is (after.rows is None) and like(before.statement, after.statement)


def _takes_place(before: t.Provision, after: t.Provision) -> bool:
    """Whether a sentence stands in the place of another for every row: what happens by itself with all its sentence."""
    if isinstance(before.statement, t.Binding):
        return before.key == after.key
    return sentence_of(before.key) == sentence_of(after.key)


def _failing(before: Agreement, law: Agreement, move: Move) -> Iterator[Move]:
    """That what followed from a failed duty goes on with the duty, where it is the same."""
    was, now = (before.by_key.get(move.before.key + FAILING), law.by_key.get(move.after.key + FAILING))
    if was is not None and now is not None and like(was.statement, now.statement):
        yield Move(was, now, move.row)


def _text(term: t.Term | None) -> str:
    return term.text if term is not None else ""


# --------------------------------------------------------------------- words


def _told_elsewhere(asked: _Row, provision: t.Provision, after: t.Provision) -> str:
    """What was done under a sentence that is gone, what is like it under another number, and what to write."""
    row = asked.state.entry(asked.row).name if asked.row is not None else ""
    of_row = f' for "{row}"' if row else ""
    cited = f"{provision.cited}," if "," in provision.cited else provision.cited
    done, said = f"Under section {cited} {_done(asked, provision)}{of_row}", after.text.rstrip(".")
    return (
        f"{done}, and it cannot be told whether that counts towards what section {after.cited} now says: `{said}`. "
        f"Leave that sentence in section {provision.section} as you change it, or let it have its new number word for "
        "word, and change it by another amendment."
    )


def _told(asked: _Row, provision: t.Provision, then: tuple[t.Provision, ...], now: tuple[t.Provision, ...]) -> str:
    """What was done, what the text says in its place, and what to write."""
    row = asked.state.entry(asked.row).name if asked.row is not None else ""
    of_row = f' for "{row}"' if row else ""
    cited = f"{provision.cited}," if "," in provision.cited else provision.cited
    done = f"Under section {cited} {_done(asked, provision)}{of_row}"
    said = " and ".join(f"`{each.text.rstrip('.')}`" for each in now[:_TOLD])
    section = provision.section
    if len(now) > 1:
        why = f"and it cannot be told which of the sentences that now stand there goes on with it: {said}"
        rows = f' Let no more than one of them be for "{row}" (`For each ... whose ... is ...`), or' if row else ""
        what = f"{rows} leave one of them in section {section} and put the others in a section of their own."
        what = what.strip()
        return f"{done}, {why}. {what[0].upper()}{what[1:]}"
    kept = f"`{provision.text.rstrip('.')}`"
    why = f"and it cannot be told whether that counts towards what section {section} now says: {said}"
    return f"{done}, {why}. Keep that sentence word for word ({kept}), and say beside it what else is to be."


def _done(asked: _Row, provision: t.Provision) -> str:
    """What was done: how much was paid, or that it was performed or happened."""
    norm = asked.state.norm(provision.key, asked.row)
    if norm is not None and norm.paid:
        units = [each.amount.unit for each in asked.state.paid_towards(norm)]
        return f"{Quantity(norm.paid, units[0]) if units else 'something'} has been paid"
    return "it has been performed" if norm is not None else "it has happened"
