"""What the store asks of the engine, and the values that pass between them.

The store keeps a log and knows nothing of clauses; the engine knows what an attempt means and keeps
nothing. They meet in the `Handler` protocol: an attempt goes in with the state of its deal, a
`Decision` comes out, and the store writes it down. Texts in these values are checked when the value
is made, so that whatever reaches the log can be hashed, compared byte for byte and read back for
ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from api.store.codec import require_canonical, require_label, require_text

Kind: TypeAlias = Literal["opened", "accepted", "refused"]

Member: TypeAlias = tuple[str, str, bool]
"""A person, the party he or she acts for, and whether that holds (True) or is revoked (False)."""


@dataclass(frozen=True, slots=True)
class Command:
    """One attempt by a person to do something under a deal."""

    deal: str
    actor: str
    key: str
    body: str
    expected_version: int | None = None
    operator: bool = False
    """Whether it comes from who keeps the database, and so need not come from a member of the deal."""

    more_keys: tuple[str, ...] = ()
    """The keys of the further entries that it may make, one for each."""

    def __post_init__(self) -> None:
        require_label("deal", self.deal)
        require_label("actor", self.actor)
        for key in self.keys:
            require_label("key", key)
        require_canonical("body", self.body)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all the entries that it may make."""
        return (self.key, *self.more_keys)


@dataclass(frozen=True, slots=True)
class Opening:
    """A new deal: the text it is pinned to, who opens it, and which roles and blanks are filled."""

    deal: str
    agreement: str
    text: str
    actor: str
    key: str
    body: str

    def __post_init__(self) -> None:
        require_label("deal", self.deal)
        require_label("agreement", self.agreement)
        require_text("text", self.text)
        require_label("actor", self.actor)
        require_label("key", self.key)
        require_canonical("body", self.body)


@dataclass(frozen=True, slots=True)
class StoredDeal:
    """A deal as it was opened, with the very text it is pinned to."""

    id: str
    agreement: str
    agreement_sha256: str
    text: str
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An entry of a deal's log: an attempt, what came of it, and its seal on the last one."""

    deal: str
    version: int
    kind: Kind
    actor: str
    key: str
    request_sha256: str
    effective_at: datetime
    zone: str
    recorded_at: datetime
    agreement: str
    agreement_sha256: str
    members: tuple[Member, ...]
    body: str
    answer: str
    algorithm: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the engine makes of an attempt: the entry to log, the answer, the state after it.

    `then` are further entries that are stored with it or not at all, each decided a microsecond after the one before.
    """

    kind: Kind
    effective_at: datetime
    zone: str
    body: str
    answer: str
    state: str
    members: tuple[Member, ...] = ()
    then: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        if self.effective_at.utcoffset() is None:
            raise ValueError("effective_at needs its offset from UTC; this one has none")
        ZoneInfo(self.zone)
        require_canonical("body", self.body)
        require_canonical("answer", self.answer)
        for person, party, _ in self.members:
            require_label("person", person)
            require_label("party", party)


@dataclass(frozen=True, slots=True)
class Invalid:
    """An attempt that cannot be understood; it is answered and leaves no trace."""

    answer: str

    def __post_init__(self) -> None:
        require_canonical("answer", self.answer)


History: TypeAlias = Callable[[], Sequence[StoredEvent]]
"""Reads a deal's entries in order, when somebody needs them; most attempts do not."""


class Handler(Protocol):
    """The engine as the store sees it: pure functions, called from several threads at once.

    They answer whatever they are asked. What they raise is a mistake of theirs (`failures.MISTAKES`): the request that
    it was met in is not stored, and who asked gets the error; anything else stops the store.
    """

    @property
    def engine_version(self) -> str:
        """Names the rules that made a state; a state made by other rules is folded anew."""
        ...

    def open(self, opening: Opening, at: datetime) -> Decision | Invalid:
        """Open a deal; the decision is of the kind `opened` and names the members."""
        ...

    def decide(
        self,
        deal: StoredDeal,
        state: str | None,
        history: History,
        command: Command,
        at: datetime,
    ) -> Decision | Invalid:
        """Accept or refuse an attempt; a `state` of None means: fold the history first."""
        ...

    def replay(self, deal: StoredDeal, history: Sequence[StoredEvent]) -> str:
        """The state that the entries lead to, from the first to the last."""
        ...
