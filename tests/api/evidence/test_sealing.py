"""The sealer at work in the background: by itself, at the end, and through a full disk."""

from pathlib import Path

import pytest

from api.clock import ManualClock
from api.evidence.outside import read_outside
from api.evidence.sealer import Sealing
from tests.api.evidence.forging import Telling, outside, sealer
from tests.api.evidence.test_sealer import full, leaves, origin
from tests.api.store_ledger import NOON, command, do, ledger, opening


def test_the_background_seals_by_itself_and_at_the_end(fresh: Path) -> None:
    with ledger(fresh) as store:
        telling = Telling(store, bytes(32), outside(fresh), ManualClock(NOON))
        with Sealing(store, telling, interval=0.01):
            do(store, opening())
            telling.wait_for(lambda: leaves(store))
            assert leaves(store) == [("bicycle", 1)]
        with Sealing(store, telling, interval=3600):
            do(store, command("k2", add=1))

        assert leaves(store) == [("bicycle", 1), ("bicycle", 2)]


def test_the_background_outlives_a_disk_that_is_full(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger(fresh) as store:
        do(store, opening())
        with Sealing(store, sealer(store), interval=3600) as sealing:
            with monkeypatch.context() as patch:
                patch.setattr("api.evidence.sealer.write_outside", full)
                sealing._look(everywhere=True)
            assert not read_outside(outside(fresh), origin(store)).checkpoints

        assert read_outside(outside(fresh), origin(store)).last
