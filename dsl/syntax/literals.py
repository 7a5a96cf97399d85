"""What stands on the page itself: words, figures, days and times."""

from dataclasses import dataclass

from dsl.syntax.common import Name, Node, Text


@dataclass(frozen=True, slots=True)
class TextLiteral(Node):
    """Quoted words, or the name of an entry: `"JI-1"`."""

    text: Text


@dataclass(frozen=True, slots=True)
class MoneyLiteral(Node):
    """An amount of a currency: `USD 2,500.00`."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberLiteral(Node):
    """A whole number: `1,000`."""

    text: str


@dataclass(frozen=True, slots=True)
class QuantityLiteral(Node):
    """A number of a declared unit: `1,000 Shares`."""

    text: str
    unit: Name


@dataclass(frozen=True, slots=True)
class DateLiteral(Node):
    """A day: `6 September 2005`."""

    text: str


@dataclass(frozen=True, slots=True)
class InstantLiteral(Node):
    """A clock time on a day, in the agreement's zone: `11:20 on 6 September 2005`."""

    time: str
    date: str


@dataclass(frozen=True, slots=True)
class TruthLiteral(Node):
    """`yes` or `no`."""

    word: str


@dataclass(frozen=True, slots=True)
class PercentLiteral(Node):
    """`5 percent`: a ratio without a unit."""

    text: str


@dataclass(frozen=True, slots=True)
class DecimalLiteral(Node):
    """`1.0856`: a ratio without a unit."""

    text: str


Literal = (
    PercentLiteral
    | DecimalLiteral
    | TextLiteral
    | MoneyLiteral
    | NumberLiteral
    | QuantityLiteral
    | DateLiteral
    | InstantLiteral
    | TruthLiteral
)
