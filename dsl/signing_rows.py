"""The rows at signing as entries: at the opening, and what an amendment adds to them when it takes effect.

What there was stays what it was: a text that states it otherwise, or not at all, cannot amend the agreement.
"""

from collections.abc import Iterator

from dsl import terms as t
from dsl.compile import Agreement
from dsl.effects import digest_of
from dsl.entries import find
from dsl.state import Entry, State


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
