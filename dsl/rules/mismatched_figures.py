"""A number in words and the figure beside it are the same number."""

import re
from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.source import Span
from dsl.terms import Terms

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VALUES = {word: number for number, word in enumerate(f"{_UNITS} {_TEENS}".split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_WORD = "|".join((*_VALUES, *_SCALES))
_COUNTED = r"(?:\s+(?:percent|per\s+cent|dollars|euros|pounds|U\.?S\.?\s+dollars|United\s+States\s+dollars))?"
_WORDS = re.compile(
    rf"\b(?P<words>(?:{_WORD})(?:(?:\s+and\s+|\s*-\s*|\s+)(?:{_WORD}))*){_COUNTED}"
    r"\s*\(\s*(?:[A-Z]{0,3}\s?[$€£]?|[A-Z]{3}\s+)?(?P<figure>\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*(?:%|percent)?\s*\)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\b(?:section|article|clause|paragraph|schedule|exhibit|item|part)s?\s+$", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


def mismatched_figures(terms: Terms) -> Iterator[Diagnostic]:
    """`five (6) business days` in a note, a reading, a title or any other quoted text.

    Words and figures that differ are a classic slip of drafting, and courts have to choose between them. Sentences of
    the language write a number once; what is quoted from the source can still carry the slip along.
    """
    recorded = [remark.span for remark in terms.open_points]
    for quoted in _QUOTED.finditer(terms.text):
        if any(span.start <= quoted.start() < span.end for span in recorded):
            continue  # A slip of the source, told as such.
        for found in _WORDS.finditer(quoted.group()):
            said, figure = _number(found.group("words").lower()), int(found.group("figure").replace(",", ""))
            if said is None or said == figure or _LABELLED.search(quoted.group()[: found.start()]):
                continue
            start = quoted.start() + found.start()
            span = Span(start, quoted.start() + found.end())
            yield Diagnostic(
                "Words and figures differ",
                span,
                f"{found.group('words')} is {said:,}, and not {figure:,}",
                "A reader cannot tell which of the two was meant.",
                "Correct the one that is wrong, or record the slip of the source as an `Open point`.",
                Severity.WARNING,
            )


def _number(words: str) -> int | None:
    """The number that words say, or None where they say none, as in `two hundred five six`."""
    total = group = 0
    room = 1_000_000_000_000
    for word in re.findall(r"[a-z]+", words):
        if word == "and":
            continue
        scale = _SCALES.get(word)
        if scale is None:
            value = _VALUES[word]
            if group % 10 or (group and not value) or (group % 100 and value >= 10):
                return None
            group += value
        elif scale == 100:
            if not 0 < group < 100:
                return None
            group *= 100
        else:
            if not group or scale >= room:
                return None
            total, group, room = total + group * scale, 0, scale
    return total + group
