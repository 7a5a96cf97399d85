"""Commands as processes of their own, from the first word to the last; what they load is loaded once for all of them.

A process loads the libraries and is forked for each command. What is forked ends as any process of Python ends: what
it could not write until then, it tries to write then.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]

_PROGRAM = """
import json, os, sys
from importlib import import_module
from api.cli.app import main

modules, commands, folder = json.loads(sys.argv[1])
for each in modules:
    import_module(each)
ends = []
for number, arguments in enumerate(commands):
    child = os.fork()
    if not child:
        os.dup2(os.open(f"{folder}/{number}", os.O_WRONLY | os.O_CREAT), 2)
        sys.argv = ["clausula", *arguments]
        main()
        sys.exit()
    ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
with open(f"{folder}/ends", "w") as file:
    json.dump(ends, file)
"""


@dataclass(frozen=True)
class Ended:
    """With which code a command ended, and what it complained of."""

    returncode: int
    stderr: str


def ended(
    commands: Sequence[Sequence[str]],
    stdout: IO[Any],
    folder: Path,
    loading: Sequence[str] = (),
) -> list[Ended]:
    """Run commands one after the other, each writing to `stdout`; `loading` are modules that all of them need."""
    folder.mkdir()
    told = json.dumps([list(loading), [list(each) for each in commands], str(folder)])
    subprocess.run(
        [sys.executable, "-c", _PROGRAM, told],
        stdout=stdout,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    codes = json.loads((folder / "ends").read_text(encoding="utf-8"))
    errors = [(folder / str(number)).read_text(encoding="utf-8") for number in range(len(codes))]
    return [Ended(code, error) for code, error in zip(codes, errors, strict=True)]
