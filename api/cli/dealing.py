"""What the commands about deals do: the use cases of the service, called in this process over the local database."""

import secrets
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from json import JSONDecodeError
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from api.acts import Unreadable, once, read_value
from api.agreements import Unusable
from api.answers import Accepted, Answer, Conflict, Invalid, Opened, Refused
from api.cli.deal_state import deal_json, show_deal
from api.cli.explaining import answer_about, told
from api.cli.output import NO_ROOM, Exit, complain, console, leave, plain, table, write_json
from api.cli.signing import signed_ask
from api.cli.telling import show_attempt, show_changes
from api.clock import Clock, SystemClock
from api.codec import Undecodable
from api.databases import Server
from api.editions import Broken, catalogue_of
from api.parts import reader_in, service_in
from api.service import Ask, BeforeOpening, Preview, Reading, Service, Terms
from api.settings import DATABASE, GUEST, Settings, WrongSetting
from api.store import LONGEST_LABEL, AlreadyWritten, StoreFailed, UnsafeDatabase
from api.store.failures import Trouble, trouble_of
from dsl import terms as t
from dsl.diagnostics import nearest
from dsl.possibilities import actors

SHORTEST = 4
CLOCK: Clock = SystemClock()


@contextmanager
def _service(settings: Settings) -> Iterator[Service]:
    """The service over the local database, as its only writer; the file is made if it is not there."""
    with usable(settings), service_in(settings, CLOCK) as service:
        yield service


@contextmanager
def writer(settings: Settings) -> Iterator[Service]:
    """The same for deals that are there: each is pinned to its text, and needs no other agreement."""
    with usable(settings):
        if isinstance(settings.database, Path) and not settings.database.exists():
            raise FileNotFoundError
        with service_in(settings, CLOCK, catalogue_of({})) as service:
            yield service


@contextmanager
def reader(settings: Settings) -> Iterator[Service]:
    """The service over the local database for looking alone, beside a server that may be running."""
    with usable(settings), reader_in(settings, CLOCK) as service:
        yield service


class InUse(Unusable):
    """Another process writes to the database."""


@contextmanager
def usable(settings: Settings) -> Iterator[None]:
    """What keeps the local database from being used is said in a sentence."""
    where = settings.database
    if isinstance(where, Path) and where.is_dir():
        raise Unusable(
            f"{where} is a folder, and not a database.", f"Name a file with --database, such as {where / DATABASE}."
        )
    try:
        yield
    except AlreadyWritten as error:
        found = f"{where} is being written to by another process, with the pid {error.holder}."
        advice = "If that is a server, ask it at the address it printed when it started; or stop it."
        raise InUse(found, advice) from error
    except (Broken, JSONDecodeError, OverflowError, Undecodable) as error:
        found = f"{where} holds what was never written so: {error}."
        advice = "`clausula verify`, with the whole number of a deal, says what is damaged."
        raise Unusable(found, advice) from error
    except (UnsafeDatabase, StoreFailed, WrongSetting) as error:
        raise Unusable(str(error)) from error
    except FileNotFoundError as error:
        if isinstance(where, Path) and error.filename is not None and Path(error.filename) in where.absolute().parents:
            found = f"There is no folder {where.parent}, and it cannot be made."
            raise Unusable(found, "Name another file with --database.") from error
        advice = "`clausula open` makes one; --database names another file."
        raise Unusable(f"There is no database {where}.", advice) from error
    except OSError as error:
        if error.errno in NO_ROOM and error.filename is None:
            raise  # it is the answer that finds no room, and not the database
        told = (error.strerror or str(error)).lower()
        raise Unusable(f"{where} cannot be used: {told}.", "Name another file with --database.") from error
    except SQLAlchemyError as error:
        if trouble_of(error) is Trouble.FULL:
            raise Unusable(
                f"The disk of {where} is full; nothing was stored.", "Make room, and do it again."
            ) from error
        told = str(getattr(error, "orig", error)).strip().splitlines()[0]
        if isinstance(where, Server):
            raise Unusable(f"{where} cannot be used: {told}.", "Try again when the server answers.") from error
        found = f"{where} is not a database of Clausula that can be used: {told}."
        raise Unusable(found, "Name another file with --database.") from error


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a command works, for whom, and whether a program reads the answer."""

    settings: Settings
    person: str
    as_json: bool = False

    def __post_init__(self) -> None:
        if not self.person.strip():
            raise Unusable("A person who asks has a name: name the person.")
        if len(self.person) > LONGEST_LABEL:
            found = f"The name of a person has at most {LONGEST_LABEL} characters, not {len(self.person)}."
            raise Unusable(found, "Write a shorter one.")


def serving(settings: Settings, as_json: bool) -> Exit:
    """Serve until interrupted."""
    from api.serve import serve  # noqa: PLC0415 -- what only a server needs takes a second to load

    with usable(settings):
        serve(settings, as_json=as_json)
    return Exit.FINE


# ------------------------------------------------------------------- opening


def open_deal(
    desk: Desk,
    agreement: str,
    seats: Sequence[str],
    blanks: Sequence[str],
    fillers: Sequence[str],
    key: str,
    signing: Sequence[str] = (),
) -> None:
    """Open a deal and print its number."""
    with _service(desk.settings) as service:
        edition = service.edition(agreement)
        if edition is None:
            raise Unusable(*_no_agreement(service, desk.settings, agreement))
        if seats:
            seated: dict[str, list[str]] = {}
            for party, name in _pairs("--seat", seats):
                seated.setdefault(party, []).append(name)
        else:
            seated = {party: [desk.person] for party in actors(edition.agreement)}
        terms = Terms(agreement, seated, _each_once("blank", blanks), _each_once("role", fillers), signing)
        answer = service.open(desk.person, terms, key or secrets.token_hex(16))
        zone = ZoneInfo(edition.agreement.terms.zone)
        required = (each.name for each in edition.agreement.terms.blanks.values() if each.required)
        missing = [name for name in required if name not in terms.blanks]
    if isinstance(answer, Opened) and not desk.as_json:
        out = console()
        out.print(answer.place.deal)
        err = console(stderr=True)
        show_changes(err, answer.changes, answer.happened_at, zone)
        if answer.unseated:
            who = f"Nobody acts yet for {', '.join(answer.unseated)}."
            err.print(Text(f"{who} `clausula seat --operator` seats the first person of each."))
        err.print(Text(f"clausula state {answer.place.deal[:8]} shows how it stands.", "dim"))
        leave(Exit.FINE)
    options = " ".join(shlex.quote(f"--blank={name}=...") for name in missing)
    answered(answer, zone, desk.as_json, f"Fill what is missing: {options}" if missing else "")


def _no_agreement(service: Service, settings: Settings, name: str) -> tuple[str, str]:
    broken = service.catalogue.broken.get(name)
    if broken is not None:
        return f"The agreement {name} cannot run.", broken
    names = [each.name for each in service.editions()]
    meant, folder = nearest(name, names), settings.agreements.absolute()
    hint = f"Did you mean `{meant}`?" if meant else f"There are {', '.join(names) or 'none'} in {folder}."
    return f"There is no agreement `{name}`.", hint


def _pairs(option: str, given: Sequence[str]) -> Iterator[tuple[str, str]]:
    for each in given:
        name, equals, content = each.partition("=")
        if not (name.strip() and equals and content.strip()):
            found = f"{option} takes a name, an equals sign and a content, not `{each}`."
            raise Unusable(found, f"Write {option} '{name.strip() or 'NAME'}=...'.")
        yield name.strip(), content.strip()


def _each_once(what: str, given: Sequence[str]) -> dict[str, str]:
    """The pairs of an option that says one thing of each name."""
    try:
        return once(what, _pairs(f"--{what}", given))
    except Unreadable as error:
        raise Unusable("\n".join(error.problems), "Leave out all but one of them.") from error


# -------------------------------------------------------------------- acting


def submit(  # noqa: PLR0913 -- an argument for each option
    desk: Desk, deal: str, party: str, words: str, at: str, preview: bool, key: str, secret: Path | None = None
) -> None:
    """Act in a deal, signed or not, or see what would come of it."""
    with reader(desk.settings) if preview else writer(desk.settings) as service:
        reading = reading_in(service, desk.person, deal)
        zone = ZoneInfo(reading.law.terms.zone)
        happened = _instant(reading, at, "--at")
        ask = Ask(reading.deal.id, party, {"text": words}, happened)
        key = key or secrets.token_hex(16)
        given = ask if secret is None or preview else signed_ask(service, desk.person, ask, key, secret)
        answer: Answer | Preview | None
        if isinstance(given, Invalid):
            answer = given
        else:
            answer = service.preview(desk.person, ask) if preview else service.submit(desk.person, given, key)
    if answer is None:  # pragma: no cover - it was there a moment ago
        raise Unusable(f"There is no deal `{deal}`.")
    if isinstance(answer, Preview):
        if not desk.as_json:
            console().print(Text("A preview: nothing is kept.", "yellow"))
        answer = answer.answer
    answered(answer, zone, desk.as_json)


def number_in(service: Service, deal: str) -> str:
    """The number of a deal for who keeps the database, and so need not have a seat in it."""
    wanted = _digits(deal)
    found = service.store.read.deals_beginning(wanted)
    if len(found) > 1:
        raise Unusable(f"`{deal}` begins the number of several deals.", "Write more of the number.")
    if not found:
        raise Unusable(f"There is no deal `{deal}`.", "`clausula state` lists the deals of a person.")
    return found[0]


def number_of(settings: Settings, deal: str) -> str:
    """The same, for a command that needs the number and not the service."""
    with reader(settings) as service:
        return number_in(service, deal)


def _digits(deal: str) -> str:
    """The number of a deal, or enough of its first digits, as it is kept."""
    wanted = deal.strip().lower()
    if len(wanted) < SHORTEST:
        advice = "Write at least the first four digits; `clausula state` lists the deals of a person."
        raise Unusable(f"`{deal}` is too short for the number of a deal.", advice)
    return wanted


def answered(answer: Answer, zone: ZoneInfo, as_json: bool, advice: str = "") -> None:
    """Tell an answer, and end the command as it deserves; `advice` is for what was not understood."""
    code = {Opened: Exit.FINE, Accepted: Exit.FINE, Invalid: Exit.WRONG_USE}.get(type(answer), Exit.NOT_AS_IT_SHOULD_BE)
    if as_json:
        write_json({"outcome": type(answer).__name__.lower(), **plain(answer)})
        leave(code)
    out = console()
    match answer:
        case Accepted() | Refused():
            show_attempt(out, answer, zone)
        case Conflict():
            complain(f"The deal has moved on to version {answer.version}; nothing was tried.", "Look at it again.")
        case Invalid():
            for problem in answer.problems:
                complain(problem.removeprefix("error: "))
            if advice:
                console(stderr=True).print(Text(advice))
        case Opened():
            out.print(answer.place.deal)
    leave(code)


# ------------------------------------------------------------------- reading


def state(desk: Desk, deal: str, as_of: str, known_at: str) -> None:
    """Show a deal, or list the deals of a person."""
    with reader(desk.settings) as service:
        if not deal:
            if as_of or known_at:
                given = "--as-of" if as_of else "--known-at"
                raise Unusable(
                    f"{given} needs a deal.", "Write its number first; without it, `state` lists your deals."
                )
            _list(service, desk.person, desk.as_json)
            leave(Exit.FINE)
        reading = _reading_of(service, desk.person, deal, as_of, known_at)
    if desk.as_json:
        write_json(deal_json(reading))
    else:
        show_deal(console(), reading)
    leave(Exit.FINE)


def explain(desk: Desk, deal: str, words: str, party: str, as_of: str, known_at: str) -> None:
    """Answer a question about a deal: a section, a condition, a value, or (for a party) an act."""
    with reader(desk.settings) as service:
        reading = _reading_of(service, desk.person, deal, as_of, known_at)
    answer = answer_about(reading.agreement, reading.state, words, party)
    about = {"deal": reading.deal.id, "agreement": reading.law.terms.title, "asked": words}
    told(reading.agreement, answer, about, desk.as_json, None, reading.receipt)
    leave(Exit.FINE)


def numbers(settings: Settings, person: str) -> tuple[str, ...]:
    """The numbers of the deals in which a person has a seat."""
    with reader(settings) as service:
        return tuple(each.deal for each in service.deals(person).seats)


def parties(settings: Settings, deal: str, person: str) -> tuple[str, ...]:
    """The parties for whom a person has a seat in a deal, by its number or its first digits."""
    with reader(settings) as service:
        return service.store.read.parties_of(whole_number(service, person, deal), person)


def _list(service: Service, person: str, as_json: bool) -> None:
    found = service.deals(person).seats
    if as_json:
        write_json([plain(each) for each in found])
        return
    out = console()
    if not found:
        out.print(f"{_has(person)} a seat in no deal. `clausula open` opens one.")
        return
    shown = table("Deal", "Agreement", "Opened", "Seat for")
    for each in found:
        opened = f"{each.opened_at:%Y-%m-%d %H:%M} UTC"
        shown.add_row(Text(each.deal[:8], "cyan"), each.agreement, opened, ", ".join(each.parties))
    out.print(shown)


def _has(person: str) -> str:
    """`You have`, or who has."""
    return "You have" if person == GUEST else f"{person} has"


def reading_in(service: Service, person: str, deal: str) -> Reading:
    """The deal of that number, or the only one whose number begins like this."""
    return _read(service, person, whole_number(service, person, deal))


def _reading_of(service: Service, person: str, deal: str, as_of: str, known_at: str) -> Reading:
    """A deal as it stands, or as it stood at a time or was known by then."""
    reading = reading_in(service, person, deal)
    at, known = _instant(reading, as_of, "--as-of"), _instant(reading, known_at, "--known-at")
    return reading if at is None and known is None else _read(service, person, reading.deal.id, at, known)


def whole_number(service: Service, person: str, deal: str) -> str:
    """The whole number of the only deal of a person that begins like this; what begins none stays as it is."""
    wanted = _digits(deal)
    found = [each.deal for each in service.deals(person).seats if each.deal.startswith(wanted)]
    if len(found) > 1:
        raise Unusable(f"`{deal}` begins the number of {len(found)} deals.", "Write more of the number.")
    return found[0] if found else wanted


def _read(
    service: Service, person: str, deal: str, as_of: datetime | None = None, known_at: datetime | None = None
) -> Reading:
    try:
        found = service.read(person, deal, as_of, known_at)
    except BeforeOpening as error:
        raise Unusable("There was no deal yet at that instant.", "Ask about a later one.") from error
    if found is None:
        raise Unusable(*no_seat(person, deal))
    return found


def no_seat(person: str, deal: str) -> tuple[str, str]:
    return f"{_has(person)} a seat in no deal `{deal}`.", "`clausula state` lists the deals of a person."


def _instant(reading: Reading, written: str, option: str) -> datetime | None:
    """An instant as the language writes it, in the time zone of the agreement, or as programs do."""
    if not written:
        return None
    try:
        found = read_value(reading.law, reading.state, t.Type("instant"), written, option)
    except Unreadable as error:
        advice = "Write '10:30 on 1 September 2005', or '2005-09-01T10:30:00-04:00' with its offset."
        raise Unusable(f"{option} takes an instant, not `{written}`.", advice) from error
    return found if isinstance(found, datetime) else None
