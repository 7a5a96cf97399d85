"""What was acknowledged is on the disk when the power fails, whatever part of what was being written got there."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import rmtree

import pytest
from sqlalchemy.exc import DBAPIError

from api.store import Outcome, Store, Stored
from tests.api.bad_days.crashes import Chance, after_a_power_cut, lay_down
from tests.api.bad_days.disk import Disk, Said, Step, watched
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import command, ledger, opening


@dataclass
class Life:
    """All that reached the disk and all that was acknowledged in the life of one store, in order."""

    steps: Sequence[Step]

    def acknowledged(self, upto: int) -> dict[str, str]:
        """Keys and seals that somebody had been told before some step."""
        return dict(step.what for step in self.steps[:upto] if isinstance(step, Said))


def lived(folder: Path, synchronous: str) -> Life:
    """A store writes in batches and alone, and copies its log into the file every few commits, until it is closed."""
    folder.mkdir()
    with watched(folder) as disk, ledger(folder / "db", batch_size=4) as store:
        pragma(store, f"PRAGMA synchronous={synchronous}")
        pragma(store, "PRAGMA wal_autocheckpoint=40")
        submit(store, disk, opening(limit=10**9)).result(timeout=60)
        for n in range(0, 48, 4):
            together = [submit(store, disk, command(f"k{n + m}", add=1, note="x" * 211 * m)) for m in range(4)]
            for each in together[: 1 + n % 3]:
                each.result(timeout=60)
        steps = disk.steps
    assert sum(isinstance(step, Said) for step in steps) == 49
    return Life(steps)


def pragma(store: Store, setting: str) -> None:
    connection = store._writing.raw_connection()
    connection.cursor().execute(setting)
    connection.close()


def submit(store: Store, disk: Disk, request: object) -> Future[Outcome]:
    future = store.submit(request)  # type: ignore[arg-type]
    future.add_done_callback(lambda done: disk.said(seal(done.result())))
    return future


def seal(outcome: Outcome) -> tuple[str, str]:
    assert isinstance(outcome, Stored)
    return outcome.event.key, outcome.event.hash


def damage(life: Life, images: int, seed: str, folder: Path) -> Iterator[str]:
    """What is wrong after each of some power cuts, spread over a whole life; nothing is said of a sound one."""
    for nth in range(images):
        chance = Chance(f"{seed}-{nth}")
        upto = 1 + chance.below(len(life.steps))
        path = lay_down(after_a_power_cut(life.steps[:upto], chance), folder / f"{seed}-{nth}")
        told = life.acknowledged(upto)
        try:
            stored = found(path)
        except (DBAPIError, AssertionError) as error:
            yield f"{seed}-{nth}: {error!r}"
            continue
        finally:
            rmtree(path.parent)
        lost = told.items() - stored.items()
        if lost:
            yield f"{seed}-{nth}: lost {len(lost)} of {len(told)} acknowledged entries"


def found(path: Path) -> dict[str, str]:
    """Keys and seals that are there when the machine runs again."""
    with ledger(path) as store:
        report = store.verify_file()
        assert report.sound, report
        return {entry.key: entry.hash for entry in store.read.history("bicycle")}


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, depth: int, tried: Tried) -> None:
    images = 6 * min(depth, 70)
    life = lived(tmp_path / "life", "FULL")

    assert list(damage(life, images, "full", tmp_path)) == []
    tried(power_cuts=images, steps=len(life.steps), lost=0)


@pytest.mark.parametrize("weaker", ["NORMAL", "OFF"])
def test_the_same_power_cuts_show_what_a_weaker_setting_loses(
    tmp_path: Path, depth: int, tried: Tried, weaker: str
) -> None:
    """The cuts would find a loss if there were one: the settings that the store refuses to run with have it."""
    life = lived(tmp_path / "life", weaker)

    images = 80 * min(depth, 5)
    losses = list(islice((each for each in damage(life, images, weaker, tmp_path) if "lost" in each), depth))

    assert losses
    tried(power_cuts_at_most=images, lost_some=len(losses))
