"""What the commands about the database itself do, and what they print."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from rich.text import Text

from api.agreements import Unusable
from api.cli import dealing
from api.cli.output import Exit, complain, console, leave, plain, write_json
from api.contents import Contents
from api.contents.copies import Copied as Documents
from api.contents.copies import beside, copy_contents
from api.contents.held import Held, everything, held_for
from api.contents.places import contents_of
from api.databases import Database, UnsafeDatabase
from api.databases import database as found
from api.kernel import Kernel
from api.settings import Settings
from api.store import Store
from api.store.codec import from_microseconds
from api.store.keeping import Copied, backup, restore
from api.store.moving import Arrived, move


def backing_up(settings: Settings, file: Path, with_documents: bool, as_json: bool) -> NoReturn:
    """Make a backup, and tell how much is in it."""
    with dealing.usable(settings):
        contents = contents_of(settings)
        try:
            copied = backup(settings.database, file)
        except FileExistsError as error:
            raise Unusable(f"There is a file {file} already.", "Name another; a backup replaces nothing.") from error
        rows = _held_in(file)
        try:
            documents = copy_contents(rows if with_documents else (), contents, beside(file))
        except OSError as error:
            file.unlink()
            found = f"The documents cannot be copied to {beside(file).where}: {(error.strerror or str(error)).lower()}."
            raise Unusable(found, "Make room; or leave them out with --no-documents, and copy them apart.") from error
    kept = f"The checkpoints are not in it: keep a copy of {settings.checkpoint_file} too, apart from the database."
    left = sum(1 for each in rows if each.erased_at is None) if not with_documents else 0
    if left:
        told = f"{_count(left, 'document')} not in it: copy {contents.where} too, after the database."
    else:
        told = f"{_count(documents.documents, 'document')} in {beside(file).where}." if documents.documents else ""
    _told(copied, "Backed up", as_json, kept, documents, told)


def restoring(settings: Settings, file: Path, as_json: bool) -> NoReturn:
    """Bring a backup back, and tell how much was in it."""
    if not file.is_file():
        raise Unusable(f"There is no backup {file}.", "Name a file that `clausula backup` made.")
    with dealing.usable(settings):
        contents = contents_of(settings)
        try:
            copied = restore(file, settings.database, Kernel())
        except FileExistsError as error:
            advice = "Name a new file with --database, or an empty database of a server."
            raise Unusable(f"There is a database {settings.database} already.", advice) from error
        documents = _brought(_held_in(settings.database), beside(file), contents)
    next_step = (
        ""
        if settings.checkpoint_file.exists()
        else f"Its checkpoints are kept outside: put their file there as {settings.checkpoint_file}, or name it with "
        "CLAUSULA_CHECKPOINTS. Without it `clausula verify --all` has nothing to compare with."
    )
    told = f"{_count(documents.documents, 'document')} in {contents.where}." if documents.documents else ""
    _told(copied, "Brought back", as_json, next_step, documents, told)


def _held_in(database: Database) -> tuple[Held, ...]:
    with Store.read_only(database, Kernel()) as store:
        return everything(store)


def _brought(rows: Sequence[Held], source: Contents, target: Contents) -> Documents:
    try:
        return copy_contents(rows, source, target)
    except OSError as error:
        told = f"The database is there, and not all of its documents: {(error.strerror or str(error)).lower()}."
        raise Unusable(told, f"Make room, and copy {source.where} to {target.where} yourself.") from error


def _told(
    copied: Copied, done: str, as_json: bool, of_checkpoints: str, documents: Documents, of_documents: str
) -> NoReturn:
    last = from_microseconds(copied.last_recorded_at_us).isoformat() if copied.entries else None
    if as_json:
        counted = {"deals": copied.deals, "entries": copied.entries, "last_recorded_at": last}
        write_json({**counted, "documents": documents.documents, "documents_missing": documents.missing})
    else:
        out = console()
        out.print(Text(f"{done}: {_count(copied.deals, 'deal')}, {_count(copied.entries, 'entry', 'entries')}."))
        if last is not None:
            out.print(Text(f"The last entry was recorded at {last}.", "dim"))
        if copied.sealed and of_checkpoints:
            out.print(Text(of_checkpoints), soft_wrap=True)
        if of_documents:
            out.print(Text(of_documents), soft_wrap=True)
        if documents.missing:
            told = (
                f"{_count(len(documents.missing), 'document')} missing or damaged: `clausula verify --all` says which."
            )
            out.print(Text(told, "yellow"), soft_wrap=True)
    leave(Exit.NOT_AS_IT_SHOULD_BE if documents.missing else Exit.FINE)


def moving(settings: Settings, deals: list[str], everything: bool, to: str, as_json: bool) -> NoReturn:
    """Move deals, and tell of each that it has arrived."""
    if not to:
        raise Unusable("Where the deals are to go on is not said.", "Write --to with a file or a URL.")
    if everything == bool(deals):
        raise Unusable("It takes the numbers of deals, or --all.", "Write either.")
    arrived: list[Arrived] = []
    missing: tuple[str, ...] = ()
    with dealing.usable(settings):
        target = _target(to)
        ids = None if everything else [dealing.number_of(settings, deal) for deal in deals]
        here, there = contents_of(settings), contents_of(replace(settings, database=target))
        for each in move(settings.database, target, ids, Kernel(), dealing.CLOCK):
            arrived.append(each)
            missing += _carried(target, each.deal, here, there)
            if not as_json:
                entries = _count(each.entries, "entry", "entries")
                console().print(Text(f"{each.deal[:8]}  {entries}, the last seal is {each.seal}"), soft_wrap=True)
    if as_json:
        write_json([plain(each) for each in arrived])
    else:
        console().print(Text(f"{_count(len(arrived), 'deal')} moved to {target}.", "dim"), soft_wrap=True)
    if missing:
        told = f"{_count(len(missing), 'document')} missing or damaged where they were, and so where they are now."
        complain(told, "`clausula verify --all` says which.")
    leave(Exit.NOT_AS_IT_SHOULD_BE if missing else Exit.FINE)


def _carried(target: Database, deal: str, here: Contents, there: Contents) -> tuple[str, ...]:
    """Copy the content of a deal that has arrived: what could not be copied. What is the same place has it already."""
    with Store.read_only(target, Kernel()) as store:
        rows = held_for(store, deal)
    return copy_contents(rows, here, there).missing


def _target(written: str) -> Database:
    try:
        target = found(written)
    except UnsafeDatabase as error:
        raise Unusable(str(error)) from error
    return target.resolve() if isinstance(target, Path) else target


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
