"""Which acts come into question for an actor: what the agreement speaks of, put together with what there is.

Nothing is judged here. A list of documents, a kind of paper, an entry that is there, a duty or power to move money, a
blank and an ambiguity each suggest acts; whether one of them would be accepted is asked of the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bears, binds
from dsl.compile import Agreement, as_written
from dsl.concurrence import own_voices
from dsl.effects import travels
from dsl.engine import decide
from dsl.entries import counts, is_signed_kind, missing_signers
from dsl.events import Acted
from dsl.judge import Judge
from dsl.ledger import deposited
from dsl.money import Quantity
from dsl.norms import judge_for, rows_of
from dsl.owed import owed_under
from dsl.presets import PRESETS
from dsl.reasons import Gap
from dsl.settling import is_on_file, settlers
from dsl.state import Entry, State, key_of


@dataclass(frozen=True, slots=True)
class Need:
    """Something the actor still has to say: a field of an entry, a name, an amount or the content of a blank."""

    name: str
    type: t.Type
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """An act to be tried: what it is about, and what its author must still say."""

    verb: str
    subject: str
    action: a.Action
    needs: tuple[Need, ...] = ()
    sample: bool = False
    """Whether the action carries an amount that stands in for the one to come, and can be decided with it."""


def trials(law: Agreement, state: State, actor: str) -> Iterator[Trial]:
    """Every act worth trying for an actor, allowed or not, in the order of the agreement."""
    yield from _with_lists(law, actor)
    for kind in law.terms.kinds.values():
        yield from _with_kind(law, state, actor, kind)
    yield from _with_entries(law, state, actor)
    yield from _with_provisions(law, state, actor)
    yield from _with_openness(law, state, actor)
    yield from _with_breaches(law, state, actor)


def _with_lists(law: Agreement, actor: str) -> Iterator[Trial]:
    """A list of documents is signed and delivered as one."""
    for name, kinds in law.terms.collections.items():
        papers = [kind for kind in kinds if is_signed_kind(law, kind)]
        if any(actor in law.signers(kind) for kind in papers):
            yield Trial("sign", name, a.Sign(name))
        if any(_delivers(law, actor, law.terms.kinds[kind]) for kind in papers):
            yield Trial("deliver", name, a.Deliver(name))


def _with_kind(law: Agreement, state: State, actor: str, kind: t.Kind) -> Iterator[Trial]:
    if kind.preset == "movement" or (PRESETS[kind.preset].by_agreement and not kind.makers):
        return
    needs = tuple(Need(field.name, field.type, field.optional) for field in kind.fields)
    if is_signed_kind(law, kind.name):
        if actor not in law.signers(kind.name):
            return
        alive = [each for each in state.entries if each.kind == kind.name and each.withdrawn is None]
        for draft in alive:
            if missing_signers(law, draft):
                yield Trial("sign", kind.name, a.Sign(kind.name, draft.name))
        if kind.preset != "document" or not alive:
            for about in _abouts(law, state, kind):
                yield Trial("sign", kind.name, a.Sign(kind.name, _fresh(state, kind), None, about), needs)
    elif _makes(law, state, actor, kind):
        rule = law.terms.notice_rule if PRESETS[kind.preset].sent else None
        way = rule.ways[0] if rule else None
        channel = way.channels[0] if way else ""
        copy = way.copies[0] if way and way.copies else ""
        for about in _abouts(law, state, kind):
            yield Trial("make", kind.name, a.Make(kind.name, "", (), about, (), channel, copy), needs)


def _fresh(state: State, kind: t.Kind) -> str:
    """A name no entry of the kind has; the first needs none."""
    taken = {entry.name for entry in state.entries if entry.kind == kind.name}
    if not taken:
        return ""
    return next(name for number in range(2, len(taken) + 3) if (name := f"{kind.name} {number}") not in taken)


def _abouts(law: Agreement, state: State, kind: t.Kind) -> list[str]:
    """The entries that one of a kind can be about; nothing where it is about none, or there is none yet."""
    if not kind.about:
        return [""]
    kinds = law.kinds_of(kind.about)
    found = [each.name for each in state.entries if each.kind in kinds and counts(law, state, each, state.now)]
    return found or [""]


def _bears(law: Agreement, state: State, actor: str, provision: t.Provision) -> bool:
    """Whether an actor bears a duty or power, for one row at least."""
    statement = provision.statement
    assert isinstance(statement, t.Duty | t.Power)
    if statement.bearer is None:
        return binds(law, actor, statement)
    rows = rows_of(law, state, provision, Judge(law, state, state.now))
    return any(bears(judge_for(law, state, provision, row), actor, statement) for row in rows)


def _makes(law: Agreement, state: State, actor: str, kind: t.Kind) -> bool:
    named = any(actor == name or law.speaks_for(actor, name) for name in kind.makers)
    return named or any(
        isinstance(each.statement, t.Duty | t.Power)
        and isinstance(each.statement.act, t.Enter)
        and each.statement.act.verb == "make"
        and kind.name in each.statement.act.kinds
        and _bears(law, state, actor, each)
        for each in law.provisions
    )


def _delivers(law: Agreement, actor: str, kind: t.Kind) -> bool:
    addressed = kind.recipients if PRESETS[kind.preset].sent else ()
    who = kind.deliverers or (*kind.makers, *law.signers(kind.name), *addressed)
    return any(actor == name or actor in law.members(name) for name in who)


def _with_entries(law: Agreement, state: State, actor: str) -> Iterator[Trial]:
    """Papers that are signed and not received yet can be delivered; what one has made can be withdrawn, and what one
    has said alone as a member of a group."""
    for entry in state.entries:
        if entry.withdrawn is not None:
            continue
        kind = law.terms.kinds.get(entry.kind)
        if kind is not None and kind.recipients and travels(law, entry) and _delivers(law, actor, kind):
            yield Trial("deliver", entry.kind, a.Deliver(entry.kind, entry.name))
        signers = {signature.signer for signature in entry.signatures}
        if kind is not None and (entry.author == actor or actor in signers):
            withdrawal = a.Withdraw(entry.kind, entry.name)
            if isinstance(decide(law, state, a.Attempt(actor, withdrawal), state.now), Acted):
                yield Trial("withdraw", entry.kind, withdrawal)
    for each in state.concurrences:
        if isinstance(each.action, a.Make):
            withdrawal = a.Withdraw(each.action.kind, each.action.name)
            if own_voices(law, state, a.Attempt(actor, withdrawal)):
                yield Trial("withdraw", each.action.kind, withdrawal)


def _with_provisions(law: Agreement, state: State, actor: str) -> Iterator[Trial]:
    """Money moved, and funds held, under the duties and powers of the actor."""
    for provision in as_written(law):
        statement = provision.statement
        if not isinstance(statement, t.Duty | t.Power) or not _bears(law, state, actor, provision):
            continue
        match statement.act:
            case t.Hold() as act:
                rows = rows_of(law, state, provision, Judge(law, state, state.now))
                yield from (_holding(law, state, provision, act, row) for row in rows)
            case t.Move() as act:
                rows = rows_of(law, state, provision, Judge(law, state, state.now))
                found = [each for row in rows or [None] for each in _moves(law, state, provision, act, row)]
                nothing = act.plan is not None and not found
                yield from [Trial(act.verb, act.fund, a.Release(act.verb, act.fund, ""))] if nothing else found
            case t.Enter() | t.Ensure() | t.ActFor():
                continue


def _holding(law: Agreement, state: State, provision: t.Provision, act: t.Hold, row: Entry | None) -> Trial:
    judge = judge_for(law, state, provision, row)
    found = judge.values.entry(act.about) if act.about is not None else row
    about = found.name if isinstance(found, Entry) else ""
    unit = law.terms.funds[act.fund].unit
    most = judge.values.value(act.amount) if act.amount is not None else None
    known = isinstance(most, Quantity) and most.amount > 0
    amount = (most if isinstance(most, Quantity) and known else Quantity(1, unit)) if act.of_amount else None
    needs = (Need("Amount", t.Type("amount", (unit,))),) if act.of_amount and not known else ()
    action = a.HoldFund(act.fund, amount, about, act.lifts)
    return Trial("lift" if act.lifts else "hold", act.fund, action, needs, bool(needs))


def _moves(law: Agreement, state: State, provision: t.Provision, act: t.Move, row: Entry | None) -> Iterator[Trial]:
    if provision.rows is not None and row is None:
        return
    judge = judge_for(law, state, provision, row)
    if act.plan is not None:
        plan = judge.values.entry(act.plan)
        if not isinstance(plan, Gap) and counts(law, state, plan, state.now):
            yield Trial(act.verb, act.fund, a.Release(act.verb, act.fund, plan.name))
        return
    amount, needs = _amount_left(law, state, provision, act, row, judge)
    about = row.name if row is not None else ""
    if act.into:
        yield Trial(act.verb, act.fund, a.Deposit(amount, act.fund, act.verb, about), needs, True)
    elif act.verb == "deposit":
        for place in act.payees:
            yield Trial("deposit", place, a.DepositWith(amount, place, act.fund, about), needs, True)
    else:
        part = act.purpose if act.fund and act.purpose != "balance" else ""
        for payee in act.payees or ("",):
            yield Trial(act.verb, payee, a.Pay(act.verb, amount, payee, act.fund, about, part), needs, True)


def _amount_left(
    law: Agreement, state: State, provision: t.Provision, act: t.Move, row: Entry | None, judge: Judge
) -> tuple[Quantity, tuple[Need, ...]]:
    """What is left to pay, or the smallest amount as a stand-in with the need to name one."""
    unit = law.terms.funds[act.fund].unit if act.fund else law.terms.currency
    norm = state.norms.get(key_of(provision.key, row.number if row else None))
    owed = owed_under(judge, provision, act, norm)
    left = owed - (norm.paid if norm else 0) if isinstance(owed, int) else 0
    if act.into and act.fund and isinstance(owed, int) and isinstance(provision.statement, t.Duty):
        left = max(left, 0) or max(owed - deposited(state, law.terms.funds[act.fund]).amount, 0)
    if left > 0:
        return Quantity(left, unit), ()
    return Quantity(1, unit), (Need("Amount", t.Type("amount", (unit,))),)


def _with_openness(law: Agreement, state: State, actor: str) -> Iterator[Trial]:
    """Blanks to fill and readings to choose."""
    terms = law.terms
    holes = {name: blank.type for name, blank in terms.blanks.items()}
    holes |= {each.blank: t.Type("text") for each in terms.addresses if not is_on_file(law, state, each)}
    for name, kind in holes.items():
        if name in state.blanks or actor not in settlers(law, name)[0]:
            continue
        for said in state.settlings:
            if said.name == name and said.by and actor not in said.by:
                yield Trial("fill", name, a.Fill(name, said.content))
        yield Trial("fill", name, a.Fill(name, ""), (Need("content", kind),))
    for name, ambiguity in terms.ambiguities.items():
        if name not in state.choices and actor in settlers(law, name)[0]:
            for reading in ambiguity.readings:
                yield Trial("choose", name, a.Choose(name, reading))


def _with_breaches(law: Agreement, state: State, actor: str) -> Iterator[Trial]:
    """Duties of others whose breach the actor could assert; where time is vague only a person can."""
    for norm in state.norms.values():
        provision = law.by_key.get(norm.provision)
        if provision is None or not isinstance(provision.statement, t.Duty) or norm.status not in ("active", "overdue"):
            continue
        if actor not in norm.asserted_by and not _bears(law, state, actor, provision):
            yield Trial("assert breach", provision.section, a.AssertBreach(provision.section))
