"""A section that a guard or a cap names is one that pays."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.rules.acts_of import statements
from dsl.source import Span
from dsl.terms import Duty, Move, Passes, Power, Statement, Terms


def idle_exceptions(terms: Terms) -> Iterator[Diagnostic]:
    """`Nothing may leave the Fund except under sections 2 and 7`, where nothing in section 7 takes money from it.

    The number is a wrong cross-reference, or the sentence that pays was forgotten. The same goes for a cap on the
    total paid under a section in which nobody pays.
    """
    paying: dict[str, set[str]] = {}
    for provision, statement in statements(terms):
        for fund in _from(statement):
            for above in ancestors(provision.cited):
                paying.setdefault(above, set()).add(fund)
    for guard in terms.outflows:
        for section in guard.sections:
            if guard.fund not in paying.get(section, ()):
                told = f"lets money out of the {guard.fund}"
                yield _idle(section, told, guard.span, guard.section)
    for cap in terms.caps:
        for section in cap.sections:
            if section not in paying:
                yield _idle(section, "pays anything", cap.span, cap.section)


def _from(statement: Statement) -> tuple[str, ...]:
    """Where money comes from under a statement; from the payer's own pocket is a place too."""
    match statement:
        case Duty(act=Move(into=False, fund=fund)) | Power(act=Move(into=False, fund=fund)):
            return (fund,)
        case Duty(act=Move(into=True, verb="deposit")) | Power(act=Move(into=True, verb="deposit")):
            return ("",)
        case Passes(source=source):
            return (source,)
        case _:
            return ()


def _idle(section: str, told: str, span: Span, at: str) -> Diagnostic:
    return Diagnostic(
        f"Nothing in section {section} {told}",
        span,
        f"names section {section}",
        "No duty and no power there does what this sentence speaks of.",
        "Name the section that pays, or leave this one out.",
        Severity.WARNING,
        at,
    )
