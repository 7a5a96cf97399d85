"""How long nothing has happened: the time begins anew with each act."""

from dsl.explain import render_derivation
from dsl.figures import figures_for
from dsl.parse import parse_question
from dsl.resolve import resolve_condition
from dsl.source import Source
from tests.dsl.deals import HEAD, opened, problems

ACCOUNTS = """
Clause 2 "Accounts":
  "Account" means a claim, made by the Seller.
  "Operation" means a claim, made by the Buyer, about an Account.
  "Dormant" of an Account means that no Operation about such Account has been made for 10 calendar days.

Clause 3 "Dormant accounts":
  "Query" means a claim, made by the Agent, about an Account.
  For each Account, while such Account is Dormant,
    then the Agent must make a Query about such Account within 2 calendar days.
"""


def test_an_account_is_dormant_ten_days_after_its_last_operation() -> None:
    """Ten calendar days after 2 September are over with 12 September, after 5 September with the 15th."""
    deal = opened(ACCOUNTS)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Account "A".')
    deal.does("11:00 on 2 September 2005", 'Seller: present the Account "B".')
    deal.does("10:00 on 5 September 2005", 'Buyer: present the Operation about "B".')

    deal.passes("23:59 on 12 September 2005")
    assert deal.asks('"A" is Dormant.') == "pending"
    deal.passes("00:00 on 13 September 2005")
    assert deal.asks('"A" is Dormant.') == "true"
    assert deal.asks('"B" is Dormant.') == "pending"
    deal.passes("00:00 on 16 September 2005")
    assert deal.asks('"B" is Dormant.') == "true"


def test_each_act_starts_the_time_anew_also_after_it_was_over() -> None:
    """The silence ended with 12 September, so two days are the 13th and 14th; the next one ends with the 24th."""
    deal = opened(ACCOUNTS)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Account "A".')
    deal.passes("10:00 on 13 September 2005")
    assert deal.asks('the deadline of section 3 for "A" is equal to 14 September 2005.') == "true"

    deal.does("10:00 on 14 September 2005", 'Buyer: present the Operation about "A".')
    assert deal.asks('"A" is Dormant.') == "pending"
    assert deal.status("3", "A") == "dormant"

    deal.passes("00:00 on 25 September 2005")
    assert deal.status("3", "A") == "active"
    assert deal.asks('the deadline of section 3 for "A" is equal to 26 September 2005.') == "true"


def test_an_act_that_is_withdrawn_has_not_broken_the_silence() -> None:
    deal = opened(ACCOUNTS)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Account "A".')
    deal.does("10:00 on 9 September 2005", 'Buyer: present the Operation "O" about "A".')

    deal.does("10:00 on 14 September 2005", 'Buyer: withdraw "O".')

    assert deal.asks('"A" is Dormant.') == "true"


def test_no_act_of_somebody_among_several_kinds() -> None:
    """Three business days after Thursday 1 September are 2, 6 and 7 September; Monday is a holiday."""
    deal = opened(
        """
Clause 2 "Activity":
  "Order" means a claim, made by the Buyer or the Seller.
  "Message" means a notice, made by the Buyer, addressed to the Seller.
  "Activity" means the list of Order and Message.
  When no Activity has been made by the Buyer for 3 business days, then this agreement terminates.
"""
    )
    deal.does("10:00 on 6 September 2005", "Seller: present the Order.")
    deal.passes("23:59 on 7 September 2005")
    assert deal.asks("this agreement has terminated.") == "false"

    deal.passes("00:00 on 8 September 2005")
    assert deal.asks("this agreement has terminated.") == "true"


def test_hours_run_to_the_minute_and_an_act_at_the_very_end_is_in_time() -> None:
    deal = opened('Clause 2 "C": "Call" means a claim, made by the Buyer.')
    quiet = "no Call has been made for 24 hours."
    deal.passes("09:00 on 2 September 2005")
    assert deal.asks(quiet) == "pending"
    deal.passes("09:01 on 2 September 2005")
    assert deal.asks(quiet) == "true"


def test_a_notice_on_its_way_has_not_been_given_but_has_been_sent() -> None:
    """Five days after 1 September are over with the 6th; the notice is sent on the 5th and given on the 7th."""
    deal = opened(
        """
Clause 2 "Notices":
  "Email" means a channel.
  Every notice must be sent by Email, and is given 2 calendar days after it is sent.
  The address of the Seller for Email is "s@example.org".
  "Warning" means a notice, made by the Buyer, addressed to the Seller.
"""
    )
    deal.does("10:00 on 5 September 2005", "Buyer: give the Warning by Email.")
    deal.passes("00:00 on 7 September 2005")
    assert deal.asks("no Warning has been given for 5 calendar days.") == "true"
    assert deal.asks("no Warning has been sent for 5 calendar days.") == "pending"
    deal.passes("10:00 on 7 September 2005")
    assert deal.asks("no Warning has been given for 5 calendar days.") == "pending"


def test_a_silence_may_be_counted_from_a_stated_time_at_the_earliest() -> None:
    deal = opened(
        """
Clause 2 "C":
  "Call" means a claim, made by the Buyer.
  "Start" means an optional blank date, filled by the Buyer.
"""
    )
    quiet = "no Call has been made for 2 calendar days after the Start."
    deal.passes("10:00 on 8 September 2005")
    assert deal.asks(quiet) == "open"
    deal.does("10:00 on 8 September 2005", "Buyer: fill the Start with 7 September 2005.")
    deal.passes("23:59 on 9 September 2005")
    assert deal.asks(quiet) == "pending"
    deal.passes("00:00 on 10 September 2005")
    assert deal.asks(quiet) == "true"


def test_an_explanation_shows_the_last_act_and_the_days() -> None:
    deal = opened(ACCOUNTS)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Account "A".')
    deal.does("10:00 on 5 September 2005", 'Buyer: present the Operation "O" about "A".')

    reason = deal.why('"A" is Dormant.')
    assert reason.children[0].note == 'the last was "O", 10:00 on 5 September 2005; until 15 September 2005'
    source = Source("question", 'no Operation about "A" has been made for 10 calendar days.')
    parsed = parse_question(source)
    assert parsed.syntax is not None
    asked, _ = resolve_condition(parsed.syntax.condition, deal.agreement.terms, source)
    assert asked is not None
    told = "\n".join(render_derivation(each) for each in figures_for(deal.agreement, deal.state, asked))
    assert "10 calendar days: 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 September 2005" in told


def test_only_what_can_be_silent_is_asked() -> None:
    text = HEAD + 'Clause 2 "C": "Call" means a claim, made by the Buyer. '
    ends = "When no Call has been signed for 2 hours, then this agreement terminates."

    assert "Call is never signed" in problems(text + ends)


FOLLOWING = """
Clause 4 "What follows":
  "Lapse" means an event, about an Account.
  "Default" means an event.
  For each Account, when such Account is Dormant, then a Lapse occurs about such Account.
  The Seller must pay USD 1.00 to the Buyer by 12 September 2005, failing which a Default occurs.

Clause 5 "At once":
  For each Account, when such Account is Dormant, then the Buyer must pay USD 2.00 to the Seller within 3 calendar days.

Clause 6 "When it has lapsed":
  For each Lapse, when such Lapse has been made, then the Buyer must pay USD 3.00 to the Seller within 3 calendar days.

Clause 7 "For each lapse":
  For each Lapse, the Buyer must pay USD 4.00 to the Seller within 3 calendar days.

Clause 8 "For each lapse, as long as":
  "Stop" means a claim, made by the Buyer.
  For each Lapse, while no Stop has been made, then the Buyer must pay USD 5.00 to the Seller within 3 calendar days.

Clause 9 "Missed":
  While section 4 is overdue, then the Seller must pay USD 6.00 to the Buyer within 3 calendar days.

Clause 10 "For each default":
  For each Default, the Seller must pay USD 7.00 to the Buyer within 3 calendar days.
"""


def test_the_same_time_is_counted_however_what_follows_from_its_end_is_said() -> None:
    """The silence and the time to pay are over with Monday 12 September: three days later is the 15th."""
    deal = opened(ACCOUNTS + FOLLOWING)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Account "A".')
    deal.passes("10:00 on 13 September 2005")

    for section in range(5, 11):
        assert deal.asks(f"the deadline of section {section} is equal to 15 September 2005.") == "true", section


def test_of_several_kinds_somebody_has_been_silent_who_makes_only_some_of_them() -> None:
    """The Seller's Message is none of the Buyer's; ten days after 2 September are over with the 12th."""
    deal = opened("""Clause 2 "Silence":
      "Order" means a claim, made by the Buyer. "Message" means a claim, made by the Seller.
      "Activity" means the list of Order and Message. "Close" means an event.
      When no Activity has been made by the Buyer for 10 calendar days, then a Close occurs.""")
    deal.does("10:00 on 2 September 2005", "Buyer: present the Order.")
    deal.does("10:00 on 9 September 2005", "Seller: present the Message.")

    deal.passes("23:59 on 12 September 2005")
    assert deal.asks("a Close has been made.") == "pending"
    deal.passes("00:00 on 13 September 2005")
    assert deal.asks("a Close has been made.") == "true"
