"""The guide for frontend teams keeps its word: each request in it is sent, and answered as it says."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.api.escrow import Site

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "frontend.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+) ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Request:
    """An operation of the guide, its variables, and how it is answered: all of it, among others, or a stream."""

    query: str
    variables: dict[str, Any]
    how: str
    answers: list[Any]


def requests(deal: str) -> list[Request]:
    """The requests in order, with a deal in the place of the word that stands for it."""
    blocks = [each for each in _BLOCK.findall(PAGE) if each[0] in ("graphql", "json")]
    assert [(kind, what) for kind, what, _ in blocks[:-1:3]] == [("graphql", "")] * (len(blocks) // 3)
    return [
        Request(query, json.loads(variables.replace("DEAL", deal)), how, several(answer.replace("DEAL", deal)))
        for (_, _, query), (_, _, variables), (_, how, answer) in zip(*(blocks[n::3] for n in range(3)), strict=True)
    ]


def several(text: str) -> list[Any]:
    """The values of JSON that stand one after the other."""
    found, decoder, rest = [], json.JSONDecoder(), text.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    return found


def followed(web: Site, request: Request) -> list[Any]:
    """As many messages of a stream as the guide tells."""
    with web.client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
        socket.send_json({"type": "connection_init", "payload": {"authorization": web.token("you")["Authorization"]}})
        assert socket.receive_json()["type"] == "connection_ack"
        payload = {"query": request.query, "variables": request.variables}
        socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
        return [{"data": socket.receive_json()["payload"]["data"]} for _ in request.answers]


def test_each_request_of_the_guide_is_answered_as_it_says(web: Site) -> None:
    first = requests("DEAL")[0]
    deal = web.data(first.query, "you", **first.variables)["openDeal"]["dealId"]

    told = []
    for request in requests(deal):
        if request.how == "stream":
            assert followed(web, request) == request.answers
        elif request.how == "among":
            (found,) = web.data(request.query, "you", **request.variables).values()
            assert [each for each in found["actions"] if each in request.answers] == request.answers
        else:
            answer = web.post(request.query, "you", **request.variables)
            assert [{"data": answer["data"]}] == request.answers
            assert "cost" in answer["extensions"]
        told.append(request.how)

    assert told == ["answer", "among", "answer", "answer", "answer", "stream"]


def test_every_path_that_the_guides_name_is_there() -> None:
    for name in ("frontend.md", "deal-room.md"):
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / "docs" / name).read_text(encoding="utf-8"))
        assert {link for link in links if not (ROOT / "docs" / link).exists()} == set(), name


def test_no_lock_file_names_a_registry() -> None:
    for path in (ROOT / "examples" / "typescript", ROOT / "tests" / "browser"):
        lock = json.loads((path / "package-lock.json").read_text(encoding="utf-8"))
        assert {name for name, each in lock["packages"].items() if "resolved" in each} == set()
        assert all("integrity" in each for name, each in lock["packages"].items() if name)
