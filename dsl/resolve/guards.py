"""Guards over every act, and the standing rules of notices: validity, outflow, caps, addresses, edges."""

from dsl import syntax
from dsl.resolve.acts import people
from dsl.resolve.conditions import condition
from dsl.resolve.contents import known_fields
from dsl.resolve.figures import fund
from dsl.resolve.fitting import MONEY
from dsl.resolve.literals import need_zone, period
from dsl.resolve.names import ENTRIES, PEOPLE
from dsl.resolve.scope import Scope
from dsl.resolve.sections import section, sections
from dsl.resolve.values import fitting
from dsl.terms import Address, Cap, Edge, NoticeRule, Outflow, Protection, SigningRow, Validity


def validity(node: syntax.Validity, scope: Scope) -> tuple[Validity, ...]:
    """`No Joint Instruction is valid unless ...`, once for each kind of a list."""
    noun = scope.expect(node.kind, ENTRIES, "kind of entry")
    judged = condition(node.condition, scope.over(noun) if noun else scope)
    kinds = scope.names.members(noun) if noun else ()
    return tuple(Validity(scope.words(node), node.span, kind, judged, scope.section) for kind in kinds)


def outflow(node: syntax.Outflow, scope: Scope) -> Outflow:
    """`Nothing may leave the Escrow Fund except under ...`."""
    return Outflow(scope.words(node), node.span, fund(node.fund, scope), sections(node.sections, scope), scope.section)


def cap(node: syntax.Cap, scope: Scope) -> Cap:
    """`The total paid under ... must not exceed ...`."""
    yearly = node.period.startswith("in each")
    if yearly:
        need_zone(node, scope)
    limit = fitting(node.limit, MONEY, scope)
    excluding = sections(node.excluding, scope) if node.excluding else ()
    under = sections(node.sections, scope)
    return Cap(scope.words(node), node.span, under, limit, yearly, excluding, node.pays_to_the_rest, scope.section)


def two_caps(caps: list[tuple[syntax.Cap, Cap]], scope: Scope) -> None:
    """Two sentences that limit the same payments hide which of them counts."""
    for place, (node, made) in enumerate(caps):
        for _, before in caps[:place]:
            if made.yearly == before.yearly and set(made.sections) & set(before.sections):
                scope.at(made.section).wrong(
                    node,
                    "Two caps on the same payments",
                    "limited again here",
                    f"Section {before.section} limits them too: {before.text}",
                    "Keep one of them.",
                )


def notice_rule(node: syntax.NoticeRule, scope: Scope) -> NoticeRule:
    """How every notice is sent, and when it is deemed given."""
    channels = people(node.channels, scope, ("channel",))
    if len(channels) > 1 and node.channels.joined_by != "or":
        scope.wrong(
            node.channels, "`or` is meant here", "several channels", "A notice is sent by one of them.", "Write `or`."
        )
    copies = people(node.copies, scope, ("channel",)) if node.copies else ()
    return NoticeRule(scope.words(node), node.span, channels, copies, period(node.period, scope), scope.section)


def address(node: syntax.Address, scope: Scope) -> Address:
    """The address on file of a recipient for a channel."""
    recipient = scope.expect(node.recipient, PEOPLE, "party") or "?"
    channel = scope.expect(node.channel, ("channel",), "channel") or "?"
    written = node.address.text if node.address else None
    return Address(scope.words(node), node.span, recipient, channel, written, scope.section)


def protection(node: syntax.Protection, scope: Scope) -> Protection:
    """`Section 3.1(a)(iv) protects the Purchaser.`"""
    under = sections(node.sections, scope)
    return Protection(scope.words(node), node.span, under, people(node.names, scope), scope.section)


def row(node: syntax.Row, scope: Scope) -> SigningRow | None:
    """An entry that exists from signing."""
    noun = scope.expect(node.kind, ("kind",), "kind of entry")
    made = scope.names.kinds.get(noun or "?")
    if made is None:
        return None
    if made.signers or made.preset == "movement":
        why = "somebody signs it" if made.signers else "money moves"
        only = "Only what needs no act can occur."
        scope.wrong(node.kind, f"{made.name} does not occur", why, only, "Define it as an event.")
    fields = known_fields(node, node.fields, made, scope)
    return SigningRow(scope.words(node), node.span, made.name, node.name.text, fields, scope.section)


def edge(node: syntax.Edge, rows: tuple[str, ...], scope: Scope) -> Edge:
    """`subject to section 4.2 by suspension`; `notwithstanding` is the same, read from the other end."""
    other = section(node.section, scope)
    judged = condition(node.condition, scope.over(*rows)) if node.condition else None
    lower, upper = (scope.section, other) if node.direction == "subject to" else (other, scope.section)
    return Edge(scope.words(node), node.span, lower, upper, node.mode, judged)


def circle_of_edges(edges: tuple[Edge, ...], scope: Scope) -> None:
    """Sections that each yield to the next, and the last to the first, leave nothing that counts."""
    above: dict[str, list[Edge]] = {}
    for each in edges:
        above.setdefault(each.lower, []).append(each)
    told: set[str] = set()
    for each in edges:
        chain = _chain(each, above)
        if chain and not told & set(chain):
            told |= set(chain)
            scope.at(each.lower).wrong(
                each.span,
                "Sections that yield to each other",
                "part of a circle",
                f"{' yields to '.join([*chain, chain[0]])}, so none of them prevails.",
                "Leave out one of these edges.",
            )


def _chain(first: Edge, above: dict[str, list[Edge]]) -> tuple[str, ...]:
    """The sections on the way from an edge back to where it begins, or none."""
    came_from: dict[str, str] = {first.upper: first.lower}
    waiting = [first.upper]
    while waiting:
        at = waiting.pop()
        if at == first.lower:
            break
        for each in above.get(at, ()):
            if each.upper not in came_from:
                came_from[each.upper] = at
                waiting.append(each.upper)
    else:
        return ()
    chain = [first.lower]
    at = came_from[first.lower]
    while at != first.lower:
        chain.append(at)
        at = came_from[at]
    return (chain[0], *reversed(chain[1:]))
