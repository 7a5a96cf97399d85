"""The kernel: decide, evolve, tick and explain.

    decide(agreement, state, attempt, at)  -> Acted | Refused | Malformed   what an attempt leads to
    evolve(agreement, state, event)        -> State                         what an event means
    tick(agreement, state, at)             -> events                        instants waited for before `at`
    explain(agreement, state, question)    -> Reason                        why, why not, what would unlock it

All four are pure functions over frozen values. Time is the argument `at`; the only other input is the log. Replay is a
fold of `evolve`, with the instants that `tick` finds in between.

At one instant the order is: instants waited for before it; then the acts of that instant, in the order of the log;
after each, what follows from it, in the order the provisions depend on each other. An act exactly at a deadline is
timely. Acts of people are inputs and are never recomputed: `evolve` applies an accepted act whatever the log now says,
and tells where deciding it again would answer otherwise.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from dsl import actions as a
from dsl import terms as t
from dsl.checks import Objection, objections
from dsl.compile import FAILING, Agreement, covers
from dsl.concurrence import concur, has_concurred
from dsl.consequences import happen, perform
from dsl.days import reads_today
from dsl.effects import apply, digest_of, papers_of, plan_of
from dsl.entries import find
from dsl.events import Acted, Elapsed, Event, Malformed, Opened, Refused
from dsl.judge import Judge
from dsl.load import amended
from dsl.norms import (
    TICK,
    advance_norm,
    displacement,
    drop_rows,
    edges_over,
    judge_for,
    rows_of,
    stands,
    survives,
    window_of,
)  # fmt: skip
from dsl.permits import bans
from dsl.reasons import Reason, Truth
from dsl.recurrence import ahead, recur
from dsl.saying import say_instant
from dsl.sections import clause_of, no_section, section_named, without_provisions
from dsl.stages import none_yet
from dsl.state import Entry, State, key_of
from dsl.understood import completed, named
from dsl.verdicts import capped, not_owed, outflow_objections, permit_for, refused, row_name, shortage
from dsl.wellformed import blank_problems, problems

VERSION = "3"
"""The version of the meaning: a state made by another one is thrown away and folded again."""


# ------------------------------------------------------------------- opening


def open_deal(agreement: Agreement, opened: Opened) -> State | Malformed:
    """The first state of a deal; every required blank must be filled, and one with a default is."""
    blanks = agreement.terms.blanks.values()
    by_default = {blank.name: blank.default for blank in blanks if blank.default is not None}
    filled = {**by_default, **dict(opened.blanks)}
    missing = [blank.name for blank in blanks if blank.required and blank.name not in filled]
    wrong = (
        *(f"The blank {name} must be filled before the deal opens." for name in missing),
        *blank_problems(agreement, opened.blanks),
    )
    if wrong:
        return Malformed(wrong)
    fillers = {name: party.described for name, party in agreement.terms.parties.items() if party.described}
    state = State(
        agreement.digest,
        VERSION,
        opened.at,
        opened.at,
        blanks=filled,
        fillers={**fillers, **dict(opened.fillers)},
    )
    for row in agreement.terms.rows:
        entry = Entry(
            len(state.entries) + 1, row.kind, row.name, "", opened.at, row.section, row.fields,
            digest=digest_of(row.kind, "", row.fields),
        )  # fmt: skip
        state = replace(state, entries=(*state.entries, entry))
    return settle(agreement, state)


def in_force(agreement: Agreement, state: State) -> Agreement:
    """The agreement as amended so far; a state before an amendment is judged under the text then in force."""
    return amended(agreement, state.enacted) if state.enacted else agreement


# ------------------------------------------------------------------ deciding


def decide(agreement: Agreement, state: State, attempt: a.Attempt, at: datetime) -> Acted | Refused | Malformed:
    """What an attempt at an instant leads to. `state` must have been advanced to `at`."""
    law = in_force(agreement, state)
    state = replace(state, now=at)
    attempt = named(law, state, completed(law, state, attempt))
    found = tuple(problems(law, state, attempt))
    if found:
        return Malformed(found)
    forbidden = bans(law, state, attempt.actor, attempt.action)
    if forbidden:
        return refused(at, attempt, forbidden[0].section, "This is forbidden.", (forbidden[0].reason,))
    permit = permit_for(law, state, attempt)
    if isinstance(permit, Malformed):
        return permit
    if isinstance(permit, Objection):
        return refused(at, attempt, permit.section, permit.summary, permit.reasons)
    acting = replace(attempt, actor=permit.group) if permit.group else attempt
    for objection in (*objections(law, state, acting), *outflow_objections(law, attempt.action, permit)):
        section = objection.section or permit.section
        return refused(at, attempt, section, objection.summary, objection.reasons)
    row = row_name(state, permit)
    acted = Acted(
        at, attempt, permit.section, permit.provision, row, moves=moves_ahead(state), group=permit.group,
        papers=papers_of(law, state, attempt), plan=_plan_now(state, attempt.action),
    )  # fmt: skip
    if permit.group:
        acted = replace(acted, note=f"{attempt.actor} concurs for {permit.group}")
    if permit.group and has_concurred(state, acted):
        told = f"{attempt.actor} has done this already, and waits for the others of {permit.group}."
        return refused(at, attempt, permit.section, told, (permit.reason,))
    return shortage(law, state, acted) or not_owed(law, state, acted) or capped(law, state, acted)


def _plan_now(state: State, action: a.Action) -> t.Plan | None:
    """What a release pays, as the entry it pays by states it now."""
    entry = find(state, (), action.plan) if isinstance(action, a.Release) else None
    return plan_of(entry) if entry is not None else None


def moves_ahead(state: State) -> int:
    """The number of the next movement of money by an act."""
    return 1 + sum(posting.number > 0 for posting in state.postings)


# ------------------------------------------------------------------ evolving


def evolve(agreement: Agreement, state: State, event: Event) -> State:
    """What an event means. Refusals change nothing; they are evidence in the log."""
    match event:
        case Opened():
            opened = open_deal(agreement, event)
            return state if isinstance(opened, Malformed) else opened
        case Refused():
            return replace(state, now=event.at, acts=state.acts + 1)
        case Elapsed():
            return settle(agreement, replace(state, now=event.at))
        case Acted():
            law = in_force(agreement, state)
            before = replace(state, now=event.at, acts=state.acts + 1)
            before, whole = concur(law, before, event)
            if whole is None:
                return settle(agreement, before)
            return settle(agreement, perform(law, before, apply(law, before, whole), whole))


def settle(agreement: Agreement, state: State) -> State:
    """Let everything follow that follows now: each provision at most once for each row and rising edge."""
    bound = 4 * (len(agreement.provisions) + 1) * (len(state.entries) + 2)
    for _ in range(bound):
        law = in_force(agreement, state)
        after = recur(law, state)
        for provision in law.provisions:
            after = _consider(law, after, provision)
        if after is state:
            return state
        state = after
    raise RuntimeError("the provisions do not come to rest")  # pragma: no cover - the compiler orders them


def _consider(law: Agreement, state: State, provision: t.Provision) -> State:
    judge = Judge(law, state, state.now)
    rows = rows_of(law, state, provision, judge)
    for row in rows:
        state = _consider_row(law, state, provision, row)
    return state if provision.rows is None or provision.rows.filter is None else drop_rows(law, state, provision, rows)


def _consider_row(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    key = key_of(provision.key, row.number if row else None)
    ended = state.terminated is not None and not survives(law, provision.cited)
    if ended and key not in state.norms:
        return state
    latched = key in state.latches
    once = provision.latches or provision.trigger is None
    holds = latched if once and latched else not ended and _triggered(law, state, provision, row)
    if holds and not latched:
        state = replace(state, latches={**state.latches, key: state.now})
    elif not holds and latched:
        state = replace(state, latches={each: at for each, at in state.latches.items() if each != key})
    if isinstance(provision.statement, t.Binding):
        return advance_norm(law, state, provision, row, holds)
    return happen(law, state, provision, provision.statement, row) if holds and not latched else state


def _displaced(law: Agreement, state: State, section: str, row: Entry | None) -> bool:
    """Whether something is displaced, or it is open whether it is: what happens must happen under every reading."""
    return any(displacement(law, state, section, row=row, truth=each) for each in (Truth.TRUE, Truth.OPEN))


def _triggered(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
    happening = not isinstance(provision.statement, t.Binding)
    if happening and _displaced(law, state, provision.cited, row):
        return False
    if provision.key.endswith(FAILING):
        failed = state.norms.get(key_of(provision.key.removesuffix(FAILING), row.number if row else None))
        return failed is not None and failed.status == "overdue"
    if happening and not stands(law, state, provision, row):
        return False
    if provision.trigger is None:
        return True
    return judge_for(law, state, provision, row).judge(provision.trigger).truth is Truth.TRUE


# ------------------------------------------------------------------- ticking


@lru_cache(maxsize=64)
def _daily(terms: t.Terms) -> frozenset[str]:
    """The provisions under which an amount is owed that is worked out from the current date."""
    amounts = ((each.key, getattr(getattr(each.statement, "act", None), "amount", None)) for each in terms.provisions)
    return frozenset(key for key, amount in amounts if amount is not None and reads_today(terms, amount))


def agenda(agreement: Agreement, state: State) -> tuple[datetime, ...]:
    """Every instant ahead at which something waited for comes: derived, never authored."""
    law = in_force(agreement, state)
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        for row in rows_of(law, state, provision, judge):
            inner = judge if row is None else judge.with_row(row)
            ended = state.terminated is not None and not survives(law, provision.section)
            latched = provision.latches and key_of(provision.key, row.number if row else None) in state.latches
            if provision.trigger is not None and not latched and not ended:
                inner.judge(provision.trigger)
            for edge in edges_over(law, provision.cited):
                if edge.condition is not None:
                    inner.judge(edge.condition)
            window = window_of(provision.statement)
            if window is not None and window.stopped_while is not None:
                inner.judge(window.stopped_while)
            owed = getattr(getattr(provision.statement, "act", None), "amount", None)
            if owed is not None and provision.key in _daily(law.terms):
                inner.values.value(owed)
    judge.instants.update(ahead(law, state, judge))
    dues = {norm.due + TICK for norm in state.norms.values() if norm.due is not None and norm.status == "active"}
    taking = {entry.given for entry in state.entries if entry.given is not None}
    return tuple(sorted(instant for instant in judge.instants | dues | taking if instant > state.now))


def tick(agreement: Agreement, state: State, at: datetime) -> tuple[Elapsed, ...]:
    """The instants waited for before `at`, in order, each found in the state that the one before leads to."""
    found: list[Elapsed] = []
    while True:
        waited = [instant for instant in agenda(agreement, state) if instant < at]
        if not waited:
            return tuple(found)
        found.append(Elapsed(waited[0]))
        state = evolve(agreement, state, found[-1])


def advance(agreement: Agreement, state: State, at: datetime) -> State:
    """The state at an instant: everything before it has happened, and what holds at it holds."""
    for event in tick(agreement, state, at):
        state = evolve(agreement, state, event)
    return settle(agreement, replace(state, now=max(at, state.now)))


# ---------------------------------------------------------------- explaining


def explain(agreement: Agreement, state: State, question: t.Condition | str) -> Reason:
    """Why a condition has its truth value, or how the provisions of a section stand, or those that name an item."""
    law = in_force(agreement, state)
    if not isinstance(question, str):
        return Judge(law, state, state.now).judge(question)
    number = section_named(law, question)
    if number is None:
        return Reason(Truth.FALSE, " ".join(no_section(law, question)))
    clause = clause_of(law, number)
    asked = number if clause is None else clause.section
    children = []
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        if covers(asked, provision.cited):
            rows = rows_of(law, state, provision, judge)
            children += [_explained(law, state, provision, row) for row in rows] or [_no_row(judge, provision)]
    about = tuple(dict.fromkeys(_citing(tuple(children), number))) if number != asked else ()
    if about:
        return Reason(about[0].truth, number, number, children=about)
    text = clause.title if clause is not None else f"section {number}"
    if not children:
        return Reason(Truth.FALSE, text, asked, without_provisions(clause) if clause is not None else "")
    truth = Truth.TRUE if all(child.truth is Truth.TRUE for child in children) else Truth.PENDING
    return Reason(truth, text, asked, children=tuple(children))


def _citing(reasons: tuple[Reason, ...], number: str) -> Iterator[Reason]:
    """The outermost of these reasons, and of those below them, that are cited by a number."""
    for reason in reasons:
        if reason.section == number:
            yield reason
        else:
            yield from _citing(reason.children, number)


def _no_row(judge: Judge, provision: t.Provision) -> Reason:
    assert provision.rows is not None
    wait = none_yet(judge, provision.rows, provision.cited)
    return Reason(Truth.PENDING, provision.text, provision.cited, "dormant", (wait,))


def _explained(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> Reason:
    norm = state.norms.get(key_of(provision.key, row.number if row else None))
    status = norm.status if norm is not None else "dormant"
    if not isinstance(provision.statement, t.Binding):
        status = "happened" if key_of(provision.key, row.number if row else None) in state.latches else "not yet"
    note = f'{status} for "{row.name}"' if row is not None else status
    if state.terminated is not None and status in ("dormant", "discharged") and not survives(law, provision.cited):
        return Reason(Truth.FALSE, provision.text, provision.cited, "the agreement has terminated")
    latched = state.latches.get(key_of(provision.key, row.number if row else None))
    if provision.trigger is None or (latched is not None and provision.latches):
        since = f" since {say_instant(latched, law.terms.zone)}" if latched is not None else ""
        below = (judge_for(law, state, provision, row).judge(provision.trigger),) if provision.trigger else ()
        return Reason(Truth.TRUE, provision.text, provision.cited, note + since, children=below)
    why = judge_for(law, state, provision, row).judge(provision.trigger)
    return Reason(why.truth, provision.text, provision.cited, note, why.waits, (why,))
