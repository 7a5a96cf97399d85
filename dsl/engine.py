"""The kernel: decide, evolve, tick and explain.

    decide(agreement, state, attempt, at)  -> Acted | Refused | Malformed   what an attempt leads to
    evolve(agreement, state, event)        -> State                         what an event means
    tick(agreement, state, at)             -> events                        instants waited for before `at`
    explain(agreement, state, question)    -> Reason                        why, why not, what would unlock it

All four are pure functions over frozen values: time is the argument `at`, the only other input the log. Replay folds
`evolve` and the instants of `tick` in between, and applies what was accepted. Each reading is followed (`worlds.py`).

At one instant come the instants waited for before it, then its acts in the order of the log; after each what recurs,
the sentences in the order of `sequence.py` until nothing changes, and what ends the agreement, if its condition holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import UnionType

from dsl import actions as a
from dsl import expiry
from dsl import terms as t
from dsl import transitions as ask
from dsl.again import ONCE_MORE, is_owed_on_top, is_unknown
from dsl.aside import is_wordless, set_aside, taken_up_again
from dsl.authority import allowed_by
from dsl.bans import forbidding
from dsl.checks import Objection, objections
from dsl.compile import Agreement, survives
from dsl.concurrence import concur, joins
from dsl.consequences import happen, held_up, perform
from dsl.copying import replace
from dsl.edges import displacement, unmet
from dsl.effects import breached, deliver, make, papers_of, plan_now, postings, settle_blank, sign, withdrawn
from dsl.effects import moves_ahead as moves_ahead
from dsl.events import Acted, Elapsed, Event, Malformed, Opened, Refused
from dsl.explained import explained_section
from dsl.following import Rest, has_begun_anew, is_in_doubt, is_met, restless
from dsl.following import in_force as in_force
from dsl.judge import Judge
from dsl.lapsed import done_at
from dsl.ledger import move
from dsl.norms import Now, change, judge_for, ranges_over, said_of, stands
from dsl.opening import first_state
from dsl.reasons import Reason, Truth
from dsl.recurrence import recur
from dsl.several import all_or_nothing, out_of_turn, singles, understood
from dsl.state import Entry, State, World, key_of
from dsl.together import ended, lapse, let_happen
from dsl.unanimity import answered
from dsl.verdicts import capped, not_owed, outflow_objections, refused, row_name, shortage
from dsl.waiting import instants_ahead, next_instant
from dsl.wellformed import problems
from dsl.worlds import in_worlds

VERSION = "13"
"""The version of the meaning: a state made by another one is thrown away and folded again."""


# -------------------------------------------------------- the four functions


def open_deal(agreement: Agreement, opened: Opened) -> State | Malformed:
    """The first state of a deal, with all that follows from its opening."""
    if isinstance(first := first_state(agreement, opened, VERSION), Malformed):
        return first
    state = in_worlds(agreement, first, partial(settle, agreement))
    return Malformed((restless(state),)) if state.restless else state


def decide(agreement: Agreement, state: State, attempt: a.Attempt, at: datetime) -> Acted | Refused | Malformed:
    """What an attempt at an instant leads to. `state` must have been advanced to `at`.

    In this order, the first that refuses being cited: what is meant; whether a ban forbids it; what allows it, and who
    acts for whom; whether what it makes would be valid, and what it moves may leave the fund; whether others of a group
    have to join; whether the fund holds it, it is owed, it is its turn and caps leave room. All under every reading.
    """
    return answered(agreement, state, partial(_decided, agreement, at, attempt), partial(settle, agreement))


def _decided(agreement: Agreement, at: datetime, attempt: a.Attempt, state: State) -> Acted | Refused | Malformed:
    """What an attempt leads to in one world."""
    law, state = in_force(agreement, state), replace(state, now=at)
    if state.restless:
        return Malformed((restless(state),))
    if isinstance(meant := understood(law, state, attempt), Malformed):
        return meant
    attempt, several = meant
    if several:
        return all_or_nothing(attempt, state, partial(_decided, agreement, at), partial(_evolved, agreement))
    if found := tuple(problems(law, state, attempt)):
        return Malformed(found)
    if (forbidden := forbidding(law, state, attempt)) is not None:
        return forbidden
    if isinstance(allowed := allowed_by(law, state, attempt), Malformed):
        return allowed
    if isinstance(allowed, Objection):
        return refused(at, attempt, allowed.section, allowed.summary, allowed.reasons)
    permit, hands = allowed
    acting = replace(attempt, actor=permit.group) if permit.group else attempt
    for objection in (*objections(law, state, acting), *outflow_objections(law, attempt.action, permit)):
        return refused(at, attempt, objection.section or permit.section, objection.summary, objection.reasons)
    acted = Acted(
        at, attempt, permit.section, permit.provision, row_name(state, permit), moves=moves_ahead(state),
        group=permit.group, hands=hands, papers=papers_of(law, state, attempt), plan=plan_now(state, attempt.action),
    )  # fmt: skip
    joined = joins(law, state, acted)
    if isinstance(joined, str):
        return refused(at, attempt, permit.section, joined, (permit.reason,))
    refusal = shortage(law, state, joined) or not_owed(law, state, joined) or out_of_turn(law, state, joined)
    return refusal or capped(law, state, joined)


def evolve(agreement: Agreement, state: State, event: Event) -> State:
    """What an event means, under each reading of what is ambiguous. Refusals change nothing; they are evidence."""
    if isinstance(event, Opened):
        return state if isinstance(opened := open_deal(agreement, event), Malformed) else opened
    if isinstance(event, Refused):
        return replace(state, now=event.at, acts=state.acts + 1)
    return in_worlds(agreement, state, partial(_evolved, agreement, event))


def _evolved(agreement: Agreement, event: Acted | Elapsed, state: State, worlds: tuple[World, ...] = ()) -> State:
    """What an act or an instant means in one world, or beside all `worlds`."""
    if isinstance(event, Elapsed):
        return settle(agreement, replace(state, now=event.at), state, worlds)
    for each in singles(event):
        state = settle(agreement, _acted(in_force(agreement, state), state, each), state, worlds)
    return state


def agenda(agreement: Agreement, state: State) -> tuple[datetime, ...]:
    """Every instant ahead at which something waited for comes: derived, never authored."""
    return instants_ahead(carried_out, agreement, state)


def tick(agreement: Agreement, state: State, at: datetime) -> tuple[Elapsed, ...]:
    """The instants waited for before `at`, in order, each found in the state that the one before leads to."""
    return tuple(event for event, _ in _elapsing(agreement, state, at))


def _elapsing(agreement: Agreement, state: State, at: datetime) -> Iterator[tuple[Elapsed, State]]:
    """Each instant waited for before `at`, with the state it leads to."""
    while (waited := next_instant(carried_out, agreement, state)) is not None and waited < at:
        state = evolve(agreement, state, Elapsed(waited))
        yield Elapsed(waited), state


def advance(agreement: Agreement, state: State, at: datetime) -> State:
    """The state at an instant: everything before it has happened, and what holds at it holds."""
    *_, (_, state) = ((None, state), *_elapsing(agreement, state, at))
    return evolve(agreement, state, Elapsed(max(at, state.now)))


def explain(agreement: Agreement, state: State, question: t.Condition | str) -> Reason:
    """Why a condition has its truth value, or how the provisions of a section stand, or those that name an item."""
    law = in_force(agreement, state)
    if isinstance(question, str):
        return explained_section(law, state, question, carried_out)
    return Judge(law, state, state.now).judge(question)


# ------------------------------------------------------------ the two effects


def _acted(law: Agreement, state: State, acted: Acted) -> State:
    """One accepted act, before anything follows: its effect, and how the norm then stands that it was done under."""
    acted = replace(acted, provision=law.key_now(acted.provision))
    if is_wordless(law, state, acted):
        return set_aside(state, acted)
    before, whole = concur(law, replace(state, now=acted.at, acts=state.acts + 1), acted)
    if whole is None:
        return before
    after, now = perform(law, before, _effect(law, before, whole), whole)
    return become(after, law.by_key[whole.provision], now) if now is not None else after


def _effect(law: Agreement, state: State, acted: Acted) -> State:
    """There are two effects only: an entry is made, or said anew, and a quantity moves."""
    actor, action = acted.attempt.actor, acted.attempt.action
    match action:
        case a.Make():
            return make(law, state, actor, action, acted)
        case a.Sign():
            return sign(law, state, actor, action, acted)
        case a.Deliver():
            return deliver(law, state, action)
        case a.Withdraw():
            return state.put(withdrawn(law, state, action))
        case a.Fill() | a.Choose():
            return settle_blank(law, state, actor, action)
        case a.AssertBreach():
            for provision, now in breached(law, state, actor, action):
                state = become(state, provision, now)
            return state
        case a.Release() | a.Pay() | a.Deposit() | a.DepositWith():
            for posting in postings(law, state, acted):
                state = move(law, state, posting)
            return state
        case a.HoldFund():
            return state  # nothing moves: what is held is read from the use of the power, and from the duties


# -------------------------------------------------------------- what follows


def settle(agreement: Agreement, state: State, earlier: State | None = None, worlds: tuple[World, ...] = ()) -> State:
    """Let everything follow that follows now, until nothing changes: each sentence once for each row and rising edge.

    `earlier` was at rest before. Beside `worlds` only what happens in all of them happens by itself. What does not come
    to rest is given back, with the sections that set each other off.
    """
    if state.restless:
        return state
    rest = Rest(in_force(agreement, state), state, earlier, worlds)
    while True:
        law = in_force(agreement, state)
        state = rest.next_round(law, recur(law, taken_up_again(law, state, _acted)))
        if rest.is_reached:
            return rest.reached(state)
        state = rest.ended(law, state, _considered, carried_out)  # ends were put off until nothing else was left
        for provision in law.provisions:
            for each in (*(law.by_key[key] for key in law.endings), provision):
                state = rest.consider(law, state, each, _considered, carried_out)
        if rest.is_out_of_reach(law):
            return rest.given_up(law)


# ------------------------------------------------------------ the five forms


def _considered(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """What becomes of a provision for one row, by its form, now that something it looks at may be otherwise.

    There are five forms. One is no provision: what `means` defines is judged when it is asked for. `latched` is whether
    the condition of any other was met before, `once` that this is enough (`when`), and `holds` whether it is met now.
    """
    number = row.number if row is not None else None
    key, met = key_of(provision.key, number), done_at(state, provision.key, number)
    over = state.terminated is not None and not survives(law, provision.cited)
    if met is not None and not over and is_in_doubt(law, state, provision, row):
        return state
    if row is not None and not ranges_over(state, provision, Judge(law, state, state.now), row):
        lost = ask.out_of_range(law, state, provision, row)
        return _run(lost) if lost is not None else state
    if law.sentence_of(provision.key)[0] != provision.key or (over and key not in state.norms):
        return state
    anew = met is not None and has_begun_anew(state, provision, row, met)
    latched = met is not None and not (anew and isinstance(provision.statement, t.Happening))
    once = latched and (provision.latches or provision.trigger is None)
    holds = once or (not over and is_met(law, state, provision, row))
    match provision.statement:
        case t.Duty() | t.Ban() | t.Power():  # must, must not, may: the norm machine
            failed = anew and is_met(law, state, provision, row)
            case = ask.Case(law, state, provision, row, state.norm(provision.key, number), holds, not latched, failed)
            if failed and is_unknown(case):
                return state
            if failed or holds is not latched:
                case = replace(case, state=state.with_latch(key, state.now if holds else None))
            return _run(case)
        case t.Occurs() | t.Becomes() | t.Terminates() | t.Discharges() | t.Enacts() | t.Waives() | t.Passes():
            if holds is latched or (holds and not stands(law, state, provision, row)):
                return state  # it happens by itself, once each time that its condition comes
            return _come_about(law, state, provision, row) if holds else ended(law, state, provision, row)


def carried_out(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State | Reason:
    """The state after all that one sentence makes happen, in the order of its words, each seeing what those before it
    have done; or why none of it can happen now: a figure is unknown, or an amount cannot pass."""
    for key in law.sentence_of(provision.key):
        each = law.by_key[key]
        after = held_up(judge_for(law, state, each, row), each, row) or happen(law, state, each, row, become)
        if isinstance(after, Reason):
            return after
        state = after.with_latch(key_of(key, row.number if row is not None else None), state.now)
    return state


# --------------------------------------------------------------- the one edge


def _come_about(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """What the one edge does, where a section yields to one above: here to what would happen by itself now.

    A duty or ban above displaces while it is in force, a power from its use on, with `while` as long as that says:
    - by replacement what is below is gone for good. A norm is superseded; what would happen lapses.
    - by suspension it waits. A norm is suspended and its clock stands still; what would happen waits.
    - by condition it needs what is above: until that is done, acts are refused, clocks stand still, what happens waits.
    - by exclusion it stays as it is, and its caps do not count what is paid under the section above.
    Where it is open whether it is displaced it waits too. What follows from a duty missed just before does not wait.
    """
    if not expiry.has_just_been_missed(state, provision, row):
        displaced = displacement(law, state, provision.cited, row=row)
        if displaced is not None:
            edge = displaced[0]
            return lapse(law, state, provision, row, edge.upper) if edge.mode == "replacement" else state
        in_doubt = displacement(law, state, provision.cited, row=row, truth=Truth.OPEN)
        if in_doubt is not None or unmet(judge_for(law, state, provision, row), provision.cited, row) is not None:
            return state
    return let_happen(carried_out, law, state, provision, row)


# ------------------------------------------------------- the one norm machine


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a norm: from which statuses to which; what is asked, which answers how the norm stands if it is so;
    what is told as the cause, with gaps for words of the answer; of which forms it can happen; and whether the steps
    after it are asked too once it has happened (`on`)."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    asked: ask.Guard
    cause: str
    of: type | UnionType = t.Binding
    on: bool = False

    def concerns(self, status: str, statement: t.Statement) -> bool:
        """Whether it can happen to a norm of a statement that has a status."""
        return status in self.before and isinstance(statement, self.of)


ACTIVE, OVERDUE, SUSPENDED, DORMANT = ("active",), ("overdue",), ("suspended",), ("dormant",)
FULFILLED, EXCUSED, WAIVED = ("fulfilled", "fulfilled late"), ("excused",), ("waived",)
DISCHARGED, SUPERSEDED, DUTY, POWER = ("discharged",), ("superseded",), t.Duty, t.Power
LIVE, OWED, DONE = ACTIVE + OVERDUE, ACTIVE + OVERDUE + SUSPENDED, FULFILLED + EXCUSED
BACK, ANY = LIVE + DORMANT + DISCHARGED, (ask.NEW, *OWED, *DORMANT, *DONE, *WAIVED, *DISCHARGED, *SUPERSEDED)

# fmt: off
MACHINE = (
    #    from                to                   asked                   told as the cause
    # It begins, or begins anew; or is owed again, because it is for more or because what had ended it is gone.
    Step(OWED,               (),                  is_owed_on_top,         ONCE_MORE, DUTY),
    Step(ANY,                ACTIVE,              ask.comes,              "{}"),
    Step(ANY,                DISCHARGED,          ask.comes,              "{}", DUTY),
    Step(ANY,                WAIVED,              ask.comes,              "waived in advance by {}", DUTY),
    Step(ANY,                FULFILLED,           ask.comes,              "nothing is owed", DUTY),
    Step(LIVE + DONE,        FULFILLED,           ask.is_settled,         "nothing is owed", DUTY, on=True),
    Step(LIVE,               FULFILLED,           ask.is_paid_off,        "nothing more is owed", DUTY),
    Step(DONE,               ACTIVE,              ask.is_paid_off,        "more is owed", DUTY, on=True),
    Step(FULFILLED,          BACK + WAIVED,       ask.is_undone,          "{}", on=True),
    Step(WAIVED,             BACK,                ask.is_unwaived,        "its waiver has been withdrawn", on=True),
    Step(DISCHARGED,         DORMANT,             ask.may_come_again,     "its condition ended", POWER),
    # It ends: with its row, by being performed (late, if its time had passed), with its time or condition, or for good.
    Step(OWED + DORMANT,     SUPERSEDED,          ask.is_without_row,     '"{}" no longer counts'),
    Step(OWED,               FULFILLED,           ask.is_performed,       "performed", DUTY, on=True),
    Step(FULFILLED,          ACTIVE,              ask.is_owed_once_more,  ONCE_MORE, DUTY),
    Step(ACTIVE,             OVERDUE,             expiry.is_over,        "its time has passed", DUTY),
    Step(ACTIVE,             DISCHARGED,          expiry.is_over,        "its time has passed", POWER),
    Step(ACTIVE + SUSPENDED, DORMANT,             ask.has_ceased,         "its condition ended"),
    Step(OWED,               SUPERSEDED,          ask.is_replaced,        "section {}"),
    # While its condition holds its clock stands still and goes on; a cap excuses it, if nothing was paid.
    Step(OVERDUE,            ACTIVE,              ask.is_in_time_again,   "{}; that it was overdue stays on record"),
    Step(LIVE,               SUSPENDED,           ask.is_suspended,       "section {}: {}"),
    Step(LIVE,               SUSPENDED,           ask.is_vacant,          "{}"),
    Step(SUSPENDED,          ACTIVE,              ask.is_free_again,      "the suspension ended"),
    Step(LIVE,               FULFILLED + EXCUSED, ask.is_used_up,         "nothing is left of the cap of section {}"),
    Step(OWED,               (),                  expiry.stands,         ""),
    # Nobody is asked: it is amended; an act pays it or lifts what it holds; all ends; its bearer is freed; a waiver.
    Step(OWED + DONE,        LIVE + FULFILLED,    ask.is_amended,         "the section as amended", DUTY),
    Step(DISCHARGED,         ACTIVE,              ask.is_amended,         "the section as amended", POWER),
    Step(ANY,                SUPERSEDED,          ask.is_amended,         "the section as amended"),
    Step((ask.NEW,),         ANY[1:],             ask.is_amended,         "the sentence before, as amended"),
    Step(OWED,               ACTIVE + FULFILLED,  ask.is_told,            "performed", DUTY),
    Step(OWED + DORMANT,     DISCHARGED,          ask.is_told,            "{}"),
    Step(OWED,               WAIVED,              ask.is_told,            "{}"),
)
# fmt: on


def _run(case: ask.Case) -> State:
    """Consider one norm: every step that can be taken from its status is asked in turn, and the first one is taken."""
    for step in MACHINE:
        now = case.answer(step.asked) if step.concerns(case.status, case.statement) else None
        if now is not None and now.norm.status in (case.status, *step.after):
            state = become(case.state, case.provision, now, step.asked)
            if not step.on:
                return state
            case = replace(case, state=state, norm=now.norm)
    return case.state


def become(state: State, provision: t.Provision, now: Now, asked: ask.Guard = ask.is_told) -> State:
    """The one way in which a norm changes: its figures and its clock at any time, its status by a step alone; raises
    AssertionError for a change of status that no step of the machine says, which is our own mistake."""
    norm, before = now.norm, state.norms.get(key_of(now.norm.provision, now.norm.row))
    if now.beside is not None:
        state = change(state, provision.cited, *now.beside)
    if norm == before:
        return state
    status, state = before.status if before is not None else ask.NEW, state.with_norm(norm)
    if norm.status == status:
        return state
    for step in MACHINE:
        if step.asked is asked and norm.status in step.after and step.concerns(status, provision.statement):
            told = said_of(provision, state, norm, f"is {norm.status}")
            return change(state, provision.cited, told, step.cause.format(*now.said), now.at)
    raise AssertionError(f"no step of the machine leads from {status} to {norm.status} by {asked.__name__}")
