"""The leaves of the syntax: names, texts, section numbers and the base of every node.

A node keeps the place it was read from, but two nodes are equal when they say the same thing: places do not
take part in comparison, so `parse(format(x)) == parse(x)` can be stated as a law.
"""

from dataclasses import dataclass, field

from dsl.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Anything read from a text, with its place."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A noun of the deal: `Escrow Agent`."""

    text: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Words between quotation marks, without the marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Label(Node):
    """The label of a list item, `(i)`, and the word that joined it to the item before: `and`, `or` or nothing."""

    text: str
    joined_by: str


@dataclass(frozen=True, slots=True)
class Section(Node):
    """A section as the source numbers it, `3.1(a)(iv)`, or by name, `Schedule A`; or one sentence of it that binds,
    `4.1(b), second sentence`."""

    number: str


@dataclass(frozen=True, slots=True)
class Sections(Node):
    """One or more sections: `section 3.1(a)`, `sections 3.1(a) and 3.1(b)`."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Names(Node):
    """One or more names, with the word that joins the last two: `and`, `or`, or nothing for a single name."""

    names: tuple[Name, ...]
    joined_by: str


@dataclass(frozen=True, slots=True)
class Calendars(Node):
    """One or more calendars: `"US" and "DE-HE"` (open in all of them), `"US" or "DE-HE"` (open in any)."""

    names: tuple[Text, ...]
    joined_by: str


@dataclass(frozen=True, slots=True)
class Period(Node):
    """A length of time: `5 business days`, `5 business days of "DE-HE"`."""

    number: str
    unit: str
    calendars: Calendars | None = None
