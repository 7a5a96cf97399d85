"""The syntax of an agreement: header, clauses, definitions and the sentences that bind.

One class per grammar rule, in the order of `grammar/agreement.lark`.
"""

from dataclasses import dataclass

from dsl.syntax.common import Name, Names, Node, Period, Section, Sections, Text
from dsl.syntax.conditions import Condition
from dsl.syntax.provisions import Provision
from dsl.syntax.values import DateLiteral, FieldValue, Value

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
    """`The business days are those of "US", closed on ..., open on ...`."""

    calendar: Text
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

# ------------------------------------------------------------- definitions


@dataclass(frozen=True, slots=True)
class Party(Node):
    """A legal person bound by the agreement, with the name it signs under."""

    described: Text | None


@dataclass(frozen=True, slots=True)
class Person(Node):
    """A natural person who acts for a party."""

    party: Name
    described: Text | None


@dataclass(frozen=True, slots=True)
class Outsider(Node):
    """Somebody or something named but not bound: a payee, a court, counsel, a channel."""

    role: str
    described: Text | None


@dataclass(frozen=True, slots=True)
class Group(Node):
    """Several parties that act together by a stated rule."""

    members: Names
    rule: str


@dataclass(frozen=True, slots=True)
class Fund(Node):
    """Money held by a party, for an amount beyond which a deposit is kept apart."""

    currency: Name
    holder: Name
    purpose: Value | None


@dataclass(frozen=True, slots=True)
class Collection(Node):
    """`the list of A, B and C`."""

    members: Names


@dataclass(frozen=True, slots=True)
class PlainType(Node):
    """`text`, `yes-or-no`, `date`, `instant`, `number`, `payments`, `name`, `section`, `clauses`, `period`."""

    word: str


@dataclass(frozen=True, slots=True)
class ChoiceOf(Node):
    """`one of (General, Tax)`."""

    choices: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class QuantityOf(Node):
    """`amount` of the agreement's currency, or `amount of Shares`."""

    unit: Name | None


@dataclass(frozen=True, slots=True)
class ReferenceType(Node):
    """An entry of a kind."""

    kind: Name


FieldType = PlainType | ChoiceOf | QuantityOf | ReferenceType


@dataclass(frozen=True, slots=True)
class Blank(Node):
    """`a required blank date`: a hole in the source, filled by an entry."""

    need: str
    type: FieldType
    filled_by: Names | None


@dataclass(frozen=True, slots=True)
class Ambiguity(Node):
    """A question the source leaves open, its readings, and who may settle it."""

    question: Text
    readings: Names
    settled_by: Names | None


@dataclass(frozen=True, slots=True)
class NamedCondition(Node):
    """`"Settled" of a Claim means that ...`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class NamedValue(Node):
    """`"Escrowed Payment" means USD 12,000,000.00`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Field(Node):
    """`Amount as amount`, `Comment as optional text`."""

    name: Name
    optional: bool
    type: FieldType


@dataclass(frozen=True, slots=True)
class SignedBy(Node):
    """Who must sign."""

    names: Names


@dataclass(frozen=True, slots=True)
class MadeBy(Node):
    """Who may make it, any one of them."""

    names: Names


@dataclass(frozen=True, slots=True)
class DeliveredBy(Node):
    """Who may deliver it; without this, whoever signs or makes it."""

    names: Names


@dataclass(frozen=True, slots=True)
class AddressedTo(Node):
    """Who must receive it."""

    names: Names


@dataclass(frozen=True, slots=True)
class About(Node):
    """The kind of entry it concerns."""

    kind: Name


@dataclass(frozen=True, slots=True)
class LatestCounts(Node):
    """`the latest of which counts`: a later one supersedes the earlier."""


@dataclass(frozen=True, slots=True)
class MovementOf(Node):
    """Money that goes `into` or `out of` a fund, as rows to range over."""

    way: str
    fund: Name


@dataclass(frozen=True, slots=True)
class Stating(Node):
    """The fields of a kind."""

    fields: tuple[Field, ...]


Attribute = SignedBy | MadeBy | DeliveredBy | AddressedTo | About | LatestCounts | MovementOf | Stating


@dataclass(frozen=True, slots=True)
class Kind(Node):
    """A kind of entry: a preset word and its attributes."""

    preset: str
    attributes: tuple[Attribute, ...]


Meaning = (
    Party
    | Person
    | Outsider
    | Group
    | Fund
    | Kind
    | Collection
    | Blank
    | Ambiguity
    | NamedCondition
    | NamedValue
)


@dataclass(frozen=True, slots=True)
class Definition(Node):
    """`"X" means ...`, `"X" of a Claim means that ...`."""

    name: Text
    subject: Name | None
    meaning: Meaning


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
    limit: Value
    period: str
    excluding: Sections | None
    pays_to_the_rest: bool


@dataclass(frozen=True, slots=True)
class NoticeRule(Node):
    """How every notice is sent, and when it is deemed given."""

    channels: Names
    copies: Names | None
    period: Period


@dataclass(frozen=True, slots=True)
class Address(Node):
    """The address on file of a recipient for a channel, or a blank (None)."""

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
class Agreement(Node):
    """A whole clause file."""

    title: Text
    headers: tuple[Header, ...]
    headings: tuple[Part | Clause, ...]
