"""The engine as the store asks for it: openings and attempts in, entries of the log with their answers out.

A body that comes in says what a person asked for, word for word; the entry that is kept says what it meant, so that a
log replays without asking anything but the text the deal is pinned to. The state that is kept beside the log is the
deal's state together with who acts for whom.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from api import codec
from api.acts import Unreadable, acting, read_act
from api.editions import Broken, compiled
from api.evidence.signature import Act, SignatureError, require_fits
from api.lru import Lately
from api.opening import opening_problems, read_blanks, read_fillers, read_seats
from api.receipt import basis_of
from api.seats import (
    NotSeated,
    Seat,
    SeatAsk,
    Seating,
    answer_to_seating,
    filler_of,
    is_seating,
    members_of,
    not_acting,
    seated,
    seating,
)
from api.seats import folded as seats_folded
from api.stating import plain_act
from api.store import Command, Decision, Invalid, Kind, Member, Opening, StoredDeal, StoredEvent, canonical
from api.store import History as ReadHistory
from api.store.codec import MICROSECOND, Json, from_microseconds, to_microseconds
from dsl import history as histories
from dsl.actions import Attempt
from dsl.compile import Agreement
from dsl.engine import VERSION, advance, in_force
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.history import History, Record, folded
from dsl.possibilities import section_of
from dsl.replay import fold
from dsl.saying import say_instant
from dsl.sections import clause_of
from dsl.state import Change, State
from dsl.views import words_of_attempt

FORMAT: Final = "10"
"""The version of what this module writes; with that of the engine it names the rules that made a state."""

STATES_KEPT: Final = 256
Log = tuple[Opened, tuple[Record, ...]]
"""The opening and the records that a log holds."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept beside the log: the state, which person acts for which party, and for whom acts must be signed."""

    state: State
    seats: tuple[Seat, ...] = ()
    keyed: tuple[str, ...] = ()


class Kernel:
    """The `Handler` of the store, on the language."""

    def __init__(self) -> None:
        self._held: Lately[str, Held] = Lately(STATES_KEPT)

    @property
    def engine_version(self) -> str:
        """Names the rules that made a state."""
        return f"{VERSION}/{FORMAT}"

    # ---------------------------------------------------------------- the store

    def open(self, opening: Opening, at: datetime) -> Decision | Invalid:
        """Open a deal under a text: who acts for whom, who fills the roles, and the blanks filled at signing."""
        try:
            agreement, _ = compiled(opening.text)
        except Broken as error:
            return invalid("NOT_AN_AGREEMENT", error.report)
        body = json.loads(opening.body)
        wrong = tuple(opening_problems(agreement, body, opening.actor))
        if wrong:
            return invalid("NOT_UNDERSTOOD", *wrong)
        seats = read_seats(agreement, body["seats"])
        opened = Opened(at, read_fillers(agreement, body["fillers"]), read_blanks(agreement, body["blanks"]))
        begun = histories.begin(agreement, opened)
        if isinstance(begun, Malformed):
            return invalid("NOT_UNDERSTOOD", *begun.problems)
        members: tuple[Member, ...] = tuple((person, party, True) for person, party in seats)
        changes = codec.to_json(begun.state.changes, codec.Changes)
        answer = canonical({"outcome": "opened", "changes": changes, "basis": basis_of(agreement)})
        keyed = tuple(sorted({each for name in body.get("keyed", ()) for each in agreement.members(name)}))
        state = self.write(Held(begun.state, _at_opening(begun.state, members), keyed))
        entry = _with_more(opened, Opened, {"keyed": list(keyed)} if keyed else {})
        return Decision("opened", at, agreement.terms.zone, entry, answer, state, members)

    def decide(
        self, deal: StoredDeal, state: str | None, history: ReadHistory, command: Command, at: datetime
    ) -> Decision | Invalid:
        """Accept or refuse an attempt. A fact that comes late is decided as of the instant it happened."""
        agreement, _ = compiled(deal.text)
        held = self.held(deal, state, history)
        asked = json.loads(command.body)
        if "seat" in asked:
            return self.seat(agreement, held, command.actor, SeatAsk(command.deal, **asked["seat"]), at)
        if "acts" in asked:
            return self.several(deal, held, history, command, asked["acts"], at)
        return self.one(deal, held, lambda: log_of(history()), command, asked, at)

    def several(
        self,
        deal: StoredDeal,
        held: Held,
        history: ReadHistory,
        command: Command,
        acts: Sequence[dict[str, Any]],
        at: datetime,
    ) -> Decision | Invalid:
        """Accept all of several acts, each a microsecond after the one before and an entry of its own; or none."""
        made: list[Decision] = []
        records: list[Record] = []

        def log() -> Log:
            opened, before = log_of(history())
            return opened, (*before, *records)

        for number, (asked, key) in enumerate(zip(acts, command.keys, strict=True)):
            when = at + number * MICROSECOND
            found = self.one(deal, held, log, replace(command, key=key, more_keys=()), asked, when)
            if isinstance(found, Invalid):
                wrong = json.loads(found.answer)
                told = (f"Act {number + 1} of {len(acts)}: {each}" for each in wrong["problems"])
                return invalid(wrong["code"], *told)
            if found.kind == "refused":
                why: dict[str, Json] = {
                    "act": number + 1,
                    "answer": json.loads(found.answer),
                    "at": to_microseconds(when),
                }
                return Invalid(canonical({"code": "REFUSED", "outcome": "invalid", "problems": [], "refused": why}))
            made.append(found)
            records.append(Record(codec.read_attempted(found.body), when))
            held = self.read(found.state)
        return replace(made[0], then=tuple(made[1:]))

    def one(
        self,
        deal: StoredDeal,
        held: Held,
        log: Callable[[], Log],
        command: Command,
        asked: dict[str, Any],
        at: datetime,
    ) -> Decision | Invalid:
        """Accept or refuse one act; `log` is what the deal has come from."""
        agreement, _ = compiled(deal.text)
        tried = self.attempt(agreement, held, command.actor, asked, at)
        if isinstance(tried, Invalid):
            return tried
        happened = from_microseconds(asked["happenedAt"]) if asked["happenedAt"] is not None else at
        late = happened <= held.state.now
        known: Log = log() if late else (Opened(held.state.opened), ())
        after, event = histories.attempt(History(agreement, *known, held.state), tried, happened, at)
        if isinstance(event, Malformed):
            return invalid("NOT_UNDERSTOOD", *event.problems)
        answer = answer_to(agreement, held.state, after.state, event)
        signed = signed_part(deal, command, asked, str(answer["act"]), held.keyed)
        if isinstance(signed, Invalid):
            return signed
        kept = self.write(replace(held, state=after.state))
        kind: Kind = "accepted" if isinstance(event, Acted) else "refused"
        entry = _with_more(event, codec.Attempted, signed)
        return Decision(kind, event.at, agreement.terms.zone, entry, canonical(answer), kept)

    def seat(self, agreement: Agreement, held: Held, actor: str, asked: SeatAsk, at: datetime) -> Decision | Invalid:
        """Seat a person for a party, or revoke a seat; nothing else in the deal changes by it."""
        state = advance(agreement, held.state, at)
        done = seating(in_force(agreement, state), held.seats, state, actor, asked, held.keyed)
        if isinstance(done, NotSeated):
            return invalid(done.code, done.problem)
        kept = self.write(replace(held, seats=seated(held.seats, done)))
        body, answer = codec.write(done, Seating), answer_to_seating(done, basis_of(in_force(agreement, state)))
        return Decision("accepted", at, agreement.terms.zone, body, answer, kept, members_of(done))

    def replay(self, deal: StoredDeal, history: Sequence[StoredEvent]) -> str:
        """The state that the entries lead to."""
        return self.write(self.folded(deal, history))

    # ------------------------------------------------------------------- pieces

    def attempt(
        self, agreement: Agreement, held: Held, person: str, asked: dict[str, Any], at: datetime
    ) -> Attempt | Invalid:
        """What a person tries to do, or why that cannot even be put to the agreement."""
        party = asked["as"]
        actor, by = acting(party)
        seat = by if by and not by.startswith('"') else actor
        now = advance(agreement, held.state, at)
        barred = not_acting(in_force(agreement, now), held.seats, now, person, seat, held.keyed)
        if barred:
            return invalid("NOT_YOUR_PARTY", barred)
        if asked["happenedAt"] is not None and from_microseconds(asked["happenedAt"]) > at:
            return invalid("NOT_YET", _ahead(agreement, from_microseconds(asked["happenedAt"]), at))
        try:
            law = in_force(agreement, held.state)
            tried = read_act(law, held.state, party, plain_act(law, asked["act"]))
        except Unreadable as error:
            return invalid("NOT_UNDERSTOOD", *error.problems)
        return replace(tried, keyed="signed" in asked)

    def write(self, held: Held) -> str:
        """What is held, as the text that is kept."""
        text = codec.write(held, Held)
        self._held.put(text, held)
        return text

    def read(self, text: str) -> Held:
        """What a kept text holds."""
        held = self._held.get(text)
        if held is None:
            held = codec.read(text, Held)
            self._held.put(text, held)
        return held

    def held(self, deal: StoredDeal, state: str | None, history: ReadHistory) -> Held:
        """What is held of a deal: as it is kept, or folded from the log where nothing is kept or that is damaged."""
        agreement, _ = compiled(deal.text)
        try:
            held = self.read(state) if state is not None else None
        except codec.Undecodable:
            held = None
        return held if held is not None and held.state.agreement == agreement.digest else self.folded(deal, history())

    def folded(self, deal: StoredDeal, events: Sequence[StoredEvent]) -> Held:
        """What the whole log leads to."""
        history = history_of(deal, events)
        opened = fold(history.agreement, history.opened, ())
        keyed = tuple(json.loads(events[0].body).get("keyed", ()))
        return Held(history.state, seats_folded(_at_opening(opened, events[0].members), events[1:]), keyed)


def history_of(deal: StoredDeal, events: Sequence[StoredEvent]) -> History:
    """The history that a log holds, folded to its end."""
    agreement, _ = compiled(deal.text)
    opened, records = log_of(events)
    return History(agreement, opened, records, folded(agreement, opened, records))


def log_of(events: Sequence[StoredEvent]) -> Log:
    """The opening and the records that a log holds."""
    tried = (event for event in events[1:] if not is_seating(event))
    records = tuple(Record(codec.read_attempted(event.body), event.recorded_at) for event in tried)
    return codec.read(events[0].body, Opened), records


def answer_to(agreement: Agreement, before: State, after: State, event: Acted | Refused) -> dict[str, Json]:
    """What the person who tried is told, and everybody who reads the log later."""
    law = in_force(agreement, before)
    answer: dict[str, Json] = {
        "as": event.attempt.actor,
        "act": words_of_attempt(law.terms, event.attempt, after),
        "section": event.section or section_of(law, event.attempt.action),
        "changes": codec.to_json(new_changes(before, after), codec.Changes),
        "basis": basis_of(law),
    }
    match event:
        case Acted():
            return {**answer, "outcome": "accepted", "note": event.note}
        case Refused():
            reasons, clause = codec.to_json(event.reasons, codec.Reasons), clause_of(law, str(answer["section"]))
            told: dict[str, Json] = {"summary": event.summary, "reasons": reasons}
            return {**answer, **told, "outcome": "refused", "clause": clause.section if clause is not None else ""}


def new_changes(before: State, after: State) -> tuple[Change, ...]:
    """The changes that one state has and an earlier one had not."""
    old = list(before.changes)
    new = []
    for change in after.changes:
        if change in old:
            old.remove(change)
        else:
            new.append(change)
    return tuple(new)


def _ahead(agreement: Agreement, happened: datetime, now: datetime) -> str:
    """What is told of an act that is said to have happened later than now."""
    when, today = (say_instant(each, agreement.terms.zone) for each in (happened, now))
    return (
        f"What is said to have happened at {when} lies in the future: it is {today}. Leave the instant out for what "
        "happens now, or come back when it has happened."
    )


def _with_more(value: Any, kind: Any, more: Mapping[str, Json]) -> str:
    """The body of an entry: what happened, and beside it what the language does not know of."""
    written = codec.to_json(value, kind)
    assert isinstance(written, Mapping)  # noqa: S101 -- both kinds are dataclasses
    return canonical({**written, **more})


def signed_part(
    deal: StoredDeal, command: Command, asked: dict[str, Any], words: str, keyed: Sequence[str]
) -> Mapping[str, Json] | Invalid:
    """The signature with what was signed, as the entry keeps it; or why the act cannot stand with it, or without."""
    signed = asked.get("signed")
    if signed is None:
        party, _ = acting(asked["as"])
        if party not in keyed:
            return {}
        return invalid("SIGNATURE_NEEDED", f"In this deal every act of {party} is signed with a registered key.")
    act = Act(
        deal.id, deal.agreement_sha256, command.actor, asked["as"], asked["act"], asked["happenedAt"], command.key
    )
    try:
        text = act.text(signed["effect"], signed["key"])
        require_fits(signed["key"], signed["signature"], text)
    except SignatureError as error:
        return invalid("BAD_SIGNATURE", f"This is not signed as it should be: {error}.")
    if signed["effect"] != words:
        return invalid("NOT_AS_SIGNED", f"What was signed is `{signed['effect']}`. What would be done is `{words}`.")
    return {"signed": {"key": signed["key"], "signature": signed["signature"], "text": text}}


def invalid(code: str, *problems: str) -> Invalid:
    """An answer to what cannot be understood."""
    return Invalid(canonical({"code": code, "outcome": "invalid", "problems": list(problems)}))


def _at_opening(state: State, members: Sequence[Member]) -> tuple[Seat, ...]:
    return tuple(Seat(person, party, filler_of(state, party)) for person, party, _ in members)
