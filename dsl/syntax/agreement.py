"""The syntax of an agreement: header, clauses, and the sentences that guard and remark.

One class per grammar rule, in the order of `grammar/agreement.lark`.
"""

from dataclasses import dataclass

from dsl.syntax.common import Calendars, Name, Names, Node, Period, Section, Sections, Text
from dsl.syntax.conditions import Condition
from dsl.syntax.days import Hours
from dsl.syntax.definitions import Definition
from dsl.syntax.literals import DateLiteral
from dsl.syntax.provisions import Provision
from dsl.syntax.values import FieldValue, Value

# ------------------------------------------------------------------ header


@dataclass(frozen=True, slots=True)
class Version(Node):
    """`The version is "1".`"""

    text: Text


@dataclass(frozen=True, slots=True)
class Source(Node):
    """`The source is "Exhibit 4.12".`"""

    text: Text


@dataclass(frozen=True, slots=True)
class GoverningLaw(Node):
    """`The governing law is "New York".`"""

    text: Text


@dataclass(frozen=True, slots=True)
class TimeZone(Node):
    """`The time zone is "America/New_York".`"""

    text: Text


@dataclass(frozen=True, slots=True)
class BusinessDays(Node):
    """`The business days are those of "US" and "DE-HE", closed on ..., open on ...`."""

    calendars: Calendars
    closed: tuple[DateLiteral, ...]
    open: tuple[DateLiteral, ...]


@dataclass(frozen=True, slots=True)
class Currency(Node):
    """`The currency is USD.`"""

    unit: Name


@dataclass(frozen=True, slots=True)
class Note(Node):
    """`Note "...".` A drafting note without effect."""

    text: Text


Header = Version | Source | GoverningLaw | TimeZone | BusinessDays | Currency | Note

# ------------------------------------------------------- sentences of a clause


@dataclass(frozen=True, slots=True)
class Category(Node):
    """`This section is boilerplate: "..."`."""

    name: str
    reason: Text | None


@dataclass(frozen=True, slots=True)
class OpenPoint(Node):
    """Something wrong or undecided in the source."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Reading(Node):
    """A choice of reading that the file makes."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Accepted(Node):
    """`Accepted "TITLE": "REASON".` A warning of this clause that the author has weighed and lets stand."""

    title: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class Row(Node):
    """An entry that exists from signing: `At signing, the Milestone "Design" occurs stating ...`."""

    kind: Name
    name: Text
    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class Validity(Node):
    """`No Joint Instruction is valid unless ...`."""

    kind: Name
    condition: Condition


@dataclass(frozen=True, slots=True)
class Outflow(Node):
    """`Nothing may leave the Escrow Fund except under ...`."""

    fund: Name
    sections: Sections


@dataclass(frozen=True, slots=True)
class Cap(Node):
    """`The total paid under ... must not exceed ...`."""

    sections: Sections
    each: Name | None
    limit: Value
    period: str
    excluding: Sections | None
    pays_to_the_rest: bool


@dataclass(frozen=True, slots=True)
class NoticeWay(Node):
    """Channels by which a notice is sent, and when it is then given: so long after, or (None) when it is received."""

    channels: Names
    copies: Names | None
    period: Period | None
    hours: Hours | None


@dataclass(frozen=True, slots=True)
class NoticeRule(Node):
    """How every notice is sent, and when it is deemed given, by channel."""

    ways: tuple[NoticeWay, ...]


@dataclass(frozen=True, slots=True)
class Address(Node):
    """The address on file of a recipient for a channel, or a blank (None); of `every` one who fills that role, or of
    its holder."""

    of_role: str | None
    recipient: Name
    channel: Name
    address: Text | None


@dataclass(frozen=True, slots=True)
class Survival(Node):
    """`Section 4.1 survives.`"""

    sections: Sections


@dataclass(frozen=True, slots=True)
class Protection(Node):
    """`Section 3.1(a)(iv) protects the Purchaser.` Who may waive it."""

    sections: Sections
    names: Names


Sentence = (
    Definition
    | Category
    | OpenPoint
    | Reading
    | Note
    | Accepted
    | Row
    | Validity
    | Outflow
    | Cap
    | NoticeRule
    | Address
    | Survival
    | Protection
    | Provision
)

# ------------------------------------------------------------------- clauses


@dataclass(frozen=True, slots=True)
class Edge(Node):
    """`subject to section 4.2 by suspension while the Hold applies`, or the reverse, `notwithstanding`."""

    direction: str
    section: Section
    mode: str
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Clause(Node):
    """One provision of the source under its own number."""

    section: Section
    title: Text | None
    edges: tuple[Edge, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Part(Node):
    """A heading without effect: `Part "Article I"`."""

    title: Text


@dataclass(frozen=True, slots=True)
class Use(Node):
    """`Use "notices.clause" with digest "sha256:...".` The parts and clauses of another file stand here."""

    path: Text
    digest: Text | None


Heading = Part | Clause | Use


@dataclass(frozen=True, slots=True)
class Agreement(Node):
    """A whole clause file."""

    title: Text
    headers: tuple[Header, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Library(Node):
    """A file of parts and clauses that agreements take in: it has no title, and only notes above its headings."""

    headers: tuple[Header, ...]
    headings: tuple[Heading, ...]
