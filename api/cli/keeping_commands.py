"""The commands about the database itself, for who keeps it: copies of it, and deals that go elsewhere."""

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from api.cli.commands import Json, command
from api.cli.deal_commands import DEALS, Database, settings_of


def _keeping() -> ModuleType:
    from api.cli import keeping  # noqa: PLC0415 -- a second's worth of libraries

    return keeping


@command("backup", DEALS, "Ends with 2 if no backup was made; it then says why, and leaves no file.")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes; there must be no such file.")],
    without: Annotated[
        bool, typer.Option("--no-documents", help="Leave the documents out; it then says how to copy them.")
    ] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Copy the whole database into a file, as it is at one moment; a server goes on writing meanwhile.

    The file is a database of Clausula, whether it came from a file or from PostgreSQL. Documents go into a folder
    beside it, FILE.documents; what is there already is not copied again.

    \b
    Examples:
      clausula backup monday.db
      clausula backup monday.db --database postgresql://clausula@db/deals
      clausula verify 3f2a --database monday.db
    """
    _keeping().backing_up(settings_of(database), file, not without, as_json)


@command("restore", DEALS, "Ends with 2 if nothing was brought back; it then says why, and leaves nothing half.")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Bring a backup back, after checking every log in it, into a new file or an empty PostgreSQL database.

    What was recorded after the backup was made is not in it. Who kept a later seal sees that with `verify --seen`.
    Documents that lie beside the backup, in FILE.documents, are brought back with it.

    \b
    Examples:
      clausula restore monday.db --database deals.db
      clausula restore monday.db --database postgresql://clausula@db/deals
    """
    _keeping().restoring(settings_of(database), file, as_json)


@command("move", DEALS, "Ends with 2 if a deal was not moved; it then says why. Those before it have arrived.")
def move(
    deals: Annotated[list[str] | None, typer.Argument(metavar="DEAL...", help="The numbers of deals.")] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FILE|URL", help="The database in which they go on.", show_default=False)
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every deal that is here.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Move deals to another database, where they go on with the same entries and seals; here they are closed.

    A move that was interrupted is taken up by the same command. A deal can move back in the same way.

    \b
    Examples:
      clausula move --all --to postgresql://clausula@db/deals
      clausula move 3f2a --database postgresql://clausula@db/deals --to deals.db
    """
    _keeping().moving(settings_of(database), deals or [], everything, to, as_json)
