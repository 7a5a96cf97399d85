"""A deal followed as it goes on: how it stands now, after each entry, and whenever an instant that it waited for comes.

Nothing claims an instant and nothing fires: what has come is worked out from the log and the clock by whoever follows,
as it is by whoever asks, so that any number of processes tell the same, each moment once. A moment has a place, which
is the version of the deal and an instant. From a place one goes on without a gap: what was recorded and what came since
is told first, in its order, and told of each moment is what was known then.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Final

from api import codec
from api.editions import compiled
from api.kernel import Held, Kernel, history_of
from api.seats import folded as seats_folded
from api.seats import is_seating, members, parties_of
from api.service import Reading, Service
from api.store import Look, Store, StoredDeal, StoredEvent
from api.store.codec import from_microseconds, to_microseconds
from api.streams import BadPlace, Follower
from dsl.compile import Agreement
from dsl.engine import advance, agenda, evolve, in_force
from dsl.events import Elapsed

AT_ONCE: Final = 100
_VERSION: Final = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_PLACE: Final = re.compile(r"([1-9][0-9]{0,9})\.([0-9]{1,17})")


@dataclass(frozen=True, slots=True)
class Place:
    """How far one has come: the entries up to a version, and what had come by an instant."""

    version: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.version}.{to_microseconds(self.at)}"


def read_place(written: str) -> Place:
    """The place that somebody was given. Raises BadPlace."""
    found = _PLACE.fullmatch(written)
    if found is None:
        raise BadPlace(written)
    try:
        return Place(int(found[1]), from_microseconds(int(found[2])))
    except OverflowError as error:
        raise BadPlace(written) from error


def read_version(written: str) -> int:
    """The version that somebody was given, or 0. Raises BadPlace."""
    if not _VERSION.fullmatch(written):
        raise BadPlace(written)
    return int(written)


class Cause(Enum):
    """Why there is something to tell."""

    PRESENT = "PRESENT"
    ENTRY = "ENTRY"
    TIME = "TIME"


@dataclass(frozen=True, slots=True)
class Moment:
    """How a deal stands at a place: the state, who had which seat, and the last entry by its seal and its time.

    `latest` says that nothing had come after it when it was told, so that it is how the deal stands now.
    """

    cause: Cause
    place: Place
    deal: StoredDeal
    agreement: Agreement
    held: Held
    recorded_at: datetime
    hash: str
    latest: bool = False

    def reading(self, person: str) -> Reading:
        """The moment as a person reads it who has a seat in the deal."""
        state, seats = self.held.state, self.held.seats
        found = Reading(
            self.deal, parties_of(in_force(self.agreement, state), seats, state, person), self.place.version,
            self.recorded_at, self.hash, self.agreement, state, members(seats, state), keyed=self.held.keyed,
        )  # fmt: skip
        return found if self.latest else replace(found, moment=(self.place.at, self.place.at), place=str(self.place))


async def moments(
    service: Service, follower: Follower, place: Place | None, from_there: bool = False
) -> AsyncGenerator[Moment, None]:
    """How a deal stands, from a place on, or from the present; the present is told first, and a place `from_there`.

    It ends as soon as the person has no seat in the deal any more, or may follow no more. Raises BadPlace for a place
    that the deal has not come to, and TooMany.
    """
    course: Course | None = None

    def next_ones() -> tuple[tuple[Moment, ...], bool] | None:
        nonlocal course
        now, look = service.clock.now(), service.store.read.look(follower.deal, follower.person)
        if look is None:
            return None
        begun = course is None and (place is None or from_there)
        if course is None:
            course = Course(service.store, service.kernel, look, now, place)
        found, more = course.onwards(look, now) if not begun else ((course.present(look, now),), True)
        follower.due = course.due
        return found, more

    async with aclosing(service.streams.pulses(follower)) as pulses:
        async for _ in pulses:
            more = True
            while more and service.streams.goes_on(follower):
                told = await asyncio.to_thread(next_ones)
                if told is None:
                    return
                found, more = told
                for moment in found:
                    yield moment


class Course:
    """How far somebody has come who follows a deal, so that nothing is worked out twice."""

    def __init__(self, store: Store, kernel: Kernel, look: Look, now: datetime, place: Place | None) -> None:
        """From a place, or from the present. Raises BadPlace for one that the deal has not come to."""
        self._store = store
        self._kernel = kernel
        self._deal = look.deal
        self._agreement, _ = compiled(look.deal.text)
        version = place.version if place is not None else look.version
        if version > look.version:
            raise BadPlace(f"the deal has {look.version} entries, and not {version}")
        if version == look.version:
            self._base = self._latest(look)
            self._recorded_at, self._hash = look.recorded_at, look.hash
        else:
            events = store.read.history(look.deal.id)[:version]
            self._base = kernel.folded(look.deal, events)
            self._recorded_at, self._hash = events[-1].recorded_at, events[-1].hash
        self._place = Place(version, max(place.at if place is not None else now, self._recorded_at))
        self._state = advance(self._agreement, self._base.state, self._place.at)

    @property
    def due(self) -> datetime | None:
        """The next instant that the deal waits for."""
        return next(iter(agenda(self._agreement, self._state)), None)

    def present(self, look: Look, now: datetime) -> Moment:
        """How the deal stands where one begins to follow it."""
        latest = self._place.version == look.version and (self.due is None or self.due > now)
        return replace(self._moment(Cause.PRESENT), latest=latest)

    def onwards(self, look: Look, now: datetime) -> tuple[tuple[Moment, ...], bool]:
        """The next moments, up to what a look has seen and to an instant, and whether there are more."""
        page = self._store.read.events_after(self._deal.id, self._place.version, AT_ONCE)
        found: list[Moment] = []
        for event in page.events:
            found += self._elapse(event.recorded_at)
            found.append(self._enter(event, look))
        if not page.more:
            found += self._elapse(now)
            found[-1:] = [replace(each, latest=True) for each in found[-1:]]
        return tuple(found), page.more

    def _enter(self, event: StoredEvent, look: Look) -> Moment:
        self._base = self._latest(look) if event.version == look.version else self._after(event)
        self._recorded_at, self._hash = event.recorded_at, event.hash
        self._place = Place(event.version, max(self._place.at, event.recorded_at))
        self._state = advance(self._agreement, self._base.state, self._place.at)
        return self._moment(Cause.ENTRY)

    def _elapse(self, upto: datetime) -> Iterator[Moment]:
        """Each instant that was waited for and has come."""
        while (due := self.due) is not None and due <= upto:
            self._state = evolve(self._agreement, self._state, Elapsed(due))
            self._place = replace(self._place, at=due)
            yield self._moment(Cause.TIME)

    def _moment(self, cause: Cause) -> Moment:
        held = replace(self._base, state=self._state)
        return Moment(cause, self._place, self._deal, self._agreement, held, self._recorded_at, self._hash)

    def _latest(self, look: Look) -> Held:
        return self._kernel.held(look.deal, look.state, lambda: self._store.read.history(look.deal.id)[: look.version])

    def _after(self, event: StoredEvent) -> Held:
        """What the next entry leads to; one that is of an earlier time than what is known is put in its place."""
        if is_seating(event):
            return replace(self._base, seats=seats_folded(self._base.seats, (event,)))
        tried, before = codec.read_attempted(event.body), self._base.state
        if tried.at > before.now:
            return replace(self._base, state=evolve(self._agreement, advance(self._agreement, before, tried.at), tried))
        events = self._store.read.history(self._deal.id)[: event.version]
        return replace(self._base, state=history_of(self._deal, events).state)
