"""A fund that pays is one that money comes into."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.acts_of import name_at, statements
from dsl.terms import Duty, Move, Passes, Power, Terms


def unfilled_funds(terms: Terms) -> Iterator[Diagnostic]:
    """A fund into which no sentence lets anybody pay.

    Nobody may do what no sentence allows, deposits included. So the fund stays empty, and every duty to pay out of it
    is one that nobody can ever perform.
    """
    filled: set[str] = set()
    for _, statement in statements(terms):
        match statement:
            case Duty(act=Move(into=True, fund=name)) | Power(act=Move(into=True, fund=name)):
                filled.add(name)
            case Passes(target=target):
                filled.add(target)
            case _:
                pass
    for fund in terms.funds.values():
        if fund.name not in filled:
            yield Diagnostic(
                f"Nothing comes into the {fund.name}",
                name_at(fund.name, fund.span),
                "no sentence pays into it",
                "A deposit needs a duty or a power, like every other act.",
                f"Add who brings the money: `... must deposit ... into the {fund.name}`.",
                Severity.WARNING,
                fund.section,
            )
