"""Addresses on file: who changes one, and what counts before and after."""

from dsl.views.openness import blanks
from tests.dsl.deals import Deal, opened

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
