"""What the books of a `holding.clause` deal must say, worked out by hand from its accepted acts alone.

This is the agreement read by a person, in fifty lines that know nothing of the engine: the price is due after 30 hours,
else there is a default, for which USD 5.00 passes from the bond; six hours after each delivery without an objection GBP
30.00 passes to the seller; money that is not there passes when it comes. What was accepted stays; everything else is
worked out from when things happened, however late they were told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PRICE, FEE, PENALTY = 10_000, 3_000, 500
DUE, SILENCE = timedelta(hours=30), timedelta(hours=6)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Act:
    """An act under the deal: `deposit`, `bond`, `refund`, `return` (of excess), `deliver`, `object` or
    `assert` (a breach, which moves nothing)."""

    what: str
    amount: int = 0
    name: str = ""
    about: str = ""


@dataclass(frozen=True)
class Done:
    """An act that was accepted: when it happened, and its place in the log."""

    at: datetime
    version: int
    act: Act


@dataclass
class Books:
    """The accounts in minor units, what has passed by itself and when, and whether and when there was a default."""

    fund: int = 0
    excess: int = 0
    bond: int = 0
    passed: list[tuple[datetime, str]] = field(default_factory=list)
    defaults: list[datetime] = field(default_factory=list)

    _served: int = 0
    _objected: set[str] = field(default_factory=set)
    _owed: int = 0
    _penalty: int = 0

    def act(self, act: Act) -> None:
        """What an act does at once."""
        match act.what:
            case "deposit":
                serving = min(max(PRICE - self._served, 0), act.amount)
                self._served += serving
                self.fund += serving
                self.excess += act.amount - serving
            case "bond":
                self.bond += act.amount
            case "refund":
                self.fund -= act.amount
            case "return":
                self.excess -= act.amount
            case "object":
                self._objected.add(act.about)
            case _:
                pass  # a delivery, or a breach that is asserted, moves nothing

    def default(self, at: datetime) -> None:
        """The time to pay the price is over."""
        if self._served < PRICE:
            self.defaults.append(at)
            self._penalty = 1

    def silent(self, delivery: str) -> None:
        """The time to object to a delivery is over."""
        self._owed += delivery not in self._objected

    def settle(self, at: datetime) -> None:
        """Whatever is due by itself passes, as far as there is money for it."""
        while self._owed and self.fund >= FEE:
            self._owed -= 1
            self.fund -= FEE
            self.passed.append((at, "Fund"))
        if self._penalty and self.bond >= PENALTY:
            self._penalty = 0
            self.bond -= PENALTY
            self.passed.append((at, "Bond"))


def books(opened: datetime, done: Iterable[Done], now: datetime) -> Books:
    """The books at an instant. What time brings comes before the acts of its instant."""
    found = Books()
    steps: list[tuple[datetime, int, Done | None]] = [(opened + DUE + TICK, 0, None)]
    for act in done:
        steps.append((act.at, act.version, act))
        if act.act.what == "deliver":
            steps.append((act.at + SILENCE + TICK, 0, act))
    for at, version, each in sorted(steps, key=lambda step: step[:2]):
        if at > now:
            break
        if each is None:
            found.default(at)
        elif version == 0:
            found.silent(each.act.name)
        else:
            found.act(each.act)
        found.settle(at)
    return found
