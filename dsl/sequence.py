"""The order in which what follows from an act is considered: each provision after those that make what it reads.

Of two that make what the other one waits for neither would ever come first, or both without end: such a circle is told
before anybody signs. But where one of them waits for it that there is none of what the other makes (`no Lapse has been
made`), the other does not set it off: it keeps it from happening. A circle that comes to rest at such a place, in a
sentence that happens once (`when`), is none: of what comes at one instant the first in the text happens, and keeps the
others from it.

Who is discharged, and who leaves or comes into a role, is settled before the rest. A duty or power also comes after
what its time, its clock and what displaces it rest on, where that makes no circle: a renewal that comes with the end of
a day is there when it is asked who missed the day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from dsl import terms as t
from dsl.diagnostics import Diagnostic
from dsl.resolve.walk import walk

FAILING = "!"
"""Ends the key of a provision that comes into force when the window of a duty, whose key the rest is, closes unused."""

Together = Mapping[str, tuple[str, ...]]
Makers = Mapping[str, Mapping[str, None]]
_WANTED, _UNWANTED, _EITHER = 1, -1, 0
"""Whether more entries of a kind can only make a condition true, only keep it from being true, or either."""


def covers(section: str, other: str) -> bool:
    """Whether a section is another one or contains it: 3.1 contains 3.1(a) and its sentences, not 3.10."""
    return other == section or (other.startswith(section) and other[len(section)] in "(.,")


def in_sequence(
    provisions: tuple[t.Provision, ...], terms: t.Terms, together: Together
) -> tuple[t.Provision, ...] | Diagnostic:
    """The provisions in the order in which they are considered, those of one sentence `together`; a circle is answered
    with where it closes."""
    by_key = {provision.key: provision for provision in provisions}
    makers: dict[str, dict[str, None]] = {}
    for provision in provisions:
        for made in _makes(provision):
            makers.setdefault(made, {})[together.get(provision.key, (provision.key,))[0]] = None
    before = {key: _before(provision, terms, makers) for key, provision in by_key.items()}
    wished = {key: _wished(provision, terms, makers) for key, provision in by_key.items()}
    while True:
        sorter = TopologicalSorter({key: (*before[key], *wished[key]) for key in by_key})
        try:
            return tuple(by_key[key] for key in _sorted(sorter, by_key, together))
        except CycleError as error:
            circle = [by_key[key] for key in error.args[1]]
        given_up = [each.key for each in circle if wished[each.key]]
        if given_up:
            wished |= {key: {} for key in given_up}
            continue
        held_off = [
            (maker.key, reader.key)
            for maker, reader in pairwise(circle)
            if _only_holds_off(maker.key, reader, terms, makers)
        ]
        if not held_off:
            return _told(circle)
        for maker, reader in held_off:
            del before[reader][maker]


def _told(circle: list[t.Provision]) -> Diagnostic:
    sections = " -> ".join(provision.cited for provision in circle)
    return Diagnostic(
        "Provisions that set each other off",
        circle[0].span,
        "part of a circle",
        f"Each of these makes what the next one waits for: {sections}.",
        "Break the circle: let one of them wait for the act of a person, or for what none of them makes.",
    )


def _only_holds_off(maker: str, reader: t.Provision, terms: t.Terms, makers: Makers) -> bool:
    """Whether what one makes can only keep the other, which happens once, from happening."""
    if maker == reader.key or not (reader.latches or reader.trigger is None):
        return False
    wanted = {kind for part in _parts(reader) for kind in _needs(part, terms, _WANTED, set())}
    return maker not in _makers_for(reader, wanted, makers)


def _before(provision: t.Provision, terms: t.Terms, makers: Makers) -> dict[str, None]:
    """What has to be considered before a provision."""
    if provision.key.endswith(FAILING):
        return {provision.key.removesuffix(FAILING): None}
    return _makers_for(provision, _reads(provision, terms), makers)


def _wished(provision: t.Provision, terms: t.Terms, makers: Makers) -> dict[str, None]:
    """What makes that on which the time of a duty or power, its clock and what displaces it rest."""
    if not isinstance(provision.statement, t.Duty | t.Power):
        return {}
    above = tuple(edge.condition for edge in terms.edges if covers(edge.lower, provision.cited))
    parts = reached((provision.statement.window, above), terms)
    kinds = {kind for each in parts if isinstance(each, t.Selection) for kind in each.kinds}
    return {key: None for kind in sorted(kinds) for key in makers.get(kind, ()) if key != provision.key}


def _makers_for(reader: t.Provision, read: set[str], makers: Makers) -> dict[str, None]:
    """The first provision of each sentence that makes one of some kinds; what only stops itself is not among them."""
    outright = {kind for part in _parts(reader) for kind in _kinds(part)}
    return {key: None for kind in sorted(read) for key in makers.get(kind, ()) if key != reader.key or kind in outright}


def _sorted(sorter: TopologicalSorter[str], by_key: Mapping[str, t.Provision], together: Together) -> Iterator[str]:
    """Each after those that make what it reads; of those that can come at once, the sentences that discharge come
    first, then those that leave a role vacant, then those that fill one, and the rest in the order of the text.

    Raises CycleError.
    """

    places = {key: place for place, key in enumerate(by_key)}

    def rank(key: str) -> tuple[int, int]:
        return max(_hands_over(by_key[each].statement) for each in together.get(key, (key,))), places[key]

    sorter.prepare()
    while sorter.is_active():
        ready = sorter.get_ready()
        yield from sorted(ready, key=rank)
        sorter.done(*ready)


def _hands_over(statement: t.Statement) -> int:
    match statement:
        case t.Discharges():
            return 0
        case t.Becomes(filler=filler):
            return 1 if filler is None else 2
        case _:
            return 3


def _makes(provision: t.Provision) -> Iterator[str]:
    """The kinds of entry a provision makes, and the funds whose balance it moves each time its condition comes."""
    match provision.statement:
        case t.Occurs(kind=kind):
            yield kind
        case t.Passes(source=source, target=target) if not provision.latches:
            yield from (f"the balance of {source}", f"the balance of {target}")


# ---------------------------------------------------------------- what is read


def _parts(provision: t.Provision) -> tuple[Any, ...]:
    return (provision.rows, provision.trigger, provision.every)


def _reads(provision: t.Provision, terms: t.Terms) -> set[str]:
    """The kinds of entry that a provision asks for, itself or through the names in it, and the balances."""
    found = {kind for part in _parts(provision) for kind in _kinds(part)}
    for each in reached(_parts(provision), terms):
        if isinstance(each, t.Balance):
            found.add(f"the balance of {each.fund}")
        elif isinstance(each, t.Selection):
            found.update(each.kinds)
    return found


def _kinds(part: Any) -> Iterator[str]:
    """The kinds of entry a condition asks for itself."""
    for each in walk(part):
        if isinstance(each, t.Selection):
            yield from each.kinds


def reached(part: Any, terms: t.Terms) -> Iterator[Any]:
    """Everything that something asks for, itself and through the names in it."""
    seen: set[str] = set()
    waiting = [part]
    while waiting:
        for each in walk(waiting.pop()):
            yield each
            match each:
                case t.Holds(condition=name) | t.EveryHolds(condition=name) if name not in seen:
                    waiting.append(terms.conditions[name].condition)
                    seen.add(name)
                case t.Defined(name=name) | t.FieldOf(field=name) | t.FieldSum(field=name) if (
                    name not in seen and name in terms.values
                ):
                    waiting.append(terms.values[name].value)
                    seen.add(name)
                case _:
                    continue


def _needs(part: Any, terms: t.Terms, sense: int, seen: set[tuple[str, int]]) -> Iterator[str]:
    """The kinds of entry, and the balances, of which more could make a part of a condition true, in the sense that the
    part has in the whole. What a figure says of its kinds may go either way."""
    parts: list[tuple[Any, int]] = []
    match part:
        case t.StageReached(quantifier="no" | "some" as quantifier, subject=subject, bound=bound):
            parts = [(subject, -sense if quantifier == "no" else sense), (bound, _EITHER)]
        case t.Holds(condition=name, subject=subject, negated=negated):
            parts = [(subject, _EITHER)]
            own = -sense if negated else sense
            if (name, own) not in seen:
                seen.add((name, own))
                parts.append((terms.conditions[name].condition, own))
        case t.EveryHolds(condition=name, entries=entries) if (name, _EITHER) not in seen:
            seen.add((name, _EITHER))
            parts = [(entries, _EITHER), (terms.conditions[name].condition, _EITHER)]
        case (
            t.Silent(entries=none) | t.Compare(left=t.Count(entries=none), comparator="==", right=t.Literal(content=0))
        ):
            parts = [(none, -sense), (getattr(part, "origin", None), _EITHER)]
        case t.Combined(quantifier=quantifier, items=items):
            parts = [(items, -sense if quantifier == "none" else sense)]
        case t.Item(condition=condition) | t.Filter(condition=condition):
            parts = [(condition, sense)]
        case t.Stood(condition=condition, moment=moment):
            parts = [(condition, sense), (moment, _EITHER)]
        case t.Selection(kinds=kinds, about=about, filter=kept):
            yield from kinds if sense != _UNWANTED else ()
            parts = [(about, _EITHER), (kept, sense)]
        case t.Balance(fund=fund):
            yield f"the balance of {fund}"
        case t.Defined(name=name) | t.FieldOf(field=name) | t.FieldSum(field=name) if (
            name,
            _EITHER,
        ) not in seen and name in terms.values:
            seen.add((name, _EITHER))
            parts = [*_inside(part), (terms.values[name].value, _EITHER)]
        case tuple():
            parts = [(each, sense) for each in part]
        case _:
            parts = _inside(part)
    for each, own in parts:
        yield from _needs(each, terms, own, seen)


def _inside(part: Any) -> list[tuple[Any, int]]:
    return [(getattr(part, each.name), _EITHER) for each in fields(part)] if is_dataclass(part) else []
