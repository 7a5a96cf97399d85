"""Trusted documents: asked for by their hash, from a file, and where the operator says so, no others."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.agreements import Unusable, shipped
from api.app import create_app, trusted_of
from api.clock import ManualClock
from api.schema import make_schema
from api.settings import Settings, WrongSetting, settings_from
from api.trusted import Trusted
from tests.api.escrow import LIBRARY, TEN, Site
from tests.api.store_ledger import prepared
from tests.api.test_app import WS, begin

ME = "query Me { me { id } }"
ROWS = "query Rows($n: Int!) { deals(first: $n) { edges { cursor } } }"
OTHER = "{ me { name } }"
Open = Callable[[bool], Site]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """A site with two trusted documents: one that runs no others, and one that does."""
    made: dict[bool, Site] = {}
    folder = tmp_path_factory.mktemp("sites")
    (folder / "documents.json").write_text(json.dumps({f"sha256:{sha(each)}": each for each in (ME, ROWS)}))
    clients = []
    for only in (True, False):
        (folder / str(only)).mkdir()
        settings = Settings(
            prepared(folder / str(only) / "deals.db"), shipped(), trusted=folder / "documents.json",
            only_trusted=only, rate=0,
        )  # fmt: skip
        clock = ManualClock(TEN)
        app = create_app(settings, clock, LIBRARY)
        clients.append(TestClient(app).__enter__())
        made[only] = Site(clients[-1], settings, clock, app)
    yield made.__getitem__
    for client in clients:
        client.__exit__(None, None, None)


def send(web: Site, **body: Any) -> tuple[int, Any]:
    answer = web.client.post("/graphql", json=body, headers=web.token("erin"))
    return answer.status_code, answer.json()


@pytest.mark.parametrize("only", [True, False])
@pytest.mark.parametrize(
    "named",
    [
        {"documentId": f"sha256:{sha(ME)}"},
        {"documentId": sha(ME)},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha(ME)}}},
        {"query": ME, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha(ME)}}},
        {"query": ME, "documentId": sha(ME)},
        {"query": ME},
    ],
)
def test_a_document_is_asked_for_by_its_hash_or_in_its_own_words(
    sites: Open, only: bool, named: dict[str, Any]
) -> None:
    status, answer = send(sites(only), **named)

    assert (status, answer["data"]) == (200, {"me": {"id": "erin"}})


def test_variables_go_with_it_and_so_it_goes_by_address(sites: Open) -> None:
    asked = {"documentId": sha(ROWS), "variables": '{"n": 1}'}

    answer = sites(True).client.get("/graphql", params=asked, headers=sites(True).token("erin"))

    assert answer.json()["data"] == {"deals": {"edges": []}}


def test_no_other_is_run_where_the_operator_says_so(sites: Open) -> None:
    for body in ({"query": OTHER}, {"query": f"{ME} "}, {"query": "{ __schema { queryType { name } } }"}):
        status, answer = send(sites(True), **body)
        assert (status, answer["errors"][0]["extensions"]["code"]) == (400, "PERSISTED_QUERY_ONLY")
    assert send(sites(False), query=OTHER)[1]["data"] == {"me": {"name": "erin"}}


@pytest.mark.parametrize("only", [True, False])
def test_a_hash_that_is_not_listed_says_so_and_is_not_learned(sites: Open, only: bool) -> None:
    """A client that sends the text along does not add it: what is trusted is for the operator to say."""
    unknown = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha(OTHER)}}}
    before = send(sites(only), **unknown)
    with_text = send(sites(only), query=OTHER, **unknown)

    assert before[0] == 400
    assert before[1]["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert ("data" in with_text[1]) is not only
    assert send(sites(only), **unknown) == before
    assert send(sites(only), documentId=sha(OTHER)) == before


@pytest.mark.parametrize(
    "body",
    [
        {"query": OTHER, "documentId": sha(ME)},
        {"query": OTHER, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha(ME)}}},
        {"documentId": "me"},
        {"documentId": ""},
        {"documentId": f"md5:{sha(ME)}"},
        {"documentId": sha(ME).upper()},
        {"documentId": "../../etc/passwd"},
        {"extensions": {"persistedQuery": 5}},
        {"extensions": {"persistedQuery": {}}},
        {"extensions": {"persistedQuery": {"sha256Hash": 5}}},
    ],
)
def test_what_names_no_document_is_refused(sites: Open, body: dict[str, Any]) -> None:
    status, answer = send(sites(False), **body)

    assert (status, answer["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


def test_over_a_websocket_it_is_the_same(sites: Open) -> None:
    with sites(True).client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, sites(True).token("erin"))
        socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": OTHER}})
        refused = socket.receive_json()
        socket.send_json({"id": "2", "type": "subscribe", "payload": {"documentId": sha(ME)}})
        answer = socket.receive_json()

    assert (refused["id"], refused["type"]) == ("1", "error")
    assert refused["payload"][0]["extensions"] == {"code": "PERSISTED_QUERY_ONLY"}
    assert (answer["id"], answer["payload"]["data"]) == ("2", {"me": {"id": "erin"}})


# --------------------------------------------------------------------- the file


def loaded(path: Path, content: str) -> Trusted:
    path.write_text(content)
    return trusted_of(Settings(path.with_name("a.db"), shipped(), trusted=path), make_schema()._schema)


def test_the_manifest_of_another_tool_will_do(tmp_path: Path) -> None:
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1,
                "operations": [{"id": sha(ME), "name": "Me", "type": "query", "body": ME}]}  # fmt: skip

    assert loaded(tmp_path / "manifest.json", json.dumps(manifest)).texts == {sha(ME): ME}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[", "is no list of documents"),
        ("[]", "is no list of documents"),
        ('{"operations": [{"id": 5}]}', "is no list of documents"),
        (json.dumps({sha(OTHER): ME}), "is not the one that this SHA-256 is of"),
        (json.dumps({hashlib.sha1(ME.encode()).hexdigest(): ME}), "is not the one that this SHA-256 is of"),
        (json.dumps({sha("{ nothing }"): "{ nothing }"}), "does not fit the schema"),
        (json.dumps({sha("{"): "{"}), "does not fit the schema"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_keeps_the_service_from_starting(
    tmp_path: Path, content: str, told: str
) -> None:
    with pytest.raises(Unusable, match=told) as error:
        loaded(tmp_path / "documents.json", content)

    assert error.value.advice


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"documents\.json cannot be read"):
        trusted_of(Settings(tmp_path / "a.db", shipped(), trusted=tmp_path / "documents.json"), make_schema()._schema)


def test_only_trusted_documents_need_a_file_of_them() -> None:
    assert settings_from({"CLAUSULA_TRUSTED": "d.json", "CLAUSULA_TRUSTED_ONLY": "1"}).only_trusted
    for wrong in ({"CLAUSULA_TRUSTED_ONLY": "1"}, {"CLAUSULA_TRUSTED": "d", "CLAUSULA_TRUSTED_ONLY": "yes"}):
        with pytest.raises(WrongSetting, match="CLAUSULA_TRUSTED_ONLY"):
            settings_from(wrong)
