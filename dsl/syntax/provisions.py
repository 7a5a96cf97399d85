"""The syntax of what binds: duties, powers, prohibitions and what happens by itself."""

from dataclasses import dataclass

from dsl.syntax.common import Name, Names, Node
from dsl.syntax.conditions import Condition
from dsl.syntax.days import AsOf, Hours, Length
from dsl.syntax.values import Anchor, Entry, FieldOf, FieldValue, Such, Value

# --------------------------------------------------------------------- acts


@dataclass(frozen=True, slots=True)
class Making(Node):
    """`give the Resignation to the Purchaser and the Companies`."""

    verb: str
    kind: Name
    about: Anchor | None
    to: Names | None


@dataclass(frozen=True, slots=True)
class Releasing(Node):
    """`release the Escrow Fund according to such Joint Instruction`."""

    verb: str
    fund: Name
    plan: Anchor


@dataclass(frozen=True, slots=True)
class AnyAmount(Node):
    """`any amount`: the actor chooses."""


@dataclass(frozen=True, slots=True)
class Account(Node):
    """`from the Escrow Fund`, or a part of what it holds: `from the interest of the Escrow Fund`."""

    purpose: str | None
    fund: Name


@dataclass(frozen=True, slots=True)
class Paying(Node):
    """`pay the Amount of such Claim to the Escrow Agent`, with or without `from the Escrow Fund`."""

    verb: str
    amount: Value | AnyAmount
    to: Names | FieldOf | AsOf | None
    account: Account | None
    order: Name | str | None = None


@dataclass(frozen=True, slots=True)
class Depositing(Node):
    """`deposit the Price into the Escrow Fund`, `deposit the Disputed with the Court from the Escrow Fund`."""

    amount: Value | AnyAmount
    place: str
    name: Name
    account: Account | None = None
    order: Name | str | None = None


@dataclass(frozen=True, slots=True)
class Holding(Node):
    """`hold the Escrow Fund`, `hold the Amount of such Claim in the Escrow Fund about such Claim`."""

    fund: Name
    amount: Value | AnyAmount | None
    about: Anchor | None


@dataclass(frozen=True, slots=True)
class Lifting(Node):
    """`lift the hold in the Escrow Fund about such Claim`."""

    fund: Name
    about: Anchor | None


Act = Making | Releasing | Paying | Depositing | Holding | Lifting

# ------------------------------------------------------------------ windows


@dataclass(frozen=True, slots=True)
class VagueWindow(Node):
    """`promptly`, `on or about signing`, `on or about the Closing Date`: never overdue by a machine."""

    word: str
    about: Value | None


@dataclass(frozen=True, slots=True)
class Within(Node):
    """`within 5 business days after X`; without `after`, from the trigger."""

    period: Length
    origin: Value | None


@dataclass(frozen=True, slots=True)
class Deadline(Node):
    """`by X` (X itself is timely), `before X` (it is not)."""

    word: str
    instant: Value


@dataclass(frozen=True, slots=True)
class NotBefore(Node):
    """`not before X`."""

    instant: Value


@dataclass(frozen=True, slots=True)
class StoppedClock(Node):
    """`not counting time while the Inspection applies`, `... while such Shipment is Impeded`."""

    condition: Name
    row: Such | None


@dataclass(frozen=True, slots=True)
class StoppedSpells(Node):
    """`not counting time from the Start to the End of every Interruption`: when it stood still is on record."""

    first: Name
    last: Name
    entries: Entry


Window = VagueWindow | Within | Deadline | NotBefore | StoppedClock | StoppedSpells | Hours

# --------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class Actors(Node):
    """Who is bound, and whether any one of them may perform for all (jointly and severally)."""

    names: Names
    jointly: bool


Bearer = Actors | FieldOf | AsOf
"""Who is bound: by name, as an entry states it, or who filled a role at a time."""


@dataclass(frozen=True, slots=True)
class Ensuring(Node):
    """`ensure within 30 calendar days that a Permit has been given`: a result, which is nobody's single act."""

    windows: tuple[Window, ...]
    condition: Condition


@dataclass(frozen=True, slots=True)
class Duty(Node):
    """`the Escrow Agent must ...`, and what follows if its window closes unused; that of a result is in its act."""

    actors: Bearer
    act: Act | Ensuring
    windows: tuple[Window, ...]
    failing: "PlainStatement | None"


@dataclass(frozen=True, slots=True)
class Permission(Node):
    """`the Escrow Agent may ...`: a permission, or a power where the act has effects."""

    actors: Bearer
    act: Act
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Authority(Node):
    """`Ann may act for the Buyer`, in every act or `to` do one thing; the agent may be whom an entry names."""

    agent: Bearer
    principal: Name
    act: Act | None
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Prohibition(Node):
    """`the Purchaser must not ...`."""

    actors: Bearer
    act: Act


@dataclass(frozen=True, slots=True)
class Occurrence(Node):
    """`a Release occurs`: an entry made by the agreement itself."""

    kind: Name
    about: Anchor | None
    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class Substitution(Node):
    """`the Successor of such Appointment becomes the Agent`; without a filler, `the Agent becomes vacant`."""

    filler: Value | None
    role: Value


@dataclass(frozen=True, slots=True)
class Ending(Node):
    """`this agreement terminates`."""


@dataclass(frozen=True, slots=True)
class Discharge(Node):
    """`the Escrow Agent is discharged`, or whoever held the role before."""

    name: Name | FieldOf | AsOf


@dataclass(frozen=True, slots=True)
class Enactment(Node):
    """`this agreement is amended by such Amendment`."""

    amendment: Anchor


@dataclass(frozen=True, slots=True)
class Waiving(Node):
    """`the requirement of such Waiver is waived`, once or for good."""

    waiver: Anchor
    for_good: bool


@dataclass(frozen=True, slots=True)
class Posting(Node):
    """`USD 5.00 passes from the Job Fund to the Builder`: money moved by the agreement itself."""

    amount: Value
    account: Account
    to: Names | FieldOf | AsOf


@dataclass(frozen=True, slots=True)
class EveryStatement(Node):
    """What happens for every entry that there is at that moment: `for every Claim which is Late, ...`."""

    entries: Entry
    statement: "PlainStatement"


PlainStatement = (
    Duty
    | Permission
    | Authority
    | Prohibition
    | Occurrence
    | Substitution
    | Ending
    | Discharge
    | Enactment
    | Waiving
    | Posting
)
Statement = PlainStatement | EveryStatement


@dataclass(frozen=True, slots=True)
class When(Node):
    """A trigger that latches: from the first moment the condition is true."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class While(Node):
    """A trigger that follows: exactly as long as the condition is true."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Provision(Node):
    """A sentence that binds: at most one row to range over, at most one trigger, and what then holds."""

    row: Entry | None
    trigger: When | While | None
    statements: tuple[Statement, ...]
