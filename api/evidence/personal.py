"""What is personal to a reference that stands for it in the log, and back for as long as it is kept.

The log is never rewritten, so what may have to be erased must not get into it: a home address, a telephone number, the
text of a letter. Such a value is kept in a table of its own, and `personal:` with the SHA-256 of a random salt and the
value stands for it wherever a text is asked for. The hash commits to the value: who has value and salt can show that
this one was meant. When both are erased, the hash of 32 random bytes and something says nothing about it, the log is as
it was, every seal, receipt and signature still holds, and the agreement runs on, because it never saw the value.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, select

from api.answers import Invalid
from api.store import Store
from api.store.codec import from_microseconds, require_label, require_text, to_microseconds
from api.store.evidence_tables import personal
from api.store.rows import Record, read_rows

PREFIX: Final = "personal:"
LONGEST: Final = 20_000
_SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Personal:
    """A value and whom it is about; value and salt are None once they were erased."""

    reference: str
    about: str
    value: str | None
    salt: str | None
    kept_at: datetime
    erased_at: datetime | None


def reference_of(salt: str, value: str) -> str:
    """What stands for a value: the salt in hexadecimal is taken as its bytes, the value as UTF-8."""
    return PREFIX + hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def keep(store: Store, deal: str, about: str, value: str, at: datetime) -> Personal | Invalid:
    """Keep a value about a person for a deal. The same value kept again has another salt and another reference."""
    try:
        require_label("the person", about)
        require_text("the value", value)
    except ValueError as error:
        return Invalid("NOT_UNDERSTOOD", (f"This cannot be kept: {error}.",))
    if not 1 <= len(value) <= LONGEST:
        return Invalid("NOT_UNDERSTOOD", (f"A value has 1 to {LONGEST:,} characters, and not {len(value):,}.",))
    salt = secrets.token_hex(_SALT_BYTES)
    reference = reference_of(salt, value)
    row = {"reference": reference, "deal": deal, "person": about, "kept_at_us": to_microseconds(at)}
    with store.writing.begin() as connection:
        connection.execute(personal.insert(), row | {"salt": salt, "value": value})
    return Personal(reference, about, value, salt, at, None)


def values_of(store: Store, deal: str) -> tuple[Personal, ...]:
    """All that is kept for a deal, the oldest first, with what was erased."""
    query = select(personal).where(personal.c.deal == deal).order_by(personal.c.kept_at_us, personal.c.reference)
    with store.reading.begin() as connection:
        return tuple(_from(row) for row in read_rows(connection, query))


def erase(store: Store, about: str, at: datetime) -> int:
    """Erase every value about a person, in all deals: how many there were. The references stay, and stand for nothing.

    In a file of SQLite the bytes are overwritten. On a server they are gone with its next vacuum, and from its log of
    writes when that is recycled. Copies that were made before have to be erased by who has them.
    """
    of_person = (personal.c.person == about, personal.c.erased_at_us.is_(None))
    gone = {"salt": None, "value": None, "erased_at_us": to_microseconds(at)}
    with store.writing.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        count = connection.execute(personal.update().where(*of_person), gone).rowcount
    if store.writing.dialect.name == "sqlite":
        _empty_the_journal(store.writing)
    return int(count)


def _empty_the_journal(engine: Engine) -> None:
    """SQLite keeps the pages that were written lately beside the file as well; they go into it, and that is emptied."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


def _from(row: Record) -> Personal:
    erased = row["erased_at_us"]
    at = from_microseconds(erased) if erased is not None else None
    kept = from_microseconds(row["kept_at_us"])
    return Personal(row["reference"], row["person"], row["value"], row["salt"], kept, at)
