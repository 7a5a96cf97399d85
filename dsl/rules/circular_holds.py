"""What is held in a fund does not rest on what is held in it."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic
from dsl.rules.facts import spoken
from dsl.terms import Balance, CapFigure, Duty, Hold, Power, Terms


def circular_holds(terms: Terms) -> Iterator[Diagnostic]:
    """`must hold the free balance of the Fund in the Fund`, which is no amount: holding it changes what it is."""
    for provision in terms.provisions:
        statement = provision.statement
        act = statement.act if isinstance(statement, Duty | Power) else None
        if not isinstance(act, Hold) or not act.of_amount:
            continue
        asked = [*spoken((provision.rows, provision.trigger, act), terms)]
        if any(isinstance(each, CapFigure) for each in asked):
            asked += spoken(tuple(cap.limit for cap in terms.caps), terms)
        figure = next((each for each in asked if isinstance(each, Balance) and each.purpose != each.part), None)
        if figure is not None:
            yield Diagnostic(
                "A hold that rests on what is held",
                statement.span,
                f"speaks of the {figure.purpose} of the {figure.fund}",
                "What is held and what is free follow from the holds, so no hold can follow from them.",
                f"Speak of the balance of the {figure.fund}, or of what an entry states.",
                section=provision.section,
            )
