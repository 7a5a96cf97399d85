"""Values and conditions with every name resolved and every type known.

The surface has many ways to say a thing; a term has one. Each term keeps the words it was written in (`text`),
so that a reason can be printed as the sentence of the contract itself, and the section it stands in.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from dsl.calendars import Period
from dsl.money import Quantity
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
    """An amount to a payee."""

    payee: str
    amount: Quantity


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of payments, in order; `rest_to` gets what the lines leave of the amount allotted."""

    lines: tuple[PlanLine, ...]
    rest_to: str | None = None


@dataclass(frozen=True, slots=True)
class EntryNumber:
    """An entry of the log, as the content of a value."""

    number: int


Content = (
    bool | int | str | Quantity | date | datetime | Period | NameValue | SectionValue | Plan | EntryNumber
)
"""What a value can be once it is known. A `datetime` is aware and in UTC; a `date` is in the agreement's zone."""


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value.

    `name` is one of `text`, `yes-or-no`, `date`, `instant`, `number`, `payments`, `name`, `section`, `clauses`,
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


# --------------------------------------------------------------- references


@dataclass(frozen=True, slots=True)
class Row(Term):
    """The entry a sentence ranges over: `such Claim`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Picked(Term):
    """The `latest`, `earliest`, `largest` or `smallest` entry of a kind (by its stage or its one amount)."""

    pick: str
    entries: "Selection"


@dataclass(frozen=True, slots=True)
class Named(Term):
    """An entry by the name it was given."""

    name: str


@dataclass(frozen=True, slots=True)
class Filter(Term):
    """What an entry must also be: `condition` is judged with the entry as its row."""

    condition: "Condition"
    kind: str


@dataclass(frozen=True, slots=True)
class Selection(Term):
    """Entries of one kind, or of each kind of a list; perhaps only those about one entry, or filtered.

    `noun` is the kind or list as the deal names it, which is the `kind` of a `Row` that ranges over the selection.
    """

    kinds: tuple[str, ...]
    is_list: bool
    about: "Reference | None"
    filter: Filter | None
    noun: str = ""

    @property
    def text_noun(self) -> str:
        """What `such` calls an entry of the selection."""
        return self.noun or self.kinds[0]

# ------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Literal(Term):
    """A value written out."""

    content: Content


@dataclass(frozen=True, slots=True)
class Defined(Term):
    """A value by its name: `the Escrowed Payment`."""

    name: str


@dataclass(frozen=True, slots=True)
class BlankValue(Term):
    """A blank of the source: open until it is filled."""

    name: str


@dataclass(frozen=True, slots=True)
class FieldOf(Term):
    """A field of an entry, read now. The built-in fields `Maker` and `Amount` of a movement count as fields.

    The kind that an entry is about is a field too: `the Claim of such Objection` is the entry it is about. A field that
    holds an entry is itself a reference: `the Price of the Milestone of such Rejection`.
    """

    field: str
    subject: "Reference"


Reference = Row | Picked | Named | Selection | FieldOf


@dataclass(frozen=True, slots=True)
class StageOf(Term):
    """The instant an entry reached (or will reach) a stage."""

    stage: str
    subject: Reference


@dataclass(frozen=True, slots=True)
class DeadlineOf(Term):
    """The due instant of the duty of a section."""

    section: str
    row: Reference | None


@dataclass(frozen=True, slots=True)
class Balance(Term):
    """What a fund holds: `purpose` is `balance`, `excess` or `interest`."""

    fund: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Payable(Term):
    """What a plan gives to one payee; `plan` is an entry with one field of type `payments`."""

    payee: str
    plan: Reference


@dataclass(frozen=True, slots=True)
class PaidUnder(Term):
    """All that was paid under a section so far."""

    section: str


@dataclass(frozen=True, slots=True)
class CapFigure(Term):
    """`limit`, `remainder` or `excess` of the cap on a section."""

    figure: str
    section: str


@dataclass(frozen=True, slots=True)
class Count(Term):
    """How many entries are selected."""

    entries: Selection


@dataclass(frozen=True, slots=True)
class FieldSum(Term):
    """A field added up over the entries selected; `unit` is empty for plain numbers."""

    field: str
    entries: Selection
    unit: str


@dataclass(frozen=True, slots=True)
class Extreme(Term):
    """`later`, `earlier`, `larger` or `smaller` of two values."""

    word: str
    left: "Value"
    right: "Value"


@dataclass(frozen=True, slots=True)
class Shift(Term):
    """A date or instant moved by a period; `forward` is False for `before`."""

    period: Period
    forward: bool
    origin: "Value"


@dataclass(frozen=True, slots=True)
class Share(Term):
    """`numerator / denominator` of an amount, rounded half up to the minor unit."""

    numerator: int
    denominator: int
    whole: "Value"


@dataclass(frozen=True, slots=True)
class Sum(Term):
    """`left + right`, or `left - right` where `minus`."""

    left: "Value"
    right: "Value"
    minus: bool


Value = (
    Literal
    | Defined
    | BlankValue
    | Row
    | Picked
    | Named
    | FieldOf
    | StageOf
    | DeadlineOf
    | Balance
    | Payable
    | PaidUnder
    | CapFigure
    | Count
    | FieldSum
    | Extreme
    | Shift
    | Share
    | Sum
)

# --------------------------------------------------------------- conditions


@dataclass(frozen=True, slots=True)
class Bound(Term):
    """`before X` or `after X`, strictly, said of the instant of a stage."""

    after: bool
    instant: Value


@dataclass(frozen=True, slots=True)
class StageReached(Term):
    """Whether entries have reached a stage.

    `quantifier` is `some` (one of the selection, or the one entry referred to), `every` or `no`.
    `stage` is `signed`, `completed`, `sent`, `received`, `given`, `made`, `withdrawn` or `waived`.
    `actor` narrows to a signer, a recipient or a maker.
    """

    quantifier: str
    subject: Reference
    stage: str
    actor: str | None
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class Holds(Term):
    """A named condition: without a subject, or of one entry, negated by `is not`."""

    condition: str
    subject: Reference | None
    negated: bool


@dataclass(frozen=True, slots=True)
class EveryHolds(Term):
    """A named condition of every entry selected."""

    condition: str
    entries: Selection


@dataclass(frozen=True, slots=True)
class Compare(Term):
    """`comparator` is one of `>=`, `<=`, `>`, `<`, `==`, `!=`; both sides have one type and unit."""

    left: Value
    comparator: str
    right: Value


@dataclass(frozen=True, slots=True)
class StatesYes(Term):
    """A yes-or-no field that is `yes`."""

    field: str
    subject: Reference


@dataclass(frozen=True, slots=True)
class Arrived(Term):
    """`come`: now is at or after the instant (a date comes at its first moment). `passed`: now is after it (a date
    has passed when the next day begins)."""

    instant: Value
    word: str


@dataclass(frozen=True, slots=True)
class ReadAs(Term):
    """Rests on an ambiguity: true under one reading."""

    ambiguity: str
    reading: str


@dataclass(frozen=True, slots=True)
class IsFilled(Term):
    """Whether a blank (or the address on file written as one) has been filled; `filled` False asks for blank."""

    blank: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Performed(Term):
    """A duty of the section fulfilled (`performed`) or a power of it used (`exercised`), perhaps for one row."""

    section: str
    word: str
    row: Reference | None


@dataclass(frozen=True, slots=True)
class Standing(Term):
    """A norm of the section has this status now."""

    section: str
    status: str
    row: Reference | None


@dataclass(frozen=True, slots=True)
class Allots(Term):
    """The plan stated by an entry pays out exactly an amount."""

    plan: Reference
    amount: Value


@dataclass(frozen=True, slots=True)
class Item(Term):
    """One item of a list; `path` is what a citation says, `3.1(a)(iv)(B)`; empty where the source has no label."""

    label: str
    path: str
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Combined(Term):
    """`all`, `any`, `none`, or `at least` N of the items."""

    quantifier: str
    at_least: int
    items: tuple[Item, ...]


Condition = (
    StageReached
    | Holds
    | EveryHolds
    | Compare
    | StatesYes
    | Arrived
    | ReadAs
    | IsFilled
    | Performed
    | Standing
    | Allots
    | Combined
)
