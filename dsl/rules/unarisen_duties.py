"""A section is performed although one of its duties has not arisen, which a reader may not expect."""

from collections.abc import Iterator

from dsl.compile import covers
from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.source import Span
from dsl.terms import Duty, PerformanceOf, Performed, Provision, Terms


def unarisen_duties(terms: Terms) -> Iterator[Diagnostic]:
    """`section 4 has been performed`, or `the performance of section 4`, where it has several duties that do not arise
    together.

    It is performed as soon as one of its duties is and none that has arisen is still owed. A duty that rests dormant
    owes nothing, so that what follows may come before it ever arises; a lawyer may mean all of them.
    """
    defined = (tuple(terms.conditions.values()), tuple(terms.values.values()))
    found = tuple(walk((terms.provisions, terms.validities, terms.edges, defined)))
    performed: dict[Span, Performed | PerformanceOf] = {
        each.span: each
        for each in found
        if isinstance(each, PerformanceOf) or (isinstance(each, Performed) and each.word == "performed")
    }
    for asked in performed.values():
        duties = [
            each for each in terms.provisions if isinstance(each.statement, Duty) and covers(asked.section, each.cited)
        ]
        arising = {_arises(each): each for each in duties}
        waiting = [each for each in arising.values() if each.trigger is not None or each.rows is not None]
        if len(arising) < 2 or not waiting:
            continue
        last = waiting[-1]
        yield Diagnostic(
            f"Section {asked.section} can be performed before all of its duties have arisen",
            asked.span,
            f"section {asked.section} has {len(duties)} duties",
            "It is performed once one of them is and none that has arisen is still owed. One that has not arisen does "
            f"not count, such as that of section {last.cited}: {last.text}",
            _remedy(asked.section, tuple(dict.fromkeys(each.cited for each in duties))),
            Severity.WARNING,
        )


def _arises(duty: Provision) -> tuple[str, tuple[str, ...]]:
    """When a duty arises: two of which this is the same arise together."""
    rows = duty.rows.kinds if duty.rows is not None else ()
    return duty.trigger.text if duty.trigger is not None else "", rows


def _remedy(section: str, cited: tuple[str, ...]) -> str:
    """What to write: the sentence that is meant, or each of them."""
    if len(cited) < 2:
        return f"Say in sentences of their own what section {section} asks for, and name the one that is meant."
    asked = " and ".join(f"section {each} has been performed" for each in cited[:2])
    return f"Name the one that is meant, or ask for each: `{asked}`."
