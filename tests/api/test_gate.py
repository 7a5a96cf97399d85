"""What an operation may ask for, and that finding this out is cheap."""

import pytest
from graphql import get_introspection_query, parse

from api.schema.gate import DEEPEST, MOST_FIELDS, MOST_ROOTS, Scale, Weight, excess


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
