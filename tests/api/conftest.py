"""What every test of the service and of the command line can ask for."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from typer import rich_utils, testing
from typer.main import get_command

from api.cli import dealing
from api.cli.app import app
from api.clock import ManualClock
from tests.api.escrow import Site, site
from tests.api.postgres import Postgres, new_server
from tests.api.store_ledger import Where, ledger, prepared

HERE = Path(__file__).parent / "cli"
BICYCLE = HERE / "bicycle"
AT = datetime(2024, 6, 1, 13, tzinfo=UTC)
"""When the first deal of a test of the commands about deals is opened."""
PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "FORCE_COLOR": None, "TTY_COMPATIBLE": None, "TTY_INTERACTIVE": None}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for all tests that one process runs, with a database of today's tables to copy."""
    with new_server() as server:
        server.sql("CREATE DATABASE ready")
        ledger(server.url("ready")).close()
        yield server


@pytest.fixture
def server(postgres: Postgres, request: pytest.FixtureRequest) -> str:
    """The URL of a database on a server, with nothing in its tables, for one test."""
    name = f"test_{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]}"
    postgres.sql(f"CREATE DATABASE {name} TEMPLATE ready STRATEGY file_copy")
    return postgres.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """A database for one test, with nothing in its tables: in a file, and the same again on a server."""
    if request.param == "sqlite":
        return prepared(tmp_path / "db")
    found: str = request.getfixturevalue("server")
    return found


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Site]:
    """A site of its own."""
    with site(tmp_path) as web:
        yield web


@pytest.fixture
def quiet_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as they were given, and nobody's terminal matters."""
    monkeypatch.chdir(HERE)
    monkeypatch.setattr(rich_utils, "FORCE_TERMINAL", None)
    monkeypatch.setattr(rich_utils, "COLOR_SYSTEM", None)
    monkeypatch.setattr(rich_utils, "MAX_WIDTH", 100)


@pytest.fixture
def deals_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ManualClock:
    """A clock to move by hand; the database and the agreements of a test of the commands about deals."""
    monkeypatch.chdir(HERE)
    monkeypatch.setenv("CLAUSULA_DATABASE", str(tmp_path / "deals.db"))
    monkeypatch.setenv("CLAUSULA_AGREEMENTS", str(HERE))
    monkeypatch.delenv("CLAUSULA_TOKEN_KEY", raising=False)
    made = ManualClock(AT)
    monkeypatch.setattr(dealing, "CLOCK", made)
    return made


@pytest.fixture
def deal(deals_clock: ManualClock, tmp_path: Path) -> str:
    """The number of a deal in which `you` acts for everybody."""
    prepared(tmp_path / "deals.db")
    number = clausula("open", "bicycle", "--key", "one").stdout.strip()
    deals_clock.advance(timedelta(hours=1))
    return number


_once_made = cache(get_command)
"""The commands are put together once for all that this process runs, as they are for one that is typed."""


def clausula(*arguments: str, keys: str | None = None, env: dict[str, str | None] | None = None) -> testing.Result:
    """Run the command in this process; a mistake of ours is raised, not swallowed."""
    surroundings = {**PLAIN, **(env or {})}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", _once_made)
        result = testing.CliRunner().invoke(app, arguments, input=keys, env=surroundings, prog_name="clausula")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def tidy(text: str) -> str:
    """Without the blanks that fill the lines of help."""
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
