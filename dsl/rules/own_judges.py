"""Nobody decides alone what is owed to himself."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.words import a, joined
from dsl.rules.acts_of import members
from dsl.rules.facts import needed
from dsl.terms import (
    Discharges,
    Duty,
    Kind,
    Move,
    Passes,
    Power,
    Provision,
    Row,
    Selection,
    StageReached,
    Terms,
)


def own_judges(terms: Terms) -> Iterator[Diagnostic]:
    """A finding that one side makes alone, and on which that side is paid or set free.

    Whoever finds that a condition is met and gains by it is judge in his own cause. A claim, which the other side can
    answer, is something else: only findings are looked at, and only those that no content rule binds.
    """
    bound = {validity.kind for validity in terms.validities}
    for provision in terms.provisions:
        gains = _gains(provision, terms)
        for kind in _found(provision, terms):
            judges = _people(kind.makers, terms)
            if kind.name not in bound and judges and gains and judges & gains and judges <= gains | _aids(gains, terms):
                yield Diagnostic(
                    f"{joined(kind.makers, 'or')} decides for itself",
                    provision.statement.span,
                    f"follows from {a(kind.name)}, which only {joined(kind.makers, 'or')} makes",
                    f"Section {kind.section} lets nobody else find {a(kind.name)}, and nothing checks it.",
                    "Let somebody else make the finding, let the other side object, or bind it with `is valid unless`.",
                    Severity.WARNING,
                    provision.section,
                )
                break


def _people(names: tuple[str, ...], terms: Terms) -> frozenset[str]:
    """Who stands behind names: the members of groups, whoever a person acts for, and roles of one and the same."""
    found = frozenset(each for name in names for each in members(terms, name))
    behind = frozenset(terms.parties[each].acts_for for each in found) - {""}
    all_of = found | behind
    described = {terms.parties[each].described for each in all_of if each in terms.parties} - {""}
    same = {party.name for party in terms.parties.values() if party.described in described and party.role == "party"}
    return all_of | same


def _aids(names: frozenset[str], terms: Terms) -> frozenset[str]:
    return frozenset(party.name for party in terms.parties.values() if party.acts_for in names)


def _gains(provision: Provision, terms: Terms) -> frozenset[str]:
    """Who is paid or set free by a provision."""
    match provision.statement:
        case Passes(target=target) if target in terms.parties:
            return _people((target,), terms)
        case Discharges(name=name):
            return _people((name,), terms)
        case _:
            pass
    norm = provision.statement
    act = norm.act if isinstance(norm, Duty | Power) else None
    return _people(act.payees, terms) if isinstance(act, Move) else frozenset()


def _found(provision: Provision, terms: Terms) -> Iterator[Kind]:
    """The findings without which a provision does not hold."""
    nouns: list[str] = list(provision.rows.kinds) if provision.rows is not None else []
    for each in needed(provision.trigger, terms):
        if isinstance(each, StageReached) and each.quantifier == "some":
            nouns += each.subject.kinds if isinstance(each.subject, Selection) else ()
            nouns += (each.subject.kind,) if isinstance(each.subject, Row) else ()
    for name in dict.fromkeys(nouns):
        kind = terms.kinds.get(name)
        if kind is not None and kind.preset == "finding" and kind.makers:
            yield kind
