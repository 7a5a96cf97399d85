"""The syntax of definitions: who and what a deal names."""

from dataclasses import dataclass

from dsl.syntax.common import Name, Names, Node, Period, Text
from dsl.syntax.conditions import Condition
from dsl.syntax.literals import Literal
from dsl.syntax.values import Content, Value


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
class Limit(Node):
    """`at least USD 1.00`, `not after 30 June 2026`: what a blank may hold."""

    word: str
    value: Literal | Period


@dataclass(frozen=True, slots=True)
class Blank(Node):
    """`a required blank date`: a hole in the source, filled by an entry; `default` is what it holds until then."""

    need: str
    type: FieldType
    limits: tuple[Limit, ...]
    default: Content | None
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
class Cases(Node):
    """`USD 5.00 where Late applies, otherwise USD 0.00`."""

    value: Value
    condition: Condition
    otherwise: "Value | Cases"


@dataclass(frozen=True, slots=True)
class NamedValue(Node):
    """`"Escrowed Payment" means USD 12,000,000.00`; of a kind, it is worked out for each entry."""

    value: Value | Cases


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
class Keyed(Node):
    """`each with a registered key`: whoever signs, makes or withdraws it signs that act with a key of their own."""


@dataclass(frozen=True, slots=True)
class MadeBy(Node):
    """Who may make it, any one of them."""

    names: Names


@dataclass(frozen=True, slots=True)
class DeliveredBy(Node):
    """Who may deliver it; without this, whoever signs or makes it."""

    names: Names


@dataclass(frozen=True, slots=True)
class Others(Node):
    """`every other party`: all parties but the one whose act it is."""


@dataclass(frozen=True, slots=True)
class AddressedTo(Node):
    """Who must receive it."""

    names: Names | Others


@dataclass(frozen=True, slots=True)
class About(Node):
    """The kind of entry it concerns."""

    kind: Name


@dataclass(frozen=True, slots=True)
class OnlyOne(Node):
    """`only one`, `only one for each Claim`: a second one is refused while the first stands."""

    kind: Name | None


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


@dataclass(frozen=True, slots=True)
class Recurring(Node):
    """`every 1 month from X to Y`: the agreement itself makes an entry on each of these days."""

    period: Period
    word: str
    start: Value
    end: Value | None


Attribute = (
    SignedBy
    | Keyed
    | MadeBy
    | DeliveredBy
    | AddressedTo
    | About
    | LatestCounts
    | OnlyOne
    | MovementOf
    | Stating
    | Recurring
)


@dataclass(frozen=True, slots=True)
class Kind(Node):
    """A kind of entry: a preset word and its attributes."""

    preset: str
    attributes: tuple[Attribute, ...]


Meaning = Party | Person | Outsider | Group | Fund | Kind | Collection | Blank | Ambiguity | NamedCondition | NamedValue


@dataclass(frozen=True, slots=True)
class Definition(Node):
    """`"X" means ...`, `"X" of a Claim means that ...`."""

    name: Text
    subject: Name | None
    meaning: Meaning
