"""`docs/reliability.md` names for each promise the tests that show it, and `docs/operations.md` the limits."""

import ast
import re
from pathlib import Path

from api import auth, streams, strict, view
from api.contents.limits import MB, Limits
from api.evidence import personal
from api.schema import context, gate, weight
from api.settings import Settings
from api.store import codec, store
from api.webhooks import drawing, hooks
from dsl.parse import bounds

TOP = Path(__file__).parent.parent
PAGE = (TOP / "docs" / "reliability.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)`|`(test_\w+)`")


def names_in(path: Path) -> set[str]:
    """The names of the tests in a file."""
    parsed = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(parsed) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_promise_names_tests_that_are_there_and_has_a_figure() -> None:
    rows = ROW.findall(PAGE)
    assert sorted(int(number) for number, *_ in rows) == list(range(1, 35))
    for number, _, shown, reached in rows:
        assert re.search(r"\d", reached), f"promise {number} has no figure"
        file, named = "", 0
        for path, test in NAMED.findall(shown):
            if path:
                file = path
                assert (TOP / "tests" / path).is_file(), f"promise {number}: {path}"
            else:
                assert test in names_in(TOP / "tests" / file), f"promise {number}: {file}: {test}"
                named += 1
        assert named, f"promise {number} is shown by nothing"


def test_the_limits_that_are_told_are_those_of_the_code() -> None:
    page = (TOP / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page[page.index("## Limits") :]
    told = [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?= |$)", table, re.MULTILINE)]
    assert told == [
        Settings(Path("deals.db"), TOP).largest_body, strict.DEEPEST, strict.MOST_DIGITS,
        gate.MOST_TOKENS, weight.DEEPEST, weight.MOST_FIELDS, weight.MOST_ALIASES, weight.MOST_ROOTS, weight.DEAREST,
        weight.MOST_OPERATIONS, weight.MOST_FRAGMENTS, weight.MOST_REPEATS,
        context.LARGEST_PAGE,
        view.MOST_STREAMS, streams.MOST_OF_A_PERSON,
        hooks.MOST, hooks.LONGEST_DOCUMENT, drawing.LARGEST,
        store.QUEUE_SIZE,
        bounds.LONGEST_TEXT, bounds.LONGEST_SENTENCE, bounds.DEEPEST,
        auth.LONGEST_TOKEN,
        codec.LONGEST_LABEL,
        personal.LONGEST,
        Limits().largest // MB, Limits().per_person // MB, Limits().at_once,
    ]  # fmt: skip
