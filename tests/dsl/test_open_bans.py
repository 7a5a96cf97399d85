"""An act is neither allowed nor told to be forbidden while it is open what, or whom, a ban in force speaks of."""

import pytest

from tests.dsl.deals import Deal, opened

BAN = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Due as date and Sum as amount.
  "Note" means a claim, made by the Buyer, about a Claim.
  "Extra" means an optional blank date, filled by the Buyer.
  "Term" of a Claim means the later of the Due of such Claim and the Extra.
Clause 3 "Ban":
  The Buyer must not make a Note about {what}.
"""


def claimed(what: str, *claims: tuple[str, str, int]) -> Deal:
    deal = opened(BAN.format(what=what))
    for name, day, amount in claims:
        deal.does("", f'Seller: make the Claim "{name}" stating Due as {day} and Sum as USD {amount}.00.')
    return deal


def note(deal: Deal, name: str) -> str:
    return deal.fails("10:00 on 2 September 2005", f'Buyer: make a Note about "{name}".', "3")


THREE = (("A", "5 September 2005", 3), ("B", "5 September 2005", 9), ("C", "6 September 2005", 9))


@pytest.mark.parametrize("name", ["A", "B"])
def test_of_two_that_rank_alike_it_is_open_which_a_ban_means(name: str) -> None:
    deal = claimed("the Claim with the earliest Due", *THREE)

    told = note(deal, name)

    assert "Open: waits for which of" in told
    assert "is meant, which rank alike" in told


def test_one_that_surely_does_not_come_first_is_not_banned() -> None:
    deal = claimed("the Claim with the earliest Due", *THREE)

    deal.does("10:00 on 2 September 2005", 'Buyer: make a Note about "C".')


def test_the_one_that_comes_first_alone_is_banned() -> None:
    deal = claimed("the Claim with the latest Due", *THREE)

    assert "This is forbidden" in note(deal, "C")


@pytest.mark.parametrize("what", ["the {} Claim", "the Claim with the {} Sum"])
@pytest.mark.parametrize(("pick", "alike", "free"), [("largest", "BC", "A"), ("smallest", "", "BC")])
def test_of_amounts_that_are_alike_as_well(what: str, pick: str, alike: str, free: str) -> None:
    deal = claimed(what.format(pick), *THREE)

    assert all("rank alike" in note(deal, name) for name in alike)
    for name in free:
        deal.does("10:00 on 2 September 2005", f'Buyer: make a Note about "{name}".')


@pytest.mark.parametrize("name", ["A", "B", "C"])
def test_while_what_ranks_them_is_not_known_it_is_open_for_each(name: str) -> None:
    deal = claimed("the Claim with the earliest Term", *THREE)

    told = note(deal, name)

    assert "Open: waits for" in told
    assert "Extra" in told


def test_once_it_is_known_it_is_decided() -> None:
    """With the Extra of 1 September each Term is the Due."""
    deal = claimed("the Claim with the latest Term", *THREE)
    assert "Open" in note(deal, "C")

    deal.does("", "Buyer: fill Extra with 1 September 2005.")

    assert "This is forbidden" in note(deal, "C")
    deal.does("", 'Buyer: make a Note about "A".')


def test_the_latest_of_two_of_one_instant_is_the_last_one_made() -> None:
    deal = claimed("the latest Claim", *THREE)

    assert "This is forbidden" in note(deal, "C")
    deal.does("", 'Buyer: make a Note about "B".')


PAYEE = """
Clause 2 "Claims" subject to section 3 by suspension while a Stop has been made:
  "Stop" means a claim, made by the Seller.
  "Handing" means an optional blank date, filled by the Buyer.
  "Claim" means a claim, made by the Seller, stating Owner as name.
  For each Claim, when such Claim has been made, then the Buyer must pay USD 1.00 to the Owner of such Claim.
Clause 3 "Ban":
  {who} must not pay any amount to {whom}.
"""


@pytest.mark.parametrize(
    ("who", "whom"),
    [("The Buyer", "the Seller as of the Handing"), ("The Buyer as of the Handing", "the Agent")],
)
def test_while_it_is_open_whom_a_ban_means_it_is_open_whether_it_forbids(who: str, whom: str) -> None:
    deal = opened(PAYEE.format(who=who, whom=whom))
    to = "Agent" if whom == "the Agent" else "Seller"
    deal.does("", f'Seller: make the Claim "A" stating Owner as {to}.')

    assert "Open: waits for" in deal.fails("", f"Buyer: pay USD 1.00 to the {to}.", "3")


STOPS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Due as optional date.
  "Matter" means the list of Claim and Stop.
  "Note" means a claim, made by the Buyer, about a Matter.
  "Stop" means a claim, made by the Seller, stating Target as Claim.
Clause 3 "Ban":
  For each Stop, the Buyer must not make a Note about the Target of such Stop.
Clause 4 "First":
  The Buyer must not make a Note about the Claim with the earliest Due.
"""


def test_a_ban_about_what_an_entry_names_forbids_that_and_what_states_no_rank_is_not_first() -> None:
    deal = opened(STOPS)
    deal.does("", 'Seller: make the Claim "A" stating Due as 5 September 2005.')
    deal.does("", 'Seller: make the Claim "B".')
    deal.does("", 'Seller: make the Claim "C".')
    deal.does("", 'Seller: make the Stop "S" stating Target as "B".')

    assert "This is forbidden" in note(deal, "B")
    deal.fails("", 'Buyer: make a Note about "A".', "4")
    deal.does("", 'Buyer: make a Note about "C".')
    deal.does("", 'Buyer: make a Note about "S".')
