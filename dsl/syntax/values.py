"""The syntax of values: what a sentence says a figure, an instant, an entry or a name is."""

from dataclasses import dataclass

from dsl.syntax.common import Name, Node, Period, Section, Text
from dsl.syntax.days import AsOf, DayValue, Shift
from dsl.syntax.literals import Literal


@dataclass(frozen=True, slots=True)
class AnchorSuch(Node):
    """The row a sentence is about: `such Claim`."""

    kind: Name


@dataclass(frozen=True, slots=True)
class AnchorPick(Node):
    """One entry picked out of its kind: `the latest Joint Instruction`, `the Claim with the earliest Due`."""

    pick: str
    kind: Name
    by: "Name | str | None" = None


@dataclass(frozen=True, slots=True)
class AnchorName(Node):
    """An entry by the name it was given: `"JI-1"`."""

    name: Text


@dataclass(frozen=True, slots=True)
class AnchorKind(Node):
    """Any entry of a kind: `a Joint Instruction`."""

    kind: Name


@dataclass(frozen=True, slots=True)
class AnchorField(Node):
    """The entry that a field of another one holds: `the Shipment of such Handover`."""

    field: Name
    subject: "Anchor"


Anchor = AnchorSuch | AnchorPick | AnchorName | AnchorKind | AnchorField


@dataclass(frozen=True, slots=True)
class WhichIs(Node):
    """`which is Settled`, `which is not Settled`."""

    word: str
    condition: Name


@dataclass(frozen=True, slots=True)
class WhichStates(Node):
    """`which states Closing Conditions Satisfied`."""

    field: Name


@dataclass(frozen=True, slots=True)
class Whose(Node):
    """`whose Amount is more than USD 5.00`."""

    field: Name
    comparator: str
    value: "Value"


@dataclass(frozen=True, slots=True)
class Filters(Node):
    """Several filters that must all hold: `which is Settled and whose Amount is more than USD 5.00`."""

    filters: tuple[WhichIs | WhichStates | Whose, ...]


Filter = WhichIs | WhichStates | Whose | Filters


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """A noun of the deal in a sentence: a party, a term, or entries of a kind, perhaps filtered.

    `other` is the word that leaves out the row of the sentence: `another`, `any other`, or `other` after `every`.
    """

    noun: Name
    about: Anchor | None
    filter: Filter | None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Such(Node):
    """The row a sentence is about, as a value: `such Claim`."""

    kind: Name


@dataclass(frozen=True, slots=True)
class Pick(Node):
    """One entry picked out of some, as a value: `the latest Joint Instruction`, `the Claim with the earliest Due`."""

    pick: str
    kind: Name
    about: Anchor | None
    filter: Filter | None
    by: "Name | str | None" = None


@dataclass(frozen=True, slots=True)
class FieldOf(Node):
    """A field of an entry: `the Amount of such Claim`."""

    field: Name
    subject: "Value"


@dataclass(frozen=True, slots=True)
class StageOf(Node):
    """The instant an entry reached a stage: `the giving of such Resignation`."""

    stage: str
    subject: "Value"


@dataclass(frozen=True, slots=True)
class DeadlineOf(Node):
    """The due instant of a duty: `the deadline of section 4.1(d)`."""

    section: Section
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class PerformanceOf(Node):
    """The instant at which a duty had been performed: `the performance of section 5`."""

    section: Section
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class Balance(Node):
    """What a fund holds for its purpose (`balance`), beyond it (`excess`) or as `interest`, or for one entry; what of
    the balance is held back (`held part`), and what is not (`free balance`)."""

    purpose: str
    fund: Name
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class Payable(Node):
    """The amount a plan of payments gives to one payee."""

    payee: Name
    plan: "Value"


@dataclass(frozen=True, slots=True)
class PaidUnder(Node):
    """Everything paid so far under a section, perhaps for one entry."""

    section: Section
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class CapFigure(Node):
    """The `limit`, `remainder` or reported `excess` of a cap, or of the one that an entry has."""

    figure: str
    section: Section
    row: Anchor | None


@dataclass(frozen=True, slots=True)
class Count(Node):
    """How many entries there are: `the number of Claims which is Settled`."""

    entries: Entry


@dataclass(frozen=True, slots=True)
class FieldSum(Node):
    """A field added up over entries: `the sum of Amount of every Claim`."""

    field: Name
    entries: Entry


@dataclass(frozen=True, slots=True)
class Extreme(Node):
    """`the later of A and B`, with others `between` them; also a `surplus`, `the amount by which A exceeds B`, and the
    `difference` of the two."""

    word: str
    left: "Value"
    right: "Value"
    between: tuple["Value", ...] = ()


@dataclass(frozen=True, slots=True)
class Share(Node):
    """A percentage of an amount, rounded half up to the minor unit: `2.5 percent of X`."""

    percentage: str
    whole: "Value"


@dataclass(frozen=True, slots=True)
class Addition(Node):
    """`X plus Y`, `X less Y`."""

    left: "Value"
    sign: str
    right: "Value"


@dataclass(frozen=True, slots=True)
class Times(Node):
    """`the Weight of such Invoice times EUR 1.15`, with how it is rounded."""

    left: "Value"
    right: "Value"
    rounding: str | None


@dataclass(frozen=True, slots=True)
class Over(Node):
    """`X divided by Y`, with how it is rounded."""

    left: "Value"
    right: "Value"
    rounding: str | None


@dataclass(frozen=True, slots=True)
class PartOf(Node):
    """`the share of such Holder in the Trust in proportion to Shares of every Holder`, perhaps `up to Limit`, the
    `most` that each gets; or `in order of the making of every Claim up to Amount`: then `field` is what each is owed,
    and `rank` a field or the word for a stage."""

    row: Anchor
    whole: "Value"
    field: Name
    entries: Entry
    most: Name | None = None
    rank: Name | str | None = None


@dataclass(frozen=True, slots=True)
class Bracketed(Node):
    """A value in brackets, worked out by itself first."""

    value: "Value"


Value = (
    Entry
    | Such
    | Pick
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
    | Addition
    | Times
    | Over
    | PartOf
    | Bracketed
    | AsOf
    | DayValue
    | Period
    | Literal
)


@dataclass(frozen=True, slots=True)
class Payment(Node):
    """One line of a plan: an amount, or the rest (None), to a name of the deal or anybody in quotation marks."""

    amount: Value | None
    payee: Name | Text


@dataclass(frozen=True, slots=True)
class Payments(Node):
    """A plan of payments, in order."""

    lines: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class SectionValue(Node):
    """A section as the content of a field: `section 3.1(a)(iv)`."""

    section: Section


@dataclass(frozen=True, slots=True)
class ClausesValue(Node):
    """Clause text as the content of a field: `clauses "clause 1.1(a) ..."`, with `'` for quotation marks."""

    text: Text


Content = Value | Payments | SectionValue | ClausesValue


@dataclass(frozen=True, slots=True)
class FieldValue(Node):
    """A field that an entry states; without content it states `yes`."""

    field: Name
    content: Content | None
