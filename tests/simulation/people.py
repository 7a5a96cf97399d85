"""What the people of a simulation ask for: acts that may be right, wrong, late, stale or somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from api.service import Ask, SeatAsk, Service, Terms
from api.store import Command, Opening
from api.store.codec import from_microseconds
from dsl import actions as a
from dsl.possibilities import possibilities
from tests.api.bad_days.crashes import Chance
from tests.simulation.checker import Log
from tests.simulation.expected import DUE, SILENCE, TICK

T = TypeVar("T")

PEOPLE = ("ann", "bob", "carl", "dora", "eve", "finn", "gina", "hugo")
PARTIES = ("Buyer", "Seller", "Agent")
NONSENSE = (
    "do something nice",
    "deposit GBP -1.00 into the Fund",
    'withdraw the Delivery "D-9"',
    "pay GBP 1.00",
    "deliver",
)


def of(chance: Chance, among: Sequence[T]) -> T:
    """One of several."""
    return among[chance.below(len(among))]


@dataclass
class People:
    """They know the deals they have opened, and what is in their logs."""

    chance: Chance
    made: int = 0
    objections: dict[str, int] = field(default_factory=dict)

    def key(self) -> str:
        """A name for one more request."""
        self.made += 1
        return f"k{self.made}"

    def opening(self, service: Service) -> Opening:
        """Somebody opens a deal, and is in it; a party has one person or two."""
        who = [of(self.chance, PEOPLE) for _ in range(5)]
        seats = {"Buyer": who[:2], "Seller": who[2:4], "Agent": who[4:]}
        found = service.opening(who[0], Terms("holding", seats), self.key())
        assert isinstance(found, Opening)
        return found

    # -------------------------------------------------------------------- acts

    def act(self, service: Service, deal: str, log: Log, now: datetime) -> Command:
        """One of them tries something."""
        party, parts = self._something(log)
        if self.chance.below(12) == 0:
            party, parts = of(self.chance, PARTIES), {"text": of(self.chance, NONSENSE)}
        person = self._somebody(log, party)
        ask = Ask(deal, party, parts, self._when(now))
        return self._command(service, person, ask, self._expected(log))

    def suggested(self, service: Service, deal: str, log: Log) -> Command | None:
        """One of them does what the service says he or she can do now."""
        party = of(self.chance, PARTIES)
        person = self._somebody(log, party)
        reading = service.read(person, deal)
        if reading is None or party not in reading.parties:
            return None
        every = possibilities(reading.agreement, reading.state, party)
        found = [each for each in every if each.allowed and not isinstance(each.action, a.Withdraw)]
        if not found:
            return None
        chosen = of(self.chance, found)
        match chosen.action:
            case a.Make(kind=kind, about=about):
                parts: dict[str, Any] = {"make": {"kind": kind, "name": self.key(), "about": about}}
            case _:
                parts = {"text": chosen.text.replace("...", f"{1 + self.chance.below(40)}.00")}
        return self._command(service, person, Ask(deal, party, parts), None)

    def _something(self, log: Log) -> tuple[str, dict[str, Any]]:
        pounds = f"{(10, 20, 35, 70, 100, 130)[self.chance.below(6)]}.{self.chance.below(100):02}"
        few = f"{1 + self.chance.below(9)}.00"
        deliveries = [each.act.name for each in log.done if each.act.what == "deliver"]
        match self.chance.below(9):
            case 0 | 1:
                return "Buyer", {"deposit": {"amount": pounds, "fund": "Fund"}}
            case 2:
                return "Buyer", {"text": f"deposit GBP {pounds} into the Fund"}
            case 3 | 4:
                return "Seller", {"make": {"kind": "Delivery", "name": f"D-{1 + self.chance.below(5)}"}}
            case 5:
                about = of(self.chance, deliveries) if deliveries else "D-1"
                return "Buyer", {"make": {"kind": "Objection", "name": self.key(), "about": about}}
            case 6:
                return "Seller", {"deposit": {"amount": few, "fund": "Bond"}}
            case 7:
                part = of(self.chance, ("balance", "excess"))
                given = {"verb": "refund", "amount": f"{5 * (1 + self.chance.below(6))}.00", "to": "Buyer"}
                return "Agent", {"pay": {**given, "fund": "Fund", "part": part}}
            case _:
                return "Agent", {"text": f"refund GBP {few} to the Buyer from the balance of the Fund"}

    def _somebody(self, log: Log, party: str) -> str:
        """Mostly one who may."""
        seated = sorted(who for who, parties in log.seats.items() if party in parties)
        return of(self.chance, seated) if seated and self.chance.below(8) else of(self.chance, PEOPLE)

    def _when(self, now: datetime) -> datetime | None:
        """Mostly now; or it is told late; or even before it has happened."""
        match self.chance.below(24):
            case 0 | 1:
                return now - timedelta(minutes=self.chance.below(1200))
            case 2:
                return now + timedelta(minutes=self.chance.below(60))
            case _:
                return None

    def _expected(self, log: Log) -> int | None:
        """Who looks at the deal first says what he or she saw, which may be old by then."""
        seen = self.chance.below(10)
        return None if seen > 4 else log.version if seen else max(0, log.version - 1 + 2 * self.chance.below(2))

    def _command(self, service: Service, person: str, ask: Ask, expected: int | None) -> Command:
        found = service.command(person, ask, self.key(), expected)
        assert isinstance(found, Command)
        return found

    # ------------------------------------------------------------------- seats

    def seat(self, service: Service, deal: str, log: Log, *, revoke: str = "") -> Command:
        """Somebody seats another one for a party, or revokes a seat; now and then it is who keeps the database."""
        party = of(self.chance, PARTIES)
        if revoke:
            party = sorted(log.seats[revoke])[0]
        by, person = self._somebody(log, party), revoke or of(self.chance, PEOPLE)
        operator = not revoke and self.chance.below(9) == 0
        ask = SeatAsk(deal, party, person, not revoke and self.chance.below(3) > 0, operator)
        found = service.seating(by, ask, self.key())
        assert isinstance(found, Command)
        return found

    def revoked_on_the_way(self, service: Service, deal: str, log: Log, now: datetime) -> list[Command]:
        """Somebody acts while his or her seat is being revoked; either may be heard first."""
        victim = of(self.chance, sorted(log.seats))
        if not log.seats[victim]:
            return []
        act = self.act(service, deal, log, now)
        both = [self.seat(service, deal, log, revoke=victim), Command(deal, victim, self.key(), act.body)]
        return both if self.chance.below(3) else both[::-1]

    def when_something_is_due(self, log: Log) -> datetime:
        """The last instant in time for something, or one beside it."""
        first = from_microseconds(log.rows[0]["effective_at_us"]) + DUE
        delivered = [each.at + SILENCE for each in log.done if each.act.what == "deliver"]
        return of(self.chance, [first, *delivered]) + of(self.chance, (-TICK, timedelta(), TICK))
