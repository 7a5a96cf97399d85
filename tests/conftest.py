"""What every test can ask for: expected text that lies beside its input, and where to say how much was tried."""

import difflib
import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.bad_days.trying import Tried

Golden = Callable[[Path, str], None]
"""Compares a file with the actual text: `golden(path, actual)`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected files instead of comparing with them",
    )


def pytest_collection_finish() -> None:
    """What was collected stays to the end, so it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much the long tests, and those of bad days, have tried, test by test."""
    told = [
        f"{test}: {', '.join(f'{count:,} {name.replace(chr(95), chr(32))}' for name, count in counts.items())}"
        for report in terminalreporter.getreports("passed")
        for name, (test, counts) in report.user_properties
        if name == "tried"
    ]
    if told:
        terminalreporter.section("tried")
        for line in told:
            terminalreporter.write_line(line)


@pytest.fixture
def tried(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Tried:
    """Says how much was tried, as in `tried(power_cuts=12)`; the end of the run shows it."""

    def say(**counts: int) -> None:
        record_property("tried", (request.node.name, counts))

    return say


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The comparison with an expected file, which `--update-golden` turns into rewriting it."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(path: Path, actual: str) -> None:
        expected = path.read_bytes().decode("utf-8") if path.exists() else None
        if actual == expected:
            return
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual.encode("utf-8"))
            return
        pytest.fail(_difference(path, expected, actual), pytrace=False)

    return compare


def _difference(path: Path, expected: str | None, actual: str) -> str:
    """What is not as expected, line by line."""
    if expected is None:
        title = f"There is no {path} yet; `make golden` writes it with this text:"
    else:
        title = f"{path} says otherwise; if the new text is right, `make golden` takes it over:"
    before = [] if expected is None else expected.splitlines()
    after = actual.splitlines()
    changes = list(difflib.unified_diff(before, after, "expected", "actual", lineterm=""))
    if not changes:
        changes = ["Only the line endings, or the end of the last line, differ."]
    return "\n".join([title, "", *changes])
