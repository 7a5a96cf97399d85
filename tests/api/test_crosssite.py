"""Pages of other sites: none changes anything here, and those that are listed may ask."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.agreements import shipped
from api.app import create_app
from api.clock import ManualClock
from api.crosssite import guards
from api.settings import Settings, WrongSetting
from tests.api.escrow import LIBRARY, TEN, Site
from tests.api.store_ledger import prepared
from tests.api.test_app import WS, begin

FRIEND, FOREIGN = "https://app.example", "https://elsewhere.example"
OUT = {"query": "mutation { signOut { ... on Revoked { person } } }"}
ME = {"query": "{ me { id } }"}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that lists another one."""
    folder: Path = tmp_path_factory.mktemp("site")
    settings = Settings(prepared(folder / "deals.db"), shipped(), origins=(FRIEND,), rate=0)
    clock = ManualClock(TEN)
    app = create_app(settings, clock, LIBRARY)
    with TestClient(app) as client:
        yield Site(client, settings, clock, app)


def ask(web: Site, **headers: str) -> Any:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.client.post("/graphql", json=ME, headers={**web.token("erin"), **given})


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": FOREIGN}, {"Origin": "null"}, {"Origin": "https://app.example.elsewhere.example"},
        {"Origin": "http://app.example"}, {"Origin": "https://app.example:8443"}, {"Origin": ""},
        {"Origin": "https://["}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
        {"Origin": FOREIGN, "Sec_Fetch_Site": "same-origin"},
    ],
)  # fmt: skip
def test_a_page_of_another_site_changes_nothing_not_even_with_a_good_token(web: Site, headers: dict[str, str]) -> None:
    answer = ask(web, **headers)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "CROSS_SITE")
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": FRIEND}, {"Origin": "HTTPS://APP.EXAMPLE:443"}, {"Origin": "http://testserver"},
     {"Origin": "https://testserver:443", "Host": "testserver"}, {"Sec_Fetch_Site": "same-origin"}],
)  # fmt: skip
def test_our_own_pages_and_those_of_a_site_that_is_listed_may(web: Site, headers: dict[str, str]) -> None:
    assert ask(web, **headers).json()["data"] == {"me": {"id": "erin"}}


def test_it_holds_for_every_address_and_whatever_is_sent() -> None:
    """An upload, say, which a form of another site could send without asking first."""

    async def upload(_: Request) -> PlainTextResponse:
        return PlainTextResponse("stored")

    routes = [Route("/upload", upload, methods=["POST", "PUT", "DELETE"])]
    with TestClient(Starlette(routes=routes, middleware=guards((FRIEND,)))) as client:
        for method in ("POST", "PUT", "DELETE"):
            for kind in ("multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded"):
                headers = {"Origin": FOREIGN, "Content-Type": kind}
                assert client.request(method, "/upload", content=b"x", headers=headers).status_code == 403
            assert client.request(method, "/upload", headers={"Origin": FRIEND}).text == "stored"


def preflight(web: Site, origin: str, header: str = "authorization,content-type") -> Any:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": header}
    return web.client.options("/graphql", headers=asked)


def test_a_browser_that_asks_first_is_told_who_may(web: Site) -> None:
    granted, refused = preflight(web, FRIEND), preflight(web, FOREIGN)

    assert (granted.status_code, granted.headers["Access-Control-Allow-Origin"]) == (200, FRIEND)
    assert "authorization" in granted.headers["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in granted.headers
    assert refused.status_code == 400
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert preflight(web, FRIEND, "x-anything").status_code == 400


def test_a_page_that_may_ask_can_read_the_answer_and_when_to_come_again(web: Site) -> None:
    answer = ask(web, Origin=FRIEND)

    assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
    assert {"Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id"} <= {
        *answer.headers["Access-Control-Expose-Headers"].split(", ")
    }


def test_a_page_of_another_site_opens_no_websocket_and_one_that_is_listed_does(web: Site) -> None:
    for origin in (FOREIGN, "null", "http://app.example"):
        with (
            pytest.raises(WebSocketDisconnect),
            web.client.websocket_connect("/graphql", subprotocols=WS, headers={"Origin": origin}),
        ):
            pass
    with web.client.websocket_connect("/graphql", subprotocols=WS, headers={"Origin": FRIEND}) as socket:
        begin(socket, web.token("erin"))


@pytest.mark.parametrize("origin", ["*", "app.example", "https://app.example/path", "https://["])
def test_a_site_is_listed_by_its_origin_and_never_all_of_them(origin: str) -> None:
    with pytest.raises(WrongSetting, match="CLAUSULA_ORIGINS"):
        guards((origin,))
