"""The commands about evidence: whether a log is as it was written, and what proves it to others."""

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from api.agreements import Unusable
from api.cli.commands import Json, command, whole
from api.cli.deal_commands import DEALS, GUEST, Database, Deal, Who, settings_of

Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="A public key you trust, as `clausula checkpoint` prints it, or a file with one on each line.",
    ),
]


def _proving() -> ModuleType:
    from api.cli import proving  # noqa: PLC0415 -- a second's worth of libraries

    return proving


@command("verify", DEALS, "Ends with 1 if anything is not as it was written.")
def verify(  # noqa: PLR0913 -- an argument for each option
    deal: Deal = "",
    receipt: Annotated[
        Path | None, typer.Option("--receipt", metavar="FILE", help="Check a receipt instead; no database is needed.")
    ] = None,
    keys: Keys = None,
    seen: Annotated[
        str,
        typer.Option(
            "--seen",
            metavar="VERSION:SEAL",
            help="An entry you saw and whose seal you kept: a log that was rewritten whole, or is an older copy, has "
            "it no more.",
        ),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="As who keeps the database: the database itself, its guards and every deal.")
    ] = False,
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Check the log of a deal against its seals, and replay it: nothing was changed, left out or put in.

    With --all the whole database is checked, and compared with the signed checkpoints that are kept outside it: a log
    that was rewritten or cut off with every seal put right, and a database that was put back, are seen too.

    \b
    Examples:
      clausula verify 3f2a
      clausula verify 3f2a --seen 4:9b1c...
      clausula verify --all
      clausula verify --receipt receipt.json --key 'clausula/5d0c...+1f3a9c77+AQ...'
    """
    if receipt is not None:
        if deal or everything:
            raise Unusable("A receipt is checked by itself, and names its deal.", "Leave out the deal.")
        _proving().verify_receipt_file(receipt, keys or [], as_json)
    elif keys:
        raise Unusable("--key is for a receipt.", "Name one with --receipt.")
    elif everything == bool(deal):
        raise Unusable("It takes the number of a deal, or --all.", "Write either; or check a receipt with --receipt.")
    elif seen and everything:
        raise Unusable("--seen is about an entry of one deal.", "Name the deal.")
    elif deal:
        _proving().verify_deal(_proving().Desk(settings_of(database), person, as_json), deal, seen)
    else:
        _proving().verify_database(settings_of(database), as_json)


@command("receipt", DEALS, "Ends with 1 if the entry is not sealed yet, with 2 if there is none for this person.")
def receipt_(
    deal: Deal,
    version: Annotated[
        int,
        typer.Argument(metavar="VERSION", parser=whole(1, 2**31 - 1), help="Which entry: 1 is the opening."),
    ],
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Print the receipt of an entry, accepted or refused, which proves it for ever and without this service.

    \b
    Examples:
      clausula receipt 3f2a 4 > receipt.json
      clausula verify --receipt receipt.json
    """
    _proving().print_receipt(_proving().Desk(settings_of(database), person, as_json), deal, version)


@command("checkpoint", DEALS, "Ends with 1 if nothing was sealed yet.")
def checkpoint(
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Sign with a new key from now on; earlier signatures stay good.")
    ] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Print the newest signed checkpoint of all deals, and the public keys to check signatures with.

    Keep it, or give it to others: whoever has it will see it if the log is ever changed.

    \b
    Examples:
      clausula checkpoint
    """
    _proving().print_checkpoint(settings_of(database), new_key, as_json)


@command("key", DEALS, "Ends with 2 if the key cannot be registered or revoked; it then says why.")
def key_(
    new: Annotated[
        Path | None, typer.Option("--new", metavar="FILE", help="Make a secret key in this file, and register it.")
    ] = None,
    registered: Annotated[
        Path | None,
        typer.Option("--register", metavar="FILE", help="Register the key that is in this file."),
    ] = None,
    revoked: Annotated[str, typer.Option("--revoke", metavar="ID", help="Let a key count no more.")] = "",
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """List the public keys of a person, register one, or revoke one; with a key a person signs what he or she does.

    Whoever has the file with the secret key signs as that person: keep it where nobody else reads. The keys that sign
    the tokens of a service are another matter: `clausula token-keys`.

    \b
    Examples:
      clausula key --new anna.key --person anna
      clausula submit 3f2a --as ATG 'sign the Documents' --sign anna.key --person anna
    """
    desk = _proving().Desk(settings_of(database), person, as_json)
    _proving().keys(desk, new, registered, revoked)


@command("personal", DEALS, "Ends with 2 if it cannot be kept; it then says why.")
def personal_(
    deal: Deal,
    value: Annotated[
        str, typer.Argument(metavar="[VALUE]", help="What is to be kept. Without: list what is kept for the deal.")
    ] = "",
    about: Annotated[str, typer.Option("--about", metavar="NAME", help="Whom it is about, as tokens name them.")] = "",
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Keep something about a person outside the log, where it can be erased, and print what stands for it in acts.

    \b
    Examples:
      clausula personal 3f2a '12 Rose Lane, Leeds' --about anna
      clausula personal 3f2a
    """
    _proving().personal_values(_proving().Desk(settings_of(database), person, as_json), deal, value, about)


@command("erase", DEALS)
def erase(
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="Whom it is about, as tokens name the person.", show_default=False)
    ] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="SHA256", help="Or a document, by its hash; see `document`.")
    ] = "",
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Erase what is kept about a person outside the log, or a document, in every deal.

    The logs stay as they are, and still verify. What stays is told in docs/evidence.md: the name in the tokens, public
    keys, and whatever was written into an act. Of a document its hash stays. Copies in backups are not erased.

    \b
    Examples:
      clausula erase anna
      clausula erase --document 9b1c...
    """
    if bool(person) == bool(document):
        raise Unusable("It takes the name of a person, or --document with a hash.", "Write either.")
    if document:
        from api.cli import documenting  # noqa: PLC0415 -- a second's worth of libraries

        documenting.erase_document(settings_of(database), document, as_json)
    _proving().erase_person(settings_of(database), person, as_json)
