"""What an attempt leaves to be understood, made explicit before it is judged, so that the log says all that was meant.

The kind of a named entry, the entries that fields name, `the rest` of a plan, and the name of what nobody has named:
what is recorded is what was meant, and no fact that comes late can change it.
"""

from dataclasses import replace

from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement
from dsl.concurrence import own_voices
from dsl.effects import draft_of
from dsl.entries import find
from dsl.judge import Judge
from dsl.ledger import deposited
from dsl.money import Quantity
from dsl.naming import default_name
from dsl.resolve.walk import kinds_within, walk
from dsl.state import Entry, State


def completed(agreement: Agreement, state: State, attempt: a.Attempt) -> a.Attempt:
    """The attempt with what it leaves to be understood: the kind of a named entry, the entries its fields name, and
    `the rest` of a plan, so that what is signed is an amount."""
    action = attempt.action
    match action:
        case a.Sign(kind="") | a.Deliver(kind="") | a.Withdraw(kind="") if action.name:
            found = find(state, (), action.name)
            action = replace(action, kind=found.kind) if found is not None else _voiced(agreement, state, attempt)
        case a.Withdraw(name=""):
            own = state.of_kinds(agreement.kinds_of(action.kind))
            mine = [entry for entry in own if entry.withdrawn is None and _is_of(entry, attempt.actor)]
            action = replace(action, name=mine[-1].name) if mine else _voiced(agreement, state, attempt)
        case a.Make() | a.Sign() if action.fields is not None:
            kind = agreement.terms.kinds.get(action.kind)
            types = {field.name: field.type for field in kind.fields} if kind is not None else {}
            stated = (
                (name, _understood(agreement, state, action.kind, content, types.get(name)))
                for name, content in action.fields
            )
            action = replace(action, fields=tuple(stated))
        case _:
            return attempt
    return replace(attempt, action=action)


def _voiced(agreement: Agreement, state: State, attempt: a.Attempt) -> a.Action:
    """The act with the kind and the name of what the actor has said alone as a member of a group, if it is that."""
    action = attempt.action
    for each in reversed(own_voices(agreement, state, attempt)):
        if isinstance(action, a.Withdraw) and isinstance(each.action, a.Make):
            return replace(action, kind=each.action.kind, name=each.action.name)
    return action


def _is_of(entry: Entry, actor: str) -> bool:
    return entry.author == actor or actor in {signature.signer for signature in entry.signatures}


def _understood(agreement: Agreement, state: State, kind: str, content: t.Content, wanted: t.Type | None) -> t.Content:
    if wanted is not None and wanted.name == "entry" and isinstance(content, str):
        found = find(state, wanted.of, content)
        return t.EntryName(found.name) if found is not None else content
    if not isinstance(content, t.Plan) or content.rest_to is None:
        return content
    names = _paid_from(agreement, kind)
    if len(names) != 1:
        return content
    fund = agreement.terms.funds[names[0]]
    purpose = Judge(agreement, state, state.now).values.value(fund.purpose) if fund.purpose is not None else None
    held = state.balance(f"{fund.name}/balance", fund.unit)
    whole = purpose if isinstance(purpose, Quantity) else held
    stated = sum(line.amount.amount for line in content.lines)
    left = whole - (deposited(state, fund) - held) if isinstance(purpose, Quantity) else held
    rest = (left if left.amount > stated else whole).amount - stated
    if rest <= 0:
        return content
    return t.Plan((*content.lines, t.PlanLine(content.rest_to, Quantity(rest, whole.unit))))


def _paid_from(agreement: Agreement, kind: str) -> tuple[str, ...]:
    """The funds that are paid out according to entries of a kind; every fund, if no sentence says so."""
    moves = (each for each in walk(agreement.terms.provisions) if isinstance(each, t.Move))
    plans = [(move.fund, kinds_within(move.plan)) for move in moves if move.plan is not None]
    return tuple(dict.fromkeys(fund for fund, kinds in plans if kind in kinds)) or tuple(agreement.terms.funds)


def _each_named(agreement: Agreement, state: State, attempt: a.Attempt) -> a.Attempt:
    """Several acts, each with the name of what it makes."""
    taken: list[str] = []
    acts: list[a.Make | a.Pay | a.Deposit | a.DepositWith] = []
    for action in attempt.acts:
        if isinstance(action, a.Make) and not action.name and action.kind in agreement.terms.kinds:
            taken.append(default_name(state, action.kind, taken))
            acts.append(replace(action, name=taken[-1]))
        elif isinstance(action, a.Make | a.Pay | a.Deposit | a.DepositWith):
            acts.append(action)
    return replace(attempt, action=acts[0], also=tuple(acts[1:]))


def named(agreement: Agreement, state: State, attempt: a.Attempt) -> a.Attempt:
    """The attempt with the name of what it makes: its kind, with a number from the second on."""
    if attempt.also:
        return _each_named(agreement, state, attempt)
    action = attempt.action
    match action:
        case a.Make(name="", kind=kind) if kind in agreement.terms.kinds:
            return replace(attempt, action=replace(action, name=default_name(state, kind)))
        case a.Sign(name="", kind=kind) if kind in agreement.terms.kinds:
            if draft_of(agreement, state, kind, "", anew=bool(action.fields)) is None:
                return replace(attempt, action=replace(action, name=default_name(state, kind)))
    return attempt
