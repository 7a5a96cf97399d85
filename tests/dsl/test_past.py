"""What is asked as of a time: figures, rows, conditions and how sections stood, whatever has happened since."""

from dsl.explain import render_derivation
from dsl.figures import value_now
from dsl.parse import parse_question
from dsl.resolve import resolve_condition
from dsl.source import Source
from dsl.terms import Compare
from tests.dsl.deals import HEAD, Deal, opened, problems

REGISTER = """
Clause 2 "Register":
  "Holding" means a claim, made by the Agent, stating Units as number.
  "Struck" means a finding, made by the Agent, about a Holding.
  "Registered" of a Holding means that no Struck about such Holding has been made.
  "Record Date" means 9 September 2005.
"""


def register(more: str = "") -> Deal:
    """Holdings of 7 and 5 units at the record date, of which the first is struck and a third comes later."""
    deal = opened(REGISTER + more)
    deal.does("10:00 on 6 September 2005", 'Agent: present the Holding "A" stating Units as 7.')
    deal.does("23:59 on 9 September 2005", 'Agent: present the Holding "B" stating Units as 5.')
    deal.does("00:00 on 10 September 2005", 'Agent: find the Struck about "A".')
    deal.does("10:00 on 12 September 2005", 'Agent: present the Holding "C" stating Units as 90.')
    return deal


def test_a_register_is_asked_as_it_stood_at_the_end_of_its_record_date() -> None:
    deal = register()

    assert deal.figure("the sum of Units of every Holding as of the Record Date", "0") == "12"
    assert deal.figure("the number of Holdings which is Registered as of the Record Date", "0") == "2"
    assert deal.figure("the number of Holdings which is Registered", "0") == "2"
    assert deal.figure("the number of Holdings which is Registered as of 10 September 2005", "0") == "1"
    assert deal.asks('as of the Record Date, "A" is Registered.') == "true"
    assert deal.asks('as of 10 September 2005, "A" is Registered.') == "false"


def test_a_balance_is_asked_as_of_the_end_of_a_day_or_of_an_instant_with_all_that_happened_at_it() -> None:
    deal = opened("")
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("12:00 on 6 September 2005", "Buyer: deposit USD 7.00 into the Fund.")
    deal.passes("10:00 on 7 September 2005")

    assert deal.figure("the balance of the Fund as of 1 September 2005") == "USD 0.00"
    assert deal.figure("the balance of the Fund as of 2 September 2005") == "USD 5.00"
    assert deal.figure("the balance of the Fund as of 10:00 on 2 September 2005") == "USD 5.00"
    assert deal.figure("the balance of the Fund as of 11:59 on 6 September 2005") == "USD 5.00"
    assert deal.figure("the balance of the Fund as of 12:00 on 6 September 2005") == "USD 12.00"


def test_what_is_asked_as_of_a_time_waits_for_its_end_and_is_open_before_the_opening() -> None:
    deal = opened("")
    deal.passes("23:59 on 2 September 2005")

    waiting = deal.why("the balance of the Fund as of 2 September 2005 is equal to USD 0.00.")
    assert waiting.truth.value == "pending"
    assert [wait.text for wait in waiting.awaited()] == ["2 September 2005 is over"]
    assert deal.asks("the balance of the Fund as of 31 August 2005 is equal to USD 0.00.") == "open"

    deal.passes("00:00 on 3 September 2005")
    assert deal.asks("the balance of the Fund as of 2 September 2005 is equal to USD 0.00.") == "true"


def test_what_had_not_happened_by_then_is_false_and_never_pending() -> None:
    deal = register()

    before, then = "as of 5 September 2005", "as of 9 September 2005"
    assert deal.asks(f"{before}, a Holding has been made.") == "false"
    assert deal.asks(f"{before}, none of (i) a Holding has been made; or (ii) no Holding has been made.") == "false"
    assert deal.asks(f"{before}, none of (i) a Holding has been made.") == "true"
    assert deal.asks(f'{then}, "C" is Registered.') == "false"
    assert deal.asks(f"{then}, no Struck has been made within 2 calendar days after 8 September 2005.") == "false"


def test_a_sentence_ranges_over_the_rows_as_they_were() -> None:
    """A row that came after the record date has no entitlement; the one that was struck later has."""
    deal = register(
        """
Clause 3 "Dividend":
  "Entitlement" means an event, about a Holding, stating Counted as number.
  For each Holding, when as of the Record Date, such Holding is Registered,
    then an Entitlement occurs about such Holding stating Counted as the Units of such Holding as of the Record Date.
"""
    )

    assert deal.figure("the sum of Counted of every Entitlement", "0") == "12"


def test_how_a_section_stood_what_a_blank_held_and_who_filled_a_role() -> None:
    deal = opened(
        """
Clause 2 "Work":
  "Report" means a claim, made by the Seller.
  "Fee" means an optional blank amount, filled by the Buyer.
  "Appointment" means a claim, made by the Agent, stating Successor as text.
  The Seller must make a Report by 6 September 2005.
  For each Appointment, when such Appointment has been made, then the Successor of such Appointment becomes the Agent.
"""
    )
    deal.does("10:00 on 2 September 2005", "Buyer: fill the Fee with USD 5.00.")
    deal.does("10:00 on 7 September 2005", "Buyer: fill the Fee with USD 9.00.")
    deal.does("11:00 on 7 September 2005", 'Agent: present the Appointment stating Successor as "New".')
    deal.does("10:00 on 8 September 2005", "Seller: make the Report.")

    assert deal.asks("as of 6 September 2005, section 2, first sentence is active.") == "true"
    assert deal.asks("as of 7 September 2005, section 2, first sentence is overdue.") == "true"
    assert deal.asks("section 2, first sentence is fulfilled late.") == "true"
    assert deal.figure("the Fee as of 6 September 2005") == "USD 5.00"
    assert deal.figure("the Fee as of 7 September 2005") == "USD 9.00"
    assert deal.asks("the Fee as of 1 September 2005 is equal to USD 5.00.") == "open"
    assert deal.asks('as of 6 September 2005, the Agent is filled by "New".') == "false"
    assert deal.asks('as of 7 September 2005, the Agent is filled by "New".') == "true"
    assert deal.asks("the deadline of section 2 as of 6 September 2005 is before 7 September 2005.") == "open"


def test_a_fact_that_is_recorded_late_counts_as_of_its_time() -> None:
    deal = register(
        """
Clause 3 "Count":
  "Count" means an event, stating Total as number.
  When the Record Date has passed,
    then a Count occurs stating Total as the sum of Units of every Holding as of the Record Date.
"""
    )
    assert deal.figure("the Total of the latest Count", "0") == "12"

    deal.does(
        "09:00 on 7 September 2005",
        'Agent: present the Holding "D" stating Units as 2.',
        recorded="10:00 on 13 September 2005",
    )

    assert deal.figure("the Total of the latest Count", "0") == "14"
    assert deal.figure("the sum of Units of every Holding as of 8 September 2005", "0") == "9"


def test_an_explanation_shows_what_was_there_then() -> None:
    deal = register()
    source = Source("figure", "the sum of Units of every Holding as of the Record Date is at least 0.")
    parsed = parse_question(source)
    assert parsed.syntax is not None
    compared, _ = resolve_condition(parsed.syntax.condition, deal.agreement.terms, source)
    assert isinstance(compared, Compare)

    told = render_derivation(value_now(deal.agreement, deal.state, compared.left))

    assert "as everything stood at the end of Fri 9 Sep 2005" in told
    assert '"A" of Agent, 7' in told
    assert '"C"' not in told


def test_what_is_written_out_is_the_same_at_any_time() -> None:
    wrong = problems(
        HEAD + 'Clause 2 "Floor": When the balance of the Fund is more than USD 5.00 as of 9 September 2005, '
        "then the Seller must pay USD 5.00 to the Buyer."
    )

    assert "The same at any time" in wrong
    assert "as of 9 September 2005, ..." in wrong


def test_what_is_defined_as_of_a_time_is_asked_as_of_that_same_time() -> None:
    """A day that is asked of is over; to ask as of it what is defined as of it gives the same answer as to ask now."""
    deal = register(
        '"Entitled" of a Holding means that as of the Record Date, such Holding is Registered. '
        '"Whole" means the sum of Units of every Holding as of the Record Date.'
    )

    assert deal.asks('"A" is Entitled.') == "true"
    assert deal.asks('as of the Record Date, "A" is Entitled.') == "true"
    assert deal.asks('as of 00:00 on 10 September 2005, "A" is Entitled.') == "true"
    assert deal.asks('as of 8 September 2005, "A" is Entitled.') == "false"
    assert deal.figure("the Whole as of the Record Date", "0") == "12"


WAIVERS = """
Clause 2 "Terms":
  "Alpha" means a claim, made by the Seller.
  "Beta" means a claim, made by the Seller.
  "Ready" means that all of (i) an Alpha has been made; and (ii) a Beta has been made.
  "Order" means a writing, signed by the Buyer and the Seller, stating Price as amount.
  The Seller must make a Beta by 20 September 2005.

Clause 3 "Waivers":
  Section 2 protects the Buyer and the Agent.
  "Waiver" means a waiver, signed by the Buyer and the Agent, stating Requirement as section.
  For each Waiver, when such Waiver has been completed, then the requirement of such Waiver is waived.
"""


def test_a_waiver_counts_from_when_it_was_given_and_not_from_its_first_signature() -> None:
    deal = opened(WAIVERS)
    deal.does("10:00 on 1 September 2005", "Seller: present the Alpha.")
    deal.does("10:00 on 2 September 2005", 'Buyer: sign the Waiver "W" stating Requirement as section 2(ii).')
    deal.does("10:00 on 7 September 2005", 'Agent: sign the Waiver "W".')
    deal.passes("10:00 on 8 September 2005")

    assert deal.asks("as of 6 September 2005, Ready applies.") == "false"
    assert deal.asks("as of 7 September 2005, Ready applies.") == "true"


def test_a_paper_is_asked_as_it_was_before_other_content_undid_its_signatures() -> None:
    deal = opened(WAIVERS)
    deal.does("10:00 on 2 September 2005", 'Buyer: sign the Order "O" stating Price as USD 5.00.')
    deal.does("10:00 on 7 September 2005", 'Seller: sign the Order "O" stating Price as USD 9.00.')
    deal.passes("10:00 on 8 September 2005")

    assert deal.asks('as of 6 September 2005, "O" has been signed by the Buyer.') == "true"
    assert deal.figure('the Price of "O" as of 6 September 2005') == "USD 5.00"
    assert deal.asks('as of 7 September 2005, "O" has been signed by the Buyer.') == "false"
    assert deal.figure('the Price of "O" as of 7 September 2005') == "USD 9.00"


def test_a_breach_that_was_asserted_later_was_not_asserted_then() -> None:
    deal = opened(WAIVERS)
    deal.does("10:00 on 8 September 2005", "Buyer: assert breach of section 2.")
    deal.passes("10:00 on 22 September 2005")

    assert deal.asks("as of 7 September 2005, section 2 is said to be breached.") == "false"
    assert deal.asks("as of 8 September 2005, section 2 is said to be breached.") == "true"


def test_a_time_is_over_in_what_is_asked_as_of_it() -> None:
    """A definition that asks as of the record date is the same when it is itself asked as of that date."""
    deal = register(
        """
Clause 3 "Roles":
  "Counted" of a Holding means that as of the Record Date, no Struck about such Holding has been made.
  "Appointment" means a claim, made by the Buyer.
  For each Appointment, when such Appointment has been made, then "New" becomes the Agent.
"""
    )
    deal.does("11:00 on 12 September 2005", "Buyer: present the Appointment.")
    deal.passes("10:00 on 14 September 2005")

    assert deal.asks('as of 9 September 2005, "A" is Counted.') == "true"
    assert deal.asks('as of 8 September 2005, "A" is Counted.') == "false"
    assert deal.figure("the number of Holdings which is Counted as of 9 September 2005", "0") == "2"
    assert deal.asks('as of 12 September 2005, the Agent as of 12 September 2005 is "New".') == "true"


def test_what_had_not_happened_at_an_instant_is_decided_as_soon_as_that_is_over() -> None:
    deal = opened(
        REGISTER
        + """
Clause 3 "Nobody":
  "Lapse" means an event.
  When none of (i) as of 10:00 on 5 September 2005, a Holding has been made, then a Lapse occurs.
"""
    )
    deal.passes("10:00 on 5 September 2005")
    at_the_instant = deal.asks("a Lapse has been made.")
    deal.passes("10:01 on 5 September 2005")

    assert (at_the_instant, deal.asks("a Lapse has been made.")) == ("pending", "true")
