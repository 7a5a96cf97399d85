"""Everything that has a name of its own in the whole API: a global id in, the thing out, as Relay asks for it.

A deal has the id it always had. The id of anything else holds its type and where it is found; it stays the same for
ever, and whoever may not see the thing gets null, as for one that is not there. What stands in a deal is found as the
deal is now. An entry is named by its kind and name, and a norm by its provision and the entry that it concerns, so that
a fact that comes late, which moves both to other places in the order, leaves them their ids.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import strawberry

from api.editions import Edition
from api.reading import Reading
from api.schema.described import field
from api.schema.places import cursor_of, place_of
from api.store import StoredEvent
from dsl.state import State
from dsl.views import EntryView, NormView

OF_NOBODY: Final = ("Agreement", "ClauseText")
_DEAL: Final = re.compile(r"[0-9a-f]{32}")


@strawberry.interface(description="Something that can be asked for again by its id, with `node`.")
class Node:
    """What has a global id."""

    @field("Names it among all things of all types; it stays the same. Hand it back as it is.")
    def id(parent: strawberry.Parent[Any]) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(id_of(parent))


@dataclass(frozen=True, slots=True)
class Named:
    """A view of something in a deal or an agreement, with the type that it is shown as and where it is found."""

    view: Any
    shown_as: str
    place: tuple[str, ...]

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
        case object(reading=Reading() as reading):
            return reading.deal.id
        case _:
            raise TypeError(f"{type(shown).__name__} has no id")


def entry_named(deal: str, entry: EntryView) -> Named:
    """An entry of a deal, which has no other of its kind and name."""
    return Named(entry, "Entry", (deal, entry.kind, entry.name))


def norm_named(deal: str, state: State, norm: NormView) -> Named:
    """A norm of a deal, by its provision and the entry that it concerns, if it concerns one."""
    provision, _, row = norm.key.rpartition("#")
    about = state.entry(int(row)) if row else None
    return Named(norm, "Norm", (deal, provision, *((about.kind, about.name) if about is not None else ())))


def with_id(found: Iterable[Named], id: str) -> Named | None:
    """The one that has an id."""
    return next((each for each in found if id_of(each) == id), None)


@dataclass(frozen=True, slots=True)
class Address:
    """What an id says: the type of the thing, the deal or the agreement that it is in, and of an entry its version."""

    kind: str
    home: str
    version: int = 0

    @property
    def deal(self) -> str:
        """The deal that is told of with it; an agreement is nobody's."""
        return "" if self.kind in OF_NOBODY else self.home


def address_in(id: str) -> Address | None:
    """What an id says; None for what is none."""
    if _DEAL.fullmatch(id):
        return Address("Deal", id)
    match place_of(id):
        case ["Agreement", str(name)] | ["ClauseText", str(name), str()] as said:
            return Address(said[0], name)
        case ["TimelineRecord", str(deal), int(version)] if 0 < version < 2**63 and _DEAL.fullmatch(deal):
            return Address("TimelineRecord", deal, version)
        case ["Entry" | "Norm" | "Clause" as kind, str(deal), str(), *_] if _DEAL.fullmatch(deal):
            return Address(kind, deal)
        case _:
            return None
