"""Who may come in, and who has seen what: revoked tokens, the record of readings, and the health of the service.

`Access` belongs to a service. While it is running, a thread of its own looks about once a second for tokens that were
revoked by another process, writes down what has been read, and wakes whoever follows a deal with a token that is not
good any more.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from api.access.journal import Journal, Line, Lines, NotRecorded
from api.access.revocations import Revocations
from api.auth import Person
from api.clock import Clock
from api.store import Store

TICK: Final = 1.0
"""Seconds between two looks; so long, at most, is what has been read kept in memory alone."""

log = logging.getLogger(__name__)


class Access:
    """The record of readings and the revoked tokens of one store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.clock = clock
        self.journal = Journal(store, clock)
        self.revocations = Revocations(store, clock)
        self._watched: dict[object, tuple[Callable[[], bool], Callable[[], None]]] = {}
        self._guard = threading.Lock()
        self._ended = threading.Event()

    def good(self, person: Person) -> bool:
        """Whether the token that says who somebody is has neither ended nor been revoked."""
        return self.clock.now() < person.expires and not self.revocations.revoked(person)

    def watch(self, good: Callable[[], bool], wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` once it is seen that `good` does not hold any more, until the returned function is called.

        It may raise RuntimeError where its loop is closed, and nothing else.
        """
        token = object()
        with self._guard:
            self._watched[token] = (good, wake)
        return lambda: self._leave(token)

    def revoke_token(self, person: Person) -> None:
        """Let a token be good no more; whoever follows a deal with it is cut off at once."""
        self.revocations.revoke_token(person.token, person.expires)
        self.look()

    def revoke_person(self, person: str) -> None:
        """Let no token of a person that was issued until now be good any more."""
        self.revocations.revoke_person(person)
        self.look()

    def look(self) -> None:
        """See what has been revoked, and wake whoever follows with a token that is not good any more."""
        self.revocations.refresh()
        with self._guard:
            watched = tuple(self._watched.items())
        for token, (good, wake) in watched:
            if not good():
                try:
                    wake()
                except RuntimeError:  # the loop is closed that it would be told on
                    self._leave(token)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look about once a second for as long as the block lasts; all that was read is written down at its end."""
        thread = threading.Thread(target=self._run, name="clausula-access", daemon=True)
        self.revocations.refresh()
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()
            self.journal.flush()

    def _run(self) -> None:
        while not self._ended.wait(TICK):
            try:
                self.journal.flush()
                self.look()
            except SQLAlchemyError:
                log.warning("the database could not be asked who has access; it is asked again", exc_info=True)

    def _leave(self, token: object) -> None:
        with self._guard:
            self._watched.pop(token, None)


__all__ = ["Access", "Journal", "Line", "Lines", "NotRecorded", "Revocations"]
