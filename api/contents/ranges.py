"""The headers that ask for a part of a file, or whether it is still the same (RFC 9110, 13 and 14), to bytes."""

from __future__ import annotations

import re
from typing import Final

_ONE: Final = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


class Unsatisfiable(ValueError):
    """A part that the file does not have."""


def part(header: str | None, size: int) -> tuple[int, int] | None:
    """From where up to where is asked for; None for all of it, as where several parts are asked for at once.

    Raises Unsatisfiable.
    """
    read = _ONE.fullmatch(header) if header is not None else None
    if read is None or read.groups() == ("", ""):
        return None
    first, last = read.groups()
    if not first:
        if not int(last) or not size:
            raise Unsatisfiable
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last) + 1, size) if last else size


def known(header: str | None, etag: str) -> bool:
    """Whether `If-None-Match` names what is there; weak marks do not matter for it."""
    if header is None:
        return False
    names = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in names or etag in names
