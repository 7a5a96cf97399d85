"""What each actor can do now, and what stands in the way of the rest.

Every act the agreement knows for an actor is tried on the deal as it stands: the same evaluator that decides an attempt
says here whether it would be accepted, under which section, or why not and what would unlock it. Where an act needs
content that only the actor can give, everything that does not depend on the content is judged, and the rules that the
content must meet are told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from dsl import actions as a
from dsl import terms as t
from dsl.authority import authority, hands
from dsl.bans import forbidding
from dsl.checks import Objection, broken_rules, kinds_of, objections
from dsl.compile import Agreement
from dsl.effects import draft_of, entered, signed
from dsl.engine import decide, in_force, settle
from dsl.events import Acted, Malformed, Refused
from dsl.judge import Judge
from dsl.lacking import summary_of
from dsl.money import Quantity
from dsl.permits import Permit, permits
from dsl.reasons import Gap, Reason, Truth, Wait
from dsl.state import Entry, State
from dsl.unanimity import answered
from dsl.verdicts import withheld
from dsl.views.norms import own_names
from dsl.views.trials import Need, Trial, trials
from dsl.views.wording import words_of_action
from dsl.wellformed import actors, problems


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that the content must meet, with the section it stands in."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Possibility:
    """One act of one actor.

    `allowed` says whether it would be accepted now. `text` is the act in the words of the language, with three dots for
    each of its `needs`; `under` is the section that it names there, where several would allow it. `by` is the person
    who could act for the actor, where the agreement says who may; `keyed` that it has to be signed with a registered
    key, which is taken as done. `section` is where it is allowed or refused; `reasons` are the innermost reasons that
    are not met, and `waits` what they wait for.
    """

    actor: str
    verb: str
    subject: str
    text: str
    allowed: bool
    section: str
    summary: str
    action: a.Action
    needs: tuple[Need, ...] = ()
    rules: tuple[Rule, ...] = ()
    reasons: tuple[Reason, ...] = ()
    by: str = ""
    under: str = ""
    keyed: bool = False

    @property
    def waits(self) -> tuple[Wait, ...]:
        """What would unlock it, and who can supply it; each once."""
        return tuple(dict.fromkeys(wait for reason in self.reasons for wait in _all_waits(reason)))


def _all_waits(reason: Reason) -> Iterator[Wait]:
    yield from reason.waits
    for child in reason.children:
        if child.truth is not Truth.TRUE:
            yield from _all_waits(child)


def everybody(agreement: Agreement, state: State) -> tuple[str, ...]:
    """Whoever can act, and whoever bears something under a name of his own, such as one who filled a role before."""
    return (*actors(agreement), *own_names(agreement, state))


def possibilities(agreement: Agreement, state: State, actor: str) -> tuple[Possibility, ...]:
    """Every act the agreement knows for an actor, allowed or blocked. `state` is as of the instant asked about."""
    law = in_force(agreement, state)
    tries: dict[a.Action, Trial] = {}
    for each in trials(law, state, actor):
        tries.setdefault(each.action, each)
    return tuple(found for each in tries.values() for found in _judged(agreement, law, state, actor, each))


# ------------------------------------------------------------------- judging


def _judged(
    agreement: Agreement, law: Agreement, state: State, actor: str, tried: Trial, under: str = ""
) -> Iterator[Possibility]:
    """How an act stands; one that several sections allow, under each of them."""
    tries = tuple(
        (each, _answer(agreement, state, each, tried))
        for by in hands(law, state, actor, tried.action) or ("",)
        for each in (a.Attempt(actor, tried.action, under, by, keyed=True),)
    )
    attempt, answer = next((each for each in tries if isinstance(each[1], Acted)), tries[0])
    if isinstance(answer, Malformed) and answer.sections:
        for section in answer.sections:
            yield from _judged(agreement, law, state, actor, tried, section)
        return
    made = Possibility(
        actor,
        tried.verb,
        tried.subject,
        _words(law, state, actor, tried) + (f" under section {under}" if under else ""),
        False,
        section_of(law, tried.action),
        "",
        tried.action,
        tried.needs,
        _rules(law, tried.action),
        by=attempt.by,
        under=under,
        keyed=any(law.terms.kinds[kind].keyed for kind in kinds_of(law, state, tried.action, actor)),
    )
    match answer:
        case Acted(section=section):
            yield replace(made, allowed=True, section=section or made.section)
        case Refused(section=section, summary=summary, reasons=reasons):
            yield replace(made, section=section or made.section, summary=summary, reasons=reasons)
        case Malformed(problems=found):
            about = _wanted_about(law, tried.action)
            summary = f"There is no {about} yet." if about else found[0]
            yield replace(made, summary=summary, reasons=_missing(law, state, tried.action, found))


def _answer(agreement: Agreement, state: State, attempt: a.Attempt, tried: Trial) -> Acted | Refused | Malformed:
    whole = (tried.sample or not tried.needs) and not _planless(tried.action)
    if whole:
        return decide(agreement, state, attempt, state.now)

    def asked(world: State) -> Acted | Refused | Malformed:
        return _without_content(in_force(agreement, world), world, attempt)

    return answered(agreement, state, asked, partial(settle, agreement))


def _words(law: Agreement, state: State, actor: str, tried: Trial) -> str:
    """The act in words; three dots stand for what has still to be said."""
    words = words_of_action(law.terms, actor, tried.action, state)
    match tried.action:
        case a.Release() if _planless(tried.action):
            return words.removesuffix('""') + "..."
        case a.Fill() if tried.needs:
            return words.removesuffix('""') + "..."
        case (
            a.Pay(amount=amount)
            | a.Deposit(amount=amount)
            | a.DepositWith(amount=amount)
            | a.HoldFund(amount=Quantity() as amount)
        ) if tried.needs:
            return words.replace(str(amount), f"{amount.unit} ...")
        case _:
            stated = " and ".join(f"{need.name} as ..." for need in tried.needs if not need.optional)
            return f"{words} stating {stated}" if stated else words


def section_of(law: Agreement, action: a.Action) -> str:
    """The section that speaks of the kind, the blank or the ambiguity an act is about; empty for other acts."""
    match action:
        case a.Make() | a.Sign() if action.kind in law.terms.kinds:
            return law.terms.kinds[action.kind].section
        case a.Fill(blank=name) if name in law.terms.blanks:
            return law.terms.blanks[name].section
        case a.Fill(blank=name):
            return next((each.section for each in law.terms.addresses if each.blank == name), "")
        case a.Choose(ambiguity=name):
            return law.terms.ambiguities[name].section
        case _:
            return ""


def _without_content(law: Agreement, state: State, attempt: a.Attempt) -> Acted | Refused | Malformed:
    """The answer as far as it does not depend on what the author has still to say."""
    action = attempt.action
    about = getattr(action, "about", "")
    if not about and _wanted_about(law, action):
        return Malformed(tuple(problems(law, state, attempt)))
    forbidden = forbidding(law, state, attempt)
    if forbidden is not None:
        return forbidden
    acting = authority(law, state, attempt)
    if isinstance(acting, Objection):
        return Refused(state.now, attempt, acting.section, acting.summary, acting.reasons)
    section = ""
    if not isinstance(action, a.Fill):
        found = permits(law, state, attempt.actor, action)
        granted = [each for each in found if each.granted]
        if not granted:
            why = withheld(law, state, attempt, found)
            return Refused(state.now, attempt, why.section, why.summary, why.reasons)
        section = granted[0].section
        if isinstance(action, a.Release) and _planless(action):
            return _no_plan(law, state, attempt, granted[0])
    for objection in _beside_content(law, state, attempt):
        return Refused(state.now, attempt, objection.section or section, objection.summary, objection.reasons)
    return Acted(state.now, attempt, section)


def _planless(action: a.Action) -> bool:
    """Whether it pays according to an entry that is not there yet."""
    return isinstance(action, a.Release) and not action.plan


def _no_plan(law: Agreement, state: State, attempt: a.Attempt, permit: Permit) -> Refused:
    """It may be paid, and there is nothing yet that says to whom."""
    statement = law.by_key[permit.provision].statement
    assert isinstance(statement, t.Duty | t.Power)
    assert isinstance(statement.act, t.Move)
    assert statement.act.plan is not None
    found = Judge(law, state, state.now).values.entry(statement.act.plan)
    waits = found.waits if isinstance(found, Gap) else ()
    reason = Reason(Truth.PENDING, statement.act.plan.text, permit.section, waits=waits)
    return Refused(state.now, attempt, permit.section, summary_of(reason), (reason,))


def _beside_content(law: Agreement, state: State, attempt: a.Attempt) -> Iterable[Objection]:
    """The objections to an act, but for those that its content, which is still to come, gives rise to."""
    action = attempt.action
    entry: Entry | None = None
    if isinstance(action, a.Make):
        entry = entered(law, state, attempt.actor, action, "")
    elif isinstance(action, a.Sign) and action.kind in law.terms.kinds:
        draft = draft_of(law, state, action.kind, action.name)
        entry = signed(law, state, attempt.actor, action.kind, action, "", draft)
    by_content = tuple(broken_rules(law, state, entry)) if entry is not None else ()
    return (each for each in objections(law, state, attempt) if each not in by_content)


def _wanted_about(law: Agreement, action: a.Action) -> str:
    if not isinstance(action, a.Make | a.Sign) or action.kind not in law.terms.kinds:
        return ""
    return law.terms.kinds[action.kind].about


def _missing(law: Agreement, state: State, action: a.Action, found: tuple[str, ...]) -> tuple[Reason, ...]:
    """Why an act cannot even be put into words yet: there is no entry that it could be about."""
    about = _wanted_about(law, action)
    section = law.terms.kinds[action.kind].section if isinstance(action, a.Make | a.Sign) and about else ""
    if not about:
        return tuple(Reason(Truth.FALSE, text) for text in found)
    kinds = law.kinds_of(about)
    nowhere = law.terms.kinds[kinds[0]].span
    text = f"{about} has been made"
    some = t.StageReached(
        text, nowhere, "some", t.Selection(about, nowhere, kinds, False, None, None), "made", None, None
    )
    return (replace(Judge(law, state, state.now).judge(some), section=section),)


def _rules(law: Agreement, action: a.Action) -> tuple[Rule, ...]:
    if not isinstance(action, a.Make | a.Sign):
        return ()
    return tuple(Rule(guard.section, guard.text) for guard in law.validities.get(action.kind, ()))


__all__ = ["Need", "Possibility", "Rule", "actors", "possibilities", "section_of"]
