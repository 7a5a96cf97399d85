"""What a value can hold once it is known, its type, and the base of every term.

Each term keeps the words it was written in (`text`), so that a reason can be printed as the sentence of the contract
itself, and the place it stands at.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from dsl.calendars import Period
from dsl.money import Quantity, Rate
from dsl.source import Span


@dataclass(frozen=True, slots=True)
class NameValue:
    """A party, a payee, a reading or another noun, as the content of a value."""

    name: str


@dataclass(frozen=True, slots=True)
class SectionValue:
    """A section or an item of it, as the content of a value: `3.1(a)(iv)`."""

    number: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An amount to a payee: somebody the agreement names, or anybody, whose name then keeps its quotation marks."""

    payee: str
    amount: Quantity


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of payments, in order; `rest_to` gets what the lines leave of the amount allotted."""

    lines: tuple[PlanLine, ...]
    rest_to: str | None = None


@dataclass(frozen=True, slots=True)
class EntryName:
    """An entry of the log by its name, which stays what it is, as the content of a value."""

    name: str


Content = bool | int | str | Quantity | Rate | date | datetime | Period | NameValue | SectionValue | Plan | EntryName
"""What a value can be once it is known. A `datetime` is aware and in UTC; a `date` is in the agreement's zone."""


def somebody(name: str) -> Content:
    """A name as a content: that of one whom the agreement does not name has quotation marks, and is text."""
    return name[1:-1] if name.startswith('"') else NameValue(name)


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value.

    `name` is one of `text`, `yes-or-no`, `date`, `instant`, `number`, `rate`, `payments`, `name`, `section`, `clauses`,
    `period`, `amount`, `choice` or `entry`; `of` holds the unit of an amount, the choices, or the kind of entry.
    """

    name: str
    of: tuple[str, ...] = ()

    def __str__(self) -> str:
        match self.name:
            case "amount":
                return f"amount of {self.of[0]}"
            case "choice":
                return "one of " + ", ".join(self.of)
            case "entry":
                return self.of[0]
            case _:
                return self.name


@dataclass(frozen=True, slots=True)
class Term:
    """Anything resolved, with the words and the place it was written at."""

    text: str = field(compare=False)
    span: Span = field(compare=False, repr=False)
