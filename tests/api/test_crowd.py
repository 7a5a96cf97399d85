"""More requests than can be worked on: those too many are told at the door when to come again, and nothing else."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from api.agreements import shipped
from api.app import app_over
from api.clock import ManualClock
from api.parts import service_in, tokens_from
from api.settings import Settings
from api.store import Busy, InDoubt
from tests.api.escrow import LIBRARY, TEN, Site

ME = b'{"query": "{ me { id } }"}'


async def post(app: Starlette, token: str, body: Callable[[], Any]) -> tuple[int, dict[bytes, bytes], Any]:
    """Send a request whose body comes when `body` is awaited: its status, its headers and what it says."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": await body(), "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", f"Bearer {token}".encode()), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers}
    await app({**scope, "server": ("here", 80), "scheme": "http"}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), json.loads(b"".join(each.get("body", b"") for each in sent))


def test_who_comes_when_all_places_are_taken_is_told_when_to_come_again(tmp_path: Path) -> None:
    """Two are let in and take their time; a third is turned away; the place that one of them leaves is the next's."""
    settings = replace(Settings(tmp_path / "deals.db", shipped()), most_requests=2)
    clock = ManualClock(TEN)

    async def main(app: Starlette, token: str) -> None:
        go = asyncio.Event()

        async def slow() -> bytes:
            await go.wait()
            return ME

        async def quick() -> bytes:
            return ME

        inside = [asyncio.create_task(post(app, token, slow)) for _ in range(2)]
        await asyncio.sleep(0)
        status, headers, said = await post(app, token, quick)
        go.set()
        let_in = [await each for each in inside]

        assert status == 503
        assert headers[b"retry-after"] == b"1"
        assert said["errors"][0]["extensions"] == {"code": "BUSY", "retryAfter": 1}
        assert "send this again in 1 second." in said["errors"][0]["message"]
        assert [each[0] for each in let_in] == [200, 200]
        assert (await post(app, token, quick))[2]["data"] == {"me": {"id": "erin"}}

    with service_in(settings, clock, LIBRARY) as service:
        token = tokens_from(settings).issue("erin", clock.now(), TEN - TEN.replace(year=2004))
        asyncio.run(main(app_over(service, settings), token))


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (Busy(retry_after=7), "BUSY", "Nothing was stored; send the same again in 7 seconds."),
        (InDoubt(retry_after=2), "IN_DOUBT", "Send the same again with the same key"),
    ],
)
def test_an_act_that_cannot_be_stored_now_says_when_to_send_it_again(
    web: Site, monkeypatch: pytest.MonkeyPatch, outcome: Busy | InDoubt, code: str, words: str
) -> None:
    deal = web.open()
    monkeypatch.setattr(web.app.state.service, "submit_soon", lambda *_: told())

    async def told() -> Any:
        return web.app.state.service.answer(outcome)

    act = """mutation ($d: ID!) {
      submit(dealId: $d, as: "ATG", act: {text: "sign the Documents"}, idempotencyKey: "k") {
        ... on Invalid { code problems retryAfter } } }"""
    found = web.data(act, d=deal)["submit"]

    assert (found["code"], found["retryAfter"]) == (code, outcome.retry_after)
    assert words in found["problems"][0]


def test_what_no_time_will_mend_names_no_seconds(web: Site) -> None:
    act = """mutation { submit(dealId: "none", as: "ATG", act: {text: "sign the Documents"}, idempotencyKey: "k") {
      ... on Invalid { code retryAfter } } }"""

    assert web.data(act)["submit"] == {"code": "NO_SUCH_DEAL", "retryAfter": None}


def test_a_database_that_is_away_is_no_failure_of_the_question(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(web.app.state.service, "editions", away)

    (error,) = web.post("{ agreements { name } }")["errors"]

    assert error["extensions"] == {"code": "BUSY", "retryAfter": 1}
    assert "Ask again in 1 second." in error["message"]
