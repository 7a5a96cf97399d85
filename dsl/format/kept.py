"""What the writer chose and the syntax does not know: articles, and the lines of the clauses in an amendment.

A formatted text has the words of its source in the same order, but for articles and the joining words of lists. So
the two are read side by side, and each word gets the articles that it has in the source. Two texts whose words differ
after all, which would be a mistake of ours, keep the articles that the rule gives.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from dsl.format.marks import GLUE, START, STEP, WIDTH
from dsl.parse.capitals import without_capitals
from dsl.parse.characters import plain
from dsl.source import Source

_WORD = re.compile(rf'"[^"]*"|[^\s"(),;:.{START}]+')
_ARTICLE = re.compile(r"(?:an?|the)(?=\s)")
_PLURAL = {"sections": "section", "survives": "survive", "protects": "protect"}
"""Words of which the language takes either form."""
_JOINING = ("and", "or")
"""Words that may be left out of a list, and that the formatter puts there."""
_HEADING = "Clause "


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, or a text in quotation marks, with the articles before it; `start` is where the first of them begins."""

    text: str
    articles: tuple[str, ...]
    start: int
    end: int

    @property
    def alike(self) -> str:
        """The same for two words that say the same."""
        if self.text[0] == '"':
            return f'"{" ".join(self.text[1:-1].split())}"'
        return _PLURAL.get(self.text, self.text)


def as_written(text: str, source: Source) -> str:
    """A text before its layout, with the articles and the lines of clauses that its source has."""
    ours, theirs = tuple(_words(text)), tuple(_words(without_capitals(plain(source.text))))
    if [each.alike for each in ours] != [each.alike for each in theirs]:
        return text
    pieces: list[str] = []
    done = 0
    before = ""
    for our, their in zip(ours, theirs, strict=True):
        between, word = text[done : our.start], our.text
        if before == "clauses":
            between, word = _clauses(between, source.text[their.end - len(their.text) : their.end], _indent(text, our))
        pieces += (between, *(f"{article}{GLUE}" for article in their.articles), word)
        done, before = our.end, our.text
    return "".join((*pieces, text[done:]))


def _words(text: str) -> Iterator[_Word]:
    articles: list[str] = []
    start = -1
    for found in _WORD.finditer(text):
        start = found.start() if start < 0 else start
        if _ARTICLE.match(text, found.start(), found.end() + 1):
            articles.append(found.group())
            continue
        if found.group() not in _JOINING:
            yield _Word(found.group(), tuple(articles), start, found.end())
        articles, start = [], -1


def _indent(text: str, word: _Word) -> int:
    line = text[text.rfind("\n", 0, word.start) + 1 :]
    return len(line) - len(line.lstrip(" ")) + STEP


def _clauses(between: str, text: str, indent: int) -> tuple[str, str]:
    """What stands before the clauses of an amendment, and they: in the lines of the writer, further in or out."""
    first, *others = (line.expandtabs() for line in text.splitlines() if line.strip())
    first = " ".join(first.split())
    if not others and indent + len(first) < WIDTH:
        return between, first.replace(" ", GLUE)
    head, inside = indent + 1, indent + 1 + STEP
    out = min((_depth(line) for line in others if not _is_heading(line)), default=inside) - inside
    lines = _wrapped(first, 0, inside)
    for line in others:
        depth = head if _is_heading(line) else _depth(line) - out
        lines += _wrapped(line, depth, depth + STEP)
    return "\n" + " " * indent, "\n".join(line.replace(" ", GLUE) for line in lines)


def _is_heading(line: str) -> bool:
    return line.lstrip().startswith(_HEADING)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _wrapped(line: str, indent: int, further: int) -> list[str]:
    """The line, with room for a full stop after it."""
    return wrap(
        " ".join(line.split()),
        WIDTH - STEP,
        initial_indent=" " * indent,
        subsequent_indent=" " * further,
        break_long_words=False,
        break_on_hyphens=False,
    )
