"""Canonical JSON as RFC 8785 has it, against its published vectors and against another implementation.

The vectors are the test data of the RFC's author (cyberphone/json-canonicalization, `testdata`) and the example of
section 3.2.3 of the RFC. Those with fractions we refuse by design: `values.json`, and the numbers of appendix B.
"""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from api.store import NotCanonical, canonical
from api.store.codec import require_canonical

LARGEST = 2**53 - 1
VECTORS = {
    "arrays": ('[56, {"d": true, "10": null, "1": [ ]}]', '[56,{"1":[],"10":null,"d":true}]'),
    "french": (
        (
            '{"peach": "This sorting order", "péché": "is wrong according to French",'
            ' "pêche": "but canonicalization MUST", "sin": "ingnore locale"}'
        ),
        (
            '{"peach":"This sorting order","péché":"is wrong according to French",'
            '"pêche":"but canonicalization MUST","sin":"ingnore locale"}'
        ),
    ),
    "structures, its 56.0 written as 56": (
        '{"1": {"f": {"f": "hi","F": 5} ,"\\n": 56}, "10": { }, "": "empty", "a": { }, "111": [ { } ], "A": { }}',
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ),
    "unicode": ('{"Unnormalized Unicode":"\\u1e0d\\u0307"}', '{"Unnormalized Unicode":"\u1e0d\u0307"}'),
    "weird": (
        (
            '{"\\u20ac": "Euro Sign", "1": "One", "\\u0080": "Control\\u007f", "\\ud83d\\ude02": "Smiley",'
            ' "\\u00f6": "Latin Small Letter O With Diaeresis", "\\ufb33": "Hebrew Letter Dalet With Dagesh",'
            ' "</script>": "Browser Challenge"}'
        ),
        (
            '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f",'
            '"\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\U0001f602":"Smiley",'
            '"\ufb33":"Hebrew Letter Dalet With Dagesh"}'
        ),
    ),
    "section 3.2.3, sorting": (
        (
            '{"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",'
            ' "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",'
            ' "\\u00f6": "Latin Small Letter O With Diaeresis"}'
        ),
        (
            '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",'
            '"\u20ac":"Euro Sign","\U0001f600":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
        ),
    ),
    "values, its texts and literals": (
        '{"escaping": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}',
        '{"escaping":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false]}',
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_published_vectors(name: str) -> None:
    given_text, expected = VECTORS[name]

    assert canonical(json.loads(given_text)) == expected
    require_canonical("text", expected)


@pytest.mark.parametrize("number", ["1E30", "4.50", "333333333.33333329", "2e-3", "1.0", "-0.0", "NaN", "Infinity"])
def test_fractions_are_refused_by_design(number: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        canonical({"number": float(number)})  # type: ignore[dict-item]
    with pytest.raises(NotCanonical):
        require_canonical("text", f'{{"number":{number}}}')


@pytest.mark.parametrize("text", ["\ud83d", '{"\ude02":1}'])
def test_half_of_a_surrogate_pair_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        require_canonical("text", json.dumps(text, ensure_ascii=False))


def test_the_order_of_code_points_is_not_the_order_of_code_units() -> None:
    text = '{"\U0001f602":1,"\ufb33":2}'

    assert canonical({"\ufb33": 2, "\U0001f602": 1}) == text
    with pytest.raises(NotCanonical):
        require_canonical("text", '{"\ufb33":2,"\U0001f602":1}')


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=25)
@given(values)
def test_it_is_what_another_implementation_writes(value: Any) -> None:
    text = canonical(value)

    assert text.encode() == rfc8785.dumps(value)
    require_canonical("text", text)
    assert json.loads(text) == value


@settings(max_examples=25)
@given(st.dictionaries(st.text("az\u00e9\ud7ff\ue000\ufb33\uffff\U00010000\U0010ffff", max_size=3), st.none()))
def test_keys_on_both_sides_of_the_surrogates_are_in_order(value: dict[str, None]) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)
