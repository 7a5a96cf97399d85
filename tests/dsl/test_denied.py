"""What is told to whoever denies a stage, a time, an end or a vacancy: the words of the hint mean what was meant."""

import pytest

from tests.dsl.deals import opened

TEXT = """
Clause 2 "Kinds":
  "Year" means an event.
  At signing, the Year "Y" occurs.
  "Statement" means a claim, made by the Seller, about a Year.
  "Objection" means a claim, made by the Buyer, about a Statement.
  "Stop" means a claim, made by the Buyer.
  "Current" of a Year means the latest Statement about such Year.
  "Unopposed" of a Year means that no Objection about the Current of such Year has been made.
  When a Stop has been made, then the Agent becomes vacant.
  When a Stop has been made within 1 calendar day after 2 September 2005, then this agreement terminates.
"""


@pytest.mark.parametrize(
    "denial",
    [
        "no Stop has been made",
        "today is not after 1 September 2005",
        "today is before 2 September 2005",
        "none of (i) the Agent is vacant",
        "none of (i) this agreement has terminated",
    ],
)
def test_what_a_hint_says_is_so_until_it_comes(denial: str) -> None:
    deal = opened(TEXT)
    assert deal.asks(f"{denial}.") == "true"

    deal.does("10:00 on 2 September 2005", "Buyer: present the Stop.")

    assert deal.asks(f"{denial}.") == "false"


def test_the_latest_about_such_a_row_is_named_and_spoken_of() -> None:
    deal = opened(TEXT)
    deal.does("", 'Seller: present the Statement "S" about "Y".')
    assert deal.asks('"Y" is Unopposed.') == "true"

    deal.does("", 'Buyer: present the Objection about "S".')
    assert deal.asks('"Y" is Unopposed.') == "false"

    deal.does("", 'Seller: present the Statement "T" about "Y".')
    assert deal.asks('"Y" is Unopposed.') == "true"
