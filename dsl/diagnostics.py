"""What is wrong or open in an agreement, said so that its author knows what to do next.

A check returns `Diagnostic` values beside its result; nothing is printed and nothing is raised.
`render` turns one of them into the text people see:

    error: Unknown party
      ┌─ agreements/bicycle_sale.clause:7:14
      │
    7 │   release to sellr
      │              ^^^^^ no party has this name

    The parties to this agreement are buyer and seller.
    Hint: did you mean `seller`?

The carets must stand under the words they mean in a terminal with fixed columns. So a tab is drawn
as spaces, a wide character counts for two columns, a combining mark for none, and a character that
could disturb the terminal or reverse the reading order is drawn as `�`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from dsl.source import NOWHERE, Source, Span

_TAB = 4
_JOINERS = "\u200c\u200d"
_UNDRAWABLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_LONGEST_WORD = 80
"""Nobody misspells a longer word by a letter; comparing such words would only cost time."""
_LONGEST_LINE = 240
"""Of a longer line only what is around the place is shown."""


class Severity(Enum):
    """How much a diagnostic weighs.

    An error stops the agreement from running and a warning does not. An open point is not a
    mistake of the author: it is a blank, an ambiguity or a defect of the agreement itself. An
    accepted warning is one that the file itself says it lets stand, and why.
    """

    ERROR = "error"
    WARNING = "warning"
    OPEN = "open"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the author: a title, a labelled place, an explanation and a next step.

    `section` is the number of the clause it concerns and `rule` the name of the check that found
    it; both are for readers that group or filter, and are not part of the rendered text. `reason`
    is why an accepted warning stands.
    """

    title: str
    span: Span
    label: str = ""
    explanation: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    section: str = ""
    rule: str = ""
    reason: str = ""


def render(diagnostic: Diagnostic, source: Source) -> str:
    """The diagnostic as lines of text, without a line ending after the last."""
    lines = [f"{diagnostic.severity.value}: {diagnostic.title}", *_place(diagnostic, source)]
    advice = [diagnostic.explanation] if diagnostic.explanation else []
    if diagnostic.reason:
        advice.append(f"Accepted: {diagnostic.reason}")
    elif diagnostic.hint:
        advice.append(f"Hint: {_after_colon(diagnostic.hint)}")
    if advice:
        lines += ["", *advice]
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], source: Source) -> str:
    """All diagnostics in the order of their places, with an empty line between two of them."""
    in_order = sorted(diagnostics, key=lambda each: each.span)
    return "\n\n".join(render(each, source) for each in in_order)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant by a misspelt word, if one is close enough.

    Capital letters do not count. A third of the letters may differ, and one always may, as long as
    one letter is right. Of several equally close, one with the same first letter wins; the order
    in which the candidates come does not matter.
    """
    misspelt = word.casefold()
    if not misspelt or len(misspelt) > _LONGEST_WORD:
        return None
    allowed = max(1, len(misspelt) // 3)
    found: list[tuple[int, bool, str]] = []
    for candidate in candidates:
        meant = candidate.casefold()
        if candidate in ("", word) or abs(len(meant) - len(misspelt)) > allowed:
            continue
        steps = _edits(misspelt, meant)
        if steps <= allowed and steps < len(meant):
            found.append((steps, meant[0] != misspelt[0], candidate))
    return min(found)[2] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint that names the likely spelling, or no words at all."""
    meant = nearest(word, candidates)
    return f"Did you mean `{meant}`?" if meant is not None else ""


def _place(diagnostic: Diagnostic, source: Source) -> list[str]:
    """The lines that show where: the file, the line of the text, and the carets below it."""
    if diagnostic.span == NOWHERE:
        return [f"  ┌─ {source.name}"]
    source, span = source.origin(diagnostic.span)
    start, end = _shown(span, source)
    number, column = source.line_column(start)
    text = source.line(number)
    first = min(column - 1, len(text))
    last = min(first + (end - start), len(text.rstrip())) if end > start else first
    while first > 0 and first < len(text) and _width(text[first]) == 0:
        first -= 1
    text, first, last = _window(text, first, last)
    margin = _columns(_drawn(text[:first]))
    carets = max(1, _columns(_drawn(text[:last])) - margin)
    gutter = " " * len(str(number))
    label = f" {' '.join(diagnostic.label.split())}" if diagnostic.label else ""
    return [
        f"{gutter} ┌─ {source.name}:{number}:{column}",
        f"{gutter} │",
        f"{number} │ {_drawn(text)}".rstrip(),
        f"{gutter} │ {' ' * margin}{'^' * carets}{label}",
    ]


def _window(text: str, first: int, last: int) -> tuple[str, int, int]:
    """As much of a line as can be read, and where the place is in it; a line of usual length is whole."""
    if len(text) <= _LONGEST_LINE:
        return text, first, last
    begin = max(0, min(first - _LONGEST_LINE // 2, len(text) - _LONGEST_LINE))
    end = begin + _LONGEST_LINE
    before, after = "…" * (begin > 0), "…" * (end < len(text))
    moved = len(before) - begin
    return before + text[begin:end] + after, first + moved, min(last, end) + moved


def _shown(span: Span, source: Source) -> tuple[int, int]:
    """The offsets to show; a place in the empty space at the end moves back to the last words."""
    written = len(source.text.rstrip())
    start = min(max(span.start, 0), len(source.text))
    if start > written:
        return written, written
    return start, max(start, min(span.end, len(source.text)))


def _drawn(text: str) -> str:
    """The text as a terminal can show it, with each tab reaching to the next multiple of four."""
    drawn: list[str] = []
    column = 0
    for character in text:
        if character == "\t":
            shown = " " * (_TAB - column % _TAB)
        elif character not in _JOINERS and unicodedata.category(character) in _UNDRAWABLE:
            shown = "\N{REPLACEMENT CHARACTER}"
        else:
            shown = character
        drawn.append(shown)
        column += _columns(shown)
    return "".join(drawn)


def _columns(drawn: str) -> int:
    return sum(_width(character) for character in drawn)


def _width(character: str) -> int:
    """The number of columns one character takes on a screen."""
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _after_colon(hint: str) -> str:
    """The hint as it reads after "Hint:"; the question of `did_you_mean` goes on in lower case."""
    return f"d{hint[1:]}" if hint.startswith("Did you mean ") else hint


def _edits(first: str, second: str) -> int:
    """How many letters must be added, dropped, replaced or swapped with a neighbour.

    This is the distance of Damerau and Levenshtein in its common form, where no letter is moved
    twice.
    """
    earlier: list[int] = []
    above = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        row = [i]
        for j, b in enumerate(second, 1):
            steps = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
        earlier, above = above, row
    return above[-1]
