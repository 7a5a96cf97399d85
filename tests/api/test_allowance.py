"""How much each person may ask: what is overdrawn has to be refilled, and nobody draws on what is another's."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.agreements import shipped
from api.allowance import A_QUESTION, SECONDS, Allowances, Throttled, holder
from api.app import create_app
from api.clock import ManualClock
from api.settings import Settings, WrongSetting, settings_from
from tests.api.escrow import LIBRARY, TEN, Site
from tests.api.store_ledger import prepared
from tests.api.test_app import WS, begin


class Hand:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_overdrawn_is_refilled_at_a_steady_rate() -> None:
    clock = Hand()
    allowances = Allowances(10, clock)
    allowances.draw("ann", 10 * SECONDS + 35)

    with pytest.raises(Throttled) as told:
        allowances.require("ann")
    assert told.value.retry_after == 4  # 35 at 10 a second

    clock.now = 3.4
    with pytest.raises(Throttled) as told:
        allowances.require("ann")
    assert told.value.retry_after == 1
    clock.now = 3.5
    allowances.require("ann")


def test_no_more_is_saved_than_some_seconds_of_it() -> None:
    clock = Hand()
    allowances = Allowances(10, clock)
    allowances.draw("ann", 50)
    clock.now = 1e6

    assert allowances.left("ann") == 10 * SECONDS


def test_each_has_an_allowance_of_its_own_and_0_is_no_limit() -> None:
    allowances, free = Allowances(10, Hand()), Allowances(0, Hand())
    allowances.draw("ann", 10**6)
    free.draw("ann", 10**6)

    allowances.require("bob")
    free.require("ann")


def test_nobody_draws_on_the_allowance_of_a_network() -> None:
    assert holder("ann", "192.0.2.1") == "person ann"
    assert holder(None, "192.0.2.1") != holder(None, "192.0.2.2")
    assert holder(None, "2001:db8::1") == holder(None, "2001:db8::ffff")
    assert holder(None, "2001:db8::1") != holder(None, "2001:db8:0:1::1")
    assert holder(None, "testclient") == holder(None, "")
    assert holder("address", "") != holder(None, "")


# ------------------------------------------------------------- over the network

DEAR = "{ deals(first: 100) { edges { node { dealId agreement openedAt yourParties } } } }"


@pytest.fixture
def slow(tmp_path: Path) -> Any:
    """A site at which 100 a second is refilled, and 1,000 at most are there."""
    settings = Settings(prepared(tmp_path / "deals.db"), shipped(), rate=100)
    clock = ManualClock(TEN)
    app = create_app(settings, clock, LIBRARY)
    with TestClient(app) as client:
        yield Site(client, settings, clock, app)


def test_who_asks_too_fast_is_told_when_to_come_again_and_others_go_on(slow: Site) -> None:
    erin, nina = slow.token("erin"), slow.token("nina")
    while (answer := slow.client.post("/graphql", json={"query": DEAR}, headers=erin)).status_code == 200:
        assert answer.json()["data"] == {"deals": {"edges": []}}

    assert answer.status_code == 429
    assert answer.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
    wait = int(answer.headers["Retry-After"])
    assert wait == answer.json()["errors"][0]["extensions"]["retryAfter"] >= 1
    assert "send this again in" in answer.json()["errors"][0]["message"]
    assert slow.client.post("/graphql", json={"query": DEAR}, headers=nina).status_code == 200


def test_what_is_left_is_told_with_each_answer(slow: Site) -> None:
    """1,000 are there and 100 a second come back; `me` costs 2 and a question 100; its 20 letters were never seen."""
    erin, asked = slow.token("erin"), {"query": "{ me { id } } # left"}

    def field(answer: Any) -> tuple[int, int]:
        found = re.fullmatch(r'"cost";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
        assert found is not None, answer.headers
        return int(found[1]), int(found[2])

    slow.app.state.endpoint.opened.allowances._clock = lambda: 0.0
    first = slow.client.post("/graphql", json=asked, headers=erin)
    others = slow.client.post("/graphql", json=asked, headers=slow.token("nina"))
    while (last := slow.client.post("/graphql", json={"query": DEAR}, headers=erin)).status_code == 200:
        continue

    assert first.headers["RateLimit-Policy"] == '"cost";q=1000;w=10;qu="cost"'
    assert field(first) == (1000 - 20 - 2 - 100, 2)
    assert field(others) == (1000 - 2 - 100, 2)
    left, full = field(last)
    assert (last.status_code, left) == (429, 0)
    assert full == 10 + int(last.headers["Retry-After"])


def test_nothing_is_told_of_a_limit_that_there_is_not(web: Site) -> None:
    answer = web.client.post("/graphql", json={"query": "{ me { id } }"}, headers=web.token("erin"))

    assert not {"ratelimit", "ratelimit-policy"} & {*answer.headers}


def test_it_is_so_over_a_websocket_too(slow: Site) -> None:
    with slow.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, slow.token("erin"))
        told = []
        for number in range(10):
            socket.send_json({"id": str(number), "type": "subscribe", "payload": {"query": DEAR}})
            told.append(socket.receive_json())
            if told[-1]["type"] == "error":
                break
            assert socket.receive_json()["type"] == "complete"

    assert told[-1]["payload"][0]["extensions"]["code"] == "THROTTLED"


def test_what_is_new_has_to_be_read_and_that_is_paid_for_too(slow: Site) -> None:
    """5,000 letters that say nothing, which nobody sent before, are more than the 1,000 there are."""
    headers = slow.token("erin")
    long = {"query": f"{{ me {{ id }} }} # {'x' * 5000}"}

    assert slow.client.post("/graphql", json=long, headers=headers).status_code == 200
    assert slow.client.post("/graphql", json={"query": "{ me { id } }"}, headers=headers).status_code == 429


def test_a_usual_day_meets_no_limit() -> None:
    """A page of deals with all that a list shows, ten times a second."""
    page = 1 + 100 * 6 + A_QUESTION

    assert Settings(Path("a.db"), Path()).rate >= 10 * page


def test_the_rate_can_be_set() -> None:
    assert settings_from({"CLAUSULA_RATE": "0"}).rate == 0
    for wrong in ("-1", "fast", "1e3", "9" * 12):
        with pytest.raises(WrongSetting, match="CLAUSULA_RATE"):
            settings_from({"CLAUSULA_RATE": wrong})
    assert replace(settings_from({}), rate=5).rate == 5
