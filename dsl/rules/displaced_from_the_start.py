"""A section that gives way can be in force before it does."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.rules.acts_of import norms
from dsl.terms import Ban, Duty, Terms


def displaced_from_the_start(terms: Terms) -> Iterator[Diagnostic]:
    """An edge by replacement to a section whose duty or ban holds from the opening.

    A duty or ban displaces as soon as it is in force, and replacement is for good. So the section that yields is
    superseded when the deal opens, and nothing in it ever holds: as if it had not been written.
    """
    always: dict[str, str] = {}
    for provision, norm in norms(terms):
        if isinstance(norm, Duty | Ban) and norm is provision.statement and not (provision.trigger or provision.rows):
            for above in ancestors(provision.cited):
                always.setdefault(above, provision.cited)
    yielding = {above for provision, _ in norms(terms) for above in ancestors(provision.cited)}
    for edge in terms.edges:
        if edge.mode == "replacement" and edge.condition is None and edge.upper in always and edge.lower in yielding:
            yield Diagnostic(
                f"Section {edge.lower} never holds",
                edge.span,
                "replaced as soon as the deal opens",
                f"Section {always[edge.upper]} holds from the opening, and replaces section {edge.lower} for good.",
                f"Say when it does: `while ... applies`, or let section {always[edge.upper]} wait for something.",
                Severity.WARNING,
                edge.lower,
            )
