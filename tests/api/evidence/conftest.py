"""A sealed database, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.clock import ManualClock
from tests.api.escrow import World, escrow
from tests.api.evidence.forging import write
from tests.api.store_ledger import NOON, ledger


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    clock = ManualClock(NOON)
    with ledger(folder / "db", clock=clock) as store:
        write(store, clock)
    return folder


@pytest.fixture
def path(sealed: Path, tmp_path: Path) -> Path:
    """A deal of five entries and another of two, sealed; with the key and the checkpoints beside it."""
    shutil.copytree(sealed, tmp_path / "sealed")
    return tmp_path / "sealed" / "db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "db"
    with ledger(path):
        pass
    return path


@pytest.fixture
def fresh(empty: Path, tmp_path: Path) -> Path:
    """A database with its tables and nothing in them."""
    return Path(shutil.copy(empty, tmp_path / "db"))


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("opened")
    with escrow(folder) as made:
        return folder, made.open()


@pytest.fixture
def world(opened: tuple[Path, str], tmp_path: Path) -> Iterator[World]:
    """A deal among five people, open."""
    folder, deal = opened
    shutil.copytree(folder, tmp_path / "world")
    with escrow(tmp_path / "world") as made:
        made.deal = deal
        yield made
