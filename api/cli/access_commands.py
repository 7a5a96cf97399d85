"""The commands about who may come in, who has read what, and how the service is, with their options and help."""

from typing import Annotated

import typer

from api.agreements import Unusable
from api.cli.commands import Json, command, whole
from api.cli.deal_commands import Database, Deal, dealing, settings_of

ACCESS = "Access"


@command("token", ACCESS)
def token(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Whom the token stands for.")],
    days: Annotated[
        int, typer.Option("--days", metavar="NUMBER", parser=whole(1, 3650), help="How long it is good, 1 to 3650.")
    ] = 30,
    operator: Annotated[
        bool, typer.Option("--operator", help="For one who operates the service: its health, tokens, and first seats.")
    ] = False,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Issue none: let none be good any more that the person has so far.")
    ] = False,
    only: Annotated[
        str,
        typer.Option("--only", metavar="TOKEN", help="Revoke this one alone: the token itself; - reads it."),
    ] = "",
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Print a signed token, with which a person asks the service. Whoever holds it speaks for that person.

    What is revoked is refused by a service that runs within a second, and what is followed with it ends.

    \b
    Examples:
      clausula token anna
      curl -H "Authorization: Bearer $(clausula token anna)" ...
      clausula token anna --revoke                     all that anna has been issued so far
      clausula token anna --revoke --only -            one, pasted into the terminal
    """
    if only and not revoke:
        raise Unusable("--only names a token to revoke.", "Write --revoke with it.")
    from api.cli import guarding  # noqa: PLC0415 -- a second's worth of libraries

    desk = dealing().Desk(settings_of(database), person, as_json)
    if revoke:
        guarding.revoke(desk, only)
    guarding.token(desk, days, operator)


@command("token-keys", ACCESS)
def token_keys(
    renew: Annotated[
        bool, typer.Option("--renew", help="Make a new key, which signs from now on; the one before is still good.")
    ] = False,
    retire: Annotated[
        bool, typer.Option("--retire", help="Let the key before be good no more, nor any token that it has signed.")
    ] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Show the names of the keys that sign tokens, or renew them. A service that runs takes a new key over at once.

    The key with which a person signs what he or she does is another matter: `clausula key`.

    \b
    Examples:
      clausula token-keys
      clausula token-keys --renew                            then issue new tokens to everybody
      clausula token-keys --retire                           and let the old ones end
    """
    if renew and retire:
        raise Unusable("A key is renewed, or the one before is retired.", "Do one after the other.")
    from api.cli import guarding  # noqa: PLC0415 -- a second's worth of libraries

    guarding.token_keys(settings_of(database), renew, retire, as_json)


@command("audit", ACCESS, "Ends with 2 if there is no such deal.")
def audit(
    deal: Deal,
    last: Annotated[
        int, typer.Option("--last", metavar="NUMBER", parser=whole(1, 10_000), help="How many readings, 1 to 10000.")
    ] = 100,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Show who has read what of a deal over the service, the newest first.

    It is for who keeps the database, who need not have a seat. What is read from the file itself, as by the commands
    about deals, is not on this record.

    \b
    Examples:
      clausula audit 3f2a
      clausula audit 3f2a --json | jq '.[].person'
    """
    from api.cli import guarding  # noqa: PLC0415 -- a second's worth of libraries

    guarding.audit(settings_of(database), deal, last, as_json)


@command(
    "health",
    ACCESS,
    "Ends with 1 if a service would seal no more entries, and with 2 if there is no database of this version.",
)
def health(database: Database = None, as_json: Json = False) -> None:
    """Show how the database is: how much it holds, how large it is, which versions are at work, and what is sealed.

    Where the database is not the one that was signed last, it says since when, why, and what to do.

    It tells nothing of any deal. A service that runs answers the same, and whether it takes acts, to the token of an
    operator: `{ health { ready entries sealingStopped { problem advice } } }`.

    \b
    Examples:
      clausula health
      clausula health --json
    """
    from api.cli import guarding  # noqa: PLC0415 -- a second's worth of libraries

    guarding.health(settings_of(database), as_json)
