"""What `otherwise` says can count."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.facts import never_false
from dsl.terms import Case, Condition, Selection, StageReached, Terms


def idle_cases(terms: Terms) -> Iterator[Diagnostic]:
    """`the Fee where a Default has been made, otherwise USD 0.00`, which is never USD 0.00.

    Whether a Default has been made is pending until one is, so the figure is pending as well, and all that is worked
    out from it waits; once it has been made, the figure is the Fee. A reader takes the other case for what counts as
    long as there is no Default.
    """
    for named in terms.values.values():
        case = named.value
        while isinstance(case, Case) and not never_false(case.condition, terms):
            case = case.otherwise
        if isinstance(case, Case):
            yield Diagnostic(
                "What follows `otherwise` never counts",
                case.condition.span,
                "pending until it is so, never false",
                f"Until {case.condition.text}, it is pending which case this is, and so is the figure.",
                _hint(case.condition),
                Severity.WARNING,
            )


def _hint(condition: Condition) -> str:
    count = "`where the number of ... is at least 1`"
    if isinstance(condition, StageReached) and isinstance(condition.subject, Selection):
        absent = f"no {condition.subject.text_noun} has been {condition.stage}"
        return f"Put the other case first, `... where {absent}, otherwise ...`, or count them: {count}."
    return f"Ask what can be false before then: `where today is after ...`, `where section ... is fulfilled`, {count}."
