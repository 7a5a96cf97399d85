"""An act as the agreement speaks of it in, an attempt at it out: what somebody would try, without its content."""

from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement
from dsl.entries import is_signed_kind
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.reasons import Gap, Truth
from dsl.state import State


def sample_action(law: Agreement, state: State, act: t.Act) -> a.Action:
    """An attempt at an act, without the content that a real one would have."""
    judge = Judge(law, state, state.now)
    match act:
        case t.Enter():
            about = judge.values.entry(act.about) if act.about is not None else None
            named = "" if about is None or isinstance(about, Gap) else about.name
            kind = act.kinds[0]
            if act.verb == "deliver":
                return a.Deliver(kind)
            if act.verb == "withdraw":
                return a.Withdraw(kind)
            if act.verb == "sign" or is_signed_kind(law, kind):
                return a.Sign(kind, about=named)
            return a.Make(kind, about=named)
        case t.Move(plan=None, into=True):
            return a.Deposit(_amount(judge, act), act.fund, act.verb)
        case t.Move(plan=None, verb="deposit"):
            return a.DepositWith(_amount(judge, act), act.payees[0], act.fund)
        case t.Move(plan=None):
            return a.Pay(act.verb, _amount(judge, act), payee_named(judge, act), act.fund)
        case t.Move(plan=reference):
            plan = judge.values.entry(reference) if reference is not None else Gap(Truth.PENDING, ())
            return a.Release(act.verb, act.fund, "" if isinstance(plan, Gap) else plan.name)
        case t.Hold():
            about = judge.values.entry(act.about) if act.about is not None else None
            named = "" if about is None or isinstance(about, Gap) else about.name
            return a.HoldFund(act.fund, _amount(judge, act) if act.of_amount else None, named, act.lifts)


def payee_named(judge: Judge, act: t.Move) -> str:
    """Whom a payment would go to: the first of those named, or somebody whom an entry names."""
    if act.payee is None:
        return act.payees[0] if act.payees else ""
    payee = judge.values.value(act.payee)
    return payee.name if isinstance(payee, t.NameValue) else f'"{payee}"' if isinstance(payee, str) else ""


def _amount(judge: Judge, act: t.Move | t.Hold) -> Quantity:
    amount = judge.values.value(act.amount) if act.amount is not None else None
    return amount if isinstance(amount, Quantity) else Quantity(1, judge.agreement.terms.currency)
