"""A file stays short enough to be read in one sitting, and a map of the kernel says where each is."""

import re
from pathlib import Path

_TOP = Path(__file__).parent.parent
_LONGEST = 400
_FILES = sorted(path for package in ("dsl", "api", "tests") for path in (_TOP / package).rglob("*.py"))


def test_a_file_has_at_most_400_lines() -> None:
    lines = {path.relative_to(_TOP).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in _FILES}

    assert not {path: count for path, count in lines.items() if count > _LONGEST}, "these do more than one thing"


def test_the_kernel_says_where_each_part_is() -> None:
    dsl = _TOP / "dsl"
    said = (dsl / "README.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([a-z_/]+\.py)`", said) if "/" not in name}
    files = {path.name for path in dsl.glob("*.py")} - {"__init__.py"}

    assert named == files
    assert all((dsl / name).exists() for name in re.findall(r"`([a-z_/]+\.py)`", said))
