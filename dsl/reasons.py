"""Truth in four values, and the reasons that carry it.

A condition is true, false, pending (an act, a finding or an instant has not come yet) or open (it rests on a blank or
on an ambiguity nobody has settled). They combine by strong Kleene rules. A `Reason` is the truth value together with
the sentence that has it, the section that says so and what it waits for: there is no separate explanation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol


class Truth(Enum):
    """One of four values."""

    TRUE = "true"
    FALSE = "false"
    PENDING = "pending"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Wait:
    """Something a condition waits for: an `act` (by whom), a `time` (when), a `blank` or a `reading` (of what); or
    nothing that can still come, because an entry was not there at a time that is over (`past`).

    `about` is the blank or the reading, or the kind of an entry that the agreement makes by itself.
    """

    what: str
    text: str
    who: tuple[str, ...] = ()
    at: datetime | None = None
    section: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that is not known: pending or open, and what for."""

    truth: Truth
    waits: tuple[Wait, ...]

    @property
    def ambiguity(self) -> str:
        """The ambiguity whose reading an open value waits for; nothing if it waits for none."""
        readings = (wait.about for wait in self.waits if wait.what == "reading")
        return next(readings, "") if self.truth is Truth.OPEN else ""


def was_not_there(found: object) -> bool:
    """Whether a value is not known because it is asked as of a time at which its entry was not there yet."""
    return isinstance(found, Gap) and any(wait.what == "past" for wait in found.waits)


def joined(*values: object) -> Gap:
    """The gap of what rests on several values, one a gap or more: open if any of them is, and waiting for all."""
    gaps = [value for value in values if isinstance(value, Gap)]
    truth = Truth.OPEN if any(gap.truth is Truth.OPEN for gap in gaps) else Truth.PENDING
    return Gap(truth, tuple(dict.fromkeys(wait for gap in gaps for wait in gap.waits)))


NONE = -1
"""Of what is below a reason none may be so."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something has its truth value.

    `text` is the sentence or item as the agreement has it, `section` the place it is cited by, `note` what was found.
    `needs` is how many of those below it takes, or of what it waits for where nothing is below: 0 is all, and `NONE`
    that none may be so.
    """

    truth: Truth
    text: str
    section: str = ""
    note: str = ""
    waits: tuple[Wait, ...] = ()
    children: tuple["Reason", ...] = ()
    needs: int = 0

    def leaves(self, section: str = "") -> tuple["Reason", ...]:
        """The innermost reasons that are not true, each with the nearest section above it, or this one."""
        nearest = self.section or section
        if self.needs == NONE and self.truth is Truth.FALSE:
            return (replace(self, section=nearest),)
        below = (child.leaves(nearest) for child in self.children if child.truth is not Truth.TRUE)
        return tuple(leaf for leaves in below for leaf in leaves) or (replace(self, section=nearest),)

    def awaited(self) -> Iterator[Wait]:
        """Everything that this and what is below it waits for."""
        yield from self.waits
        for child in self.children:
            if child.truth is not Truth.TRUE:
                yield from child.awaited()

    def unmet(self) -> "Reason":
        """This reason with only those below it that are not true; where all of them are, they are why it is false."""
        below = tuple(child.unmet() for child in self.children if child.truth is not Truth.TRUE)
        return replace(self, children=below) if below else self


class Worded(Protocol):
    """Anything with the words it was written in."""

    @property
    def text(self) -> str:
        """The words."""
        ...


def plain_reason(condition: Worded, holds: bool) -> Reason:
    """True or false, and nothing more to say."""
    return Reason(Truth.TRUE if holds else Truth.FALSE, condition.text)


def gap_reason(condition: Worded, gap: Gap) -> Reason:
    """As undecided as the value it rests on."""
    return Reason(gap.truth, condition.text, waits=gap.waits)


def either(names: tuple[str, ...], word: str) -> str:
    """Names joined by `and` or `or`."""
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def a_noun(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun}"


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if any is false; else open if any is open; else pending if any is pending; else true."""
    found = set(truths)
    for truth in (Truth.FALSE, Truth.OPEN, Truth.PENDING):
        if truth in found:
            return truth
    return Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if any is true; else pending if any is pending; else open if any is open; else false."""
    found = set(truths)
    for truth in (Truth.TRUE, Truth.PENDING, Truth.OPEN):
        if truth in found:
            return truth
    return Truth.FALSE


def at_least(number: int, truths: Iterable[Truth]) -> Truth:
    """Whether at least `number` are true, judged with what may still become so."""
    found = list(truths)
    sure = found.count(Truth.TRUE)
    pending = found.count(Truth.PENDING)
    if sure >= number:
        return Truth.TRUE
    if sure + pending >= number:
        return Truth.PENDING
    return Truth.OPEN if sure + pending + found.count(Truth.OPEN) >= number else Truth.FALSE


def so_far(reason: Reason) -> Truth:
    """The truth as of now: what is pending counts as not so, unless something open below it may make it so already."""
    if reason.truth is not Truth.PENDING:
        return reason.truth
    return Truth.OPEN if any(so_far(child) is Truth.OPEN for child in reason.children) else Truth.FALSE


def opposite(truth: Truth) -> Truth:
    """Not."""
    match truth:
        case Truth.TRUE:
            return Truth.FALSE
        case Truth.FALSE:
            return Truth.TRUE
        case Truth.PENDING | Truth.OPEN:
            return truth
