"""What is told when the service starts, and what happens when it cannot."""

import json
import shlex
import socket
from pathlib import Path

import pytest
from starlette.applications import Starlette

from api.agreements import Unusable, places, read_catalogue, shipped
from api.clock import ManualClock
from api.editions import catalogue_of
from api.parts import tokens_from
from api.serve import _config, greeting, greeting_json, serve
from api.settings import GUEST, Settings
from api.store import AlreadyWritten
from tests.api.escrow import LIBRARY, TEN, site


def test_the_greeting_holds_a_command_that_works(tmp_path: Path) -> None:
    with site(tmp_path) as web:
        told = greeting(web.settings, LIBRARY, web.clock)
        command = shlex.split(next(line for line in told.splitlines() if line.startswith("curl ")))
        headers = dict(each.split(": ", 1) for each in command if ": " in each and not each.startswith("{"))

        answer = web.client.post("/graphql", content=command[-1], headers=headers)

    assert command[1] == "http://127.0.0.1:8000/graphql"
    assert answer.json()["data"]["me"] == {"id": GUEST}
    assert answer.json()["data"]["agreements"] == [{"name": "funds_escrow", "title": "Funds Escrow Agreement"}]


def test_the_greeting_leads_into_the_deal_room(tmp_path: Path) -> None:
    with site(tmp_path) as web:
        told = greeting(web.settings, LIBRARY, web.clock)

    link = next(line for line in told.splitlines() if line.startswith("http://"))
    address, _, token = link.partition("#token=")
    assert address == "http://127.0.0.1:8000/"
    assert token in told.splitlines(), "it is the token that the greeting tells"


def test_no_token_is_told_to_a_network_or_for_a_key_that_was_set(tmp_path: Path) -> None:
    clock = ManualClock(TEN)
    open_to_all = Settings(tmp_path / "a.db", tmp_path, host="0.0.0.0")
    own_key = Settings(tmp_path / "a.db", tmp_path, token_key="ab" * 32)

    for settings in (open_to_all, own_key):
        assert "curl" not in greeting(settings, LIBRARY, clock)
        assert "#token=" not in greeting(settings, LIBRARY, clock)
    assert tokens_from(own_key).key == b"\xab" * 32


def test_a_message_is_bounded_where_it_is_received(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "a.db", shipped())

    assert _config(Starlette(), settings).ws_max_size == settings.largest_body == 256 * 1024


def test_a_second_server_on_one_database_says_so_and_stops(tmp_path: Path) -> None:
    with site(tmp_path), pytest.raises(AlreadyWritten, match="already has a writer"):
        serve(Settings(tmp_path / "deals.db", shipped(), port=0), ManualClock(TEN))


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(tmp_path / "a.db", shipped(), port=taken.getsockname()[1])
        with pytest.raises(Unusable, match=f"port {settings.port}") as error:
            serve(settings, ManualClock(TEN))

    assert "--port" in error.value.advice
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_is_not_this_machine_is_not_blamed_on_the_port(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"Cannot listen on 203\.0\.113\.1 port 0") as error:
        serve(Settings(tmp_path / "a.db", shipped(), host="203.0.113.1", port=0), ManualClock(TEN))

    assert "--host" in error.value.advice
    assert "--port" not in error.value.advice


def test_a_folder_without_agreements_is_not_served(tmp_path: Path) -> None:
    for folder, told in ((tmp_path, "There is no agreement in"), (tmp_path / "typo", "There is no folder")):
        with pytest.raises(Unusable, match=told):
            serve(Settings(tmp_path / "a.db", folder, port=0), ManualClock(TEN))


def test_an_agreement_that_is_no_text_is_told_and_the_others_are_served(tmp_path: Path) -> None:
    for name, content in (("good", LIBRARY.editions["funds_escrow"].text.encode()), ("letter", b"\xff\xfe\x00")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "agreement.clause").write_bytes(content)

    catalogue = read_catalogue(tmp_path)

    assert list(catalogue.editions) == ["good"]
    assert "is not UTF-8 text" in catalogue.broken["letter"]


def test_an_agreement_that_cannot_run_is_told_with_its_mistakes() -> None:
    catalogue = catalogue_of({"good": LIBRARY.editions["funds_escrow"].text, "bad": 'Agreement "Nothing".\n  Clause'})

    assert list(catalogue.editions) == ["good"]
    assert catalogue.broken["bad"].startswith("error:")


def test_deals_are_opened_under_the_agreements_that_the_commands_know() -> None:
    catalogue = read_catalogue(shipped())

    assert list(catalogue.editions) == [place.name for place in places((shipped(),))]


def test_the_greeting_for_machines_is_one_line_with_a_token_that_works(tmp_path: Path) -> None:
    with site(tmp_path) as web:
        told = json.loads(greeting_json(web.settings, LIBRARY, web.clock))

        assert told["url"] == web.settings.url
        answer = web.client.post(
            "/graphql", json={"query": "{ me { id } }"}, headers={"Authorization": f"Bearer {told['token']}"}
        )
        assert answer.json()["data"]["me"] == {"id": GUEST}
