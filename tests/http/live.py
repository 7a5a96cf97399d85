"""The service as somebody runs it: a process on a port and over a database of its own, to be asked from outside."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[2]
_URL = re.compile(r"answers at (\S+)")
_PROGRAM = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"]


@dataclass(frozen=True)
class Live:
    """Where it answers, and a token of somebody who has no deals yet."""

    url: str
    token: str
    process: subprocess.Popen[str]


@contextmanager
def serving(more: Mapping[str, str] | None = None) -> Iterator[Live]:
    """A service that runs for as long as the block lasts; `more` is what its environment has besides."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAUSULA_")}
        environment = {**kept, "CLAUSULA_DATABASE": f"{folder}/deals.db", "PYTHONPATH": str(TOP), **(more or {})}
        errors = Path(folder) / "errors"
        with (
            errors.open("w") as complaints,
            subprocess.Popen(_PROGRAM, stdout=subprocess.PIPE, stderr=complaints, env=environment, text=True) as run,
        ):
            try:
                yield _greeted(run, errors)
            finally:
                run.send_signal(signal.SIGTERM)
                run.wait(timeout=60)


def _greeted(run: "subprocess.Popen[str]", errors: Path) -> Live:
    assert run.stdout is not None
    url = token = ""
    for line in run.stdout:
        found = _URL.search(line)
        url = found.group(1) if found else url
        if line.startswith("eyJ"):
            token = line.strip()
        if line.startswith("Ctrl-C"):
            return Live(url, token, run)
    raise RuntimeError(f"the service did not start:\n{errors.read_text(encoding='utf-8')}")
