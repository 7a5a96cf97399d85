"""The syntax of conditions: what a sentence asks of the log, the ledger, the norms and the clock."""

from dataclasses import dataclass

from dsl.syntax.common import Label, Name, Node, Section, Text
from dsl.syntax.days import Hours, Length
from dsl.syntax.values import Anchor, Entry, Value


@dataclass(frozen=True, slots=True)
class StageBound(Node):
    """`before X`, `after X` or `within 10 business days after X`, said of the instant a stage was reached."""

    word: str
    instant: Value


@dataclass(frozen=True, slots=True)
class Staged(Node):
    """`a Joint Instruction has been received by the Escrow Agent`."""

    subject: Value
    stage: str
    actor: Name | None
    bound: StageBound | None


@dataclass(frozen=True, slots=True)
class Silence(Node):
    """`for 90 calendar days`, `for 12 months after X`: how long there has been none, since the last one."""

    period: Length
    origin: Value | None


@dataclass(frozen=True, slots=True)
class Absent(Node):
    """`no Objection has been given`."""

    entries: Entry
    stage: str
    actor: Name | None
    bound: StageBound | Silence | None


@dataclass(frozen=True, slots=True)
class UniversalStage(Node):
    """`every Claim has been made`, or in the plural, `all Documents have been completed`."""

    entries: Entry
    stage: str
    actor: Name | None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class UniversalNamed(Node):
    """`every Claim is Settled`."""

    entries: Entry
    condition: Name


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`the balance of the Escrow Fund is at least the Escrowed Payment`."""

    left: Value
    comparator: str
    right: Value


@dataclass(frozen=True, slots=True)
class InHours(Node):
    """`the making of such Claim is between 09:00 and 17:00 on a business day`."""

    moment: Value
    hours: Hours


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`such Claim is Settled`, `the Class of such Claim is not Tax`."""

    left: Value
    word: str
    right: Value


@dataclass(frozen=True, slots=True)
class States(Node):
    """`such Court Order states Final`."""

    subject: Value
    field: Name


@dataclass(frozen=True, slots=True)
class Applies(Node):
    """A named condition without a subject: `the Hold applies`."""

    condition: Name


@dataclass(frozen=True, slots=True)
class Arrived(Node):
    """`X has come` (from X on), `X has passed` (after X; a day has passed when it is over)."""

    instant: Value
    word: str


@dataclass(frozen=True, slots=True)
class ReadAs(Node):
    """`Interest is read as No Interest`: rests on an ambiguity."""

    ambiguity: Value
    reading: Name


@dataclass(frozen=True, slots=True)
class Filled(Node):
    """`the Agent's Fee is blank`, `... is filled`; `the Escrow Agent is vacant`."""

    blank: Value
    word: str


@dataclass(frozen=True, slots=True)
class FilledBy(Node):
    """`the Escrow Agent is filled by "Second Escrow LLP"`: who fills a role now."""

    role: Value
    filler: Text


@dataclass(frozen=True, slots=True)
class Terminated(Node):
    """`this agreement has terminated`."""


@dataclass(frozen=True, slots=True)
class Performed(Node):
    """`section 13 has been performed for such Claim`."""

    section: Section
    word: str
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class Standing(Node):
    """`section 3.1(a) is suspended`, or `is not`."""

    section: Section
    negated: bool
    status: str
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class Allots(Node):
    """`such Joint Instruction allots exactly the Escrowed Payment`."""

    plan: Value
    amount: Value


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """`A and B`."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """`A or B`."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Stood(Node):
    """`as of 31 December 2026, such Claim is Settled`."""

    moment: Value
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Item(Node):
    """One labelled item of a list."""

    label: Label
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class ItemList(Node):
    """`all of`, `any of`, `none of` or `at least N of` labelled items."""

    quantifier: str
    items: tuple[Item, ...]


Atom = (
    Staged
    | Absent
    | UniversalStage
    | UniversalNamed
    | Comparison
    | InHours
    | Membership
    | States
    | Applies
    | Arrived
    | ReadAs
    | Filled
    | FilledBy
    | Terminated
    | Performed
    | Standing
    | Allots
)
Condition = Atom | Conjunction | Disjunction | Stood | ItemList
