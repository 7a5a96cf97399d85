"""Uploads that go wrong on the way, or are large: nothing half is ever kept, and memory does not grow with the file."""

import asyncio
import errno
import hashlib
import json
import os
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from api.contents.folder import Folder
from api.contents.held import held_for
from api.contents.limits import Limits
from api.contents.uploads import OtherDigest, TooMuch, Upload, taken
from tests.api.contents.test_documents import PDF, SHA, code, files, put
from tests.api.escrow import Site, site

PIECE = b"0123456789abcdef" * 4096
PIECES = 256
LARGE = hashlib.sha256(PIECE * PIECES).hexdigest()
Receive = Callable[[], Awaitable[Message]]


async def send_to(web: Site, deal: str, sha: str, receive: Receive, person: str = "paul") -> tuple[int, Any]:
    """Put a document that comes as `receive` says, as a server would hand it on."""
    headers = {**web.token(person), "Content-Type": "application/pdf"}
    scope = {
        "type": "http", "method": "PUT", "path": f"/deals/{deal}/documents/{sha}", "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await web.app(scope, receive, send)
    content = b"".join(each.get("body", b"") for each in sent)
    return int(sent[0]["status"]), json.loads(content)


def coming(pieces: AsyncIterator[bytes], end: Message) -> Receive:
    """Pieces, and then something else."""

    async def receive() -> Message:
        async for each in pieces:
            return {"type": "http.request", "body": each, "more_body": True}
        return end

    return receive


async def many(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield PIECE


ENDED: Message = {"type": "http.request", "body": b"", "more_body": False}


def test_a_large_document_takes_no_more_memory_than_a_small_one(web: Site) -> None:
    deal = web.open()
    asyncio.run(send_to(web, deal, hashlib.sha256(PIECE).hexdigest(), coming(many(1), ENDED)))
    tracemalloc.start()
    try:
        status, told = asyncio.run(send_to(web, deal, LARGE, coming(many(PIECES), ENDED)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (status, told["size"]) == (201, 16 * 1024 * 1024)
    assert most < 4 * 1024 * 1024


def test_what_was_cut_off_leaves_nothing(web: Site) -> None:
    deal = web.open()

    status, told = asyncio.run(send_to(web, deal, LARGE, coming(many(PIECES - 1), {"type": "http.disconnect"})))

    assert (status, told["errors"][0]["extensions"]["code"]) == (400, "CUT_OFF")
    assert files(web) == []


def test_who_sends_nothing_more_is_not_waited_for(tmp_path: Path) -> None:
    async def silent() -> AsyncIterator[bytes]:
        yield PIECE
        await asyncio.sleep(30)

    with site(tmp_path, documents=Limits(idle=timedelta(seconds=0.05))) as web:
        deal = web.open()
        status, told = asyncio.run(send_to(web, deal, LARGE, coming(silent(), ENDED)))

        assert (status, told["errors"][0]["extensions"]["code"]) == (408, "TOO_SLOW")
        assert files(web) == []


def test_a_person_has_so_many_uploads_at_once(tmp_path: Path) -> None:
    with site(tmp_path, documents=Limits(at_once=1)) as web:
        deal = web.open()

        async def both() -> tuple[Any, Any, Any]:
            begun, gone_on = asyncio.Event(), asyncio.Event()

            async def waiting() -> AsyncIterator[bytes]:
                begun.set()
                await gone_on.wait()
                yield PDF

            first = asyncio.create_task(send_to(web, deal, SHA, coming(waiting(), ENDED)))
            await begun.wait()
            second = await send_to(web, deal, LARGE, coming(many(1), ENDED))
            other = await send_to(web, deal, hashlib.sha256(PIECE).hexdigest(), coming(many(1), ENDED), "nina")
            gone_on.set()
            return await first, second, other

        first, second, other = asyncio.run(both())

        assert (first[0], other[0]) == (201, 201)
        assert (second[0], second[1]["errors"][0]["extensions"]) == (429, {"code": "TOO_MANY_UPLOADS", "retryAfter": 1})
        assert put(web, deal).status_code == 200


def test_a_seat_or_a_token_that_is_lost_on_the_way_leaves_nothing(web: Site) -> None:
    deal = web.open()

    async def ending() -> AsyncIterator[bytes]:
        yield PDF
        web.clock.advance(timedelta(days=31))

    status, told = asyncio.run(send_to(web, deal, SHA, coming(ending(), ENDED)))

    assert (status, told["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    assert files(web) == []
    assert held_for(web.app.state.service.store, deal) == ()


def test_on_a_full_disk_nothing_is_kept_and_it_is_said(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    deal, sync = web.open(), os.fsync

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    answer = put(web, deal)
    monkeypatch.setattr(os, "fsync", sync)

    assert code(answer) == (507, "DISK_FULL")
    assert files(web) == []
    assert put(web, deal).status_code == 201


# ---------------------------------------------------------------- on the disk


def test_a_file_gets_its_name_once_it_is_on_the_disk_and_the_folder_is_told_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int | str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    def replaced(path: Path, target: Path) -> Path:
        done.append("named")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    with Upload(Folder(tmp_path / "documents"), 10_000) as upload:
        upload.write(PDF)
        assert upload.take({"sha-256": SHA}) == SHA

    place = tmp_path / "documents"
    file = place / SHA[:2] / SHA[2:]
    nodes = {each.stat().st_ino: each for each in (tmp_path, place, file.parent, file)}
    assert [nodes.get(each, each) if isinstance(each, int) else each for each in done] == [
        tmp_path, file, place, "named", file.parent,
    ]  # fmt: skip
    assert file.stat().st_mode & 0o777 == 0o600
    assert place.stat().st_mode & 0o777 == 0o700


def test_what_is_not_what_was_stated_or_too_large_is_gone_from_the_disk(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "documents")

    with pytest.raises(OtherDigest):
        taken(folder, [PDF], 10_000, {"sha-256": "0" * 64})
    with pytest.raises(TooMuch):
        taken(folder, [PDF], 10, {"sha-256": SHA})

    assert [each for each in (tmp_path / "documents").rglob("*") if each.is_file()] == []
    assert taken(folder, [PDF[:7], PDF[7:]], 10_000, {"sha-256": SHA}) == (SHA, len(PDF))
    assert b"".join(folder.read(SHA, 3, 20)) == PDF[3:20]
    assert [(each.sha256, each.size) for each in folder.all()] == [(SHA, len(PDF))]
    assert (folder.remove(SHA), folder.remove(SHA), folder.size(SHA)) == (True, False, None)
