"""Instants, days, periods and amounts as the API writes them: one strict form each, so that no client has to guess."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from api.schema.described import field
from api.stating import DURATION, WHOLE, amount_from, written_amount
from api.store import canonical
from api.strict import read_day, read_instant
from dsl.money import EXPONENTS, Quantity

Instant = NewType("Instant", datetime)
LocalDate = NewType("LocalDate", date)
Amount = NewType("Amount", Quantity)
Duration = NewType("Duration", str)
WholeNumber = NewType("WholeNumber", str)
Sequence = NewType("Sequence", int)
Json = NewType("Json", object)
HERE: Final = "/scalars"
"""Where a service says how a scalar is written that no standard knows; from the root of the service."""
RFC_3339 = "https://www.rfc-editor.org/rfc/rfc3339"
ISO_4217 = "https://www.iso.org/iso-4217-currency-codes.html"
RFC_8259 = "https://www.rfc-editor.org/rfc/rfc8259"
XML_SCHEMA_INTEGER = "https://www.w3.org/TR/xmlschema11-2/#integer"
XML_SCHEMA_COUNT = "https://www.w3.org/TR/xmlschema11-2/#nonNegativeInteger"
_SEQUENCE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def _write_instant(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


def _read_instant(value: object) -> datetime:
    instant = read_instant(value) if isinstance(value, str) else None
    if instant is not None:
        return instant.astimezone(UTC)
    raise GraphQLError("An Instant is a text with its offset from UTC, like 2005-09-06T11:20:00-04:00.")


def _read_day(value: object) -> date:
    day = read_day(value) if isinstance(value, str) else None
    if day is not None:
        return day
    raise GraphQLError("A LocalDate is a text like 2005-09-06.")


def _read_amount(value: object) -> Quantity:
    try:
        return amount_from(value if isinstance(value, str) else "")
    except ValueError as error:
        raise GraphQLError(f"An Amount {error}.") from error


def _read_json(value: object) -> object:
    try:
        canonical(value)  # type: ignore[arg-type]
    except (ValueError, TypeError, RecursionError) as error:
        raise GraphQLError("A JSON has texts, whole numbers, true, false, null, lists and objects.") from error
    return value


def _read_sequence(value: object) -> int:
    if isinstance(value, str) and _SEQUENCE.fullmatch(value) and int(value) < 2**63:
        return int(value)
    raise GraphQLError('A Sequence is a text of figures, like "7", without a sign, and below 2 to the power of 63.')


def _matching(name: str, pattern: str, like: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise GraphQLError(f"A {name} is a text like {like}.")

    return read


def _scalar(
    name: str, told: str, write: Callable[[Any], Any], read: Callable[[Any], Any], url: str | None = None
) -> Any:
    return strawberry.scalar(name=name, description=told, serialize=write, parse_value=read, specified_by_url=url)


CONFIG = StrawberryConfig(
    scalar_map={
        Instant: _scalar(
            "Instant",
            "A moment, with its offset from UTC: `2005-09-06T15:20:00Z`.",
            _write_instant,
            _read_instant,
            RFC_3339,
        ),
        LocalDate: _scalar(
            "LocalDate",
            "A day in the time zone of the agreement: `2005-09-06`.",
            lambda value: value.isoformat(),
            _read_day,
            RFC_3339,
        ),
        Amount: _scalar(
            "Amount",
            "An exact amount: a currency of ISO 4217 with all its decimals, `USD 25000.00`; or so many of another unit "
            "that the agreement counts, `100 Shares`. No commas, no sign.",
            written_amount,
            _read_amount,
            ISO_4217,
        ),
        Duration: _scalar(
            "Duration",
            "A period with the kind of day it counts: `10 business days`, `3 calendar days`, `2 clear business days`, "
            "`1 month`, `2 years`. A day is never just a day.",
            str,
            _matching("Duration", DURATION, "10 business days"),
            HERE,
        ),
        WholeNumber: _scalar(
            "WholeNumber",
            "A whole number of any size, as text: `7`.",
            str,
            _matching("WholeNumber", WHOLE, "7"),
            XML_SCHEMA_INTEGER,
        ),
        Sequence: _scalar(
            "Sequence",
            "A place in an order that only grows, such as the version of a deal, as text: `7`. Compare two as numbers: "
            "they may be larger than a Float holds exactly.",
            str,
            _read_sequence,
            XML_SCHEMA_COUNT,
        ),
        Json: _scalar("JSON", "Any JSON without fractions.", lambda value: value, _read_json, RFC_8259),
    }
)
"""How the schema writes and reads what GraphQL has no type for."""


@strawberry.type(description="An amount of a currency, or of another unit the agreement counts; always exact.")
class Money:
    """Made from a `Quantity`."""

    @field("With all the decimals of the currency: `12000000.00`.")
    def amount(parent: strawberry.Parent[Quantity]) -> str:  # noqa: N805
        exponent = EXPONENTS.get(parent.unit, 0)
        sign = "-" if parent.amount < 0 else ""
        whole, minor = divmod(abs(parent.amount), 10**exponent)
        return f"{sign}{whole}.{minor:0{exponent}d}" if exponent else f"{sign}{whole}"

    @field("In the smallest unit of the currency, as text: `1200000000`.")
    def minor_units(parent: strawberry.Parent[Quantity]) -> str:  # noqa: N805
        return str(parent.amount)

    @field("ISO 4217, or the unit as the agreement names it.")
    def currency(parent: strawberry.Parent[Quantity]) -> str:  # noqa: N805
        return parent.unit

    @field("As it can be handed back: `USD 12000000.00`.")
    def exact(parent: strawberry.Parent[Quantity]) -> Amount:  # noqa: N805
        return Amount(parent)

    @field("As the agreement writes it: `USD 12,000,000.00`.")
    def text(parent: strawberry.Parent[Quantity]) -> str:  # noqa: N805
        return str(parent)


def told() -> str:
    """How each scalar is written, as a page of plain text."""
    lines = [
        f"{each.name}\n  {each.description}\n  Specified by {each.specified_by_url}."
        for each in CONFIG.scalar_map.values()
        if each.specified_by_url != HERE
    ]
    own = f"Duration\n  {CONFIG.scalar_map[Duration].description}\n  It matches {DURATION}"
    return "\n\n".join(["How the scalars of this API are written, one form each.", own, *lines]) + "\n"
