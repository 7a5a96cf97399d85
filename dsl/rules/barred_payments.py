"""What a section lets out of a fund, the guard of the fund lets pass."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.rules.acts_of import statements
from dsl.terms import Duty, Move, Outflow, Passes, Power, Statement, Terms


def barred_payments(terms: Terms) -> Iterator[Diagnostic]:
    """A duty or power to pay out of a fund in a section that `Nothing may leave ... except under` does not name.

    Every such payment is refused, so the duty can never be performed and the power never used. A section was left out
    of the list, or the fund is the wrong one.
    """
    guards: dict[str, list[Outflow]] = {}
    for guard in terms.outflows:
        guards.setdefault(guard.fund, []).append(guard)
    for provision, statement in statements(terms):
        fund = _leaves(statement)
        for guard in guards.get(fund, ()):
            if not set(ancestors(provision.cited)) & set(guard.sections):
                named = any(each.startswith(f"{provision.section}, ") for each in guard.sections)
                section = provision.cited if named else provision.section
                yield Diagnostic(
                    f"Section {section} pays out of the {fund} in vain",
                    statement.span,
                    f"section {guard.section} refuses it",
                    f"Section {guard.section} says: {guard.text}",
                    f"Add section {section} to the sections there, or take the money from elsewhere.",
                    Severity.WARNING,
                    provision.section,
                )


def _leaves(statement: Statement) -> str:
    """The fund that a statement takes money from, or nothing."""
    if isinstance(statement, Duty | Power) and isinstance(statement.act, Move) and not statement.act.into:
        return statement.act.fund
    return statement.source if isinstance(statement, Passes) else ""
