"""The state of a deal: entries, the ledger, the norms, and what has been filled, chosen, waived or ended.

Everything is append-only or replaced as a whole; a state is a value and can be written down and read back. All
instants are aware and in UTC. Rows of norms are numbered by the entry they concern.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from dsl.actions import Action
from dsl.money import Quantity
from dsl.terms.contents import Content


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under one content, and when its counterpart was received."""

    signer: str
    at: datetime
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written, said, found or registered.

    `number` is unique in the deal, `name` is what people call it, `about` the number of the entry it concerns.
    `digest` is the SHA-256 of its content: signatures count only under one digest, and `about_digest` is that of the
    entry it concerns as it then was, because words about one content say nothing of another. `voided` are the signers
    whose signatures a change of content has undone. `section` is the clause that gave the power to make it.
    `on_receipt` says that it travels, and is given when its receipt is recorded.
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
    withdrawn: datetime | None = None

    @property
    def authors(self) -> tuple[str, ...]:
        """Whose words these are: all who have signed, or the one who made it."""
        return tuple(signature.signer for signature in self.signatures) or (self.author,)

    @property
    def taken(self) -> datetime | None:
        """When it was or will be given: once received, if that is what counts and it is known; else at once."""
        return self.given if self.on_receipt else self.given or self.at

    def content(self, name: str) -> Content | None:
        """What a field states, or None."""
        return dict(self.fields).get(name)


@dataclass(frozen=True, slots=True)
class Posting:
    """Money that moved: one credit and one debit of one amount; what passes by itself has the number 0.

    `source` and `target` are accounts: a party, or a fund's `balance`, `excess` or `interest` as `Fund/purpose`.
    `row` is the row of the provision it was paid under, `answers` the entry it carries out: a plan, or a claim.
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


@dataclass(frozen=True, slots=True)
class Norm:
    """A duty, power or ban in force, for one row.

    `status` is dormant, active, fulfilled, fulfilled late, overdue, breached, excused, waived, suspended, discharged or
    superseded. `paid` is what has been paid towards it, and `owed` what it is for where `when` has fixed that, in minor
    units; `stopped` is when its clock was stopped. `since` is when it came to its status, `began` when it came into
    force, and `entries_before` how many entries there were then.
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


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a norm, or another consequence, with its cause: what the timeline shows beside the acts."""

    at: datetime
    section: str
    text: str
    cause: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """A power that was used; `entry` is what was made by it, if anything: taken back, the power counts as unused."""

    provision: str
    section: str
    row: int | None
    actor: str
    at: datetime
    entry: int | None = None


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
    """An act that stands although the log as now known would judge it otherwise."""

    act: int
    at: datetime
    then: str
    now: str
    text: str


@dataclass(frozen=True, slots=True)
class State:
    """A deal at an instant. `agreement` is the digest of its text, `engine` the version that made the state."""

    agreement: str
    engine: str
    opened: datetime
    now: datetime
    acts: int = 0
    entries: tuple[Entry, ...] = ()
    postings: tuple[Posting, ...] = ()
    balances: dict[str, Quantity] = field(default_factory=dict)
    norms: dict[str, Norm] = field(default_factory=dict)
    latches: dict[str, datetime] = field(default_factory=dict)
    exercises: tuple[Exercise, ...] = ()
    blanks: dict[str, Content] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    settlings: tuple[Settling, ...] = ()
    concurrences: tuple[Concurrence, ...] = ()
    fillers: dict[str, str] = field(default_factory=dict)
    waived: dict[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    lasting: tuple[int, ...] = ()
    enacted: tuple[str, ...] = ()
    terminated: datetime | None = None
    terminated_by: str = ""
    discharged: dict[str, datetime] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    divergences: tuple[Divergence, ...] = ()

    def entry(self, number: int) -> Entry:
        """The entry of that number."""
        return self.entries[number - 1]

    def standing_exercises(self) -> Iterator[Exercise]:
        """The powers used, except by what has been taken back since."""
        for used in self.exercises:
            if used.entry is None or self.entry(used.entry).withdrawn is None:
                yield used

    def waiver_of(self, section: str, rows: Iterable[Entry] = ()) -> tuple[Entry, ...]:
        """The waivers, one or more together, by which a section or item is waived for rows that were there when the
        last of them was given; none if it is not waived.

        A waiver covers what it was given for and precludes nothing later, so it does not reach entries made after it;
        one given in advance covers the first. One that is about an entry reaches that entry alone, and one for good
        whatever comes.
        """
        for numbers in reversed(self.waived.get(section, ())):
            waivers = tuple(self.entry(number) for number in numbers)
            standing = all(waiver.withdrawn is None for waiver in waivers)
            if standing and all(self._reached(waivers, row) for row in rows):
                return waivers
        return ()

    def _reached(self, waivers: tuple[Entry, ...], row: Entry) -> bool:
        """Whether waivers were given for a row: one that was there, or the first to come where none was."""
        about = {each.about for each in waivers if each.about is not None and self.entry(each.about).kind == row.kind}
        if about:
            return about == {row.number}
        if all(each.number in self.lasting for each in waivers):
            return True
        waiver = max(each.number for each in waivers)
        of_kind = [entry.number for entry in self.entries if entry.kind == row.kind]
        return row.number <= waiver or (min(of_kind) > waiver and row.number == min(of_kind))

    def balance(self, account: str, unit: str) -> Quantity:
        """What an account holds."""
        return self.balances.get(f"{account} {unit}", Quantity(0, unit))


def key_of(provision: str, row: int | None) -> str:
    """The key of a norm or a latch: one provision for one row."""
    return f"{provision}#{'' if row is None else row}"
