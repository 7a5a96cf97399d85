"""Webhooks over the API: whoever has a seat makes one, its secret is told once, and nobody else sees or ends it."""

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.agreements import shipped
from api.app import create_app
from api.clock import ManualClock
from api.parts import tokens_from
from api.schema import make_schema
from api.settings import Settings
from api.webhooks.dispatcher import Dispatcher
from api.webhooks.outbox import TRIES
from api.webhooks.sending import NoAnswer, Reply
from tests.api.escrow import LIBRARY, TEN, Site, nodes, site
from tests.api.posting import ENTRIES, Receiver
from tests.api.store_ledger import prepared
from tests.api.test_telemetry import metrics

URL = "https://93.184.216.34/in"
CREATE = """mutation ($d: ID!, $url: String!, $q: String!, $a: String) {
  createWebhook(dealId: $d, url: $url, document: $q, after: $a) {
    ... on WebhookSecret { secret webhook { id dealId url stream document madeAt ended } }
    ... on Invalid { code problems } } }"""
ACTS = {
    "renewWebhookSecret": "mutation ($id: ID!) { renewWebhookSecret(id: $id) { __typename ... on Invalid { code } } }",
    "replayDeliveries": "mutation ($id: ID!) { replayDeliveries(webhookId: $id) { __typename ...on Invalid {code} } }",
    "endWebhook": "mutation ($id: ID!) { endWebhook(id: $id) { __typename ... on Invalid { code } } }",
}
AGAIN = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Webhook { url } ... on Delivery { told } } }"
LIST = """query ($first: Int!, $after: String) { webhooks { edges { node { id ended
  waiting: count(status: WAITING) dead: count(status: DEAD) delivered: count(status: DELIVERED)
  deliveries(status: DEAD, first: $first, after: $after) {
    edges { node { id cursor status tries told due settledAt body } } pageInfo { hasNextPage endCursor } } } } } }"""


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site at which nothing is sent but what a test sends."""
    monkeypatch.setattr("api.webhooks.dispatcher.INTERVAL", 3600.0)
    with site(tmp_path) as web:
        yield web


def create(web: Site, deal: str, person: str = "paul", url: str = URL, query: str = ENTRIES, after: Any = None) -> Any:
    return web.data(CREATE, person, d=deal, url=url, q=query, a=after)["createWebhook"]


def go_round(web: Site, receiver: Receiver) -> None:
    asyncio.run(Dispatcher(web.app.state.service, make_schema(), receiver).round())


def test_a_webhook_is_made_and_its_secret_is_told_once(quiet: Site) -> None:
    deal = quiet.open()

    made = create(quiet, deal)

    webhook = made["webhook"]
    assert made["secret"].startswith("whsec_")
    assert (webhook["dealId"], webhook["url"], webhook["stream"], webhook["document"], webhook["ended"]) == (
        deal, URL, "dealEvents", ENTRIES, None,
    )  # fmt: skip
    told = quiet.data("{ webhooks { edges { node { id url document stream madeAt ended dealId } } } }", "paul")
    (listed,) = nodes(told["webhooks"])
    assert listed == webhook
    assert made["secret"] not in str(quiet.data(LIST, "paul", first=5))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"url": "http://93.184.216.34/in"}, "BAD_TARGET"),
        ({"url": "https://127.0.0.1/in"}, "BAD_TARGET"),
        ({"url": "https://[::ffff:169.254.169.254]/"}, "BAD_TARGET"),
        ({"query": "{ me { id } }"}, "BAD_DOCUMENT"),
        ({"query": "subscription ($dealId: ID!) { dealEvents(dealId: $dealId) { nothing } }"}, "BAD_DOCUMENT"),
        ({"after": "nonsense"}, "BAD_CURSOR"),
        ({"after": "2"}, "BAD_CURSOR"),
    ],
)
def test_what_cannot_be_sent_or_stored_is_told(quiet: Site, given: dict[str, str], code: str) -> None:
    """The deal has one entry."""
    found = create(quiet, quiet.open(), **given)

    assert (found["code"], len(found["problems"])) == (code, 1)
    assert quiet.data("{ webhooks { edges { node { id } } } }", "paul") == {"webhooks": {"edges": []}}


def test_what_a_receiver_did_not_take_is_listed_by_page_and_sent_again(quiet: Site) -> None:
    deal = quiet.open()
    webhook = create(quiet, deal)["webhook"]["id"]
    quiet.close(deal, 3)
    receiver = Receiver([Reply(500) for _ in range(3 * TRIES)])
    for _ in range(TRIES):
        go_round(quiet, receiver)
        quiet.clock.advance(timedelta(hours=14))

    (first,) = nodes(quiet.data(LIST, "paul", first=2)["webhooks"])
    after = first["deliveries"]["pageInfo"]["endCursor"]
    (second,) = nodes(quiet.data(LIST, "paul", first=2, after=after)["webhooks"])

    assert (first["waiting"], first["dead"], first["delivered"]) == (0, 3, 0)
    pages = [[each["node"]["cursor"] for each in page["deliveries"]["edges"]] for page in (first, second)]
    assert pages == [["4", "3"], ["2"]]
    assert [each["deliveries"]["pageInfo"]["hasNextPage"] for each in (first, second)] == [True, False]
    node = second["deliveries"]["edges"][0]["node"]
    assert (node["status"], node["tries"], node["told"], node["due"]) == ("DEAD", TRIES, "Answered 500.", None)
    again = (
        "mutation ($w: ID!, $d: ID) { replayDeliveries(webhookId: $w, deliveryId: $d) { ...on Replayed { count } } }"
    )
    found = quiet.data(AGAIN, "paul", ids=[webhook, node["id"]])["nodes"]
    assert found == [{"id": webhook, "url": URL}, {"id": node["id"], "told": "Answered 500."}]
    assert quiet.data(AGAIN, "petra", ids=[webhook, node["id"]])["nodes"] == [None, None]
    assert quiet.data(again, "paul", w=webhook, d=node["id"])["replayDeliveries"] == {"count": 1}
    assert quiet.data(again, "paul", w=webhook)["replayDeliveries"] == {"count": 2}
    go_round(quiet, receiver)
    (later,) = nodes(quiet.data(LIST, "paul", first=2)["webhooks"])
    assert (later["dead"], later["delivered"]) == (0, 3)


def test_a_webhook_is_its_owners_alone(quiet: Site) -> None:
    """Petra acts for the same party as Paul, and sees and ends nothing of his."""
    deal = quiet.open()
    webhook = create(quiet, deal)["webhook"]["id"]
    token = tokens_from(quiet.settings).issue("keeper", quiet.clock.now(), timedelta(days=1), operator=True)

    assert quiet.data("{ webhooks { edges { node { id } } } }", "petra") == {"webhooks": {"edges": []}}
    for name, act in ACTS.items():
        for person in ("petra", "zoe"):
            assert quiet.data(act, person, id=webhook)[name]["code"] == "NO_SUCH_WEBHOOK"
            assert quiet.data(act, person, id="no such") == quiet.data(act, person, id="no such")
        assert quiet.code(act, None, id=webhook) == "UNAUTHENTICATED"
        body = {"query": act, "variables": {"id": webhook}}
        told = quiet.client.post("/graphql", json=body, headers={"Authorization": f"Bearer {token}"}).json()
        assert told["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
        assert quiet.data(act, "paul", id=webhook)[name]["__typename"] != "Invalid"
    for name in ("renewWebhookSecret", "replayDeliveries"):
        assert quiet.data(ACTS[name], "paul", id=webhook)[name]["code"] == "NO_SUCH_WEBHOOK"


def test_a_service_that_runs_sends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the act to the receiver, over the loopback, which a setting allows."""
    monkeypatch.setattr("api.webhooks.dispatcher.INTERVAL", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = Settings(prepared(tmp_path / "deals.db"), shipped(), webhook_origins=(origin,))
        clock = ManualClock(TEN)
        app = create_app(settings, clock, LIBRARY)
        with TestClient(app) as client, ThreadPoolExecutor(1) as receiver:
            web = Site(client, settings, clock, app)
            taken = receiver.submit(take_one, listener)
            deal = web.open()
            assert "secret" in create(web, deal, url=f"{origin}/in")
            web.act(deal, "paul", "sign the Documents")

            assert b'"dealEvents":{"version":"2","kind":"accepted"}' in taken.result(timeout=30)


def take_one(listener: socket.socket) -> bytes:
    """What the first who connects sends."""
    listener.settimeout(30)
    connection, _ = listener.accept()
    with connection:
        got = b""
        while not got.endswith(b"}}}"):
            got += connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    return got


def test_what_waits_what_is_dead_and_what_came_of_each_try_is_in_the_metrics(quiet: Site) -> None:
    """One thing waits 90 seconds after it was made, was tried once in vain, and then arrives."""
    deal, own = quiet.open(), quiet.app.state.endpoint.opened.telemetry.metrics
    assert "secret" in create(quiet, deal)
    quiet.act(deal, "paul", "sign the Documents")
    receiver = Receiver([NoAnswer("no connection")])

    def again() -> dict[str, float]:
        asyncio.run(Dispatcher(quiet.app.state.service, make_schema(), receiver, own).round())
        return metrics(quiet)

    def seen(found: dict[str, float]) -> list[float]:
        prefix = "clausula_webhook_"
        names = ('deliveries{status="waiting"}', 'deliveries{status="dead"}', "oldest_waiting_seconds")
        return [found[f"{prefix}{each}"] for each in names]

    before = metrics(quiet)
    again()
    quiet.clock.advance(timedelta(seconds=90))
    waiting = metrics(quiet)
    done = again()

    assert (seen(before), seen(waiting), seen(done)) == ([0, 0, 0], [1, 0, 90], [0, 0, 0])
    assert done['clausula_webhook_tries_total{outcome="failed"}'] == 1
    assert done['clausula_webhook_tries_total{outcome="delivered"}'] == 1
    assert deal not in str(done)
    assert receiver.seen[0].id == receiver.seen[1].id
