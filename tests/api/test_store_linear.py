"""What many are told at once could have been told to one after the other, in an order that their clocks agree with.

Each answer follows from the entries before its own, and nobody is told less than was already done.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from time import monotonic_ns

from api.store import Store, Stored
from tests.api.store_ledger import Where, command, do, ledger, opening

LIMIT = 60
CLIENTS = "abcdef"
STEPS = 25


@dataclass(frozen=True)
class Told:
    """What a client asked and was told, and when it began to ask and knew."""

    began: int
    ended: int
    asked: str
    version: int
    answer: str


@contextmanager
def stores(where: Where) -> Iterator[tuple[Store, ...]]:
    """Two nodes on a server, or the one that a file can have."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(ledger(where)) for _ in range(2 if isinstance(where, str) else 1))


def pick(number: int, *seed: object) -> int:
    """One of so many numbers, the same for the same seed."""
    return int.from_bytes(sha256(repr(seed).encode()).digest()[:4]) % number


def client(store: Store, name: str) -> list[Told]:
    """Adds, sends again what it or a neighbour has sent, and looks."""
    known: list[Told] = []
    for step in range(STEPS):
        began = monotonic_ns()
        if pick(3, name, step) == 0:
            look = store.read.look("bicycle", "ana")
            assert look is not None
            known.append(Told(began, monotonic_ns(), "", look.version, look.state))
            continue
        key = f"{name if pick(2, name, step, 'own') else CLIENTS[0]}-{step - pick(3, name, step, 'again')}"
        outcome = store.submit(command(key, add=1 + pick(4, key))).result(timeout=60)
        assert isinstance(outcome, Stored), outcome
        known.append(Told(began, monotonic_ns(), key, outcome.event.version, outcome.event.answer))
    return known


def test_what_many_are_told_at_once_could_have_been_told_one_after_the_other(db: Where) -> None:
    with stores(db) as nodes, ThreadPoolExecutor(len(CLIENTS)) as people:
        do(nodes[0], opening(limit=LIMIT))
        asked = [people.submit(client, nodes[nth % len(nodes)], name) for nth, name in enumerate(CLIENTS)]
        told = [each for future in asked for each in future.result(timeout=60)]
        log = nodes[0].read.history("bicycle")

    assert len({entry.key for entry in log}) == len(log)
    total, states, answers = 0, {1: '{"total":0}'}, {}
    for entry in log[1:]:
        add = 1 + pick(4, entry.key)
        kind = "accepted" if total + add <= LIMIT else "refused"
        total += add if kind == "accepted" else 0
        states[entry.version] = json.dumps({"total": total}, separators=(",", ":"))
        answers[entry.key] = (entry.version, json.dumps({"kind": kind, "total": total}, separators=(",", ":")))
    assert total == LIMIT or total > LIMIT - 4  # so that some were refused

    for each in told:
        if each.asked:
            assert (each.version, each.answer) == answers[each.asked]
        else:
            assert each.answer == states[each.version]
    first_told = {each.asked: each for each in sorted(told, key=lambda each: -each.ended) if each.asked}
    for each in told:
        done = [first.version for first in first_told.values() if first.ended < each.began]
        if not each.asked:
            assert each.version >= max(done, default=1), "a look showed less than somebody had been told before it"
    began = {key: min(each.began for each in told if each.asked == key) for key in first_told}
    for before, after in combinations(sorted(first_told.values(), key=lambda each: each.version), 2):
        assert began[before.asked] < after.ended, "an entry came before one that had been told before it was asked for"
