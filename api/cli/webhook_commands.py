"""The command about webhooks, for who keeps the database: which there are, and what could not be delivered."""

from typing import Annotated

import typer

from api.agreements import Unusable
from api.cli.access_commands import ACCESS
from api.cli.commands import Json, command
from api.cli.deal_commands import Database, settings_of


@command("webhooks", ACCESS, "Ends with 2 if there is no such webhook or dead letter.")
def webhooks(
    webhook: Annotated[
        str, typer.Argument(metavar="[WEBHOOK]", help="The id of a webhook, or how it begins. Without: list them all.")
    ] = "",
    replay: Annotated[bool, typer.Option("--replay", help="Send its dead letters again, under the same ids.")] = False,
    only: Annotated[str, typer.Option("--only", metavar="ID", help="Replay this dead letter alone.")] = "",
    end: Annotated[bool, typer.Option("--end", help="Let it send nothing more.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Show the webhooks of everybody, or the dead letters of one: what its receiver did not take in ten tries.

    A service that runs sends what is replayed within a second. Persons make and end their webhooks over the API.

    \b
    Examples:
      clausula webhooks
      clausula webhooks 9e79                           its dead letters, the newest first
      clausula webhooks 9e79 --replay
      clausula webhooks 9e79 --replay --only msg_58887246d38f2bd2fffa726685dd72fa
      clausula webhooks 9e79 --end
    """
    if not webhook and (replay or only or end):
        raise Unusable("--replay, --only and --end are about one webhook.", "Name it: `clausula webhooks` lists them.")
    if (only and not replay) or (replay and end):
        raise Unusable("--only goes with --replay, and --end with neither.", "Do one after the other.")
    from api.cli import posting  # noqa: PLC0415 -- a second's worth of libraries

    desk = posting.Desk(settings_of(database), as_json)
    if not webhook:
        posting.list_webhooks(desk)
    elif replay:
        posting.replay(desk, webhook, only or None)
    elif end:
        posting.end(desk, webhook)
    else:
        posting.dead_letters(desk, webhook)
