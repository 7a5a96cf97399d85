"""A fund says under which sections money may leave it."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.acts_of import name_at
from dsl.terms import Terms


def unguarded_funds(terms: Terms) -> Iterator[Diagnostic]:
    """A fund without `Nothing may leave ... except under ...`.

    Money in escrow leaves it on stated terms only. Without the guard, money may leave under any section that happens
    to let it, one that a later amendment adds included.
    """
    guarded = {outflow.fund for outflow in terms.outflows}
    for fund in terms.funds.values():
        if fund.name not in guarded:
            yield Diagnostic(
                f"Nothing guards the {fund.name}",
                name_at(fund.name, fund.span),
                "money may leave it under any section",
                "Whatever section allows a payment out of the fund is enough.",
                f"Add `Nothing may leave the {fund.name} except under sections ...`.",
                Severity.WARNING,
                fund.section,
            )
