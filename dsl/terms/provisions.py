"""What binds: acts, windows, statements, and the provisions that put them under a row and a trigger."""

from dataclasses import dataclass

from dsl.terms.conditions import Condition
from dsl.terms.contents import Term
from dsl.terms.hours import Hours
from dsl.terms.values import FieldOf, Length, Reference, Selection, StageOf, Value


@dataclass(frozen=True, slots=True)
class Enter(Term):
    """To make an entry: `verb` is `make` (make, give, send, issue, find, state, present, take, file, report), `sign`,
    `deliver` or `withdraw`; `kinds` has several members only for a list. `send` is done by sending, whenever what is
    sent is given."""

    verb: str
    kinds: tuple[str, ...]
    about: Reference | None
    to: tuple[str, ...]
    send: bool = False


@dataclass(frozen=True, slots=True)
class Move(Term):
    """To move money.

    `verb` is the word used. `fund` is where it leaves (or, for a deposit, enters: `into` True); empty when it passes
    between parties. At most one of `amount` and `plan` is set; with neither, the actor chooses the amount. `payees`
    empty: for a plan, whom the plan names. Interest credited to a fund is a move with `into` and the verb `credit`.
    `purpose` is the part of the fund it leaves: its `balance`, `excess` or `interest`. `payee` is somebody whom an
    entry names. `order` is what the rows of the sentence are paid in the order of.
    """

    verb: str
    fund: str
    into: bool
    amount: Value | None
    plan: Reference | None
    payees: tuple[str, ...]
    purpose: str = "balance"
    payee: Value | None = None
    order: FieldOf | StageOf | None = None


@dataclass(frozen=True, slots=True)
class Hold(Term):
    """To hold a fund, refraining from any other act on it; or an amount in it (`of_amount`), which then is held back.

    Without `amount` the actor chooses it. It is held for the entry `about` which it is, or for the row. What `lifts`
    ends such holds.
    """

    fund: str
    of_amount: bool = False
    amount: Value | None = None
    about: Reference | None = None
    lifts: bool = False


Act = Enter | Move | Hold


@dataclass(frozen=True, slots=True)
class ActFor(Term):
    """To act for `principal`: in everything, or in one kind of `act`."""

    principal: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class Ensure(Term):
    """To bring it about that a condition holds, by whatever anybody does; no single act performs it."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Window(Term):
    """When an act is timely. All parts are optional; `vague` words never make anybody late by a machine's word.

    They may name a date or an instant `about` which it is to be done.
    """

    vague: str = ""
    about: Value | None = None
    within: Length | None = None
    origin: Value | None = None
    by: Value | None = None
    strictly_before: bool = False
    not_before: Value | None = None
    stopped_while: Condition | None = None
    spells: "Spells | None" = None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Spells(Term):
    """Times on record in which a clock stands still: from one field of each entry to another, both included."""

    first: str
    last: str
    entries: Selection


@dataclass(frozen=True, slots=True)
class Duty(Term):
    """Somebody must do something; `jointly`: any one of them may perform for all.

    Here and below `bearer`, in place of names, is somebody whom an entry names, or who filled a role at a time.
    """

    bearers: tuple[str, ...]
    jointly: bool
    act: Act | Ensure
    window: Window
    failing: "Statement | None"
    bearer: Value | None = None


@dataclass(frozen=True, slots=True)
class Power(Term):
    """Somebody may do something, or act for somebody else."""

    bearers: tuple[str, ...]
    act: Act | ActFor
    window: Window
    bearer: Value | None = None


@dataclass(frozen=True, slots=True)
class Ban(Term):
    """Somebody must not do something."""

    bearers: tuple[str, ...]
    act: Act
    bearer: Value | None = None


@dataclass(frozen=True, slots=True)
class Occurs(Term):
    """The agreement itself makes an entry."""

    kind: str
    about: Reference | None
    fields: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Becomes(Term):
    """A role is filled anew, or with no `filler` becomes vacant."""

    filler: Value | None
    role: Value


@dataclass(frozen=True, slots=True)
class Terminates(Term):
    """The agreement ends; what survives goes on."""


@dataclass(frozen=True, slots=True)
class Discharges(Term):
    """A party is freed from its further duties, or whom the value `who` names."""

    name: str
    who: Value | None = None


@dataclass(frozen=True, slots=True)
class Enacts(Term):
    """The clauses stated by an amendment replace those of the same number."""

    amendment: Reference


@dataclass(frozen=True, slots=True)
class Waives(Term):
    """The requirement stated by a waiver no longer has to be met: by what it was given for, or `for_good`."""

    waiver: Reference
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Passes(Term):
    """The agreement itself moves money from a part of a fund to another fund or a payee, whom a value may say (`payee`;
    then `target` is empty)."""

    amount: Value
    source: str
    target: str
    purpose: str = "balance"
    payee: Value | None = None


Binding = Duty | Power | Ban
"""What binds somebody, and so has a norm."""


def borne_by(statement: Binding) -> tuple[str, ...]:
    """Who bears it, in the words of the sentence."""
    return statement.bearers if statement.bearer is None else (statement.bearer.text,)


Happening = Occurs | Becomes | Terminates | Discharges | Enacts | Waives | Passes
"""What the agreement does by itself."""

Statement = Binding | Happening


@dataclass(frozen=True, slots=True)
class Provision(Term):
    """One statement under its row and trigger.

    `key` stands for the words of the sentence in their section and for the place of the statement in it, so that it
    stays the same when an amendment puts other sentences before it. One that takes the place of another in an amended
    text has the key of that; `words` is then the key that its own words give it.
    `cited` is how people are told of it: `3.1(a)`, or `4.1(b), second sentence` where the clause has several that bind.
    `latches` tells `when` from `while`; without a trigger the statement holds from the opening.
    What happens by itself may happen for `every` entry there is at that moment; nobody is bound so.
    """

    key: str
    section: str
    cited: str
    rows: Selection | None
    trigger: Condition | None
    latches: bool
    statement: Statement
    every: Selection | None = None
    words: str = ""
