"""Everything that has a name of its own in the whole API: a global id in, the thing out, as Relay asks for it.

A deal has the id it always had. The id of anything else holds its type and where it is found; it stays the same for
ever, and whoever may not see the thing gets null, as for one that is not there.
"""

import re
from typing import Any, Final

import strawberry

from api.editions import Edition
from api.reading import Reading
from api.schema.described import field
from api.schema.places import cursor_of, place_of
from api.store import StoredEvent

_DEAL: Final = re.compile(r"[0-9a-f]{32}")


@strawberry.interface(description="Something that can be asked for again by its id, with `node`.")
class Node:
    """What has a global id."""

    @field("Names it among all things of all types; it stays the same. Hand it back as it is.")
    def id(parent: strawberry.Parent[Any]) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(id_of(parent))


def id_of(shown: object) -> str:
    """The global id of what a type of the schema shows."""
    match shown:
        case Edition(name=name):
            return cursor_of(["Agreement", name])
        case StoredEvent(deal=deal, version=version):
            return cursor_of(["TimelineRecord", deal, version])
        case object(reading=Reading() as reading):
            return reading.deal.id
        case _:
            raise TypeError(f"{type(shown).__name__} has no id")


def place_in(id: str) -> tuple[str, str, int]:
    """The type that an id is of, the name or deal in it, and the version; no type for what is no id."""
    if _DEAL.fullmatch(id):
        return "Deal", id, 0
    match place_of(id):
        case ["Agreement", str(name)]:
            return "Agreement", name, 0
        case ["TimelineRecord", str(deal), int(version)] if 0 < version < 2**31 and _DEAL.fullmatch(deal):
            return "TimelineRecord", deal, version
        case _:
            return "", "", 0


def deal_in(id: str) -> str:
    """The deal that is told of with what has an id; an agreement is nobody's."""
    kind, deal, _ = place_in(id)
    return "" if kind == "Agreement" else deal or id
