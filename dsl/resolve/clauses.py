"""The sentences of each clause in, everything that binds out, under the number of its section."""

from dataclasses import dataclass, field

from dsl import syntax
from dsl.resolve import guards
from dsl.resolve.scope import Scope
from dsl.resolve.sections import sections
from dsl.resolve.statements import provisions
from dsl.terms import (
    Address,
    Cap,
    Clause,
    Edge,
    NoticeRule,
    Outflow,
    Protection,
    Provision,
    Remark,
    SigningRow,
    Validity,
)

_NO_EFFECT = (syntax.Category, syntax.OpenPoint, syntax.Reading, syntax.Note, syntax.Accepted)


@dataclass(slots=True)
class Binding:
    """What all clauses together say; `ranged` is over which kinds the sentences of each clause range."""

    clauses: dict[str, Clause] = field(default_factory=dict)
    provisions: list[Provision] = field(default_factory=list)
    validities: list[Validity] = field(default_factory=list)
    outflows: list[Outflow] = field(default_factory=list)
    caps: list[tuple[syntax.Cap, Cap]] = field(default_factory=list)
    notice_rules: list[NoticeRule] = field(default_factory=list)
    addresses: dict[tuple[str, str], Address] = field(default_factory=dict)
    protections: list[Protection] = field(default_factory=list)
    survivals: list[str] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    ranged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: list[SigningRow] = field(default_factory=list)
    open_points: list[Remark] = field(default_factory=list)
    readings: list[Remark] = field(default_factory=list)
    accepted: list[Remark] = field(default_factory=list)


def binding(tree: syntax.Agreement, scope: Scope) -> Binding:
    """Read every clause; the names of the agreement are all known."""
    found = Binding()
    part = ""
    for heading in tree.headings:
        match heading:
            case syntax.Part():
                part = heading.title.text
            case syntax.Clause():
                _clause(heading, part, found, scope.at(heading.section.number))
            case syntax.Use():
                scope.wrong(
                    heading,
                    "A file that was not taken in",
                    "nothing stands in its place",
                    "A text by itself has no other files: they are taken in where agreements are read from a folder.",
                    "Write the clauses out here.",
                )
    for heading in tree.headings:
        read = isinstance(heading, syntax.Clause) and found.clauses.get(heading.section.number)
        if isinstance(heading, syntax.Clause) and read and read.span == heading.span:
            here = scope.at(heading.section.number)
            found.edges += [guards.edge(each, found.ranged, here) for each in heading.edges]
    guards.circle_of_rows(found.rows, scope)
    guards.two_caps(found.caps, scope)
    guards.circle_of_edges(tuple(found.edges), scope)
    guards.edges_of_no_row(tuple(found.edges), tuple(found.provisions), scope)
    return found


def _clause(node: syntax.Clause, part: str, found: Binding, scope: Scope) -> None:
    number = node.section.number
    if number in found.clauses:
        scope.wrong(
            node.section,
            "Section numbered twice",
            "this number is taken",
            "Outcomes are cited by section, so each number stands for one clause.",
            "Give one of them the number that the source gives it.",
        )
        found = Binding()  # what is wrong in the second one is told too; nothing else comes of it
    category, reason = _category(node, scope)
    title = node.title.text if node.title else ""
    text = scope.source.text[node.span.start : node.span.end]
    found.clauses[number] = Clause(number, title, category, reason, text, node.span, part)
    found.ranged[number] = tuple(
        scope.names.canonical(each.row.noun.text)
        for each in node.sentences
        if isinstance(each, syntax.Provision) and each.row
    )
    binding_sentences = [each for each in node.sentences if isinstance(each, syntax.Provision)]
    for order, each in enumerate(binding_sentences, 1):
        found.provisions += provisions(each, order, len(binding_sentences) == 1, scope)
    for sentence in node.sentences:
        _guard(sentence, found, scope)
        _rule(sentence, found, scope)


def _guard(node: syntax.Sentence, found: Binding, scope: Scope) -> None:
    match node:
        case syntax.Validity():
            found.validities += guards.validity(node, scope)
        case syntax.Outflow():
            found.outflows.append(guards.outflow(node, scope))
        case syntax.Cap():
            found.caps.append((node, guards.cap(node, scope)))
        case syntax.Protection():
            found.protections.append(guards.protection(node, scope))
        case syntax.Survival():
            found.survivals += sections(node.sections, scope)
        case _:
            pass


def _rule(node: syntax.Sentence, found: Binding, scope: Scope) -> None:
    match node:
        case syntax.NoticeRule():
            if found.notice_rules:
                before = found.notice_rules[0].section
                why = "All notices of an agreement follow one rule."
                scope.wrong(node, "Two rules for notices", f"section {before} has one", why, "Keep one of them.")
            found.notice_rules.append(guards.notice_rule(node, scope))
        case syntax.Address():
            made = guards.address(node, scope)
            if (made.recipient, made.channel) in found.addresses:
                scope.wrong(
                    node, "Two addresses for one channel", "given before", "A notice goes to one of them.", "Keep one."
                )
            found.addresses[made.recipient, made.channel] = made
        case syntax.Row():
            made_row = guards.row(node, scope)
            found.rows += [made_row] if made_row else []
        case syntax.OpenPoint():
            found.open_points.append(Remark(node.title.text, node.text.text, scope.section, node.span))
        case syntax.Reading():
            found.readings.append(Remark(node.title.text, node.text.text, scope.section, node.span))
        case syntax.Accepted():
            if not node.reason.text.strip():
                why = "Every reader of the agreement sees the warning with the reason why it may stand."
                scope.wrong(node.reason, "Accepted without a reason", "nothing is said", why, "Say why it may stand.")
            found.accepted.append(Remark(node.title.text, node.reason.text, scope.section, node.span))
        case _:
            pass


def _category(node: syntax.Clause, scope: Scope) -> tuple[str, str]:
    """What sort of section it is; one that binds is operative unless it says otherwise."""
    said = [each for each in node.sentences if isinstance(each, syntax.Category)]
    for extra in said[1:]:
        scope.wrong(extra, "Two categories", "said before", "A section is of one sort.", "Keep one of them.")
    operative = bool(node.edges) or any(not isinstance(each, _NO_EFFECT) for each in node.sentences)
    if not said:
        if not operative:
            scope.wrong(
                node.section,
                "A clause that says nothing",
                "neither binds nor says why not",
                "Every section of the source has a clause, and each says what sort of section it is.",
                'Write what it provides, or `This section is interpretive`, `boilerplate` or `not encoded: "..."`.',
            )
        return "operative", ""
    name, reason = said[0].name, said[0].reason.text if said[0].reason else ""
    if name == "not encoded" and not reason:
        hint = 'Write `This section is not encoded: "...".`'
        scope.wrong(said[0], "Not encoded, and why?", "no reason is given", "A reader must know what is missing.", hint)
    if name == "not encoded" and any(isinstance(each, syntax.Provision) for each in node.sentences):
        why = "What a provision says is encoded."
        scope.wrong(said[0], "Not encoded, and yet it binds", "the section has provisions", why, "Leave this out.")
    return name, reason
