"""What several rules ask of provisions: their acts, who bears them, and which edges part them."""

from collections.abc import Iterator

from dsl.resolve.sections import ancestors
from dsl.rules.facts import known
from dsl.source import Span
from dsl.terms import Ban, Duty, Edge, Fund, Move, Power, Provision, Statement, Terms

Norm = Duty | Power | Ban


def norms(terms: Terms) -> Iterator[tuple[Provision, Norm]]:
    """Every duty, power and ban with its provision, those that follow a missed deadline included."""
    for provision in terms.provisions:
        statement: Statement | None = provision.statement
        while isinstance(statement, Norm):
            yield provision, statement
            statement = statement.failing if isinstance(statement, Duty) else None


def statements(terms: Terms) -> Iterator[tuple[Provision, Statement]]:
    """Every statement with its provision, those that follow a missed deadline included."""
    for provision in terms.provisions:
        statement: Statement | None = provision.statement
        while statement is not None:
            yield provision, statement
            statement = statement.failing if isinstance(statement, Duty) else None


def deposits_beyond(fund: Fund, terms: Terms) -> tuple[Provision, ...]:
    """The deposits that come on top of one that fills the whole purpose of a fund."""
    if fund.purpose is None:
        return ()
    whole = (fund.purpose, known(fund.purpose, terms) or fund.purpose)
    into = [
        (provision, norm.act.amount)
        for provision, norm in norms(terms)
        if isinstance(norm.act, Move) and norm.act.into and norm.act.verb != "credit" and norm.act.fund == fund.name
    ]
    more = [
        provision
        for provision, amount in into
        if amount is None or (amount not in whole and known(amount, terms) not in whole)
    ]
    return tuple(more) if len(more) < len(into) else ()


def members(terms: Terms, name: str) -> frozenset[str]:
    """A name, the members of a group, and the persons who act for any of them."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in found and each in terms.parties:
            found.add(each)
            waiting += terms.parties[each].members
            waiting += [person.name for person in terms.parties.values() if person.acts_for == each]
    return frozenset(found)


def everybody(terms: Terms, names: tuple[str, ...]) -> frozenset[str]:
    """All of them together."""
    return frozenset().union(*(members(terms, name) for name in names))


def parted(edges: tuple[Edge, ...], first: str, second: str) -> bool:
    """Whether an edge says which of two sections yields to the other."""
    above, below = ancestors(first), ancestors(second)
    return any((e.lower in above and e.upper in below) or (e.lower in below and e.upper in above) for e in edges)


def name_at(name: str, span: Span) -> Span:
    """The quoted name at the head of a definition, which is enough to show."""
    return Span(span.start, min(span.end, span.start + len(name) + 2))
