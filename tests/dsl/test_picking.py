"""One of several by a field of theirs, and what is said of the others: `the Bill with the earliest Due`, `another`."""

import pytest

from tests.dsl.deals import HEAD, Deal, opened, problems

BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date and Cover as optional amount.
  "Settlement" means a finding, made by the Buyer, about a Bill.
  "Settled" of a Bill means that a Settlement about such Bill has been made.
  "Net" of a Bill means the Amount of such Bill less USD 5.00.
  "Next Bill" means the Bill with the earliest Due which is not Settled.
  "Rivals" of a Bill means the number of other Bills whose Due is the Due of such Bill.
  "Rest" of a Bill means the sum of Amount of every other Bill.
  "Alone" of a Bill means that no other Bill has been made.
  "Topped" of a Bill means that another Bill whose Amount is more than the Amount of such Bill has been made.
Clause 3 "Pay":
  For each Bill, when such Bill has been made,
    then the Buyer must pay the Amount of such Bill to the Seller by the Due of such Bill.
"""


def with_bills(more: str = "") -> Deal:
    """Bill A of 50 is due on the 20th, B of 60 on the 10th, C of 60 on the 20th; only C has a cover, of 3."""
    deal = opened(BILLS + more)
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 50.00 and Due as 20 September 2005.')
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 60.00 and Due as 10 September 2005.')
    deal.does(
        "",
        'Seller: make the Bill "C" stating Amount as USD 60.00 and Due as 20 September 2005 and Cover as USD 3.00.',
    )
    return deal


@pytest.mark.parametrize(
    ("picked", "name"),
    [
        ("the Bill with the earliest Due", "B"),
        ("the Bill with the smallest Amount", "A"),
        ("the Bill with the largest Net", "C"),
        ("the Bill with the smallest Net", "A"),
        ("the Bill with the earliest making", "A"),
        ("the Bill with the earliest Due whose Amount is less than USD 60.00", "A"),
        ("the Bill with the smallest Cover", "C"),
        ("the Bill with the latest Due", "C"),
        ("the Bill with the largest Amount", "C"),
    ],
)
def test_one_of_several_is_picked_by_a_field(picked: str, name: str) -> None:
    """Of A and C, due alike, the latest is the last one made; a bill that states no cover has none to compare."""
    assert with_bills().asks(f'{picked} is "{name}".') == "true"


def test_what_is_picked_moves_on_as_entries_are_settled() -> None:
    """B is due first. Once it is settled, A and C are due alike, and the earliest of them is the first one made."""
    deal = with_bills()
    assert deal.asks('the Next Bill is "B".') == "true"

    deal.does("", 'Buyer: make the Settlement about "B".')

    assert deal.asks('the Next Bill is "A".') == "true"
    assert deal.figure("the Amount of the Next Bill") == "USD 50.00"


def test_a_deadline_is_counted_from_the_entry_picked_by_a_field() -> None:
    deal = with_bills()

    assert deal.asks(
        "the deadline of section 3 for the Bill with the smallest Amount is equal to 20 September 2005."
    ) == ("true")


def test_none_of_them_leaves_the_pick_pending() -> None:
    assert opened(BILLS).asks("the Amount of the Bill with the earliest Due is at least USD 1.00.") == "pending"


def test_the_others_are_all_but_the_one_spoken_of() -> None:
    """A and C are due on one day; nobody is due with B. The others of A add up to 120, of B to 110."""
    deal = opened(BILLS)
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 50.00 and Due as 20 September 2005.')
    assert deal.asks('"A" is Alone.') == "true"
    assert deal.asks('"A" is Topped.') == "pending"

    deal = with_bills()

    assert [
        deal.asks(f'the Rivals of "{name}" is equal to {count}.') for name, count in (("A", 1), ("B", 0), ("C", 1))
    ] == ["true"] * 3
    assert (deal.figure('the Rest of "A"'), deal.figure('the Rest of "B"')) == ("USD 120.00", "USD 110.00")
    assert deal.asks('"A" is Alone.') == "false"
    assert deal.asks('"A" is Topped.') == "true"
    assert deal.asks('"B" is Topped.') == "pending"


def test_what_was_withdrawn_is_no_other_one() -> None:
    deal = with_bills()
    deal.does("", 'Seller: withdraw the Bill "B".')
    deal.does("", 'Seller: withdraw the Bill "C".')

    assert deal.asks('"A" is Alone.') == "true"
    assert deal.figure('the Rest of "A"') == "USD 0.00"


def test_a_second_one_is_invalid_where_no_other_may_stand() -> None:
    """A guard speaks of what is being made as `such Bill`, so that `other` are those that were there before."""
    deal = opened(
        BILLS + "  No Bill is valid unless the number of other Bills whose Due is the Due of such Bill is equal to 0.\n"
    )
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 50.00 and Due as 20 September 2005.')
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 50.00 and Due as 21 September 2005.')

    deal.fails("", 'Seller: make the Bill "C" stating Amount as USD 50.00 and Due as 20 September 2005.', "3")


def test_a_duty_follows_what_is_picked_as_it_comes_to_be_another_one() -> None:
    """The smallest bill is A with 50; a smaller one of 20 takes its place in a duty that follows it."""
    deal = with_bills(
        'Clause 4 "Reserve":\n  The Agent must hold the Amount of the Bill with the smallest Amount in the Fund.\n'
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    assert deal.figure("the held part of the Fund") == "USD 50.00"

    deal.does("", 'Seller: make the Bill "D" stating Amount as USD 20.00 and Due as 1 October 2005.')

    assert deal.figure("the held part of the Fund") == "USD 20.00"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ('"Gap" of a Bill means the Amount of the Bill with the largest Gap.', "A definition of itself by itself"),
        ('"X" means the Bill with the largest Due.', "The largest by what?"),
        ('"X" means the Bill with the earliest Amount.', "The earliest by what?"),
        ('"X" means the number of other Bills.', "Other than which Bill?"),
        ('"X" means the Amount of the largest Invoice.', "Say by which: `the Invoice with the largest ...`"),
    ],
)
def test_an_order_and_what_is_left_out_have_to_be_said(sentence: str, told: str) -> None:
    invoice = '  "Invoice" means a claim, made by the Seller, stating Net as amount and Gross as amount.\n'

    assert told in problems(HEAD + BILLS.partition("Clause 3")[0] + invoice + "  " + sentence + "\n")


REVIEWS = """
Clause 2 "Reviews":
  "Claim" means a claim, made by the Buyer.
  "Proof" means a claim, made by the Buyer, about a Claim, stating Weight as number.
  "Review" means a claim, made by the Seller, about a Proof.
  {more}
  "Reviews Done" of a Claim means the number of Reviews whose {field} is such Claim.
"""
NAMED = '"Review Claim" of a Review means the Claim of the Proof of such Review.'


@pytest.mark.parametrize("field", ["Claim", "Proof Of Claim"])
def test_a_field_of_another_entry_behind_whose_is_told_how_to_be_named(field: str) -> None:
    told = " ".join(problems(HEAD + REVIEWS.format(more="", field=field)).split())

    assert f"Hint: Name it, `{NAMED}`, and write `Review Claim` here." in told


def test_a_field_of_another_entry_is_filtered_by_once_it_is_named() -> None:
    deal = opened(REVIEWS.format(more=NAMED, field="Review Claim"))
    for name in ("A", "B"):
        deal.does("", f'Buyer: present the Claim "{name}".')
    deal.does("", 'Buyer: present the Proof "P" about "B" stating Weight as 1.')
    deal.does("", 'Seller: present the Review about "P".')

    assert deal.asks('the Reviews Done of "A" is equal to 0.') == "true"
    assert deal.asks('the Reviews Done of "B" is equal to 1.') == "true"


@pytest.mark.parametrize(
    ("filtered", "expected"),
    [
        ("whose Amount is more than Amount of Prior of such Bill", "1"),
        ("whose Amount is at most Amount of the smallest Bill", "1"),
        ("whose Amount is less than Amount of a Bill", "0"),
    ],
)
def test_a_filter_compares_with_a_field_of_any_entry_that_is_named(filtered: str, expected: str) -> None:
    """A is of USD 20.00; B is of USD 50.00, and its Prior is A. Of each amount named here A's is the one meant."""
    deal = opened(
        f"""
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Prior as optional Bill.
  "Count" of a Bill means the number of Bills {filtered}.
"""
    )
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 20.00.')
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 50.00 and Prior as "A".')

    assert deal.figure('the Count of "B"', "0") == expected
