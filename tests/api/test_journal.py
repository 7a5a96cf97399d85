"""Who has read what is on record: for the parties to see, written down in time, and never in the way."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from api import access
from api.access import Journal, NotRecorded, journal
from api.clock import ManualClock
from tests.api.escrow import TEN, Site, site
from tests.api.test_app import WS, begin, follow, take

SEE = "query Overview($d: ID!) { deal(id: $d) { ...Money seats { person } ... on Deal { version } } }"
MONEY = " fragment Money on Deal { funds { name } paid { payee } }"
LOG = """query ($d: ID!, $first: Int!, $after: String) { accessLog(dealId: $d, first: $first, after: $after) {
  edges { cursor node { at person request operation fields } } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""


def nodes(web: Site, deal: str, person: str = "andy", first: int = 100) -> list[dict[str, Any]]:
    web.app.state.service.access.journal.flush()
    return [each["node"] for each in web.data(LOG, person, d=deal, first=first)["accessLog"]["edges"]]


def test_the_parties_see_who_has_read_what(web: Site) -> None:
    deal = web.open()
    web.clock.advance(timedelta(minutes=1))
    headers = {**web.token("paul"), "X-Request-Id": "req-7"}
    found = web.client.post("/graphql", json={"query": SEE + MONEY, "variables": {"d": deal}}, headers=headers)
    web.clock.advance(timedelta(minutes=1))

    (seen,) = nodes(web, deal)

    assert found.headers["X-Request-Id"] == "req-7"
    assert seen == {
        "at": "2005-09-01T14:01:00Z",
        "person": "paul",
        "request": "req-7",
        "operation": "Overview",
        "fields": "deal { seats version funds paid }",
    }
    assert [each["person"] for each in nodes(web, deal, "nina")] == ["andy", "paul"]  # and who has read this
    assert web.data(LOG, "zoe", d=deal, first=1) == {"accessLog": None}


@pytest.mark.parametrize("name", ["", "a" * 65, "a b", "x\x7f", "<script>", "é"])
def test_a_request_has_a_plain_name_whatever_a_client_calls_it(web: Site, name: str) -> None:
    headers = {**web.token("erin"), "X-Request-Id": name.encode("latin-1")}
    found = web.client.post("/graphql", json={"query": "{ me { id } }"}, headers=headers)  # type: ignore[arg-type]

    assert found.headers["X-Request-Id"].isalnum()
    assert len(found.headers["X-Request-Id"]) == 16


def test_values_are_not_on_record(web: Site) -> None:
    deal = web.open()
    web.data('query ($d: ID!) { deal(id: $d) { entry(name: "the secret of the house") { name } } }', d=deal)

    assert "secret" not in str(nodes(web, deal))


def test_a_stream_is_on_record_once(web: Site) -> None:
    deal = web.open()
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("petra"))
        follow(socket, deal, 0)
        assert take(socket, 1) == [1]
        web.act(deal, "nina", "sign the Documents")
        assert take(socket, 1) == [2]

    assert [(each["person"], each["fields"]) for each in nodes(web, deal)] == [
        ("petra", "dealEvents { version kind act }")
    ]


def test_pages_of_the_record_meet_without_a_gap(web: Site) -> None:
    deal = web.open()
    for number in range(7):
        web.app.state.service.access.journal.record(deal, f"person {number}", "r", "", "deal { id }")
        if number % 3:  # some at one instant
            web.clock.advance(timedelta(seconds=1))
    web.app.state.service.access.journal.flush()
    seen, after = [], None
    while True:
        page = web.data(LOG, "andy", d=deal, first=2, after=after)["accessLog"]
        seen += [each["node"]["person"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert sorted(each for each in seen if each != "andy") == [f"person {number}" for number in range(7)]
    assert web.code(LOG, "andy", d=deal, first=2, after="WzEsMl0") == "BAD_CURSOR"
    assert web.code(LOG, "andy", d=deal, first=101) == "BAD_PAGE"


def test_what_was_read_is_written_down_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "TICK", 0.02)
    with site(tmp_path) as web:
        deal = web.open()
        web.data("query ($d: ID!) { deal(id: $d) { id } }", "paul", d=deal)
        book = web.app.state.service.access.journal
        flush, written = book.flush, threading.Condition()

        def flush_and_tell() -> None:
            flush()
            with written:
                written.notify_all()

        monkeypatch.setattr(book, "flush", flush_and_tell)
        with written:
            assert written.wait_for(lambda: not book.waiting, timeout=60)

        assert [each.person for each in book.lines(deal, None, 10).lines] == ["paul"]


def test_a_service_that_stops_has_written_all_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "TICK", 3600.0)
    clock = ManualClock(TEN)
    with site(tmp_path, clock) as web:
        deal = web.open()
        for _ in range(20):
            web.data("query ($d: ID!) { deal(id: $d) { id } }", "paul", d=deal)
        assert web.app.state.service.access.journal.waiting > 0

    with site(tmp_path, clock) as web:
        assert [each["person"] for each in nodes(web, deal)] == ["paul"] * 20


def test_what_cannot_be_taken_down_is_not_shown(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = web.open()
    book = web.app.state.service.access.journal
    monkeypatch.setattr(journal, "MOST_WAITING", 3)
    query = "query ($d: ID!) { deal(id: $d) { id } }"

    def fails(_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(type(book._store), "write", lambda *_: fails(None))
        for _ in range(3):
            assert web.data(query, d=deal)["deal"]["id"] == deal
        with pytest.raises(OperationalError):
            book.flush()
        assert web.code(query, d=deal) == "BUSY"
        assert web.code(query, "zoe", d=deal) == web.code(query, "zoe", d="no such") == "BUSY"
        with pytest.raises(NotRecorded):
            book.record(deal, "erin", "r", "", "deal { id }")

    book.flush()

    assert web.data(query, d=deal)["deal"]["id"] == deal
    assert [each["person"] for each in nodes(web, deal)] == ["erin"] * 4


def test_many_threads_write_each_reading_down_once(web: Site) -> None:
    deal = web.open()
    book: Journal = web.app.state.service.access.journal

    def work(name: str) -> None:
        for number in range(100):
            book.record(deal, name, str(number), "", "deal { id }")
            if number % 10 == 0:
                book.flush()

    threads = [threading.Thread(target=work, args=(f"person {number}",)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    book.flush()

    lines = book.lines(deal, None, 1000).lines
    assert len({(each.person, each.request) for each in lines}) == len(lines) == 400
    assert book.waiting == 0
