"""What binds, as text: acts, their windows, statements and whole provisions."""

from dsl import syntax
from dsl.format.conditions import condition, then
from dsl.format.layout import a, bare, maybe, the
from dsl.format.marks import GLUE, PART, STATEMENT, TURN
from dsl.format.values import about, anchor, entry, hours, names, period, ranked, stating, value


def act(written: syntax.Act | syntax.Ensuring, depth: int = 0) -> str:
    """What somebody does: `release the Escrow Fund according to such Joint Instruction`."""
    match written:
        case syntax.Making():
            return f"{written.verb} {a(written.kind)}{about(written.about)}{to(written.to)}"
        case syntax.Releasing():
            return f"{written.verb} {the(written.fund)}{TURN}according to {anchor(written.plan)}"
        case syntax.Paying():
            source = maybe(f"{TURN}from ", None if written.account is None else account(written.account))
            order = maybe(f"{TURN}in order of ", None if written.order is None else ranked(written.order))
            return f"{written.verb} {_amount(written.amount)}{_payee(written.to)}{source}{order}"
        case syntax.Depositing():
            order = maybe(f"{TURN}in order of ", None if written.order is None else ranked(written.order))
            source = maybe(f"{TURN}from ", None if written.account is None else account(written.account))
            return f"deposit {_amount(written.amount)}{TURN}{written.place} {the(written.name)}{source}{order}"
        case syntax.Holding():
            return f"hold {the(written.fund)}" if written.amount is None else held(_amount(written.amount), written)
        case syntax.Lifting():
            return lifted(written)
        case syntax.Ensuring():
            return f"ensure{_windows(written.windows)} that {condition(written.condition, depth)}"


def held(amount: str, written: syntax.Holding | syntax.HoldDeed) -> str:
    """`hold USD 5.00 in the Escrow Fund about such Claim`."""
    return f"hold {amount}{TURN}in {the(written.fund)}{about(written.about)}"


def lifted(written: syntax.Lifting | syntax.LiftDeed) -> str:
    """`lift the hold in the Escrow Fund about such Claim`."""
    return f"lift the hold in {the(written.fund)}{about(written.about)}"


def _payee(written: syntax.Names | syntax.FieldOf | syntax.AsOf | None) -> str:
    return to(written) if written is None or isinstance(written, syntax.Names) else f"{TURN}to {value(written)}"


def account(written: syntax.Account) -> str:
    """A fund, or a part of what it holds."""
    return the(written.fund) if written.purpose is None else f"the {written.purpose} of{GLUE}{the(written.fund)}"


def _amount(written: syntax.Value | syntax.AnyAmount) -> str:
    return "any amount" if isinstance(written, syntax.AnyAmount) else value(written)


def to(written: syntax.Names | None) -> str:
    """`to the Purchaser and the Companies`, or nothing."""
    return "" if written is None else f"{TURN}to {names(written)}"


def statement(written: syntax.Statement, depth: int = 0) -> str:
    """One thing that holds, without its trigger; the items of a list in it stand one step further in than `depth`."""
    match written:
        case syntax.Duty():
            after = None if written.failing is None else statement(written.failing, depth)
            failing = maybe(f",{PART}failing which ", after)
            return f"{_actors(written.actors)} must {act(written.act, depth)}{_windows(written.windows)}{failing}"
        case syntax.Permission():
            return f"{_actors(written.actors)} may {act(written.act)}{_windows(written.windows)}"
        case syntax.Authority():
            what = maybe(f"{TURN}to ", None if written.act is None else act(written.act))
            return f"{_actors(written.agent)} may act for {the(written.principal)}{what}{_windows(written.windows)}"
        case syntax.Prohibition():
            return f"{_actors(written.actors)} must not {act(written.act)}"
        case syntax.EveryStatement():
            return f"for every {entry(written.entries)},{TURN}{statement(written.statement)}"
        case _:
            return _happening(written)


_Happening = (
    syntax.Occurrence
    | syntax.Substitution
    | syntax.Ending
    | syntax.Discharge
    | syntax.Enactment
    | syntax.Waiving
    | syntax.Posting
)


def _happening(written: _Happening) -> str:
    """What happens by itself."""
    match written:
        case syntax.Occurrence():
            return f"{a(written.kind)} occurs{about(written.about)}{stating(written.fields)}"
        case syntax.Substitution():
            if written.filler is None:
                return f"{value(written.role)} becomes{TURN}vacant"
            return f"{value(written.filler)} becomes{TURN}{value(written.role)}"
        case syntax.Ending():
            return "this agreement terminates"
        case syntax.Discharge():
            who = the(written.name) if isinstance(written.name, syntax.Name) else value(written.name)
            return f"{who} is discharged"
        case syntax.Enactment():
            return f"this agreement is amended{TURN}by {anchor(written.amendment)}"
        case syntax.Waiving():
            extent = " for good" if written.for_good else ""
            return f"the requirement of {anchor(written.waiver)} is waived{extent}"
        case syntax.Posting():
            return f"{_amount(written.amount)} passes{TURN}from {account(written.account)}{_payee(written.to)}"


def _actors(written: syntax.Bearer) -> str:
    if not isinstance(written, syntax.Actors):
        return value(written)
    return names(written.names) + (" jointly and severally" if written.jointly else "")


def _windows(written: tuple[syntax.Window, ...]) -> str:
    return "".join(f"{TURN}{_window(each)}" for each in written)


def _window(written: syntax.Window) -> str:
    match written:
        case syntax.VagueWindow():
            return written.word + maybe(" ", None if written.about is None else value(written.about))
        case syntax.Within():
            after = maybe(f"{TURN}after ", None if written.origin is None else value(written.origin))
            return f"within {period(written.period)}{after}"
        case syntax.Deadline():
            return f"{written.word} {value(written.instant)}"
        case syntax.NotBefore():
            return f"not before {value(written.instant)}"
        case syntax.StoppedClock():
            if written.row is not None:
                return f"not counting time while {value(written.row)} is {bare(written.condition)}"
            return f"not counting time while {the(written.condition)} applies"
        case syntax.Hours():
            return hours(written)
        case syntax.StoppedSpells():
            times = f"from {the(written.first)} to {the(written.last)}"
            return f"not counting time {times} of every {entry(written.entries)}"


def provision(written: syntax.Provision, depth: int) -> str:
    """A sentence that binds: row, trigger, and its statements, each on a line of its own unless all fit on one."""
    row = "" if written.row is None else f"for each {entry(written.row)},{TURN}"
    gap = f",{STATEMENT}and "
    return row + _trigger(written.trigger, depth) + gap.join(statement(each, depth) for each in written.statements)


def _trigger(written: syntax.When | syntax.While | None, depth: int) -> str:
    match written:
        case None:
            return ""
        case syntax.When():
            return f"when {then(written.condition, depth)}"
        case syntax.While():
            return f"while {then(written.condition, depth)}"
