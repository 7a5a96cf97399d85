"""An edge that is to stop an act stops it."""

from collections.abc import Iterator

from dsl.basis import worked_from
from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.resolve.words import a, joined, sentence
from dsl.rules.acts_of import everybody, norms
from dsl.terms import Ban, Duty, Edge, Enter, EveryHolds, Holds, Power, Terms


def declared_anyway(terms: Terms) -> Iterator[Diagnostic]:
    """An edge by suspension or condition over a duty to make what its bearer may make at any time.

    `"Release" means an act, made by the Agent` lets the Agent make a Release whenever it likes. A section in which it
    must make one, and which yields, then stops the clock of the duty and not the release, although the author said
    that the section waits. A power over the kind says alone when it may be made, and so does a ban; a content rule
    that asks for the condition of the edge stops the act as well.
    """
    said = {kind for _, norm in norms(terms) if isinstance(norm, Power | Ban) for kind in _made(norm)}
    for edge in terms.edges:
        if edge.mode not in ("suspension", "condition"):
            continue
        for provision, norm in norms(terms):
            if edge.lower not in ancestors(provision.section) or not isinstance(norm, Duty):
                continue
            for name in _made(norm):
                kind = terms.kinds[name]
                free = everybody(terms, kind.makers) & everybody(terms, norm.bearers)
                if not free or name in said or _guarded(name, edge, terms):
                    continue
                makers = joined(kind.makers, "or")
                yield Diagnostic(
                    f"{sentence(a(name))} can be made anyway",
                    edge.span,
                    f"stops the duty of section {provision.cited}, and no {name}",
                    f"By section {kind.section} {makers} makes {a(name)}, and may do so at any time.",
                    f"Leave out `made by` there, so that section {provision.cited} alone says when, or add "
                    f"`No {name} is valid unless ...`.",
                    Severity.WARNING,
                    edge.lower,
                )


def _made(norm: Duty | Power | Ban) -> tuple[str, ...]:
    """The kinds of which a duty, power or ban is to make an entry."""
    return norm.act.kinds if isinstance(norm.act, Enter) and norm.act.verb == "make" else ()


def _guarded(name: str, edge: Edge, terms: Terms) -> bool:
    """Whether a content rule asks for a condition that the edge asks for, so that the act is refused with it."""
    asked = _conditions(edge.condition, terms)
    rules = [each for each in terms.validities if each.kind == name]
    return any(edge.condition is None or asked & _conditions(each.condition, terms) for each in rules)


def _conditions(condition: object, terms: Terms) -> set[str]:
    return {each.condition for each in worked_from(terms, condition) if isinstance(each, Holds | EveryHolds)}
