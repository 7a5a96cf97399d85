"""How long a text and a sentence may be, and how deep sentences may nest, so that no text can take long to read.

The bounds are far above what a person writes: an agreement of a hundred pages has 300,000 characters, its longest
sentence 3,000, and a condition nests less than twenty levels deep.
"""

import re

from lark import Token, Tree

from dsl.diagnostics import Diagnostic
from dsl.source import Source, Span

LONGEST_TEXT = 1_000_000
LONGEST_SENTENCE = 20_000
"""Characters, quoted texts not counted."""
DEEPEST = 60

_PIECES = re.compile(r'"[^"]*"|[.:](?=\s)|\Z')


def too_long(source: Source) -> Diagnostic | None:
    """The text, or the first sentence, that is too long to be read."""
    if len(source.text) > LONGEST_TEXT:
        return Diagnostic(
            "Text too long",
            Span(0, 0),
            f"{len(source.text):,} characters",
            f"An agreement may have at most {LONGEST_TEXT:,} characters.",
            "Split the deal into several agreements.",
        )
    start = length = done = 0
    for piece in _PIECES.finditer(source.text):
        length += piece.start() - done
        done = piece.end()
        if length > LONGEST_SENTENCE:
            first = start + len(source.text[start:]) - len(source.text[start:].lstrip())
            return Diagnostic(
                "Sentence too long",
                Span(first, min(first + 20, len(source.text))),
                f"begins here and has no full stop for {LONGEST_SENTENCE:,} characters",
                "No reader can hold such a sentence in mind.",
                "End it with a full stop, or give its parts names with `means`.",
            )
        if not piece.group().startswith('"'):
            start, length = done, 0
    return None


def too_deep(tree: Tree[Token]) -> Diagnostic | None:
    """The place where sentences nest too deeply, if there is one."""
    level: list[Tree[Token]] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
        if not level:
            return None
    span = Span(0, 0) if level[0].meta.empty else Span(level[0].meta.start_pos, level[0].meta.end_pos)
    return Diagnostic(
        "Sentence nested too deeply",
        span,
        f"more than {DEEPEST} levels down",
        "A reader loses the thread long before this.",
        "Give the inner part a name with `means` and use the name.",
    )
