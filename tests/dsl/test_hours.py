"""Business hours: for acts, duties, notices, conditions and deadlines. Friday is 2 September 2005, Monday a holiday."""

from tests.dsl.deals import HEAD, opened, problems

HOURS = "between 09:00 and 17:00 on a business day"


def test_an_act_is_allowed_within_hours_only_and_the_closing_time_is_within() -> None:
    deal = opened(f'Clause 2 "P": The Agent may refund any amount to the Buyer from the Fund {HOURS}.')
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 9.00 into the Fund.")
    pay = "Agent: refund USD 1.00 to the Buyer from the Fund."

    deal.does("17:00 on 2 September 2005", pay)
    assert "from 09:00 on 6 September 2005" in deal.fails("17:01 on 2 September 2005", pay, "2")
    assert "from 09:00 on 6 September 2005" in deal.fails("12:00 on 5 September 2005", pay, "2")
    assert "from 09:00 on 6 September 2005" in deal.fails("08:59 on 6 September 2005", pay, "2")
    deal.does("09:00 on 6 September 2005", pay)


def test_an_act_on_a_business_day_has_the_whole_day() -> None:
    deal = opened('Clause 2 "P": The Agent may refund any amount to the Buyer from the Fund on a business day.')
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 9.00 into the Fund.")
    pay = "Agent: refund USD 1.00 to the Buyer from the Fund."

    deal.does("23:59 on 2 September 2005", pay)
    deal.fails("00:00 on 3 September 2005", pay, "2")
    deal.does("00:00 on 6 September 2005", pay)


def test_what_is_made_after_hours_counts_as_of_the_next_opening() -> None:
    """Made on Friday at 17:30 it counts on Tuesday at 09:00, in time; made on Tuesday at 17:30, on Wednesday, late."""
    for made, status in (("2 September 2005", "fulfilled"), ("6 September 2005", "fulfilled late")):
        deal = opened(
            f"""
Clause 2 "R":
  "Report" means a claim, made by the Seller.
  The Seller must make a Report by 6 September 2005 {HOURS}.
"""
        )
        deal.does(f"17:30 on {made}", "Seller: present the Report.")

        assert deal.status("2") == status


def test_a_notice_that_arrives_after_hours_is_given_at_the_next_opening() -> None:
    deal = opened(
        f"""
Clause 2 "Notices":
  "Hand" means a channel.
  "Email" means a channel.
  Every notice must be sent by Hand, and is given when it is received {HOURS};
    or by Email, and is given 2 hours after it is sent {HOURS}.
  The address of the Seller for Hand is "1 Quay".
  The address of the Seller for Email is "s@example.org".
  "Warning" means a notice, made by the Buyer, addressed to the Seller.
"""
    )
    deal.does("10:00 on 2 September 2005", 'Buyer: give the Warning "Early" by Email.')
    deal.does("16:00 on 2 September 2005", 'Buyer: give the Warning "Late" by Email.')
    deal.does("16:00 on 2 September 2005", 'Buyer: give the Warning "Hand" by Hand.')
    deal.does("17:30 on 2 September 2005", 'Seller: deliver "Hand" to the Seller.')

    assert deal.asks('the giving of "Early" is equal to 12:00 on 2 September 2005.') == "true"
    assert deal.asks('the giving of "Late" is equal to 09:00 on 6 September 2005.') == "true"
    assert deal.asks('the giving of "Hand" is equal to 09:00 on 6 September 2005.') == "true"
    assert deal.asks('"Hand" has been given.') == "pending"
    deal.passes("09:00 on 6 September 2005")
    assert deal.asks('"Hand" has been given.') == "true"


def test_a_time_is_asked_about_and_what_is_made_at_another_one_is_not_valid() -> None:
    deal = opened(
        f"""
Clause 2 "C":
  "Call" means a claim, made by the Buyer.
  No Call is valid unless the making of such Call is {HOURS}.
"""
    )
    deal.fails("17:01 on 2 September 2005", "Buyer: present the Call.", "2")
    deal.does("17:00 on 6 September 2005", "Buyer: present the Call.")

    assert deal.asks(f"the making of the latest Call is {HOURS}.") == "true"
    assert deal.asks(f"10:00 on 5 September 2005 is {HOURS}.") == "false"
    assert deal.asks("5 September 2005 is on a business day.") == "false"
    assert deal.asks("6 September 2005 is on a business day.") == "true"


def test_a_deadline_is_counted_from_the_next_opening() -> None:
    deal = opened('Clause 2 "C": "Call" means a claim, made by the Buyer.')
    deal.does("17:30 on 2 September 2005", "Buyer: present the Call.")
    first = f"the first moment {HOURS} on or after"

    assert deal.asks(f"{first} the making of the latest Call is equal to 09:00 on 6 September 2005.") == "true"
    assert deal.asks(f"4 hours after {first} the making of the latest Call is equal to 13:00 on 6 September 2005.") == (
        "true"
    )
    assert deal.asks(f"{first} 10:00 on 6 September 2005 is equal to 10:00 on 6 September 2005.") == "true"
    assert deal.asks(f"{first} 3 September 2005 is equal to 09:00 on 6 September 2005.") == "true"


def test_hours_that_cannot_be_are_told() -> None:
    pay = 'Clause 2 "P": The Agent may refund any amount to the Buyer from the Fund'

    assert "Closed before it opens" in problems(f"{HEAD}{pay} between 17:00 and 09:00 on a business day.")
    assert "Two hours in one sentence" in problems(f"{HEAD}{pay} {HOURS} on a business day.")
    asked = f"When 5 September 2005 is {HOURS}, then this agreement terminates."
    assert "The hour of a date" in problems(f'{HEAD}Clause 2 "P": {asked}')


def test_a_notice_that_is_received_after_hours_is_in_no_figure_before_it_is_given() -> None:
    """Received after hours on Friday 2 September, it is given at nine on Tuesday 6 September, after Labor Day."""
    deal = opened(
        """
Clause 2 "Notices":
  "Mail" means a channel.
  "Order" means a notice, made by the Buyer, addressed to the Seller, stating Sum as amount.
  Every notice must be sent by Mail, and is given when it is received between 09:00 and 17:00 on a business day.
  The address of the Seller for Mail is "1 Road".
"""
    )
    deal.does("18:00 on 2 September 2005", 'Buyer: give the Order "O" by Mail stating Sum as USD 7.00.')
    deal.does("18:30 on 2 September 2005", 'Buyer: deliver the Order "O" to the Seller.')
    before = deal.figure("the sum of Sum of every Order")
    deal.passes("09:00 on 6 September 2005")

    assert (before, deal.figure("the sum of Sum of every Order")) == ("USD 0.00", "USD 7.00")
    deal.passes("09:00 on 8 September 2005")
    assert deal.figure("the sum of Sum of every Order as of 5 September 2005") == "USD 0.00"
