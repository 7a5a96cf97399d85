"""A file stays short enough to be read in one sitting, and the kernel is a map of those around it."""

import re
from pathlib import Path

import pytest

_TOP = Path(__file__).parent.parent
_LONGEST = 400
_FILES = sorted(path for package in ("dsl", "api", "tests") for path in (_TOP / package).rglob("*.py"))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.relative_to(_TOP).as_posix())
def test_file_has_at_most_400_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= _LONGEST, f"{lines} lines: this file does more than one thing"


def test_the_kernel_says_where_each_part_is() -> None:
    dsl = _TOP / "dsl"
    said = (dsl / "engine.py").read_text(encoding="utf-8").split('"""')[1]
    named = {name for name in re.findall(r"`([a-z_/]+\.py)`", said) if "/" not in name}
    files = {path.name for path in dsl.glob("*.py")} - {"__init__.py", "engine.py"}

    assert named == files
    assert all((dsl / name).exists() for name in re.findall(r"`([a-z_/]+\.py)`", said))
