"""Values to the texts and numbers that are stored and sealed, with exactly one way to write each.

A log that is compared byte for byte cannot leave the writer a choice. JSON here has sorted keys (by
code point), no spaces, no floats and no escapes that are not needed; an instant is a whole number
of microseconds since 1970 in UTC.
"""

from __future__ import annotations

import json
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
_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def canonical(value: Json) -> str:
    """The one JSON text of a value."""
    _refuse_floats(value)
    return _ENCODER.encode(value)


def require_canonical(name: str, text: str) -> None:
    """Refuse a JSON text that is not written the one way `canonical` writes it."""
    try:
        again = _ENCODER.encode(_DECODER.decode(text))
        text.encode()
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"{name} is not canonical JSON: {error}") from error
    if again != text:
        raise NotCanonical(f"{name} is not canonical JSON: keys sorted, once each, no spaces")


def require_label(name: str, text: str) -> None:
    """Refuse a name or id that is empty, very long, or holds characters that no name holds."""
    require_text(name, text)
    if not text or len(text) > LONGEST_LABEL:
        raise ValueError(f"{name} must have between 1 and {LONGEST_LABEL} characters")


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
    if isinstance(value, float):
        _no_float(str(value))
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"the key {key!r} is not a text")
            _refuse_floats(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _refuse_floats(item)
