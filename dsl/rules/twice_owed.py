"""What is owed once is owed in one place, or an edge says which duty replaces the other."""

from collections.abc import Iterator
from itertools import combinations, product

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.acts_of import parted
from dsl.rules.facts import asked_of_rows, exclude, needed
from dsl.terms import Condition, Duty, Literal, Move, Provision, Terms


def twice_owed(terms: Terms) -> Iterator[Diagnostic]:
    """Two duties of the same person to pay the same amount to the same payee, with no edge between them.

    An interim and a final duty, or two ways to the same payment: if both arise, both are owed, and the second payment
    is not the first. Only amounts with a name or a field are compared, because two fees may well be of one figure.
    """
    alike: dict[object, list[Provision]] = {}
    for provision in terms.provisions:
        if (owed := _owed(provision)) is not None:
            alike.setdefault(owed, []).append(provision)
    for first, second in (pair for same in alike.values() for pair in combinations(same, 2)):
        if parted(terms.edges, first.cited, second.cited) or _apart(first, second, terms):
            continue
        yield Diagnostic(
            f"Owed under section {first.section} and again here",
            second.statement.span,
            "a second duty, and not the same one",
            f"Section {first.cited} says: {first.statement.text}.",
            _remedy(first.section, second.section),
            Severity.WARNING,
            second.section,
        )


def _remedy(first: str, second: str) -> str:
    """What to write; a clause does not yield to itself."""
    if first == second:
        return "Move the second into a clause of its own, and say there which of the two gives way."
    return f"Say which gives way: `clause {first} ... subject to section {second} by replacement:`."


def _owed(provision: Provision) -> object:
    """Who owes what to whom for which rows, where the amount has a name."""
    duty = provision.statement
    if not isinstance(duty, Duty) or not isinstance(duty.act, Move) or duty.act.into:
        return None
    if duty.act.amount is None or isinstance(duty.act.amount, Literal):
        return None
    return duty.bearers, duty.bearer, duty.act, provision.rows and provision.rows.kinds


def _apart(first: Provision, second: Provision, terms: Terms) -> bool:
    """Whether what the one waits for, or says of its rows, rules out what the other does."""
    pairs = product(_asked(first, terms), _asked(second, terms))
    return any(exclude(one, other, terms) for one, other in pairs)


def _asked(provision: Provision, terms: Terms) -> tuple[Condition, ...]:
    """Everything that must be so for a provision to bind."""
    return (*needed(provision.trigger, terms), *asked_of_rows(provision, terms))
