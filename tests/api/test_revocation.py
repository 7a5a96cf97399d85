"""A token that is revoked is good no more: not for a request, nor for an open stream, nor after a restart."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api import access, streams
from api.access.revocations import KEPT, name_of
from api.auth import Person
from api.clock import ManualClock
from api.parts import access_in, tokens_from
from api.store import revoked
from tests.api.escrow import TEN, Site, site
from tests.api.test_app import WS, begin, follow, take

ME = "{ me { id } }"
ENDED = [{"code": "UNAUTHENTICATED"}]


def status(web: Site, headers: dict[str, str]) -> int:
    return web.client.post("/graphql", json={"query": ME}, headers=headers).status_code


def person(web: Site, headers: dict[str, str]) -> Person:
    return tokens_from(web.settings).read(headers["Authorization"][7:], web.clock.now())


def told_to_go(socket: Any) -> bool:
    """Whether the next message says that a stream has ended for want of a right to it."""
    message = socket.receive_json()
    errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
    return [each["extensions"] for each in errors] == ENDED


def refused_again(socket: Any) -> bool:
    """Whether the stream `again` is refused like the one before, of which there may be a last word first."""
    message = socket.receive_json()
    if message == {"id": "1", "type": "complete"}:
        message = socket.receive_json()
    errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
    return (message["id"], [each["extensions"] for each in errors]) == ("again", ENDED)


def test_one_token_is_revoked_and_the_others_are_good(web: Site) -> None:
    one, other = web.token("erin"), web.token("erin")

    web.app.state.service.access.revoke_token(person(web, one))

    assert (status(web, one), status(web, other)) == (401, 200)


def test_all_that_a_person_has_is_revoked_and_what_comes_later_is_good(web: Site) -> None:
    before, nina = [web.token("erin") for _ in range(3)], web.token("nina")
    web.clock.advance(timedelta(microseconds=1))

    web.app.state.service.access.revoke_person("erin")
    web.clock.advance(timedelta(microseconds=1))

    assert [status(web, each) for each in before] == [401, 401, 401]
    assert status(web, nina) == status(web, web.token("erin")) == 200


def test_it_is_so_after_a_restart(tmp_path: Path) -> None:
    clock = ManualClock(TEN)
    with site(tmp_path, clock) as web:
        one, all_of = web.token("erin"), web.token("nina")
        assert web.code("mutation { signOut { ... on Revoked { person } } }", None) == "UNAUTHENTICATED"
        body = {"query": "mutation { signOut { ... on Revoked { person } } }"}
        assert web.client.post("/graphql", json=body, headers=one).json()["data"] == {"signOut": {"person": "erin"}}
        body = {"query": "mutation { signOut(everywhere: true) { ... on Revoked { person } } }"}
        assert web.client.post("/graphql", json=body, headers=web.token("nina")).status_code == 200
        assert (status(web, one), status(web, all_of)) == (401, 401)

    clock.advance(timedelta(days=1))
    with site(tmp_path, clock) as web:
        assert (status(web, one), status(web, all_of)) == (401, 401)
        assert status(web, web.token("nina")) == 200


def test_a_stream_ends_at_once_with_its_token(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "TICK", 3600.0)
    deal = web.open()
    erin, other = web.token("erin"), web.token("erin")
    with (
        web.client.websocket_connect("/graphql", subprotocols=WS) as socket,
        web.client.websocket_connect("/graphql", subprotocols=WS) as stays,
    ):
        for each, header in ((socket, erin), (stays, other)):
            begin(each, header)
            follow(each, deal, 0)
            assert take(each, 1) == [1]

        web.app.state.service.access.revoke_token(person(web, erin))

        assert told_to_go(socket)
        web.act(deal, "nina", "sign the Documents")
        assert take(stays, 1) == [2]
        follow(socket, deal, 0, "again")
        assert refused_again(socket)


def test_a_stream_ends_when_another_process_revokes_its_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "TICK", 0.02)
    with site(tmp_path) as web:
        deal, headers = web.open(), web.token("erin")
        with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
            begin(socket, headers)
            follow(socket, deal, 0)
            assert take(socket, 1) == [1]

            with access_in(web.settings, web.clock) as beside:
                beside.revoke_person("erin")

            assert told_to_go(socket)
        assert status(web, headers) == 401


def test_a_stream_ends_when_its_token_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "TICK", 0.02)
    with site(tmp_path) as web:
        deal = web.open()
        with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
            begin(socket, web.token("erin", timedelta(minutes=5)))
            follow(socket, deal, 0)
            assert take(socket, 1) == [1]

            web.clock.advance(timedelta(minutes=5))

            assert told_to_go(socket)


def test_a_person_follows_only_so_much_at_once_over_all_connections(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_OF_A_PERSON", 2)
    deal = web.open()
    with (
        web.client.websocket_connect("/graphql", subprotocols=WS) as one,
        web.client.websocket_connect("/graphql", subprotocols=WS) as other,
        web.client.websocket_connect("/graphql", subprotocols=WS) as another,
    ):
        for socket, who in ((one, "erin"), (other, "erin"), (another, "nina")):
            begin(socket, web.token(who))
            follow(socket, deal, 0)
            assert take(socket, 1) == [1]
        follow(other, deal, 0, "third")
        message = other.receive_json()
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]

        assert (message["id"], errors[0]["extensions"]) == ("third", {"code": "TOO_MUCH"})
        one.send_json({"id": "1", "type": "complete"})
        one.send_json({"type": "ping"})
        assert one.receive_json()["type"] == "pong"


def test_names_of_tokens_are_kept_as_hashes_and_not_longer_than_needed(tmp_path: Path) -> None:
    with site(tmp_path) as web:
        made = person(web, web.token("erin", timedelta(days=1)))
        web.app.state.service.access.revoke_token(made)
        web.app.state.service.access.revoke_person("nina")
    with sqlite3.connect(tmp_path / "deals.db") as base:
        kept = base.execute("SELECT * FROM revoked").fetchall()
    assert {row[0] for row in kept} == {name_of("token", made.token), name_of("person", "nina")}
    assert not any(word in str(kept) for word in (made.token, "erin", "nina"))

    clock = ManualClock(TEN + timedelta(days=2) + KEPT)
    with site(tmp_path, clock) as web:
        store = web.app.state.service.store
        assert len(store.look(lambda connection: connection.execute(select(revoked)).all())) == 2
        web.app.state.service.access.revoke_person("paul")
        assert len(store.look(lambda connection: connection.execute(select(revoked)).all())) == 2


def test_who_operates_the_service_revokes_and_sees_its_health(web: Site) -> None:
    deal = web.open()
    erin = web.token("erin")
    web.clock.advance(timedelta(seconds=1))
    token = tokens_from(web.settings).issue("keeper", web.clock.now(), timedelta(days=1), operator=True)
    keeper = {"Authorization": f"Bearer {token}"}

    def ask(query: str) -> Any:
        return web.client.post("/graphql", json={"query": query}, headers=keeper).json()

    found = ask("{ health { ready deals entries walBytes tablesVersion database programVersion } }")["data"]["health"]
    assert (found["ready"], found["deals"], found["entries"], found["tablesVersion"]) == (True, 1, "1", "0006")
    assert int(found["walBytes"]) > 0
    revoke = "mutation {{ revokeTokens(person: {}) {{ ... on Revoked {{ person }} ... on Invalid {{ code }} }} }}"
    assert ask(revoke.format('" "'))["data"]["revokeTokens"] == {"code": "NOT_UNDERSTOOD"}
    assert ask(revoke.format('"erin"'))["data"]["revokeTokens"] == {"person": "erin"}
    assert status(web, erin) == 401
    told = ask(f'{{ deal(id: "{deal}") {{ version }} }}')
    assert told["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
