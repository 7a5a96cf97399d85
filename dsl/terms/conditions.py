"""Conditions with every name resolved: what is asked of the log, the ledger, the norms and the clock."""

from dataclasses import dataclass

from dsl.terms.contents import Term
from dsl.terms.hours import Hours
from dsl.terms.values import Length, Reference, Selection, Value


@dataclass(frozen=True, slots=True)
class Bound(Term):
    """`before X` or `after X`, strictly, or `within P after X` (X plus P is timely), said of the instant of a stage.

    `since` is the X of `within P after X`: what came before it did not come within that time.
    """

    after: bool
    instant: Value
    inclusive: bool = False
    since: Value | None = None


@dataclass(frozen=True, slots=True)
class StageReached(Term):
    """Whether entries have reached a stage.

    `quantifier` is `some` (one of the selection, or the one entry referred to), `every` or `no`.
    `stage` is `signed`, `completed`, `sent`, `received`, `given`, `made` or `withdrawn`.
    `actor` narrows to a signer, a recipient or a maker.
    """

    quantifier: str
    subject: Reference
    stage: str
    actor: str | None
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class Silent(Term):
    """That no entry has reached a stage for a time, counted from the last one that did.

    Before the first it is counted from `origin`; without it from the entry that they are about, or the opening.
    """

    entries: Selection
    stage: str
    actor: str | None
    period: Length
    origin: Value | None


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
class FilledBy(Term):
    """Who fills a role now; with no `filler` whether it is vacant."""

    role: str
    filler: str


@dataclass(frozen=True, slots=True)
class Terminated(Term):
    """Whether the agreement has terminated."""


@dataclass(frozen=True, slots=True)
class Performed(Term):
    """A duty of the section fulfilled (`performed`) or a power of it used (`exercised`), perhaps for one row."""

    section: str
    word: str
    row: Reference | None


@dataclass(frozen=True, slots=True)
class Standing(Term):
    """A norm of the section has this status now, or has not."""

    section: str
    status: str
    row: Reference | None
    negated: bool = False


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


@dataclass(frozen=True, slots=True)
class Stood(Term):
    """Whether a condition held as of a time: at an instant, or at the end of a date."""

    condition: "Condition"
    moment: Value


@dataclass(frozen=True, slots=True)
class InHours(Term):
    """Whether a time is within hours; None asks of now."""

    moment: Value | None
    hours: Hours


OneCondition = (
    StageReached
    | Silent
    | Holds
    | EveryHolds
    | Compare
    | StatesYes
    | Arrived
    | ReadAs
    | IsFilled
    | FilledBy
    | Terminated
    | Performed
    | Standing
    | Allots
    | Stood
    | InHours
)
"""What is asked as one: anything but a list."""

Condition = OneCondition | Combined
