"""What is open is worked out under every reading: what a deal says for certain is so in each of its variants."""

import pytest

from tests.laws.readings import FRAME
from tests.laws.variants import beside, compare, lived

DUTY = f'{FRAME}\nClause 4 "S4":\n  When [Doubt: Accepts], then the Seller must make a Report.\n'
ACCEPTS = (("Doubt", "Accepts"),)


@pytest.mark.parametrize("seed", [2, 11, 25])
def test_what_a_deal_says_for_certain_is_so_however_it_is_read(seed: int) -> None:
    both = lived(seed, steps=3)

    assert len(both.told) > 1


def test_a_deal_that_said_what_one_reading_alone_says_would_be_seen() -> None:
    both = beside(DUTY)
    assert both is not None
    compare(both, lambda _: 0)
    both.deal = both.variants[ACCEPTS]

    with pytest.raises(AssertionError, match="section 4 is active: true"):
        compare(both, lambda _: 0)


def test_a_deal_that_did_not_know_what_every_reading_says_would_be_seen() -> None:
    both = beside(DUTY)
    assert both is not None
    both.variants = {ACCEPTS: both.variants[ACCEPTS]}

    with pytest.raises(AssertionError, match="section 4 is active: open"):
        compare(both, lambda _: 0)
