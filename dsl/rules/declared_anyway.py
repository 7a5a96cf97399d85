"""An edge that is to stop an act stops it."""

from collections.abc import Iterator

from dsl.basis import worked_from
from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.resolve.words import a, joined, sentence
from dsl.rules.acts_of import everybody, norms, statements
from dsl.terms import Ban, Duty, Edge, Enter, EveryHolds, Holds, Kind, Power, Statement, Terms


def declared_anyway(terms: Terms) -> Iterator[Diagnostic]:
    """An edge by suspension or condition over nothing but duties to make what their bearers may make at any time.

    `"Release" means an act, made by the Agent` lets the Agent make a Release whenever it likes. A section in which it
    must make one, and which yields, then stops the duty and not the release, although the author said that the section
    waits. A power over the kind says alone when it may be made, and so does a ban; a content rule that asks for the
    condition of the edge stops the act as well.
    """
    said = {kind for _, norm in norms(terms) if isinstance(norm, Power | Ban) for kind in _made(norm)}
    for edge in terms.edges:
        if edge.mode not in ("suspension", "condition"):
            continue
        below = [each for provision, each in statements(terms) if edge.lower in ancestors(provision.cited)]
        free = [_free(each, said, edge, terms) for each in below]
        if free and all(free):
            kind = free[0][0]
            makers = joined(kind.makers, "or")
            yield Diagnostic(
                f"{sentence(a(kind.name))} can be made anyway",
                edge.span,
                f"stops the duty of section {edge.lower}, and no {kind.name}",
                f"By section {kind.section} {makers} makes {a(kind.name)}, and may do so at any time.",
                f"Leave out `made by` there, so that section {edge.lower} alone says when, or add "
                f"`No {kind.name} is valid unless ...`.",
                Severity.WARNING,
                edge.lower,
            )


def _made(norm: Duty | Power | Ban) -> tuple[str, ...]:
    """The kinds of which a duty, power or ban is to make an entry."""
    return norm.act.kinds if isinstance(norm.act, Enter) and norm.act.verb == "make" else ()


def _free(statement: Statement, said: set[str], edge: Edge, terms: Terms) -> list[Kind]:
    """The kinds that a duty is to make, where its bearer may make every one of them at any time."""
    kinds = [terms.kinds[name] for name in _made(statement)] if isinstance(statement, Duty) else []
    borne = everybody(terms, statement.bearers) if isinstance(statement, Duty) else frozenset()
    anyway = (everybody(terms, each.makers) & borne and each.name not in said for each in kinds)
    return kinds if all(anyway) and not any(_guarded(each.name, edge, terms) for each in kinds) else []


def _guarded(name: str, edge: Edge, terms: Terms) -> bool:
    """Whether a content rule asks for a condition that the edge asks for, so that the act is refused with it."""
    asked = _conditions(edge.condition, terms)
    rules = [each for each in terms.validities if each.kind == name]
    return any(edge.condition is None or asked & _conditions(each.condition, terms) for each in rules)


def _conditions(condition: object, terms: Terms) -> set[str]:
    return {each.condition for each in worked_from(terms, condition) if isinstance(each, Holds | EveryHolds)}
