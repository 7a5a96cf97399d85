"""The deal room: its files go out as they should, and it asks nothing that the public API does not answer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from api.agreements import read_catalogue
from api.room import GRAPHIQL, HEADERS
from api.schema import make_schema, printed
from tests.api.escrow import Site

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "api" / "room" / "static"
GRAPHIQL_FILES = ROOT / "api" / "room" / "graphiql"
SCHEMA: GraphQLSchema = build_schema(printed(make_schema(read_catalogue(ROOT / "agreements").editions.values())))

_CONSTANT = re.compile(r"^(?:export )?const (\w+) = `([^`]*)`", re.MULTILINE)
_STARTER = re.compile(r"query: `([^`]*)`")


def documents() -> Iterator[tuple[str, str]]:
    """Every GraphQL document of the page, by its name, with what it is put together from in its place."""
    for path in sorted(STATIC.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        constants = dict(_CONSTANT.findall(text))
        for name, document in constants.items():
            if re.match(r"\s*(query|mutation|subscription)\b", document):
                yield f"{path.name} {name}", whole(constants, name)
        for number, document in enumerate(_STARTER.findall(text)):
            yield f"{path.name} {number}", document


def whole(constants: dict[str, str], name: str) -> str:
    """A document or a part of one, with its own parts in their places."""
    return re.sub(r"\$\{(\w+)\}", lambda found: whole(constants, found[1]), constants[name])


DOCUMENTS = dict(documents())


def test_the_page_asks_in_many_documents() -> None:
    assert len(DOCUMENTS) > 18


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_the_page_fits_the_schema(name: str) -> None:
    assert validate(SCHEMA, parse(DOCUMENTS[name])) == []


def test_the_page_is_served_at_the_top_with_strict_headers(web: Site) -> None:
    answer = web.client.get("/")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_file_that_the_page_names_is_served_and_nothing_else(web: Site) -> None:
    names = {found for path in STATIC.iterdir() for found in re.findall(r'"(/room/[\w.-]+)"', path.read_text("utf-8"))}
    files = {path.name for folder in (STATIC, GRAPHIQL_FILES) for path in folder.iterdir()}
    assert names == {
        f"/room/{name}" for name in files if not name.endswith(("html", "LICENSE.graphiql", "LICENSE.react"))
    }

    for name in names:
        answer = web.client.get(name)
        assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (200, "nosniff"), name
    assert web.client.get("/room/../app.py").status_code == 404
    assert web.client.get("/room/none.js").status_code == 404
    assert web.client.post("/").status_code == 405


def test_graphiql_is_served_beside_it_from_here_alone(web: Site) -> None:
    answer = web.client.get("/graphiql")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert {name: answer.headers[name] for name in GRAPHIQL} == GRAPHIQL
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)
    licence = (GRAPHIQL_FILES / "LICENSE.graphiql").read_text("utf-8")
    assert "Permission is hereby granted, free of charge" in licence


def test_a_browser_that_has_a_file_is_not_sent_it_again(web: Site) -> None:
    tag = web.client.get("/room/main.js").headers["ETag"]

    again = web.client.get("/room/main.js", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_the_page_holds_no_script_no_style_and_no_address_of_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        outside = re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
        assert outside == [], path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path.name
    for page in STATIC.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", text) == [], page.name


def test_no_file_of_the_page_has_more_than_400_lines() -> None:
    assert {path.name for path in STATIC.iterdir() if len(path.read_text("utf-8").splitlines()) > 400} == set()
