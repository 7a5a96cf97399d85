"""One seed to one life of a service, with everything that can go wrong in it, and each promise checked at every step.

People act, repeat themselves, tell things late, say which version they saw and lose their seats; messages are lost,
doubled and overtaken by others; the clock stands still, goes back an hour or on a year; followers read on from where
they were; the disk fails, and the power, also in the middle of a commit. Each is one step. All chance is in one seed.
"""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import DBAPIError

from api.clock import ManualClock
from api.editions import catalogue_of
from api.service import Service
from api.store import Command, Stored
from api.store.batch import Request
from api.store.codec import to_microseconds
from api.store.outcomes import DiskFull
from api.store.rows import event_row
from api.store.writer import Ticket
from dsl.state import State
from tests.api.bad_days.crashes import Chance
from tests.api.bad_days.disk import FULL, OK, SYNC_FAILED, WRITE_FAILED, Step, Sync, Write
from tests.simulation.checker import Accounts, Checker, Heard, Key, Log, Violated, key_of, require
from tests.simulation.people import PEOPLE, People, of
from tests.simulation.stack import Parts, Stack

TEXT = (Path(__file__).parent / "holding.clause").read_text(encoding="utf-8")
CATALOGUE = catalogue_of({"holding": TEXT})
BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)
DEALS, LONGEST, FOLLOWERS, REMEMBERED = 6, 12, 5, 40


@dataclass
class Follower:
    """Somebody who reads the log of a deal from a cursor, and is tapped on the shoulder when there is more."""

    person: str
    deal: str
    cursor: int = 0
    tapped: int = 0
    leave: Callable[[], None] = field(default=lambda: None)

    def wake(self, version: int) -> None:
        """There is something new."""
        self.tapped = version


class Simulation:
    """A stack, the people who use it, and who checks it."""

    def __init__(self, seed: int, folder: Path, parts: Parts | None = None) -> None:
        self.seed = seed
        self.chance = Chance(f"simulation {seed}")
        self.clock = ManualClock(BEGIN)
        self.stack = Stack(folder, self.clock, CATALOGUE, parts or Parts())
        self.checker = Checker()
        self.people = People(self.chance)
        self.deals: list[str] = []
        self.network: list[Request] = []
        self.unanswered: dict[Key, Request] = {}
        self.asked: deque[Request] = deque(maxlen=REMEMBERED)
        self.followers: list[Follower] = []
        self.frozen = self.retired = self.crashes = 0
        self.moves: deque[str] = deque(maxlen=12)
        self.trace = hashlib.sha256()

    def run(self, steps: int) -> None:
        """So many steps; what goes wrong tells the seed, the step and how it came to it. Raises Violated."""
        for number in range(1, steps + 1):
            move = of(self.chance, _MOVES)
            self.moves.append(move.__name__)
            try:
                self._tick()
                move(self)
                self.checker.look(self.stack.raw)
            except Exception as error:
                error.add_note(
                    f"Seed {self.seed}, step {number}, after {', '.join(self.moves)}. The same again: "
                    f"CLAUSULA_SEED={self.seed} CLAUSULA_STEPS={number} make test ARGS=tests/simulation"
                )
                raise
            self.trace.update(move.__name__.encode())

    def close(self) -> None:
        """Take the stack down."""
        self.stack.end()

    def _tick(self) -> None:
        self.frozen = max(0, self.frozen - 1)
        if not self.frozen:
            self.clock.advance(timedelta(seconds=self.chance.below(720)))

    @property
    def service(self) -> Service:
        return self.stack.service

    # ------------------------------------------------------------------- asking

    def _deal(self) -> tuple[str, Log] | None:
        """One of the deals that are open."""
        deal = of(self.chance, self.deals) if self.deals else None
        return None if deal is None or not self.checker.logs[deal].version else (deal, self.checker.logs[deal])

    def _send(self, request: Request) -> None:
        self.checker.sending(request)
        self.unanswered[key_of(request)] = request
        self.network.append(request)
        self.asked.append(request)

    def act(self) -> None:
        found = self._deal()
        if found is not None:
            self._send(self.people.act(self.service, *found, self.clock.now()))

    def do_what_is_possible(self) -> None:
        found = self._deal()
        command = self.people.suggested(self.service, *found) if found is not None else None
        if command is not None:
            self._send(command)

    def open(self) -> None:
        if len(self.deals) < DEALS:
            request = self.people.opening(self.service)
            self.deals.append(request.deal)
            self._send(request)

    def say_again(self) -> None:
        """The same request once more, which may have been answered long ago."""
        if self.asked:
            self._send(of(self.chance, self.asked))

    def use_a_key_again(self) -> None:
        """Another request under a key that was used."""
        found, earlier = self._deal(), of(self.chance, self.asked) if self.asked else None
        if found is not None and isinstance(earlier, Command):
            other = self.people.act(self.service, *found, self.clock.now())
            request = Command(earlier.deal, earlier.actor, earlier.key, other.body)
            self.checker.sending(request)
            self.network.append(request)

    def ask_of_a_strange_deal(self) -> None:
        found = self._deal()
        if found is not None:
            command = self.people.act(self.service, *found, self.clock.now())
            self._send(Command("no-such-deal", command.actor, command.key, command.body))

    def change_seats(self) -> None:
        found = self._deal()
        if found is not None:
            self._send(self.people.seat(self.service, *found))

    def lose_a_seat_on_the_way(self) -> None:
        found = self._deal()
        for request in self.people.revoked_on_the_way(self.service, *found, self.clock.now()) if found else ():
            self._send(request)
            self.network.remove(request)
            self._hand_in(request)

    def ask_again_for_want_of_an_answer(self) -> None:
        if self.unanswered:
            self._send(of(self.chance, tuple(self.unanswered.values())))

    # ------------------------------------------------------------------ hearing

    def _hand_in(self, request: Request) -> None:
        self.stack.store.submit(request)

    def deliver(self) -> None:
        """Some messages arrive, in whatever order; one may get lost, and one come twice."""
        for _ in range(1 + self.chance.below(6)):
            if not self.network:
                return
            way = self.chance.below(30)
            request = of(self.chance, self.network)
            if way != 1:
                self.network.remove(request)
            if way != 0:
                self._hand_in(request)

    def turn(self) -> None:
        self._answered(self.stack.turn(1 + self.chance.below(8)))

    def _answered(self, tickets: list[Ticket]) -> None:
        """Answers reach who asked, but for one in twenty."""
        heard = [_heard(each, self.chance.below(20) > 0) for each in tickets]
        self.checker.heard(heard)
        touched = self.checker.look(self.stack.raw)
        for each in heard:
            outcome = each.outcome
            self.trace.update(outcome.event.hash.encode() if isinstance(outcome, Stored) else repr(outcome).encode())
            if each.delivered and outcome != DiskFull():
                self.unanswered.pop(key_of(each.request), None)
        for follower in self.followers:
            newest = self.checker.logs[follower.deal].version
            told = follower.deal not in touched or follower.tapped == newest
            require(told, "whoever follows is told", follower, newest)
        self._retire()

    def _retire(self) -> None:
        """A deal that is long enough is left alone; its log still has to lead to its state."""
        for deal in [each for each in self.deals if self.checker.logs[each].version >= LONGEST]:
            self.deals.remove(deal)
            self.retired += 1
            if self.retired % 3 == 0:
                self.checker.replays(self.stack.store, self.stack.raw, deal)

    # ------------------------------------------------------------------ reading

    def follow(self) -> None:
        found = self._deal()
        if found is not None:
            follower = Follower(of(self.chance, PEOPLE), found[0])
            follower.leave = self.stack.store.follow(follower.deal, follower.wake)
            self.followers.append(follower)
        if len(self.followers) > FOLLOWERS:
            self.followers.pop(0).leave()

    def read_on(self) -> None:
        """A follower reads the next entries: each once, in order, and none without a seat."""
        if not self.followers:
            return
        follower = of(self.chance, self.followers)
        log, limit = self.checker.logs[follower.deal], 1 + self.chance.below(5)
        page = self.service.timeline_after(follower.person, follower.deal, follower.cursor, limit)
        require((page is not None) == log.seated(follower.person), "who has no seat reads nothing", follower, page)
        if page is not None:
            due = log.rows[follower.cursor : follower.cursor + limit]
            require(
                [event_row(each) for each in page.events] == due, "each entry is read once, in order", follower, page
            )
            follower.cursor += len(due)
            require(page.more == (follower.cursor < log.version), "a page says whether there is more", follower)

    def read_a_deal(self) -> None:
        """Somebody looks at a deal, as of now or as of some time; what time has brought is in it."""
        found = self._deal()
        if found is None:
            return
        (deal, log), person = found, of(self.chance, PEOPLE)
        first, now = log.rows[0]["effective_at_us"], self.clock.now()
        as_of = None
        if self.chance.below(5) == 0 and to_microseconds(now) > first:
            as_of = now - timedelta(microseconds=self.chance.below(to_microseconds(now) - first))
        reading = self.service.read(person, deal, as_of)
        require((reading is not None) == log.seated(person), "who has no seat reads nothing", person, reading)
        if reading is not None:
            require(reading.version == log.version, "who reads sees the last entry", reading.version, log.version)
            require(set(reading.parties) == log.seats[person], "who reads sees who acts for whom", reading.parties)
            self.checker.accounts(log, _accounts_of(reading.state))

    # --------------------------------------------------------------------- time

    def clock_goes_back(self) -> None:
        self.clock.advance(timedelta(hours=-1))

    def clock_goes_on_a_year(self) -> None:
        if self.chance.below(6) == 0:
            self.clock.advance(timedelta(days=365))

    def clock_stands_still(self) -> None:
        self.frozen = 30

    def something_is_due(self) -> None:
        found = self._deal()
        if found is not None:
            at = self.people.when_something_is_due(found[1])
            if self.clock.now() < at:
                self.clock.set(at)
                self.frozen = 4

    # ------------------------------------------------------------------ bad days

    def bad_day(self) -> None:
        """Now and then everything ends: in good order, at any point of a commit, or with a disk that fails."""
        match self.chance.below(30):
            case 0:
                self._answered(self.stack.turn(self.stack.waiting()))
                self.stack.restart()
                self._up_again()
            case 1:
                self._cut_off(within_turn=False)
                self._up_again()
            case 2 | 3:
                tickets = self.stack.turn(1 + self.chance.below(8))
                self.checker.heard([_heard(each, delivered=False) for each in tickets])
                self._cut_off(within_turn=True)
                self._up_again()
            case 4:
                self._disk_fails()
            case _:
                pass

    def _disk_fails(self) -> None:
        failing, told = self.chance.below(20), of(self.chance, (FULL, WRITE_FAILED, SYNC_FAILED))
        reached = 0

        def fault(step: Step) -> int:
            nonlocal reached
            if not isinstance(step, Write if told == FULL else Write | Sync):
                return OK  # SQLite's way to the disk tells of a sync that fails as of a disk that fails, full or not
            reached += 1
            return told if reached > failing else OK

        self.stack.disk.fault = fault
        tickets = self.stack.turn(1 + self.chance.below(8))
        self.stack.disk.fault = lambda _: OK
        failed = {key_of(each.request) for each in tickets if each.future.exception() is not None}
        self.checker.room = told != FULL
        if failed:
            self.checker.heard([_heard(each, delivered=True) for each in tickets if each.future.exception() is None])
        else:
            self._answered(tickets)
        self.checker.room = True
        if failed or self.chance.below(2):
            self._cut_off(within_turn=False)
            self._up_again(failed)

    def _cut_off(self, *, within_turn: bool) -> None:
        try:
            self.stack.cut_off(self.chance, within_turn=within_turn)
        except DBAPIError as error:
            raise Violated(f"the service starts again with what a crash has left: {error}") from error

    def _up_again(self, in_doubt: set[Key] | None = None) -> None:
        """After an end nothing is on its way any more; what was acknowledged is there."""
        self.crashes += 1
        self.network.clear()
        self.checker.look(self.stack.raw, cut_off=True, in_doubt=in_doubt or ())
        self.checker.survived(self.stack.raw)
        for follower in self.followers:
            follower.leave = self.stack.store.follow(follower.deal, follower.wake)
        found = self._deal()
        if found is not None:
            self.checker.replays(self.stack.store, self.stack.raw, found[0])


def _accounts_of(state: State) -> Accounts:
    us = to_microseconds
    return Accounts(
        us(state.now),
        {account: held.amount for account, held in state.balances.items()},
        [(us(p.at), p.verb, p.source, p.target, p.amount.amount, p.amount.unit) for p in state.postings],
        [us(each.at) for each in state.entries if each.kind == "Default"],
        bool(state.divergences),
    )


def _heard(ticket: Ticket, delivered: bool) -> Heard:
    failed = ticket.future.exception()
    return Heard(ticket.request, failed if failed is not None else ticket.future.result(), delivered)


_WEIGHTS: dict[Callable[[Simulation], None], int] = {
    Simulation.act: 21,
    Simulation.do_what_is_possible: 1,
    Simulation.open: 2,
    Simulation.say_again: 6,
    Simulation.use_a_key_again: 3,
    Simulation.ask_of_a_strange_deal: 1,
    Simulation.change_seats: 3,
    Simulation.lose_a_seat_on_the_way: 1,
    Simulation.ask_again_for_want_of_an_answer: 5,
    Simulation.deliver: 20,
    Simulation.turn: 12,
    Simulation.follow: 1,
    Simulation.read_on: 6,
    Simulation.read_a_deal: 3,
    Simulation.clock_goes_back: 2,
    Simulation.clock_goes_on_a_year: 2,
    Simulation.clock_stands_still: 3,
    Simulation.something_is_due: 4,
    Simulation.bad_day: 2,
}
"""How often each step is taken."""
_MOVES = tuple(move for move, weight in _WEIGHTS.items() for _ in range(weight))


def main(seed: str, steps: str) -> None:
    """Print what a life of so many steps comes to."""
    with TemporaryDirectory() as folder, closing(Simulation(int(seed), Path(folder))) as simulation:
        simulation.run(int(steps))
    sys.stdout.write(simulation.trace.hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
