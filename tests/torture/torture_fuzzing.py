"""Texts made by what they reach in the code: each is answered, and takes work in proportion to its length."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.bad_days.trying import Tried
from tests.laws.depth import DEPTH
from tests.rules.test_rules import FILES, MARK, pieces

TOP = Path(__file__).parent.parent.parent
LONGEST = 4_000


def test_texts_that_reach_new_code_are_answered_too(tmp_path: Path, short: bool, tried: Tried) -> None:
    """The first are the texts of the tests of the grammar and the rules, and the clauses of the shipped agreements."""
    pytest.importorskip("atheris", reason="there is an atheris for Linux on x86_64 alone")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, text in enumerate(texts()):
        (corpus / str(number)).write_text(text, encoding="utf-8")
    seed = int(os.environ.get("CLAUSULA_SEED") or (1 if short else 1 + secrets.randbelow(2**31)))
    runs = len(texts()) + (500 if short else 300 * DEPTH)
    command = [sys.executable, "-m", "tests.torture.fuzzing", str(corpus), f"-seed={seed}", f"-max_len={LONGEST}"]

    run = subprocess.run(
        [*command, f"-runs={runs}", "-timeout=300", f"-artifact_prefix={tmp_path}/", "-verbosity=1"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TOP), os.environ.get("PYTHONPATH", "")])},
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip

    found = [each.read_text(encoding="utf-8", errors="replace") for each in tmp_path.glob("crash-*")]
    assert not run.returncode, (
        f"seed {seed}\n{run.stderr[-3_000:]}\n{run.stdout[-3_000:]}\n{'-' * 40}\n{''.join(found)}"
    )
    (first,), (*_, last) = (re.findall(rf"{when}\s+cov: (\d+)", run.stderr) for when in ("INITED", "DONE"))
    (read,) = re.findall(r"Done (\d+) runs", run.stderr)
    tried(texts=int(read), places_reached_by_the_corpus=int(first), in_the_end=int(last))
    assert int(read) >= runs


def texts() -> list[str]:
    """What the first texts are made of."""
    tests = TOP / "tests"
    whole = [*(tests / "grammar").glob("*/*.clause"), *(TOP / "agreements").glob("*/agreement.clause")]
    read = [each.read_text(encoding="utf-8", errors="replace") for each in sorted(whole)]
    parts = [part for each in read for part in (re.split(r"\n(?=Clause )", each) if len(each) > LONGEST else [each])]
    return [*parts, *(MARK.sub("", piece) for path in FILES for piece in pieces(path))]
