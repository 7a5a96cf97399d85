"""Which characters a text may have: every one is visible, is one character, and looks like no other.

Two texts that look the same must mean the same. So no character may be invisible or turn the reading order, a
letter with an accent is one character (Unicode's form NFC), and outside quotation marks only Latin letters and
the digits 0 to 9 are used: `Buyer` with a Cyrillic letter in it would be another name to the machine and the
same to every reader. Quoted texts may be in any language. The spaces of word processors count as plain spaces.
"""

import re
import unicodedata

from dsl.diagnostics import Diagnostic
from dsl.lookalikes import is_invisible
from dsl.source import Source, Span

LONGEST_FIGURE = 40
"""Characters; no amount, number or section comes near."""

_SPACES = dict.fromkeys(map(ord, "\u00a0\u1680\u202f\u205f\u3000"), " ") | dict.fromkeys(range(0x2000, 0x200B), " ")
_LINES = "\t\n\r"
_OUTSIDE_QUOTES = re.compile(r'"[^"]*"?|(?P<other>[^\x00-\x7f])')
_FIGURE = re.compile(rf'"[^"]*"?|(?P<figure>\d[\d.,]{{{LONGEST_FIGURE},}})')
_CURLY = "\u2018\u2019\u201a\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"


def plain(text: str) -> str:
    """The text with a plain space for every other kind of space."""
    return text.translate(_SPACES)


def unreadable(source: Source) -> Diagnostic | None:
    """The first thing in the characters of a text that stops its reading."""
    return _invisible(source) or _in_parts(source) or _foreign(source) or _long_figure(source)


def _invisible(source: Source) -> Diagnostic | None:
    if source.text.isascii() and source.text.isprintable():
        return None
    for offset, character in enumerate(source.text):
        if character < "\x7f" and (character >= " " or character in _LINES):
            continue
        if is_invisible(character):
            return _say_invisible(character, offset)
    return None


def _say_invisible(character: str, offset: int) -> Diagnostic:
    span = Span(offset, offset + 1)
    if character == "\ufeff" and offset == 0:
        return Diagnostic(
            "Invisible character",
            span,
            "a byte order mark stands before the first word",
            "Some editors put this mark at the start of a file; it is not part of the agreement.",
            "Save the file as `UTF-8`, not as `UTF-8 with BOM`.",
        )
    name = unicodedata.name(character, f"control character {ord(character)}").lower()
    return Diagnostic(
        "Invisible character",
        span,
        name,
        "Two texts that look the same must be the same; a character nobody sees can hide a difference.",
        "Delete it, or type the line again. It often comes along when text is copied from a PDF or a web page.",
    )


def _in_parts(source: Source) -> Diagnostic | None:
    if unicodedata.is_normalized("NFC", source.text):
        return None
    low, high = 0, len(source.text)
    while low < high:  # the shortest beginning that is not in the one form
        middle = (low + high) // 2
        if unicodedata.is_normalized("NFC", source.text[:middle]):
            low = middle + 1
        else:
            high = middle
    start = max(low - 1, 0)
    while start > 0 and unicodedata.combining(source.text[start]):
        start -= 1
    written = source.text[start:low]
    return Diagnostic(
        "A letter written in another way than usual",
        Span(start, low),
        f"should be `{unicodedata.normalize('NFC', written)}`, one plain character",
        "The same letter can be stored in several ways; two names that look the same must be the same.",
        "Delete the letter and type it again. In Unicode's words: save the text in the form NFC.",
    )


def _foreign(source: Source) -> Diagnostic | None:
    for match in _OUTSIDE_QUOTES.finditer(source.text):
        character = match.group("other")
        if character is None or character.translate(_SPACES) == " " or character in _CURLY:
            continue
        if character.isalnum() and not unicodedata.name(character, "").startswith("LATIN"):
            name = unicodedata.name(character, f"character number {ord(character)}").lower()
            return Diagnostic(
                "Letter of another alphabet",
                Span(match.start(), match.end()),
                name,
                "Names and words are written in Latin letters and the digits 0 to 9, so that no two look the same.",
                "Write it in Latin letters; between quotation marks any alphabet may be used.",
            )
    return None


def _long_figure(source: Source) -> Diagnostic | None:
    for match in _FIGURE.finditer(source.text):
        if match.group("figure") is not None:
            return Diagnostic(
                "Figure too long",
                Span(match.start(), match.end()),
                f"{len(match.group()):,} characters",
                f"A figure may have at most {LONGEST_FIGURE} characters.",
                "Check whether a space or a full stop is missing.",
            )
    return None
