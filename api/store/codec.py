"""Values to the texts and numbers that are stored and sealed, with exactly one way to write each.

A log that is compared byte for byte cannot leave the writer a choice. JSON here is that of RFC 8785:
keys in the order of their UTF-16 code units, no spaces, no escapes that are not needed. Of its numbers
only whole ones are used: a fraction is refused, because money and instants have none. Within
plus or minus 2**53 - 1 every program reads and writes them alike; larger ones are written with all
their digits, which RFC 8785 leaves to texts. An instant is a whole number of microseconds since 1970 in UTC.

The library `rfc8785` writes the same in two to three times the time (an act 18 and 6 microseconds, a state of 27 kB 2.7
and 1.5 milliseconds), and refuses the larger numbers; so it is what the tests compare with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NoReturn, TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LONGEST_LABEL = 255


class NotCanonical(ValueError):
    """A text that has another, canonical way of being written, or none."""


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a whole number; write amounts in minor units")


# Made once: to make them anew for each text takes longer than to use them.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def canonical(value: Json) -> str:
    """The one JSON text of a value."""
    _refuse_floats(value)
    return _encoded(value)


def _encoded(value: Json) -> str:
    """Python sorts by code points, which differs from UTF-16 only where a key goes beyond the first 65,536."""
    text = _ENCODER.encode(value)
    if text.isascii() or _ASTRAL.search(text) is None:
        return text
    return _AS_GIVEN.encode(_in_order(value))


def _in_order(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _in_order(value[key]) for key in sorted(value, key=_code_units)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_in_order(item) for item in value]
    return value


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def require_canonical(name: str, text: str) -> None:
    """Refuse a JSON text that is not written the one way `canonical` writes it."""
    try:
        again = _encoded(_DECODER.decode(text))
        text.encode()
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"{name} is not canonical JSON: {error}") from error
    if again != text:
        raise NotCanonical(f"{name} is not canonical JSON: keys sorted, once each, no spaces")


def require_label(name: str, text: str) -> None:
    """Refuse a name or id that is empty, blank, very long, or holds characters that no name holds."""
    require_text(name, text)
    if not text or len(text) > LONGEST_LABEL:
        raise ValueError(f"{name} must have between 1 and {LONGEST_LABEL} characters")
    if not text.strip():
        raise ValueError(f"{name} has nothing but blanks")


def require_text(name: str, text: str) -> None:
    """Refuse a text that not every database can keep: with NULs or halves of surrogate pairs."""
    if "\x00" in text:
        raise ValueError(f"{name} holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} holds half of a surrogate pair") from error


def to_microseconds(at: datetime) -> int:
    """An instant as whole microseconds since 1970 in UTC, exactly."""
    return (at - EPOCH) // MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The instant, in UTC, that a count of microseconds stands for."""
    return EPOCH + count * MICROSECOND


def _refuse_floats(value: Json) -> None:
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return  # most values are one of these, and to ask what they are in general takes much longer
    if isinstance(value, float):
        _no_float(str(value))
    if isinstance(value, dict | Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"the key {key!r} is not a text")
            _refuse_floats(item)
    elif isinstance(value, list | tuple | Sequence) and not isinstance(value, str):
        for item in value:
            _refuse_floats(item)
