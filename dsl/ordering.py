"""The order in which sentences are considered after an act.

A provision that makes something comes before the provisions that read it, so one pass after an act settles what
follows. A circle of such provisions has no order and is a load error. Who is discharged, and who leaves or comes into a
role, is settled before the rest. A duty or power also comes after what its time, its clock and what displaces it rest
on, where that makes no circle: a renewal that comes with the end of a day is there when it is asked who missed the day.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from dsl import terms as t
from dsl.diagnostics import Diagnostic
from dsl.resolve.walk import walk

FAILING = "!"
"""Ends the key of a provision that comes into force when the window of a duty, whose key the rest is, closes unused."""


def covers(section: str, other: str) -> bool:
    """Whether a section is another one or contains it: 3.1 contains 3.1(a) and its sentences, not 3.10."""
    return other == section or (other.startswith(section) and other[len(section)] in "(.,")


def in_order(
    provisions: tuple[t.Provision, ...], together: dict[str, tuple[str, ...]], terms: t.Terms
) -> tuple[t.Provision, ...] | Diagnostic:
    """The provisions in their order, those of one sentence `together`; or which of them set each other off."""
    by_key = {provision.key: provision for provision in provisions}
    writers: dict[str, list[str]] = {}
    for provision in provisions:
        for made in _makes(provision):
            writers.setdefault(made, []).append(together.get(provision.key, (provision.key,))[0])
    needed = {provision.key: _needed(provision, writers, terms) for provision in provisions}
    wished = {provision.key: _wished(provision, writers, terms) for provision in provisions}
    while True:
        try:
            sorter = TopologicalSorter({key: (*needed[key], *wished[key]) for key in by_key})
            return tuple(by_key[key] for key in _sorted(sorter, by_key, together))
        except CycleError as error:
            circle = [key for key in error.args[1] if wished[key]]
            if not circle:
                return _circular([by_key[key] for key in error.args[1]])
            wished |= dict.fromkeys(circle, ())


def _needed(provision: t.Provision, writers: dict[str, list[str]], terms: t.Terms) -> tuple[str, ...]:
    if provision.key.endswith(FAILING):
        return (provision.key.removesuffix(FAILING),)
    asked = (provision.rows, provision.trigger, provision.every)
    read = {kind for part in asked for kind in _reads(part)}
    named = set(_reads_by_name(asked, terms)) - read
    before = [key for kind in sorted(read) for key in writers.get(kind, ())]
    return (*before, *(key for kind in sorted(named) for key in writers.get(kind, ()) if key != provision.key))


def _wished(provision: t.Provision, writers: dict[str, list[str]], terms: t.Terms) -> tuple[str, ...]:
    """What makes that on which the time of a duty or power, its clock and what displaces it rest."""
    if not isinstance(provision.statement, t.Duty | t.Power):
        return ()
    above = tuple(edge.condition for edge in terms.edges if covers(edge.lower, provision.cited))
    parts = reached((provision.statement.window, above), terms)
    kinds = {kind for each in parts if isinstance(each, t.Selection) for kind in each.kinds}
    return tuple(key for kind in sorted(kinds) for key in writers.get(kind, ()) if key != provision.key)


def _circular(circle: list[t.Provision]) -> Diagnostic:
    sections = " -> ".join(provision.cited for provision in circle)
    return Diagnostic(
        "Provisions that set each other off",
        circle[0].span,
        "part of a circle",
        f"Each of these makes what the next one waits for: {sections}.",
        "Break the circle: let one of them wait for the act of a person.",
    )


def _sorted(
    sorter: TopologicalSorter[str], by_key: dict[str, t.Provision], together: dict[str, tuple[str, ...]]
) -> Iterator[str]:
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


def _reads_by_name(part: Any, terms: t.Terms) -> Iterator[str]:
    """What a condition asks for through the names in it, and the balances it asks for."""
    for each in reached(part, terms):
        if isinstance(each, t.Balance):
            yield f"the balance of {each.fund}"
        elif isinstance(each, t.Selection):
            yield from each.kinds


def _reads(part: Any) -> Iterator[str]:
    """The kinds of entry a condition asks for."""
    if isinstance(part, t.Selection):
        yield from part.kinds
    if is_dataclass(part):
        for each in fields(part):
            yield from _reads(getattr(part, each.name))
    elif isinstance(part, tuple):
        for element in part:
            yield from _reads(element)
