"""The application over HTTP and WebSocket: who is let in, what is refused, and streams that can be taken up again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.auth import Tokens
from api.clock import ManualClock
from api.parts import tokens_from
from api.settings import Settings, WrongSetting, settings_from
from api.store import AlreadyWritten
from tests.api.escrow import CLOSING, SUBMIT, TEN, Site, site
from tests.api.test_store_durable import limit_pages

EVENTS = "subscription ($d: ID!, $after: Sequence!) { dealEvents(dealId: $d, after: $after) { version kind act } }"
WS = ["graphql-transport-ws"]


# ------------------------------------------------------------------ who is let in

SEE = "query ($d: ID!) { deal(id: $d) { version } }"
LOOKS = (
    SEE,
    "query ($d: ID!) { availableActions(dealId: $d) { ... on AvailableActions { actions { text } } } }",
    'query ($d: ID!) { explain(dealId: $d, about: {section: "3.1(a)"}) { ... on Explanation { truth } } }',
    'query ($d: ID!) { preview(dealId: $d, as: "ATG", act: {text: "sign the Documents"}) { __typename } }',
    "query ($d: ID!) { timeline(dealId: $d, first: 1) { edges { cursor } } }",
    "query ($d: ID!) { integrity(dealId: $d) { sound } }",
)


@pytest.mark.parametrize("look", LOOKS)
def test_only_members_see_a_deal(web: Site, look: str) -> None:
    deal = web.open()
    (name,) = web.data(look, "andy", d=deal)

    assert web.data(look, "andy", d=deal)[name] is not None
    assert web.data(look, "petra", d=deal)[name] is not None
    assert web.data(look, "zoe", d=deal) == web.data(look, "zoe", d="no such") == {name: None}
    assert web.code(look, None, d=deal) == web.code(look, None, d="no such") == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "query",
    [
        "{ me { id } }",
        "{ agreements { name } }",
        '{ agreement(name: "funds_escrow") { title } }',
        "{ deals { edges { cursor } } }",
        'mutation { openDeal(agreement: "funds_escrow", roles: [], idempotencyKey: "k") { __typename } }',
        'mutation { submit(dealId: "x", as: "ATG", act: {text: "x"}, idempotencyKey: "k") { __typename } }',
    ],
)
def test_nobody_sees_nothing(web: Site, query: str) -> None:
    assert web.code(query, None) == "UNAUTHENTICATED"


def test_the_schema_itself_is_for_everybody(web: Site) -> None:
    found = web.post("{ __schema { queryType { name } } }", None)
    assert found["data"] == {"__schema": {"queryType": {"name": "Query"}}}
    assert "type Query" in web.client.get("/schema.graphql").text
    assert web.client.get("/health").json() == {"status": "ok"}


def test_what_is_made_of_agreements_is_for_who_is_signed_in(web: Site) -> None:
    """Names and words of the agreements of a service, wherever the schema might tell them."""
    fields = "{ __schema { mutationType { fields { name description } } types { name description } } }"
    typed = 'mutation { submitFundsEscrow(dealId: "x", as: "ATG", action: {}, idempotencyKey: "k") { __typename } }'
    guessed = "mutation { submitFundsEscro { __typename } }"

    told, shown = json.dumps(web.post(fields, None)), json.dumps(web.post(fields))
    refused = [web.post(each, None)["errors"][0] for each in (typed, guessed)]
    suggested = web.post(guessed)["errors"][0]["message"]
    bad = web.client.get("/schema.graphql", headers={"Authorization": "Bearer x"})

    for words in ("FundsEscrow", "Funds Escrow Agreement", "VerbalInstruction"):
        assert words not in told
        assert words not in web.client.get("/schema.graphql").text
        assert words in shown
        assert words in web.client.get("/schema.graphql", headers=web.token("zoe")).text
    assert [each["extensions"]["code"] for each in refused] == ["UNAUTHENTICATED", "UNAUTHENTICATED"]
    assert not any("Did you mean 'submitFundsEscrow'" in each["message"] for each in refused)
    assert "submitFundsEscrow" in suggested
    assert (bad.status_code, bad.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_bad_token_is_told_so_and_nothing_else(web: Site) -> None:
    key = tokens_from(web.settings).key
    claims = jwt.decode(web.token("erin")["Authorization"][7:], options={"verify_signature": False})
    bad = {
        "expired": Tokens(key).issue("erin", TEN - timedelta(days=2), timedelta(days=1)),
        "another key": Tokens(b"x" * 32).issue("erin", TEN, timedelta(days=1)),
        "no signature": jwt.encode(claims, "", "none"),
        "nonsense": "nonsense",
    }
    for why, token in bad.items():
        headers = {"Authorization": f"Bearer {token}"}
        answer = web.client.post("/graphql", json={"query": "{ me { id } }"}, headers=headers)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), why
        assert answer.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


def test_a_token_ends_while_a_client_goes_on(web: Site) -> None:
    headers = web.token("erin", timedelta(minutes=5))
    ask = {"query": "{ me { id } }"}
    assert web.client.post("/graphql", json=ask, headers=headers).json()["data"] == {"me": {"id": "erin"}}

    web.clock.advance(timedelta(minutes=5))

    assert web.client.post("/graphql", json=ask, headers=headers).status_code == 401


def test_nobody_acts_for_another_party_over_the_api(web: Site) -> None:
    deal = web.open()

    assert web.act(deal, "paul", "sign the Documents", party="ATG")["code"] == "NOT_YOUR_PARTY"
    assert web.act(deal, "zoe", "sign the Documents", party="ATG")["code"] == "NO_SUCH_DEAL"
    assert web.act(deal, "david", "sign the Documents", party="Purchaser")["code"] == "NOT_YOUR_PARTY"


# ---------------------------------------------------------- requests of a wrong shape


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"5", "application/json"),
        (b"[5]", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"{", "application/json"),
        (b"\xff", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"{}", "application/json"),
        (b'{"query": 5}', "application/json"),
        (b'{"query": "{me{id}}", "variables": 5}', "application/json"),
        (b'{"query": "{me{id}}", "operationName": "no"}', "application/json"),
        (b"query={me{id}}", "application/x-www-form-urlencoded"),
        (b'{"query": "{me{id}}"}', "text/plain"),
    ],
)
def test_a_request_of_a_wrong_shape_is_told_so(web: Site, content: bytes, kind: str) -> None:
    headers = {**web.token("erin"), "Content-Type": kind}

    answer = web.client.post("/graphql", content=content, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_nothing_is_asked_or_done_by_following_a_link(web: Site) -> None:
    link = {**web.token("erin"), "Sec-Fetch-Mode": "navigate"}
    answer = web.client.get("/graphql", params={"query": "{ me { id } }"}, headers=link)

    assert answer.status_code == 400
    assert "following a link" in answer.json()["errors"][0]["message"]
    done = web.client.get(
        "/graphql", params={"query": "mutation { signOut { ... on Revoked { person } } }"}, headers=web.token("erin")
    )
    assert (done.status_code, done.headers["Allow"]) == (405, "POST")
    page = web.client.get("/graphql", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "Send a GraphQL request with POST" in page.json()["errors"][0]["message"]


def test_a_body_may_only_be_so_large(web: Site) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(web.settings.largest_body // 1000 + 1):
            yield b" " * 1000

    headers = {"Content-Type": "application/json"}
    assert web.client.post("/graphql", content=parts(), headers=headers).status_code == 413


def test_what_fails_inside_is_not_told_to_clients(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(web.app.state.service, "editions", explode)

    answer = web.post("{ agreements { name } }")

    assert answer["errors"][0]["extensions"] == {"code": "INTERNAL"}
    assert "secret" not in json.dumps(answer)


def test_on_a_full_disk_acts_are_told_so_reading_goes_on_and_acting_too_once_there_is_room(web: Site) -> None:
    deal, store = web.open(), web.app.state.service.store
    limit_pages(store, "(SELECT page_count FROM pragma_page_count)")
    big = "x" * 19_000
    act = """mutation ($d: ID!, $text: String!) {
      submit(dealId: $d, as: "ATG", act: {text: $text}, idempotencyKey: "big") {
        __typename ... on Invalid { code problems retryAfter } } }"""
    text = f'fill Companies Telecopy with "{big}"'
    keep = 'mutation ($d: ID!, $v: String!) { keepPersonal(about: "andy", value: $v, dealId: $d) { __typename } }'

    told = web.data(act, "andy", d=deal, text=text)["submit"]
    (error,) = web.post(keep, "andy", d=deal, v=big)["errors"]

    assert (told["code"], told["retryAfter"]) == ("DISK_FULL", None)
    assert "Nothing was stored" in told["problems"][0]
    assert "send the same again with the same key" in told["problems"][0]
    assert error["extensions"] == {"code": "DISK_FULL"}
    assert web.data(SEE, d=deal)["deal"]["version"] == "1"
    limit_pages(store, "4294967294")
    assert web.data(act, "andy", d=deal, text=text)["submit"]["__typename"] == "Accepted"
    assert web.data(keep, "andy", d=deal, v=big)["keepPersonal"]["__typename"] == "PersonalValue"


# ------------------------------------------------------------------------ streams


def begin(socket: Any, header: dict[str, str]) -> None:
    socket.send_json({"type": "connection_init", "payload": {"authorization": header["Authorization"]}})
    assert socket.receive_json() == {"type": "connection_ack"}


def follow(socket: Any, deal: str, after: int, name: str = "1") -> None:
    payload = {"query": EVENTS, "variables": {"d": deal, "after": str(after)}}
    socket.send_json({"id": name, "type": "subscribe", "payload": payload})


def take(socket: Any, count: int) -> list[int]:
    return [int(socket.receive_json()["payload"]["data"]["dealEvents"]["version"]) for _ in range(count)]


def test_a_stream_replays_from_any_entry_and_goes_on(web: Site) -> None:
    deal = web.open()
    web.close(deal, 4)
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("petra"))
        follow(socket, deal, 2)
        assert take(socket, 3) == [3, 4, 5]

        web.act(deal, *CLOSING[4])
        web.act(deal, "erin", "take a Hold")
        assert take(socket, 2) == [6, 7]

    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("petra"))
        follow(socket, deal, 5)
        assert take(socket, 2) == [6, 7]


def test_a_stranger_follows_nothing(web: Site) -> None:
    deal = web.open()
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("zoe"))
        for name, wanted in (("1", deal), ("2", "no such")):
            follow(socket, wanted, 0, name)
            told = socket.receive_json()
            errors = told["payload"] if told["type"] == "error" else told["payload"]["errors"]
            assert errors[0]["extensions"]["code"] == "NO_SUCH_DEAL"
            if told["type"] == "next":
                socket.receive_json()


@pytest.mark.parametrize("payload", [{}, {"authorization": "Bearer nonsense"}, {"authorization": 5}])
def test_a_stream_is_for_people_who_are_signed_in(web: Site, payload: dict[str, object]) -> None:
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        socket.send_json({"type": "connection_init", "payload": payload})
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()

    assert closed.value.code == 4403


def test_the_old_protocol_is_not_spoken(web: Site) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        web.client.websocket_connect("/graphql", subprotocols=["graphql-ws"]) as socket,
    ):
        socket.receive_json()

    assert closed.value.code == 4406


def test_a_page_of_another_site_opens_no_stream(web: Site) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    with (
        pytest.raises(WebSocketDisconnect),
        web.client.websocket_connect("/graphql", subprotocols=WS, headers=headers),
    ):
        pass


# ----------------------------------------------------------------- start and stop


def test_a_restart_in_the_middle_of_a_walk_loses_nothing(tmp_path: Path) -> None:
    clock = ManualClock(TEN)
    with site(tmp_path, clock) as web:
        deal = web.open()
        web.close(deal, 10)
        held = {"deal": deal, "party": "ATG", "act": {"text": "take a Hold"}, "key": "x"}
        asked = {"query": SUBMIT, "variables": held}
        first = web.client.post("/graphql", json=asked, headers=web.token("andy")).content

    with site(tmp_path, clock) as web:
        web.made = 100
        again = web.client.post("/graphql", json=asked, headers=web.token("andy")).content
        assert again == first
        for person, text in CLOSING[10:]:
            assert web.act(deal, person, text)["__typename"] == "Accepted"
        found = web.data("query ($d: ID!) { deal(id: $d) { terminatedBy } integrity(dealId: $d) { sound } }", d=deal)
        assert found["deal"]["terminatedBy"].startswith("5.1")
        assert found["integrity"]["sound"] is True


def test_one_database_has_one_server(tmp_path: Path) -> None:
    with site(tmp_path), pytest.raises(AlreadyWritten), site(tmp_path):
        pass


def test_a_client_cannot_come_before_the_start(tmp_path: Path) -> None:
    with site(tmp_path) as web:
        client = TestClient(web.app)
        assert client.get("/health").status_code == 200


# ----------------------------------------------------------------------- settings


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    given = {
        "CLAUSULA_DATABASE": str(tmp_path / "a.db"),
        "CLAUSULA_PORT": "9000",
        "CLAUSULA_HOST": "::1",
        "CLAUSULA_ORIGINS": "https://a.example, https://b.example",
    }

    settings = settings_from(given)

    assert settings.database == tmp_path / "a.db"
    assert settings.url == "http://[::1]:9000/graphql"
    assert settings.on_loopback
    assert settings.origins == ("https://a.example", "https://b.example")
    with pytest.raises(WrongSetting):
        settings_from({"CLAUSULA_PORT": "70000"})


@pytest.mark.parametrize("key", ["abc", "zz" * 32, "00" * 31])
def test_a_key_that_cannot_sign_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(WrongSetting):
        tokens_from(Settings(tmp_path / "a.db", tmp_path, token_key=key))


def test_a_key_can_be_set(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "a.db", tmp_path, token_key="ab" * 32)

    token = tokens_from(settings).issue("erin", TEN, timedelta(days=1))

    assert Tokens(b"\xab" * 32).read(token, TEN).id == "erin"
    assert list(tmp_path.iterdir()) == []
