"""A limit on payments is in the currency of the payments."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.money import Quantity
from dsl.resolve.sections import ancestors
from dsl.rules.acts_of import statements
from dsl.rules.facts import known
from dsl.terms import Duty, FieldOf, Move, Passes, Power, Row, Statement, Terms, Value


def stray_currencies(terms: Terms) -> Iterator[Diagnostic]:
    """A cap in one currency on payments in another, which it never limits.

    Nothing here converts one currency into another, and to add or compare two is an error. A cap that counts USD does
    not see what is paid in EUR, so a reader believes in a limit that is none.
    """
    for cap in terms.caps:
        limit = known(cap.limit, terms)
        for provision, statement in statements(terms):
            unit = _unit(statement, terms)
            above = set(ancestors(provision.cited))
            if not isinstance(limit, Quantity) or not unit or unit == limit.unit or not above & set(cap.sections):
                continue
            if not above & set(cap.excluding):
                yield Diagnostic(
                    f"A limit in {limit.unit} on payments in {unit}",
                    statement.span,
                    f"paid in {unit}",
                    f"Section {cap.section} limits what is paid here in {limit.unit}, and converts nothing.",
                    f"Add a limit in {unit}, or leave this section out of the one in {limit.unit}.",
                    Severity.WARNING,
                    provision.section,
                )


def _unit(statement: Statement, terms: Terms) -> str:
    """The currency in which a statement pays, where the text alone says it."""
    match statement:
        case Duty(act=Move(fund=fund, amount=amount)) | Power(act=Move(fund=fund, amount=amount)):
            content = known(amount, terms) if amount is not None else None
            if isinstance(content, Quantity):
                return content.unit
            return terms.funds[fund].unit if fund else _unit_stated(amount, terms)
        case Passes(source=source):
            return terms.funds[source].unit
        case _:
            return ""


def _unit_stated(amount: Value | None, terms: Terms) -> str:
    """The currency of an amount that the entry of the sentence states: `the Amount of such Claim`."""
    match amount:
        case FieldOf(field=name, subject=Row(kind=kind)) if kind in terms.kinds:
            stated = (field.type for field in terms.kinds[kind].fields if field.name == name)
            return next((type_.of[0] for type_ in stated if type_.name == "amount"), "")
        case _:
            return ""
