"""Figures on which a refusal turns: the comparisons that it rests on in, what would make them true out.

A condition that compares what people state, count or pay in becomes true by a figure that somebody has yet to state.
Which one follows from the words: of `at least USD 100.00` it is that, of `more than USD 100.00` a cent more, and of a
sum what is missing to it. They are proposals; whether one leads to the act is asked of the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from dsl import actions as a
from dsl import terms as t
from dsl.arithmetic import ordered
from dsl.compile import Agreement
from dsl.events import Refused
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.reasons import Gap, Reason, Truth, Wait
from dsl.resolve.walk import walk
from dsl.stages import makers
from dsl.state import State

_MOST = 4
"""How many figures of a type are tried."""
_ROWS = 2
"""Of how many entries, the latest ones, a comparison that speaks of `such` one is asked."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The comparisons that a refusal rests on, and the figures worth stating, the likeliest first."""

    compared: tuple[t.Compare, ...] = ()
    figures: tuple[t.Content, ...] = ()

    def of(self, kind: t.Type) -> tuple[t.Content, ...]:
        """The figures of a type."""
        fit = (each for each in self.figures if _fits(each, kind))
        return tuple(islice(dict.fromkeys(fit), _MOST))


def sought(law: Agreement, state: State, attempt: a.Attempt, answer: Refused) -> Sought:
    """What the refusal of an attempt turns on."""
    said = tuple(dict.fromkeys(text for reason in answer.reasons for text in _texts(reason)))
    terms = law.terms
    stated = (terms.provisions, tuple(terms.conditions.values()), terms.edges)
    every = dict.fromkeys(each for each in walk(stated) if isinstance(each, t.Compare))
    compared = tuple(each for each in every if any(each.text in text for text in said))
    figures = [figure for each in compared for figure in _figures(law, state, each)]
    owed = getattr(attempt.action, "amount", None)
    return Sought(compared, (*figures, *([owed] if isinstance(owed, Quantity) else [])))


def with_rules(law: Agreement, state: State, found: Sought, kind: str) -> Sought:
    """The same with the figures that the content rules of a kind speak of."""
    rules = (each for rule in law.validities.get(kind, ()) for each in walk(rule) if isinstance(each, t.Compare))
    judge = Judge(law, state, state.now)  # it knows no entry, because the one that is spoken of has yet to be made
    more = tuple(figure for each in rules for figure in _figures_now(judge, each))
    return replace(found, figures=(*found.figures, *more))


def come_nearer(law: Agreement, before: State, after: State, found: Sought) -> bool:
    """Whether one of two figures that are compared has come nearer to the other, and none has gone away from it."""
    pairs = [(_apart(law, before, each), _apart(law, after, each)) for each in found.compared]
    known = [(was, now) for was, now in pairs if was is not None and now is not None]
    return any(now < was for was, now in known) and all(now <= was for was, now in known)


def turns_on(law: Agreement, state: State, found: Sought) -> Iterator[Wait]:
    """The comparisons that do not hold, each with its figures now and with who can state what would change them."""
    judge = Judge(law, state, state.now)
    for each in found.compared:
        if any(isinstance(part, t.Row) for part in walk(each)):
            continue
        why = judge.judge(each)
        if why.truth in (Truth.TRUE, Truth.OPEN):
            continue
        stated = dict.fromkeys(wait for entries in _stated(law, each) for wait in makers(judge, entries))
        if stated:
            note = f" ({why.note})" if why.note else ""
            who = tuple(dict.fromkeys(name for wait in stated for name in wait.who))
            told = "; ".join(dict.fromkeys(wait.text for wait in stated))
            yield Wait("figure", f"{each.text}{note}: {told}", who, section=next(iter(stated)).section)


# ----------------------------------------------------------------- the figures


def _texts(reason: Reason) -> Iterator[str]:
    """The words of a reason and of all below it that are not true."""
    yield reason.text
    for child in reason.children:
        if child.truth is not Truth.TRUE:
            yield from _texts(child)


def _fits(figure: t.Content, kind: t.Type) -> bool:
    match figure:
        case Quantity(unit=unit):
            return kind.name == "amount" and kind.of == (unit,)
        case datetime():
            return kind.name == "instant"
        case date():
            return kind.name == "date"
        case _:
            return kind.name == "number" and isinstance(figure, int)


_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def _figures(law: Agreement, state: State, compared: t.Compare) -> Iterator[t.Content]:
    """The figures that would make a comparison true, on either side; what is missing to a sum comes first."""
    for judge in _judges(law, state, compared):
        yield from _figures_now(judge, compared)


def _figures_now(judge: Judge, compared: t.Compare) -> Iterator[t.Content]:
    left, right = (_known(judge, side) for side in (compared.left, compared.right))
    mirrored = _MIRRORED.get(compared.comparator, compared.comparator)
    for own, other, comparator in ((left, right, compared.comparator), (right, left, mirrored)):
        if other is not None:
            yield from _missing(own, other, comparator)
            yield from _beyond(other, comparator)


def _judges(law: Agreement, state: State, compared: t.Compare) -> Iterator[Judge]:
    """Judges who know the entries that a comparison speaks of, as far as there are such."""
    rows = {each.key: each for each in walk(compared) if isinstance(each, t.Row)}
    known = {key: state.of_kinds(law.kinds_of(row.kind))[-_ROWS:] for key, row in rows.items()}
    most = max([1, *(len(each) for each in known.values())])
    for place in range(-1, -1 - most, -1):
        judge = Judge(law, state, state.now)
        for key, entries in known.items():
            if entries:
                entry = entries[max(place, -len(entries))]
                judge = judge.picking(entry) if rows[key].picked else judge.with_row(entry)
        yield judge


def _known(judge: Judge, side: t.Value) -> t.Content | None:
    """What a side of a comparison is now; None where that is not known."""
    if any(isinstance(each, t.Row) and each.key not in judge.rows for each in walk(side)):
        return None
    found = judge.values.value(side)
    return None if isinstance(found, Gap) else found


def _missing(own: t.Content | None, other: t.Content, comparator: str) -> Iterator[t.Content]:
    """What is missing from a figure to the other."""
    match own, other:
        case Quantity(), Quantity() if own.unit == other.unit and own < other:
            yield from _beyond(other - own, comparator)
        case int(), int() if own < other:
            yield from _beyond(other - own, comparator)


def _beyond(figure: t.Content, comparator: str) -> Iterator[t.Content]:
    """The figure nearest to another one that stands to it as a comparison says."""
    step = {">": 1, "<": -1}.get(comparator, 0)
    match figure:
        case bool():
            return
        case int() if figure + step > 0:
            yield figure + step
        case Quantity() if figure.amount + step > 0:
            yield Quantity(figure.amount + step, figure.unit)
        case datetime():
            yield figure + step * timedelta(minutes=1)
        case date():
            yield figure + timedelta(days=step)
        case _:
            return


def _apart(law: Agreement, state: State, compared: t.Compare) -> int | None:
    """How far two figures that are compared are apart, as long as the comparison does not hold; None if unknown."""
    judge = next(_judges(law, state, compared))
    match _known(judge, compared.left), _known(judge, compared.right):
        case (int() as left, int() as right) | (Quantity(amount=left), Quantity(amount=right)):
            return 0 if ordered(judge.values, left, compared.comparator, right) else abs(left - right)
        case _:
            return None


# ------------------------------------------------------------- who can state it


def _stated(law: Agreement, compared: t.Compare) -> Iterator[t.Selection]:
    """The entries of which one more would change a comparison that does not hold."""
    up = {">": (compared.left,), ">=": (compared.left,), "<": (compared.right,), "<=": (compared.right,)}
    rising = up.get(compared.comparator, (compared.left, compared.right))
    for side in (compared.left, compared.right):
        meant = side
        while isinstance(meant, t.Defined):
            meant = law.terms.values[meant.name].value
        if isinstance(meant, t.Count | t.FieldSum) and side in rising:
            yield meant.entries
        if isinstance(meant, t.FieldOf) and isinstance(meant.subject, t.Picked):
            yield meant.subject.entries
