"""An agreement with every name resolved: the guards over its provisions, its remarks, its clauses and the whole.

Every section is kept under its own number; a sentence of a clause is one or more provisions (one per statement), so
that each outcome can cite exactly what produced it.
"""

from dataclasses import dataclass, field

from dsl.calendars import Calendar, Period
from dsl.source import Span
from dsl.terms.conditions import Condition
from dsl.terms.contents import Content, Term
from dsl.terms.definitions import Ambiguity, Blank, Fund, Kind, NamedCondition, NamedValue, Party
from dsl.terms.hours import Hours
from dsl.terms.provisions import Provision
from dsl.terms.values import Value

# -------------------------------------------------------------------- guards


@dataclass(frozen=True, slots=True)
class Validity(Term):
    """No entry of the kind is valid unless the condition holds of it."""

    kind: str
    condition: Condition
    section: str


@dataclass(frozen=True, slots=True)
class Outflow(Term):
    """Nothing may leave the fund except under these sections."""

    fund: str
    sections: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Cap(Term):
    """The total paid under sections is limited.

    `yearly` restarts it each calendar year of the agreement's zone; `rows` is the kind for each entry of which it is
    counted by itself.
    """

    sections: tuple[str, ...]
    limit: Value
    yearly: bool
    excluding: tuple[str, ...]
    pays_to_the_rest: bool
    section: str
    rows: str = ""


@dataclass(frozen=True, slots=True)
class NoticeWay(Term):
    """Channels by which a notice is sent, any of `copies` beside it, and when it is then deemed given: a period after
    it is sent, or (None) when it is received; outside the `hours`, at the next opening."""

    channels: tuple[str, ...]
    copies: tuple[str, ...]
    period: Period | None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class NoticeRule(Term):
    """How notices are sent, and when they are deemed given, by channel."""

    ways: tuple[NoticeWay, ...]
    section: str

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel by which a notice may be sent."""
        return tuple(channel for way in self.ways for channel in way.channels)

    def way(self, channel: str) -> NoticeWay | None:
        """What is said of a channel; None if no notice may be sent by it."""
        return next((way for way in self.ways if channel in way.channels), None)

    def said_of(self, channel: str) -> str:
        """The section, with what it says of a channel: `8.1, 3 business days after it is sent by Mail`."""
        way = self.way(channel)
        if way is None:
            return self.section
        given = f"{way.period} after it is sent" if way.period is not None else "when it is received"
        hours = f" {way.hours.text}" if way.hours is not None else ""
        return f"{self.section}, {given} by {channel}{hours}"


@dataclass(frozen=True, slots=True)
class Address(Term):
    """The address of a recipient for a channel; None is a blank of the source. `of_role` is one that whoever fills the
    role has; any other is that of the holder who gave it."""

    recipient: str
    channel: str
    address: str | None
    section: str
    of_role: bool = False

    @property
    def blank(self) -> str:
        """The name under which it is filled, if it is blank, or changed."""
        return f"{self.recipient} {self.channel}"


@dataclass(frozen=True, slots=True)
class Protection(Term):
    """Whom a section or an item protects: who may waive it."""

    sections: tuple[str, ...]
    names: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Edge(Term):
    """`lower` yields to `upper` by `suspension`, `replacement`, `condition` or `exclusion`.

    `nouns` are the rows its condition speaks of (`such Claim`): it concerns only sentences that range over them.
    """

    lower: str
    upper: str
    mode: str
    condition: Condition | None
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SigningRow(Term):
    """An entry that exists from signing."""

    kind: str
    name: str
    fields: tuple[tuple[str, Content], ...]
    section: str


# --------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True)
class Remark:
    """An open point of the source, a choice of reading the file makes, or a warning that its author accepts."""

    title: str
    text: str
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """One section: `category` is `operative`, `protective`, `interpretive`, `boilerplate` or `not encoded`."""

    section: str
    title: str
    category: str
    reason: str
    text: str
    span: Span = field(compare=False, repr=False)
    part: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A whole agreement. Dictionaries are keyed by name (clauses by section) in the order of the text.

    Terms are the same only if they are the same object, so that what is worked out from them can be remembered.
    """

    title: str
    version: str
    source: str
    governing_law: str
    zone: str
    calendar: Calendar
    currency: str
    text: str
    clauses: dict[str, Clause]
    parties: dict[str, Party]
    kinds: dict[str, Kind]
    collections: dict[str, tuple[str, ...]]
    funds: dict[str, Fund]
    blanks: dict[str, Blank]
    ambiguities: dict[str, Ambiguity]
    conditions: dict[str, NamedCondition]
    values: dict[str, NamedValue]
    provisions: tuple[Provision, ...]
    validities: tuple[Validity, ...]
    outflows: tuple[Outflow, ...]
    caps: tuple[Cap, ...]
    notice_rule: NoticeRule | None
    addresses: tuple[Address, ...]
    protections: tuple[Protection, ...]
    survivals: tuple[str, ...]
    edges: tuple[Edge, ...]
    rows: tuple[SigningRow, ...]
    open_points: tuple[Remark, ...]
    readings: tuple[Remark, ...]
    accepted: tuple[Remark, ...]
    paid: dict[str, frozenset[str]]
    """The units in which something is paid under each section, as far as the words say so."""
