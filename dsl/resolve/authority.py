"""Sentences by which people act for somebody in, powers out: `Ann may act for the Buyer to sign a Release Order`."""

from dsl import syntax
from dsl.resolve.acts import act, people
from dsl.resolve.names import PEOPLE
from dsl.resolve.scope import Scope
from dsl.resolve.values import one_of
from dsl.terms import ActFor, Move, Power, Value, Window

PRINCIPALS = ("party", "group", "counsel", "court")
"""For whom somebody can act."""


def authority(node: syntax.Authority, window: Window, scope: Scope) -> Power:
    """The power of one or several to act for somebody, in everything or in one kind of act."""
    principal = scope.expect(node.principal, PRINCIPALS, "party") or "?"
    bearers, agent = bearers_of(node.agent, scope)
    if isinstance(node.agent, syntax.Actors):
        _check(node.agent, bearers, principal, scope)
    limited = act(node.act, scope) if node.act is not None else None
    if isinstance(limited, Move) and limited.amount is not None:
        scope.wrong(
            node.act or node,
            "An act of any amount",
            "this names an amount",
            f"Whether {principal} owes or may pay it is said elsewhere; this says only in what somebody acts for it.",
            "Write `any amount`.",
        )
    what = ActFor(scope.words(node), node.span, principal, limited)
    return Power(scope.words(node), node.span, bearers, what, window, agent)


def bearers_of(
    node: syntax.Bearer, scope: Scope, sorts: tuple[str, ...] = PEOPLE
) -> tuple[tuple[str, ...], Value | None]:
    """Who is bound: by their names, or as a value says."""
    if isinstance(node, syntax.Actors):
        return people(node.names, scope, sorts), None
    return (), one_of(node, ("name", "text"), "A name", scope).value


def _check(node: syntax.Actors, bearers: tuple[str, ...], principal: str, scope: Scope) -> None:
    names = node.names
    if len(names.names) > 1 and (node.jointly or names.joined_by != "or"):
        scope.wrong(
            node,
            "Each of them, or all together?",
            "not joined by `or`",
            f"Whether one alone acts for {principal}, or only both together, has to be said.",
            f"Write `{bearers[0]} or {bearers[1]} may act for`, or name a group that acts `by each of them`.",
        )
    for name, written in zip(bearers, names.names, strict=True):
        if name == principal:
            scope.wrong(
                written,
                "For itself",
                "the same name twice",
                f"What {principal} does is its own act.",
                "Name the person who acts for it.",
            )
