"""The commands about deals kept on this machine, with their options and help.

The service and its libraries take a while to load, and the commands about agreements need none of them: they are loaded
by the first command that does.
"""

import os
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from api.agreements import Unusable, place
from api.cli import completing
from api.cli.commands import Json, command, whole
from api.cli.output import leave
from api.databases import UnsafeDatabase
from api.settings import GUEST as GUEST
from api.settings import Settings, WrongSetting, settings_from

DEALS = "Deals"

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="FILE|URL",
        help="Where deals are kept: a file, which `open` and `serve` make if it is not there, or the URL of a "
        "PostgreSQL database. CLAUSULA_DATABASE says so for good, and DATABASE_URL if nothing else does.",
        show_default=False,
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--agreements",
        metavar="FOLDER",
        help="The folder of agreements that deals can be opened under.",
        show_default=False,
    ),
]
Who = Annotated[str, typer.Option("--person", metavar="NAME", help="The person who asks, as tokens name them.")]
Key = Annotated[
    str,
    typer.Option(
        "--key",
        metavar="WORDS",
        help="For one request of yours in this deal: sent again, it gets the first answer. "
        "In another deal the same key is another one.",
    ),
]
Deal = Annotated[
    str,
    typer.Argument(metavar="DEAL", help="The number of a deal, or its first digits.", autocompletion=completing.deals),
]


def dealing() -> ModuleType:
    from api.cli import dealing  # noqa: PLC0415 -- a second's worth of libraries

    return dealing


def settings_of(database: str | None, agreements: Path | None = None) -> Settings:
    try:
        found = settings_from({**os.environ, "CLAUSULA_DATABASE": database} if database else os.environ)
    except (WrongSetting, UnsafeDatabase) as error:
        raise Unusable(str(error)) from error
    return replace(found, agreements=agreements or found.agreements)


@command("serve", DEALS, "Ends with 2 if the service cannot start; it then says why.")
def serve(
    database: Database = None,
    agreements: Folder = None,
    host: Annotated[
        str | None,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where to listen; else CLAUSULA_HOST, or 127.0.0.1.", show_default=False
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="NUMBER",
            parser=whole(0, 65535),
            help="Which port, up to 65535; else CLAUSULA_PORT, or 8000. 0 takes a free one.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Run the service until Ctrl-C: the GraphQL API over the deals of this machine.

    The first lines it prints hold a token and a request to try.

    \b
    Examples:
      clausula serve
      clausula serve --port 9000 --database deals.db
    """
    found = settings_of(database, agreements)
    found = replace(found, host=host or found.host, port=found.port if port is None else port)
    leave(dealing().serving(found, as_json))


@command("open", DEALS, "Ends with 2 if the deal cannot be opened like this; it then says why.")
def open_(  # noqa: PLR0913 -- an argument for each option
    agreement: Annotated[
        str,
        typer.Argument(metavar="AGREEMENT", help="The name of an agreement.", autocompletion=completing.agreements),
    ],
    seats: Annotated[
        list[str] | None,
        typer.Option("--seat", metavar="PARTY=PERSON", help="Who acts for whom; without any, you act for everybody."),
    ] = None,
    blanks: Annotated[
        list[str] | None,
        typer.Option("--blank", metavar="NAME=CONTENT", help="The content of a blank that is filled at signing."),
    ] = None,
    fillers: Annotated[
        list[str] | None, typer.Option("--role", metavar="ROLE=NAME", help="Who fills a role, if another than written.")
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="WORDS", help="For one opening: sent again, it gives the same deal.")
    ] = "",
    signing: Annotated[
        list[str] | None,
        typer.Option("--signing", metavar="PARTY", help="Every act of this party must be signed with a key."),
    ] = None,
    person: Who = GUEST,
    database: Database = None,
    agreements: Folder = None,
    as_json: Json = False,
) -> None:
    """Open a deal under an agreement and print its number.

    \b
    Examples:
      clausula open funds_escrow --blank 'Agreement Date=1 September 2005'
      clausula open funds_escrow --seat 'ATG=anna' --seat 'Purchaser=paul' --person anna --blank ...
    """
    dealing().open_deal(
        dealing().Desk(settings_of(database, agreements), person, as_json),
        agreement,
        seats or [],
        blanks or [],
        fillers or [],
        key,
        signing or [],
    )


@command("submit", DEALS, "Ends with 1 if the act is refused, with 2 if it is not understood.")
def submit(  # noqa: PLR0913 -- an argument for each option
    deal: Deal,
    words: Annotated[str, typer.Argument(metavar="ACT", help="What is done, in the words of the language.")],
    party: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="PARTY",
            help="The party, or its person, that acts.",
            autocompletion=completing.own_parties,
        ),
    ],
    at: Annotated[
        str,
        typer.Option("--at", metavar="INSTANT", help="When it happened, if earlier: '10:30 on 1 September 2005'."),
    ] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Keep nothing; say what would come of it.")] = False,
    key: Key = "",
    secret: Annotated[
        Path | None, typer.Option("--sign", metavar="FILE", help="Sign with the secret key in this file; see `key`.")
    ] = None,
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Act in a deal: sign, deliver, deposit, release, give notice. A refused act is on record as refused.

    \b
    Examples:
      clausula submit 3f2a --as ATG 'sign the Documents'
      clausula submit 3f2a --as Purchaser 'deposit USD 12,000,000.00 into the Escrow Fund' --preview
    """
    dealing().submit(
        dealing().Desk(settings_of(database), person, as_json), deal, party, words, at, preview, key, secret
    )


@command("seat", DEALS, "Ends with 2 if the seat cannot be given or revoked; it then says why.")
def seat(  # noqa: PLR0913 -- an argument for each option
    deal: Deal,
    party: Annotated[str, typer.Option("--party", metavar="PARTY", help="The party that the seat is for.")],
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Who gets the seat, or loses it.")],
    revoke: Annotated[bool, typer.Option("--revoke", help="Take the seat away.")] = False,
    operator: Annotated[
        bool,
        typer.Option("--operator", help="As who keeps the database: seat the first person of whoever fills a role."),
    ] = False,
    key: Key = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="The person who asks, as tokens name them.")] = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Let another person act for a party you act for, or take that away. It is on record.

    When a role is filled anew, the persons of who filled it before can no longer act for it, and the operator seats the
    first person of the new one. Where a service holds the database, the answer is the request to send to it instead.

    \b
    Examples:
      clausula seat 3f2a --party Purchaser --person petra
      clausula seat 3f2a --party Purchaser --person petra --revoke
      clausula seat 3f2a --party 'Escrow Agent' --person hugo --operator
    """
    desk = dealing().Desk(settings_of(database), by, as_json)
    from api.cli import seating  # noqa: PLC0415 -- a second's worth of libraries

    seating.seat(desk, deal, party, person, revoke, operator, key)


@command("state", DEALS, "Ends with 2 if there is no such deal for this person.")
def state(
    deal: Annotated[
        str,
        typer.Argument(
            metavar="[DEAL]",
            help="The number of a deal, or its first digits. Without: all of yours.",
            autocompletion=completing.deals,
        ),
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="INSTANT", help="How it stood then: '2005-09-01T12:00:00-04:00'.")
    ] = "",
    known_at: Annotated[
        str, typer.Option("--known-at", metavar="INSTANT", help="From what had been recorded by then.")
    ] = "",
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Show how a deal stands: money, papers, conditions, duties, what is open, and what you can do now.

    \b
    Examples:
      clausula state                                   the deals you have a seat in
      clausula state 3f2a
      clausula state 3f2a --as-of '12:00 on 1 September 2005'
    """
    dealing().state(dealing().Desk(settings_of(database), person, as_json), deal, as_of, known_at)


def is_deal(name: str) -> bool:
    """Whether a name is the number of a deal, or its first digits, and neither an agreement nor in this folder."""
    if re.fullmatch("[0-9a-f]{4,32}", name.strip().lower()) is None or Path(name).exists():
        return False
    try:
        place(name)
    except Unusable:
        return True
    return False


def explain_deal(  # noqa: PLR0913 -- an argument for each option
    deal: str, words: str, party: str, as_of: str, known_at: str, person: str, database: str | None, as_json: bool
) -> None:
    """Answer a question about a deal that is kept."""
    desk = dealing().Desk(settings_of(database), person, as_json)
    dealing().explain(desk, deal, words, party, as_of, known_at)
