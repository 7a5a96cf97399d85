"""Every kind of entry can come about."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic
from dsl.resolve.words import a, sentence
from dsl.rules.acts_of import name_at, norms, statements
from dsl.terms import Ban, Enter, Occurs, Terms


def unmakeable_kinds(terms: Terms) -> Iterator[Diagnostic]:
    """A kind without `signed by` or `made by`, which no sentence makes occur and nobody may or must make.

    Whatever waits for such an entry waits for ever.
    """
    made = {statement.kind for _, statement in statements(terms) if isinstance(statement, Occurs)}
    made |= {row.kind for row in terms.rows}
    for _, norm in norms(terms):
        if isinstance(norm.act, Enter) and not isinstance(norm, Ban):
            made |= set(norm.act.kinds)
    for kind in terms.kinds.values():
        if not (kind.signers or kind.makers or kind.every or kind.name in made or kind.preset == "movement"):
            event = kind.preset == "event"
            yield Diagnostic(
                f"Nobody can make {a(kind.name)}",
                name_at(kind.name, kind.span),
                "no sentence brings it about" if event else "neither `signed by` nor `made by`",
                f"{sentence(a(kind.name))} that never comes about fulfils no condition.",
                f"Add `made by ...`, or `then {a(kind.name)} occurs`.",
                section=kind.section,
            )
