"""Who bears a duty, power or ban, and whom it pays: by name, as an entry states it, or as who filled a role at a time.

One who no longer fills the role, and whom the agreement does not name, bears it under his own name, in quotation marks.
"""

from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import Agreement
from dsl.holders import actor_named, stands_for, vacancy
from dsl.reasons import Gap, Reason

if TYPE_CHECKING:
    from dsl.judge import Judge


def bearers(judge: "Judge", statement: t.Binding) -> tuple[str, ...]:
    """Who bears a duty, power or ban, for the row of the judge; nobody while that is not known."""
    return statement.bearers if statement.bearer is None else named_by(judge, statement.bearer)


def named_by(judge: "Judge", value: t.Value) -> tuple[str, ...]:
    """Whom a value names, as an actor; nobody while that is not known."""
    match judge.values.value(value):
        case t.NameValue(name=name):
            return (name,)
        case str() as text:
            return (actor_named(judge, text),)
        case found:
            assert isinstance(found, Gap)
            return ()


def nobody_there(judge: "Judge", statement: t.Duty | t.Power) -> Reason | None:
    """Why what a duty or power is for cannot be done now: nobody is there who bears it, or to whom it is to be paid."""
    act = statement.act
    payees = act.payees if isinstance(act, t.Move) else ()
    if isinstance(act, t.Move) and act.payee is not None:
        payees = named_by(judge, act.payee)
    return vacancy(judge, bearers(judge, statement)) or vacancy(judge, payees)


def binds(agreement: Agreement, actor: str, statement: t.Binding) -> bool:
    """Whether an actor bears what binds: itself, or as a member of a group. Where it is not said by name whom it binds,
    that depends on the row, and may be anybody."""
    return statement.bearer is not None or any(_acts(agreement, actor, bearer) for bearer in statement.bearers)


def bears(judge: "Judge", actor: str, statement: t.Binding) -> bool:
    """Whether an actor bears what binds, for the row of a judge."""
    if statement.bearer is None:
        return True
    names = bearers(judge, statement)
    return any(_acts(judge.agreement, actor, name) or stands_for(judge, actor, name, judge.now) for name in names)


def still_bound(judge: "Judge", duty: t.Duty, section: str) -> tuple[str, ...]:
    """Who bears a duty of a section and has not been discharged; all, where nobody else bears it.

    What the discharging section itself asks of whom it discharges stays.
    """
    names = bearers(judge, duty)
    if not judge.state.discharged or discharges(judge.agreement, section):
        return names
    return tuple(each for each in names if not is_out(judge, each)) or names


def is_out(judge: "Judge", name: str) -> bool:
    """Whether somebody, or everybody of a group, has been discharged."""
    members = judge.agreement.members(name)
    return bool(members) and {*members} <= judge.state.discharged.keys()


def discharges(agreement: Agreement, section: str) -> bool:
    """Whether a section discharges somebody; what it asks of whom it discharges stays."""
    return any(isinstance(each.statement, t.Discharges) and each.section == section for each in agreement.provisions)


def _acts(agreement: Agreement, actor: str, bearer: str) -> bool:
    return actor == bearer or actor in agreement.members(bearer)


def to_its_payee(judge: "Judge", act: t.Move, to: str) -> bool:
    """Whether a payment goes to whom an entry names, where that is how the payee is said."""
    payee = judge.values.value(act.payee) if act.payee is not None else None
    match payee:
        case t.NameValue(name=name):
            return to == name
        case str():
            return to == f'"{payee}"'
        case _:
            return payee is None


def is_for_another(judge: "Judge", act: t.Move, to: str) -> bool:
    """Whether a payment went to somebody else than whom the entry names, as is known now."""
    known = act.payee is not None and not isinstance(judge.values.value(act.payee), Gap)
    return known and not to_its_payee(judge, act, to)
