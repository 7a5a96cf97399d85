"""The kernel: decide, evolve, tick and explain.

    decide(agreement, state, attempt, at)  -> Acted | Refused | Malformed   what an attempt leads to
    evolve(agreement, state, event)        -> State                         what an event means
    tick(agreement, state, at)             -> events                        instants waited for before `at`
    explain(agreement, state, question)    -> Reason                        why, why not, what would unlock it

All four are pure functions over frozen values. Time is the argument `at`; the only other input is the log. Replay is a
fold of `evolve`, with the instants that `tick` finds in between.

In short. A *provision* is one of five forms: it defines (`means`), obliges (`must`), forbids (`must not`), empowers
(`may`), or happens by itself. An act it speaks of has one of two effects: an entry is made, or a quantity moves. One
kind of *edge* says which provision yields to which. What binds is a *norm*, of one provision for one row, and there is
one machine for all of them: it is dormant until its trigger holds, then active; suspended while it yields; and comes
to rest as fulfilled (or fulfilled late), excused, waived, superseded or discharged, a duty by way of overdue if its
time passes. A condition is true, false, pending or open, and its truth value is its explanation. After every act and
instant the provisions are considered again until nothing changes: first what recurs, then each sentence, last what
ends all.

Whoever wants to read the code reads `terms/provisions.py`, `judge.py`, `norms.py`, `following.py` and `effects.py`, in
this order. What the kernel is made of, and where each part is:

- Two effects, `terms/provisions.py`: `Enter`, to enter an entry (done in `effects.py`), and `Move`, to move a quantity
  (`effects.py`, kept by double entry in `ledger.py`). `Hold` moves nothing: what it keeps from being paid is read from
  the norms and exercises, in `holds.py`. `Ensure` and `ActFor` do nothing either: they say what a duty asks to be so,
  and who may act for whom.
- Five forms of provision. `means` defines: values in `values.py`, with `arithmetic.py`, `money.py`, `totals.py`,
  `ranking.py`, `dividing.py` and `days.py`; conditions in `judge.py`, with `comparing.py`, `stages.py`
  and `silence.py`; both as of a
  time in `past.py`, and what is true, false, pending or open in `reasons.py`. `must`, `must not`, `may`
  are `Duty`, `Ban`, `Power`: who bears them is in `bearing.py`, who fills a role and which are vacant in `holders.py`,
  who may do what in `permits.py`, who must not in `bans.py`, what a duty still asks for in `performance.py` and
  `owed.py`. What happens by itself (`occurs`, `passes`, `becomes`, `terminates` and the like) is in `consequences.py`,
  in `together.py` that a sentence does all of it or nothing, in `lapsed.py` that it was replaced meanwhile, and in
  `fallen.py` that its ground was withdrawn since.
- One edge, `t.Edge`: which provision yields, in `edges.py`. Of what it is open whether it is in force, in `doubt.py`;
  whether all has ended, in `ending.py`; what would end that something stands still or is held, in `ceasing.py`.
- One norm machine, `norms.py`: every change of status of a duty, power or ban; its times are in `windows.py` and
  `clocks.py`, whether anybody is late with them in `lateness.py`, and its statuses asked as conditions in
  `statuses.py`. What a waiver does to it is in `waived.py`; that it is owed each time another fails, in `again.py`.
- Time: periods in `calendars.py`, `counting.py` and `hours.py`, holidays and weekends in `feasts.py`, clocks that
  stand still in `spells.py`, what comes again in `recurrence.py`, and every instant ahead in `waiting.py`.
- What is judged: the state (`state.py`) of values (`records.py`), among them entries, whose kinds are in `presets.py`
  and whose stages in `entries.py`; and the agreement as `compile.py` makes it ready, with `sections.py` and `amend.py`.

This module puts them in order: what is asked of them for an attempt (`decide`), an event (`evolve`) and an instant
(`tick`). The other steps of a decision are in `understood.py` and `wellformed.py` (what was meant), `authority.py` (who
acts for whom), `concurrence.py` (the acts of a group), `settling.py` (who fills a blank), `verdicts.py` and `checks.py`
(guards, funds and caps), `several.py` (several acts that stand or fall together); what follows, until it rests, in
`following.py`. What comes in and goes out is in `actions.py` and `events.py`; how a section stands, in `explained.py`.

What is asked of it from outside: the log as a whole in `history.py` and `replay.py`; how a value came about
(`value_now`) in `derivation.py`, with `derived.py`, `basis.py` and `figures.py`; who can do what in `possibilities.py`;
what would make it possible (`ways_to`) in `unlocking.py`, with `samples.py` and `standins.py`; its words in `saying.py`
and `explain.py`.

Nothing is worked out anew that is still so: what was looked up for a definition, a figure or a provision is kept
with it in `memory.py`, and `folds.py` and `awake.py` look again only where something of that has been written since.
So that many rows cost no scans there are `table.py`, `index.py`, `lookups.py` and `likeness.py`.

No part of it, and around it: text into terms (`source.py`, `diagnostics.py`, `lookalikes.py`, `load.py`, `accept.py`),
and what is asked about scenarios and in words (`scenarios.py`, `expected.py`, `course.py`,
`coverage.py`, `questions.py`).

At one instant the order is: instants waited for before it; then the acts of that instant, in the order of the log;
after each, what follows from it, in the order the provisions depend on each other, and last what ends the agreement.
An act exactly at a deadline is timely. Acts of people are inputs and are never recomputed: `evolve` applies an accepted
act whatever the log now says, and tells where deciding it again would answer otherwise.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from dsl import actions as a
from dsl import terms as t
from dsl.authority import allowed_by
from dsl.bans import forbidding
from dsl.checks import Objection, objections
from dsl.compile import Agreement, covers
from dsl.concurrence import concur, concurs, has_concurred
from dsl.consequences import perform
from dsl.effects import apply, digest_of, papers_of, plan_of
from dsl.entries import find
from dsl.events import Acted, Elapsed, Event, Malformed, Opened, Refused
from dsl.explained import citing, explained_rows, truth_of_all
from dsl.following import in_force as in_force
from dsl.following import restless, settle
from dsl.judge import Judge
from dsl.reasons import Reason, Truth
from dsl.sections import clause_of, no_section, section_named, without_provisions
from dsl.several import as_one, not_all, out_of_turn, singles, spread
from dsl.state import Entry, Filling, State
from dsl.understood import completed, named
from dsl.verdicts import capped, not_owed, outflow_objections, refused, row_name, shortage
from dsl.waiting import instants_ahead, next_instant
from dsl.wellformed import blank_problems, problems

VERSION = "7"
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
    described = {name: party.described for name, party in agreement.terms.parties.items() if party.described}
    fillers = {**described, **dict(opened.fillers)}
    state = State(
        agreement.digest,
        VERSION,
        opened.at,
        opened.at,
        blanks=filled,
        holders=tuple(Filling(role, filler, opened.at) for role, filler in fillers.items()),
    )
    for row in agreement.terms.rows:
        entry = Entry(
            len(state.entries) + 1, row.kind, row.name, "", opened.at, row.section, row.fields,
            digest=digest_of(row.kind, "", row.fields),
        )  # fmt: skip
        state = state.put(entry)
    settled = settle(agreement, state)
    return Malformed((restless(settled),)) if settled.restless else settled


# ------------------------------------------------------------------ deciding


def decide(agreement: Agreement, state: State, attempt: a.Attempt, at: datetime) -> Acted | Refused | Malformed:
    """What an attempt at an instant leads to. `state` must have been advanced to `at`.

    It is asked in this order, and the first that refuses is cited: what is meant (`several.py`, `understood.py`,
    `wellformed.py`); whether a ban forbids it (`bans.py`); which duty, power or kind allows it, and who acts for whom
    (`authority.py`, `permits.py`); whether what it makes would be valid (`checks.py`) and what it moves may leave the
    fund (`verdicts.py`); whether it waits for others of a group (`concurrence.py`); whether the fund holds it, it is
    owed, it is its turn and caps leave room for it (`verdicts.py`, `several.py`).
    """
    law = in_force(agreement, state)
    state = replace(state, now=at)
    if state.restless:
        return Malformed((restless(state),))
    named_each = spread(law, state, attempt)
    if isinstance(named_each, Malformed):
        return named_each
    attempt = named(law, state, completed(law, state, named_each))
    if attempt.also:
        return _decide_together(agreement, state, attempt, at)
    found = tuple(problems(law, state, attempt))
    if found:
        return Malformed(found)
    forbidden = forbidding(law, state, attempt)
    if forbidden is not None:
        return forbidden
    allowed = allowed_by(law, state, attempt)
    if isinstance(allowed, Malformed):
        return allowed
    if isinstance(allowed, Objection):
        return refused(at, attempt, allowed.section, allowed.summary, allowed.reasons)
    permit, hands = allowed
    acting = replace(attempt, actor=permit.group) if permit.group else attempt
    for objection in (*objections(law, state, acting), *outflow_objections(law, attempt.action, permit)):
        section = objection.section or permit.section
        return refused(at, attempt, section, objection.summary, objection.reasons)
    row = row_name(state, permit)
    acted = Acted(
        at, attempt, permit.section, permit.provision, row, moves=moves_ahead(state), group=permit.group, hands=hands,
        papers=papers_of(law, state, attempt), plan=_plan_now(state, attempt.action),
    )  # fmt: skip
    together = hands or permit.group
    if together:
        acted = replace(acted, note=concurs(law, acted))
    if together and has_concurred(law, state, acted):
        told = f"{attempt.by or attempt.actor} has done this already, and waits for the others of {together}."
        return refused(at, attempt, permit.section, told, (permit.reason,))
    refusal = shortage(law, state, acted) or not_owed(law, state, acted) or out_of_turn(law, state, acted)
    return refusal or capped(law, state, acted)


def _decide_together(
    agreement: Agreement, state: State, attempt: a.Attempt, at: datetime
) -> Acted | Refused | Malformed:
    """What several acts lead to that stand or fall together, each decided after what follows from those before it."""
    answers: list[Acted] = []
    for action in attempt.acts:
        answer = decide(agreement, state, replace(attempt, action=action, also=()), at)
        if isinstance(answer, Malformed):
            return answer
        if isinstance(answer, Refused):
            return not_all(attempt, answer)
        answers.append(answer)
        state = evolve(agreement, state, answer)
    return as_one(attempt, answers)


def _plan_now(state: State, action: a.Action) -> t.Plan | None:
    """What a release pays, as the entry it pays by states it now."""
    entry = find(state, (), action.plan) if isinstance(action, a.Release) else None
    return plan_of(entry) if entry is not None else None


def moves_ahead(state: State) -> int:
    """The number of the next movement of money by an act."""
    return 1 + state.index.moved


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
            return settle(agreement, replace(state, now=event.at), state)
        case Acted():
            for each in singles(event):
                state = _evolved(agreement, state, each)
            return state


def _evolved(agreement: Agreement, state: State, acted: Acted) -> State:
    """What one accepted act means."""
    law = in_force(agreement, state)
    before = replace(state, now=acted.at, acts=state.acts + 1)
    before, whole = concur(law, before, acted)
    if whole is None:
        return settle(agreement, before, state)
    return settle(agreement, perform(law, before, apply(law, before, whole), whole), state)


# ------------------------------------------------------------------- ticking


def agenda(agreement: Agreement, state: State) -> tuple[datetime, ...]:
    """Every instant ahead at which something waited for comes: derived, never authored."""
    return instants_ahead(in_force(agreement, state), state)


def tick(agreement: Agreement, state: State, at: datetime) -> tuple[Elapsed, ...]:
    """The instants waited for before `at`, in order, each found in the state that the one before leads to."""
    return tuple(event for event, _ in _elapsing(agreement, state, at))


def _elapsing(agreement: Agreement, state: State, at: datetime) -> Iterator[tuple[Elapsed, State]]:
    """Each instant waited for before `at`, with the state it leads to."""
    while True:
        waited = next_instant(in_force(agreement, state), state)
        if waited is None or waited >= at:
            return
        event = Elapsed(waited)
        state = evolve(agreement, state, event)
        yield event, state


def advance(agreement: Agreement, state: State, at: datetime) -> State:
    """The state at an instant: everything before it has happened, and what holds at it holds."""
    for _, then in _elapsing(agreement, state, at):
        state = then
    return settle(agreement, replace(state, now=max(at, state.now)), state)


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
            children += explained_rows(law, state, provision, judge)
    about = tuple(dict.fromkeys(citing(tuple(children), number))) if number != asked else ()
    if about:
        return Reason(about[0].truth, number, number, children=about)
    text = clause.title if clause is not None else f"section {number}"
    if not children:
        return Reason(Truth.FALSE, text, asked, without_provisions(clause) if clause is not None else "")
    found = tuple(children)
    return Reason(truth_of_all(law, state, asked, found), text, asked, children=found)
