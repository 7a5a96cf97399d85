"""An agreement with every name resolved: who, what, the provisions that bind and the guards over them.

This is what the resolver makes of the syntax. Every section is kept under its own number; a sentence of a clause is
one or more provisions (one per statement), so that each outcome can cite exactly what produced it.
"""

from dataclasses import dataclass, field

from dsl.calendars import Calendar, Period
from dsl.source import Span
from dsl.terms.values import Condition, Content, Reference, Selection, Term, Type, Value

# ---------------------------------------------------------------------- who


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody the agreement names.

    `role` is `party`, `person` (acts for `acts_for`), `group` (acts through `members` by `rule`: `each`, `any`,
    `majority` or a number), `payee`, `court`, `counsel` or `channel`.
    """

    name: str
    role: str
    described: str
    section: str
    span: Span = field(compare=False, repr=False)
    acts_for: str = ""
    members: tuple[str, ...] = ()
    rule: str = ""


# --------------------------------------------------------------------- what


@dataclass(frozen=True, slots=True)
class Field:
    """A field that an entry of a kind states."""

    name: str
    type: Type
    optional: bool


@dataclass(frozen=True, slots=True)
class Actors:
    """Who may or must act; `together` where `and` joins them (each must), not where `or` does (any one)."""

    names: tuple[str, ...]
    together: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry. `preset` is one of the rows of `dsl.presets`."""

    name: str
    preset: str
    section: str
    span: Span = field(compare=False, repr=False)
    signers: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    deliverers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    about: str = ""
    fields: tuple[Field, ...] = ()
    latest_counts: bool = False
    way: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Fund:
    """Money held by a party; a deposit beyond `purpose` is kept apart as excess (no purpose: nothing is)."""

    name: str
    unit: str
    holder: str
    purpose: Value | None
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Blank:
    """A hole in the source; a `required` one must be filled before the deal opens.

    After the opening it is filled when everybody in `filled_by` (empty: every party) has stated the same content.
    """

    name: str
    type: Type
    required: bool
    filled_by: tuple[str, ...]
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A question with its readings, and who must agree to settle it (empty: every party)."""

    name: str
    question: str
    readings: tuple[str, ...]
    settled_by: tuple[str, ...]
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition with a name, of entries of a kind (`subject`) or by itself."""

    name: str
    subject: str
    condition: Condition
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value with a name."""

    name: str
    value: Value
    type: Type
    section: str
    span: Span = field(compare=False, repr=False)


# ---------------------------------------------------------------- provisions


@dataclass(frozen=True, slots=True)
class Enter(Term):
    """To make an entry: `verb` is `make` (make, give, send, issue, find, state, present, take, file, report), `sign`,
    `deliver` or `withdraw`; `kinds` has several members only for a list."""

    verb: str
    kinds: tuple[str, ...]
    about: Reference | None
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move(Term):
    """To move money.

    `verb` is the word used. `fund` is where it leaves (or, for a deposit, enters: `into` True); empty when it passes
    between parties. At most one of `amount` and `plan` is set; with neither, the actor chooses the amount. `payees` empty:
    for a plan, whom the plan names. Interest credited to a fund is a move with `into` True and the verb `credit`.
    """

    verb: str
    fund: str
    into: bool
    amount: Value | None
    plan: Reference | None
    payees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hold(Term):
    """To hold a fund, refraining from any other act on it."""

    fund: str


Act = Enter | Move | Hold


@dataclass(frozen=True, slots=True)
class Window(Term):
    """When an act is timely. All parts are optional; `vague` words never make anybody late by a machine's word."""

    vague: str = ""
    within: Period | None = None
    origin: Value | None = None
    by: Value | None = None
    strictly_before: bool = False
    not_before: Value | None = None
    stopped_while: str = ""


@dataclass(frozen=True, slots=True)
class Duty(Term):
    """Somebody must do something; `jointly`: any one of them may perform for all."""

    bearers: tuple[str, ...]
    jointly: bool
    act: Act
    window: Window
    failing: "Statement | None"


@dataclass(frozen=True, slots=True)
class Power(Term):
    """Somebody may do something."""

    bearers: tuple[str, ...]
    act: Act
    window: Window


@dataclass(frozen=True, slots=True)
class Ban(Term):
    """Somebody must not do something."""

    bearers: tuple[str, ...]
    act: Act


@dataclass(frozen=True, slots=True)
class Occurs(Term):
    """The agreement itself makes an entry."""

    kind: str
    about: Reference | None
    fields: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Becomes(Term):
    """A role is filled anew."""

    filler: Value
    role: Value


@dataclass(frozen=True, slots=True)
class Terminates(Term):
    """The agreement ends; what survives goes on."""


@dataclass(frozen=True, slots=True)
class Discharges(Term):
    """A party is freed from its further duties."""

    name: str


@dataclass(frozen=True, slots=True)
class Enacts(Term):
    """The clauses stated by an amendment replace those of the same number."""

    amendment: Reference


@dataclass(frozen=True, slots=True)
class Waives(Term):
    """The requirement stated by a waiver no longer has to be met."""

    waiver: Reference


@dataclass(frozen=True, slots=True)
class Passes(Term):
    """The agreement itself moves money from a fund to a payee or another fund."""

    amount: Value
    source: str
    target: str


Statement = Duty | Power | Ban | Occurs | Becomes | Terminates | Discharges | Enacts | Waives | Passes


@dataclass(frozen=True, slots=True)
class Provision(Term):
    """One statement under its row and trigger.

    `key` is unique and stable for one text: `3.1(a)/2.1` is the first statement of the second sentence.
    `cited` is how people are told of it: `3.1(a)`, or `4.1(b), second sentence` where the clause has several that bind.
    `latches` tells `when` from `while`; without a trigger the statement holds from the opening.
    """

    key: str
    section: str
    cited: str
    rows: Selection | None
    trigger: Condition | None
    latches: bool
    statement: Statement


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
    """The total paid under sections is limited; `yearly` restarts it each calendar year of the agreement's zone."""

    sections: tuple[str, ...]
    limit: Value
    yearly: bool
    excluding: tuple[str, ...]
    pays_to_the_rest: bool
    section: str


@dataclass(frozen=True, slots=True)
class NoticeRule(Term):
    """How notices are sent, and when they are deemed given."""

    channels: tuple[str, ...]
    copies: tuple[str, ...]
    period: Period
    section: str


@dataclass(frozen=True, slots=True)
class Address(Term):
    """The address of a recipient for a channel; None is a blank of the source."""

    recipient: str
    channel: str
    address: str | None
    section: str

    @property
    def blank(self) -> str:
        """The name under which a blank address is filled."""
        return f"{self.recipient} {self.channel}"


@dataclass(frozen=True, slots=True)
class Protection(Term):
    """Whom a section or an item protects: who may waive it."""

    sections: tuple[str, ...]
    names: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Edge(Term):
    """`lower` yields to `upper` by `suspension`, `replacement`, `condition` or `exclusion`."""

    lower: str
    upper: str
    mode: str
    condition: Condition | None


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
    """An open point of the source, or a choice of reading the file makes."""

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


@dataclass(frozen=True, slots=True)
class Terms:
    """A whole agreement. Dictionaries are keyed by name (clauses by section) in the order of the text."""

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


__all__ = [
    "Act", "Actors", "Address", "Ambiguity", "Ban", "Becomes", "Blank", "Cap", "Clause", "Discharges", "Duty", "Edge",
    "Enacts", "Enter", "Field", "Fund", "Hold", "Kind", "Move", "NamedCondition", "NamedValue", "NoticeRule", "Occurs",
    "Outflow", "Party", "Passes", "Power", "Protection", "Provision", "Remark", "SigningRow", "Statement",
    "Terminates", "Terms", "Validity", "Waives", "Window",
]  # fmt: skip
