"""A duty or power lives longer than the moment in which it begins."""

from collections.abc import Iterator
from typing import TypeGuard

from dsl.compile import covers
from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.facts import is_row, needed
from dsl.terms import Condition, Duty, EveryHolds, Holds, Power, Provision, Terminates, Terms


def ended_at_once(terms: Terms) -> Iterator[Diagnostic]:
    """A duty or power that begins at an instant at which the agreement ends, and does not survive the end.

    `When section 4 has been performed, then this agreement terminates` ends the duty to pay the commission that begins
    `when section 4 has been performed`: it is discharged as it begins, and nobody ever owes it. So it is of the last
    row, where the agreement ends once every row is what makes the duty begin.
    """
    ends = [each for each in terms.provisions if _ends_alone(each, terms)]
    for provision in terms.provisions:
        norm = provision.statement
        if not isinstance(norm, Duty | Power) or provision.trigger is None or _survives(provision, terms):
            continue
        end = next((each for each in ends if _ends_with(each, provision, terms)), None)
        if end is not None:
            last = "" if provision.rows is None else ", for the last of them"
            yield Diagnostic(
                f"The {type(norm).__name__.lower()} of section {provision.cited} ends as it begins",
                provision.span,
                f"section {end.cited} ends the agreement at that moment{last}",
                "What does not survive the end is discharged then, and nobody can perform it any more.",
                f"Add `Section {provision.cited} survives`, or let the agreement end only once it has been performed.",
                Severity.WARNING,
                provision.section,
            )


def _survives(provision: Provision, terms: Terms) -> bool:
    return any(covers(survivor, provision.cited) for survivor in terms.survivals)


def _ends_alone(end: Provision, terms: Terms) -> bool:
    """Whether it ends the agreement on a condition, with no edge that holds that back."""
    held_back = any(covers(edge.lower, end.cited) for edge in terms.edges)
    return isinstance(end.statement, Terminates) and end.trigger is not None and end.rows is None and not held_back


def _ends_with(end: Provision, provision: Provision, terms: Terms) -> bool:
    """Whether the agreement ends as a norm begins, or as it begins for the last of its rows."""
    begins, ends = needed(provision.trigger, terms), needed(end.trigger, terms)
    said = {each.text for each in begins}
    of_each = {each.condition for each in begins if _of_the_row(each)}
    rows = provision.rows.kinds if provision.rows is not None else ()
    every = {each.text for each in ends if isinstance(each, EveryHolds) and _of_all(each, rows, of_each)}
    every |= {each.text for each in ends if isinstance(each, Holds) and _named(each, terms).text in every}
    return all(each.text in said or each.text in every for each in ends)


def _of_the_row(condition: Condition) -> TypeGuard[Holds]:
    return isinstance(condition, Holds) and not condition.negated and is_row(condition.subject)


def _of_all(condition: EveryHolds, rows: tuple[str, ...], of_each: set[str]) -> bool:
    """Whether it says of every row what makes the norm begin for each."""
    entries = condition.entries
    return condition.condition in of_each and entries.kinds == rows and entries.about is None and entries.filter is None


def _named(condition: Holds, terms: Terms) -> Condition:
    return terms.conditions[condition.condition].condition
