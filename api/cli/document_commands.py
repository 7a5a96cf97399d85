"""The commands about documents: files that papers name by their hash."""

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from api.agreements import Unusable
from api.cli.commands import Json, command, whole
from api.cli.deal_commands import DEALS, GUEST, Database, Deal, Who, dealing, settings_of


def _documenting() -> ModuleType:
    from api.cli import documenting  # noqa: PLC0415 -- a second's worth of libraries

    return documenting


@command("document", DEALS, "Ends with 2 if there is no such document, or it cannot be kept; it then says why.")
def document(  # noqa: PLR0913 -- an argument for each option
    deal: Deal,
    file: Annotated[Path | None, typer.Option("--put", metavar="FILE", help="Put this file into the deal.")] = None,
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="Its media type, if the end of its name does not say so.")
    ] = "",
    sha256: Annotated[
        str, typer.Option("--get", metavar="SHA256", help="Get the document with this hash; --to says where to.")
    ] = "",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="A new file, which the document is written into.")
    ] = None,
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """List the documents of a deal, put a file there, or get one. What is put there is for the parties of the deal.

    What --put prints stands for the file in acts, with `sha256:` before it: who signs a paper that states it signs this
    file. The log holds the hash and never the file.

    \b
    Examples:
      clausula document 3f2a --put deed.pdf
      clausula submit 3f2a --as Buyer 'state the Survey "S-1" stating Report as "sha256:9b1c..."'
      clausula document 3f2a --get 9b1c... --to deed.pdf
    """
    desk = dealing().Desk(settings_of(database), person, as_json)
    if file is not None and sha256:
        raise Unusable("One thing at a time: --put or --get.")
    if bool(sha256) != (to is not None):
        raise Unusable("--get names a document, and --to the file that it is written into.", "Write both.")
    if type_ and file is None:
        raise Unusable("--type is for a file that is put there.", "Name one with --put.")
    if file is not None:
        _documenting().put(desk, deal, file, type_)
    elif to is not None:
        _documenting().get(desk, deal, sha256, to)
    else:
        _documenting().listing(desk, deal)


@command("sweep", DEALS)
def sweep(
    days: Annotated[
        int,
        typer.Option(
            "--older-than", metavar="DAYS", parser=whole(1, 36500), help="For how many days nobody has named them."
        ),
    ] = 30,
    remove: Annotated[bool, typer.Option("--remove", help="Let go of them.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """List the documents that were put into a deal and that nothing in its log names, or let go of them.

    It is for who keeps the database. With them goes what uploads left behind that were cut off. Two databases never
    share a place for documents: what only the other one knows would be let go of.

    \b
    Examples:
      clausula sweep
      clausula sweep --older-than 90 --remove
    """
    _documenting().sweeping(settings_of(database), days, remove, as_json)
