"""Somebody can act before the papers that say who may act."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.resolve.words import a
from dsl.rules.facts import needed
from dsl.terms import ActFor, Enter, Kind, Occurs, Power, Provision, Row, Selection, StageReached, Terms


def circular_authority(terms: Terms) -> Iterator[Diagnostic]:
    """`The Officer of such Certificate may act for the Buyer`, where only the Buyer can sign a Certificate.

    Where a sentence says who may act for somebody, nobody else may. If every such sentence for the making of a kind of
    paper rests on a paper of that kind, there is never a first one, and nobody can ever act. Whoever is named by the
    agreement itself, or by somebody who needs no authority, breaks the circle.
    """
    granting = tuple(provision for provision in terms.provisions if _acts_for(provision) is not None)
    if not granting:
        return
    waiting = {kind.name for kind in terms.kinds.values() if not _comes_by_itself(kind, terms)}
    come: set[str] = set(terms.kinds) - waiting
    while found := {name for name in waiting if _can_be_made(terms.kinds[name], granting, come, terms)}:
        come |= found
        waiting -= found
    for provision in granting:
        never = [name for name in _rests_on(provision, terms) if name in waiting]
        power = _acts_for(provision)
        if never and power is not None:
            yield Diagnostic(
                f"Nobody can make the first {never[0]}",
                provision.statement.span,
                f"says who may act for {power.principal}, by {a(never[0])}",
                f"Whoever makes {a(never[0])} needs an authority that only such a paper gives, so there is never one.",
                f"Name somebody to begin with: `Ann may act for {power.principal}`, or let another party make it.",
                Severity.WARNING,
                provision.section,
            )


def _acts_for(provision: Provision) -> ActFor | None:
    power = provision.statement
    return power.act if isinstance(power, Power) and isinstance(power.act, ActFor) else None


def _comes_by_itself(kind: Kind, terms: Terms) -> bool:
    """Whether nobody needs to make such an entry, or nobody is named who would."""
    made = {each.kind for each in walk(terms.provisions) if isinstance(each, Occurs)} | {row.kind for row in terms.rows}
    return kind.name in made or not (kind.signers or kind.makers)


def _can_be_made(kind: Kind, granting: tuple[Provision, ...], come: set[str], terms: Terms) -> bool:
    """Whether all who sign it, or one of those who make it, can act, once these kinds of entry are there."""
    names = kind.signers or kind.makers
    able = [_can_act(name, kind, granting, come, terms) for name in names]
    return all(able) if kind.signers else any(able)


def _can_act(name: str, kind: Kind, granting: tuple[Provision, ...], come: set[str], terms: Terms) -> bool:
    """Whether somebody can make such an entry: no sentence says who acts for him, or one of them can be in force."""
    party = terms.parties[name]
    if party.role == "group":
        able = [_can_act(member, kind, granting, come, terms) for member in party.members]
        return all(able) if party.rule == "each" else any(able)
    speaking = [provision for provision in granting if _speaks_of(provision, party.acts_for or name, kind)]
    return not speaking or any(set(_rests_on(provision, terms)) <= come for provision in speaking)


def _speaks_of(provision: Provision, principal: str, kind: Kind) -> bool:
    power = _acts_for(provision)
    if power is None or power.principal != principal:
        return False
    return power.act is None or (
        isinstance(power.act, Enter) and power.act.verb in ("make", "sign") and kind.name in power.act.kinds
    )


def _rests_on(provision: Provision, terms: Terms) -> tuple[str, ...]:
    """The kinds of entry without which a sentence gives nobody authority; of several that would do, none is told."""
    bearer = provision.statement.bearer if isinstance(provision.statement, Power) else None
    asked = [each for each in needed(provision.trigger, terms) if isinstance(each, StageReached)]
    parts = [each.subject for each in asked if each.quantifier == "some"]
    kinds = [provision.rows.kinds] if provision.rows is not None else []
    for each in walk((bearer, tuple(parts))):
        match each:
            case Row():
                kinds.append((each.kind,))
            case Selection():
                kinds.append(each.kinds)
            case _:
                continue
    return tuple(dict.fromkeys(each[0] for each in kinds if len(each) == 1 and each[0] in terms.kinds))
