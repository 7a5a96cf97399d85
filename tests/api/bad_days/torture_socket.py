"""A client that stops reading, over a real socket: it is cut off, and goes on where it was."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from api.agreements import shipped
from api.app import app_over
from api.parts import tokens_from
from api.serve import _config
from api.service import Service
from api.settings import Settings
from api.store import Stored
from tests.api.bad_days.test_crowds import service_over
from tests.api.bad_days.trying import Tried
from tests.api.serving import listening
from tests.api.store_ledger import command, do, ledger, opening

ENTRIES = 3000
NAMES = " ".join(f"n{n}: person" for n in range(8))
EVENTS = f"subscription ($d: ID!, $after: Sequence!) {{ dealEvents(dealId: $d, after: $after) {{ version {NAMES} }} }}"
ANA = "ana" + "a" * 240
"""A long name, so that what nobody reads fills every buffer on the way."""


class Told(dict[Callable[[], None], str]):
    """What is followed, by whom; and when somebody has left."""

    def __init__(self) -> None:
        super().__init__()
        self.left = threading.Event()

    def pop(self, key: Callable[[], None], *otherwise: Any) -> Any:
        found = super().pop(key, *otherwise)
        self.left.set()
        return found


@contextmanager
def running(service: Service, settings: Settings) -> Iterator[int]:
    """The service on a port of its own; who does not answer for a second is asked, and for another, cut."""
    config = _config(app_over(service, settings), settings)
    config.ws_ping_interval = config.ws_ping_timeout = 1.0
    with listening(config) as port:
        yield port


def follower(ending: ExitStack, port: int, token: str, after: int) -> ClientConnection:
    """Somebody who has asked for every entry after one, and would wait for ever."""
    where, protocols = f"ws://127.0.0.1:{port}/graphql", [Subprotocol("graphql-transport-ws")]
    made = ending.enter_context(
        connect(where, subprotocols=protocols, max_queue=1, proxy=None, close_timeout=0.1, ping_interval=None)
    )
    made.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
    assert json.loads(made.recv()) == {"type": "connection_ack"}
    payload = {"query": EVENTS, "variables": {"d": "bicycle", "after": str(after)}}
    made.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
    return made


def take(made: ClientConnection, count: int) -> list[int]:
    messages: list[Any] = [json.loads(made.recv(timeout=60)) for _ in range(count)]
    return [int(message["payload"]["data"]["dealEvents"]["version"]) for message in messages]


def test_a_client_that_never_reads_is_cut_and_can_go_on(tmp_path: Path, tried: Tried) -> None:
    settings = Settings(tmp_path / "db", shipped(), token_key="ab" * 32)
    with ledger(tmp_path / "db") as store:
        do(store, opening(limit=10**9))
        do(store, command("seat", grant=[[ANA, "Buyer", True]]))
        service = service_over(store)
        service.streams._waiting = followed = Told()
        token = tokens_from(settings).issue(ANA, service.clock.now(), timedelta(days=1))
        with running(service, settings) as port, ThreadPoolExecutor(1) as people, ExitStack() as ending:
            stuck, reading = follower(ending, port, token, 0), follower(ending, port, token, 0)
            assert take(stuck, 1) == [1]
            taken = people.submit(take, reading, ENTRIES + 2)
            for start in range(0, ENTRIES, 1000):
                for future in [store.submit(command(f"k{n}", ANA, add=1)) for n in range(start, start + 1000)]:
                    assert isinstance(future.result(timeout=60), Stored)
            assert taken.result(timeout=60) == list(range(1, ENTRIES + 3))
            assert followed.left.wait(60)
            assert len(followed) == 1

            again = follower(ending, port, token, 1)
            assert take(again, ENTRIES + 1) == list(range(2, ENTRIES + 3))
    tried(entries=ENTRIES, cut=1, missed=0)
