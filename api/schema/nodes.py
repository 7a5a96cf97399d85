"""Everything that has a name of its own in the whole API: a global id in, the thing out, as Relay asks for it.

A deal, a webhook, what is sent for one and a key of a person have the ids they always had. The id of anything else
holds its type and where it is found; it stays the same for ever, and whoever may not see the thing gets null, as for
one that is not there. An entry is named by its kind and name, a norm or a checklist by its provision and the entry
that it concerns, and a movement by its instant and what it was for, so that a fact that comes late, which moves them to
other places in the order, leaves them their ids.

A client keeps what it was told by these ids, and so no id stands for two things that say different things. A deal as of
another instant, or from what was known at one, has an id of its own, and so has what stands in it: they are found as
they are told then. What acts would only lead to has ids as well, and so has what a stream tells of an earlier moment,
when others may have had its seats; no question finds these again.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

import strawberry

from api.editions import Edition
from api.evidence.keys import PersonKey
from api.reading import Reading
from api.schema.described import field
from api.schema.places import cursor_of, place_of
from api.store import StoredEvent
from api.store.codec import from_microseconds, to_microseconds
from api.webhooks.hooks import Webhook
from api.webhooks.outbox import Delivery
from dsl.state import State
from dsl.views import Checklist, EntryView, MovementView, NormView

OF_NOBODY: Final = ("Agreement", "ClauseText")
TOLD_AT: Final = ("Deal", "Entry", "Norm", "Clause", "Checklist", "Movement")
Moment = tuple[datetime | None, datetime | None]
Home = str | tuple[str | int | None, ...]
"""A deal as it is now; or as of an instant, from what was known at one, and then with what tells it apart from that."""
_DEAL: Final = re.compile(r"[0-9a-f]{32}")
_DELIVERY: Final = re.compile(r"msg_[0-9a-f]{32}")


@strawberry.interface(description="Something that can be asked for again by its id, with `node`.")
class Node:
    """What has a global id."""

    @field(
        "Names it among all things of all types; it stays the same. Hand it back as it is. What is told as of another "
        "instant, or as acts would make it, has another one, so that a cache keeps it apart from what is so now."
    )
    def id(parent: strawberry.Parent[Any]) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(id_of(parent))


@dataclass(frozen=True, slots=True)
class Named:
    """A view of something in a deal or an agreement, with the type that it is shown as and where it is found."""

    view: Any
    shown_as: str
    place: tuple[Home | int, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.view, name)


def is_named(kind: str) -> Callable[[Any, object], bool]:
    """Whether a value is shown as a type, as the schema asks of it."""
    return lambda value, _: isinstance(value, Named) and value.shown_as == kind


def id_of(shown: object) -> str:
    """The global id of what a type of the schema shows."""
    match shown:
        case Named(shown_as=kind, place=place):
            return cursor_of([kind, *place])
        case Edition(name=name):
            return cursor_of(["Agreement", name])
        case StoredEvent(deal=deal, version=version):
            return cursor_of(["TimelineRecord", deal, version])
        case Webhook(id=id) | Delivery(id=id) | PersonKey(id=id):
            return id
        case object(reading=Reading() as reading):
            home = home_of(reading)
            return home if isinstance(home, str) else cursor_of(["Deal", home])
        case _:
            raise TypeError(f"{type(shown).__name__} has no id")


def home_of(reading: Reading) -> Home:
    """What the ids of a deal and of all that stands in it begin with."""
    moment = tuple(None if at is None else to_microseconds(at) for at in reading.moment)
    if apart := reading.supposed or reading.place:
        return (reading.deal.id, *moment, apart)
    return reading.deal.id if moment == (None, None) else (reading.deal.id, *moment)


def entry_named(home: Home, entry: EntryView) -> Named:
    """An entry of a deal, which has no other of its kind and name."""
    return Named(entry, "Entry", (home, entry.kind, entry.name))


def norm_named(home: Home, state: State, norm: NormView) -> Named:
    """A norm of a deal, by its provision and the entry that it concerns, if it concerns one."""
    return Named(norm, "Norm", (home, *_concerned(state, norm.key)))


def checklist_named(home: Home, state: State, checklist: Checklist) -> Named:
    """A checklist of a deal, in the same way."""
    return Named(checklist, "Checklist", (home, *_concerned(state, checklist.key)))


def _concerned(state: State, key: str) -> tuple[str, ...]:
    """What a key says: the provision, and the entry that it concerns by its kind and name, if it concerns one."""
    provision, _, row = key.rpartition("#")
    about = state.entry(int(row)) if row else None
    return (provision, *((about.kind, about.name) if about is not None else ()))


def movements_named(home: Home, movements: Iterable[MovementView]) -> Iterator[Named]:
    """The movements of a deal: what, under which section, from where to where and when, and which of those alike."""
    alike: Counter[tuple[str | int, ...]] = Counter()
    for each in movements:
        what = (to_microseconds(each.at), each.section, each.verb, each.source, each.target, each.about)
        alike[what] += 1
        yield Named(each, "Movement", (home, *what, alike[what]))


def with_id(found: Iterable[Named], id: str) -> Named | None:
    """The one that has an id."""
    return next((each for each in found if id_of(each) == id), None)


@dataclass(frozen=True, slots=True)
class Address:
    """What an id says: the type of the thing, the deal or the agreement that it is in, as of when, and of an entry of
    the log its version."""

    kind: str
    home: str
    version: int = 0
    moment: Moment = (None, None)

    @property
    def deal(self) -> str:
        """The deal that is told of with it; an agreement is nobody's."""
        return "" if self.kind in OF_NOBODY else self.home


def is_ones_own(shown: object) -> bool:
    """Whether something is of a person and of no deal, so that it is not on record who was shown it."""
    return isinstance(shown, Webhook | Delivery | PersonKey)


def address_in(id: str) -> Address | None:
    """What an id says; None for what is none."""
    if _DEAL.fullmatch(id):
        return Address("Deal", id)
    if _DELIVERY.fullmatch(id):
        return Address("Delivery", "")
    match place_of(id):
        case ["Agreement", str(name)] | ["ClauseText", str(name), str()] as said:
            return Address(said[0], name)
        case ["TimelineRecord", str(deal), int(version)] if 0 < version < 2**63 and _DEAL.fullmatch(deal):
            return Address("TimelineRecord", deal, version)
        case [str(kind), str(deal), *_] if kind in TOLD_AT and _DEAL.fullmatch(deal):
            return Address(kind, deal)
        case [str(kind), [str(deal), as_of, known_at], *_] if kind in TOLD_AT and _DEAL.fullmatch(deal):
            moment = _moment_in(as_of, known_at)
            return Address(kind, deal, moment=moment) if moment is not None else None
        case _:
            return None


def _moment_in(as_of: object, known_at: object) -> Moment | None:
    """The instants that an id says; None where they are none."""
    match as_of, known_at:
        case (int() | None, int() | None):
            try:
                found = tuple(None if each is None else from_microseconds(each) for each in (as_of, known_at))
            except OverflowError:
                return None
            return cast(Moment, found)
        case _:
            return None
