"""What is asked of a section for an entry concerns rows that have to do with such entries."""

from collections.abc import Iterator

from dsl.compile import covers
from dsl.diagnostics import Diagnostic
from dsl.resolve.walk import kinds_within, walk
from dsl.resolve.words import a, joined
from dsl.rules.acts_of import statements
from dsl.source import Span
from dsl.terms import (
    Binding,
    CapFigure,
    Move,
    PaidUnder,
    Passes,
    Performed,
    Provision,
    Row,
    Standing,
    Statement,
    Terms,
)


def unrelated_rows(terms: Terms) -> Iterator[Diagnostic]:
    """A cap, an amount paid or a status `for` an entry, of sections whose rows are neither such entries nor about any.

    Nothing would ever count for such an entry: the cap would limit nothing, the amount would stay nothing, and the
    section would never be performed for it.
    """
    for cap in terms.caps:
        if cap.rows:
            yield from _unrelated(terms, cap.rows, cap.sections, cap.span, cap.section, paying=True)
    for each in walk((*terms.provisions, *terms.conditions.values(), *terms.values.values(), *_guards(terms))):
        if isinstance(each, PaidUnder | CapFigure | Performed | Standing) and isinstance(each.row, Row):
            paying = isinstance(each, PaidUnder | CapFigure)
            yield from _unrelated(terms, each.row.kind, (each.section,), each.span, "", paying=paying)


def _guards(terms: Terms) -> tuple[object, ...]:
    return (*terms.validities, *terms.edges, *(cap.limit for cap in terms.caps))


def _unrelated(
    terms: Terms, noun: str, sections: tuple[str, ...], span: Span, section: str, *, paying: bool
) -> Iterator[Diagnostic]:
    found = [
        (provision, statement)
        for provision, statement in statements(terms)
        if any(covers(each, provision.cited) for each in sections) and _counts(statement, paying)
    ]
    kinds = [_rows(terms, provision, statement) for provision, statement in found]
    wanted = _members(terms, noun)
    if not kinds or not all(kinds) or any(_related(terms, kind, wanted) for names in kinds for kind in names):
        return
    names = joined(sorted({kind for each in kinds for kind in each}))
    yield Diagnostic(
        f"Section {joined(sections)} has nothing to do with {a(noun)}",
        span,
        f"no row of it is, or is about, {a(noun)}",
        f"It ranges over {names}, so nothing of it ever counts for {a(noun)}.",
        f"Let {names} be `about {a(noun)}`, or say for which of its rows this is meant.",
        section=section,
    )


def _counts(statement: Statement, paying: bool) -> bool:
    """Whether a statement is of those asked about: payments, or duties and powers."""
    if not paying:
        return isinstance(statement, Binding)
    return isinstance(statement, Passes) or isinstance(getattr(statement, "act", None), Move)


def _rows(terms: Terms, provision: Provision, statement: Statement) -> tuple[str, ...]:
    """The kinds that what is done under a statement can be for; none if that is for whoever acts to say."""
    act = getattr(statement, "act", None)
    plan = act.plan if isinstance(act, Move) else None
    by_plan = kinds_within(plan) if plan is not None else ()
    by_every = provision.every.kinds if provision.every is not None else ()
    return (*(provision.rows.kinds if provision.rows is not None else ()), *by_every, *by_plan)


def _members(terms: Terms, noun: str) -> frozenset[str]:
    return frozenset(terms.collections.get(noun, (noun,)))


def _related(terms: Terms, kind: str, wanted: frozenset[str]) -> bool:
    """Whether entries of a kind are of those wanted, or about them, or about something that is."""
    seen: set[str] = set()
    waiting = [kind]
    while waiting:
        each = waiting.pop()
        if each in wanted:
            return True
        if each not in seen and each in terms.kinds:
            seen.add(each)
            waiting += _members(terms, terms.kinds[each].about) if terms.kinds[each].about else ()
    return False
