"""Texts from outside to values, each read one way only: JSON, instants and days.

Python's own readers are generous: they take a key that comes twice, `NaN`, brackets without end, numbers of any length,
`20050906` and weeks for days. What two programs can read in two ways is refused here, before anything is built from it.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NoReturn

DEEPEST: Final = 64
"""How many brackets may be open at once; nothing that is asked here needs a fourth of it."""
MOST_DIGITS: Final = 18

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
_BRACKET = re.compile(r"[\[\]{}]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


class Unreadable(ValueError):
    """A text that is not written the one way it can be read."""


def read_json(written: str | bytes) -> Any:
    """The value of a JSON text in UTF-8; raises Unreadable for anything that JSON leaves open or forbids."""
    try:
        text = written.decode("utf-8") if isinstance(written, bytes) else written
        if _deepest(text) > DEEPEST:
            raise Unreadable(f"more than {DEEPEST} brackets are open at once")
        value = _DECODER.decode(text)
        if _ESCAPED.search(text):
            json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is no character
        return value
    except (UnicodeError, json.JSONDecodeError) as error:
        raise Unreadable("this is not JSON") from error


def read_instant(written: str) -> datetime | None:
    """The instant that a text like `2005-09-06T11:20:00-04:00` writes; None for any other text."""
    if _INSTANT.fullmatch(written) is None:
        return None
    try:
        instant = datetime.fromisoformat(written)
        instant.astimezone(UTC)  # at either end of time, one that no other zone can tell
    except (OverflowError, ValueError):
        return None
    return instant


def read_day(written: str) -> date | None:
    """The day that a text like `2005-09-06` writes; None for any other text."""
    if _DAY.fullmatch(written) is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _deepest(text: str) -> int:
    """How many brackets are open at once at most, counted in the text, before anything is built from it."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a key comes twice")
    return found


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise Unreadable(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def _no_number(written: str) -> NoReturn:
    raise Unreadable(f"{written} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_number)
