"""Guards over every act, and the standing rules of notices: validity, outflow, caps, addresses, edges."""

from dsl import syntax
from dsl.resolve.acts import not_otherwise, people
from dsl.resolve.circles import in_order
from dsl.resolve.conditions import condition
from dsl.resolve.contents import known_fields
from dsl.resolve.days import hours
from dsl.resolve.figures import fund
from dsl.resolve.fitting import MONEY
from dsl.resolve.literals import need_zone, period
from dsl.resolve.names import ENTRIES, PEOPLE
from dsl.resolve.scope import Scope
from dsl.resolve.sections import ancestors, section, sections
from dsl.resolve.values import fitting
from dsl.resolve.walk import walk
from dsl.terms import (
    Address,
    Cap,
    Edge,
    EntryName,
    NoticeRule,
    NoticeWay,
    Outflow,
    Protection,
    Provision,
    Row,
    SigningRow,
    Validity,
)


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
    rows = (scope.expect(node.each, ENTRIES, "kind of entry") or "") if node.each is not None else ""
    limit = fitting(node.limit, MONEY, scope.over(rows) if rows else scope)
    excluding = sections(node.excluding, scope) if node.excluding else ()
    under = sections(node.sections, scope)
    rest = node.pays_to_the_rest
    return Cap(scope.words(node), node.span, under, limit, yearly, excluding, rest, scope.section, rows)


def two_caps(caps: list[tuple[syntax.Cap, Cap]], scope: Scope) -> None:
    """Two sentences that limit the same payments hide which of them counts. A cap on some of them and one on more, each
    in a section of its own, both count."""
    for place, (node, made) in enumerate(caps):
        taken = [other for _, other in caps[:place] if _same_payments(other, made)]
        if not taken:
            continue
        same = {*taken[0].sections} == {*made.sections}
        scope.at(made.section).wrong(
            node,
            "Two caps on the same payments",
            "limited again here",
            f"Section {taken[0].section} limits them too: {taken[0].text}",
            "Keep one of them." if same else "Put each of them in a section of its own.",
        )


def _same_payments(one: Cap, other: Cap) -> bool:
    """Whether two caps cannot stand beside each other: they are on the same payments, or on some of the same in one
    section, so that `the limit under section N` would not say which."""
    if (one.yearly, one.rows) != (other.yearly, other.rows) or not {*one.sections} & {*other.sections}:
        return False
    return {*one.sections} == {*other.sections} or one.section == other.section


def notice_rule(node: syntax.NoticeRule, scope: Scope) -> NoticeRule:
    """How every notice is sent, and when it is deemed given; each channel is spoken of once."""
    ways = tuple(_way(each, scope) for each in node.ways)
    seen: set[str] = set()
    for way, written in zip(ways, node.ways, strict=True):
        twice = next((name for name in way.channels if name in seen), None)
        if twice is not None:
            why = "When a notice by this channel is given is said once."
            scope.wrong(written.channels, "Channel named twice", f"{twice} stands above", why, "Keep one of them.")
        seen.update(way.channels)
    return NoticeRule(scope.words(node), node.span, ways, scope.section)


def _way(node: syntax.NoticeWay, scope: Scope) -> NoticeWay:
    channels = people(node.channels, scope, ("channel",), "channel")
    if len(channels) > 1 and node.channels.joined_by != "or":
        scope.wrong(
            node.channels, "`or` is meant here", "several channels", "A notice is sent by one of them.", "Write `or`."
        )
    copies = people(node.copies, scope, ("channel",), "channel") if node.copies else ()
    given = period(node.period, scope) if node.period is not None else None
    within = hours(node.hours, scope) if node.hours is not None else None
    return NoticeWay(scope.words(node), node.span, channels, copies, given, within)


def address(node: syntax.Address, scope: Scope) -> Address:
    """The address on file of a recipient for a channel."""
    recipient = scope.expect(node.recipient, PEOPLE, "party") or "?"
    channel = scope.expect(node.channel, ("channel",), "channel") or "?"
    written = node.address.text if node.address else None
    return Address(scope.words(node), node.span, recipient, channel, written, scope.section, node.of_role is not None)


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
    not_otherwise(made, node.kind, scope)
    entries = {each.name for each in made.fields if each.type.name == "entry"}
    fields = tuple(
        (name, EntryName(content) if name in entries and isinstance(content, str) else content)
        for name, content in known_fields(node, node.fields, made, scope)
    )
    return SigningRow(scope.words(node), node.span, made.name, node.name.text, fields, scope.section)


def circle_of_rows(rows: list[SigningRow], scope: Scope) -> None:
    """Rows at signing name one another, whichever stands first, but none what names it."""
    graph = {
        each.name: tuple(content.name for _, content in each.fields if isinstance(content, EntryName)) for each in rows
    }
    for circle in in_order(graph)[1]:
        first = next(each for each in rows if each.name == circle[0])
        others = [f'"{name}"' for name in (*circle[1:], circle[0])]
        scope.at(first.section).wrong(
            first.span,
            "Rows in a circle",
            f'"{first.name}" names {", which names ".join(others) if len(circle) > 1 else "itself"}',
            "An entry names what is there without it.",
            "Leave out one of these names: a field that is `optional` need not be stated.",
        )


def edge(node: syntax.Edge, ranged: dict[str, tuple[str, ...]], scope: Scope) -> Edge:
    """`subject to section 4.2 by suspension`; `notwithstanding` is the same, read from the other end.

    Either way `such` is a row of the section that yields: `ranged` is over which kinds each clause ranges.
    """
    other = section(node.section, scope)
    lower, upper = (scope.section, other) if node.direction == "subject to" else (other, scope.section)
    rows = (noun for number, nouns in ranged.items() if {lower, scope.section} & {*ancestors(number)} for noun in nouns)
    judged = condition(node.condition, scope.over(*dict.fromkeys(rows))) if node.condition else None
    nouns = dict.fromkeys(each.kind for each in walk(judged) if isinstance(each, Row) and not each.picked)
    return Edge(scope.words(node), node.span, lower, upper, node.mode, judged, tuple(nouns))


def edges_of_no_row(edges: tuple[Edge, ...], provisions: tuple[Provision, ...], scope: Scope) -> None:
    """An edge that speaks of `such Claim` needs a sentence over Claims in the section that yields."""
    for each in edges:
        under = [one for one in provisions if each.lower in ancestors(one.cited)]
        over = [set(scope.names.over(one.rows)) for one in under if one.rows is not None]
        if each.nouns and not any(set(each.nouns) <= nouns for nouns in over):
            such = " and ".join(f"such {noun}" for noun in each.nouns)
            scope.at(each.lower).wrong(
                each.span,
                f"No sentence of section {each.lower} ranges over {each.nouns[0]}",
                f"speaks of {such}",
                "An edge holds for each row of the sentences that yield, and this one would never hold.",
                f"Write `For each {each.nouns[0]}, ...` in section {each.lower}, or a condition without a row.",
            )


def circle_of_edges(edges: tuple[Edge, ...], scope: Scope) -> None:
    """Sections that each yield to the next, and the last to the first, leave nothing that prevails.

    What yields to a heading yields to each section under it, and a section yields to what its heading yields to.
    """
    from_here: dict[str, list[str]] = {}
    inside: dict[str, list[str]] = {}
    for place, each in enumerate(edges):
        from_here.setdefault(each.lower, []).append(str(place))
        for heading in ancestors(each.lower)[1:]:
            inside.setdefault(f"in {heading}", []).append(str(place))
    following = {heading: tuple(places) for heading, places in inside.items()}
    for place, each in enumerate(edges):
        here = (after for heading in ancestors(each.upper) for after in from_here.get(heading, ()))
        following[str(place)] = (*here, f"in {each.upper}")
    for met in in_order(following)[1]:
        circle = [place for place in met if place.isdigit()]
        first = edges[int(circle[0])]
        chain = [edges[int(place)].lower for place in circle]
        scope.at(first.lower).wrong(
            first.span,
            "Sections that yield to each other",
            "part of a circle",
            f"{' yields to '.join([*chain, chain[0]])}, so none of them prevails.",
            "Leave out one of these edges.",
        )
