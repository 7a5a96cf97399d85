"""Clients of the last release are not broken unawares: each change of the schema is on a page, a bad one with why."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, find_breaking_changes
from graphql.utilities.find_schema_changes import DangerousChange, SafeChangeType, find_schema_changes

from api.schema import make_schema, printed
from tests.conftest import Golden

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "schema-changes.md"
BEGIN, END = "<!-- Made from", "<!-- The end of"


def schema(text: str) -> GraphQLSchema:
    return build_schema(text)


def released() -> GraphQLSchema:
    return schema((ROOT / "docs" / "schema.released.graphql").read_text(encoding="utf-8"))


def unexplained(old: GraphQLSchema, new: GraphQLSchema, page: str) -> list[str]:
    """The changes that break clients, and have no line on the page that says why."""
    reasons = dict(re.findall(r"^- `(.+)`[:.] +(\S.*)$", page, re.MULTILINE))
    return [each.description for each in find_breaking_changes(old, new) if each.description not in reasons]


def listed(old: GraphQLSchema, new: GraphQLSchema) -> str:
    """Every change, those first that a client may notice."""
    found = [each for each in find_schema_changes(old, new) if each.type is not SafeChangeType.DESCRIPTION_CHANGED]
    noticed = sorted(each.description for each in found if isinstance(each, DangerousChange))
    rest = sorted(each.description for each in found if each.description not in noticed)
    return "\n".join([*(f"- To be noticed: {each}" for each in noticed), *(f"- {each}" for each in rest)])


def test_what_breaks_clients_of_the_last_release_is_explained() -> None:
    now = schema(printed(make_schema()))

    assert unexplained(released(), now, PAGE.read_text(encoding="utf-8")) == []


def test_every_change_is_on_the_page(golden: Golden) -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN, 1)
    first, _ = rest.split("\n", 1)
    made = listed(released(), schema(printed(make_schema())))
    between = f"\n{made}\n" if made else "\nNothing.\n"

    golden(PAGE, f"{head}{BEGIN}{first}\n{between}\n{END}{rest.split(END, 1)[1]}")


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("type Query { a: Int b: Int }", "type Query { a: Int }", "Field Query.b was removed."),
        ("type Query { a: Int }", "type Query { a(b: Int!): Int }", "A required argument Query.a(b:) was added."),
        (
            "type Query { a(b: I): Int } input I @oneOf { x: Int y: Int }",
            "type Query { a(b: I): Int } input I @oneOf { x: Int }",
            "Field I.y was removed.",
        ),
        ("type Query { a: Int! }", "type Query { a: Int }", "Field Query.a changed type from Int! to Int."),
    ],
)
def test_a_change_that_breaks_clients_needs_a_reason(old: str, new: str, broken: str) -> None:
    one, other = schema(old), schema(new)

    assert unexplained(one, other, "") == [broken]
    assert unexplained(one, other, f"- `{broken}`") == [broken]
    assert unexplained(one, other, f"- `{broken}`: Nobody asked for it; ask for `a`.") == []


def test_what_is_added_breaks_nobody() -> None:
    one, other = schema("type Query { a: Int }"), schema("type Query { a: Int b: Int }")

    assert unexplained(one, other, "") == []
    assert listed(one, other) == "- Field Query.b was added."
