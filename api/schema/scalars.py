"""Instants, days and money as the API writes them: one strict form each, so that no client has to guess."""

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from api.schema.described import field
from api.strict import read_day, read_instant
from dsl.money import EXPONENTS, Quantity

Instant = NewType("Instant", datetime)
Day = NewType("Day", date)


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
    raise GraphQLError("A Day is a text like 2005-09-06.")


CONFIG = StrawberryConfig(
    scalar_map={
        Instant: strawberry.scalar(
            name="Instant",
            description="A moment, with its offset from UTC: `2005-09-06T15:20:00Z`.",
            serialize=_write_instant,
            parse_value=_read_instant,
            specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        ),
        Day: strawberry.scalar(
            name="Day",
            description="A day in the time zone of the agreement: `2005-09-06`.",
            serialize=lambda value: value.isoformat(),
            parse_value=_read_day,
            specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        ),
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

    @field("As the agreement writes it: `USD 12,000,000.00`.")
    def text(parent: strawberry.Parent[Quantity]) -> str:  # noqa: N805
        return str(parent)
