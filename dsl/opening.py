"""How a deal begins: its blanks filled, its roles held, and what exists from signing entered."""

from dsl.compile import Agreement
from dsl.events import Malformed, Opened
from dsl.signing_rows import with_rows
from dsl.state import Filling, State
from dsl.wellformed import blank_problems


def first_state(agreement: Agreement, opened: Opened, version: str) -> State | Malformed:
    """The state of a deal in which nothing has followed yet; every required blank must be filled, and one with a
    default is."""
    blanks = agreement.terms.blanks.values()
    by_default = {blank.name: blank.default for blank in blanks if blank.default is not None}
    filled = {**by_default, **dict(opened.blanks)}
    missing = [blank.name for blank in blanks if blank.required and blank.name not in filled]
    wrong = (
        *(f"The blank {name} must be filled before the deal opens." for name in missing),
        *blank_problems(agreement, opened.blanks),
    )
    if wrong:
        return Malformed(wrong)
    described = {name: party.described for name, party in agreement.terms.parties.items() if party.described}
    fillers = {**described, **dict(opened.fillers)}
    holders = tuple(Filling(role, filler, opened.at) for role, filler in fillers.items())
    state = State(agreement.digest, version, opened.at, opened.at, blanks=filled, holders=holders)
    return with_rows(agreement, state)
