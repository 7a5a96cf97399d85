"""What a state is made of: entries, postings, norms and what has happened to them, each a value.

All instants are aware and in UTC. Rows of norms are numbered by the entry they concern.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from dsl.actions import Action
from dsl.money import Quantity
from dsl.reasons import Truth, Wait
from dsl.terms.contents import Content


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under one content, and who received its counterpart when; `""` where nobody was named."""

    signer: str
    at: datetime
    received: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """Somebody fills a role from an instant on; with nobody (`""`) it is vacant. `section` says by which clause."""

    role: str
    filler: str
    at: datetime
    section: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written, said, found or registered.

    `number` is unique in the deal, `name` is what people call it, `about` the number of the entry it concerns.
    `digest` is the SHA-256 of its content: signatures count only under one digest, and `about_digest` is that of the
    entry it concerns as it then was, because words about one content say nothing of another. `voided` are the signers
    whose signatures a change of content has undone. `section` is the clause that gave the power to make it.
    `on_receipt` says that it travels, and is given when everybody has received it; `receipts` says who did when.
    `origin` says of what has come about by itself which sentence made it, and for which entries. `named` is the name of
    the entry that it was to be about, where that had not come about at the time: by a late fact, which its maker did
    not know.
    """

    number: int
    kind: str
    name: str
    author: str
    at: datetime
    section: str
    fields: tuple[tuple[str, Content], ...] = ()
    about: int | None = None
    to: tuple[str, ...] = ()
    digest: str = ""
    about_digest: str = ""
    signatures: tuple[Signature, ...] = ()
    voided: tuple[str, ...] = ()
    channel: str = ""
    copy: str = ""
    given: datetime | None = None
    on_receipt: bool = False
    receipts: tuple[tuple[str, datetime], ...] = ()
    withdrawn: datetime | None = None
    origin: str = ""
    named: str = ""

    @property
    def taken(self) -> datetime | None:
        """When it was or will be given: once received, if that is what counts and it is known; else at once."""
        return self.given if self.on_receipt else self.given or self.at

    @property
    def authors(self) -> tuple[str, ...]:
        """Whose words these are: all who have signed, or the one who made it."""
        return tuple(signature.signer for signature in self.signatures) or (self.author,)

    def adds_to(self, before: "Entry") -> bool:
        """Whether it is a later form of another with nothing undone: the same content, and no signature gone."""
        signed = tuple((each.signer, each.at) for each in before.signatures)
        mine = tuple((each.signer, each.at) for each in self.signatures)
        same = self.digest == before.digest and self.fields == before.fields
        return same and mine[: len(signed)] == signed

    def as_of(self, last: int) -> "Entry":
        """The same as it was when there were no entries beyond the last one."""
        return self if _there(self.about, last) == self.about else replace(self, about=None)

    def content(self, name: str) -> Content | None:
        """What a field states, or None."""
        return dict(self.fields).get(name)


@dataclass(frozen=True, slots=True)
class Posting:
    """Money that moved: one credit and one debit of one amount; what passes by itself has the number 0.

    `source` and `target` are accounts: a party, or a fund's `balance`, `excess` or `interest` as `Fund/purpose`.
    `row` is the row of the provision it was paid under, `answers` the entry it carries out: a plan, or a claim; of
    what passes for every one of some entries, the row of the sentence. `named` is the name of the row, and `meant` that
    of what it answers, where these had not come about at the time: by a late fact, which the payment did not know.
    """

    number: int
    at: datetime
    verb: str
    source: str
    target: str
    amount: Quantity
    section: str
    provision: str
    row: int | None
    answers: int | None = None
    named: str = ""
    meant: str = ""

    @property
    def awaited(self) -> tuple[str, ...]:
        """The names of what has not come about (yet), and for or about which it was done."""
        return _awaited((self.named, self.row), (self.meant, self.answers))

    def for_entry(self, number: int) -> "Posting":
        """The same, of which it is known by number which entry it answers."""
        return replace(self, answers=number)

    def as_of(self, last: int) -> "Posting":
        """The same as it was when there were no entries beyond the last one."""
        row, answers = _there(self.row, last), _there(self.answers, last)
        return self if (row, answers) == (self.row, self.answers) else replace(self, row=row, answers=answers)


@dataclass(frozen=True, slots=True)
class Norm:
    """A duty, power or ban in force, for one row.

    `status` is dormant, active, fulfilled, fulfilled late, overdue, excused, waived, suspended, discharged or
    superseded. `paid` is what has been paid towards it, and `owed` what it is for where `when` has fixed that, in minor
    units. `due` is what its words have `named`, put off by the `stops` of its clock, each with when it went on, and
    `stopped` since when it stands still (`in_spell`: because of what is on record about it). `since` is when it came to
    its status, `began` when it came into force, and `entries_before` how many entries there were then. `settled` is how
    many payments under it belong to episodes of `while` that are over, and count no more. `asserted_by` is who says
    that it is breached, which changes nothing else. `by` are the numbers of the entries that have performed it; it is
    owed again when one of them no longer stands. `more` are the times since which it is owed once more each, because
    what it follows from has come again meanwhile, and what of `owed` was for those before. `doubt` is what has to be
    known before it can be said whether an active one is overdue. `renewed` is when an amendment gave more time to one
    whose time had passed, `under` the provisions before an amendment as which it was paid for the same row.
    """

    provision: str
    row: int | None
    status: str
    since: datetime
    began: datetime
    entries_before: int = 0
    due: datetime | None = None
    paid: int = 0
    owed: int | None = None
    stopped: datetime | None = None
    settled: int = 0
    named: datetime | None = None
    stops: tuple[tuple[datetime, datetime], ...] = ()
    asserted_by: tuple[str, ...] = ()
    in_spell: bool = False
    by: tuple[int, ...] = ()
    more: tuple[tuple[datetime, int], ...] = ()
    doubt: tuple[Wait, ...] = ()
    renewed: datetime | None = None
    under: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[object, ...]:
        """What of it can be asked as of a time: all but its clock."""
        return self.status, self.paid, self.owed, self.settled, self.asserted_by, self.doubt

    @property
    def live(self) -> bool:
        """Whether it is in force: a duty that is overdue can still be performed."""
        return self.status in ("active", "overdue")

    @property
    def halted(self) -> bool:
        """Whether its deadline is not known because its clock stands still; one that had passed by then stays, and so
        does that of a duty that had been performed by then."""
        if self.stopped is None or (self.performed and self.stopped > self.since):
            return False
        return self.due is None or self.stopped <= self.due

    @property
    def performed(self) -> bool:
        """Whether it is a duty that has been performed, in time or late."""
        return self.status in ("fulfilled", "fulfilled late")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a norm, or another consequence, with its cause: what the timeline shows beside the acts."""

    at: datetime
    section: str
    text: str
    cause: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """A power that was used; `entry` is what was made by it, if anything: taken back, the power counts as unused.

    Of a hold also how much was held, the number of the entry `about` which, and the place among all uses in `order`;
    the lifting of a hold holds nothing. `named` and `meant` are as they are of a posting. `idle` says that the power
    had not come into force at the time, by what is known now: the use counts from when it does. Of a duty only idle
    uses are kept, and those that lift a hold.
    """

    provision: str
    section: str
    row: int | None
    actor: str
    at: datetime
    entry: int | None = None
    amount: Quantity | None = None
    about: int | None = None
    order: int = 0
    named: str = ""
    meant: str = ""
    idle: bool = False

    @property
    def awaited(self) -> tuple[str, ...]:
        """The names of what has not come about (yet), and for or about which it was done."""
        return _awaited((self.named, self.row), (self.meant, self.about))

    def for_entry(self, number: int) -> "Exercise":
        """The same, of which it is known by number about which entry it is."""
        return replace(self, about=number)

    def as_of(self, last: int) -> "Exercise":
        """The same as it was when there were no entries beyond the last one."""
        row, about = _there(self.row, last), _there(self.about, last)
        return self if (row, about) == (self.row, self.about) else replace(self, row=row, about=about)


def _there(number: int | None, last: int) -> int | None:
    """The number of an entry, where that had come about when another one was the last."""
    return number if number is not None and number <= last else None


def _awaited(*parts: tuple[str, int | None]) -> tuple[str, ...]:
    return tuple(name for name, number in parts if name and number is None)


@dataclass(frozen=True, slots=True)
class Cut:
    """That of a `whole` amount that was to pass by itself no more than `passed` did, because caps left no more."""

    provision: str
    row: int | None
    at: datetime
    whole: Quantity
    passed: Quantity


@dataclass(frozen=True, slots=True)
class Settling:
    """Who has so far stated which content for a blank or an ambiguity."""

    name: str
    content: Content
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concurrence:
    """An act of a group that some members have done, each with when; it is the group's once enough have.

    `principal` is for whom the group acts, where it is a group of people who act for somebody together.
    """

    group: str
    action: Action
    under: str
    by: tuple[tuple[str, datetime], ...]
    principal: str = ""


@dataclass(frozen=True, slots=True)
class Divergence:
    """An act that stands although the log as now known would judge it otherwise; or (`act` is 0) what happened by
    itself and stands without its ground, or had happened by what was known before and has not by what is known now.
    `rows` are the entries by name that the act was for, where that they had not come about yet is all there is; or else
    that the provisions `under` which it was done were not in force, for these rows if there are any. `how` says that
    it is "shared", the part of one member of a group in what the group does, or "wordless", an act that is set aside as
    long as the agreement has no words for it."""

    act: int
    at: datetime
    then: str
    now: str
    text: str
    rows: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """How something stands under some readings of what is ambiguous."""

    readings: tuple[tuple[str, str], ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class Doubt:
    """A time in which it was open whether what a provision says came for a row, by its number: from `since` on until
    it was first found to be otherwise.

    `worlds` are how its condition stood then under each reading, none where what was open is whether anything stood in
    its way; `waits` would have settled it. It is `unfollowed` where no world of the deal follows what it rests on, so
    that only this tells that it may have come.
    """

    row: int | None
    since: datetime
    worlds: tuple[Stance, ...]
    waits: tuple[Wait, ...]
    over: datetime | None = None
    unfollowed: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened by itself at an instant, in words: `text`, under which section, and for which entry.

    `what` is the kind of it, `row` tells the entry from others whatever its number (`""` where there is none), and
    `fund` is the fund that money has left for a payee, if any did.
    """

    at: datetime
    section: str
    what: str
    text: str
    row: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Restated:
    """Something that had happened by itself, so many `times`, by what was known until a late fact was recorded."""

    happening: Happening
    until: datetime
    times: int = 1


@dataclass(frozen=True, slots=True)
class FormerNorm:
    """How a norm of a key stood until an instant; None where there was none."""

    until: datetime
    key: str
    norm: Norm | None


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """How an entry was until an instant at which a change of its content undid signatures."""

    until: datetime
    entry: Entry


@dataclass(frozen=True, slots=True)
class Waiving:
    """That something was waived at an instant, and the numbers of the waivers, one or more together."""

    at: datetime
    waivers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """What a blank, choice or role (`what` is the field of the state) held until an instant; nothing where it was
    empty."""

    until: datetime
    what: str
    name: str
    content: tuple[Content, ...]
