"""Who may do what, under which provision, and why not.

Every attempt is matched with the provisions whose act it is: a power or duty in force allows it, a ban forbids it. What
the agreement lets people make or sign by declaring a kind is allowed under the clause that declares it, unless a power
over that kind says when. The answer is always a list of permits with reasons, true or not; deciding takes the first
that is true, and a refusal shows the others.
"""

from dataclasses import dataclass, replace

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bearers, bears, binds, is_out, still_bound, to_its_payee
from dsl.compile import Agreement, survives
from dsl.ending import may_have_ended
from dsl.entries import counts, find
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.norms import judge_for, ranges_over, rows_of
from dsl.presets import PRESETS
from dsl.reasons import Gap, Reason, Truth, either
from dsl.stages import left_out
from dsl.standing import has_ended, standing, without_rows
from dsl.state import Entry, State, key_of


@dataclass(frozen=True, slots=True)
class Permit:
    """One way an attempt could be allowed: the section it would be cited under, and how that stands.

    `group` is the group that has to do it together, where the actor is one of several who must.
    """

    section: str
    provision: str
    row: int | None
    reason: Reason
    group: str = ""

    @property
    def granted(self) -> bool:
        """Whether this way is open now."""
        return self.reason.truth is Truth.TRUE


def permits(agreement: Agreement, state: State, actor: str, action: a.Action) -> tuple[Permit, ...]:
    """Every way the agreement knows to allow an attempt; empty if nothing in it is about such an act by this actor."""
    found = tuple(
        permit
        for provision in agreement.provisions
        if isinstance(provision.statement, t.Duty | t.Power)
        and binds(agreement, actor, provision.statement)
        and matches(agreement, actor, action, provision.statement.act)
        for permit in _under(agreement, state, provision, actor, action)
    )
    found = tuple(_together(agreement, state, actor, action, permit) for permit in found)
    if any(_when_is_said(agreement, actor, action, provision) for provision in agreement.provisions):
        return found
    declared = _declared(agreement, state, actor, action)
    return (*found, declared) if declared is not None else found


def _when_is_said(agreement: Agreement, actor: str, action: a.Action, provision: t.Provision) -> bool:
    """Whether a power of the actor says when such an act may be done, be it for other rows than the one tried."""
    power = provision.statement
    return (
        isinstance(power, t.Power)
        and power.bearer is None
        and binds(agreement, actor, power)
        and matches(agreement, actor, action, power.act)
    )


_SHARED = (a.Sign, a.Deliver, a.Deposit)
"""Acts that every member of a group does for itself."""


def _together(agreement: Agreement, state: State, actor: str, action: a.Action, permit: Permit) -> Permit:
    """A permit of a group, of whom several must do the same, unless the act is one that each does for itself."""
    provision = agreement.by_key[permit.provision]
    statement = provision.statement
    assert isinstance(statement, t.Duty | t.Power)
    own_money = isinstance(action, a.Pay) and not action.fund
    if isinstance(action, _SHARED) or own_money or (isinstance(statement, t.Duty) and statement.jointly):
        return permit
    row = state.entry(permit.row) if permit.row is not None else None
    names = bearers(judge_for(agreement, state, provision, row), statement)
    return replace(permit, group=_group_of(agreement, actor, names))


def _group_of(agreement: Agreement, actor: str, names: tuple[str, ...]) -> str:
    """The group among these for which the actor is one of several who must act; none if the actor can act alone."""
    if any(agreement.speaks_for(actor, name) for name in names):
        return ""
    return next((name for name in names if actor in agreement.members(name)), "")


def matches(agreement: Agreement, actor: str, action: a.Action, act: t.Act | t.Ensure | t.ActFor) -> bool:
    """Whether an attempt is of the kind of act a provision speaks of, rows aside."""
    match action, act:
        case a.Make(), t.Enter(verb="make"):
            return action.kind in act.kinds
        case a.Sign(), t.Enter(verb="sign" | "make"):
            return bool(set(agreement.kinds_of(action.kind)) & set(act.kinds))
        case a.Deliver(), t.Enter(verb="deliver"):
            return not action.kind or bool(set(agreement.kinds_of(action.kind)) & set(act.kinds))
        case a.Withdraw(), t.Enter(verb="withdraw"):
            return action.kind in act.kinds
        case a.Release(), t.Move(into=False):
            return act.plan is not None and act.fund == action.fund and act.verb == action.verb
        case a.Pay(), t.Move(into=False):
            to = action.to or actor
            aimed = not act.payees or any(to == name or to in agreement.members(name) for name in act.payees)
            same = act.fund == action.fund and action.part in ("", act.purpose)
            return act.plan is None and same and act.verb == action.verb and aimed
        case a.Deposit(), t.Move(into=True):
            return act.fund == action.fund and act.verb == action.verb
        case a.DepositWith(), t.Move(verb="deposit", into=False):
            return act.fund == action.fund and action.place in act.payees
        case a.HoldFund(), t.Hold():
            same = act.fund == action.fund and act.lifts == action.lifts
            return same and act.of_amount == (action.amount is not None)
        case _:
            return False


def _under(agreement: Agreement, state: State, provision: t.Provision, actor: str, action: a.Action) -> list[Permit]:
    statement = provision.statement
    assert isinstance(statement, t.Duty | t.Power)
    judge = Judge(agreement, state, state.now)
    elsewhere = isinstance(statement.act, t.Hold) and statement.act.about is not None
    name = "" if elsewhere else _names(action)
    named = find(state, (), name) if name else None
    if provision.rows is not None and named is not None and named.kind not in provision.rows.kinds:
        return []
    about = name if not isinstance(action, a.Release) else ""
    if isinstance(action, a.Make | a.Sign) and isinstance(getattr(statement.act, "about", None), t.Row):
        about = action.about
    rows = rows_of(agreement, state, provision, judge, about) or rows_of(agreement, state, provision, judge)
    passed_over = _passed_over(agreement, state, provision, judge, named)
    if passed_over is not None or (not rows and provision.rows is not None):
        return [Permit(provision.cited, provision.key, None, passed_over or without_rows(judge, provision))]
    found = []
    for row in rows:
        own = judge_for(agreement, state, provision, row)
        if bears(own, actor, statement) and concerns(own, action, statement.act, row):
            number = row.number if row else None
            reason = _freed(own, actor, provision) or standing(agreement, state, provision, row)
            norm = state.norms.get(key_of(provision.key, number))
            done = norm is not None and norm.status.startswith("fulfilled")
            if isinstance(action, a.Deposit) and done and state.terminated is None:
                beyond = Reason(Truth.TRUE, provision.text, provision.cited, "beyond what is owed")
                reason = may_have_ended(judge, provision.cited) or beyond
            found.append(Permit(provision.cited, provision.key, number, reason))
    return found


def _freed(judge: Judge, actor: str, provision: t.Provision) -> Reason | None:
    """Why somebody may not perform a duty that others still bear: a discharge has freed him from it."""
    duty = provision.statement
    if not isinstance(duty, t.Duty) or not is_out(judge, actor):
        return None
    left = still_bound(judge, duty, provision.section)
    if any(actor == name or actor in judge.agreement.members(name) for name in left):
        return None
    since = judge.say(judge.state.discharged[judge.agreement.members(actor)[0]])
    note = f"{actor} has been discharged since {since}, and no longer owes it: {either(left, 'or')} can"
    return Reason(Truth.FALSE, provision.text, provision.cited, note)


def _passed_over(
    agreement: Agreement, state: State, provision: t.Provision, judge: Judge, named: Entry | None
) -> Reason | None:
    """Why a provision does not hold for the very entry that an attempt names, if its filter leaves that out."""
    if named is None or provision.rows is None or ranges_over(state, provision, judge, named):
        return None
    if not counts(agreement, state, named, state.now):
        return None
    below = left_out(judge, provision.rows, named)
    if not below:
        return None
    figure = next((leaf.note for leaf in below[0].leaves() if leaf.note), "")
    note = f"{below[0].note}: {figure}" if figure else below[0].note
    return Reason(below[0].truth, provision.text, provision.cited, note, below[0].waits, below)


def _names(action: a.Action) -> str:
    """The entry that an attempt with money says it is about, or carries out."""
    match action:
        case a.Release():
            return action.plan
        case a.Pay() | a.Deposit() | a.DepositWith() | a.HoldFund():
            return action.about
        case _:
            return ""


def concerns(judge: Judge, action: a.Action, act: t.Act | t.Ensure | t.ActFor, row: Entry | None) -> bool:
    """Whether an attempt names the entry that a provision speaks of; an attempt that names none concerns them all."""
    match action, act:
        case a.Pay(), t.Move():
            aimed = row is None or not action.about or row.name == action.about
            return aimed and to_its_payee(judge, act, action.to) and _in_its_unit(judge, act, action.amount)
        case a.Deposit() | a.DepositWith(), t.Move():
            return row is None or not action.about or row.name == action.about
        case a.Deliver(), t.Enter() if action.to and act.to and not _meet(judge.agreement, action.to, act.to):
            return False
        case a.Withdraw() | a.Deliver(), t.Enter():
            return row is None or row.kind not in act.kinds or not action.name or row.name == action.name
        case _:
            wanted, named = spoken_of(action, act)
    if not named or wanted is None:
        elsewhere = row is not None and isinstance(act, t.Enter) and row.kind not in judge.agreement.abouts(act.kinds)
        return row is None or not named or row.name == named or elsewhere
    found = judge.values.entry(wanted)
    return not isinstance(found, Gap) and found.name == named


def spoken_of(action: a.Action, act: t.Act | t.Ensure | t.ActFor) -> tuple[t.Reference | None, str]:
    """Which entry a provision says that an act is about, and which one an attempt names."""
    match action, act:
        case a.Release(), t.Move():
            return act.plan, action.plan
        case a.Make() | a.Sign(), t.Enter():
            return act.about, action.about
        case a.HoldFund(), t.Hold():
            return act.about, action.about
        case _:
            return None, ""


def _meet(agreement: Agreement, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether somebody is meant by both."""
    first, second = ({member for name in names for member in agreement.members(name)} for names in (some, others))
    return bool(first & second)


def _in_its_unit(judge: Judge, act: t.Move, amount: Quantity) -> bool:
    """Whether an amount is of the unit that a provision speaks of, as far as that is known."""
    wanted = judge.values.value(act.amount) if act.amount is not None else None
    return not isinstance(wanted, Quantity) or wanted.unit == amount.unit


# ---------------------------------------------------- what a declaration allows


def _declared(agreement: Agreement, state: State, actor: str, action: a.Action) -> Permit | None:
    match action:
        case a.Make():
            makers = agreement.terms.kinds[action.kind].makers
            return _kind_permit(agreement, state, actor, action.kind, makers) if makers else None
        case a.Sign():
            return _sign_permit(agreement, state, actor, action)
        case a.Deliver() | a.Withdraw():
            entry = find(state, agreement.kinds_of(action.kind), action.name) if action.name else None
            kind = entry.kind if entry else agreement.kinds_of(action.kind)[0]
            definition = agreement.terms.kinds[kind]
            who = (*definition.makers, *agreement.signers(kind))
            if entry is not None and isinstance(action, a.Withdraw):  # whoever a power has let make it takes it back
                who = (*who, *(name for name in entry.authors if name and name not in who))
            if entry is None and isinstance(action, a.Withdraw):  # a concurrence: nothing has been made yet
                who = (actor, *(each.group for each in state.concurrences if actor in dict(each.by)))[-1:]
            if isinstance(action, a.Deliver) and PRESETS[definition.preset].sent:
                who = (*who, *definition.recipients)
            if isinstance(action, a.Deliver) and definition.deliverers:
                who = tuple(member for name in definition.deliverers for member in agreement.members(name))
            return _kind_permit(agreement, state, actor, kind, who)
        case _:
            return None


def _sign_permit(agreement: Agreement, state: State, actor: str, action: a.Sign) -> Permit | None:
    found = [
        _kind_permit(agreement, state, actor, kind, agreement.signers(kind)) for kind in agreement.kinds_of(action.kind)
    ]
    granted = next((permit for permit in found if permit.granted), None)
    if granted is not None or len(found) < 2:
        return granted or next(iter(found), None)
    own = (
        permit
        for permit, kind in zip(found, agreement.kinds_of(action.kind), strict=True)
        if actor in agreement.signers(kind)
    )
    withheld = next(own, None)
    if withheld is not None:
        return withheld
    reason = Reason(Truth.FALSE, action.kind, note=f"{actor} signs none of the {action.kind}")
    return Permit(found[0].section, "", None, replace(reason, children=tuple(permit.reason for permit in found)))


def _kind_permit(agreement: Agreement, state: State, actor: str, kind: str, who: tuple[str, ...]) -> Permit:
    definition = agreement.terms.kinds[kind]
    text = f"{definition.name} ({PRESETS[definition.preset].word})"
    if state.terminated is not None and not survives(agreement, definition.section):
        return Permit(definition.section, "", None, has_ended(state, text))
    undecided = may_have_ended(Judge(agreement, state, state.now), definition.section)
    if undecided is not None:
        return Permit(definition.section, "", None, undecided)
    if any(actor in (name, *agreement.members(name)) for name in who):
        group = _group_of(agreement, actor, who)
        return Permit(definition.section, "", None, Reason(Truth.TRUE, text, definition.section), group)
    allowed = ", ".join(who) or "the agreement itself"
    note = f"{actor} cannot: only {allowed}"
    return Permit(definition.section, "", None, Reason(Truth.FALSE, text, definition.section, note))
