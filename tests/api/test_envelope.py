"""What stands around an operation over HTTP: media types, statuses, and requests that are not what they should be."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.envelope import EVENTS, JSON, RESPONSE, media_type
from tests.api.escrow import Site, site

ME = {"query": "{ me { id } }"}
FOREIGN = "https://elsewhere.example"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all, for none of this leaves a trace."""
    with site(tmp_path_factory.mktemp("site")) as web:
        yield web


def ask(web: Site, body: object, accept: str = RESPONSE, **headers: str) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {**web.token("erin"), "Content-Type": JSON, "Accept": accept, **headers}
    return web.client.post("/graphql", content=content, headers=given)


# ------------------------------------------------------------------ media types


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}, {JSON};q=0.9", RESPONSE),
        (f"{JSON}, {RESPONSE}", RESPONSE),
        (f"{RESPONSE};q=0.5, {JSON};q=0.9", JSON),
        (f"{RESPONSE};q=0, */*", JSON),
        (f"{RESPONSE}; charset=utf-8, {JSON}", RESPONSE),
        (f"{RESPONSE.upper()}", RESPONSE),
        (f"{RESPONSE};q=nonsense", None),
        (EVENTS, EVENTS),
        (f"{EVENTS}, {JSON};q=0.1", JSON),
        ("text/html", None),
        ("text/html, */*;q=0.1", JSON),
        ("image/png", None),
        (f"{JSON};q=0", None),
        ("", JSON),
    ],
)
def test_an_answer_is_in_a_type_that_the_client_takes(accept: str | None, media: str | None) -> None:
    assert media_type(accept) == media


@pytest.mark.parametrize("media", [JSON, RESPONSE])
def test_the_type_of_an_answer_is_told_and_it_is_kept_by_nobody(web: Site, media: str) -> None:
    answer = ask(web, ME, media)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, f"{media}; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_takes_nothing_that_we_have_is_told_what_there_is(web: Site) -> None:
    answer = ask(web, ME, "image/png")

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (406, "BAD_REQUEST")
    assert RESPONSE in answer.json()["errors"][0]["message"]


NO_OPERATION = (
    ({"query": "{"}, "BAD_OPERATION"),
    ({"query": "{ nothing }"}, "BAD_OPERATION"),
    ({"query": "query ($n: Int!) { me { id } deals(first: $n) { edges { cursor } } }"}, "BAD_OPERATION"),
    ({"query": "{" + "a{" * 30 + "b" + "}" * 30 + "}"}, "TOO_MUCH"),
)


@pytest.mark.parametrize(("body", "code"), NO_OPERATION)
def test_what_is_no_operation_has_no_data_and_a_status_for_who_reads_it(
    web: Site, body: dict[str, str], code: str
) -> None:
    for media, status in ((RESPONSE, 400), (JSON, 200)):
        answer = ask(web, body, media)
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert {each["extensions"]["code"] for each in answer.json()["errors"]} == {code}


def test_an_answer_with_data_is_a_good_one_even_with_errors_in_it(web: Site) -> None:
    asked = {"query": "{ me { id } deals(first: 0) { edges { cursor } } }"}

    answer = ask(web, asked)

    assert answer.status_code == 200
    assert "data" in answer.json()
    assert answer.json()["errors"][0]["path"] == ["deals"]


# --------------------------------------------------------------- wrong requests

NO_TEXT: tuple[object, ...] = (5, True, [], {})
NO_OBJECT: tuple[object, ...] = ("x", 5, True, [], ["a"])
WRONG: tuple[object, ...] = (
    b"", b"5", b"null", b"true", b'"x"', b"[]", b"{", b"\xff", json.dumps([ME]).encode(), {}, {"qeury": "{me{id}}"},
    {"query": None}, {"query": ""}, {"query": 5}, {"query": True}, {"query": []}, {"query": {}},
    *({**ME, "variables": each} for each in NO_OBJECT), *({**ME, "extensions": each} for each in NO_OBJECT),
    *({**ME, "operationName": each} for each in NO_TEXT),
    {**ME, "operationName": "Other"}, {"query": "query A { me { id } } query B { me { id } }"},
    {"query": "fragment A on Me { id }"}, {"documentId": 5},
)  # fmt: skip


@pytest.mark.parametrize("body", WRONG)
def test_a_request_that_is_not_what_it_should_be_is_refused_in_json(web: Site, body: object) -> None:
    for media in (RESPONSE, JSON):
        answer = ask(web, body, media)
        assert answer.status_code == 400, answer.text
        (error,) = answer.json()["errors"]
        assert error["extensions"]["code"] == "BAD_REQUEST"
        assert error["message"]


@pytest.mark.parametrize(
    "kind",
    [
        "", "text/plain", "text/plain;application/json", "text/plain, application/json", "application/x-json",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp",
        "application/json; charset=latin-1", "application/json; charset=utf-16", "xapplication/json",
    ],
)  # fmt: skip
def test_nothing_but_json_is_taken_so_that_no_form_of_another_site_can_ask(web: Site, kind: str) -> None:
    answer = ask(web, ME, **{"Content-Type": kind})

    assert answer.status_code == 400
    assert "application/json" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_is_taken_however_it_is_written(web: Site, kind: str) -> None:
    assert ask(web, ME, **{"Content-Type": kind}).json()["data"] == {"me": {"id": "erin"}}


def test_null_says_what_nothing_says(web: Site) -> None:
    body = {**ME, "variables": None, "operationName": None, "extensions": None, "documentId": None}

    assert ask(web, body).json()["data"] == {"me": {"id": "erin"}}


# -------------------------------------------------------------------- addresses


def test_a_question_can_be_asked_by_its_address(web: Site) -> None:
    asked = {"query": "query Q($n: Int) { deals(first: $n) { edges { cursor } } }", "variables": '{"n": 2}'}

    answer = web.client.get("/graphql", params={**asked, "operationName": "Q"}, headers=web.token("erin"))

    assert (answer.status_code, answer.json()["data"]) == (200, {"deals": {"edges": []}})


@pytest.mark.parametrize(
    "address",
    [
        "?query={me{id}}&query={me{name}}", "?query={me{id}}&variables=5", "?query={me{id}}&variables=[",
        '?query={me{id}}&variables={"a":1,"a":2}', "?query={me{id}}&extensions=[]", "?query=", "?quer={me{id}}",
        "?query={me{id}}&operationName=X", "?query={me{id}}&variables=%FF",
    ],
)  # fmt: skip
def test_an_address_that_asks_nothing_is_refused(web: Site, address: str) -> None:
    answer = web.client.get(f"/graphql{address}", headers={**web.token("erin"), "Accept": JSON})

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "query",
    ["mutation { signOut { ... on Revoked { person } } }", "subscription { dealEvents(dealId: 1) { version } }"],
)
def test_nothing_is_changed_or_followed_by_an_address(web: Site, query: str) -> None:
    answer = web.client.get("/graphql", params={"query": query}, headers={**web.token("erin"), "Accept": JSON})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_stream_is_not_given_to_who_takes_one_answer(web: Site) -> None:
    answer = ask(web, {"query": "subscription { dealEvents(dealId: 1) { version } }"}, JSON)

    assert answer.status_code == 406
    assert "text/event-stream" in answer.json()["errors"][0]["message"]


def test_of_several_operations_the_one_to_run_is_named(web: Site) -> None:
    query = "query A { me { id } } query B { me { name } }"

    assert ask(web, {"query": query, "operationName": "B"}).json()["data"] == {"me": {"name": "erin"}}
    assert "operationName" in ask(web, {"query": query}).json()["errors"][0]["message"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_there_are_two_ways_to_ask(web: Site, method: str) -> None:
    assert web.client.request(method, "/graphql").status_code == 405


def test_what_the_audits_of_graphql_http_need_names_no_registry() -> None:
    lock = json.loads((Path(__file__).parents[1] / "http" / "package-lock.json").read_text(encoding="utf-8"))

    assert all("resolved" not in each for each in lock["packages"].values())
    assert all("integrity" in each for name, each in lock["packages"].items() if name)
