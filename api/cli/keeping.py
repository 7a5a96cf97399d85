"""What the commands about the database itself do, and what they print."""

from pathlib import Path
from typing import NoReturn

from rich.text import Text

from api.agreements import Unusable
from api.cli import dealing
from api.cli.output import Exit, console, leave, plain, write_json
from api.databases import Database, UnsafeDatabase
from api.databases import database as found
from api.kernel import Kernel
from api.settings import Settings
from api.store.codec import from_microseconds
from api.store.keeping import Copied, backup, restore
from api.store.moving import Arrived, move


def backing_up(settings: Settings, file: Path, as_json: bool) -> NoReturn:
    """Make a backup, and tell how much is in it."""
    with dealing.usable(settings):
        try:
            copied = backup(settings.database, file)
        except FileExistsError as error:
            raise Unusable(f"There is a file {file} already.", "Name another; a backup replaces nothing.") from error
    kept = f"The checkpoints are not in it: keep a copy of {settings.checkpoint_file} too, apart from the database."
    _told(copied, "Backed up", as_json, kept)


def restoring(settings: Settings, file: Path, as_json: bool) -> NoReturn:
    """Bring a backup back, and tell how much was in it."""
    if not file.is_file():
        raise Unusable(f"There is no backup {file}.", "Name a file that `clausula backup` made.")
    with dealing.usable(settings):
        try:
            copied = restore(file, settings.database, Kernel())
        except FileExistsError as error:
            advice = "Name a new file with --database, or an empty database of a server."
            raise Unusable(f"There is a database {settings.database} already.", advice) from error
    next_step = (
        ""
        if settings.checkpoint_file.exists()
        else f"Its checkpoints are kept outside: put their file there as {settings.checkpoint_file}, or name it with "
        "CLAUSULA_CHECKPOINTS. Without it `clausula verify --all` has nothing to compare with."
    )
    _told(copied, "Brought back", as_json, next_step)


def _told(copied: Copied, done: str, as_json: bool, of_checkpoints: str) -> NoReturn:
    last = from_microseconds(copied.last_recorded_at_us).isoformat() if copied.entries else None
    if as_json:
        write_json({"deals": copied.deals, "entries": copied.entries, "last_recorded_at": last})
    else:
        out = console()
        out.print(Text(f"{done}: {_count(copied.deals, 'deal')}, {_count(copied.entries, 'entry', 'entries')}."))
        if last is not None:
            out.print(Text(f"The last entry was recorded at {last}.", "dim"))
        if copied.sealed and of_checkpoints:
            out.print(Text(of_checkpoints), soft_wrap=True)
    leave(Exit.FINE)


def moving(settings: Settings, deals: list[str], everything: bool, to: str, as_json: bool) -> NoReturn:
    """Move deals, and tell of each that it has arrived."""
    if not to:
        raise Unusable("Where the deals are to go on is not said.", "Write --to with a file or a URL.")
    if everything == bool(deals):
        raise Unusable("It takes the numbers of deals, or --all.", "Write either.")
    arrived: list[Arrived] = []
    with dealing.usable(settings):
        target = _target(to)
        ids = None if everything else [dealing.number_of(settings, deal) for deal in deals]
        for each in move(settings.database, target, ids, Kernel(), dealing.CLOCK):
            arrived.append(each)
            if not as_json:
                entries = _count(each.entries, "entry", "entries")
                console().print(Text(f"{each.deal[:8]}  {entries}, the last seal is {each.seal}"), soft_wrap=True)
    if as_json:
        write_json([plain(each) for each in arrived])
    else:
        console().print(Text(f"{_count(len(arrived), 'deal')} moved to {target}.", "dim"), soft_wrap=True)
    leave(Exit.FINE)


def _target(written: str) -> Database:
    try:
        target = found(written)
    except UnsafeDatabase as error:
        raise Unusable(str(error)) from error
    return target.resolve() if isinstance(target, Path) else target


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
