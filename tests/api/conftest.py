"""What every test of the service and of the command line can ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer import rich_utils
from typer.testing import CliRunner, Result

from api.cli.app import app
from tests.api.escrow import Site, site

HERE = Path(__file__).parent / "cli"
BICYCLE = HERE / "bicycle"
PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "FORCE_COLOR": None, "TTY_COMPATIBLE": None, "TTY_INTERACTIVE": None}


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


def clausula(*arguments: str, keys: str | None = None, env: dict[str, str | None] | None = None) -> Result:
    """Run the command in this process; a mistake of ours is raised, not swallowed."""
    result = CliRunner().invoke(app, arguments, input=keys, env={**PLAIN, **(env or {})}, prog_name="clausula")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def tidy(text: str) -> str:
    """Without the blanks that fill the lines of help."""
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
