"""Callers who send requests until they are told to stop, repeat what was not answered, and remember what was."""

import sys
import threading
from collections import Counter
from dataclasses import dataclass, field, replace

from api.store import Busy, Command, Conflict, InDoubt, Store, Stored
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import command, do, ledger, opening

DEALS = 12


@dataclass
class Acknowledged:
    """What callers tried, and what they were told is stored: the version and the seal under each deal and key."""

    stored: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    tried: set[tuple[str, str]] = field(default_factory=set)
    outcomes: Counter[str] = field(default_factory=Counter)
    grown: threading.Condition = field(default_factory=threading.Condition)
    broken: bool = False
    """Whether a caller met what it should not; `stop` tells what."""

    def hear(self, deal: str, key: str, version: int, seal: str) -> None:
        """Somebody was told that a request is stored."""
        with self.grown:
            self.stored[deal, key] = (version, seal)
            self.grown.notify_all()

    def more(self, count: int) -> None:
        """Wait until so many more were told."""
        with self.grown:
            enough = len(self.stored) + count
            got_so_far = self.grown.wait_for(lambda: len(self.stored) >= enough or self.broken, 120)
        assert got_so_far, f"no progress: {self.outcomes}"


def deal_of(number: int) -> str:
    """One of the deals."""
    return f"deal-{number % DEALS}"


def open_deals(store: Store) -> None:
    """Open the deals that callers act in."""
    for number in range(DEALS):
        do(store, opening(deal_of(number), limit=10**9, key=f"open-{number}"))


def settled(store: Store, request: Command, outcomes: Counter[str]) -> Stored:
    """Send a request until it is answered with an entry, always under the same key.

    The store itself takes its time over a server that is away, so that whoever is told so sends again at once.
    """
    while True:
        outcome = store.submit(request).result(timeout=120)
        outcomes[type(outcome).__name__ + (" again" if isinstance(outcome, Stored) and outcome.replayed else "")] += 1
        match outcome:
            case Stored():
                return outcome
            case Busy() | InDoubt():
                continue
            case other:
                raise AssertionError(other)


def raced(store: Store, request: Command) -> Stored:
    """Send a request as decided on the version that there is, until nobody was faster; a conflict uses up no key."""
    while True:
        look = store.read.look(request.deal, request.actor)
        assert look is not None
        match store.submit(replace(request, expected_version=look.version)).result(timeout=120):
            case Stored(event, replayed) as stored:
                assert replayed or event.version == look.version + 1
                return stored
            case Conflict(actual):
                assert actual > look.version
            case Busy() | InDoubt():
                continue
            case other:
                raise AssertionError(other)


class Callers:
    """Threads that send one request after the other to a store."""

    def __init__(self, store: Store, count: int, name: str) -> None:
        self.heard = Acknowledged()
        self._store = store
        self._stop = threading.Event()
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._send, args=(f"{name}-{n}", n)) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def _send(self, name: str, start: int) -> None:
        number = start
        try:
            while not self._stop.is_set():
                number += 1
                request = command(f"{name}-{number}", deal=deal_of(number), add=1)
                self.heard.tried.add((request.deal, request.key))
                event = settled(self._store, request, self.heard.outcomes).event
                self.heard.hear(event.deal, event.key, event.version, event.hash)
        except BaseException as error:  # noqa: BLE001 -- it is raised in the test
            self._errors.append(error)
            with self.heard.grown:
                self.heard.broken = True
                self.heard.grown.notify_all()

    def stop(self) -> Acknowledged:
        """Let each finish what it sends."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=120)
        if self._errors:
            raise self._errors[0]
        return self.heard


def judged(store: Store, heard: Acknowledged) -> dict[str, int]:
    """What the logs say of it: nothing but zeros, and how many acknowledgements that is true of."""
    logs = {deal_of(n): store.read.history(deal_of(n)) for n in range(DEALS)}
    stored = {(e.deal, e.key): (e.version, e.hash) for log in logs.values() for e in log}
    keys = Counter((e.deal, e.actor, e.key) for log in logs.values() for e in log)
    reports = [store.verify(deal) for deal in logs]
    return {
        "acknowledged": len(heard.stored),
        "lost": sum(stored.get(key) != told for key, told in heard.stored.items()),
        "doubled": sum(count - 1 for count in keys.values()),
        "never asked for": len(stored) - DEALS - sum(key in stored for key in heard.tried),
        "chain breaks": sum(len(report.faults) for report in reports),
        "gaps": sum([e.version for e in log] != list(range(1, len(log) + 1)) for log in logs.values()),
    }


def require_zeros(found: dict[str, int], least: int, tried: Tried) -> None:
    """Tell the counts, and require that nothing went wrong often enough to mean something."""
    tried(**found)
    assert found["acknowledged"] >= least
    assert {name: count for name, count in found.items() if name != "acknowledged" and count} == {}


def node(url: str, name: str) -> None:
    """A process of its own: prints each key before it is sent and again when it is stored, until it is killed.

    One of its callers acts on the version that it has seen.
    """
    store = ledger(url, writers=2)
    guard = threading.Lock()

    def tell(*words: object) -> None:
        with guard:
            sys.stdout.write(" ".join(map(str, words)) + "\n")
            sys.stdout.flush()

    def send(caller: int) -> None:
        number = caller
        while True:
            number += 1
            request = command(f"{name}-{caller}-{number}", deal=deal_of(number), add=1)
            tell("?", request.deal, request.key)
            event = (raced(store, request) if caller == 0 else settled(store, request, Counter())).event
            tell("!", event.deal, event.key, event.version, event.hash)

    threads = [threading.Thread(target=send, args=(caller,)) for caller in range(6)]
    for thread in threads:
        thread.start()


if __name__ == "__main__":
    node(sys.argv[1], sys.argv[2])
