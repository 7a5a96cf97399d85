"""Deals that can be read in several ways, each beside its variants, of which it may not say too much."""

import os
from collections import Counter

import pytest

from tests.api.bad_days.trying import Tried
from tests.laws.depth import DEPTH
from tests.laws.variants import lived

PARTS = 20
"""So many tests share the deals, so that several processes take them."""


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_said_for_certain_is_so_however_it_is_read(part: int, short: bool, tried: Tried) -> None:
    """The seed of a deal that fails is told; CLAUSULA_SEED takes it as the first of many, which is how to hunt."""
    first = os.environ.get("CLAUSULA_SEED")
    each = 1 if short else 5 if first is None else max(DEPTH // 4, 1)
    total = Counter[str]()
    for nth in range(part, PARTS * each, PARTS):
        both = lived(int(first or 1_000) + nth, steps=8)
        total += Counter(deals=1, variants=len(both.variants), acts=len(both.told))

    tried(**total)
    assert total["deals"] == each
