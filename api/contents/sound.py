"""What is held compared with its hashes: which content is missing or damaged, and which is named and held elsewhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, select

from api.contents import Contents
from api.contents.held import NAMED, Held, everything
from api.store import Fault, Store
from api.store.tables import event


@dataclass(frozen=True, slots=True)
class Checked:
    """How much is held, how much of what was held was erased, and how many files papers name that never were here.

    Those are no fault: who signs a file by its hash may keep it himself. `faults` are by the number of their deal.
    """

    where: str
    held: int
    size: int
    erased: int
    named_only: int
    faults: tuple[tuple[str, Fault], ...]

    @property
    def sound(self) -> bool:
        """Whether all that is held is there and as it was."""
        return not self.faults


def checked(store: Store, contents: Contents) -> Checked:
    """Read all content of all deals, and compare it with its hashes; bytes that several deals have are read once."""
    rows = everything(store)
    live = [each for each in rows if each.erased_at is None]
    problems: dict[str, str | None] = {}
    for each in live:
        if each.sha256 not in problems:
            problems[each.sha256] = _problem(contents, each)
    faults = tuple((each.deal, Fault("content", None, None, told)) for each in live if (told := problems[each.sha256]))
    known = {(each.deal, each.sha256) for each in rows}
    named_only = len(store.look(_named) - known)
    size = sum(each.size or 0 for each in live)
    return Checked(contents.where, len(live), size, len(rows) - len(live), named_only, faults)


def _problem(contents: Contents, held: Held) -> str | None:
    """What is wrong with content; None if nothing is."""
    what, found, size = f"the document {held.sha256}", hashlib.sha256(), 0
    try:
        there = contents.size(held.sha256)
        if there is None:
            return f"{what} is missing. Who has the file can put it there again"
        for each in contents.read(held.sha256, 0, there):
            found.update(each)
            size += len(each)
    except OSError as error:
        return f"{what} cannot be read: {(error.strerror or str(error)).lower()}"
    if (size, found.hexdigest()) != (held.size, held.sha256):
        return f"{what} is damaged: {size:,} bytes with another hash. Who has the file can put it there again"
    return None


def _named(connection: Connection) -> frozenset[tuple[str, str]]:
    """Every file that is named as papers do, by the deal."""
    rows = connection.execute(select(event.c.deal, event.c.body).where(event.c.body.icontains("sha256:")))
    return frozenset((row.deal, name.lower()) for row in rows for name in NAMED.findall(row.body))
