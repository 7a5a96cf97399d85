"""Section numbers: which there are, and which contains which."""

from dsl import syntax
from dsl.diagnostics import did_you_mean
from dsl.resolve.scope import Scope

_FEW = 12


def covers(section: str, other: str) -> bool:
    """Whether a section is another one or contains it: 3.1 contains 3.1(a), and not 3.10."""
    return other == section or (other.startswith(section) and other[len(section)] in "(.")


def section(node: syntax.Section, scope: Scope) -> str:
    """The number of a section, which must be a clause, an item of one, or what several clauses stand under."""
    known = scope.names.sections
    if node.number in known or any(covers(node.number, each) for each in known):
        return node.number
    shown = ", ".join(sorted(known)[:_FEW])
    scope.wrong(
        node,
        "Unknown section",
        "no clause and no item has this number",
        f"The sections are {shown}{' and others' if len(known) > _FEW else ''}.",
        did_you_mean(node.number, known) or f"Write the clause: `clause {node.number}: ...`.",
    )
    return node.number


def sections(node: syntax.Sections, scope: Scope) -> tuple[str, ...]:
    """Several sections, each named once."""
    found: dict[str, None] = {}
    for each in node.sections:
        number = section(each, scope)
        if number in found:
            scope.wrong(each, "Section named twice", "named before", "", "Name each section once.")
        found[number] = None
    return tuple(found)


def words_of(number: str, scope: Scope) -> frozenset[str]:
    """Which of duty, power, ban, deadline and effect a section has, with all it contains."""
    norms = scope.names.norms
    found = [words for each, words in norms.items() if covers(number, each)]
    return frozenset().union(*found)


def with_norm(node: syntax.Section, words: tuple[str, ...], wanted: str, scope: Scope) -> str:
    """The number of a section that has such a norm; without one, what is asked can never come true."""
    number = section(node, scope)
    known = number in scope.names.sections or any(covers(number, each) for each in scope.names.sections)
    if known and not words_of(_clause_of(number, scope), scope) & set(words):
        scope.wrong(
            node,
            f"Section {number} has no {wanted}",
            f"no {wanted} stands here",
            f"What is asked of it is asked of a {wanted}.",
            f"Name a section that has a {wanted}.",
        )
    return number


def _clause_of(number: str, scope: Scope) -> str:
    """The section itself or, for an item, the clause that has it."""
    while not words_of(number, scope) and number.endswith(")"):
        number = number[: number.rindex("(")]
    return number
