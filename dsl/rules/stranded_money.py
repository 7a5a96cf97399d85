"""Money that can come into a fund can leave it."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.rules.acts_of import deposits_beyond, name_at, statements
from dsl.rules.facts import spoken
from dsl.terms import (
    Balance,
    CapFigure,
    Duty,
    Fund,
    Move,
    PaidUnder,
    Passes,
    Performed,
    Power,
    Provision,
    Standing,
    Statement,
    Terminates,
    Terms,
)


def stranded_money(terms: Terms) -> Iterator[Diagnostic]:
    """A fund whose balance, excess or interest no sentence takes out, or that the end of the agreement locks.

    What a fund holds beyond its purpose and what was credited to it are kept apart, and only a sentence that names
    them takes them out. When the agreement ends, only the sections that survive still pay. Money without a way out
    stays where it is until the parties amend the agreement or go to court.
    """
    every: dict[str, list[tuple[str, str]]] = {}
    for provision, statement in statements(terms):
        for name, way in _ways(statement):
            every.setdefault(name, []).append((provision.section, way))
    for fund in terms.funds.values():
        ways = every.get(fund.name, [])
        coming = {way.removeprefix("into ") for _, way in ways if way.startswith("into ")}
        leaving = {way for _, way in ways}
        for part in ("balance", "excess", "interest"):
            if part in coming and part not in leaving and (part != "excess" or fund.purpose is not None):
                more = deposits_beyond(fund, terms) if part == "excess" else ()
                yield _no_way_out(fund, part, more[0] if more else None)
        if "balance" in coming & leaving:
            yield from _locked(fund, {section for section, way in ways if way == "balance"}, terms)


def _ways(statement: Statement) -> Iterator[tuple[str, str]]:
    """The parts of funds that a statement fills (`into balance`) or empties (`balance`)."""
    match statement:
        case Duty(act=Move(fund=fund) as act) | Power(act=Move(fund=fund) as act) if act.into:
            yield fund, "into interest" if act.verb == "credit" else "into balance"
            if act.verb != "credit" and (isinstance(statement, Duty) or act.amount is None):
                yield fund, "into excess"  # Whoever must deposit may bring more.
        case Duty(act=Move(fund=fund) as act) | Power(act=Move(fund=fund) as act):
            yield fund, act.purpose
        case Passes(source=source, target=target):
            yield from ((target, "into balance"), (target, "into excess"), (source, statement.purpose))
        case _:
            return


def _no_way_out(fund: Fund, part: str, by: Provision | None) -> Diagnostic:
    """Told where the fund is defined, or at the deposit that is bound to bring what has no way out."""
    held = {
        "balance": "what it holds",
        "excess": "what comes beyond its purpose",
        "interest": "what is credited to it as interest",
    }[part]
    what = "Money" if part == "balance" else part.capitalize()
    remedy = f"Say who may pay it to whom: `{fund.holder} must pay the {part} of the {fund.name} to ...`."
    if by is not None:
        return Diagnostic(
            f"{what} in the {fund.name} has no way out",
            by.statement.span,
            f"comes on top of the whole purpose of the {fund.name}",
            "What deposits bring beyond the purpose of a fund is excess, also where something was paid out before, and "
            "no sentence takes it out.",
            f"{remedy} Or leave out `for ...` in the definition of the fund.",
            Severity.WARNING,
            by.section,
        )
    return Diagnostic(
        f"{what} in the {fund.name} has no way out",
        name_at(fund.name, fund.span),
        f"no sentence takes out {held}",
        f"The {part} of a fund leaves it only under a sentence that names it.",
        remedy,
        Severity.WARNING,
        fund.section,
    )


def _locked(fund: Fund, sections: set[str], terms: Terms) -> Iterator[Diagnostic]:
    """Each way in which the agreement can end with money in the fund and no section left that pays it."""
    if any(set(ancestors(section)) & set(terms.survivals) for section in sections):
        return
    for provision, statement in statements(terms):
        if isinstance(statement, Terminates) and not _looks_at_money(provision, fund, terms):
            yield Diagnostic(
                f"The agreement can end with money in the {fund.name}",
                statement.span,
                "no section that pays it survives",
                "What does not survive the end lets nothing out any more.",
                f"Add `Section {min(sections)} survives`, or end only when the fund is empty.",
                Severity.WARNING,
                provision.section,
            )


def _looks_at_money(provision: Provision, fund: Fund, terms: Terms) -> bool:
    """Whether the end waits for something about the money of the fund: then its author has thought of it."""
    for each in spoken((provision.rows, provision.trigger), terms):
        if isinstance(each, PaidUnder | CapFigure | Performed | Standing):
            return True
        if isinstance(each, Balance) and each.fund == fund.name:
            return True
    return False
