"""What is paid in again to fill up a fund belongs to its balance."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.acts_of import deposits_beyond
from dsl.rules.facts import spoken
from dsl.terms import Balance, Terms


def topped_up_funds(terms: Terms) -> Iterator[Diagnostic]:
    """`While the balance of the Fund is less than the Price, then the Buyer must deposit ...`, of a fund for the Price.

    What deposits bring beyond the purpose of a fund, all of them together, is kept apart as excess, and paying out does
    not make room again. So the deposit that is to fill the fund up leaves its balance as low as it was, and the duty
    comes again and again.
    """
    for fund in terms.funds.values():
        for provision in deposits_beyond(fund, terms):
            asked = spoken((provision.trigger, provision.statement), terms)
            if not any(
                isinstance(each, Balance) and (each.fund, each.purpose) == (fund.name, "balance") for each in asked
            ):
                continue
            yield Diagnostic(
                f"A deposit into the {fund.name} that becomes excess",
                provision.statement.span,
                "comes on top of the whole purpose",
                f"The {fund.name} is for a fixed amount: what comes beyond it in total is excess, and paying out does "
                "not make room again.",
                "Leave out `for ...` in the definition of the fund, so that whatever comes belongs to its balance.",
                Severity.WARNING,
                provision.section,
            )
