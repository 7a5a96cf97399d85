"""Addresses on file: who changes one, and what counts before and after."""

import pytest

from dsl.possibilities import possibilities
from dsl.views.openness import blanks
from tests.dsl.deals import HEAD, Deal, opened

TEXT = """
Clause 2 "Notices":
  "Email" means a channel.
  Every notice must be sent by Email, and is given 0 hours after it is sent.
  The address of the Buyer for Email is "ada@example.org".
  The address of the Seller for Email is blank.
  "Warning" means a notice, made by the Seller, addressed to the Buyer.
"""


def on_file(deal: Deal) -> dict[str, str]:
    """What is stated for the addresses in the course of the deal."""
    return {each.name: each.content for each in blanks(deal.agreement, deal.state)}


def test_an_address_that_is_written_is_changed_by_its_owner_alone() -> None:
    deal = opened(TEXT)

    deal.fails("10:00 on 2 September 2005", 'Seller: fill Buyer Email with "x@example.org".', "2")
    assert on_file(deal) == {"Seller Email": ""}
    deal.does("11:00 on 2 September 2005", 'Buyer: fill Buyer Email with "ada@example.net".')
    deal.does("12:00 on 2 September 2005", 'Buyer: fill Buyer Email with "ada@example.com".')

    assert on_file(deal) == {"Buyer Email": '"ada@example.com"', "Seller Email": ""}
    deal.does("13:00 on 2 September 2005", 'Seller: give the Warning "W" by Email.')


def test_an_address_that_is_written_is_not_blank() -> None:
    deal = opened(TEXT)

    assert deal.asks("Buyer Email is filled.") == "true"
    assert deal.asks("Seller Email is filled.") == "false"


SUCCESSION = """
Clause 2 "Notices":
  "Email" means a channel.
  Every notice must be sent by Email, and is given 0 hours after it is sent.
  The address of {whose} for Email is {address}.
  "Warning" means a notice, made by the Seller, addressed to the Buyer.
  "Sides" means a group of the Buyer and the Agent, acting by each of them.
  "Offer" means a notice, made by the Seller, addressed to the Sides.
  "Sale" means a claim, made by the Seller, stating Taker as text.
  For each Sale, when such Sale has been made, then the Taker of such Sale becomes the Buyer.
  "Leaving" means a claim, made by the Seller.
  When a Leaving has been made, then the Buyer becomes vacant.
"""
WARN = 'Seller: give the Warning "{}" by Email.'


def sold(whose: str = "the Buyer", address: str = '"ada@example.org"') -> Deal:
    """The Buyer has filled in another address, and then somebody else becomes the Buyer."""
    deal = opened(SUCCESSION.format(whose=whose, address=address))
    if address == "blank":
        deal.does("10:00 on 2 September 2005", 'Buyer: fill Buyer Email with "ada@example.net".')
    deal.does("11:00 on 2 September 2005", WARN.format("W-1"))
    deal.does("12:00 on 2 September 2005", 'Seller: present the Sale "S" stating Taker as "New Trust".')
    return deal


@pytest.mark.parametrize("address", ['"ada@example.org"', "blank"])
def test_a_successor_has_no_address_until_one_is_given(address: str) -> None:
    deal = sold(address=address)

    refused = deal.fails("13:00 on 2 September 2005", WARN.format("W-2"), "2")
    assert "New Trust has given none since becoming the Buyer" in refused or address == "blank"
    assert deal.asks("Buyer Email is filled.") == "false"
    assert on_file(deal) == {"Buyer Email": ""}
    deal.does("14:00 on 2 September 2005", 'Buyer: fill Buyer Email with "new@example.org".')
    deal.does("15:00 on 2 September 2005", WARN.format("W-3"))

    assert deal.asks('"W-1" has been given.') == "true"
    assert deal.asks("as of 11:30 on 2 September 2005, Buyer Email is filled.") == "true"
    assert deal.asks("as of 13:30 on 2 September 2005, Buyer Email is filled.") == "false"


def test_an_address_that_is_bound_to_the_role_is_the_successor_s() -> None:
    deal = sold(whose="every Buyer")

    deal.does("13:00 on 2 September 2005", WARN.format("W-2"))


def test_who_comes_back_after_a_vacancy_has_the_address_that_he_gave() -> None:
    head = HEAD.replace('"Buyer" means a party.', '"Buyer" means a party, "Ada Bell".')
    deal = opened(SUCCESSION.format(whose="the Buyer", address='"ada@example.org"'), head)
    deal.does("10:00 on 2 September 2005", 'Buyer: fill Buyer Email with "ada@example.net".')
    deal.does("11:00 on 2 September 2005", "Seller: present a Leaving.")
    deal.does("12:00 on 2 September 2005", 'Seller: present the Sale "S" stating Taker as "Ada Bell".')

    deal.does("13:00 on 2 September 2005", WARN.format("W-1"))

    assert on_file(deal) == {"Buyer Email": '"ada@example.net"'}


def test_the_address_of_a_group_is_given_anew_when_a_member_is_succeeded() -> None:
    deal = sold(whose="the Sides")

    deal.fails("13:00 on 2 September 2005", 'Seller: give the Offer "O-1" by Email.', "2")
    deal.fails("13:01 on 2 September 2005", WARN.format("W-2"), "2")
    deal.does("14:00 on 2 September 2005", 'Agent: fill Sides Email with "sides@example.org".')
    deal.does("15:00 on 2 September 2005", 'Seller: give the Offer "O-2" by Email.')
    deal.does("16:00 on 2 September 2005", WARN.format("W-3"))


def test_a_successor_is_offered_to_give_an_address() -> None:
    deal = sold()

    found = {each.text: each.allowed for each in possibilities(deal.agreement, deal.state, "Buyer")}

    assert found["fill the Buyer Email with ..."]
