"""A role that is filled by the name of another party and that party are one person wherever two are compared."""

import pytest

from tests.dsl.deals import HEAD, Deal, opened

OBJECTIONS = """
Clause 2 "Who":
  "Rep" means a party, "Ann Vale".
  "Ann Vale" means a party.
  "Bea" means a party, "Bea Lutz".
  "Objection" means a claim, made by the Rep, Ann Vale or Bea.
  "Holding" means a claim, made by the Buyer, stating Owner as name.
  "Votes" of a Holding means the number of Objections whose Maker is the Owner of such Holding.
  "Change" means a claim, made by the Buyer, stating Successor as name.
  For each Change, when such Change has been made, then the Successor of such Change becomes the Rep.
"""


def objected() -> Deal:
    deal = opened(OBJECTIONS, HEAD)
    deal.does("10:00 on 1 September 2005", 'Rep: make the Objection "O".')
    deal.does("10:00 on 1 September 2005", 'Ann Vale: make the Objection "P".')
    deal.does("10:00 on 1 September 2005", 'Bea: make the Objection "Q".')
    return deal


@pytest.mark.parametrize(
    ("entry", "who", "truth"),
    [
        ("O", "Ann Vale", "true"),
        ("O", '"Ann Vale"', "true"),
        ("O", "the Rep", "true"),
        ("O", "Bea", "false"),
        ("P", "the Rep", "true"),
        ("Q", "Ann Vale", "false"),
        ("Q", '"Bea Lutz"', "true"),
    ],
)
def test_a_role_is_the_party_that_fills_it(entry: str, who: str, truth: str) -> None:
    assert objected().asks(f'the Maker of "{entry}" is {who}.') == truth


@pytest.mark.parametrize("more", [0, 20])
def test_a_filter_finds_what_the_comparison_says(more: int) -> None:
    """Two of the Objections are Ann's, be they few or many."""
    deal = objected()
    for _ in range(more):
        deal.does("", "Bea: make an Objection.")
    deal.does("", 'Buyer: present the Holding "H" stating Owner as Ann Vale.')

    assert deal.asks('the Votes of "H" is equal to 2.') == "true"


def test_it_is_open_once_others_have_filled_the_role() -> None:
    deal = objected()
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Change stating Successor as "Cat Moss".')

    assert deal.asks('the Maker of "O" is Ann Vale.') == "open"


def test_a_party_that_comes_to_fill_a_role_is_one_with_it() -> None:
    deal = opened(OBJECTIONS.replace('party, "Ann Vale"', "party"))
    deal.does("10:00 on 1 September 2005", "Buyer: present the Change stating Successor as Bea.")
    deal.does("10:00 on 2 September 2005", 'Rep: make the Objection "O".')

    assert deal.asks('the Maker of "O" is Bea.') == "true"
    assert deal.asks('the Maker of "O" is Ann Vale.') == "false"


def test_a_role_is_filled_by_whoever_fills_the_party_that_fills_it() -> None:
    """Bea becomes the Rep, and Bea is Bea Lutz."""
    deal = opened(OBJECTIONS, HEAD)
    deal.does("", "Buyer: present the Change stating Successor as Bea.")

    asked = [deal.asks(f'the Rep is filled by "{name}".') for name in ("Bea", "Bea Lutz", "Ann Vale")]
    assert asked == ["true", "true", "false"]
