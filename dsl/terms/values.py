"""References and values with every name resolved: which entries a sentence speaks of, and which figures.

The surface has many ways to say a thing; a term has one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsl.calendars import Calendar, Period, Unit
from dsl.terms.contents import Content, Term
from dsl.terms.days import AsOf, DayValue, HolderOf

if TYPE_CHECKING:
    from dsl.terms.conditions import Condition

# --------------------------------------------------------------- references


@dataclass(frozen=True, slots=True)
class Row(Term):
    """The entry a sentence ranges over: `such Claim`; in a filter, `picked` is the one it looks at."""

    kind: str
    picked: bool = False

    @property
    def key(self) -> str:
        """What a judge knows the row by."""
        return f"picked {self.kind}" if self.picked else self.kind


@dataclass(frozen=True, slots=True)
class Picked(Term):
    """The `latest`, `earliest`, `largest` or `smallest` entry of a kind: by its stage or its one amount, or `by` what.

    Of several that rank alike, the latest and the largest are the last one made, the others the first.
    """

    pick: str
    entries: "Selection"
    by: "FieldOf | StageOf | None" = None

    @property
    def told(self) -> str:
        """How it was picked, as a derivation says it: `the latest`, `the one with the earliest Due`."""
        if self.by is None:
            return f"the {self.pick}"
        return f"the one with the {self.pick} {self.by.stage if isinstance(self.by, StageOf) else self.by.field}"


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

    `besides` is left out: `another Claim`.

    `noun` is the kind or list as the deal names it, which is the `kind` of a `Row` that ranges over the selection.
    """

    kinds: tuple[str, ...]
    is_list: bool
    about: "Reference | None"
    filter: Filter | None
    noun: str = ""
    besides: "Row | None" = None

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
class PerformanceOf(Term):
    """The instant at which the last duty of a section had been performed, none that has arisen being owed any more."""

    section: str
    row: Reference | None


@dataclass(frozen=True, slots=True)
class Balance(Term):
    """What a fund holds: `purpose` is `balance`, `excess` or `interest`; or of its balance the `held part` or the `free
    balance`.

    With a `row`: what came in about that entry and has not gone out about it, or is held back for it.
    """

    fund: str
    purpose: str
    row: Reference | None = None

    @property
    def part(self) -> str:
        """The account it is a figure of: what is held back and what is free are parts of the balance."""
        return "balance" if self.purpose in ("held part", "free balance") else self.purpose


@dataclass(frozen=True, slots=True)
class Payable(Term):
    """What a plan gives to one payee; `plan` is an entry with one field of type `payments`."""

    payee: str
    plan: Reference


@dataclass(frozen=True, slots=True)
class PaidUnder(Term):
    """All that was paid under a section so far in a unit, perhaps for one row."""

    section: str
    row: Reference | None
    unit: str


@dataclass(frozen=True, slots=True)
class CapFigure(Term):
    """`limit`, `remainder` or `excess` of the cap on a section, or of the one of a row where each has its own."""

    figure: str
    section: str
    row: Reference | None = None


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
    """`later`, `earlier`, `larger` or `smaller` of two values; of more, two by two, each with the words of the whole.

    Of two figures also the `surplus` of the first over the second, nothing where it is not more, and the `difference`
    whichever is more.
    """

    word: str
    left: "Value"
    right: "Value"

    @property
    def parts(self) -> tuple["Value", ...]:
        """What it is taken of: of a list everything in it."""
        sides = (self.left, self.right)
        inside = (each.parts if isinstance(each, Extreme) and each.span == self.span else (each,) for each in sides)
        return tuple(part for each in inside for part in each)

    @property
    def told(self) -> str:
        """What is taken of the two, as a derivation says it."""
        told = {"surplus": "the first less the second, or nothing", "difference": "what parts the two"}
        return told.get(self.word, f"the {self.word} of {'the two' if len(self.parts) == 2 else 'them'}")


@dataclass(frozen=True, slots=True)
class Counted(Term):
    """A period whose length is a figure, of so many of one unit of time; `calendar` is None for the agreement's."""

    number: "Value"
    unit: Unit
    calendar: Calendar | None


@dataclass(frozen=True, slots=True)
class Stated(Term):
    """A period that a value holds; it counts days, months or years, so it ends with a day."""

    value: "Value"

    @property
    def unit(self) -> Unit:
        """What it ends with."""
        return Unit.DAY


Length = Period | Counted | Stated


@dataclass(frozen=True, slots=True)
class Shift(Term):
    """A date or instant moved by a period; `forward` is False for `before`.

    What `extends` is not moved while its period waits for an act: nobody has extended it yet.
    """

    period: Length
    forward: bool
    origin: "Value"
    extends: bool = False


@dataclass(frozen=True, slots=True)
class Share(Term):
    """`numerator / denominator` of an amount, rounded half up to the minor unit."""

    numerator: int
    denominator: int
    whole: "Value"


@dataclass(frozen=True, slots=True)
class Product(Term):
    """Everything in `over` multiplied, and divided by everything in `under`.

    `unit` is what is left of the units: that of an amount, `number`, or `rate` for an exact ratio, which alone is not
    rounded. Otherwise `rounding` is a name of `dsl.money.Rounding`.
    """

    over: "tuple[Value, ...]"
    under: "tuple[Value, ...]"
    unit: str
    rounding: str


@dataclass(frozen=True, slots=True)
class PartOf(Term):
    """What one row gets of a whole that is divided among rows in proportion to a field of theirs.

    Each part is rounded down, and what is left over goes to the earliest rows, a minor unit each, so that the parts are
    the whole. A whole below nothing is divided as if it were above, and its parts are below nothing. With a `rank`, a
    field or a stage of the rows, each row in turn gets what its field says, as far as the whole goes; rows of one rank
    divide what is left among them in proportion. No row gets more than its `most`: the others divide what is beyond.
    """

    whole: "Value"
    row: Reference
    field: str
    entries: Selection
    rank: "FieldOf | StageOf | None" = None
    most: FieldOf | None = None


@dataclass(frozen=True, slots=True)
class Case(Term):
    """One value where a condition is true, another one where it is false."""

    condition: "Condition"
    value: "Value"
    otherwise: "Value"


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
    | PerformanceOf
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
    | Product
    | PartOf
    | Case
    | AsOf
    | DayValue
    | HolderOf
)
