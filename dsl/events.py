"""What the log of a deal is made of, and what deciding an attempt can answer.

Only acts of people, accepted or refused, and the opening are written down; what follows from them and from the
passing of time is worked out by folding, so that a fact that comes late can be put in its place.
"""

from dataclasses import dataclass
from datetime import datetime

from dsl.actions import Attempt
from dsl.given import Given
from dsl.reasons import Reason
from dsl.terms.contents import Content, Plan


@dataclass(frozen=True, slots=True)
class Opened:
    """The deal began: who fills the roles, and which blanks were filled at signing."""

    at: datetime
    fillers: tuple[tuple[str, str], ...] = ()
    blanks: tuple[tuple[str, Content], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """An entry as it was when somebody signed it, spoke of it or paid by it: its digest is that of its content then."""

    kind: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """How one more act of an attempt upon several entries was accepted; see `Acted`."""

    section: str
    provision: str = ""
    row: str = ""
    note: str = ""
    group: str = ""
    hands: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Acted:
    """An attempt that was accepted, and the section it was accepted under.

    `row` is the name of the entry for which the provision allowed it. `moves` is the number of the first movement of
    money that it makes, in the order of the log. `note` tells where it was accepted in part: what a cap has trimmed,
    and the section of the cap. `group` is the group for which the actor concurs, where one alone is not enough. `hands`
    is the group of people who act for the actor together, where the one who does is not enough.
    `papers` are what was signed, spoken of or paid by, and `plan` is what was paid: a late fact that changes the
    content of a paper changes neither. `parts` says how each further act of the attempt was accepted. `names` are, of a
    fact that comes late, those of what had come about by itself after it by then: acts speak of it by name.
    """

    at: datetime
    attempt: Attempt
    section: str
    provision: str = ""
    row: str = ""
    note: str = ""
    moves: int = 1
    group: str = ""
    hands: str = ""
    papers: tuple[Paper, ...] = ()
    plan: Plan | None = None
    parts: tuple[Part, ...] = ()
    names: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An attempt that was refused: evidence, and nothing else changes."""

    at: datetime
    attempt: Attempt
    section: str
    summary: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Elapsed:
    """An instant that something waited for has come."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Malformed:
    """An attempt that says nothing the agreement knows: not evidence of anything, and not recorded.

    `sections` are those of which the attempt has to name one, where several would allow it.
    """

    problems: tuple[str, ...]
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One attempt with its answer, and when it was recorded."""

    event: Acted | Refused
    recorded: datetime


Event = Opened | Acted | Refused | Elapsed
