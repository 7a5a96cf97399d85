"""The rows at signing as entries: at the opening, and what an amendment adds to them or states otherwise when it takes
effect.

A row that there is stays: a text that leaves it out, or makes it an entry of another kind, cannot amend the agreement.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl import terms as t
from dsl.compile import Agreement
from dsl.effects import digest_of
from dsl.entries import find
from dsl.reasons import a_noun
from dsl.state import Entry, State


def with_rows(agreement: Agreement, state: State) -> State:
    """The state with an entry of now for each row at signing of which there is none yet."""
    for row in agreement.terms.rows:
        if find(state, (), row.name) is None:
            digest, number = digest_of(row.kind, "", row.fields), len(state.entries) + 1
            entry = Entry(number, row.kind, row.name, "", state.now, row.section, row.fields, digest=digest)
            state = state.put(entry)
    return state


def restated_rows(before: Agreement, law: Agreement, state: State) -> Iterator[Entry]:
    """The rows at signing of which an amended text states other fields, each as it then is.

    A row keeps its digest, so what was said about it before goes on being about it.
    """
    was = {row.name: row for row in before.terms.rows}
    for row in law.terms.rows:
        if row.name in was and was[row.name].fields != row.fields:
            entry = find(state, (was[row.name].kind,), row.name)
            assert entry is not None
            yield replace(entry, fields=row.fields)


def against_rows(agreement: Agreement, state: State, after: t.Terms) -> Iterator[str]:
    """Why the rows at signing of an amended text cannot be had: none there is can be left out, others come to be."""
    stated = {row.name: row.kind for row in after.rows}
    before = {row.name: row for row in agreement.terms.rows}
    for row in before.values():
        if stated.get(row.name) != row.kind:
            yield (
                f'"{row.name}" exists since signing, and an amendment can neither take it away nor make it anything '
                f"but {a_noun(row.kind)}. Keep its sentence (`{row.text.rstrip('.')}`), with other figures "
                "if they change, and add a row under a new name."
            )
    for name in stated:
        taken = find(state, (), name) if name not in before else None
        if taken is not None:
            yield f'There already is a {taken.kind} named "{name}". Choose another name for the row.'
