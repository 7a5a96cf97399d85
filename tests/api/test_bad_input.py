"""What comes in wrong is told so and goes no further, on every way in: bodies, messages, scalars, values and files."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from api.acts import Unreadable, read_value
from api.agreements import Unusable
from api.editions import compiled
from api.files import read_text
from api.schema.scalars import CONFIG, Instant, LocalDate, Sequence
from api.strict import DEEPEST, read_day, read_instant, read_json
from api.strict import Unreadable as NotRead
from dsl import terms as t
from dsl.money import Quantity
from tests.api.conftest import clausula
from tests.api.escrow import TEXT, Site, site
from tests.api.test_app import WS, begin
from tests.laws.depth import deep

LAW, _ = compiled(TEXT)
ARABIC = "\u0661\u0662\u0663"
FULLWIDTH = "\uff11\uff12\uff13"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all, for none of this leaves a trace."""
    with site(tmp_path_factory.mktemp("site")) as web:
        yield web


# ------------------------------------------------------------------------ JSON


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "{", "}", "[1,]", "{'a': 1}", "nul", "NaN", "[Infinity]", '{"a": -Infinity}', "01", "+1", "1.", ".5",
        "1e", "0x10", "1_000", ARABIC, '"\\ud8"', '"\\ud800"', '"\\uDC00\\uD800"', '{"\\ud83d": 1}', '"a\nb"',
        "1 2", "[1] []", "\ufeff{}", '{"a": 1, "a": 1}',
        '{"a": {"b": 1, "b": 2}}', "1" * 19, f"-{'1' * 19}", "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        '{"a":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1), "[" * 100_000, "]" * 100_000, '{"a":[' * 50_000,
    ],
)  # fmt: skip
def test_what_json_leaves_open_is_not_read(written: str) -> None:
    for each in (written, written.encode()):
        with pytest.raises(NotRead):
            read_json(each)


def test_what_json_says_is_read() -> None:
    deepest = "[" * DEEPEST + "]" * DEEPEST
    assert read_json(deepest) == json.loads(deepest)
    assert read_json('{"a": "' + '[{\\"' * 1000 + '", "b": [1, -9, 1.5, "\u0661", null]}')["b"] == [
        1,
        -9,
        1.5,
        ARABIC[0],
        None,
    ]
    assert read_json("9" * 18) == 10**18 - 1
    assert read_json('"\\ud83d\\ude00"') == "\U0001f600"
    for wrong in (b"\xff", b'"\xed\xa0\x80"', b"\x00{}", '{"a": 1}'.encode("utf-16")):
        with pytest.raises(NotRead):
            read_json(wrong)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@deep(10)
@given(JSON)
def test_any_value_that_is_written_well_is_read_as_it_is(value: Any) -> None:
    assert read_json(json.dumps(value)) == value
    assert read_json(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")) == value


BODIES = (
    b'{"query": "{me{id}}", "query": "{deals{edges{cursor}}}"}',
    b'{"query": "{me{id}}", "variables": {"a": NaN}}',
    b'{"query": "{me{id}}", "variables": {"a": ' + b"1" * 5000 + b"}}",
    b'{"query": "{me{id}}", "variables": {"a": ' + b"[" * 1000 + b"]" * 1000 + b"}}",
    b'{"query": "{me{id}}", "variables": {"a": ' + b'{"a":' * 50_000,
    b'\xef\xbb\xbf{"query": "{me{id}}"}',
    '{"query": "{me{id}}"}'.encode("utf-16"),
)


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_can_be_read_in_two_ways_is_refused(web: Site, body: bytes) -> None:
    headers = {**web.token("erin"), "Content-Type": "application/json"}
    answer = web.client.post("/graphql", content=body, headers=headers)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "query",
    [
        "{" * 5000, "{me" + "{id" * 5000, "query($a:" + "[" * 5000 + "Int" + "]" * 5000 + "){me{id}}",
        "{me{id(a:" + "[" * 3000 + ")}}", "{me{id(a:" + "{a:" * 3000 + ")}}", '{me{id(a:"' + "x" * 200_000 + '")}}',
        "{me{id @a" * 2000, "#" * 200_000, "\u202e{me{id}}", "\x00", "{me{id}}" + " " * 200_000 + "{", '"""' * 3000,
    ],
)  # fmt: skip
def test_a_query_of_any_shape_is_answered_with_a_code(web: Site, query: str) -> None:
    errors = web.post(query)["errors"]

    assert {each["extensions"]["code"] for each in errors} <= {"BAD_OPERATION", "TOO_MUCH"}


# ------------------------------------------------------------------- WebSockets

MESSAGES = (
    "5", "null", "[]", "{", '"x"', "NaN", "{}", '{"type": 5}', '{"type": ["subscribe"]}', '{"type": "subscribe"}',
    '{"type": "subscribe", "id": 1, "payload": {"query": "{me{id}}"}}',
    '{"type": "subscribe", "id": "1", "payload": 5}', '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{me{id}}", "variables": 5}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{me{id}}", "operationName": 5}}',
    '{"type": "complete", "id": ["1"]}', '{"type": "complete"}', '{"type": "nothing"}',
    '{"type": "ping", "payload": 5}', '{"type": "ping", "type": "pong"}', "[" * 10_000, "1" * 5000,
    '{"type": "ping", "payload": {"a": ' + "[" * 999,
)  # fmt: skip


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_a_wrong_shape_ends_the_connection(web: Site, message: str) -> None:
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("erin"))
        socket.send_text(message)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()

    assert closed.value.code == 4400


@pytest.mark.parametrize("first", ["5", "{", '{"type": "connection_init", "payload": 5}'])
def test_so_does_a_first_message_of_a_wrong_shape(web: Site, first: str) -> None:
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        socket.send_text(first)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()

    assert closed.value.code == 4400


@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_message_may_only_be_so_large(web: Site, as_bytes: bool) -> None:
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("erin"))
        large = " " * (web.settings.largest_body + 1)
        socket.send_bytes(large.encode()) if as_bytes else socket.send_text(large)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()

    assert closed.value.code == 1009


# ------------------------------------------------------------- instants and days


@pytest.mark.parametrize(
    "written",
    [
        "", "T", "2005-09-06", "2005-09-06T11:20:00", "2005-09-06 11:20:00Z", "20050906T112000Z",
        "2005-09-06T11:20:00z", "2005-W36-2T11:20:00Z", "2005-249T11:20:00Z", "2005-09-06T11:20:00+0400",
        "2005-09-06T11:20:00+04",
        "2005-09-06T11:20:00+04:00:01", "2005-09-06T11:20:00,5Z", "2005-09-06T11:20:00.1234567Z",
        "2005-09-06T24:00:00Z", "2005-09-06T11:60:00Z", "2005-09-06T11:20:60Z", "2005-02-29T00:00:00Z",
        "2005-13-01T00:00:00Z",
        "2005-09-06T11:20:00+24:00", "2005-09-06T11:20:00\u221204:00", "\u0662005-09-06T11:20:00Z",
        "2005-09-06T11:20:00Z ", "2005-09-06T11:20:00Z\n", "+2005-09-06T11:20:00Z", "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "12005-09-06T11:20:00Z", "1e9", "now", "\x00",
    ],
)  # fmt: skip
def test_an_instant_is_written_in_one_way(written: str) -> None:
    assert read_instant(written) is None
    with pytest.raises(GraphQLError, match="An Instant is a text with its offset"):
        scalar(Instant)(written)


def scalar(of: object) -> Callable[[object], object]:
    """How the schema reads a scalar."""
    read = CONFIG.scalar_map[of].parse_value
    assert read is not None
    return read


@pytest.mark.parametrize(
    "written",
    [
        7, 7.0, True, None, "", "01", "-1", "+1", "1.0", "1e3", " 7", "7\n", "0x7", "7n", "\u0667", "\uff17",
        str(2**63), "9" * 5000, ["7"],
    ],
)  # fmt: skip
def test_a_sequence_is_written_in_one_way(written: object) -> None:
    with pytest.raises(GraphQLError, match='A Sequence is a text of figures, like "7"'):
        scalar(Sequence)(written)


def test_a_sequence_may_be_larger_than_a_number_of_javascript_holds() -> None:
    assert [scalar(Sequence)(each) for each in ("0", "7", str(2**63 - 1))] == [0, 7, 2**63 - 1]


@pytest.mark.parametrize("value", [5, 1.5, None, True, ["2005-09-06T11:20:00Z"], {}])
def test_an_instant_is_a_text(value: object) -> None:
    for each in (Instant, LocalDate):
        with pytest.raises(GraphQLError):
            scalar(each)(value)


def test_an_hour_that_comes_twice_is_told_apart_by_its_offset() -> None:
    summer, winter = (read_instant(f"2026-11-01T01:30:00{offset}") for offset in ("-04:00", "-05:00"))

    assert summer is not None
    assert winter is not None
    assert (winter - summer).total_seconds() == 3600
    assert read_instant("2026-03-08T02:30:00-05:00") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["20050906", "2005-9-6", "2005-W36-2", "2005-249", "2005-02-29", "2100-02-29", "0000-01-01",
     f"2005-09-0{ARABIC[0]}", "2005-09-06T00:00", " 2005-09-06", "2005-09-06\n", "2005/09/06", "06-09-2005",
     "-2005-09-06"],
)  # fmt: skip
def test_a_day_is_written_in_one_way(written: str) -> None:
    assert read_day(written) is None


def test_a_day_of_a_leap_year_is_a_day() -> None:
    assert (read_day("2024-02-29"), read_day("2000-02-29")) == (date(2024, 2, 29), date(2000, 2, 29))


# ---------------------------------------------------------------------- values

AMOUNTS = (
    "NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf", "-0", "-0.00", "+5.00", "-5.00", "1e5", "1E5", "1e2000000",
    "1_000.00", "1 000.00", "1,00.00", "1.000,00", "1.000", "1.0", "1.", ".50", "00.50", "01.00", "", " ", "USD",
    "EUR 5.00", "USD USD 5.00", "5.00 USD", "$5.00", ARABIC, f"{ARABIC}.00", FULLWIDTH, "\u00b2",
    "\u2167", "9" * 17 + ".00", "9" * 100_000, "5.00\x00", "5.00\u200b", "5\u066b00", "0x10", "0b1", "5.00e0",
    "--5.00", "5.00-",
    "(5.00)",
)  # fmt: skip
WRONG = {
    "amount": AMOUNTS,
    "number": (
        "NaN", "Infinity", "-0", "+5", "1e5", "1_000", "1.5", "1.0", ARABIC, FULLWIDTH, "\u00b2", "9" * 19,
        "-" + "9" * 19, "9" * 100_000, "0x10", "5\u200b", "--5", "5-",
    ),
    "date": (
        "20050906", "2005-W36-2", "30 February 2005", "29 February 2005", "31 April 2005", "0 May 2005", "32 May 2005",
        "1 Smarch 2005", "1 May 0000", "1 May 10000", f"1 May {ARABIC}", "1 May -2005", "today", "1/5/2005",
    ),
    "instant": (
        "2005-09-06", "2005-09-06T11:20:00", "25:00 on 1 May 2005", "10:60 on 1 May 2005", "10:00 on 30 February 2005",
        "24:01 on 1 May 2005", "now", f"{ARABIC[:2]}:00 on 1 May 2005",
    ),
    "yes-or-no": ("", "maybe", "1", "0", "on", "null", "y\u0435s", "yes\u200b"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "written"), [(kind, each) for kind, some in WRONG.items() for each in some])
def test_a_value_that_is_none_of_its_kind_is_refused(kind: str, written: str) -> None:
    type_ = t.Type(kind, ("USD",)) if kind == "amount" else t.Type(kind)
    with pytest.raises(Unreadable) as refused:
        read_value(LAW, None, type_, written, "The blank X")

    assert refused.value.problems[0].startswith("The blank X must be ")
    assert len(refused.value.problems[0]) < 400


def test_the_largest_amount_is_exact() -> None:
    type_ = t.Type("amount", ("USD",))

    assert read_value(LAW, None, type_, "9" * 16 + ".99", "X") == Quantity(10**18 - 1, "USD")
    assert read_value(LAW, None, type_, "USD\u00a05.00", "X") == Quantity(500, "USD")  # as word processors write it
    assert read_value(LAW, None, type_, "USD 1,234,567,890,123,456.78", "X") == Quantity(123456789012345678, "USD")
    assert read_value(LAW, None, t.Type("number"), "-" + "9" * 18, "X") == -(10**18) + 1


# ----------------------------------------------------------------------- files


def test_a_file_is_read_up_to_its_largest_size_whatever_it_says_of_itself() -> None:
    with pytest.raises(Unusable, match="larger than any agreement"):
        read_text(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("name", "command"),
    [("agreement.clause", "check"), ("scenarios/long.scenario", "test"), ("sections.txt", "coverage")],
)
def test_a_file_that_is_too_large_is_told(tmp_path: Path, name: str, command: str) -> None:
    (tmp_path / "deal" / "scenarios").mkdir(parents=True)
    (tmp_path / "deal" / "agreement.clause").write_text('Agreement "A".\n', encoding="utf-8")
    with (tmp_path / "deal" / name).open("ab") as file:
        file.truncate(1 << 30)  # a hole, which takes no room on the disk

    found = clausula(command, str(tmp_path / "deal"))

    assert "is larger than any agreement" in " ".join((found.stdout + found.stderr).split())
    assert found.exit_code == 2
