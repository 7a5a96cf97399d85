"""What another section yields to can come into force."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic
from dsl.resolve.sections import ancestors
from dsl.rules.acts_of import norms
from dsl.terms import Terms


def idle_edges(terms: Terms) -> Iterator[Diagnostic]:
    """An edge by suspension or replacement to a section without a duty, power or ban, and without a condition.

    A section displaces another while its duty or ban is in force, or once its power is used. A section that has none
    never does, so the priority that the author wrote down would silently mean nothing.
    """
    binding = {above for provision, _ in norms(terms) for above in ancestors(provision.cited)}
    for edge in terms.edges:
        if edge.mode in ("suspension", "replacement") and edge.condition is None and edge.upper not in binding:
            yield Diagnostic(
                f"Section {edge.upper} never displaces anything",
                edge.span,
                "it has no duty, power or ban",
                f"Section {edge.lower} would yield to it while it is in force, and nothing in it can be.",
                "Add `while ... applies` to say when, or name the section that binds.",
                section=edge.lower,
            )
