"""The words that join the items of a labelled list must say what the list says.

`all of (i) ...; or (ii) ...` asks for all items and for any one of them in the same breath. A court would have to
choose; here the author does.
"""

from collections.abc import Iterator

from lark import Token, Tree

from dsl.diagnostics import Diagnostic
from dsl.source import Span

_LISTS = frozenset(("roman_list", "upper_list", "digit_list"))
_AND_LISTS = ("all",)


def contradicting_joiners(tree: Tree[Token]) -> Iterator[Diagnostic]:
    """Lists whose items are joined by another word than their first words mean."""
    for subtree in tree.iter_subtrees():
        if subtree.data in _LISTS:
            quantifier, *items = subtree.children
            if isinstance(quantifier, Tree):
                yield from _joiners(quantifier, [item for item in items if isinstance(item, Tree)])


def _joiners(quantifier: Tree[Token], items: list[Tree[Token]]) -> Iterator[Diagnostic]:
    words = " ".join(str(word) for word in quantifier.children)
    right = "and" if words.startswith(_AND_LISTS) else "or"
    for number, item in enumerate(items):
        label = item.children[0]
        if not isinstance(label, Token) or not label.startswith(";"):
            continue
        joiner = label[1:].split("(")[0].strip()
        start = label.start_pos or 0
        span = Span(start, start + len(label))
        if number == 0:
            yield Diagnostic(
                "A list that begins in the middle",
                span,
                "nothing stands before this item",
                "A semicolon, `and` and `or` join an item to the one before.",
                f"Write `{words} (i) ...; {right} (ii) ...`.",
            )
        elif joiner not in ("", right):
            yield Diagnostic(
                f"`{joiner}` in a list that says `{words}`",
                span,
                f"`{words}` means the items are joined by `{right}`",
                "All items and any one of them are different conditions; the list must not say both.",
                f"Write `; {right} (...)` here, or begin the list with `{'any of' if right == 'and' else 'all of'}`.",
            )
