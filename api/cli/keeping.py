"""What the commands about the database itself do, and what they print."""

from pathlib import Path
from typing import NoReturn

from rich.text import Text

from api.agreements import Unusable
from api.cli import dealing
from api.cli.lists import marked
from api.cli.output import Exit, console, leave, mark, plain, write_json
from api.databases import Database, UnsafeDatabase
from api.databases import database as found
from api.kernel import Kernel
from api.settings import Settings
from api.store import Store
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
    _told(copied, "Backed up", as_json)


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
    _told(copied, "Brought back", as_json)


def _told(copied: Copied, done: str, as_json: bool) -> NoReturn:
    last = from_microseconds(copied.last_recorded_at_us).isoformat() if copied.entries else None
    if as_json:
        write_json({"deals": copied.deals, "entries": copied.entries, "last_recorded_at": last})
    else:
        out = console()
        out.print(Text(f"{done}: {_count(copied.deals, 'deal')}, {_count(copied.entries, 'entry', 'entries')}."))
        if last is not None:
            out.print(Text(f"The last entry was recorded at {last}.", "dim"))
    leave(Exit.FINE)


def verifying(settings: Settings, as_json: bool) -> NoReturn:
    """Check the database itself, its guards and every log in it; of a deal no more is told than where it is damaged."""
    with dealing.usable(settings), Store.read_only(settings.database, Kernel()) as store:
        report = store.verify_file()
    if as_json:
        write_json({"sound": report.sound, **plain(report)})
        leave(Exit.FINE if report.sound else Exit.NOT_AS_IT_SHOULD_BE)
    out = console()
    faults = [("", each) for each in report.faults]
    faults += [(each.deal[:8], fault) for each in report.deals for fault in each.faults]
    for where, fault in faults:
        place = " ".join(
            str(each) for each in (where, fault.table, fault.version, fault.column) if each not in (None, "")
        )
        out.print(marked(mark(False), Text.assemble((f"{place}  ", "cyan"), fault.problem)))
    entries = sum(each.entries for each in report.deals)
    told = f"{_count(len(report.deals), 'deal')}, {_count(entries, 'entry', 'entries')}"
    found = "all is as it was written" if report.sound else _count(len(faults), "fault")
    out.print(marked(mark(report.sound), Text(f"{told}: {found}", mark(report.sound)[1])))
    leave(Exit.FINE if report.sound else Exit.NOT_AS_IT_SHOULD_BE)


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
