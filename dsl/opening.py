"""How a deal begins: its blanks filled, its roles held, and what exists from signing entered.

What an amendment adds to that comes to be when it takes effect; what there was stays what it was."""

from collections.abc import Iterator

from dsl import terms as t
from dsl.compile import Agreement
from dsl.effects import digest_of
from dsl.entries import find
from dsl.events import Malformed, Opened
from dsl.state import Entry, Filling, State
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


def with_rows(agreement: Agreement, state: State) -> State:
    """The state with an entry of now for each row at signing of which there is none yet."""
    for row in agreement.terms.rows:
        if find(state, (), row.name) is None:
            digest, number = digest_of(row.kind, "", row.fields), len(state.entries) + 1
            entry = Entry(number, row.kind, row.name, "", state.now, row.section, row.fields, digest=digest)
            state = state.put(entry)
    return state


def against_rows(agreement: Agreement, state: State, after: t.Terms) -> Iterator[str]:
    """Why the rows at signing of an amended text cannot be had: those there are stay as they are, others come to be."""
    stated = {row.name: (row.kind, row.fields) for row in after.rows}
    before = {row.name: row for row in agreement.terms.rows}
    for row in before.values():
        if stated.get(row.name) != (row.kind, row.fields):
            yield (
                f'"{row.name}" exists since signing as it was stated then, and an amendment cannot make it another. '
                f"Keep its sentence word for word (`{row.text}`), and add a row under a new name."
            )
    for name in stated:
        taken = find(state, (), name) if name not in before else None
        if taken is not None:
            yield f'There already is a {taken.kind} named "{name}". Choose another name for the row.'
