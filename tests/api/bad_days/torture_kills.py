"""A process that writes is killed a hundred times, fifty on each engine; the suite does it four times on each."""

from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import Where, do, ledger, opening
from tests.api.test_store_durable import acknowledged


def test_fifty_kills_lose_nothing_that_was_acknowledged(db: Where, depth: int, tried: Tried) -> None:
    with ledger(db) as store:
        do(store, opening(limit=10**9))

    kills = max(1, depth // 2)
    said: dict[str, tuple[int, str]] = {}
    for nth in range(kills):
        said |= acknowledged(db, f"round-{nth}", 1 + nth * 37 % 211)

    with ledger(db) as store:
        log = store.read.history("bicycle")
        stored = {entry.key: (entry.version, entry.hash) for entry in log}
        assert said.items() <= stored.items()
        assert len(stored) == len(log)
        assert store.verify_file().sound
    tried(kills=kills, acknowledged=len(said), lost=0, doubled=0)
