"""When a duty to make, give, sign, deliver or withdraw something has been performed."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import opened

NOTICES = """
Clause 2 "Notices":
  "Telecopy" means a channel.
  Every notice must be sent by Telecopy, and is given 1 calendar day after it is sent.
  The address of the Seller for Telecopy is "1".
  "Event" means a claim, made by the Seller.
  "Warning" means a notice, made by the Buyer, addressed to the Seller.

Clause 3 "Duty": When an Event has been made, then the Buyer must {verb} a Warning to the Seller{window}.
"""
"""A notice sent at ten is given at ten of the next day."""


def test_a_duty_to_give_a_notice_is_performed_when_the_notice_is_given_not_when_it_is_sent() -> None:
    deal = opened(NOTICES.format(verb="give", window=" within 3 calendar days"))
    deal.does("09:30 on 1 September 2005", "Seller: make an Event.")

    deal.does("10:00 on 1 September 2005", 'Buyer: give the Warning "W-1" by Telecopy.')
    deal.passes("09:59 on 2 September 2005")
    on_its_way = deal.status("3")
    deal.passes("10:00 on 2 September 2005")

    assert (on_its_way, deal.status("3")) == ("active", "fulfilled")


def test_a_duty_to_send_is_performed_by_sending() -> None:
    deal = opened(NOTICES.format(verb="send", window=" within 24 hours"))
    deal.does("09:30 on 1 September 2005", "Seller: make an Event.")

    deal.does("09:00 on 2 September 2005", 'Buyer: send the Warning "W-1" by Telecopy.')

    assert deal.status("3") == "fulfilled"


def test_a_notice_taken_back_before_it_is_given_performs_nothing() -> None:
    deal = opened(NOTICES.format(verb="give", window=" within 3 calendar days"))
    deal.does("09:30 on 1 September 2005", "Seller: make an Event.")
    deal.does("10:00 on 1 September 2005", 'Buyer: give the Warning "W-1" by Telecopy.')

    deal.does("11:00 on 1 September 2005", 'Buyer: withdraw the Warning "W-1".')
    deal.passes("12:00 on 2 September 2005")
    taken_back = deal.status("3")
    deal.does("13:00 on 2 September 2005", 'Buyer: give the Warning "W-2" by Telecopy.')
    deal.passes("13:00 on 3 September 2005")

    assert (taken_back, deal.status("3")) == ("active", "fulfilled")


def test_a_notice_sent_in_time_and_given_after_it_performs_late() -> None:
    deal = opened(NOTICES.format(verb="give", window=" within 24 hours"))
    deal.does("09:30 on 1 September 2005", "Seller: make an Event.")

    deal.does("10:00 on 1 September 2005", 'Buyer: give the Warning "W-1" by Telecopy.')
    deal.passes("09:59 on 2 September 2005")
    waiting = deal.status("3")
    deal.passes("10:00 on 2 September 2005")

    assert (waiting, deal.status("3")) == ("overdue", "fulfilled late")


def test_what_was_sent_before_the_duty_came_does_not_perform_it() -> None:
    deal = opened(NOTICES.format(verb="give", window=""))
    deal.does("09:30 on 1 September 2005", 'Buyer: give the Warning "W-1" by Telecopy.')

    deal.does("", "Seller: make an Event.")
    deal.passes("12:00 on 3 September 2005")

    assert deal.status("3") == "active"


def test_what_calls_for_another_of_its_kind_is_not_that_other_one() -> None:
    deal = opened(
        'Clause 2 "Reports": "Report" means a claim, made by the Seller.\n'
        "  When a Report has been made, then the Seller must make a Report within 2 calendar days.\n"
    )
    deal.does("10:00 on 1 September 2005", "Seller: make a Report.")

    deal.passes("12:00 on 1 September 2005")
    first = deal.status("2")
    deal.does("13:00 on 1 September 2005", "Seller: make a Report.")

    assert (first, deal.status("2")) == ("active", "fulfilled")


def test_a_duty_to_take_back_is_performed_by_taking_back() -> None:
    deal = opened(
        'Clause 2 "Offers": "Offer" means a notice, made by the Buyer, addressed to the Seller.\n'
        '  "Event" means a claim, made by the Seller.\n'
        "  The Buyer may withdraw an Offer.\n"
        '  "Telecopy" means a channel.\n'
        "  Every notice must be sent by Telecopy, and is given 1 calendar day after it is sent.\n"
        '  The address of the Seller for Telecopy is "1".\n'
        'Clause 3 "Taking back": When an Event has been made, then the Buyer must withdraw an Offer.\n'
    )
    deal.does("10:00 on 1 September 2005", 'Buyer: give the Offer "O-1" by Telecopy.')
    deal.does("11:00 on 1 September 2005", "Seller: make an Event.")
    before = deal.status("3")

    deal.does("12:00 on 1 September 2005", 'Buyer: withdraw the Offer "O-1".')

    assert (before, deal.status("3")) == ("active", "fulfilled")


def test_a_paper_half_delivered_when_the_duty_came_performs_it_when_it_is_whole() -> None:
    deal = opened(
        'Clause 2 "Plan": "Plan" means a writing, signed by the Buyer and the Seller, addressed to the Agent.\n'
        '  "Event" means a claim, made by the Seller.\n'
        'Clause 3 "Duty": When an Event has been made, then the Buyer and the Seller must give a Plan to the Agent.\n'
    )
    deal.does("10:00 on 1 September 2005", 'Buyer: sign the Plan "P-1".')
    deal.does("10:10 on 1 September 2005", "Seller: make an Event.")
    deal.does("10:20 on 1 September 2005", 'Seller: sign the Plan "P-1".')
    signed = deal.status("3")

    deal.does("10:30 on 1 September 2005", 'Buyer: deliver the Plan "P-1" to the Agent.')

    assert (signed, deal.status("3")) == ("active", "fulfilled")


def test_a_duty_that_its_own_performance_ends_is_fulfilled_and_stays_so() -> None:
    deal = opened(
        'Clause 2 "Handing over": "Handover" means an act, made by the Seller.\n'
        "  While no Handover has been made, then the Seller must take a Handover by 30 September 2005."
    )
    before = deal.status("2")

    deal.does("10:00 on 5 September 2005", "Seller: take a Handover.")
    deal.passes("10:00 on 5 October 2005")

    assert (before, deal.status("2")) == ("active", "fulfilled")
    assert deal.asks("section 2 has been performed.") == "true"


def test_a_duty_performed_late_stays_so_and_arises_anew_with_its_condition() -> None:
    deal = opened(
        'Clause 2 "Cover": "Cover" means a claim, made by the Seller.\n'
        "  While no Cover has been made, then the Seller must make a Cover within 2 calendar days.\n"
    )
    deal.does("10:00 on 5 September 2005", 'Seller: make the Cover "C-1".')
    late = deal.status("2")

    deal.does("10:00 on 7 September 2005", 'Seller: withdraw "C-1".')
    anew = deal.status("2"), deal.asks("the deadline of section 2 is equal to 9 September 2005.")
    deal.does("10:00 on 8 September 2005", 'Seller: make the Cover "C-2".')

    assert (late, anew, deal.status("2")) == ("fulfilled late", ("active", "true"), "fulfilled")


RIPE = """
Clause 2 "Requests":
  "Request" means a claim, made by the Buyer.
  "Contrary" means a claim, made by the Seller, about a Request.
  "Ripe" of a Request means that no Contrary about such Request has been made
    within 10 calendar days after the making of such Request.
Clause 3 "Copies":
  "Copy" means a writing, {making}, about a Request{once}.
  For each Request, when such Request is Ripe,
    then the Agent must make a Copy about such Request within 5 calendar days.
"""
"""Requested on 1 September, a copy is owed from 12 September on, by the end of the 17th."""

ONCE = ", only one for each Request"


@pytest.mark.parametrize(
    "making", ["made by the Agent", "signed by the Agent", "made by the Agent, addressed to the Buyer"]
)
def test_the_only_copy_there_can_be_performs_the_duty_though_it_was_made_too_early(making: str) -> None:
    deal = opened(RIPE.format(making=making, once=ONCE))
    deal.does("", 'Buyer: present the Request "R".')
    verb = "sign" if "signed" in making else "make"

    deal.does("10:00 on 2 September 2005", f'Agent: {verb} the Copy "C" about "R".')
    deal.passes("10:00 on 12 September 2005")

    assert deal.status("3", "R") == "fulfilled"


def test_a_copy_made_too_early_that_can_be_made_again_does_not_count_and_is_told() -> None:
    deal = opened(RIPE.format(making="made by the Agent", once=""))
    deal.does("", 'Buyer: present the Request "R".')

    deal.does("10:00 on 2 September 2005", 'Agent: make the Copy "C" about "R".')
    deal.passes("10:00 on 12 September 2005")

    assert deal.status("3", "R") == "active"
    told = render_reason(explain(deal.agreement, deal.state, "3"))
    assert '"C" came before this duty began and does not count' in told
    deal.does("11:00 on 12 September 2005", 'Agent: make the Copy "C-2" about "R".')
    assert deal.status("3", "R") == "fulfilled"


def test_an_early_copy_that_is_withdrawn_performs_nothing() -> None:
    deal = opened(RIPE.format(making="made by the Agent", once=ONCE))
    deal.does("", 'Buyer: present the Request "R".')
    deal.does("10:00 on 2 September 2005", 'Agent: make the Copy "C" about "R".')

    deal.does("10:00 on 3 September 2005", 'Agent: withdraw the Copy "C".')
    deal.passes("10:00 on 12 September 2005")

    assert deal.status("3", "R") == "active"


def test_an_early_copy_about_one_request_performs_nothing_for_another() -> None:
    deal = opened(RIPE.format(making="made by the Agent", once=ONCE))
    deal.does("", 'Buyer: present the Request "R".')
    deal.does("", 'Buyer: present the Request "Q".')

    deal.does("10:00 on 2 September 2005", 'Agent: make the Copy "C" about "R".')
    deal.passes("10:00 on 12 September 2005")

    assert (deal.status("3", "R"), deal.status("3", "Q")) == ("fulfilled", "active")


WHILE_NONE = """
Clause 2 "Notices":
  "Telecopy" means a channel.
  Every notice must be sent by Telecopy, and is given 1 calendar day after it is sent.
  The address of the Seller for Telecopy is "1".
  "Warning" means a notice, made by the Buyer, addressed to the Seller.

Clause 3 "Duty":
  While no Warning has been sent, then the Buyer must give a Warning to the Seller by 3 September 2005.
"""
"""A notice that is sent on 2 September is given on the 3rd, in time; one that is sent on the 3rd is given too late."""


@pytest.mark.parametrize(("sent", "status"), [("2", "fulfilled"), ("3", "fulfilled late")])
def test_a_notice_that_ends_its_condition_when_it_is_sent_performs_when_it_is_given(sent: str, status: str) -> None:
    deal = opened(WHILE_NONE)

    deal.does(f"10:00 on {sent} September 2005", 'Buyer: give the Warning "W" to the Seller by Telecopy.')
    on_its_way = deal.status("3")
    deal.passes("12:00 on 4 September 2005")

    assert (on_its_way, deal.status("3")) == ("active", status)


def test_a_notice_that_is_taken_back_on_its_way_has_performed_nothing() -> None:
    deal = opened(WHILE_NONE)
    deal.does("10:00 on 2 September 2005", 'Buyer: give the Warning "W" to the Seller by Telecopy.')

    deal.does("11:00 on 2 September 2005", 'Buyer: withdraw the Warning "W".')
    deal.passes("00:00 on 4 September 2005")

    assert deal.status("3") == "overdue"
