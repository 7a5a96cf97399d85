"""How soon those who follow a deal have what was recorded in it, over real sockets, from one process.

Run with `python -m benchmarks.streams`. Two hundred people follow one deal of the funds escrow, each on a WebSocket of
its own, from a process beside that of the service. One act after the other is recorded, at a steady pace. What is
measured is the time from the end of its commit to the moment at which a client has read the message about it; nobody
may miss an entry, or be told of one twice or out of order.
"""

import argparse
import asyncio
import gc
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from api.serve import settle
from tests.api.bad_days.torture_socket import running
from tests.api.escrow import SEATS, site

PEOPLE = 200
EVENTS = """subscription ($d: ID!) { dealEvents(dealId: $d, after: "1") {
  version kind person party act happenedAt recordedAt } }"""
WANTED = 50.0
"""Milliseconds in which 99 of a hundred should have it."""
WARMING = 5
"""So many entries are not counted, with which everything is done for the first time."""


async def following(url: str, deal: str, entries: int, tokens: list[str]) -> None:
    """Follow, one client for each token, and print when each had each entry."""

    async def begin(token: str) -> ClientConnection:
        made = await connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], proxy=None)
        await made.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
        assert json.loads(await made.recv())["type"] == "connection_ack"
        query = {"query": EVENTS, "variables": {"d": deal}}
        await made.send(json.dumps({"id": "1", "type": "subscribe", "payload": query}))
        return made

    async def follow(made: ClientConnection) -> list[tuple[str, float]]:
        return [(await made.recv(), time.monotonic()) for _ in range(entries)]  # type: ignore[misc]

    made = [await begin(token) for token in tokens]
    gc.disable()  # a pause of this process is none of the service
    print("ready", flush=True)
    for heard in await asyncio.gather(*(follow(each) for each in made)):
        told = [(int(json.loads(message)["payload"]["data"]["dealEvents"]["version"]), at) for message, at in heard]
        print(json.dumps(told), flush=True)


def delays(people: int, entries: int, pause: float, folder: Path) -> list[float]:
    """How many milliseconds each of some people waited for each of some entries, in order of size."""
    committed: dict[int, float] = {}
    with site(folder) as web:
        deal = web.open()
        service = web.app.state.service
        persons = [person for some in SEATS.values() for person in some]
        tokens = [web.token(persons[n % len(persons)])["Authorization"].split()[1] for n in range(people)]
        service.store.follow(deal, lambda version: committed.setdefault(version, time.monotonic()))
        with running(service, web.settings) as port:
            asked = [f"ws://127.0.0.1:{port}/graphql", deal, str(entries), *tokens]
            with subprocess.Popen(
                [sys.executable, "-m", "benchmarks.streams", "--following", *asked], stdout=subprocess.PIPE, text=True
            ) as client:
                assert client.stdout is not None
                assert client.stdout.readline() == "ready\n"
                settle()
                for _ in range(entries):
                    web.act(deal, "andy", f'present the Dispute "D-{web.made}" stating Grounds as "x"')
                    time.sleep(pause)
                heard = [json.loads(line) for line in client.stdout]
    assert len(heard) == people
    for told in heard:
        assert [version for version, _ in told] == list(range(2, entries + 2)), "missed, doubled or out of order"
    return sorted((at - committed[version]) * 1000 for told in heard for version, at in told[WARMING:])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many follow")
    parser.add_argument("--entries", type=int, default=100, help="how many acts they are told of")
    parser.add_argument("--pause", type=float, default=0.2, help="seconds from one act to the next")
    parser.add_argument("--following", nargs="+", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.following:
        url, deal, entries, *tokens = told.following
        asyncio.run(following(url, deal, int(entries), tokens))
        return
    with TemporaryDirectory() as folder:
        found = delays(told.people, told.entries + WARMING, told.pause, Path(folder))
    p50, p99, most = (found[int(len(found) * share)] for share in (0.5, 0.99, 0.9999))
    print(f"{told.people} people, {told.entries} entries: p50 {p50:.1f} ms   p99 {p99:.1f} ms   most {most:.1f} ms")
    print(f"p99 should be at most {WANTED:.0f} ms   {'ok' if p99 <= WANTED else 'TOO HIGH'}")


if __name__ == "__main__":
    main()
