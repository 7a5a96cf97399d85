"""Figures worked out from figures: products, shares, cases, and what is worked out for each entry."""

import pytest

from dsl.load import load
from tests.dsl.deals import HEAD, Deal, opened, problems

LINES = """
Clause 2 "Lines":
  "Line" means a claim, made by the Seller, stating Amount as amount of USD and Weight as amount of Kilogram
    and Class as one of (Tax, Title) and Holder as name.
  "Reply" means a claim, made by the Buyer, about a Line, stating Figure as amount of USD, only one for each Line.
  "Answered" of a Line means that a Reply has been made about such Line.
"""


def lines(text: str = "") -> Deal:
    deal = opened(
        LINES.replace("a Reply has been made about such Line", "the number of Replies about such Line is 1") + text
    )
    for name, amount, weight, kind, holder in (
        ("A", "USD 10.00", 3, "Tax", "the Buyer"),
        ("B", "USD 20.00", 5, "Title", "the Agent"),
        ("C", "USD 40.00", 7, "Tax", "the Seller"),
    ):
        deal.does(
            "",
            f'Seller: present the Line "{name}" stating Amount as {amount} and Weight as {weight} Kilogram '
            f"and Class as {kind} and Holder as {holder}.",
        )
    return deal


def worth(deal: Deal, words: str, amount: str) -> bool:
    return deal.asks(f"{words} is equal to {amount}.") == "true"


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("USD 10.00 times 3", "USD 30.00"),
        ("USD 10.00 divided by 3", "USD 3.33"),
        ("USD 20.00 divided by 3", "USD 6.67"),
        ("USD 20.00 divided by 3 rounded down", "USD 6.66"),
        ("USD 10.00 divided by 3 rounded up", "USD 3.34"),
        ("USD 0.05 divided by 2 rounded half even", "USD 0.02"),
        ("USD 0.05 divided by 2 rounded half up", "USD 0.03"),
        # 40 kilograms at EUR 1.15 each, the unit price of the sale
        ("40 Kilogram times EUR 1.15 divided by 1 Kilogram", "EUR 46.00"),
        # USD 750.00 at a rate of EUR 0.92 for USD 1.00
        ("USD 750.00 times EUR 0.92 divided by USD 1.00", "EUR 690.00"),
        # 12,000,000 at 6 percent for 45 days over 360: 90,000
        ("USD 12,000,000.00 times 6 percent times 45 divided by 360", "USD 90,000.00"),
        ("USD 100.00 times 1.0825", "USD 108.25"),
        # 0.505, half up and down
        ("USD 10.10 times 5 percent", "USD 0.51"),
        ("USD 10.10 times 5 percent rounded down", "USD 0.50"),
        ("USD 10.10 times 5 percent times 3 rounded up", "USD 1.52"),
        ("(USD 10.00 plus USD 5.00) times 2", "USD 30.00"),
        ("USD 10.00 plus USD 5.00 times 2", "USD 20.00"),
        ("USD 100.00 less (USD 30.00 less USD 10.00)", "USD 80.00"),
        # rounded first to 3.33, then three times that
        ("USD 100.00 times (2.5 percent plus 9 percent)", "USD 11.50"),
        ("(USD 10.00 divided by 3) times 3", "USD 9.99"),
        ("USD 10.00 divided by 3 times 3", "USD 10.00"),
    ],
)
def test_a_product_is_exact_until_it_is_rounded_once(words: str, amount: str) -> None:
    assert worth(lines(), words, amount)


def test_a_ratio_is_exact_so_that_a_majority_is_more_than_half() -> None:
    deal = lines()

    assert deal.asks("14 divided by 27 is more than 50 percent.") == "true"
    assert deal.asks("USD 5.00 divided by USD 5.00 is equal to 1.") == "true"
    assert deal.asks("13 divided by 27 is more than 50 percent.") == "false"
    assert deal.asks("27 divided by 54 is more than 50 percent.") == "false"


def test_nothing_is_divided_by_nothing() -> None:
    assert (
        opened(
            LINES.replace("a Reply has been made about such Line", "the number of Replies about such Line is 1")
        ).asks("USD 5.00 divided by the number of Lines is equal to USD 1.00.")
        == "open"
    )


def test_a_figure_is_worked_out_for_each_entry_and_added_up() -> None:
    deal = lines(
        '  "Reply Figure" of a Line means the sum of Figure of every Reply whose Line is such Line.\n'
        '  "Gap" of a Line means the Amount of such Line less the Reply Figure of such Line.\n'
    )
    deal.does("", 'Buyer: present the Reply "R" about "B" stating Figure as USD 15.00.')

    assert worth(deal, 'the Gap of "B"', "USD 5.00")
    assert worth(deal, "the sum of Gap of every Line", "USD 55.00")
    assert worth(deal, "the sum of Gap of every Line whose Gap is at most USD 10.00", "USD 15.00")


def test_a_figure_by_cases_is_the_first_that_is_so() -> None:
    # A threshold from the first dollar: nothing up to USD 50.00, all of it beyond.
    text = (
        '  "Total" means the sum of Amount of every Line.\n'
        '  "Due" means USD 0.00 where the Total is at most USD {limit}, otherwise the Total.\n'
    )

    assert worth(lines(text.format(limit="70.00")), "the Due", "USD 0.00")
    assert worth(lines(text.format(limit="69.99")), "the Due", "USD 70.00")


def test_a_share_in_proportion_adds_up_to_the_whole_cent_by_cent() -> None:
    deal = lines()
    # 3, 5 and 7 of 15 of USD 10.00: 2.00, 3.333.., 4.666..: the two cents left over go to the earliest that lost some.
    text = 'the share of "{}" in USD 10.00 in proportion to Weight of every Line'

    shares = [f"USD {amount}" for amount in ("2.00", "3.34", "4.66")]
    assert [worth(deal, text.format(name), share) for name, share in zip("ABC", shares, strict=True)] == [True] * 3


def test_several_filters_must_all_hold() -> None:
    deal = lines()

    assert deal.asks("the number of Lines whose Class is Tax and whose Amount is more than USD 10.00 is 1.") == "true"


def test_only_one_is_made_for_each_entry_while_the_first_stands() -> None:
    deal = lines()
    deal.does("", 'Buyer: present the Reply "R-1" about "B" stating Figure as USD 15.00.')

    told = deal.fails("", 'Buyer: present the Reply "R-2" about "B" stating Figure as USD 16.00.', "2")
    deal.does("", 'Buyer: present the Reply "R-3" about "C" stating Figure as USD 16.00.')
    deal.does("", 'Buyer: withdraw the Reply "R-1".')
    deal.does("", 'Buyer: present the Reply "R-4" about "B" stating Figure as USD 16.00.')

    assert 'There is already a Reply about "B": "R-1". There can be only one.' in told


def test_what_is_owed_is_paid_to_whom_an_entry_names() -> None:
    deal = lines(
        "  For each Line, when such Line has been made, then the Buyer must pay the Amount of such Line less USD 1.00 "
        "to the Holder of such Line.\n"
    )

    deal.fails("", "Buyer: pay USD 39.01 to the Seller.", "2")
    deal.does("", "Buyer: pay USD 19.00 to the Agent.")

    assert (deal.got("Agent"), deal.status("2", "B")) == ("USD 19.00", "fulfilled")
    assert worth(deal, 'the amount paid under section 2 for "B"', "USD 19.00")
    assert worth(deal, 'the amount paid under section 2 for "A"', "USD 0.00")


def test_the_clock_of_one_row_stands_still_without_the_others() -> None:
    deal = lines(
        '  "Ship" means a claim, made by the Seller.\n'
        "  For each Line, when such Line has been made, then the Buyer must make a Reply about such Line "
        "within 10 calendar days not counting time while such Line is Held Up.\n"
        '  "Hold Up" means a claim, made by the Seller, about a Line.\n'
        '  "Held Up" of a Line means that the number of Hold Ups about such Line is at least 1.\n'
    )
    deal.does("09:00 on 3 September 2005", 'Seller: present the Hold Up "H" about "B".')
    deal.does("09:00 on 5 September 2005", 'Seller: withdraw the Hold Up "H".')
    deal.passes("00:00 on 12 September 2005")
    twelfth = deal.status("2", "A"), deal.status("2", "B")
    deal.passes("00:00 on 14 September 2005")

    assert twelfth == ("overdue", "active")
    assert deal.status("2", "B") == "overdue"


def test_a_sentence_is_spoken_of_by_its_place_in_the_section() -> None:
    deal = opened(
        'Clause 2 "Fees": The Buyer must pay USD 5.00 to the Seller within 2 calendar days.\n'
        "  The Buyer must pay USD 6.00 to the Agent within 4 calendar days."
    )
    deal.does("", "Buyer: pay USD 6.00 to the Agent.")

    assert deal.asks("section 2, second sentence is fulfilled.") == "true"
    assert deal.asks("section 2, first sentence is fulfilled.") == "false"
    assert deal.asks("the deadline of section 2, first sentence is equal to 3 September 2005.") == "true"
    assert worth(deal, "the amount paid under section 2, second sentence", "USD 6.00")


def test_a_cap_is_counted_for_each_entry_by_itself() -> None:
    deal = lines(
        "  For each Line, when such Line has been made, then the Agent may pay any amount to the Seller from the "
        "Fund.\n  The total paid under section 2 for each Line must not exceed 50 percent of the Amount of such Line "
        "in the life of this agreement.\n"
    )
    deal.does("", "Buyer: deposit USD 90.00 into the Fund.")
    deal.does("", 'Agent: pay USD 4.00 to the Seller from the Fund about "A".')

    told = deal.fails("", 'Agent: pay USD 1.01 to the Seller from the Fund about "A".', "2")
    deal.does("", 'Agent: pay USD 10.00 to the Seller from the Fund about "B".')
    deal.does("", 'Agent: pay USD 1.00 to the Seller from the Fund about "A".')

    assert "USD 1.01 is more than the USD 1.00 left of USD 5.00" in told


def test_on_or_before_a_day_includes_the_whole_of_it() -> None:
    deal = opened('Clause 2 "Bids": "Bid" means a claim, made by the Seller.')
    deal.does("23:59 on 2 September 2005", "Seller: make a Bid.")

    assert deal.asks("a Bid has been made on or before 2 September 2005.") == "true"
    assert deal.asks("a Bid has been made before 2 September 2005.") == "false"


def test_a_sentence_that_is_not_there_is_told() -> None:
    deal = opened('Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller.')

    with pytest.raises(AssertionError, match="Unknown sentence"):
        deal.asks("section 2, ninth sentence is dormant.")


PAID = """
Clause 2 "Fees": The Buyer must pay USD 30.00 to the Seller.
Clause 3 "Share": "Euro Fund" means a fund in EUR, held by the Agent.
  The Buyer may deposit any amount into the Euro Fund.
  The Agent may pay any amount to the Seller from the Euro Fund.
Clause 4 "Rest": {sentence}
"""


def test_what_was_paid_under_a_section_has_its_currency_in_a_product() -> None:
    deal = opened(PAID.format(sentence='"Part" means the amount paid under section 2 times 2 divided by 3.'))

    deal.does("", "Buyer: pay USD 10.00 to the Seller.")

    assert deal.asks("the Part is equal to USD 6.67.") == "true"


def test_what_was_paid_under_a_section_out_of_a_fund_has_the_currency_of_the_fund() -> None:
    deal = opened(
        PAID.format(sentence='"Rate" means the amount paid under section 3, second sentence divided by EUR 4.00.')
    )
    deal.does("", "Buyer: deposit EUR 8.00 into the Euro Fund.")

    deal.does("", "Agent: pay EUR 3.00 to the Seller from the Euro Fund.")

    assert deal.asks("the amount paid under section 3 is equal to EUR 11.00.") == "true"
    assert deal.asks("the Rate is equal to 75 percent.") == "true"


def test_what_was_paid_in_one_currency_is_not_compared_with_another() -> None:
    told = problems(
        HEAD + PAID.format(sentence='"Met" means that the amount paid under section 2 is at least EUR 1.00.')
    )

    assert "EUR is not USD" in told


def test_an_amount_paid_in_two_currencies_is_told() -> None:
    text = PAID.replace("any amount into", "any amount into the Fund.\n  The Buyer may deposit any amount into")

    told = problems(HEAD + text.format(sentence='"Sum" means the amount paid under section 3.'))

    assert "Paid in several currencies" in told
    assert "in EUR and USD" in told


def test_what_was_paid_under_one_sentence_of_several_has_its_currency() -> None:
    text = PAID.replace("any amount into", "any amount into the Fund.\n  The Buyer may deposit any amount into")
    deal = opened(text.format(sentence='"Sum" means the amount paid under section 3, second sentence.'))

    deal.does("", "Buyer: deposit USD 3.00 into the Fund under section 3.")
    deal.does("", "Buyer: deposit EUR 8.00 into the Euro Fund.")

    assert deal.asks("the Sum is equal to EUR 8.00.") == "true"


@pytest.mark.parametrize(
    ("written", "titles"),
    [
        ("10 percent of the Price less the Fee", ["How far does `percent of` reach?"]),
        ("the Fee plus 5 percent of the Price less the Fee", ["How far does `percent of` reach?"]),
        ("the smaller of the Price and the Fee plus USD 1.00", ["How far does `smaller of` reach?"]),
        ("the amount by which the Price exceeds the Fee less USD 1.00", ["How far does `exceeds` reach?"]),
        ("10 percent of (the Price less the Fee)", []),
        ("(10 percent of the Price) less the Fee", []),
        ("the Fee less 10 percent of the Price", []),
        ("10 percent of the Price plus 5 percent of the Fee", []),
    ],
)
def test_a_percentage_before_plus_or_less_is_told_how_it_is_read(written: str, titles: list[str]) -> None:
    text = f"""
Clause 2 "Figures":
  "Price" means USD 300.00.
  "Fee" means USD 100.00.
  "Due" means {written}.
  The Buyer must pay the Due to the Seller.
"""

    told = [each.title for each in load(HEAD + text).diagnostics]
    assert [each for each in told if each.startswith("How far")] == titles


@pytest.mark.parametrize("count", [3, 4, 200])
def test_one_of_a_list_of_any_length_is_taken(count: int) -> None:
    amounts = [f"USD {1 + (7 * place) % count}.00" for place in range(count)]
    listed = f"{', '.join(amounts[:-1])} and {amounts[-1]}"
    deal = opened(f'Clause 2 "Of many": "Most" means the larger of {listed}. "Least" means the smaller of {listed}.')

    assert deal.figure("Most") == f"USD {max(1 + (7 * place) % count for place in range(count))}.00"
    assert deal.figure("Least") == "USD 1.00"


def test_the_earlier_of_three_waits_for_what_has_not_happened_until_a_known_one_has_come() -> None:
    deal = opened(
        """
Clause 2 "Three":
  "Plan" means a claim, made by the Seller.
  "Copy" means a claim, made by the Seller.
  "First" means the earlier of the making of the latest Plan, the making of the latest Copy and
    10:00 on 5 September 2005.
"""
    )

    assert deal.asks("First is before 10:00 on 4 September 2005.") == "pending"
    deal.does("10:00 on 3 September 2005", "Seller: present the Copy.")

    assert deal.asks("First is equal to 10:00 on 3 September 2005.") == "true"


def test_the_earlier_of_three_is_the_known_one_where_nothing_has_happened_by_then() -> None:
    deal = opened(
        """
Clause 2 "Three":
  "Plan" means a claim, made by the Seller.
  "Copy" means a claim, made by the Seller.
  "First" means the earlier of the making of the latest Plan, 10:00 on 5 September 2005 and
    the making of the latest Copy.
"""
    )

    assert deal.asks("First is equal to 10:00 on 5 September 2005.") == "pending"
    deal.passes("10:00 on 5 September 2005")

    assert deal.asks("First is equal to 10:00 on 5 September 2005.") == "true"
