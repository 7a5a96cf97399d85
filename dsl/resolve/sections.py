"""Section numbers: which there are, and which contains which."""

from collections import Counter
from collections.abc import Iterable

from dsl import syntax
from dsl.resolve.scope import Scope

_FEW = 12


def ancestors(number: str) -> tuple[str, ...]:
    """A section and everything it stands under: `3.1(a)(iv)`, `3.1(a)`, `3.1`, `3`; a sentence stands under its own."""
    found = [number]
    number, sentence, _ = number.partition(", ")
    found += [number] if sentence else []
    while (cut := max(number.rfind("("), number.rfind("."))) > 0:
        number = number[:cut]
        found.append(number)
    return tuple(found)


def listed(numbers: Iterable[str]) -> str:
    """The sections that stand in a text, in its order; of many the first, and how many others there are."""
    known = tuple(numbers)
    others = len(known) - _FEW
    return ", ".join(known[:_FEW]) + (f" and {others} other{'s' if others > 1 else ''}" if others > 0 else "")


def count_deadlines(dated: Iterable[tuple[str, str, str, bool, str]]) -> dict[str, tuple[int, int]]:
    """How many deadlines stand under each section and in each sentence: all, and those there can be for one entry.

    Each one is given with its sentence, its clause, what it ranges over (nothing, if it is empty), whether only over
    some of it, and its words: those of one sentence in the same words are one. Of sentences over some rows an entry may
    be a row of one alone, so the sentence with the most counts for all of them. An entry is of one kind, so the kind
    with the most counts for all.
    """
    every: Counter[str] = Counter()
    of_all: dict[str, Counter[str]] = {}
    of_some: dict[str, dict[str, Counter[str]]] = {}
    for cited, clause, over, some, _ in dict.fromkeys(dated):
        for above in dict.fromkeys((*ancestors(clause), cited)):
            every[above] += 1
            of_all.setdefault(above, Counter())[over] += bool(over) and not some
            of_some.setdefault(above, {}).setdefault(over, Counter())[cited] += bool(over) and some
    return {
        above: (every[above], max(of_all[above][over] + max(of_some[above][over].values()) for over in of_all[above]))
        for above in every
    }


def section(node: syntax.Section, scope: Scope) -> str:
    """The number of a section, which must be a clause, an item of one, or what several clauses stand under."""
    known = scope.names.sections
    number = node.number.partition(", ")[0]
    if number not in known and not scope.found.enough():
        scope.wrong(
            node,
            "Unknown section",
            "no clause and no item has this number",
            f"The sections are {listed(scope.names.numbered)}.",
            scope.near(number, known) or _instead(number, scope),
        )
    if number != node.number and scope.names.cited and node.number not in scope.names.cited:
        binding = [each for each in scope.names.cited if each.partition(", ")[0] == number]
        alone = binding == [number]
        scope.wrong(
            node,
            "Unknown sentence",
            "no sentence that binds is cited so",
            f"Only one sentence of section {number} binds, and its number says which."
            if alone
            else f"The sentences of section {number} that bind: {', '.join(binding) or 'none'}.",
            f"Write `section {number}`."
            if alone
            else "Count only the sentences that bind somebody or make something happen.",
        )
    if number in known and number in scope.names.ambiguous:
        scope.wrong(
            node,
            f"Two things are numbered {number}",
            "which of them?",
            "Two lists of one clause have an item of this label, or an item has the number of a clause.",
            "Give one of them another label.",
        )
    return node.number


def _instead(number: str, scope: Scope) -> str:
    return "Name one of these." if scope.names.is_read else f"Write the clause: `clause {number}: ...`."


def sections(node: syntax.Sections, scope: Scope) -> tuple[str, ...]:
    """Several sections, each named once."""
    found: dict[str, None] = {}
    for each in node.sections:
        number = section(each, scope)
        if number in found:
            scope.wrong(each, "Section named twice", "named before", "Once is enough.", "Leave it out here.")
        found[number] = None
    return tuple(found)


def with_norm(node: syntax.Section, words: tuple[str, ...], wanted: str, why: str, scope: Scope) -> str:
    """The number of a section that has such a norm; without one, what is asked can never come true."""
    number = section(node, scope)
    bare = number.partition(", ")[0]
    norms = next((scope.names.norms[each] for each in ancestors(bare) if scope.names.norms.get(each)), frozenset())
    if bare in scope.names.sections and not norms & set(words):
        scope.wrong(
            node,
            f"Section {number} has no {wanted}",
            f"no {wanted} stands here",
            why,
            f"Name a section that has a {wanted}.",
        )
    return number
