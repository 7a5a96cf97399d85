"""Canonical texts, instants, and the seal of an entry against hashes worked out here by hand."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store import Command, Decision, NotCanonical, Opening, StoredEvent, canonical
from api.store.batch import request_digest, sealed
from api.store.chain import seal
from api.store.codec import from_microseconds, require_canonical, to_microseconds
from api.store.rows import event_from, event_row

ENTRY = StoredEvent(
    deal="d-1",
    version=1,
    kind="opened",
    actor="ana",
    key="k-1",
    request_sha256="aa" * 32,
    effective_at=datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC),
    zone="Europe/Zürich",
    recorded_at=datetime(1970, 1, 1, 0, 0, 2, 3, tzinfo=UTC),
    agreement="Bicycle Sale",
    agreement_sha256="bb" * 32,
    members=(("ana", "Buyer", True), ("ben", "Seller", False)),
    body='{"a":1}',
    answer="{}",
    algorithm="clausula-entry-sha256-1",
    prev_hash="0" * 64,
    hash="",
)

# What is hashed, field after field, each behind its length in eight bytes: 23 is 0x17, 64 is 0x40.
SEALED_BYTES = (
    b"\0\0\0\0\0\0\0\x17clausula-entry-sha256-1"
    b"\0\0\0\0\0\0\0\x40" + b"0" * 64 + b"\0\0\0\0\0\0\0\x03d-1"
    b"\0\0\0\0\0\0\0\x011"
    b"\0\0\0\0\0\0\0\x06opened"
    b"\0\0\0\0\0\0\0\x03ana"
    b"\0\0\0\0\0\0\0\x03k-1"
    b"\0\0\0\0\0\0\0\x40" + b"aa" * 32 + b"\0\0\0\0\0\0\0\x071000000"
    b"\0\0\0\0\0\0\0\x0eEurope/Z\xc3\xbcrich"
    b"\0\0\0\0\0\0\0\x072000003"
    b"\0\0\0\0\0\0\0\x0cBicycle Sale"
    b"\0\0\0\0\0\0\0\x40" + b"bb" * 32 + b"\0\0\0\0\0\0\0\x2d"
    b'[["ana","Buyer",true],["ben","Seller",false]]'
    b'\0\0\0\0\0\0\0\x07{"a":1}'
    b"\0\0\0\0\0\0\0\x02{}"
)


def test_the_seal_is_the_hash_of_these_bytes() -> None:
    assert seal(event_row(ENTRY)) == hashlib.sha256(SEALED_BYTES).hexdigest()


def test_the_seal_is_this_one_for_ever() -> None:
    assert seal(event_row(ENTRY)) == ("969e034ed35199f69bfc597c058523a85b4f70377b7ad972630c1f45cbc6ad88")


CHANGES: list[dict[str, Any]] = [
    {"deal": "d-2"},
    {"version": 2},
    {"kind": "refused"},
    {"actor": "an"},
    {"key": "k-2"},
    {"request_sha256": "ab" * 32},
    {"effective_at": datetime(1970, 1, 1, 0, 0, 1, 1, tzinfo=UTC)},
    {"zone": "Europe/Berlin"},
    {"recorded_at": datetime(1970, 1, 1, 0, 0, 2, 4, tzinfo=UTC)},
    {"agreement": "Bicycle Sales"},
    {"agreement_sha256": "bc" * 32},
    {"members": ()},
    {"body": '{"a":2}'},
    {"answer": "[]"},
    {"algorithm": "clausula-entry-sha256-2"},
    {"prev_hash": "1" + "0" * 63},
    {"deal": "d-11", "version": 1, "kind": "opened"},  # not the same bytes, moved over a border
]


@pytest.mark.parametrize("change", CHANGES, ids="+".join)
def test_any_other_column_gives_another_seal(change: dict[str, Any]) -> None:
    assert seal(event_row(replace(ENTRY, **change))) != seal(event_row(ENTRY))


def test_every_column_but_the_seal_itself_is_in_that_list() -> None:
    assert {name for change in CHANGES for name in change} == set(StoredEvent.__slots__) - {"hash"}


def test_an_entry_comes_back_from_its_row() -> None:
    entry, row = sealed(ENTRY)

    assert entry == replace(ENTRY, hash=seal(row))
    assert event_from(row) == entry
    assert row == event_row(entry)


def test_the_request_hash_of_a_command_covers_its_deal_and_body() -> None:
    expected = hashlib.sha256(b'\0\0\0\0\0\0\0\x12clausula-command-1\0\0\0\0\0\0\0\x03d-1\0\0\0\0\0\0\0\x07{"a":1}')

    assert request_digest(Command("d-1", "ana", "k", '{"a":1}', 7)) == expected.hexdigest()


def test_the_request_hash_of_an_opening_covers_its_deal_agreement_text_and_body() -> None:
    expected = hashlib.sha256(
        b"\0\0\0\0\0\0\0\x12clausula-opening-1\0\0\0\0\0\0\0\x03d-1\0\0\0\0\0\0\0\x04Sale"
        b"\0\0\0\0\0\0\0\x05text.\0\0\0\0\0\0\0\x02{}"
    )

    assert request_digest(Opening("d-1", "Sale", "text.", "ana", "k", "{}")) == expected.hexdigest()


def test_canonical_json_has_sorted_keys_and_nothing_to_spare() -> None:
    value: Any = {"b": [1, True, None], "a": "Zürich\n", "": {}}

    assert canonical(value) == '{"":{},"a":"Zürich\\n","b":[1,true,null]}'


@pytest.mark.parametrize(
    "text",
    [
        '{"b":1,"a":2}',
        '{"a": 1}',
        '{"a":1,"a":1}',
        "1.0",
        "1e2",
        "NaN",
        "-Infinity",
        "01",
        "-0",
        '"\\u0041"',
        '"\\ud800"',
        '"\ud800"',
        "{",
        "",
        "[" * 100_000,
        " 1",
    ],
)
def test_a_text_written_another_way_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical, match="body is not canonical JSON"):
        require_canonical("body", text)


@pytest.mark.parametrize("value", [1.0, {"a": [float("nan")]}, {1: "a"}])
def test_a_value_without_a_canonical_text_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="not a"):
        canonical(value)


def texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts(),
        lambda inner: st.lists(inner) | st.dictionaries(texts(), inner),
    )
)
def test_what_canonical_writes_is_canonical(value: Any) -> None:
    require_canonical("body", canonical(value))


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), -1),
        (datetime(2026, 3, 2, 12, 0, 0, 1, tzinfo=UTC), 1_772_452_800_000_001),
        (
            datetime(1970, 1, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            0,
        ),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), 253_402_300_799_999_999),
    ],
)
def test_an_instant_is_a_count_of_microseconds(at: datetime, count: int) -> None:
    assert to_microseconds(at) == count
    assert from_microseconds(count) == at


@pytest.mark.parametrize("field", ["deal", "actor", "key"])
@pytest.mark.parametrize("text", ["", "a\x00b", "\ud800", "a" * 256])
def test_a_command_has_names_that_can_be_kept(field: str, text: str) -> None:
    names: dict[str, Any] = {"deal": "d", "actor": "ana", "key": "k", field: text}

    with pytest.raises(ValueError, match=field):
        Command(body="{}", **names)


def test_a_decision_has_an_instant_and_a_zone_that_exist() -> None:
    at = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    with pytest.raises(ValueError, match="offset"):
        Decision("accepted", at.replace(tzinfo=None), "UTC", "{}", "{}", "")
    with pytest.raises(KeyError, match="Mars"):
        Decision("accepted", at, "Europe/Mars", "{}", "{}", "")
