"""What an operation may ask for, and that finding this out is cheap."""

from time import process_time, thread_time

import pytest
from graphql import get_introspection_query, parse

from api.schema import make_schema
from api.schema.gate import MOST_KEPT, checked, priced
from api.schema.weight import (
    DEAREST,
    DEEPEST,
    MOST_FIELDS,
    MOST_FRAGMENTS,
    MOST_OPERATIONS,
    MOST_ROOTS,
    Scale,
    Weight,
    excess,
    weighed,
)
from tests.api.escrow import Site

SCHEMA = make_schema()._schema


def test_a_reasonable_operation_passes() -> None:
    assert excess(parse("{ deal(id: 1) { funds { balance { amount } } } }")) is None


def test_the_standard_introspection_passes() -> None:
    assert excess(parse(get_introspection_query(input_value_deprecation=True))) is None


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("{" + "a{" * DEEPEST + "b" + "}" * DEEPEST + "}", "depth"),
        ("{a{" + " ".join(f"b{n}" for n in range(MOST_FIELDS)) + "}}", "number of fields"),
        ("{a{" + " ".join(f"x{n}:b" for n in range(101)) + "}}", "number of aliases"),
        ("{" + " ".join(f"b{n}" for n in range(MOST_ROOTS + 1)) + "}", "number of questions"),
        ("{a(first:100){b(last:100){c(first:100){d}}}}", "cost"),
        ("query($n:Int){a(first:$n){b(last:$n){c(first:$n){d}}}}", "cost"),
        (" ".join(f"query q{n}{{a}}" for n in range(MOST_OPERATIONS + 1)), "number of operations"),
        ("{...f0}" + " ".join(f"fragment f{n} on T{{a}}" for n in range(MOST_FRAGMENTS + 1)), "number of fragments"),
        ("{a{" + "b " * 101 + "}}", "say the same again"),
        ("{" + "a{" + "b{c} " * 80 + "}}", "say the same again"),
        ("{a{" + "...{b{c}} " * 80 + "}}", "say the same again"),
        (
            "{a{"
            + " ".join(f"...f{n}" for n in range(80))
            + "}}"
            + " ".join(f"fragment f{n} on T{{b{{c}}}}" for n in range(80)),
            "say the same again",
        ),
        ("{d} fragment f on T{" + "b " * 101 + "}", "say the same again"),
        (
            " ".join(f"query q{n}{{...f}}" for n in range(20))
            + " fragment f on T{"
            + " ".join(f"x{n}" for n in range(700))
            + "}",
            "number of fields",
        ),
        ("mutation{a} query{" + "a{" * DEEPEST + "b" + "}" * DEEPEST + "}", "depth"),
    ],
)
def test_each_limit_is_named(query: str, told: str) -> None:
    found = excess(parse(query))

    assert found is not None
    assert told in found


def test_a_fragment_is_weighed_once_however_often_it_is_spread() -> None:
    chain = " ".join(f"fragment f{n} on T {{ ...f{n + 1} ...f{n + 1} }}" for n in range(200))
    document = parse(f"{{ a {{ ...f0 }} }} {chain} fragment f200 on T {{ b }}")
    scale = Scale({each.name.value: each for each in document.definitions[1:]})  # type: ignore[attr-defined, misc]

    weight = scale.selection(document.definitions[0].selection_set)  # type: ignore[attr-defined]

    assert weight.fields == 10**9
    assert len(scale.known) == 201
    assert excess(document) == f"The number of fields of this operation is more than {MOST_FIELDS}."


def test_a_circle_of_fragments_is_left_to_validation() -> None:
    document = parse("{ ...a } fragment a on T { ...b } fragment b on T { ...a c } fragment lost on T { ...none }")

    assert excess(document) is None


def test_what_stands_side_by_side_adds_up() -> None:
    assert Weight(2, 3, 1, 4).beside(Weight(1, 2, 0, 9)) == Weight(2, 5, 1, 13)


# -------------------------------------------------------------------- the cost


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ me { id name } }", 3),
        ("{ deals(first: 3) { edges { node { dealId agreement } } } }", 1 + 3 * 4),
        ("{ deals { edges { cursor } } }", 1 + 50 * 2),  # as the schema says
        (
            '{ timeline(dealId: "x") { edges { cursor } } }',
            1 + 100 * 2,
        ),  # as long as a page can be, for nothing is said
        (
            '{ deal(id: "x") { entries { edges { cursor } } all: entries(first: 2) { edges { node { sort } } } } }',
            1 + (1 + 50 * 2) + (1 + 2 * 3),
        ),
        ("{ me { ...m } } fragment m on Me { id ...n ...n } fragment n on Me { name }", 1 + 3),
        ("query ($n: Int) { deals(first: $n) { edges { cursor } } }", 1 + 100 * 2),
        ("query ($n: Int = 7) { deals(first: $n) { edges { cursor } } }", 1 + 7 * 2),
        ("{ deals(first: 1000000) { edges { cursor } } }", 1 + 100 * 2),
    ],
)
def test_an_operation_costs_a_field_each_times_the_rows_above_it(query: str, cost: int) -> None:
    found = checked(SCHEMA, query)

    assert priced(SCHEMA, found, None).price(None).cost == cost


def test_a_page_is_as_long_as_the_variable_says(web: Site) -> None:
    query = "query ($n: Int) { me { id } deals(first: $n) { edges { cursor } } }"

    costs = [web.post(query, n=rows)["extensions"]["cost"] for rows in (1, 10)]

    assert costs == [
        {"requested": 2 + 1 + 2, "most": DEAREST, "dearest": "deals"},
        {"requested": 2 + 1 + 20, "most": DEAREST, "dearest": "deals"},
    ]


def test_what_a_variable_makes_too_dear_is_refused_and_what_it_makes_cheap_is_checked_like_any_other(web: Site) -> None:
    """Twenty pages of 95 fields each: 189,020 at a hundred rows, 3,820 at two."""
    page = "deals(first: $n) { edges { node { " + " ".join(f"f{n}" for n in range(93)) + " } } }"
    query = f"query ($n: Int!) {{ {' '.join(f'p{n}: {page}' for n in range(20))} }}"

    assert web.code(query, n=100) == "TOO_MUCH"
    assert {each["extensions"]["code"] for each in web.post(query, n=2)["errors"]} == {"BAD_OPERATION"}


# ------------------------------------------------------------ what is sent to hurt

BOMB = (
    "{ me { ...f0 } } "
    + " ".join(f"fragment f{n} on Me {{ ...f{n + 1} ...f{n + 1} }}" for n in range(90))
    + " fragment f90 on Me { id }"
)
HURTFUL = {
    "fragments that spread each other twice": BOMB,
    "one field again and again": "{me{" + "id " * 1900 + "}}",
    "one list again and again": '{timeline(dealId:"x"){' + "edges{node{version kind}} " * 300 + "}}",
    "one argument again and again": "{me{" + " ".join(f"id(a{n}:1)" for n in range(600)) + "}}",
    "every operation with every fragment": " ".join(f"query q{n}{{me{{id}} ...f}}" for n in range(300))
    + " fragment f on Query{" + "me{id} " * 200 + "}",
    "fragments beside each other": "{me{" + " ".join(f"...f{n}" for n in range(250)) + "}}"
    + " ".join(f"fragment f{n} on Me{{id name}}" for n in range(250)),
}  # fmt: skip


@pytest.mark.parametrize("why", HURTFUL)
def test_what_is_sent_to_hurt_is_answered_at_once(why: str) -> None:
    """Without these limits, validation alone takes up to seconds. Of its own time, for other work goes on here."""
    document = parse(HURTFUL[why])

    def seconds() -> float:
        began = thread_time()
        assert weighed(document, SCHEMA).excess is not None
        return thread_time() - began

    assert min(seconds() for _ in range(5)) < 0.05


def test_a_fragment_bomb_is_answered_in_less_than_fifty_milliseconds(web: Site) -> None:
    """From the request to the answer, of our own time; a line before it makes each a document never seen."""

    def seconds(turn: int) -> float:
        began = process_time()
        assert web.code(f"# {turn}\n{BOMB}") == "TOO_MUCH"
        return process_time() - began

    assert min(seconds(turn) for turn in range(5)) < 0.05


def test_a_circle_is_told_and_nothing_else_of_the_document_is_looked_at(web: Site) -> None:
    query = "{ ...f nothing } fragment f on Query { ...f }"

    (error,) = web.post(query)["errors"]

    assert "within itself" in error["message"]


# ------------------------------------------------------------------ what is kept


def test_a_document_is_read_and_checked_once() -> None:
    query = "{ me { id } } # read once"

    assert checked(SCHEMA, query) is checked(SCHEMA, query)


def test_only_so_much_is_kept_of_documents() -> None:
    first = "{ me { id } } # kept until others push it out"
    found = checked(SCHEMA, first)
    for number in range(5):
        checked(SCHEMA, f"{{ me {{ id }} }} # {number} {'x' * (MOST_KEPT // 4)}")

    assert checked(SCHEMA, first) is not found


def test_what_is_null_and_should_be_left_out_is_told_in_words_of_the_schema(web: Site) -> None:
    query = '{ explain(dealId: "x", about: {section: "1", value: null}) { __typename } }'

    messages = [each["message"] for each in web.post(query)["errors"]]

    assert "`value` is left out rather than null." in messages
    assert "Maybe" not in str(messages)
