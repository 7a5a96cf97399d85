"""A time in which somebody may answer stands still while nobody is there who could: their silence decides nothing."""

import pytest

from tests.dsl.deals import Deal, opened

ROLES = """
Clause 2 "Death":
  "Death" means a finding, made by the Agent.
  When a Death has been made, then the Buyer becomes vacant.
  "Heir" means a finding, made by the Agent, stating Name as name.
  For each Heir, when such Heir has been made, then the Name of such Heir becomes the Buyer.
Clause 3 "Silence":
  "Request" means a claim, made by the Seller.
  "Objection" means a claim, made by {makers}, about a Request.
  For each Request, when no Objection about such Request has been made {window},
    then USD 10.00 passes from the Fund to the Seller.
"""
DAYS = "within 3 business days after the making of such Request"


def requested(window: str = DAYS, makers: str = "the Buyer", dies: str = "10:30 on 1 September 2005") -> Deal:
    """A request of 10:00 on Thursday 1 September, with 2, 6 and 7 September as its three business days."""
    deal = opened(ROLES.format(window=window, makers=makers))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 1 September 2005", 'Seller: present the Request "R".')
    if dies:
        deal.does(dies, "Agent: find the Death.")
    return deal


@pytest.mark.parametrize(
    ("window", "dies", "heir", "last"),
    [
        # the days at whose end nobody was there: 1, 2, 6, 7 September; four business days after 7 September
        (DAYS, "10:30 on 1 September 2005", "11:00 on 8 September 2005", "23:59 on 13 September 2005"),
        # 6, 7, 8 September; three after 7 September
        (DAYS, "10:30 on 6 September 2005", "11:00 on 9 September 2005", "23:59 on 12 September 2005"),
        # there again on the same day: no day ended without somebody
        (DAYS, "10:30 on 6 September 2005", "11:00 on 6 September 2005", "23:59 on 7 September 2005"),
        # 36 hours of 48 that would end at 10:00 on 3 September
        (
            "within 48 hours after the making of such Request",
            "20:00 on 1 September 2005",
            "08:00 on 3 September 2005",
            "22:00 on 4 September 2005",
        ),
        # the same days, said as a silence
        ("for 3 business days", "10:30 on 1 September 2005", "11:00 on 8 September 2005", "23:59 on 13 September 2005"),
        # a date that is written out stays
        (
            "on or before 7 September 2005",
            "10:30 on 1 September 2005",
            "11:00 on 5 September 2005",
            "23:59 on 7 September 2005",
        ),
    ],
)
def test_the_time_goes_on_when_somebody_is_there_again(window: str, dies: str, heir: str, last: str) -> None:
    deal = requested(window, dies=dies)
    deal.does(heir, 'Agent: find the Heir stating Name as "Hal".')

    deal.passes(last)
    assert deal.got("Seller") == "USD 0.00"
    deal.passes("00:01 on 14 September 2005")
    assert deal.got("Seller") == "USD 10.00"


def test_nothing_passes_while_nobody_could_object_and_it_is_said_who_is_missing() -> None:
    deal = requested()
    deal.passes("10:00 on 30 September 2005")

    assert deal.got("Seller") == "USD 0.00"
    why = deal.why('no Objection about "R" has been made within 3 business days after the making of "R".')
    assert why.truth.value == "pending"
    assert [wait.text for wait in why.awaited()] == [
        "the Buyer is vacant, and until somebody is there the time stands still: Agent can find a Heir"
    ]


def test_an_objection_in_the_time_that_was_put_off_is_in_time() -> None:
    deal = requested()
    deal.does("11:00 on 8 September 2005", 'Agent: find the Heir stating Name as "Hal".')
    deal.does("10:00 on 12 September 2005", 'Buyer: present the Objection about "R".')
    deal.passes("10:00 on 30 September 2005")

    assert deal.got("Seller") == "USD 0.00"


def test_an_objection_made_before_the_role_became_vacant_was_in_time() -> None:
    deal = requested(dies="")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Objection about "R".')
    deal.does("10:30 on 2 September 2005", "Agent: find the Death.")
    asked = 'an Objection about "R" has been made within 3 business days after the making of "R".'

    assert deal.asks(asked) == "true"
    deal.passes("10:00 on 30 September 2005")
    assert deal.asks(asked) == "true"
    assert deal.got("Seller") == "USD 0.00"


def test_a_role_that_becomes_vacant_when_the_time_is_over_changes_nothing() -> None:
    deal = requested(dies="")
    deal.passes("00:01 on 8 September 2005")
    assert deal.got("Seller") == "USD 10.00"

    deal.does("10:00 on 8 September 2005", "Agent: find the Death.")

    assert deal.got("Seller") == "USD 10.00"


def test_a_vacancy_before_the_time_began_counts_from_its_beginning() -> None:
    """The request of 10:00 on 1 September is presented while the role is vacant since 09:30."""
    deal = opened(ROLES.format(window=DAYS, makers="the Buyer"))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("09:30 on 1 September 2005", "Agent: find the Death.")
    deal.does("10:00 on 1 September 2005", 'Seller: present the Request "R".')
    deal.does("11:00 on 1 September 2005", 'Agent: find the Heir stating Name as "Hal".')

    deal.passes("23:59 on 7 September 2005")
    assert deal.got("Seller") == "USD 0.00"
    deal.passes("00:00 on 8 September 2005")
    assert deal.got("Seller") == "USD 10.00"


def test_somebody_else_who_could_object_keeps_the_time_running() -> None:
    deal = requested(makers="the Buyer or the Agent")

    deal.passes("00:01 on 8 September 2005")

    assert deal.got("Seller") == "USD 10.00"


def test_a_paper_that_both_must_sign_lacks_one_of_them() -> None:
    text = ROLES.replace('"Objection" means a claim, made by {makers}, about a Request.', '"Stay" means a {makers}.')
    text = text.replace("no Objection about such Request has been made", "no Stay has been completed")
    deal = opened(text.format(makers="document, signed by the Buyer and the Seller", window=DAYS))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 1 September 2005", 'Seller: present the Request "R".')
    deal.does("10:30 on 1 September 2005", "Agent: find the Death.")

    deal.passes("10:00 on 30 September 2005")

    assert deal.got("Seller") == "USD 0.00"
