"""Tokens that are good no more: one, or all that a person has been issued so far.

What is revoked is in the database, under a hash of the token's own name, and is held in memory, so that a request costs
no look at the database. It is forgotten when the last token it is about has ended by itself.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, or_, select

from api.auth import Person
from api.clock import Clock
from api.store import Store, revoked
from api.store.codec import from_microseconds, to_microseconds

LONGEST_LIFE: Final = timedelta(days=3650)
"""No token is issued for longer."""
KEPT: Final = timedelta(days=30)
"""So much longer is a revocation kept than the token would have lasted, should a clock go back."""

_ALL = select(revoked.c.sha256, revoked.c.at_us)
_MARK = select(func.count(), func.max(revoked.c.at_us)).select_from(revoked)


class Revocations:
    """What has been revoked, as it was when somebody last looked."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[str, datetime] = {}
        self._mark: tuple[int, int | None] = (0, None)

    def revoked(self, person: Person) -> bool:
        """Whether the token of a person is good no more."""
        if not self._known:
            return False
        before = self._known.get(name_of("person", person.id))
        return name_of("token", person.token) in self._known or (before is not None and person.issued <= before)

    def revoke_token(self, token: str, ends: datetime) -> None:
        """Revoke the token of this name, which would have ended at an instant."""
        self._put("token", token, ends)

    def revoke_person(self, person: str) -> None:
        """Revoke all that a person has been issued until now."""
        self._put("person", person, self._clock.now() + LONGEST_LIFE)

    def refresh(self) -> None:
        """See what there is; nothing is read twice."""
        mark = self._store.look(lambda connection: tuple(connection.execute(_MARK).one()))
        if mark != self._mark:
            rows = self._store.look(lambda connection: connection.execute(_ALL).all())
            self._known = {row.sha256: from_microseconds(row.at_us) for row in rows}
            self._mark = (mark[0], mark[1])

    def _put(self, kind: str, name: str, until: datetime) -> None:
        now, key = self._clock.now(), name_of(kind, name)
        row = {
            "sha256": key,
            "kind": kind,
            "at_us": to_microseconds(now),
            "until_us": to_microseconds(until + KEPT),
        }

        def put(connection: Connection) -> None:
            over = or_(revoked.c.sha256 == key, revoked.c.until_us <= to_microseconds(now))
            connection.execute(delete(revoked).where(over))
            connection.execute(revoked.insert(), row)

        self._store.write(put)


def name_of(kind: str, name: str) -> str:
    """What stands for a token or a person in the table."""
    return hashlib.sha256(f"{kind}\x00{name}".encode()).hexdigest()
