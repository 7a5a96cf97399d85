"""Which sentence of an amended text stands in the place of which before it: two texts in, one key for both out.

What somebody must, may or must not do goes on under the words that replace its own, and what happens by itself has
happened for good, all that a sentence makes happen as one. Words take the place of others in the same section, and of
several those that are nearest: the same words; then the same act of the same people on the same condition, with
another figure or another time; then the same act on another condition, where as many are left on each side; and of what
happens by itself, which nobody wants twice, the same on whatever condition, or whatever else on the same condition.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from dsl import terms as t

Unit = tuple[t.Provision, ...]
"""What goes on as one: a statement that binds, or all that one sentence makes happen by itself."""


def succeeding(terms: t.Terms, before: t.Terms) -> t.Terms:
    """The amended text, in which everything has the keys of that in whose place it stands."""
    pairs = tuple(_pairs(_units(terms), _units(before)))
    keys = {id(each): key for unit, was in pairs for each, key in zip(unit, _keys(unit, was), strict=True)}
    used = {sentence_of(each.key) for each in before.provisions}
    provisions = tuple(_keyed(each, keys.get(id(each)), used) for each in terms.provisions)
    return replace(terms, provisions=provisions)


def sentence_of(key: str) -> str:
    """What the keys of all that one sentence says have in common."""
    return key.rpartition(".")[0]


def like(one: t.Statement, other: t.Statement) -> bool:
    """Whether two statements are about the same, whatever their figures and times."""
    return _about(one) == _about(other)


# ------------------------------------------------------------------- the pairs


def _units(terms: t.Terms) -> list[Unit]:
    found: dict[object, Unit] = {}
    for place, each in enumerate(terms.provisions):
        name = place if isinstance(each.statement, t.Binding) else sentence_of(each.key)
        found[name] = (*found.get(name, ()), each)
    return [*found.values()]


def _pairs(new: list[Unit], old: list[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Each unit that goes on, with the one before it: nearest first, and of those that are equally near in order."""
    for near, as_many in _NEARNESS:
        theirs = [near(unit) for unit in old]
        mine = [near(unit) for unit in new]
        often, now = Counter(theirs), Counter(mine)
        for unit, name in zip(tuple(new), mine, strict=True):
            place = theirs.index(name) if name is not None and name in theirs else None
            if place is None or (as_many and often[name] != now[name]):
                continue
            yield unit, old.pop(place)
            theirs.pop(place)
            new = [each for each in new if each is not unit]


def _words(unit: Unit) -> object:
    return tuple(each.words or each.key for each in unit)


def _elsewhere(unit: Unit) -> object:
    """The same words in whatever section."""
    return tuple((each.words or each.key).rpartition("/")[2] for each in unit)


def _on_condition(unit: Unit) -> object:
    """The same act on the same condition."""
    return (*_condition(unit), tuple(_about(each.statement) for each in unit))


def _but_for_figures(unit: Unit) -> object:
    return (_on_condition(unit), tuple(_time(each.statement) for each in unit))


def _but_for_time(unit: Unit) -> object:
    return (_on_condition(unit), tuple(_figures(each.statement) for each in unit))


def _on_another_condition(unit: Unit) -> object:
    rows = unit[0].rows
    kinds = rows.kinds if rows is not None else ()
    return (unit[0].section, kinds, tuple(_about(each.statement) for each in unit))


def _happens_on_another_condition(unit: Unit) -> object:
    return _on_another_condition(unit) if not isinstance(unit[0].statement, t.Binding) else None


def _of_its_condition(unit: Unit) -> object:
    """Whatever happens by itself on the same condition."""
    return _condition(unit) if not isinstance(unit[0].statement, t.Binding) else None


_NEARNESS: tuple[tuple[Callable[[Unit], object], bool], ...] = (
    (_words, False),
    (_elsewhere, True),
    (_but_for_figures, False),
    (_but_for_time, False),
    (_on_condition, False),
    (_on_another_condition, True),
    (_happens_on_another_condition, True),
    (_of_its_condition, True),
)
"""By what units are near to each other, and whether there must be as many on each side."""


# ------------------------------------------------------------------ what it is


def _condition(unit: Unit) -> tuple[object, ...]:
    """Where it stands, for which rows and on which condition."""
    first = unit[0]
    return (first.section, _text(first.rows), first.latches, _text(first.trigger))


def _about(statement: t.Statement) -> tuple[object, ...]:
    """What a statement is about, but for its figures and its time."""
    form = type(statement).__name__
    match statement:
        case t.Duty():
            return (form, statement.bearers, _text(statement.bearer), statement.jointly, _act(statement.act))
        case t.Power() | t.Ban():
            return (form, statement.bearers, _text(statement.bearer), _act(statement.act))
        case t.Occurs():
            return (form, statement.kind, _text(statement.about))
        case t.Becomes():
            return (form, statement.filler is None, statement.role.text)
        case t.Discharges():
            return (form, statement.name, _text(statement.who))
        case t.Passes():
            return (form, statement.source, statement.target, statement.purpose, _text(statement.payee))
        case t.Enacts() | t.Waives() | t.Terminates():
            return (form,)


def _act(act: t.Act | t.Ensure | t.ActFor) -> tuple[object, ...]:
    """What is to be done, but for how much."""
    match act:
        case t.Move():
            return ("move", act.verb, act.fund, act.into, _text(act.plan), act.payees, act.purpose, _text(act.payee))
        case t.Enter():
            return ("enter", act.verb, act.kinds, _text(act.about), act.to, act.send)
        case t.Hold():
            return ("hold", act.fund, act.of_amount, _text(act.about), act.lifts)
        case t.Ensure():
            return ("ensure", act.condition.text)
        case t.ActFor():
            return ("act for", act.principal, _act(act.act) if act.act is not None else ())


def _figures(statement: t.Statement) -> tuple[object, ...]:
    match statement:
        case t.Occurs():
            return tuple((name, value.text) for name, value in statement.fields)
        case t.Becomes():
            return (_text(statement.filler),)
        case t.Passes():
            return (statement.amount.text,)
        case _:
            return (_text(getattr(getattr(statement, "act", None), "amount", None)),)


def _time(statement: t.Statement) -> str:
    return _text(getattr(statement, "window", None))


def _text(term: t.Term | None) -> str:
    return term.text if term is not None else ""


# -------------------------------------------------------------------- the keys


def _keys(unit: Unit, was: Unit) -> tuple[str, ...]:
    """The keys of a unit: those before it in order, and for what is more new ones of the same sentence."""
    known = tuple(each.key for each in was)
    more = tuple(f"{sentence_of(known[0])}.+{place}" for place in range(len(unit) - len(known)))
    return (*known, *more)[: len(unit)]


def _keyed(provision: t.Provision, key: str | None, used: set[str]) -> t.Provision:
    """A provision with its key; one that takes no place has none that another has, though its words once had it."""
    words = provision.words or provision.key
    if key is None:
        sentence, _, place = words.rpartition(".")
        while sentence in used:
            sentence += "+"
        key = f"{sentence}.{place}"
    return replace(provision, key=key, words=words)
