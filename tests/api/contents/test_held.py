"""What is held for which deal: what nobody named goes in the end, and what is erased leaves its hash."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from api.contents.folder import Folder
from api.contents.held import Held, NotHeld, erase, held, held_for, hold, let_go, orphans, strays, sweep, used_by
from api.contents.uploads import Upload, taken
from api.evidence import personal
from api.store import Store
from tests.api.contents.test_documents import PDF, SHA, code, files, get, put
from tests.api.escrow import Site
from tests.api.store_ledger import NOON, Where, command, do, ledger, opening

DAY = timedelta(days=1)
MUCH = 10**9
OTHER = b"another paper"


@contextmanager
def place(db: Where, tmp_path: Path) -> Iterator[tuple[Store, Folder]]:
    """A store with two deals, and a folder for content."""
    with ledger(db) as store:
        do(store, opening())
        do(store, opening("boat", key="boat"))
        yield store, Folder(tmp_path / "documents")


def kept(store: Store, folder: Folder, deal: str = "bicycle", content: bytes = PDF, person: str = "ana") -> Held:
    """Content that a person puts there at noon."""
    sha256, size = taken(folder, [content], MUCH, {})
    made = Held(deal, sha256, NOON, "application/pdf", size, person)
    assert hold(store, folder, made, MUCH) == made
    return made


def test_bytes_are_there_as_long_as_a_deal_has_them(db: Where, tmp_path: Path) -> None:
    with place(db, tmp_path) as (store, folder):
        first, second = kept(store, folder), kept(store, folder, "boat")

        assert (held(store, "bicycle", SHA), held(store, "boat", SHA)) == (first, second)
        assert (used_by(store, "ana"), used_by(store, "ben")) == (2 * len(PDF), 0)
        assert let_go(store, folder, SHA) is False
        assert folder.size(SHA) == len(PDF)


def test_what_is_erased_leaves_its_hash_and_is_not_taken_again(db: Where, tmp_path: Path) -> None:
    with place(db, tmp_path) as (store, folder):
        first = kept(store, folder)
        kept(store, folder, "boat")

        assert erase(store, folder, SHA, NOON + DAY) == 2
        assert erase(store, folder, SHA, NOON + DAY) == 0

        assert held(store, "bicycle", SHA) == Held("bicycle", SHA, NOON, None, None, None, NOON + DAY)
        assert folder.size(SHA) is None
        assert used_by(store, "ana") == 0
        assert hold(store, folder, first, MUCH) is NotHeld.ERASED


def test_what_nobody_named_goes_after_a_time_and_what_was_named_stays(db: Where, tmp_path: Path) -> None:
    with place(db, tmp_path) as (store, folder):
        named, orphan = kept(store, folder), kept(store, folder, content=OTHER)
        elsewhere = kept(store, folder, "boat")
        do(store, command("names", note=f"the deed sha256:{SHA.upper()}"))
        letter = kept(store, folder, content=b"a letter")
        personal.keep(store, "bicycle", "ana", f"her letter sha256:{letter.sha256}", NOON)

        assert set(orphans(store, NOON + DAY)) == {orphan, elsewhere}
        assert sweep(store, folder, NOON) == ((), 0)
        gone, others = sweep(store, folder, NOON + DAY)

        assert (set(gone), others) == ({orphan, elsewhere}, 0)
        assert (set(held_for(store, "bicycle")), held_for(store, "boat")) == ({named, letter}, ())
        assert {each.sha256 for each in folder.all()} == {SHA, letter.sha256}
        assert sweep(store, folder, NOON + DAY) == ((), 0)


def test_bytes_that_no_deal_has_go_after_a_time_and_so_does_what_was_cut_off(tmp_path: Path) -> None:
    with place(tmp_path / "db", tmp_path) as (store, folder):
        sha256, _ = taken(folder, [OTHER], MUCH, {})
        kept(store, folder)
        left = folder.incoming / "left"
        left.write_bytes(b"half")
        later = max(each.at for each in folder.all()) + DAY

        assert list(strays(store, folder, later)) == [sha256]
        assert sweep(store, folder, NOON - 36500 * DAY) == ((), 0)
        do(store, command("names", note=SHA))
        assert sweep(store, folder, later) == ((), 2)
        assert [each.sha256 for each in folder.all()] == [SHA]
        assert not left.exists()


def test_what_is_swept_while_it_is_put_there_is_not_said_to_be_held(db: Where, tmp_path: Path) -> None:
    """Somebody lets go of the same bytes after they came and before the deal has them."""
    with place(db, tmp_path) as (store, folder):
        sha256, size = taken(folder, [PDF], MUCH, {})
        asked = Held("bicycle", sha256, NOON, "application/pdf", size, "ana")

        assert let_go(store, folder, sha256) is True
        assert hold(store, folder, asked, MUCH) is NotHeld.SWEPT
        assert held(store, "bicycle", sha256) is None
        taken(folder, [PDF], MUCH, {})
        assert hold(store, folder, asked, MUCH) == asked
        assert folder.size(sha256) == size


def test_many_who_upload_and_sweep_at_once_never_lose_what_was_said_to_be_held(db: Where, tmp_path: Path) -> None:
    with place(db, tmp_path) as (store, folder):
        told: list[Held | NotHeld] = []

        def bring(deal: str) -> None:
            for _ in range(5):
                sha256, size = taken(folder, [PDF], MUCH, {})
                told.append(hold(store, folder, Held(deal, sha256, NOON, "application/pdf", size, "ana"), MUCH))

        def remove() -> None:
            for _ in range(20):
                let_go(store, folder, SHA)

        threads = [threading.Thread(target=bring, args=(deal,)) for deal in ("bicycle", "boat")]
        threads.append(threading.Thread(target=remove))
        for each in threads:
            each.start()
        for each in threads:
            each.join()

        assert len(told) == 10
        assert isinstance(told[-1], Held)
        assert folder.size(SHA) == len(PDF)


def test_a_person_has_so_much_in_all_deals(db: Where, tmp_path: Path) -> None:
    with place(db, tmp_path) as (store, folder):
        first = kept(store, folder)
        sha256, size = taken(folder, [OTHER], MUCH, {})
        more = Held("boat", sha256, NOON, "text/plain", size, "ana")

        assert hold(store, folder, more, len(PDF) + size - 1) is NotHeld.OVER_QUOTA
        assert hold(store, folder, first, 0) == first
        assert hold(store, folder, more, len(PDF) + size) == more


# -------------------------------------------------------------------- over HTTP


def test_what_was_erased_is_told_to_the_parties_and_to_nobody_else(web: Site) -> None:
    deal, store = web.open(), web.app.state.service.store
    put(web, deal)

    assert erase(store, Folder(Path(web.settings.document_place)), SHA, web.clock.now()) == 1

    assert code(get(web, deal)) == (410, "ERASED")
    assert code(put(web, deal)) == (410, "ERASED")
    assert get(web, deal, person="zoe").status_code == 404
    assert files(web) == []


def test_what_is_refused_in_the_end_leaves_nothing(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = web.open()
    monkeypatch.setattr("api.contents.serving.hold", lambda *_: NotHeld.MOVED)

    assert code(put(web, deal)) == (409, "MOVED")
    assert files(web) == []


def test_an_upload_that_is_never_taken_is_gone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "documents")

    with Upload(folder, MUCH) as upload:
        upload.write(PDF)

    assert list(folder.incoming.iterdir()) == []
