"""Text with a name, and places in it.

Every later step of the pipeline points back at the words an author wrote. A place is a `Span`: two
character offsets into one text, the first included and the last not. Offsets stay cheap to carry
and to compare; a line and a column are worked out only when a place is shown to a person.

A text may be put together from several files. It is one text to every step, and only where a place is shown is it
looked up, in `pieces`, from which file the words came.

A line ends at a line feed, at a carriage return, or at the two together, so a file written on any
machine has the same line numbers.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to, but not including, `end`."""

    start: int
    end: int


NOWHERE = Span(-1, -1)
"""The place of something that no words in the text produced."""


def cover(first: Span, second: Span) -> Span:
    """The shortest place that contains both places; `NOWHERE` adds nothing to the other."""
    if first == NOWHERE:
        return second
    if second == NOWHERE:
        return first
    return Span(min(first.start, second.start), max(first.end, second.end))


@dataclass(frozen=True, slots=True)
class Piece:
    """The characters from `start` up to `end` of a whole, which stand in another text from `at` on."""

    start: int
    end: int
    source: "Source"
    at: int


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one agreement and the name readers know it by; `pieces` in their order, if it was put together."""

    name: str
    text: str
    pieces: tuple[Piece, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(end.end() for end in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "_starts", starts)

    def line_column(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character, both counted from 1.

        The offset just past the last character is a place too. An offset outside the text counts
        as the nearest end of it.
        """
        inside = min(max(offset, 0), len(self.text))
        number = bisect_right(self._starts, inside)
        return number, inside - self._starts[number - 1] + 1

    def line(self, number: int) -> str:
        """The words of one line, counted from 1, without its ending; empty if there is none."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def origin(self, span: Span) -> "tuple[Source, Span]":
        """The text that an author wrote and a place in it, for a place in what was put together from it."""
        if span == NOWHERE or not self.pieces:
            return self, span
        after = bisect_right(self.pieces, max(span.start, 0), key=lambda each: each.start)
        piece = self.pieces[max(after - 1, 0)]
        shift = piece.at - piece.start
        return piece.source, Span(span.start + shift, max(span.start, min(span.end, piece.end)) + shift)

    def excerpt(self, span: Span) -> str:
        """The words at a place, on one line, with single spaces between them."""
        if span == NOWHERE:
            return ""
        return " ".join(self.text[max(span.start, 0) : max(span.end, 0)].split())
