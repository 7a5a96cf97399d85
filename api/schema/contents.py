"""The content of papers: which files a paper names by their hash, and whether they are held here.

A paper names a file where a text in it says `sha256:` and the 64 hexadecimal digits. Its own digest covers that text,
so whoever signs the paper signs that file and no other. Whether the file is held is no part of the log, and is told as
it is now, whatever instant a deal is read as of.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import cast

import strawberry

from api.contents.held import NAMED, Held, held_for, named_in, url_of
from api.schema.nodes import Home, Named, entry_named
from api.schema.scalars import Instant
from api.store import Store
from dsl import views
from dsl.views.papers import EntryView


@strawberry.type(description="A file that a paper names, or that was put there for the deal, by its SHA-256.")
class Content:
    """Shows a hash, and a `Held` if there is one."""

    sha256: str = strawberry.field(description="In hexadecimal. A paper names the file with `sha256:` before it.")
    held: bool = strawberry.field(description="Whether it can be got here now; if not, ask whoever has it.")
    url: str | None = strawberry.field(
        description="Where to get it with the same token, from the root of the service; null where it is not held."
    )
    media_type: str | None = strawberry.field(description="As whoever put it there said; nobody has checked it.")
    size: str | None = strawberry.field(description="In bytes. As text, for it may be a large number.")
    held_at: Instant | None = strawberry.field(description="Since when it is held; null if it never was.")
    put_by: str | None = strawberry.field(description="Who put it there first, as tokens name the person.")
    erased_at: Instant | None = strawberry.field(description="When it was erased; only its hash is left then.")


class Papers:
    """What is held for the papers of a deal, looked up once, when it is first asked for."""

    def __init__(self, store: Store, deal: str, home: Home) -> None:
        self._store = store
        self.deal = deal
        self.home = home
        self._found: asyncio.Future[dict[str, Held]] | None = None

    async def content(self, sha256: str) -> Content:
        """What is known of a file that the deal names or has."""
        return _content(sha256, (await self._held()).get(sha256))

    async def contents(self, named: bool | None) -> list[Content]:
        """All that is held for the deal or was, the oldest first; what the log names, or what it does not, if given."""
        found = await self._held()
        in_log = frozenset[str]()
        if named is not None:
            in_log = await asyncio.to_thread(self._store.look, partial(named_in, self.deal))
        return [_content(sha256, each) for sha256, each in found.items() if named in (None, sha256 in in_log)]

    async def _held(self) -> dict[str, Held]:
        if self._found is None:
            self._found = asyncio.ensure_future(asyncio.to_thread(self._look))
        return await self._found

    def _look(self) -> dict[str, Held]:
        return {each.sha256: each for each in held_for(self._store, self.deal)}


@dataclass(frozen=True, slots=True)
class PaperView(EntryView):
    """A paper or record of the deal, with the way to the files that it names."""

    papers: Papers

    async def contents(self) -> list[Content]:
        """The files that it names, each once."""
        named = (found.lower() for each in self.fields for found in NAMED.findall(each.text))
        return [await self.papers.content(each) for each in dict.fromkeys(named)]


def with_contents(entries: Iterable[EntryView], papers: Papers) -> list[Named]:
    """Entries by their ids, each with the way to the files that it names."""
    return [
        entry_named(
            papers.home, PaperView(**{one.name: getattr(each, one.name) for one in fields(each)}, papers=papers)
        )
        for each in entries
    ]


def with_their_entries(found: Iterable[views.DocumentView], papers: Papers) -> list[views.DocumentView]:
    """Documents, the entry of each with the way to the files that it names."""
    return [
        each if each.entry is None else replace(each, entry=cast(EntryView, with_contents([each.entry], papers)[0]))
        for each in found
    ]


def _content(sha256: str, found: Held | None) -> Content:
    live = found is not None and found.erased_at is None
    return Content(
        sha256=sha256,
        held=live,
        url=url_of(found.deal, sha256) if found is not None and live else None,
        media_type=found.media_type if found is not None else None,
        size=str(found.size) if found is not None and found.size is not None else None,
        held_at=Instant(found.held_at) if found is not None else None,
        put_by=found.person if found is not None else None,
        erased_at=Instant(found.erased_at) if found is not None and found.erased_at is not None else None,
    )
