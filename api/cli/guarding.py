"""What the commands about access do: tokens issued and revoked, keys renewed, who has read what, and how all is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.text import Text

from api.access.health import health_of
from api.access.revocations import LONGEST_LIFE
from api.agreements import Unusable
from api.auth import LONGEST_TOKEN, NotSignedIn, key_id, keys_in, renew_key, retire_keys
from api.cli import dealing
from api.cli.dealing import Desk, number_in, reader, usable
from api.cli.output import Exit, complain, console, leave, plain, table, write_json
from api.contents.places import contents_of
from api.evidence.sealer import stoppage_in
from api.parts import access_in, tokens_from
from api.settings import Settings, WrongSetting


@contextmanager
def _keys_usable() -> Iterator[None]:
    try:
        yield
    except (WrongSetting, ValueError) as error:
        raise Unusable(str(error)) from error
    except OSError as error:
        raise Unusable(f"The key for tokens cannot be read: {(error.strerror or str(error)).lower()}.") from error


def token(desk: Desk, days: int, operator: bool) -> None:
    """Print a signed token for a person."""
    person = desk.person.strip()
    if desk.settings.issuer and not operator:
        found = f"People come with tokens of {desk.settings.issuer}, and no others are taken (CLAUSULA_ISSUER)."
        raise Unusable(found, "Get one there. With --operator a token is made here.")
    now, lasting = dealing.CLOCK.now(), min(timedelta(days=days), LONGEST_LIFE)
    with _keys_usable():
        made = tokens_from(desk.settings).issue(person, now, lasting, operator=operator)
    if desk.as_json:
        write_json({"person": person, "token": made, "expires": (now + lasting).isoformat(), "operator": operator})
    else:
        console().out(made, highlight=False)
    leave(Exit.FINE)


def revoke(desk: Desk, only: str) -> None:
    """Let one token of a person be good no more, or all that were issued so far."""
    person = desk.person.strip()
    written = sys.stdin.readline(LONGEST_TOKEN + 2).strip() if only == "-" else only.strip()
    with usable(desk.settings), access_in(desk.settings, dealing.CLOCK) as access:
        if only:
            with _keys_usable():
                tokens = tokens_from(desk.settings)
            try:
                found = tokens.read(written, dealing.CLOCK.now())
            except NotSignedIn as error:
                raise Unusable(
                    "This is no token that is good.", "A token that has ended need not be revoked."
                ) from error
            if found.id != person:
                raise Unusable(f"This token is not one of {person}.", "Name the person that it stands for.")
            access.revoke_token(found)
        else:
            access.revoke_person(person)
    what = "this token" if only else "every token issued so far"
    if desk.as_json:
        write_json({"person": person, "revoked": what})
    else:
        console().print(Text(f"Good no more: {what} of {person}. A service that runs sees to it within a second."))
    leave(Exit.FINE)


def token_keys(settings: Settings, renew: bool, retire: bool, as_json: bool) -> None:
    """Show the keys by name, after making a new one or letting the old one go."""
    if settings.token_key:
        advice = "Put a new key before the old one there, with a comma between them, and take the old one out later."
        raise Unusable("The keys are those that CLAUSULA_TOKEN_KEY names, and not kept beside the database.", advice)
    folder = settings.key_folder
    with _keys_usable():
        found = renew_key(folder) if renew else retire_keys(folder) if retire else keys_in(folder)
    names = [key_id(each) for each in found]
    if as_json:
        write_json({"signs": names[0], "good": names})
    else:
        shown = table("Key", "What it does")
        for each in names:
            shown.add_row(Text(each, "cyan"), "signs" if each == names[0] else "signs no more, and is still good")
        console().print(shown)
    leave(Exit.FINE)


def audit(settings: Settings, deal: str, last: int, as_json: bool) -> None:
    """Show who has read what of a deal."""
    with reader(settings) as service:
        number = number_in(service, deal)
        lines = service.access.journal.lines(number, None, last).lines
    if as_json:
        write_json([plain(each) for each in lines])
        leave(Exit.FINE)
    out = console()
    if not lines:
        out.print("Nobody has read anything of this deal over the service.")
        leave(Exit.FINE)
    shown = table("When", "Person", "Request", "What")
    for each in lines:
        what = f"{each.operation}: {each.fields}" if each.operation else each.fields
        shown.add_row(f"{each.at:%Y-%m-%d %H:%M:%S} UTC", Text(each.person, "cyan"), each.request, Text(what))
    out.print(shown)
    leave(Exit.FINE)


def health(settings: Settings, as_json: bool) -> None:
    """Show how the database is. One that is not of this version is told by `usable`."""
    with reader(settings) as service:
        stopped = stoppage_in(service.store.reading, settings.checkpoint_file.resolve())
        found = plain(health_of(service.store, service.access.journal, stopped, contents_of(settings)))
    del found["ready"], found["readings_waiting"]  # of a service, and none is running here
    del found["last_checkpoint"]  # `clausula checkpoint` prints it
    code = Exit.FINE if stopped is None else Exit.NOT_AS_IT_SHOULD_BE
    if as_json:
        write_json(found)
        leave(code)
    shown = table("What", "How it is")
    del found["sealing_stopped"]
    for name, value in found.items():
        shown.add_row(name.replace("_", " "), "-" if value is None else str(value))
    console().print(shown)
    if stopped is not None:
        since = f" Nothing was signed since {stopped.since:%Y-%m-%d %H:%M:%S} UTC." if stopped.since is not None else ""
        complain(f"Entries are not sealed: {stopped.problem}.{since}", stopped.advice)
    leave(code)
