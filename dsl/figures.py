"""The figures and dates behind an answer: a question in, the derivation of every value that it rests on out.

A reason says what holds and what it waits for. Where it rests on a date or an amount, that has a story of its own,
which stands beside the reason: when the time of a duty ends and how it was counted, what is owed and what of it was
paid, and the values that a condition compares.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import binds
from dsl.compile import Agreement, covers
from dsl.derivation import capped, derive, due_of
from dsl.derived import Derivation, paid_fact, say_shortly
from dsl.effects import draft_of, entered, signed
from dsl.engine import in_force
from dsl.judge import Judge
from dsl.ledger import caps_over
from dsl.money import Quantity, parse_money
from dsl.norms import judge_for, rows_of
from dsl.owed import amount_gap, limit_of, still_owed
from dsl.past import judge_as_of
from dsl.permits import matches, permits
from dsl.reasons import Gap, Truth
from dsl.resolve.walk import walk
from dsl.sections import answering, section_named
from dsl.silence import last_act
from dsl.state import Entry, Norm, State, key_of
from dsl.windows import runs_from_trigger

_TOLD = (t.AsOf, t.Shift, t.Extreme, t.Share, t.Sum, t.Defined, t.DeadlineOf, t.PerformanceOf, t.StageOf)
"""Values that are worked out by rule; another one is told too if there is anything to tell of it."""

_SHOWN = 3
"""Of how many rows of a sentence, the latest ones, it is told what an act or an event rests on."""


def value_now(agreement: Agreement, state: State, value: t.Value) -> Derivation:
    """What a value is now and how it came about."""
    law = in_force(agreement, state)
    return derive(Judge(law, state, state.now), value)


def figures_for(agreement: Agreement, state: State, question: t.Condition | str) -> tuple[Derivation, ...]:
    """What stands behind the explanation of a condition, or of the section of a number."""
    law = in_force(agreement, state)
    judge = Judge(law, state, state.now)
    if not isinstance(question, str):
        return _once(_behind(judge, question))
    number = section_named(law, question) or question
    question = answering(law, number)
    found: list[Derivation] = []
    rows = [
        (provision, row)
        for provision in law.provisions
        if covers(question, provision.cited)
        for row in rows_of(law, state, provision, judge)
    ]
    items = [
        (item, judge_for(law, state, provision, row))
        for provision, row in rows
        for item in walk(provision.trigger)
        if isinstance(item, t.Item) and item.path == number
    ]
    if items:
        return _once(each for item, own in items for each in _behind(own, item.condition))
    for provision, row in rows:
        found += _of_provision(law, state, provision, row)
    shown = {each.text for made in found for each in made.children}
    for cap in law.terms.caps:
        if covers(question, cap.section) or any(covers(question, each) for each in cap.sections):
            left = _cap(judge, cap)
            found += [] if left.text in shown else [left]
    return _once(found)


def figures_against(agreement: Agreement, state: State, attempt: a.Attempt) -> tuple[Derivation, ...]:
    """The values in what refuses an attempt: in the bans on it, in the content rules that it would break, and in the
    provisions under which it could be allowed."""
    law = in_force(agreement, state)
    return _once([*_banning(law, state, attempt), *_breaking(law, state, attempt), *_allowing(law, state, attempt)])


def _banning(law: Agreement, state: State, attempt: a.Attempt) -> Iterator[Derivation]:
    """What the bans rest on that are in force for such an act."""
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        ban = provision.statement
        if not isinstance(ban, t.Ban) or not binds(law, attempt.actor, ban):
            continue
        if not matches(law, attempt.actor, attempt.action, ban.act):
            continue
        for row in rows_of(law, state, provision, judge)[-_SHOWN:]:
            norm = state.norm(provision.key, row.number if row is not None else None)
            if norm is not None and norm.status == "active":
                yield from _of_provision(law, state, provision, row)


def _breaking(law: Agreement, state: State, attempt: a.Attempt) -> Iterator[Derivation]:
    """The values in the content rules that something somebody tries to make would break."""
    action = attempt.action
    match action:
        case a.Make() if action.kind in law.terms.kinds:
            entry = entered(law, state, attempt.actor, action, "")
        case a.Sign() if action.kind in law.terms.kinds and action.fields is not None:
            draft = draft_of(law, state, action.kind, action.name, anew=True)
            entry = signed(law, state, attempt.actor, action.kind, action, "", draft)
        case _:
            return
    judge = Judge(law, state.asking(entry), state.now).with_row(entry)
    rules = (guard.condition for guard in law.validities.get(entry.kind, ()))
    for condition in rules:
        if judge.judge(condition).truth is not Truth.TRUE:
            yield from _behind(judge, condition)


def _allowing(law: Agreement, state: State, attempt: a.Attempt) -> Iterator[Derivation]:
    """What the provisions rest on under which an act could be allowed; and of one that allows it what is owed."""
    told = Counter[str]()
    for permit in reversed(permits(law, state, attempt.actor, attempt.action)):
        provision = law.by_key.get(permit.provision)
        pays = provision is not None and isinstance(getattr(provision.statement, "act", None), t.Move)
        told[permit.provision] += 1
        if provision is not None and (pays or not permit.granted) and told[permit.provision] <= _SHOWN:
            row = state.entry(permit.row) if permit.row is not None else None
            yield from _of_provision(law, state, provision, row)


def _once(found: Iterator[Derivation] | list[Derivation]) -> tuple[Derivation, ...]:
    return tuple(dict.fromkeys(found))


# --------------------------------------------------------------- conditions


def _behind(  # noqa: C901, PLR0912 - one case for each kind
    judge: Judge, condition: t.Condition, above: frozenset[str] = frozenset()
) -> Iterator[Derivation]:
    """The derivation of every value a condition compares, for the rows it is judged for; and of what brings about by
    itself what it lacks, each sentence once on the way down (`above` are those that led here)."""
    match condition:
        case t.Combined():
            for item in condition.items:
                yield from _behind(judge, item.condition, above)
        case t.Holds():
            named = judge.agreement.terms.conditions[condition.condition].condition
            subject = judge.values.entry(condition.subject) if condition.subject is not None else None
            if not isinstance(subject, Gap):
                yield from _behind(judge if subject is None else judge.with_row(subject), named, above)
        case t.EveryHolds():
            named = judge.agreement.terms.conditions[condition.condition].condition
            for entry in judge.values.selected(condition.entries):
                yield from _behind(judge.with_row(entry), named, above)
        case t.Compare():
            yield from _told(judge, condition.left)
            yield from (_bounding(judge, condition, each) for each in _told(judge, condition.right))
        case t.Arrived():
            yield from _told(judge, condition.instant)
        case t.StageReached():
            if condition.bound is not None:
                yield from _told(judge, condition.bound.instant)
            yield from _bringing_about(judge, condition, above)
        case t.Allots():
            yield from _told(judge, condition.amount)
        case t.InHours() if condition.moment is not None:
            yield from _told(judge, condition.moment)
        case t.Silent():
            last = last_act(judge, condition)
            if not isinstance(last, Gap):
                start = t.Literal(judge.say(last[0]), condition.span, last[0])
                text = f"the time for which {condition.text}"
                made = derive(judge, t.Shift(text, condition.span, condition.period, True, start))
                yield replace(made, notes=(f"{last[1]}, {say_shortly(judge, last[0])}", *made.notes))
        case t.Stood():
            yield from _told(judge, condition.moment)
            then = judge_as_of(judge, condition)
            if then is not None:
                yield from _behind(then[0], then[1].condition)
        case _:
            return


def _bringing_about(judge: Judge, condition: t.StageReached, above: frozenset[str]) -> Iterator[Derivation]:
    """What the sentences rest on that bring about by themselves what has not come yet."""
    reason = judge.judge(condition)
    kinds = {wait.about for wait in reason.waits if wait.what == "act"} if reason.truth is not Truth.TRUE else set()
    law, state = judge.agreement, judge.state
    for provision in law.provisions:
        happens = provision.statement
        if isinstance(happens, t.Occurs) and happens.kind in kinds and provision.key not in above:
            for row in rows_of(law, state, provision, judge)[-_SHOWN:]:
                yield from _of_provision(law, state, provision, row, above)


def _told(judge: Judge, value: t.Value) -> Iterator[Derivation]:
    made = derive(judge, value)
    if not made.is_plain or isinstance(value, _TOLD):
        yield made


_OVER = ("dormant", "superseded", "waived", "discharged")
"""As what a duty to pay is not owed, whatever is left of its amount."""

_BOUNDS = {">=": "earliest", ">": "after", "<=": "latest", "<": "before"}


def _bounding(judge: Judge, condition: t.Compare, made: Derivation) -> Derivation:
    """The side of a comparison of times that bounds the other one says what it allows: `earliest Mon 12 Sep 2005`."""
    left, right = judge.values.value(condition.left), judge.values.value(condition.right)
    word = _BOUNDS.get(condition.comparator)
    if word is None or not isinstance(right, date):
        return made
    by_day = isinstance(right, datetime) and isinstance(left, date) and not isinstance(left, datetime)
    bound = judge.values.local_day(right) if by_day and isinstance(right, datetime) else right
    return replace(made, notes=(*made.notes, f"{word} {say_shortly(judge, bound)}"))


# -------------------------------------------------------------------- norms


def _of_provision(
    law: Agreement, state: State, provision: t.Provision, row: Entry | None, above: frozenset[str] = frozenset()
) -> Iterator[Derivation]:
    """The values in the condition of a provision, and what its duty or power comes to: by when, and how much."""
    norm = state.norms.get(key_of(provision.key, row.number if row is not None else None))
    judge = judge_for(law, state, provision, row)
    if provision.trigger is not None:
        yield from _behind(judge, provision.trigger, above | {provision.key})
    if norm is None or not isinstance(provision.statement, t.Duty | t.Power):
        return
    due = due_of(judge, provision, norm)
    if due is not None:
        yield due
    if isinstance(provision.statement, t.Duty) and isinstance(provision.statement.act, t.Move):
        owed = _owed(judge, provision, provision.statement.act, norm)
        if owed is not None:
            yield owed


def _owed(judge: Judge, provision: t.Provision, act: t.Move, norm: Norm) -> Derivation | None:
    """What is still owed under a duty to pay: the amount, what was paid of it, and what a cap leaves."""
    value = act.amount if act.plan is None else None
    worth = judge.values.value(value) if value is not None else None
    gap = amount_gap(judge, provision, norm)
    children = (derive(judge, value),) if value is not None else ()
    named = f' for "{judge.state.entry(norm.row).name}"' if norm.row is not None else ""
    made = Derivation(f"what is owed under section {provision.cited}{named}", "", section=provision.section)
    if gap is not None:
        runs = isinstance(provision.statement, t.Duty) and runs_from_trigger(provision.statement.window)
        told = "its time does not run" if runs else "it is not overdue"
        return replace(made, truth=gap.truth, notes=(f"{told} while the amount is not known",), children=children)
    unit = worth.unit if isinstance(worth, Quantity) else judge.agreement.terms.currency
    left = still_owed(judge, provision, act, norm)
    if isinstance(left, Gap):
        return None
    left = max(left, 0)
    owed, paid = Quantity(left + norm.paid, unit), Quantity(norm.paid, unit)
    over = norm.status in _OVER
    now = f"nothing of it is owed now: it is {norm.status}" if over else f"still owed {Quantity(left, unit)}"
    notes = [f"owed {owed}, paid {paid}, {now}"]
    if isinstance(worth, Quantity) and worth != owed:
        how = (
            f"fixed at {owed} when the duty arose"
            if norm.owed is not None
            else "read as if nothing of it had been paid"
        )
        notes.append(f"{how}; the same words would now give {worth}")
    paying = (each for each in judge.state.postings if (each.provision, each.row) == (norm.provision, norm.row))
    facts = tuple(paid_fact(judge, each) for each in paying)
    caps = tuple(_cap(judge, cap) for cap in caps_over(judge.agreement, judge.state, provision.section))
    notes += [
        f"the cap of section {cap.section} leaves {cap.value} of it to be paid" for cap in caps if _binds(cap, left)
    ]
    value_of = tuple(each for each in children if not each.is_plain)
    said = str(Quantity(0 if over or norm.status == "fulfilled" else left, unit))
    return replace(made, value=said, notes=tuple(notes), facts=facts, children=(*value_of, *caps))


def _binds(cap: Derivation, left: int) -> bool:
    """Whether less is left of a cap than is owed."""
    remaining = parse_money(cap.value)
    return isinstance(remaining, Quantity) and remaining.amount < left


def _cap(judge: Judge, cap: t.Cap) -> Derivation:
    """How much of a cap is left."""
    limit = limit_of(judge, cap)
    text = f"what is left of the cap of section {cap.section}"
    if not isinstance(limit, Quantity):
        return Derivation(text, "", Truth.PENDING, cap.section, children=(derive(judge, cap.limit),))
    return capped(judge, cap, limit, text)
