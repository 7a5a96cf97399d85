"""A deal as one of its members sees it, as of an instant."""

from collections.abc import Iterator
from typing import Annotated, cast

import strawberry

from api import answers
from api.acts import Unreadable
from api.picture import picture
from api.schema.acts import ActionsResult
from api.schema.agreements import Clause, Party, Remark
from api.schema.answers import Invalid
from api.schema.conditions import Checklist, Reason
from api.schema.contents import Content, Papers, with_contents, with_their_entries
from api.schema.context import Info
from api.schema.described import field
from api.schema.explaining import Receipt
from api.schema.money import Cap, Fund, Movement, Paid
from api.schema.nodes import Named, checklist_named, home_of, movements_named, norm_named
from api.schema.norms import Ambiguity, Blank, Change, Divergence, Norm, Undecided
from api.schema.pages import USUAL, After, Connection, First, Keyed, in_order, page_of
from api.schema.papers import Document, Entry
from api.schema.questions import For, Questions, available
from api.schema.scalars import Instant, Sequence
from api.service import Reading
from api.store.codec import to_microseconds
from dsl import terms as t
from dsl import views
from dsl.fallen import divergences

AskResult = Annotated[Reason | Invalid, strawberry.union("AskResult")]


@strawberry.type(description="Who acts for whom in a deal.")
class Seat:
    """A person and a party."""

    party: str
    person: str
    acts: bool = strawberry.field(
        description="Whether the seat is good: the role is still filled by whom it was filled when the seat was given."
    )


@strawberry.type(description="Who fills a role now.")
class RoleFiller:
    """A role and its filler."""

    role: str
    filler: str


@strawberry.type(description="A party, person or group of the agreement as it is in this deal.")
class DealParty:
    """A party with who fills its role and who acts for it."""

    party: strawberry.Private[t.Party]
    reading: strawberry.Private[Reading]

    @field("The party as the agreement has it.")
    def text(self) -> Party:
        return cast(Party, self.party)

    @strawberry.field
    def name(self) -> str:
        return self.party.name

    @field("Who fills the role now, by name; empty where the agreement and the deal name nobody.")
    def filler(self) -> str:
        return views.fillers(self.reading.law, self.reading.state).get(self.party.name, "")

    @field("The people who act for it now.")
    def people(self) -> list[str]:
        return [person for person, party, acts in self.reading.seats if acts and party == self.party.name]

    @field("What it bears: duties, powers and bans; of one status, if given.")
    def norms(self, status: str | None = None, first: First = USUAL, after: After = None) -> Connection[Norm]:
        return norm_page(self.reading, self.party.name, status, first, after)


@strawberry.type(description="A deal: an agreement that runs, as of an instant.")
class Deal(Questions):
    """Shows a `Reading`."""

    @field("The deal itself, of whatever instant this is: hand it back as `dealId`, to ask about it and to act in it.")
    def deal_id(self) -> strawberry.ID:
        return strawberry.ID(self.reading.deal.id)

    @field("The agreement by its name in the catalogue.")
    def agreement(self) -> str:
        return self.reading.deal.agreement

    @strawberry.field
    def title(self) -> str:
        return self.reading.law.terms.title

    @field("SHA-256 of the text the deal is pinned to.")
    def agreement_sha256(self) -> str:
        return self.reading.deal.agreement_sha256

    @field("The text the deal is pinned to, before any amendment.")
    def text(self) -> str:
        return self.reading.deal.text

    @field("How many entries the log has; hand it back as `expectedVersion`.")
    def version(self) -> Sequence:
        return Sequence(self.reading.version)

    @field("The seal of the last entry.")
    def seal(self) -> str:
        return self.reading.hash

    @strawberry.field
    def opened_at(self) -> Instant:
        return Instant(self.reading.deal.opened_at)

    @field("When the last entry was recorded.")
    def recorded_at(self) -> Instant:
        return Instant(self.reading.recorded_at)

    @field("The instant this state is of.")
    def as_of(self) -> Instant:
        return Instant(self.reading.state.now)

    @field("What everything told of this deal here rests on.")
    def receipt(self) -> Receipt:
        return Receipt.shown(self.reading.receipt)

    @field("The parties you act for now.")
    def your_parties(self) -> list[str]:
        return list(self.reading.parties)

    @strawberry.field
    def seats(self) -> list[Seat]:
        return [Seat(party=party, person=person, acts=acts) for person, party, acts in self.reading.seats]

    @strawberry.field
    def roles(self) -> list[RoleFiller]:
        return [
            RoleFiller(role=role, filler=filler)
            for role, filler in views.fillers(self.reading.law, self.reading.state).items()
        ]

    @field(
        "When the agreement ended; null while it runs, and while a blank or a reading leaves open whether it has: "
        '`ask(condition: "this agreement has terminated")` tells the two apart.'
    )
    def terminated_at(self) -> Instant | None:
        at, _ = views.ended(self.reading.state)
        return Instant(at) if at is not None else None

    @field("The section it ended under.")
    def terminated_by(self) -> str:
        return views.ended(self.reading.state)[1]

    @field("Who is freed from further duties.")
    def discharged(self) -> list[str]:
        return list(views.discharged(self.reading.state))

    # ------------------------------------------------------------------- money

    @strawberry.field
    def funds(self) -> list[Fund]:
        return cast(list[Fund], views.funds(self.reading.law, self.reading.state))

    @strawberry.field
    def paid(self) -> list[Paid]:
        return cast(list[Paid], views.paid(self.reading.law, self.reading.state))

    @field("Money that moved, the oldest first.")
    def movements(self, first: First = USUAL, after: After = None) -> Connection[Movement]:
        found = cast(list[Movement], list(movements_of(self.reading)))
        return page_of(in_order(found, (each.at for each in found)), first, after)

    @strawberry.field
    def caps(self) -> list[Cap]:
        return cast(list[Cap], views.caps(self.reading.law, self.reading.state))

    # ------------------------------------------------------------------ papers

    @strawberry.field
    def documents(self, info: Info) -> list[Document]:
        found = views.documents(self.reading.law, self.reading.state)
        return cast(list[Document], with_their_entries(found, papers_of(info, self.reading)))

    @field(
        "The files that are held for this deal or were, as it is now and the oldest first; those that its log names, "
        "or those that it does not, if given."
    )
    async def contents(
        self, info: Info, named: bool | None = None, first: First = USUAL, after: After = None
    ) -> Connection[Content]:
        found = await papers_of(info, self.reading).contents(named)
        keyed = (((to_microseconds(at), each.sha256), each) for each in found if (at := each.held_at) is not None)
        return page_of(keyed, first, after, (int, str))

    @field("What was written, said, found or registered, in the order of the log; of one kind or sort, if given.")
    def entries(
        self,
        info: Info,
        kind: str | None = None,
        sort: str | None = None,
        first: First = USUAL,
        after: After = None,
    ) -> Connection[Entry]:
        found = entries_of(self.reading, papers_of(info, self.reading))
        placed = in_order(found, (each.at for each in found))
        asked = (each for each in placed if kind in (None, each[1].kind) and sort in (None, each[1].sort))
        return page_of(asked, first, after)

    @field("The latest entry of a name.")
    def entry(self, info: Info, name: str) -> Entry | None:
        found = [each for each in entries_of(self.reading, papers_of(info, self.reading)) if each.name == name]
        return found[-1] if found else None

    # ----------------------------------------------------- conditions and norms

    @field("What has to be met before what follows; of one section, if given.")
    def checklists(
        self, section: str | None = None, first: First = USUAL, after: After = None
    ) -> Connection[Checklist]:
        keyed = cast(list[Keyed[Checklist]], list(checklists_of(self.reading, section or "")))
        return page_of(keyed, first, after, (int, int, int))

    @field("Duties, powers and bans, in the order in which they came into being; of one bearer or status, if given.")
    def norms(
        self, bearer: str | None = None, status: str | None = None, first: First = USUAL, after: After = None
    ) -> Connection[Norm]:
        return norm_page(self.reading, bearer, status, first, after)

    @field("Every clause with how it stands; of one section or category, if given.")
    def clauses(self, section: str | None = None, category: str | None = None) -> list[Clause]:
        found = clauses_of(self.reading)
        return [each for each in found if section in (None, each.section) and category in (None, each.category)]

    @field("The truth of a condition asked in the language's own words.")
    def ask(self, info: Info, condition: str) -> AskResult:
        try:
            return cast(Reason, info.context.service.explain_question(self.reading, condition))
        except Unreadable as error:
            return cast(Invalid, answers.Invalid("NOT_UNDERSTOOD", error.problems))

    # ------------------------------------------------------------------ the rest

    @strawberry.field
    def blanks(self) -> list[Blank]:
        return cast(list[Blank], views.blanks(self.reading.law, self.reading.state))

    @strawberry.field
    def ambiguities(self) -> list[Ambiguity]:
        return cast(list[Ambiguity], views.ambiguities(self.reading.law, self.reading.state))

    @field("The story so far, line by line.")
    def changes(self, first: First = USUAL, after: After = None) -> Connection[Change]:
        found = self.reading.state.changes
        return page_of(in_order(cast(list[Change], found), (each.at for each in found)), first, after)

    @field("What stands although the log as now known would judge it otherwise, and what had happened and now has not.")
    def divergences(self) -> list[Divergence]:
        return cast(list[Divergence], divergences(self.reading.law, self.reading.state))

    @field("What a party can do, or each of yours; with what is blocked and why.")
    def available_actions(self, for_: For = None, allowed: bool | None = None) -> ActionsResult:
        return available(self.reading, for_, allowed)

    @field("The parties, with who fills each role and who acts for it.")
    def parties(self) -> list[DealParty]:
        return [DealParty(party=each, reading=self.reading) for each in self.reading.law.terms.parties.values()]

    @field("What the source leaves open, contradicts or gets wrong; see also `blanks` and `ambiguities`.")
    def open_points(self) -> list[Remark]:
        return cast(list[Remark], list(self.reading.law.terms.open_points))

    @field("What is not the same under every reading of what is ambiguous, or however what rests on a blank comes out.")
    def undecided(self) -> list[Undecided]:
        return cast(list[Undecided], views.undecided(self.reading.law, self.reading.state))

    @field("The deal as a picture, SVG with a title and a description: money paid in, held and paid out, and duties.")
    def diagram(self) -> str:
        return picture(self.reading.law, self.reading.state)


def norms_of(reading: Reading) -> list[Norm]:
    """Duties, powers and bans."""
    law, state = reading.law, reading.state
    return cast(list[Norm], [norm_named(home_of(reading), state, each) for each in views.norms(law, state)])


def norm_page(
    reading: Reading, bearer: str | None, status: str | None, first: int, after: str | None
) -> Connection[Norm]:
    """A page of them; of one bearer or status, if given."""
    found, members = norms_of(reading), reading.law.members
    asked = (
        keyed
        for keyed in in_order(found, (each.since for each in found))
        if status in (None, keyed[1].status)
        and (bearer is None or any(bearer == name or bearer in members(name) for name in keyed[1].bearers))
    )
    return page_of(asked, first, after)


def checklists_of(reading: Reading, section: str) -> Iterator[Keyed[Named]]:
    """What has to be met, in the order of the text and then of what it concerns; of one section, if given."""
    law, state = reading.law, reading.state
    nth = {each.key: number for number, each in enumerate(law.terms.provisions)}
    for each in views.checklists(law, state, section):
        provision, _, row = each.key.rpartition("#")
        at = to_microseconds(state.entry(int(row)).at) if row else 0
        yield (nth[provision], at, int(row or 0)), checklist_named(home_of(reading), state, each)


def movements_of(reading: Reading) -> Iterator[Named]:
    """Money that moved."""
    return movements_named(home_of(reading), views.movements(reading.state))


def clauses_of(reading: Reading) -> list[Clause]:
    """Every clause with how it stands."""
    found = views.clauses(reading.law, reading.state)
    return cast(list[Clause], [Named(each, "Clause", (home_of(reading), each.section)) for each in found])


def papers_of(info: Info, reading: Reading) -> Papers:
    """The way to what is held for the papers of a deal."""
    return Papers(info.context.service.store, reading.deal.id, home_of(reading))


def entries_of(reading: Reading, papers: Papers) -> list[Entry]:
    """Every entry in the order of the log."""
    return cast(list[Entry], with_contents(views.entries(reading.law, reading.state), papers))


__all__ = ["Deal", "available"]
