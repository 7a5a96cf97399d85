"""Who may act for whom. A seat is good only while the role is filled by whom it was filled when the seat was given.

When a successor becomes the Escrow Agent, the persons of the old one still see the deal, but no longer act in it; the
successor's persons are seated anew. What is left to be done by the old one, in its own name between quotation marks,
they still do. Giving and revoking a seat is an entry of the log like any other, and its body says
who filled the role, so that a replay need not ask.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from api import codec
from api.store import Member, StoredEvent, canonical
from api.store.codec import Json
from dsl.compile import Agreement
from dsl.diagnostics import did_you_mean
from dsl.lookalikes import lookalike, unclear
from dsl.state import State
from dsl.views.norms import own_names
from dsl.wellformed import actors

SOMEBODY: Final = ("party", "person", "court", "counsel", "payee")
HOW: Final = "`clausula seat --operator`, or `seatFirst` over GraphQL"
"""How the first person of a party is seated."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person acts for a party, as long as this one fills it."""

    person: str
    party: str
    filler: str = ""


@dataclass(frozen=True, slots=True)
class Seating:
    """What an entry of the log holds that gives a seat or revokes it; `operator` names who keeps the database."""

    seat: Seat
    acts: bool
    operator: str = ""


@dataclass(frozen=True, slots=True)
class SeatAsk:
    """A seat as a client asks for it: in which deal, for which party and person, and whether to give or revoke it."""

    deal: str
    party: str
    person: str
    acts: bool
    operator: bool = False

    @property
    def body(self) -> str:
        """The one text of it, by which two requests are the same."""
        asked: dict[str, Json] = {
            "acts": self.acts,
            "operator": self.operator,
            "party": self.party,
            "person": self.person,
        }
        return canonical({"seat": asked})


@dataclass(frozen=True, slots=True)
class NotSeated:
    """Why somebody cannot be seated, or cannot lose the seat."""

    code: str
    problem: str


def filler_of(state: State, party: str) -> str:
    """Who fills a role, by name; empty if the agreement names nobody."""
    return state.fillers.get(party, "")


def acting(seats: Iterable[Seat], state: State, party: str) -> tuple[str, ...]:
    """Who validly acts for a party in a state; for one by its own name also who was seated while it filled a role."""
    return tuple(
        dict.fromkeys(
            each.person
            for each in seats
            if (each.party == party and each.filler == filler_of(state, party)) or f'"{each.filler}"' == party
        )
    )


def members(seats: Iterable[Seat], state: State) -> tuple[Member, ...]:
    """Every seat, with whether it is good in a state."""
    return tuple((each.person, each.party, each.filler == filler_of(state, each.party)) for each in seats)


def parties_of(agreement: Agreement, seats: tuple[Seat, ...], state: State, person: str) -> tuple[str, ...]:
    """The parties that a person validly acts for in a state, sorted, and whoever has still to act under an own name."""
    mine = {party for who, party, acts in members(seats, state) if acts and who == person}
    own = {name for name in own_names(agreement, state) if person in acting(seats, state, name)}
    return tuple(sorted(mine | own))


def not_acting(
    agreement: Agreement, seats: tuple[Seat, ...], state: State, person: str, party: str, signing: Collection[str] = ()
) -> str | None:
    """Why a person does not act for a party, and who gives a seat for it; None if he or she acts for it.

    `signing` are the parties for whom every act is signed, so that who acts for them seats nobody.
    """
    now = acting(seats, state, party)
    if person in now:
        return None
    if any((each.person, each.party) == (person, party) for each in seats):
        filler = filler_of(state, party)
        filled = f"filled by {filler}" if filler else "vacant"
        before = f"The role {party} is now {filled}, and your seat is from before."
        return f"{before} {_who_seats(now, state, party, party in signing)}"
    yours = parties_of(agreement, seats, state, person)
    hint = did_you_mean(party, yours) or f"You act for {', '.join(yours) or 'nobody now'}."
    if not now and party in _can_be_acted_for(agreement, state):
        hint = f"{hint} {_who_seats(now, state, party, party in signing)}"
    return f"You do not act for {party} in this deal. {hint}"


def _who_seats(now: tuple[str, ...], state: State, party: str, signed: bool) -> str:
    """Whom to ask for a seat, where some people or nobody act for a party."""
    if now and signed:
        return f"As every act for it is signed, nobody is seated beside {', '.join(now)}."
    if now:
        return f"Ask {' or '.join(now)}, who {'act' if len(now) > 1 else 'acts'} for it now, to seat you."
    if state.vacant(party) is not None:
        return f"Once somebody fills {party}, whoever operates the service seats the first person for it ({HOW})."
    return f"Nobody acts for it now: ask whoever operates the service to seat the first person ({HOW})."


def unseated(agreement: Agreement, given: Iterable[Member]) -> tuple[str, ...]:
    """The parties that could act, and for which nobody was seated at the opening."""
    taken = {party for _, party, _ in given}
    return tuple(name for name in actors(agreement) if name not in taken)


# -------------------------------------------------------------------- seating


def cannot_seat(
    agreement: Agreement,
    seats: tuple[Seat, ...],
    state: State,
    actor: str,
    asked: SeatAsk,
    signing: Collection[str] = (),
) -> NotSeated | None:
    """Why somebody gives and revokes no seat for a party, whosever it is; None where that is for him or her.

    Who keeps the service need not have a seat in the deal, and so is told nobody's name.
    """
    party, known = asked.party, _can_be_acted_for(agreement, state)
    if party not in known:
        near = did_you_mean(party, known) or f"The parties are {', '.join(known)}."
        hint = "Write the party as the agreement names it." if asked.operator else near
        return NotSeated("NOT_UNDERSTOOD", f"`{party}` is nobody a person can act for. {hint}")
    if asked.operator:
        barred = _operator_barred(bool(acting(seats, state, party)), party, asked.acts)
    else:
        barred = not_acting(agreement, seats, state, actor, party, signing)
    if barred:
        return NotSeated("NOT_YOUR_PARTY", barred)
    if party in signing and not asked.operator:
        problem = (
            f"In this deal every act of {party} is signed, and a seat is not: who acts for {party} gives and revokes "
            "none. Whoever operates the service seats the first person where nobody acts for it."
        )
        return NotSeated("SIGNATURE_NEEDED", problem)
    return None


def seating(
    agreement: Agreement,
    seats: tuple[Seat, ...],
    state: State,
    actor: str,
    asked: SeatAsk,
    signing: Collection[str] = (),
) -> Seating | NotSeated:
    """What a request for a seat comes to. Who keeps the service may seat the first person of a role, and no more.

    Where the acts of a party must be signed, nobody gets to act for it by less than that.
    """
    barred = cannot_seat(agreement, seats, state, actor, asked, signing)
    if barred is not None:
        return barred
    person, party, now = asked.person, asked.party, acting(seats, state, asked.party)
    unclear_name = _unclear_name(asked, [each.person for each in seats]) if asked.acts else None
    if unclear_name is not None:
        return NotSeated("NOT_UNDERSTOOD", unclear_name)
    if asked.acts and person in now:
        return NotSeated("NOT_UNDERSTOOD", f"{person} acts for {party} already.")
    if not asked.acts and person not in now:
        return NotSeated("NOT_UNDERSTOOD", f"{person} does not act for {party}.")
    if not asked.acts and len(now) == 1:
        return NotSeated("LAST_SEAT", f"Nobody but {person} acts for {party}. Seat somebody else first.")
    return Seating(Seat(person, party, filler_of(state, party)), asked.acts, actor if asked.operator else "")


def _can_be_acted_for(agreement: Agreement, state: State) -> tuple[str, ...]:
    """Everybody a person can act for: the parties, and by its own name whoever has still to do something."""
    parties = (each.name for each in agreement.terms.parties.values() if each.role in SOMEBODY)
    return (*parties, *own_names(agreement, state))


def _unclear_name(asked: SeatAsk, others: list[str]) -> str | None:
    """Why a name may not stand beside those of a deal; who keeps the service is not told which one it looks like."""
    told = next(problems_of_name(asked.person, others), None)
    if told is None or not asked.operator or told == next(problems_of_name(asked.person, ()), None):
        return told
    return f"The name `{asked.person}` looks like that of somebody else in the deal. Choose another."


def problems_of_name(name: str, others: Iterable[str]) -> Iterator[str]:
    """Why a name may not stand beside others: nobody can tell it by sight, or tell it from one of them."""
    wrong = unclear(name)
    if wrong is not None:
        yield f"The name `{name}` {wrong}."
    twin = lookalike(name, others)
    if twin is not None:
        yield f"The name `{name}` looks like `{twin}`, and is another one. Write it as that one is, or choose another."


def _operator_barred(taken: bool, party: str, acts: bool) -> str | None:
    if not acts:
        return f"Only who acts for {party} can revoke a seat of it."
    if taken:
        return f"Somebody acts for {party}, and seats others: only the first is seated by who operates the service."
    return None


def seated(seats: tuple[Seat, ...], done: Seating) -> tuple[Seat, ...]:
    """The seats after one was given or revoked."""
    others = tuple(each for each in seats if (each.person, each.party) != (done.seat.person, done.seat.party))
    return (*others, done.seat) if done.acts else others


def members_of(done: Seating) -> tuple[Member, ...]:
    """What changes in who sees the deal."""
    return ((done.seat.person, done.seat.party, done.acts),)


def answer_to_seating(done: Seating, basis: Mapping[str, str]) -> str:
    """What is told about it, and rests on what, at once and to everybody who reads the log later."""
    seat = done.seat
    words = (
        f"seat {seat.person} for {seat.party}" if done.acts else f"revoke the seat of {seat.person} for {seat.party}"
    )
    told: dict[str, Json] = {
        "outcome": "accepted",
        "as": "" if done.operator else seat.party,
        "act": f"{words}, as the operator" if done.operator else words,
        "section": "",
        "note": "",
        "changes": [],
        "basis": basis,
    }
    return canonical(told)


def is_seating(event: StoredEvent) -> bool:
    """Whether an entry gives or revokes a seat: after the opening, no other says who is a member."""
    return event.kind == "accepted" and bool(event.members)


def folded(seats: tuple[Seat, ...], events: Iterable[StoredEvent]) -> tuple[Seat, ...]:
    """The seats that a log leads to, from those of the opening."""
    for event in events:
        if is_seating(event):
            seats = seated(seats, codec.read(event.body, Seating))
    return seats
