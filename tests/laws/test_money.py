"""Money is neither made nor lost, whatever anybody tries."""

from hypothesis import example, given

from dsl.compile import covers
from dsl.events import Acted
from dsl.state import State
from tests.laws.stories import TWO_CLAIMS, Story, Told, few, small_stories, small_story, stories, tell


def every_state(told: Told) -> list[State]:
    """Each state a story went through."""
    return [told.first, *(state for pair in told.states for state in pair)]


@few
@given(story=stories)
def test_money_in_equals_held_plus_out(story: Story) -> None:
    for state in every_state(tell(story)):
        units = {quantity.unit for quantity in state.balances.values()}
        for unit in units:
            assert sum(each.amount for each in state.balances.values() if each.unit == unit) == 0

        for fund in story.agreement.terms.funds.values():
            accounts = tuple(f"{fund.name}/{purpose}" for purpose in ("balance", "excess", "interest"))
            paid_in = sum(each.amount.amount for each in state.postings if each.target in accounts)
            paid_out = sum(each.amount.amount for each in state.postings if each.source in accounts)
            held = sum(state.balance(account, fund.unit).amount for account in accounts)
            assert paid_in == held + paid_out


@few
@given(story=stories)
@example(story=small_story("Lender: deposit USD 33.33 into the Fund.", *TWO_CLAIMS, cap="55"))
def test_no_fund_goes_below_nothing(story: Story) -> None:
    funds = tuple(f"{name}/" for name in story.agreement.terms.funds)
    for state in every_state(tell(story)):
        for account, held in state.balances.items():
            assert held.amount >= 0 or not account.startswith(funds), account


@few
@given(story=stories)
def test_a_fund_holds_one_currency(story: Story) -> None:
    for state in every_state(tell(story)):
        for fund in story.agreement.terms.funds.values():
            strange = [key for key in state.balances if key.startswith(f"{fund.name}/") and not key.endswith(fund.unit)]
            assert not strange


@few
@given(story=stories)
@example(story=small_story("Buyer: deposit USD 100.00 into the Fund.", *TWO_CLAIMS))
@example(story=small_story("Buyer: deposit USD 100.00 into the Fund.", *TWO_CLAIMS, excess=""))
def test_a_cap_is_never_exceeded(story: Story) -> None:
    for state in every_state(tell(story)):
        for cap, limit in (("4.1(c)", 250_000), ("4", 4_000 if "USD 40.00" in story.agreement.terms.text else 5_500)):
            capped = [each for each in story.agreement.terms.caps if cap in each.sections]
            paid = [
                each.amount.amount
                for each in state.postings
                if each.verb != "pass" and covers(cap, each.section.partition(",")[0])
            ]
            assert not capped or sum(paid) <= limit


@few
@given(story=stories)
def test_an_entry_is_carried_out_once(story: Story) -> None:
    told = tell(story)

    released = [
        answer.attempt.action.plan  # type: ignore[union-attr]
        for answer in told.answers
        if isinstance(answer, Acted) and type(answer.attempt.action).__name__ == "Release"
    ]

    assert len(released) == len(set(released))


@few
@given(story=small_stories())
def test_a_claim_is_paid_at_most_what_it_is_for(story: Story) -> None:
    state = tell(story).last
    for entry in state.entries:
        if entry.kind == "Claim":
            paid = sum(each.amount.amount for each in state.postings if each.answers == entry.number)
            assert paid <= dict(entry.fields)["Amount"].amount  # type: ignore[union-attr]
