"""What is known of a state changes nothing: with it, every answer is what working everything out anew gives.

The acts are those of the scenarios of every shipped agreement, some left out and some of other scenarios put in
between, so that many are refused, late or senseless. What is known is kept in folds however few rows there are, and
what is worked out anew is looked at row by row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import agreements
from api.cli.shelf import Shelf, shelf
from dsl import folds
from dsl import syntax as s
from dsl.actions import Attempt
from dsl.compile import Agreement
from dsl.engine import advance, agenda, decide, evolve, in_force, open_deal
from dsl.events import Malformed, Opened
from dsl.index import UNBUILT
from dsl.judge import Judge
from dsl.memory import Memory
from dsl.replay import fold
from dsl.resolve import resolve_attempt, resolve_instant
from dsl.state import State
from tests.dsl.deals import HEAD, START, agreement_of, at, attempt_of, opened
from tests.dsl.test_folds import CLAIMS, claim
from tests.laws.depth import deep
from tests.laws.stories import Story, funds_escrow_stories, small_stories, tell

PLACES = {place.name: place for place in agreements.places((agreements.shipped(),))}

Step = tuple[datetime, Attempt]


@cache
def shelf_of(name: str) -> Shelf:
    """An agreement with its scenarios."""
    found = shelf(agreements.read(PLACES[name]))
    assert found is not None
    return found


@cache
def life(name: str, scenario: str) -> tuple[Opened, tuple[Step, ...]]:
    """What is tried in a scenario of an agreement, and when."""
    found = shelf_of(name)
    written, source = found.book.scenarios[scenario]
    history = found.play(scenario).history
    assert history is not None
    own = ((step, source) for step in written.steps)
    inherited = ((step, origin.source) for step, origin in found.book.inherited(written, found.agreement.terms))
    law = in_force(found.agreement, history.state)
    steps = []
    for step, text in (*inherited, *own):
        tried = resolve_attempt(step.attempt, law.terms, text)[0] if isinstance(step, s.ActStep) else None
        if isinstance(step, s.ActStep) and tried is not None:
            steps.append((resolve_instant(step.at, law.terms), tried))
    return history.opened, tuple(steps)


@st.composite
def lives(draw: st.DrawFn, name: str) -> Story:
    """A scenario of an agreement, gone another way."""
    scenarios = sorted(shelf_of(name).book.scenarios)
    opened, own = life(name, draw(st.sampled_from(scenarios)))
    others = [step for step in life(name, draw(st.sampled_from(scenarios)))[1] if step[0] >= opened.at]
    gone = draw(st.sets(st.integers(0, len(own)), max_size=3))
    come = draw(st.lists(st.sampled_from(others), max_size=3)) if others else []
    steps = [step for number, step in enumerate(own) if number not in gone]
    return Story(shelf_of(name).agreement, opened, tuple(sorted((*steps, *come), key=lambda step: step[0])))


def anew(state: State) -> State:
    """The state as it would be read from where it was kept: without anything that was worked out of it."""
    return replace(state, index=UNBUILT, memory=Memory())


@contextmanager
def looking_one_by_one(most: int) -> Iterator[None]:
    """Up to so many rows are looked at one by one, instead of being kept in a fold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folds, "FEW", most)
        yield


def expect_the_same(story: Story) -> None:
    """Live one story twice, once forgetting everything before every question."""
    law = story.agreement
    known = open_deal(law, story.opened)
    assert isinstance(known, State)
    fresh = known
    for moment, tried in story.steps:
        with looking_one_by_one(0):
            known = advance(law, known, moment)
            answer = decide(law, known, tried, moment)
            then = known if isinstance(answer, Malformed) else evolve(law, known, answer)
            ahead = agenda(law, then)
        with looking_one_by_one(1_000_000):
            fresh = advance(law, anew(fresh), moment)
            assert known == fresh
            assert answer == decide(law, anew(fresh), tried, moment)
            fresh = fresh if isinstance(answer, Malformed) else evolve(law, anew(fresh), answer)
            assert then == fresh
            assert ahead == agenda(law, anew(fresh))
        known = then


@pytest.mark.parametrize("name", PLACES)
@given(data=st.data())
@deep(2)
def test_a_shipped_deal_goes_as_if_everything_were_worked_out_anew(name: str, data: st.DataObject) -> None:
    expect_the_same(data.draw(lives(name)))


@given(story=funds_escrow_stories() | small_stories())
@deep(3)
def test_any_story_goes_as_if_everything_were_worked_out_anew(story: Story) -> None:
    expect_the_same(story)


SUCCESSION = """
Clause 2 "Succession":
  "Appointment" means a claim, made by the Buyer, stating Successor as text.
  "Outgoing" of an Appointment means the Agent as of the making of such Appointment.
  For each Appointment, when such Appointment has been made, then the Successor of such Appointment becomes the Agent.
  "Resignation" means a claim, made by the Agent.
  For each Resignation, when such Resignation has been made, then the Agent becomes vacant.
Clause 3 "Duties":
  "Warning" means a notice, made by the Buyer, addressed to the Agent.
  "Answer" means a claim, made by the Agent, about a Warning.
  "Handover" means an act, about an Appointment.
  For each Warning, when such Warning has been given,
    then the Agent must make an Answer about such Warning within 2 calendar days.
  For each Appointment, when such Appointment has been made,
    then the Outgoing of such Appointment must take a Handover about such Appointment within 1 calendar day.
  "End" means a claim, made by the Buyer, about an Appointment.
  For each End, when such End has been made, then the Outgoing of the Appointment of such End is discharged.
"""
DEEDS = (
    'Buyer: present the Appointment "A" stating Successor as "Second".',
    'Buyer: present the Appointment "B" stating Successor as "Third".',
    "Agent: present a Resignation.",
    'Buyer: give the Warning "W".',
    'Buyer: give the Warning "V".',
    'Agent: make an Answer about "W".',
    '"First": take a Handover about "A".',
    '"Second": take a Handover about "B".',
    'Buyer: present the End about "A".',
)


@given(deeds=st.lists(st.tuples(st.integers(0, 6), st.sampled_from(DEEDS)), max_size=12))
@deep(3)
def test_roles_that_are_filled_and_left_go_as_if_everything_were_worked_out_anew(deeds: list[tuple[int, str]]) -> None:
    agreement = agreement_of(HEAD.replace('"Agent" means a party', '"Agent" means a party, "First"') + SUCCESSION)
    opened = Opened(at(agreement, START))
    steps = ((opened.at + timedelta(hours=14 * day), attempt_of(agreement, words)) for day, words in deeds)

    expect_the_same(Story(agreement, opened, tuple(sorted(steps, key=lambda step: step[0]))))


AMENDED = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller.
  "Answer" means a claim, made by the Buyer, about a Bill.
  "Mark" means an act, made by the Agent, about a Bill.
Clause 3 "Duties":
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller within 2 calendar days,
    failing which a Mark occurs about such Bill.
  For each Bill, while no Answer about such Bill has been made, then the Buyer may make an Answer about such Bill
    within 2 calendar days.
  For each Bill, when the deadline of section 3, second sentence for such Bill has passed,
    then USD 1.00 passes from the Fund to the Seller.
Clause 4 "Change":
  "Amendment" means an amendment, signed by the Buyer, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
"""
DUTIES = AMENDED.partition('"Duties":')[2].partition("Clause 4")[0]
OTHER = """
  For each Bill, when an Answer about such Bill has been made, then the Buyer must pay USD 6.00 to the Seller.
  For each Bill, the Buyer may make an Answer about such Bill.
  For each Bill, when such Bill has been made, then a Mark occurs about such Bill.
"""
RATHER = (
    DUTIES,
    DUTIES.replace("USD 5.00", "USD 7.00").replace("2 calendar", "4 calendar"),
    DUTIES.replace("a Mark occurs about such Bill", "the Buyer must pay USD 2.00 to the Seller"),
    DUTIES.replace("USD 1.00 passes", "USD 2.00 passes").replace("when such Bill", "while such Bill"),
    OTHER,
)
CHANGES = (
    *(f"Buyer: sign the Amendment stating Changes as clauses \"Clause 3 'Duties': {each}\"." for each in RATHER),
    *(f'Seller: present the Bill "{each}".' for each in "AB"),
    *(f'Buyer: make an Answer about "{each}".' for each in "AB"),
    *(f'Buyer: pay USD {amount}.00 to the Seller about "{each}".' for each in "AB" for amount in (2, 5, 7)),
    "Buyer: deposit USD 9.00 into the Fund.",
)


@given(deeds=st.lists(st.tuples(st.integers(0, 16), st.sampled_from(CHANGES)), min_size=3, max_size=14))
@deep(3)
def test_amended_sections_go_as_if_everything_were_worked_out_anew(deeds: list[tuple[int, str]]) -> None:
    law = agreement_of(HEAD + AMENDED)
    first = Opened(at(law, START))
    moments = [(first.at + timedelta(hours=13 * day), attempt_of(law, words)) for day, words in deeds]
    story = Story(law, first, tuple(sorted(moments, key=lambda step: step[0])))

    expect_the_same(story)
    told, end = tell(story), first.at + timedelta(days=30)
    assert advance(law, replace(fold(law, first, told.log), divergences=()), end) == advance(law, told.last, end)


SUMS = ("Total", "Many", "Odd Ones", "Large Ones", "Ripe Ones")
OF_EACH = ("Own Side", "Before", "Part")


def figures(law: Agreement, state: State) -> list[object]:
    """What every figure over the claims is, and every figure of each claim."""
    values = Judge(law, state, state.now).values
    found: list[object] = [values.value(law.terms.values[name].value) for name in SUMS]
    claims = state.of_kind("Claim")
    found += [values.value(law.terms.values[name].value) for name in ("Biggest", "Newest")]
    return [*found, *(values.of_entry(each, name) for each in claims for name in OF_EACH)]


ACTS = st.tuples(
    st.sampled_from(("claim", "claim", "claim", "withdraw", "fill")), st.integers(1, 12), st.sampled_from((0, 1, 2, 45))
)


@given(acts=st.lists(ACTS, min_size=5, max_size=30))
@deep(3)
def test_a_figure_is_the_same_whether_it_was_kept_or_is_added_up_row_by_row(acts: list[tuple[str, int, int]]) -> None:
    deal = opened(CLAIMS)
    law, state = deal.agreement, deal.state
    for what, number, minutes in acts:
        words = {
            "claim": claim(number),
            "withdraw": f'Seller: withdraw the Claim "C-{number}".',
            "fill": f"Buyer: fill the Least with USD {number}.00.",
        }
        at = state.now + timedelta(minutes=minutes)
        with looking_one_by_one(0):
            state = advance(law, state, at)
            answer = decide(law, state, attempt_of(law, words[what]), at)
            asked = state if isinstance(answer, Malformed) else evolve(law, state, answer)
            kept = figures(law, asked)
        with looking_one_by_one(1_000_000):
            assert kept == figures(law, anew(asked))
            assert answer == decide(law, anew(state), attempt_of(law, words[what]), at)
        state = asked


ACCOUNTS = """
Clause 2 "Accounts":
  "Account" means a claim, made by the Seller, stating Side as one of (North, South) and Sum as amount.
  "Order" means a claim, made by the Buyer, about an Account.
  "Closed" means a finding, made by the Agent, about an Account.
  "Least" means an optional blank amount, filled by the Buyer.
  "Idle" of an Account means that no Order about such Account has been made for 2 calendar days.
  "Standing" of an Account means that no Closed about such Account has been made.
  "Large" of an Account means that the Sum of such Account is at least the Least.
  "Record Date" means 6 September 2005.
  "Rivals" of an Account means the number of other Accounts whose Side is (the Side of such Account)
    and which is Standing.
  "Ahead" of an Account means the sum of Sum of every other Account whose Side is (the Side of such Account)
    and whose Sum is more than (the Sum of such Account).
  "Then" of an Account means the Ahead of such Account as of the Record Date.
  "Total" means the sum of Sum of every Account.
  "Total Then" means the Total as of 3 September 2005.
  "Idle Ones" means the number of Accounts which is Idle.
  "Idle Then" means the number of Accounts which is Idle as of the Record Date.
  "Best" means the Account with the largest Sum which is Standing.
  "All Rivals" means the sum of Rivals of every Account.

Clause 3 "Notes":
  "Note" means an event, about an Account, stating Rest as amount.
  "Share Out" means a finding, made by the Agent.
  For each Account, when such Account is Idle,
    then a Note occurs about such Account stating Rest as the Ahead of such Account.
  When 4 September 2005 has passed, then for every Account which is Standing,
    a Note occurs about such Account stating Rest as the Total as of 3 September 2005.
  For each Share Out, when such Share Out has been made, then for every Account which is Large,
    10 percent of the Sum of such Account passes from the Fund to the Seller.
  For each Account, while such Account is Standing and the Rivals of such Account is at least 1,
    then the Buyer must pay the Sum of such Account to the Seller within 2 business days.
  For each Account, when as of the Record Date, such Account is Standing,
    then the Agent must pay USD 1.00 to the Buyer within 3 business days.

Clause 4 "Repairs":
  "Outage" means a claim, made by the Seller, stating Begun as date and Ended as optional date.
  "Onset" means an optional blank date, filled by the Buyer.
  "Start" of an Outage means the earlier of the Begun of such Outage and the Onset.
  "Repair" means an act, about an Account.
  "Default" means an event, about an Account.
  For each Account, when such Account has been made, then the Agent must take a Repair about such Account
    within 3 calendar days between 09:00 and 17:00 on a business day
    not counting time from the Begun to the Ended of every Outage, failing which a Default occurs about such Account.
  For each Account, when such Account has been made, then the Seller must pay USD 2.00 to the Agent
    within 4 calendar days not counting time from the Start to the Ended of every Outage.
  "Resignation" means a claim, made by the Agent.
  For each Resignation, when such Resignation has been made, then the Agent becomes vacant.
  "Appointment" means a claim, made by the Buyer.
  For each Appointment, when such Appointment has been made, then "New" becomes the Agent.
"""
FIGURES = ("Total", "Total Then", "Idle Ones", "Idle Then", "Best", "All Rivals")
OF_ACCOUNTS = ("Rivals", "Ahead", "Then")
TRIED = (
    'Seller: present the Account "A" stating Side as North and Sum as USD 30.00.',
    'Seller: present the Account "B" stating Side as North and Sum as USD 50.00.',
    'Seller: present the Account "C" stating Side as South and Sum as USD 50.00.',
    'Seller: present the Account "D" stating Side as South and Sum as USD 20.00.',
    'Seller: withdraw the Account "B".',
    'Buyer: present an Order about "A".',
    'Buyer: present an Order about "C".',
    'Agent: find the Closed about "A".',
    'Agent: find the Closed "X" about "C".',
    'Agent: withdraw the Closed "X".',
    "Agent: find a Share Out.",
    "Buyer: fill the Least with USD 40.00.",
    "Buyer: fill the Least with USD 20.00.",
    "Buyer: fill the Onset with 3 September 2005.",
    "Buyer: deposit USD 12.00 into the Fund.",
    "Seller: present an Outage stating Begun as 3 September 2005 and Ended as 5 September 2005.",
    'Seller: present the Outage "O" stating Begun as 4 September 2005.',
    'Seller: withdraw the Outage "O".',
    'Agent: take a Repair about "A".',
    "Agent: take a Repair about every Account which is Standing.",
    'Buyer: pay USD 30.00 to the Seller about "A".',
    "Buyer: pay USD 80.00 to the Seller about every Account.",
    'Agent: pay USD 1.00 to the Buyer about "A".',
    'Seller: pay USD 2.00 to the Agent about "C".',
    "Agent: present a Resignation.",
    "Buyer: present an Appointment.",
    "Seller: assert breach of section 4.",
)
TIMES = st.integers(0, 20)
THREE = tuple((0, each) for each in TRIED[:3])


@given(deeds=st.lists(st.tuples(TIMES, st.sampled_from(TRIED)), max_size=14))
@deep(3)
def test_rows_times_and_stops_go_as_if_everything_were_worked_out_anew(deeds: list[tuple[int, str]]) -> None:
    """Other rows, for every row, silences, as of, hours, stops told by entries and a vacant role, all in one deal."""
    law = agreement_of(HEAD + ACCOUNTS)
    first = Opened(at(law, START))
    moments = [(first.at + timedelta(hours=13 * day), attempt_of(law, words)) for day, words in (*THREE, *deeds)]
    steps = tuple(sorted(moments, key=lambda step: step[0]))

    expect_the_same(Story(law, first, steps))
    told = tell(Story(law, first, steps))
    for _, state in told.states:
        with looking_one_by_one(0):
            kept = of_accounts(law, state)
        with looking_one_by_one(1_000_000):
            assert kept == of_accounts(law, anew(state))
    end = first.at + timedelta(days=40)
    assert advance(law, replace(fold(law, first, told.log), divergences=()), end) == advance(law, told.last, end)


def of_accounts(law: Agreement, state: State) -> list[object]:
    """What every figure over the accounts is, and every figure of each account."""
    values = Judge(law, state, state.now).values
    found: list[object] = [values.value(law.terms.values[name].value) for name in FIGURES]
    return [*found, *(values.of_entry(each, name) for each in state.of_kind("Account") for name in OF_ACCOUNTS)]
