"""`docs/reliability.md` names for each promise the tests that show it; they are there, under these names."""

import ast
import re
from pathlib import Path

TOP = Path(__file__).parent.parent
PAGE = (TOP / "docs" / "reliability.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)`|`(test_\w+)`")


def names_in(path: Path) -> set[str]:
    """The names of the tests in a file."""
    parsed = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(parsed) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_promise_names_tests_that_are_there() -> None:
    rows = ROW.findall(PAGE)
    assert sorted(int(number) for number, *_ in rows) == list(range(1, 35))
    for number, _, shown, _ in rows:
        file, named = "", 0
        for path, test in NAMED.findall(shown):
            if path:
                file = path
                assert (TOP / "tests" / path).is_file(), f"promise {number}: {path}"
            else:
                assert test in names_in(TOP / "tests" / file), f"promise {number}: {file}: {test}"
                named += 1
        assert named, f"promise {number} is shown by nothing"
