"""What follows from a duty that fails is owed each time that it fails."""

import pytest

from tests.dsl.deals import Deal, opened

HOT = """
Clause 2 "Hot":
  "Hot" means a claim, made by the Seller.
  "Reading" means a claim, made by the Buyer.
  "Excuse" means a claim, made by the Buyer.
Clause 3 "Readings":
  While a Hot has been made, then the Buyer must make a Reading within 2 calendar days, failing which {follows}.
"""
"""A Hot of 1 September calls for a Reading by the end of the 3rd, and what follows from that is due five days later, on
the 8th; a Hot of 11 September for one by the 13th, and what follows is due on the 18th."""

PAY = "the Buyer must pay USD 5.00 to the Seller within 5 calendar days"
EXCUSE = "the Buyer must make an Excuse within 5 calendar days"


def failed_once(follows: str) -> Deal:
    deal = opened(HOT.format(follows=follows))
    deal.does("10:00 on 1 September 2005", 'Seller: make the Hot "A".')
    deal.passes("10:00 on 4 September 2005")
    return deal


def fails_again(deal: Deal) -> None:
    deal.does("10:00 on 10 September 2005", 'Seller: withdraw the Hot "A".')
    deal.does("10:00 on 11 September 2005", 'Seller: make the Hot "B".')
    deal.passes("10:00 on 14 September 2005")


def due(deal: Deal) -> str:
    (norm,) = (each for each in deal.state.norms.values() if each.provision.endswith("!"))
    return "" if norm.due is None else f"{norm.due:%d %B %H:%M}"


@pytest.mark.parametrize(
    ("follows", "act"), [(PAY, "Buyer: pay USD 5.00 to the Seller."), (EXCUSE, "Buyer: make an Excuse.")]
)
def test_what_was_performed_is_owed_again_at_the_next_failing_with_its_whole_time(follows: str, act: str) -> None:
    deal = failed_once(follows)
    first = due(deal)
    deal.does("10:00 on 5 September 2005", act)
    performed = deal.status("3")

    fails_again(deal)

    assert (first, performed) == ("09 September 03:59", "overdue, fulfilled")
    assert (deal.status("3"), due(deal)) == ("overdue, active", "19 September 03:59")
    deal.does("10:00 on 15 September 2005", act)
    assert deal.status("3") == "overdue, fulfilled"


def test_two_fines_that_are_both_still_owed_add_up_and_each_has_its_time() -> None:
    deal = failed_once(PAY)
    fails_again(deal)
    assert deal.status("3") == "overdue, overdue"

    deal.fails("10:00 on 15 September 2005", "Buyer: pay USD 10.01 to the Seller.", "3")
    deal.does("", "Buyer: pay USD 4.00 to the Seller.")
    part = deal.status("3")
    deal.does("", "Buyer: pay USD 1.00 to the Seller.")

    assert (part, deal.status("3"), due(deal)) == ("overdue, overdue", "overdue, active", "19 September 03:59")
    deal.fails("", "Buyer: pay USD 5.01 to the Seller.", "3")
    deal.passes("10:00 on 19 September 2005")
    assert deal.status("3") == "overdue, overdue"
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("3") == "overdue, fulfilled late"


def test_two_fines_are_paid_at_once() -> None:
    deal = failed_once(PAY)
    fails_again(deal)

    deal.does("10:00 on 15 September 2005", "Buyer: pay USD 10.00 to the Seller.")

    assert deal.status("3") == "overdue, fulfilled late"
    deal.fails("", "Buyer: pay USD 0.01 to the Seller.", "3")


def test_of_two_excuses_that_are_both_still_owed_the_second_has_its_own_time() -> None:
    deal = failed_once(EXCUSE)
    fails_again(deal)

    deal.does("10:00 on 15 September 2005", "Buyer: make an Excuse.")
    one = deal.status("3"), due(deal)
    deal.does("10:00 on 16 September 2005", "Buyer: make an Excuse.")

    assert one == ("overdue, active", "19 September 03:59")
    assert deal.status("3") == "overdue, fulfilled"


def test_a_power_that_follows_is_there_again_with_each_failing() -> None:
    deal = failed_once("the Seller may pay any amount to the Buyer within 5 calendar days")
    deal.passes("09:00 on 10 September 2005")
    over = deal.status("3")

    fails_again(deal)

    assert (over, deal.status("3")) == ("overdue, discharged", "overdue, active")


def test_what_a_fund_holds_is_owed_but_once() -> None:
    deal = opened(
        HOT.format(
            follows="the Agent must pay the balance of the Fund to the Seller from the Fund within 50 calendar days"
        )
    )
    deal.does("09:00 on 1 September 2005", "Buyer: deposit USD 8.00 into the Fund.")
    deal.does("10:00 on 1 September 2005", 'Seller: make the Hot "A".')
    deal.passes("10:00 on 4 September 2005")
    fails_again(deal)

    deal.does("10:00 on 15 September 2005", "Agent: pay USD 8.00 to the Seller from the Fund.")

    assert deal.status("3") == "overdue, fulfilled"


def test_while_the_fine_is_not_known_the_second_waits_for_it_and_then_both_are_owed() -> None:
    text = HOT.format(follows="the Buyer must pay the Tariff to the Seller within 5 calendar days")
    blank = 'Clause 4 "Tariff":\n  "Tariff" means an optional blank amount of USD, filled by the Buyer.\n'
    deal = opened(text + blank)
    deal.does("10:00 on 1 September 2005", 'Seller: make the Hot "A".')
    deal.passes("10:00 on 4 September 2005")
    fails_again(deal)

    deal.does("10:00 on 15 September 2005", "Buyer: fill Tariff with USD 5.00.")

    deal.fails("", "Buyer: pay USD 10.01 to the Seller.", "3")
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")
    assert deal.status("3").startswith("overdue, fulfilled")
