"""How figures of every form came about, and the figures behind every form of condition, each worked out by hand."""

import pytest

from dsl.explain import render_derivation
from dsl.figures import figures_against
from tests.dsl.deals import Deal, attempt_of, behind, opened, worked

FORMS = """
Clause 2 "Forms":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date.
  "Deed" means a writing, signed by the Buyer and the Seller, stating Fee as amount.
  "Plan" means a claim, made by the Seller, stating Payments as payments.
  "Reply" means an oral statement, made by the Buyer.
  "Late" of a Bill means that the Due of such Bill is before 10 September 2005.
  "Larger" of a Bill means the Amount of such Bill times 3 divided by 2 rounded down.
  "Piece" of a Bill means the share of such Bill in USD 10.00 in proportion to Amount of every Bill.
  "Price" means USD 40.00 where the number of Bills is at least 2, otherwise the Amount of the latest Bill.
  "Answer" means USD 1.00 where a Reply has been made, otherwise USD 2.00.
  "Held Then" means the balance of the Fund as of 3 September 2005.
  "Day Of Bill" means the day of the making of the earliest Bill.
  No Deed is valid unless the Fee of such Deed is at most the Price.
"""
A = 'Bill "A" of Seller'
B = 'Bill "B" of Seller'


@pytest.fixture
def deal() -> Deal:
    """USD 5.00 in the Fund; bills of USD 0.07 and USD 0.14, of which the one made later falls due first."""
    deal = opened(FORMS)
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does(
        "11:00 on 2 September 2005",
        'Seller: present the Bill "A" stating Amount as USD 0.07 and Due as 9 September 2005.',
    )
    deal.does(
        "12:00 on 2 September 2005",
        'Seller: present the Bill "B" stating Amount as USD 0.14 and Due as 8 September 2005.',
    )
    return deal


def test_of_several_cases_the_one_that_counts_is_told(deal: Deal) -> None:
    words = "USD 40.00 where the number of Bills is at least 2, otherwise the Amount of the latest Bill"

    assert worked(deal, "the Price") == (
        f"the Price = USD 40.00 (2)\n  {words} = USD 40.00\n      the number of Bills is at least 2: true"
    )
    assert worked(deal, "the Answer") == (
        "the Answer = pending (2)\n  USD 1.00 where a Reply has been made, otherwise USD 2.00 = pending\n"
        "      a Reply has been made: pending\n      waits for: Buyer can state a Reply"
    )


def test_a_product_tells_how_it_is_rounded_and_a_part_among_which_it_is_divided(deal: Deal) -> None:
    # 7 times 3 by 2 is 10.5 cents; 7 parts of 21 of 1000 cents are 333.33, and the cent left over
    # goes to the earliest.
    assert worked(deal, 'the Larger of "A"').startswith('the Larger of "A" = USD 0.10 (2)\n')
    assert "      rounded down\n" in worked(deal, 'the Larger of "A"')
    assert worked(deal, 'the Piece of "A"').startswith('the Piece of "A" = USD 3.34 (2)\n')
    assert f"{A}, USD 0.07, made Fri 2 Sep 2005 11:00\n" in worked(deal, 'the Piece of "A"')
    assert f"{B}, USD 0.14, made Fri 2 Sep 2005 12:00" in worked(deal, 'the Piece of "A"')


def test_a_figure_as_of_a_time_tells_the_time_and_how_it_came_about_by_then(deal: Deal) -> None:
    before = worked(deal, "the Held Then")
    deal.does("10:00 on 4 September 2005", "Buyer: deposit USD 2.00 into the Fund.")

    assert before.startswith("the Held Then = pending (2)\n")
    assert worked(deal, "the Held Then") == (
        "the Held Then = USD 5.00 (2)\n"
        "  the balance of the Fund as of 3 September 2005 = USD 5.00\n"
        "      as everything stood at the end of Sat 3 Sep 2005\n"
        "    the balance of the Fund = USD 5.00 (1)\n"
        "        1 + USD 5.00 from Buyer to Fund, Fri 2 Sep 2005 10:00"
    )


def test_what_is_picked_by_a_field_tells_by_which_and_among_how_many(deal: Deal) -> None:
    assert worked(deal, "the Amount of the Bill with the earliest Due") == (
        "the Amount of the Bill with the earliest Due = USD 0.14\n"
        "    the one with the earliest Due of 2\n"
        f"    2 {B}, made Fri 2 Sep 2005 12:00"
    )


def test_the_day_of_an_instant_tells_whose_instant_it_is(deal: Deal) -> None:
    assert worked(deal, "the Day Of Bill").splitlines()[:3] == [
        "the Day Of Bill = Fri 2 Sep 2005 (2)",
        "  the day of the making of the earliest Bill = Fri 2 Sep 2005",
        "    the making of the earliest Bill = Fri 2 Sep 2005 11:00",
    ]


def test_what_lacks_a_signature_is_told_by_those_it_has() -> None:
    deal = opened(FORMS.replace("  No Deed is valid unless the Fee of such Deed is at most the Price.\n", ""))
    deal.does("10:00 on 2 September 2005", 'Buyer: sign the Deed "D" stating Fee as USD 0.00.')

    assert "signed by Buyer Fri 2 Sep 2005 10:00, not signed by Seller" in worked(deal, 'the completion of "D"')


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("every Bill is Late", ["the Due of such Bill = Fri 9 Sep 2005", "the Due of such Bill = Thu 8 Sep 2005"]),
        ("the making of the latest Bill has passed", ["the making of the latest Bill = Fri 2 Sep 2005 12:00"]),
        (
            "a Bill has been made within 1 calendar day after the making of the earliest Bill",
            ["the making of the earliest Bill = Fri 2 Sep 2005 11:00", "1 calendar day: 3 September 2005"],
        ),
        (
            "the making of the latest Bill is between 09:00 and 17:00 on a business day",
            ["the making of the latest Bill = Fri 2 Sep 2005 12:00"],
        ),
        (
            "as of the making of the latest Bill, the balance of the Fund is at least USD 5.00",
            ["the making of the latest Bill = Fri 2 Sep 2005 12:00", "the balance of the Fund = USD 5.00"],
        ),
        ("the latest Plan allots exactly the balance of the Fund", ["the balance of the Fund = USD 5.00"]),
    ],
)
def test_the_figures_behind_a_condition_are_told(deal: Deal, question: str, told: list[str]) -> None:
    deal.does("", 'Seller: present the Plan "P" stating Payments as the rest to the Seller.')
    deal.passes("13:00 on 2 September 2005")

    found = behind(deal, question)

    assert [each for each in told if each not in found] == [], found


def test_what_somebody_would_sign_is_told_with_the_figure_that_its_content_breaks(deal: Deal) -> None:
    attempt = attempt_of(deal.agreement, 'Buyer: sign the Deed "D" stating Fee as USD 40.01.')

    found = [render_derivation(each) for each in figures_against(deal.agreement, deal.state, attempt)]

    assert [each.splitlines()[0] for each in found] == ["the Fee of such Deed = USD 40.01", "the Price = USD 40.00 (2)"]


CLOCK = """
Clause 2 "Clock":
  "Pause" means a claim, made by the Buyer.
  "Halted" means that a Pause has been made.
  "Report" means a claim, made by the Seller.
  The Seller must make a Report within 3 calendar days not counting time while Halted applies.
Clause 3 "Later":
  "Reply" means a claim, made by the Seller.
  The Seller must make a Reply within 2 calendar days not before 5 September 2005.
"""


def test_a_deadline_that_was_put_off_tells_when_its_clock_stood_still() -> None:
    """Three days from Thursday 1 September end with the 4th; the end of the 2nd was lost, so with the 5th."""
    deal = opened(CLOCK)
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Pause "P".')
    deal.does("12:00 on 3 September 2005", 'Buyer: withdraw the Pause "P".')

    assert worked(deal, "the deadline of section 2") == (
        "the deadline of section 2 = the end of Mon 5 Sep 2005 (2)\n"
        "    it began to run Thu 1 Sep 2005 09:00\n"
        "    3 calendar days: 2, 3, 4 September 2005\n"
        "    this would be the end of Sun 4 Sep 2005; its clock stood still in between, "
        "Fri 2 Sep 2005 10:00 to Sat 3 Sep 2005 12:00"
    )


def test_a_deadline_that_runs_from_a_later_start_tells_that_start() -> None:
    assert worked(opened(CLOCK), "the deadline of section 3") == (
        "the deadline of section 3 = the end of Wed 7 Sep 2005 (3)\n"
        "    it began to run Mon 5 Sep 2005 00:00\n"
        "    2 calendar days: 6, 7 September 2005"
    )


def test_a_plan_and_a_section_are_told_in_words(deal: Deal) -> None:
    deal.does("", 'Seller: present the Plan "P" stating Payments as USD 2.00 to the Seller, USD 1.50 to the Agent.')

    assert worked(deal, 'the Payments of "P"').startswith(
        'the Payments of "P" = USD 2.00 to Seller, USD 1.50 to Agent\n'
    )
