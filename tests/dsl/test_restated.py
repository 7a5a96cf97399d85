"""What had happened by itself is worked out anew when a fact comes late, and whoever relied on it is told."""

import pytest

from dsl import replay
from dsl.engine import explain, in_force
from dsl.explain import render_reason
from dsl.fallen import divergences
from dsl.history import folded, state_at
from tests.dsl.deals import Deal, at, opened

SILENCE = """
Clause 2 "Silence":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  For each Claim, when no Objection about such Claim has been made within 5 calendar days after the making of such
    Claim, then the Amount of such Claim passes from the Fund to the Seller.
"""
LATE = "12:00 on 9 September 2005"
"""A Friday, two days after the last day of silence: five calendar days after 2 September end with the 7th."""
OBJECTION = 'Buyer: make the Objection about "C".'


def told(deal: Deal, section: str = "") -> list[str]:
    found = divergences(in_force(deal.agreement, deal.state), deal.state)
    assert all(each.act == 0 for each in found)
    return [each.text for each in found if section in ("", each.then)]


def silent(text: str = SILENCE, more: str = "") -> Deal:
    """A claim of USD 40.00 against a fund of USD 100.00, to which nobody has objected by 9 September."""
    deal = opened(text + more)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Seller: make the Claim "C" stating Amount as USD 40.00.')
    return deal


PASSED = (
    'USD 40.00 has passed from Fund to Seller for "C" at 00:00 on 8 September 2005, by what was known until 12:00 on 9 '
    "September 2005; by what is known now, it has not; what was paid out on that is not on record, and Fund may hold "
    "another sum than is said here"
)


def test_money_that_had_passed_by_silence_is_told_when_an_objection_in_time_is_recorded_late() -> None:
    deal = silent()

    deal.does("10:00 on 5 September 2005", OBJECTION, LATE)
    deal.passes(LATE)

    assert deal.holds() == "USD 100.00"
    assert told(deal) == [PASSED]
    (found,) = divergences(deal.agreement, deal.state)
    assert (found.at, found.then) == (at(deal.agreement, "00:00 on 8 September 2005"), "2")
    assert PASSED in render_reason(explain(deal.agreement, deal.state, "2"))


def test_what_was_known_before_is_as_it_was_and_tells_nothing() -> None:
    deal = silent()
    deal.does("10:00 on 5 September 2005", OBJECTION, LATE)

    before = state_at(deal.history, at(deal.agreement, LATE), at(deal.agreement, "11:59 on 9 September 2005"))
    early = state_at(deal.history, at(deal.agreement, "10:00 on 6 September 2005"))

    assert str(before.balance("Fund/balance", "USD")) == "USD 60.00"
    assert divergences(deal.agreement, before) == ()
    assert divergences(deal.agreement, early) == ()


def test_an_objection_that_is_recorded_before_the_silence_is_over_takes_nothing_away() -> None:
    deal = silent()

    deal.does("10:00 on 5 September 2005", OBJECTION, "12:00 on 6 September 2005")
    deal.passes(LATE)

    assert told(deal) == []


def test_an_act_after_what_had_happened_does_not_hide_it() -> None:
    deal = silent()
    deal.does("10:00 on 8 September 2005", "Buyer: deposit USD 5.00 into the Fund.")

    deal.does("10:00 on 5 September 2005", OBJECTION, LATE)

    assert deal.holds() == "USD 105.00"
    assert told(deal) == [PASSED]


def test_what_happens_again_by_a_later_record_is_told_no_longer() -> None:
    """The objection is taken back, as it turns out within the time: then there was none, and the USD 40.00 passed."""
    deal = silent()
    deal.does("10:00 on 5 September 2005", 'Buyer: make the Objection "O" about "C".', LATE)
    deal.passes(LATE)
    one = told(deal)

    deal.does("11:00 on 5 September 2005", 'Buyer: withdraw the Objection "O".', "13:00 on 9 September 2005")
    deal.passes("13:00 on 9 September 2005")

    assert one == [PASSED]
    assert (deal.holds(), told(deal)) == ("USD 60.00", [])


NOTHING = SILENCE.partition("  For each")[0]
SHARE = """
Clause 2 "Share":
  "Closing" means an act, made by the Seller.
  When a Closing has been made, then 50 percent of the balance of the Fund passes from the Fund to the Seller.
"""


def test_another_amount_is_told_with_what_it_is_now() -> None:
    """Half of USD 100.00, and of USD 160.00 with a deposit that came before it and was recorded after it."""
    deal = opened(SHARE)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", "Seller: take the Closing.")

    deal.does("12:00 on 1 September 2005", "Buyer: deposit USD 60.00 into the Fund.", LATE)

    assert deal.holds() == "USD 80.00"
    (found,) = told(deal)
    assert found == (
        "USD 50.00 has passed from Fund to Seller at 10:00 on 2 September 2005, by what was known until 12:00 on 9 "
        "September 2005; by what is known now, USD 80.00 has passed from Fund to Seller at 10:00 on 2 September 2005; "
        "what was paid out on that is not on record, and Fund may hold another sum than is said here"
    )


KEPT = """
Clause 2 "Kept":
  "Kept Fund" means a fund in USD, held by the Agent.
  "Warning" means a claim, made by the Buyer.
  "Receipt" means a movement, into the Fund.
  For each Receipt, when such Receipt has been made and no Warning has been made, then 10 percent of the Amount of such
    Receipt passes from the Fund to the Kept Fund.
"""


def test_what_passes_by_a_late_fact_and_had_not_is_nothing_that_was_told_before() -> None:
    """Ten percent of USD 100.00 and of USD 60.00; what had passed of the first is the same."""
    deal = opened(KEPT)
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("12:00 on 1 September 2005", "Buyer: deposit USD 60.00 into the Fund.", LATE)

    assert deal.holds("Kept Fund") == "USD 16.00"
    assert told(deal) == []


def test_between_two_funds_nothing_is_paid_out() -> None:
    deal = opened(KEPT)
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("12:00 on 1 September 2005", "Buyer: make the Warning.", LATE)

    assert deal.holds("Kept Fund") == "USD 0.00"
    (found,) = told(deal)
    assert found == (
        'USD 10.00 has passed from Fund to Kept Fund for "Receipt 1" at 10:00 on 2 September 2005, by what was known '
        "until 12:00 on 9 September 2005; by what is known now, it has not"
    )


EVERYTHING = """
Clause 2 "Notes":
  "Stop" means a claim, made by the Buyer.
  "Start" means a claim, made by the Seller.
  "Report" means an event, stating Sum as amount.
  "Open" means that no Stop has been made.
Clause 3 "Report": When a Start has been made and Open applies, then a Report occurs stating Sum as USD 7.00.
Clause 4 "Who": When a Start has been made and Open applies, then "New Trust" becomes the Agent.
Clause 5 "Free": When a Start has been made and Open applies, then the Agent is discharged.
Clause 6 "End": When a Start has been made and Open applies, then this agreement terminates.
Clause 7 "Each": For each Report, when such Report has been made, then USD 1.00 passes from the Fund to the Seller.
"""


def test_an_event_a_role_a_discharge_and_an_end_are_told_as_well() -> None:
    deal = opened(EVERYTHING)
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", "Seller: make the Start.")
    before = deal.state

    deal.does("10:00 on 1 September 2005", "Buyer: make the Stop.", LATE)

    until = "at 10:00 on 2 September 2005, by what was known until 12:00 on 9 September 2005; by what is known now, "
    assert before.terminated is not None
    assert deal.state.terminated is None
    assert [told(deal, section) for section in "3456"] == [
        [f"Report has occurred stating Sum as USD 7.00 {until}it has not"],
        [f"New Trust has become Agent {until}it has not"],
        [f"Agent has been discharged {until}it has not"],
        [f"the agreement has terminated {until}it has not"],
    ]
    (passed,) = told(deal, "7")
    assert passed.startswith(
        "USD 1.00 has passed from Fund to Seller for the Report of 10:00 on 2 September 2005 at 10:00 on 2 September"
    )


def test_an_event_that_gets_another_number_is_the_same_event() -> None:
    """The late Start is one more, before the first; the report of the first is now the second, and the same."""
    text = EVERYTHING.partition("Clause 3")[0] + (
        'Clause 3 "Report": For each Start, when such Start has been made, then a Report occurs about such Start.\n'
        'Clause 4 "Each": For each Report, when such Report has been made, '
        "then USD 1.00 passes from the Fund to the Seller.\n"
    )
    deal = opened(text.replace("an event, stating Sum as amount", "an event, about a Start"))
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Seller: make the Start "B".')

    deal.does("10:00 on 1 September 2005", 'Seller: make the Start "A".', LATE)

    assert deal.holds() == "USD 3.00"
    assert told(deal) == []


@pytest.mark.parametrize(("text", "recorded", "asked"), [(SILENCE, LATE, 1), (SILENCE, "", 0), (NOTHING, LATE, 0)])
def test_only_what_is_recorded_late_where_something_happens_by_itself_is_worked_out_twice(
    monkeypatch: pytest.MonkeyPatch, text: str, recorded: str, asked: int
) -> None:
    deal = opened(text)
    deal.does("10:00 on 2 September 2005", 'Seller: make the Claim "C" stating Amount as USD 40.00.')
    deal.does("10:00 on 5 September 2005", OBJECTION, recorded)
    calls = []

    def counted(*given: object) -> tuple[()]:
        calls.append(given)
        return ()

    monkeypatch.setattr(replay, "lost", counted)
    folded(deal.agreement, deal.history.opened, deal.history.records)

    assert len(calls) == asked


MORE = """
Clause 2 "Notes":
  "Stop" means a claim, made by the Buyer.
  "Start" means a claim, made by the Seller.
  "Open" means that no Stop has been made.
  "Kept Fund" means a fund in USD, held by the Seller.
  The Agent may credit any amount to the Fund.
  "Kept In" means a movement, into the Kept Fund.
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
Clause 3 "Kept": When a Start has been made and Open applies, then USD 4.00 passes from the Fund to the Kept Fund.
Clause 4 "Each":
  For each Kept In, when such Kept In has been made, then USD 1.00 passes from the Kept Fund to the Seller.
Clause 5 "Interest": When a Start has been made and Open applies, then USD 3.00 passes from the interest of the Fund to
  the Seller.
Clause 6 "Amending":
  For each Amendment, when such Amendment has been completed and Open applies, then this agreement is amended by such
    Amendment.
Clause 7 "Who": When a Start has been made and Open applies, then the Agent becomes vacant.
"""


def test_a_vacancy_an_amendment_and_what_rests_on_what_passed_are_told_in_their_words() -> None:
    """The clause under which USD 3.00 of interest passed is replaced afterwards, and it is told still."""
    deal = opened(MORE)
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("09:40 on 1 September 2005", "Agent: credit USD 3.00 to the Fund.")
    deal.does("10:00 on 2 September 2005", "Seller: make the Start.")
    changes = """clauses "Clause 5 'Interest': The Seller may pay USD 6.00 to the Buyer.\""""
    deal.does("11:00 on 2 September 2005", f'Buyer: sign the Amendment "A" stating Changes as {changes}.')
    deal.does("11:00 on 2 September 2005", 'Seller: sign the Amendment "A".')

    deal.does("10:00 on 1 September 2005", "Buyer: make the Stop.", LATE)

    first = "at 10:00 on 2 September 2005, by what was known until 12:00 on 9 September 2005; by what is known now, it"
    assert told(deal, "3") == [f"USD 4.00 has passed from Fund to Kept Fund {first} has not"]
    assert told(deal, "7") == [f"Agent has become vacant {first} has not"]
    assert told(deal, "6") == [f'the agreement has been amended by "A" {first.replace("10:00", "11:00")} has not']
    (each,), (interest,) = told(deal, "4"), told(deal, "5")
    assert each.startswith(
        "USD 1.00 has passed from Kept Fund to Seller for the Kept In of 10:00 on 2 September 2005 at"
    )
    assert interest.startswith(
        f"USD 3.00 has passed from the interest of Fund to Seller {first} has not; what was paid"
    )
