"""The use cases of the service, for whoever calls: the GraphQL schema, the command line, a test.

Every call names the person who makes it. A person sees the deals he or she is a member of; of any other deal nothing is
told, not even that it exists. What is read is read as of an instant: the present, or any other; and from what was known
at an instant: the present, or any other.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from api.access import Access, Lines
from api.access.health import Health, health_of
from api.acts import Unreadable
from api.answers import (
    Accepted,
    AllAccepted,
    Answer,
    Invalid,
    NoneDone,
    Opened,
    answer_from,
    answer_from_outcome,
    invalid_from,
    none_done_from,
)
from api.asking import MOST_ACTS, Ask, how_many, more_keys, together
from api.clock import Clock
from api.contents import Contents
from api.editions import Catalogue, Edition, compiled
from api.everywhere import Everywhere
from api.evidence.sealer import Sealer
from api.kernel import Held, Kernel, history_of
from api.reading import Reading, reading_of
from api.seats import SeatAsk, cannot_seat, unseated
from api.store import (
    Command,
    Known,
    Look,
    Opening,
    Outcome,
    Page,
    Report,
    Seats,
    Store,
    Stored,
    StoredDeal,
    StoredEvent,
    canonical,
)
from api.store import Invalid as StoreInvalid
from api.store.codec import Json, require_label
from api.streams import Follower, Streams
from api.trying import Preview, known_then, what_if
from api.webhooks.hooks import Posting
from dsl.engine import advance, explain, in_force
from dsl.history import History, state_at
from dsl.questions import Question, read_question
from dsl.reasons import Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a deal is opened with: the agreement by name, who acts for whom, who fills roles, and blanks as text."""

    agreement: str
    seats: Mapping[str, Sequence[str]]
    blanks: Mapping[str, str] = field(default_factory=dict)
    fillers: Mapping[str, str] = field(default_factory=dict)
    keyed: Sequence[str] = ()
    """The parties whose every act needs a signature with a registered key."""

    unclear: tuple[str, ...] = ()
    """What was said twice, so that nobody knows which is meant. No deal opens so; what else is wrong is told too."""


class BeforeOpening(ValueError):
    """Somebody asks for the state of a deal before there was one, or from what was known before."""


class Service:
    """The use cases, over a store and a catalogue."""

    def __init__(
        self,
        store: Store,
        kernel: Kernel,
        catalogue: Catalogue,
        clock: Clock,
        sealer: Sealer | None = None,
        posting: Posting | None = None,
        contents: Contents | None = None,
    ) -> None:
        self.store = store
        self.kernel = kernel
        self.catalogue = catalogue
        self.clock = clock
        self.sealer = sealer
        self.posting = posting
        self.contents = contents
        self.access = Access(store, clock)
        self.streams = Streams(store, self.access)
        self.everywhere = Everywhere(store, self.streams, sealer)

    # --------------------------------------------------------------- agreements

    def editions(self) -> tuple[Edition, ...]:
        """The agreements that deals can be opened under."""
        return tuple(self.catalogue.editions.values())

    def edition(self, name: str) -> Edition | None:
        """One of them by name."""
        return self.catalogue.editions.get(name)

    # ------------------------------------------------------------------ opening

    def open(self, person: str, terms: Terms, key: str) -> Answer:
        """Open a deal; the same key opens the same deal again and again."""
        opening = self.opening(person, terms, key)
        return opening if isinstance(opening, Invalid) else self._opened(opening, self.store.submit(opening).result())

    async def open_soon(self, person: str, terms: Terms, key: str) -> Answer:
        """The same, for a caller that must not wait in place."""
        opening = await asyncio.to_thread(self.opening, person, terms, key)
        if isinstance(opening, Invalid):
            return opening
        outcome = await asyncio.wrap_future(self.store.submit(opening))
        return await asyncio.to_thread(self._opened, opening, outcome)

    def opening(self, person: str, terms: Terms, key: str) -> Opening | Invalid:
        """The request to the store. A retry gets the text that its first try was pinned to, whatever came since."""
        deal = deal_id(person, key)
        known = self.store.read.deal(deal)
        edition = self.catalogue.editions.get(terms.agreement)
        if known is not None and known.agreement == terms.agreement:
            text = known.text
        elif edition is not None:
            text = edition.text
        else:
            names = ", ".join(self.catalogue.editions) or "none"
            return Invalid("NO_SUCH_AGREEMENT", (f"There is no agreement `{terms.agreement}`. There are: {names}.",))
        persons = {party: sorted(set(each)) for party, each in terms.seats.items()}
        said: dict[str, Json] = {"blanks": dict(terms.blanks), "fillers": dict(terms.fillers), "seats": persons}
        body = canonical({**said, "keyed": sorted(set(terms.keyed))} if terms.keyed else said)
        try:
            opening = Opening(deal, terms.agreement, text, person, key, body)
        except ValueError as error:
            return Invalid("NOT_UNDERSTOOD", (*terms.unclear, f"This cannot be kept: {error}."))
        if not terms.unclear:
            return opening
        tried = self.kernel.open(opening, self.clock.now())
        more = invalid_from(json.loads(tried.answer)).problems if isinstance(tried, StoreInvalid) else ()
        return Invalid("NOT_UNDERSTOOD", (*terms.unclear, *more))

    # ------------------------------------------------------------------- acting

    async def other_agreement(self, person: str, deal: str, agreement: str) -> str:
        """The agreement of a deal of somebody, if it is another one; else nothing, as for a deal of nobody's."""
        look = await asyncio.to_thread(self.store.read.look, deal, person)
        return look.deal.agreement if look is not None and look.deal.agreement != agreement else ""

    def submit(self, person: str, ask: Ask, key: str, expected_version: int | None = None) -> Answer:
        """Try something. What was tried once under a key is answered with its first answer for ever."""
        command = self.command(person, ask, key, expected_version)
        return command if isinstance(command, Invalid) else self.answer(self.store.submit(command).result())

    async def submit_soon(self, person: str, ask: Ask, key: str, expected_version: int | None = None) -> Answer:
        """The same, for a caller that must not wait in place."""
        command = self.command(person, ask, key, expected_version)
        if isinstance(command, Invalid):
            return command
        return self.answer(await asyncio.wrap_future(self.store.submit(command)))

    async def submit_all_soon(
        self, person: str, asks: Sequence[Ask], key: str, expected_version: int | None = None
    ) -> AllAccepted | NoneDone | Answer:
        """Try several acts in one deal, which all are done, or none; under one key, as one request."""
        if not 1 <= len(asks) <= MOST_ACTS:
            return Invalid("NOT_UNDERSTOOD", (how_many(len(asks)),))
        deal = asks[0].deal
        try:
            command = Command(deal, person, key, together(asks), expected_version, more_keys=more_keys(key, asks))
        except ValueError as error:
            return Invalid("NOT_UNDERSTOOD", (f"This cannot be kept: {error}.",))
        outcome = await asyncio.wrap_future(self.store.submit(command))
        if isinstance(outcome, StoreInvalid):
            return none_done_from(json.loads(outcome.answer)) or self.answer(outcome)
        if not isinstance(outcome, Stored):
            return self.answer(outcome)
        before = outcome.event.version - 1
        page = await asyncio.to_thread(self.store.read.events_after, deal, before, len(asks))
        return AllAccepted(tuple(each for each in map(answer_from, page.events) if isinstance(each, Accepted)))

    def command(self, person: str, ask: Ask, key: str, expected_version: int | None) -> Command | Invalid:
        """The request to the store."""
        try:
            return Command(ask.deal, person, key, ask.body, expected_version)
        except ValueError as error:
            return Invalid("NOT_UNDERSTOOD", (f"This cannot be kept: {error}.",))

    def seat(self, person: str, ask: SeatAsk, key: str) -> Answer:
        """Seat somebody for a party of the person who asks, or revoke a seat."""
        command = self.seating(person, ask, key)
        return command if isinstance(command, Invalid) else self.answer(self.store.submit(command).result())

    async def seat_soon(self, person: str, ask: SeatAsk, key: str) -> Answer:
        """The same, for a caller that must not wait in place."""
        command = self.seating(person, ask, key)
        if isinstance(command, Invalid):
            return command
        return self.answer(await asyncio.wrap_future(self.store.submit(command)))

    def seating(self, person: str, ask: SeatAsk, key: str) -> Command | Invalid:
        """The request to the store."""
        try:
            require_label("person", ask.person)
            return Command(ask.deal, person, key, ask.body, operator=ask.operator)
        except ValueError as error:
            return Invalid("NOT_UNDERSTOOD", (f"This cannot be kept: {error}.",))

    def cannot_seat(self, person: str, deal: str, party: str) -> Invalid | None:
        """Why a person can seat nobody for a party; None where he or she can."""
        look = self.store.read.look(deal, person)
        if look is None:
            return Invalid("NO_SUCH_DEAL", ("There is no such deal.",))
        held, (agreement, _) = self._held(look), compiled(look.deal.text)
        state = advance(agreement, held.state, self._present(look.recorded_at))
        ask = SeatAsk(deal, party, "", acts=True)
        found = cannot_seat(in_force(agreement, state), held.seats, state, person, ask, held.keyed)
        return None if found is None else Invalid(found.code, (found.problem,))

    def answer(self, outcome: Outcome) -> Answer:
        """What the store made of a request, in the words of the service."""
        return answer_from_outcome(outcome)

    def preview(
        self, person: str, *asks: Ask, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Preview | Invalid | None:
        """What acts would lead to that stand or fall together, now or at another instant. Nothing is stored.

        None if there is no such deal for this person. Raises BeforeOpening.
        """
        deal = asks[0].deal
        look = self.store.read.look(deal, person)
        if look is None:
            return None
        at, held = self._present(look.recorded_at), self._held(look)

        def whole() -> History:
            return self.history(look.deal)

        if as_of is None and known_at is None:
            return what_if(self.kernel, look, held, person, asks, at, whole)
        then, known = as_of or at, min(known_at or at, at)
        if min(then, known) < held.state.opened:
            raise BeforeOpening
        past = known_then(whole(), then, known)
        held = replace(held, state=past.state)
        found = what_if(self.kernel, look, held, person, asks, then, lambda: past)
        return found if isinstance(found, Invalid) else found.of_moment(as_of, known_at, known)

    # ------------------------------------------------------------------ reading

    def read(
        self, person: str, deal: str, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Reading | None:
        """The state of a deal as of an instant, from what was known at an instant; None for who may not see it.

        What will be known later nobody can say: the answer is from what is known now. Raises BeforeOpening.
        """
        look = self.store.read.look(deal, person)
        if look is None:
            return None
        agreement, _ = compiled(look.deal.text)
        held = self._held(look)
        present_at = self._present(look.recorded_at)
        at, known = as_of or present_at, min(known_at or present_at, present_at)
        if min(at, known) < held.state.opened:
            raise BeforeOpening
        if known_at is None and at >= held.state.now:
            state = advance(agreement, held.state, at)
        else:
            state = state_at(self.history(look.deal), at, known_at)
        now = as_of is None and known_at is None
        present = state if now else advance(agreement, held.state, present_at)
        shown = reading_of(look, person, agreement, held, state, present)
        return replace(shown, known_at=known, moment=(as_of, known_at))

    async def reading_soon(self, person: str, deal: str) -> Reading | None:
        """A deal as it is now, for a caller that must not wait in place."""
        return await asyncio.to_thread(self.read, person, deal)

    def deals(self, person: str, after: str | None = None, limit: int = 50) -> Seats:
        """The deals of a person, the newest first."""
        return self.store.read.deals_of(person, after=after, limit=limit)

    def history(self, deal: StoredDeal) -> History:
        """The whole log of a deal, folded."""
        return history_of(deal, self.store.read.history(deal.id))

    def explain_question(self, reading: Reading, question: str) -> Reason:
        """The truth of a condition asked in the language's own words."""
        asked = self.question(reading, question)
        if asked.condition is None:
            raise Unreadable((f"`{question.strip()}` is a value, not something that is so or not.",))
        return explain(reading.agreement, reading.state, asked.condition)

    def question(self, reading: Reading, words: str) -> Question:
        """A condition or a value asked for in the language's own words."""
        asked = read_question(words, reading.law.terms)
        if asked.problems:
            raise Unreadable(asked.problems)
        return asked

    # ----------------------------------------------------------------- timeline

    def timeline_after(self, person: str, deal: str, version: int, limit: int) -> Page | None:
        """Entries after a version, the oldest first."""
        return self.of_member(person, deal, lambda: self.store.read.events_after(deal, version, limit))

    def timeline_before(self, person: str, deal: str, version: int | None, limit: int) -> Page | None:
        """The last entries before a version, or the last of all."""
        return self.of_member(person, deal, lambda: self.store.read.events_before(deal, version, limit))

    def verify(self, person: str, deal: str, known: Known | None = None) -> Report | None:
        """Check the log of a deal against its seals."""
        return self.of_member(person, deal, lambda: self.store.verify(deal, known))

    def readings(
        self, person: str, deal: str, before: tuple[datetime, str] | None = None, limit: int = 50
    ) -> Lines | None:
        """Who has read what of a deal, the newest first."""
        return self.of_member(person, deal, lambda: self.access.journal.lines(deal, before, limit))

    def health(self) -> Health:
        """How the service is."""
        stopped = self.sealer.stoppage if self.sealer is not None else None
        return health_of(self.store, self.access.journal, stopped, self.contents)

    def follow(
        self, person: str, deal: str, after: int, good: Callable[[], bool] = lambda: True, once: bool = False
    ) -> AsyncGenerator[StoredEvent, None]:
        """Every entry of a deal after a version: those that are there, then each new one, without a gap.

        It ends as soon as the person is no longer a member, `good` does not hold any more, or the service stops; with
        `once`, when all that is there has been told.
        """
        return self.streams.events(Follower(person, deal, good, once), after)

    def end_streams(self) -> None:
        """Let every follower go: the service is about to stop. Called on the loop that the followers wait on."""
        self.streams.end()

    def can_post(self) -> Posting:
        """What is needed to send webhooks; only a service that was opened for serving has it."""
        if self.posting is None:
            raise RuntimeError("this service was not opened for serving, and sends nothing")
        return self.posting

    def of_member(self, person: str, deal: str, read: Callable[[], T]) -> T | None:
        """What is read of a deal by who has a seat in it before, and still after; for anybody else nothing is read."""
        if not self.store.read.parties_of(deal, person):
            return None
        found = read()
        return found if self.store.read.parties_of(deal, person) else None

    def _opened(self, opening: Opening, outcome: Outcome) -> Answer:
        answer = self.answer(outcome)
        if not (isinstance(answer, Opened) and isinstance(outcome, Stored)):
            return answer
        agreement, _ = compiled(opening.text)
        return replace(answer, unseated=unseated(agreement, outcome.event.members))

    def _held(self, look: Look) -> Held:
        return self.kernel.held(look.deal, look.state, lambda: self.store.read.history(look.deal.id)[: look.version])

    def _present(self, recorded_at: datetime) -> datetime:
        """The present, or the last entry if the clock has gone back since."""
        return max(self.clock.now(), recorded_at)


def deal_id(person: str, key: str) -> str:
    """The id of the deal that a person opens under a key: always the same, and nobody else's."""
    return hashlib.sha256(canonical(["deal", person, key]).encode()).hexdigest()[:32]


__all__ = ["Accepted", "Ask", "BeforeOpening", "Held", "Preview", "Reading", "SeatAsk", "Service", "Terms"]
