"""What the commands about documents do: put one into a deal, get one, list them, and let go of those nobody needs."""

import hashlib
import mimetypes
import os
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from rich.text import Text

from api.agreements import Unusable
from api.cli import dealing
from api.cli.dealing import Desk, no_seat, usable, whole_number
from api.cli.output import Exit, console, count, leave, plain, write_json
from api.contents import Contents, held
from api.contents.digests import SHA256
from api.contents.held import Held, NotHeld
from api.contents.limits import MB, type_of
from api.contents.uploads import TooMuch, pieces_of, taken
from api.parts import documents_in
from api.service import Service
from api.settings import Settings

_WHY: Final = {
    NotHeld.ERASED: ("It was erased from this deal, and is not taken again.", ""),
    NotHeld.OVER_QUOTA: (
        "With it {person} would have more documents here than is allowed.",
        "CLAUSULA_DOCUMENTS_PER_PERSON_MB says how much that is.",
    ),
    NotHeld.MOVED: ("The deal goes on in another database.", "Name that one with --database."),
    NotHeld.SWEPT: ("Somebody let go of it at this very moment.", "Do it again."),
}


def put(desk: Desk, deal: str, file: Path, written: str) -> None:
    """Put a file into a deal, and print its hash, by which papers name it."""
    limits = desk.settings.documents
    media_type = type_of(written or mimetypes.guess_type(file.name)[0] or "")
    if media_type not in limits.types:
        advice = f"Say which it is with --type, one of: {', '.join(sorted(limits.types))}."
        raise Unusable(f"{file} is of no type that is taken.", advice)
    with (
        pieces_of(file) as pieces,
        usable(desk.settings),
        documents_in(desk.settings, dealing.CLOCK) as (service, contents),
    ):
        number = _number(service, desk, deal)
        try:
            sha256, size = taken(contents, pieces, limits.largest, {})
        except TooMuch as error:
            told = f"{file} is too large: a document has at most {limits.largest // MB:,} MB."
            raise Unusable(told, "CLAUSULA_DOCUMENT_MB sets another limit.") from error
        made = Held(number, sha256, dealing.CLOCK.now(), media_type, size, desk.person)
        found = held.hold(service.store, contents, made, limits.per_person)
        if isinstance(found, NotHeld):
            held.let_go(service.store, contents, sha256)
            told, advice = _WHY[found]
            raise Unusable(told.format(person=desk.person), advice)
    if desk.as_json:
        write_json(plain(found))
    else:
        console().out(sha256, highlight=False)
    leave(Exit.FINE)


def get(desk: Desk, deal: str, sha256: str, to: Path) -> None:
    """Write a document of a deal into a file that is not there yet, after comparing it with its hash."""
    wanted = sha256.strip().lower().removeprefix("sha256:")
    with usable(desk.settings), documents_in(desk.settings, dealing.CLOCK) as (service, contents):
        number = _number(service, desk, deal)
        found = held.held(service.store, number, wanted) if SHA256.fullmatch(wanted) else None
        if found is None:
            raise Unusable(f"The deal has no document `{sha256}`.", "`clausula document DEAL` lists those it has.")
        if found.erased_at is not None:
            raise Unusable(f"This document was erased at {found.erased_at:%Y-%m-%d %H:%M} UTC.")
        size = _written(contents, found, to)
    if desk.as_json:
        write_json(plain(found))
    else:
        console().print(Text(f"{to}: {size:,} bytes, as they were put there."), soft_wrap=True)
    leave(Exit.FINE)


def _written(contents: Contents, found: Held, to: Path) -> int:
    """Write a document, which gets its name once it is whole; how many bytes it has."""
    read, size, part = hashlib.sha256(), 0, to.with_name(f".{to.name}.{secrets.token_hex(8)}")
    if to.exists():
        raise Unusable(f"There is a file {to} already.", "Name another one with --to.")
    try:
        with part.open("xb") as file:
            for each in contents.read(found.sha256, 0, found.size or 0):
                read.update(each)
                size += len(each)
                file.write(each)
        if read.hexdigest() != found.sha256:
            raise Unusable(f"The document is damaged where it is kept, in {contents.where}.", _AGAIN)
        os.link(part, to)
    except FileNotFoundError as error:
        if part.exists():
            raise Unusable(f"The document is missing where it is kept, in {contents.where}.", _AGAIN) from error
        raise
    finally:
        part.unlink(missing_ok=True)
    return size


_AGAIN: Final = "Who has the file can put it there again; `clausula verify --all` tells what else is missing."


def listing(desk: Desk, deal: str) -> None:
    """List the documents of a deal, and whether anything in its log names them."""
    with usable(desk.settings), documents_in(desk.settings, dealing.CLOCK) as (service, _):
        number = _number(service, desk, deal)
        found = held.held_for(service.store, number)
        named = service.store.look(lambda connection: held.named_in(number, connection))
    if desk.as_json:
        write_json([{**plain(each), "named": each.sha256 in named} for each in found])
    else:
        _show(found, named)
        if not found:
            console().print("No document is held for this deal.")
    leave(Exit.FINE)


def _show(found: Sequence[Held], named: frozenset[str]) -> None:
    for each in found:
        if each.erased_at is not None:
            told = f"erased {each.erased_at:%Y-%m-%d %H:%M} UTC"
        else:
            by = f"put there by {each.person} at {each.held_at:%Y-%m-%d %H:%M} UTC"
            told = f"{each.media_type}, {each.size or 0:,} bytes, {by}"
        end = "" if each.sha256 in named else ", named nowhere in the log"
        console().print(Text.assemble((f"{each.sha256}  ", "cyan"), told + end), soft_wrap=True)


def _number(service: Service, desk: Desk, deal: str) -> str:
    number = whole_number(service, desk.person, deal)
    if not service.store.read.parties_of(number, desk.person):
        raise Unusable(*no_seat(desk.person, deal))
    return number


# ------------------------------------------------------ for who keeps the database


def sweeping(settings: Settings, days: int, remove: bool, as_json: bool) -> None:
    """List the documents that nobody has named for so long, or let go of them."""
    before = dealing.CLOCK.now() - timedelta(days=days)
    with usable(settings), documents_in(settings, dealing.CLOCK) as (service, contents):
        if remove:
            found, others = held.sweep(service.store, contents, before)
        else:
            found = tuple(held.orphans(service.store, before))
            others = sum(1 for _ in held.strays(service.store, contents, before))
    if as_json:
        write_json({"removed": remove, "documents": [plain(each) for each in found], "left_behind": others})
        leave(Exit.FINE)
    out = console()
    for each in found:
        told = f"{each.sha256}  {each.size or 0:,} bytes, by {each.person} at {each.held_at:%Y-%m-%d %H:%M} UTC"
        out.print(Text.assemble((f"{each.deal[:8]}  ", "cyan"), told), soft_wrap=True)
    behind = f"; {count(others, 'file')} without a deal" if others else ""
    done = "removed" if remove else "that nobody has named"
    counted = count(len(found), "document")
    out.print(Text(f"{counted[0].upper()}{counted[1:]} {done}{behind}."))
    if not remove and (found or others):
        out.print(Text("--remove lets go of them.", "dim"))
    leave(Exit.FINE)


def erase_document(settings: Settings, sha256: str, as_json: bool) -> None:
    """Erase a document in every deal."""
    wanted = sha256.strip().lower().removeprefix("sha256:")
    if not SHA256.fullmatch(wanted):
        raise Unusable(f"`{sha256}` is no SHA-256.", "Write its 64 hexadecimal digits.")
    with usable(settings), documents_in(settings, dealing.CLOCK) as (service, contents):
        number = held.erase(service.store, contents, wanted, dealing.CLOCK.now())
    if as_json:
        write_json({"document": wanted, "erased": number})
    else:
        console().print(f"Erased in {count(number, 'deal')}; every log is as it was.")
    leave(Exit.FINE)
