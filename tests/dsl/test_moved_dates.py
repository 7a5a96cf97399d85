"""A deadline that names a date follows that date while it can still be kept."""

from tests.dsl.deals import opened

LAST_DAY = """
Clause 2 "Dates":
  "Extension" means a writing, signed by the Buyer and the Seller, stating Day as date.
  "Last Day" means 30 September 2005 where the number of Extensions is equal to 0,
    otherwise the Day of the latest Extension.
  "Term Day" means an optional blank date, 30 September 2005 unless stated otherwise,
    filled by the Buyer and the Seller.
  "Handover" means a claim, made by the Seller. "Opt" means a claim, made by the Buyer.
  "Report" means a claim, made by the Agent.
  "Freeze" means a claim, made by the Buyer. "Frozen" means that a Freeze has been made.
Clause 3 "Handover":
  The Seller must make a Handover by the Last Day not counting time while Frozen applies.
Clause 4 "Option":
  The Buyer may make an Opt within 5 calendar days after the Last Day.
Clause 5 "Report":
  The Agent must make a Report by the Term Day.
Clause 6 "Fee":
  When a Report has been made, then the Buyer must pay USD 5.00 to the Seller within 5 calendar days.
"""


def test_a_deadline_follows_a_date_that_is_put_off_before_it_has_come() -> None:
    deal = opened(LAST_DAY)
    deal.does("10:00 on 12 September 2005", "Buyer: sign the Extension stating Day as 31 October 2005.")
    assert deal.asks("the deadline of section 3 is equal to 30 September 2005.") == "true"

    deal.does("", "Seller: sign the Extension.")

    assert deal.asks("the deadline of section 3 is equal to 31 October 2005.") == "true"
    deal.passes("00:00 on 1 November 2005")
    assert deal.status("3") == "overdue"
    deal.does("23:59 on 5 November 2005", "Buyer: make an Opt.")
    deal.fails("00:00 on 6 November 2005", "Buyer: make an Opt.", "4")


def test_a_deadline_follows_a_blank_that_is_filled_anew() -> None:
    deal = opened(LAST_DAY)
    for name in ("Buyer", "Seller"):
        deal.does("10:00 on 12 September 2005", f"{name}: fill the Term Day with 31 October 2005.")

    deal.passes("00:00 on 1 October 2005")

    assert (deal.status("3"), deal.status("5")) == ("overdue", "active")


def test_days_for_which_a_clock_stood_still_are_kept_when_the_date_moves() -> None:
    """Frozen from Monday 12 to Thursday 15 September: at the end of 12, 13 and 14 it stood still, three days."""
    deal = opened(LAST_DAY)
    deal.does("10:00 on 12 September 2005", 'Buyer: make the Freeze "F".')
    deal.does("10:00 on 15 September 2005", 'Buyer: withdraw "F".')
    before = deal.asks("the deadline of section 3 is equal to 3 October 2005.")
    deal.does("10:00 on 16 September 2005", "Buyer: sign the Extension stating Day as 31 October 2005.")

    deal.does("", "Seller: sign the Extension.")

    assert before == "true"
    assert deal.asks("the deadline of section 3 is equal to 3 November 2005.") == "true"


def test_what_is_overdue_stays_overdue_when_the_date_is_put_off() -> None:
    deal = opened(LAST_DAY)
    deal.passes("10:00 on 3 October 2005")
    deal.does("", "Buyer: sign the Extension stating Day as 31 October 2005.")

    deal.does("", "Seller: sign the Extension.")

    assert deal.status("3") == "overdue"
    assert any(each.section == "3" and "stays overdue" in each.text for each in deal.state.changes)
    deal.does("", "Seller: make a Handover.")
    assert deal.status("3") == "fulfilled late"


def test_a_date_that_is_brought_forward_makes_late_from_then_on() -> None:
    deal = opened(LAST_DAY)
    deal.does("10:00 on 12 September 2005", "Buyer: sign the Extension stating Day as 2 September 2005.")

    deal.does("", "Seller: sign the Extension.")

    assert deal.status("3") == "overdue"
    assert deal.state.changes[-1].at == deal.state.now


def test_a_time_counted_from_the_trigger_does_not_move() -> None:
    deal = opened(LAST_DAY)
    deal.does("10:00 on 12 September 2005", "Agent: make a Report.")
    deal.does("10:00 on 13 September 2005", "Agent: make a Report.")

    assert deal.asks("the deadline of section 6 is equal to 17 September 2005.") == "true"
