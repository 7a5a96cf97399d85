"""What a derivation is made of: steps, each with its words, value and notes, and the facts of the log behind them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dsl.counting import say_day
from dsl.judge import Judge
from dsl.presets import PRESETS
from dsl.reasons import Truth, Wait
from dsl.saying import say_time
from dsl.state import Entry, Posting


@dataclass(frozen=True, slots=True)
class Fact:
    """Something on record that a value rests on: an entry or a payment, in words, when it was and the section."""

    text: str
    at: datetime
    section: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value and where it comes from.

    `text` are its words, `value` what it is now (empty while that cannot be said, and then `waits` says for what).
    `notes` tell how this step was worked out, `facts` what is on record, `children` the values it was worked out from.
    """

    text: str
    value: str
    truth: Truth = Truth.TRUE
    section: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    waits: tuple[Wait, ...] = ()
    children: tuple["Derivation", ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to tell: the words are the value."""
        return not (self.notes or self.facts or self.waits or self.children or self.section)


def say_shortly(judge: Judge, value: object) -> str:
    """A value with the day of the week of a date: `Mon 12 Sep 2005 10:00`, in the agreement's zone."""
    if isinstance(value, datetime):
        return say_moment(value, judge.agreement.terms.zone)
    return say_day(value) if isinstance(value, date) else judge.say(value)


def say_moment(instant: datetime, zone: str) -> str:
    """`Fri 2 Sep 2005 10:00`; the last moment of a day is its end."""
    local = instant.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute, local.second, local.microsecond) == (23, 59, 59, 999_999):
        return f"the end of {say_day(local.date())}"
    return f"{say_day(local.date())} {say_time(local)}"


def fact_of(judge: Judge, entry: Entry, told: str = "") -> Fact:
    """An entry as a fact: `Resignation "R-1" of Escrow Agent, sent Fri 2 Sep 2005 10:00`."""
    name = entry.kind if entry.name == entry.kind else f'{entry.kind} "{entry.name}"'
    by = " and ".join(entry.authors) if entry.author else ""
    text = f"{name} of {by}" if by else name
    return Fact(f"{text}, {told or made_when(judge, entry)}", entry.at, entry.section, entry.name)


def paid_fact(judge: Judge, posting: Posting, sign: str = "") -> Fact:
    """A payment as a fact: `USD 5.00 from Buyer to Fund, Fri 2 Sep 2005 10:00`."""
    source, target = (each.removesuffix("/balance").replace("/", ", ") for each in (posting.source, posting.target))
    when = say_moment(posting.at, judge.agreement.terms.zone)
    return Fact(f"{sign}{posting.amount} from {source} to {target}, {when}", posting.at, posting.section)


def made_when(judge: Judge, entry: Entry) -> str:
    """How an entry came to be and when: `sent Fri 2 Sep 2005 10:00`."""
    kind = judge.agreement.terms.kinds[entry.kind]
    verb = "sent" if PRESETS[kind.preset].sent else "signed" if entry.signatures else "made"
    if not entry.author:
        verb = "on record since"
    return f"{verb} {say_moment(entry.at, judge.agreement.terms.zone)}"
