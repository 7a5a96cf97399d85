"""What an operator can set about content: where it is held, how much of it, and of which types.

It comes from the environment: `CLAUSULA_DOCUMENTS` (a folder, or `s3://BUCKET/PREFIX`), `CLAUSULA_DOCUMENT_MB`,
`CLAUSULA_DOCUMENTS_PER_PERSON_MB` and `CLAUSULA_DOCUMENT_TYPES`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

MB: Final = 1_000_000
BUCKET: Final = "s3://"
TYPES: Final = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tiff",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/octet-stream": ".bin",
    "application/pkcs7-mime": ".p7m",
    "message/rfc822": ".eml",
}
"""The types that are taken unless others are set, each with the end of the name under which it is given out."""

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")


class WrongLimit(ValueError):
    """A limit that makes no sense."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes. `place` is empty where content lies in a folder beside the database.

    `idle` is how long a client may be silent while it uploads, and `at_once` how many uploads of a person may go on.
    """

    place: str = ""
    largest: int = 100 * MB
    per_person: int = 5000 * MB
    types: frozenset[str] = frozenset(TYPES)
    at_once: int = 4
    idle: timedelta = timedelta(seconds=60)


def limits_from(environment: Mapping[str, str]) -> Limits:
    """What an environment sets. Raises WrongLimit."""
    named = environment.get("CLAUSULA_DOCUMENT_TYPES", "").lower()
    types = frozenset(each.strip() for each in named.split(",") if each.strip()) or Limits().types
    for each in types:
        if type_of(each) is None:
            raise WrongLimit(f"CLAUSULA_DOCUMENT_TYPES has media types with commas between them, and not `{each}`.")
    return Limits(
        environment.get("CLAUSULA_DOCUMENTS", ""),
        _bytes(environment, "CLAUSULA_DOCUMENT_MB", Limits().largest),
        _bytes(environment, "CLAUSULA_DOCUMENTS_PER_PERSON_MB", Limits().per_person),
        types,
    )


def _bytes(environment: Mapping[str, str], name: str, usual: int) -> int:
    given = environment.get(name) or str(usual // MB)
    if not re.fullmatch("[1-9][0-9]{0,8}", given):
        raise WrongLimit(f"{name} is a whole number of megabytes from 1 on, not `{given}`.")
    return int(given) * MB


def type_of(header: str) -> str | None:
    """The media type of a header `Content-Type` in small letters and without parameters; None if it is none."""
    written = header.partition(";")[0].strip().lower()
    return written if _TYPE.fullmatch(written) else None
