"""What a reader is told where a sentence breaks: what was found, what would be right there, what to write.

The order is from the certain to the general: what `slips` recognises, then what the place itself tells (a
sentence that was not finished, a quotation that was not closed, a name or a word misspelt), and at last the list
of what the parser could have gone on with.
"""

import re
from collections.abc import Callable

from dsl.diagnostics import Diagnostic, did_you_mean, nearest
from dsl.parse.capitals import opens_sentence
from dsl.parse.cures import Cures
from dsl.parse.possible import listed
from dsl.parse.slips import slip_at, slip_in_opening, unknown_meaning
from dsl.source import Source, Span

_LABELS = frozenset(("ROMAN", "UPPER", "DIGIT"))
_DEFINED = re.compile(r'"([A-Z][^"]{0,80})"\s+(?:of\b|means\b)')
_SENTENCE = re.compile(r'"[^"]*"|(?P<end>[.:](?=\s))')
_NAME_BEFORE = re.compile(r"[A-Z][\w'\u2019&-]*(?:\s+(?:[A-Z&][\w'\u2019&-]*|\d[\w.()]*))*\s+\Z")
_ARTICLE_BEFORE = re.compile(r"\b(?:an?|the)\s*\Z", re.IGNORECASE)
_NEW_SENTENCE = re.compile(
    r"\s*\n\s*(?=(?:The|An?|When|While|For|No|Nothing|Every|Section|Sections|This|At|Clause|Part|Note)\b)"
)
_HEADERS = ("version", "source", "governing", "time", "business", "currency")


def unexpected_word(
    source: Source, span: Span, kind: str, wanted: frozenset[str], cures: Callable[[], Cures]
) -> Diagnostic:
    """A word in a place where the sentence cannot go on with it; `wanted` is what it could go on with, and
    `cures` finds what would mend it."""
    if kind == "$END":
        return _unfinished(source, span, wanted)
    if kind in _LABELS:
        span = Span(span.start + source.text[span.start : span.end].index("("), span.end)
        if _LABELS.isdisjoint(wanted):
            return Diagnostic(
                "A label without a list",
                span,
                "no list begins before it",
                "A label stands before an item of a list; the words before the first say how many must be true.",
                "Write `all of (i) ...; and (ii) ...` or `any of (i) ...; or (ii) ...`, or a sentence for each.",
            )
    found = source.text[span.start : span.end]
    return (
        _recognised(source, span, wanted)
        or _broken_off(source, span, wanted)
        or _joined(source, span, kind)
        or _misplaced(source, span, kind, wanted)
        or _misspelt(source, found, span, kind, wanted)
        or _unexpected(found, span, wanted, cures())
    )


def _unexpected(found: str, span: Span, wanted: frozenset[str], cures: Cures) -> Diagnostic:
    """A word that nothing more is known of than what would mend the sentence, if anything would."""
    likely = tuple(f"`{word}`" for word in sorted(cures.missing))
    possible = listed(wanted, likely)
    hint = "Write one of these here." if possible else "Look for a missing full stop just before this place."
    if len(likely) in (1, 2):
        hint = f"Write {' or '.join(likely)} before it."
    elif not likely and cures.too_many and found.islower():
        hint = f"Leave `{_short(found)}` out."
    return Diagnostic(f"Unexpected `{_short(found)}`", span, "the sentence cannot go on with this", possible, hint)


def unexpected_character(source: Source, offset: int) -> Diagnostic:
    """A character that begins no word of the language."""
    span = Span(offset, offset + 1)
    found = source.text[offset : offset + 1]
    if found == '"':
        return Diagnostic(
            "Quotation not closed",
            span,
            "opened here",
            "Quoted words run to the next quotation mark, and there is none.",
            'Add the closing `"`. If this one is the closing mark, an earlier quotation is not closed.',
        )
    slip = slip_at(source.text, offset) or slip_in_opening(source.text, _sentence_start(source.text, offset))
    if slip is not None:
        return slip
    if found.isalpha():
        return Diagnostic(
            "A name that begins with another letter than A to Z",
            span,
            "begins no word of the language",
            "Words of the language begin with a to z, names of the deal with A to Z.",
            'Define a short name and quote the full one: `"Ostrava" means a party, "Město Ostrava".`',
        )
    return Diagnostic(
        f"Unexpected character `{found}`",
        span,
        "begins no word of the language",
        "Sentences are made of words, figures, quoted texts, labels and the signs . , ; :",
        "Remove it.",
    )


def _recognised(source: Source, span: Span, wanted: frozenset[str]) -> Diagnostic | None:
    """A slip where reading stopped, or at the start of the sentence."""
    by_itself = source.text[span.start : span.end] in wanted
    slip = None if by_itself else slip_at(source.text, span.start)
    return slip or slip_in_opening(source.text, _sentence_start(source.text, span.start))


def _sentence_start(text: str, offset: int) -> int:
    start = 0
    for match in _SENTENCE.finditer(text, 0, offset):
        if match.group("end"):
            start = match.end()
    while start < offset and text[start].isspace():
        start += 1
    return start


def _unfinished(source: Source, span: Span, wanted: frozenset[str]) -> Diagnostic:
    if not source.text.strip():
        return Diagnostic(
            "Nothing written yet",
            Span(0, 0),
            "the text is empty",
            "A clause file begins with the title of the agreement.",
            'Begin with `Agreement "Sale of a Bicycle".`',
        )
    if "." in wanted:
        return _no_full_stop(span, "the text ends here")
    return Diagnostic(
        "The text ends inside a sentence",
        span,
        "ends here",
        listed(wanted) or "Every sentence ends with a full stop.",
        "Finish the sentence.",
    )


def _no_full_stop(span: Span, label: str) -> Diagnostic:
    return Diagnostic(
        "Sentence not finished",
        span,
        label,
        "Every sentence ends with a full stop, whatever the next line begins with.",
        "Add a full stop.",
    )


def _broken_off(source: Source, span: Span, wanted: frozenset[str]) -> Diagnostic | None:
    """A sentence, a heading or a quotation that should have ended before."""
    text = source.text
    if text[span.start - 1 : span.start] == '"' and text[span.start].isalnum():
        opening = text.rfind('"', 0, span.start - 1)
        return Diagnostic(
            "Quotation not closed",
            Span(opening, opening + 1),
            f"runs on to line {source.line_column(span.start)[0]}",
            "Quoted words run to the next quotation mark, which opens the next quotation here.",
            'Add the closing `"`.',
        )
    name = _NAME_BEFORE.search(text, max(0, span.start - 200), span.start)
    swallowed = _NEW_SENTENCE.search(text, name.start() if name else span.start, span.end)
    if swallowed is not None:
        return _no_full_stop(Span(swallowed.start(), swallowed.start()), "the next sentence begins after this")
    end = len(text[: span.start].rstrip())
    if "\n" not in text[end : span.start] or not re.match(r'["A-Z]', text[span.start]):
        return None
    if "." in wanted:
        return _no_full_stop(Span(end, end), "the next sentence begins after this")
    if ":" in wanted:
        return Diagnostic(
            "Heading not finished",
            Span(end, end),
            "the first sentence begins after this",
            "A clause or a scenario begins with its heading and a colon.",
            "Add a colon.",
        )
    return None


def _joined(source: Source, span: Span, kind: str) -> Diagnostic | None:
    """`and` and `or` where they cannot stand."""
    if kind not in ("AND", "OR"):
        return None
    word = source.text[span.start : span.end]
    sentence = source.text[_sentence_start(source.text, span.start) : span.start]
    if sentence.rstrip().endswith(","):
        return Diagnostic(
            f"A comma before `{word}`",
            span,
            "cannot stand after a comma here",
            "In a list of names only the word joins the last two; `, and` begins another statement.",
            f"Write `A, B {word} C`.",
        )
    other = "or" if word == "and" else "and"
    if re.search(rf"\b{other}\b", sentence):
        return Diagnostic(
            "`and` mixed with `or`",
            span,
            f"after an `{other}` in the same sentence",
            "Readers differ on which of the two binds closer.",
            "Make a labelled list: `all of (i) any of (A) ...; or (B) ...; and (ii) ...`.",
        )
    return Diagnostic(
        f"`{word}` cannot stand here",
        span,
        "found here",
        "Names in a list are parted by commas, and the last two are joined by one word.",
        f"Write `A, B {word} C`; for another statement write `, and` with its actor.",
    )


def _not_begun(span: Span, wanted: frozenset[str]) -> Diagnostic:
    """A word with which neither an act nor a question can begin."""
    title, why, hint = _QUESTION if "no" in wanted else _ACT
    return Diagnostic(title, span, "the text begins with this", why, hint)


_QUESTION = (
    "Not a question",
    "A question is a condition that is so or not, a value, or a section.",
    "Write what is to be so, `the balance of the Fund is at least USD 5.00`, or a section, `3.1(a)`.",
)
_ACT = ("Nobody acts here", "Every act is somebody's.", "Write who acts: `Buyer: deposit USD 5.00 into the Fund.`")


def _misplaced(source: Source, span: Span, kind: str, wanted: frozenset[str]) -> Diagnostic | None:
    """A word that is right somewhere else, or a word missing before it."""
    found = source.text[span.start : span.end]
    before = source.text[: span.start].rstrip()
    if wanted == {"by"} and re.search(r"\b(?:subject\s+to|notwithstanding)\s+sections?\s+\S+\Z", before, re.IGNORECASE):
        return Diagnostic(
            "A priority without saying how",
            span,
            "`by` is missing before this",
            "By suspension it waits; by replacement it falls away; by condition it needs the other; "
            "by exclusion it is not counted.",
            "Write `by suspension`, `by replacement`, `by condition` or `by exclusion`.",
        )
    if not before and "clause" not in wanted:
        quotation = re.compile(r"\s*(?=[^\w\s\"])").match(source.text, span.end)
        slip = slip_at(source.text, quotation.end()) if quotation is not None else None
        if slip is not None:
            return slip
        if "scenario" in wanted:
            return Diagnostic(
                "No scenario begins here",
                span,
                "the text begins with this",
                "A scenario file begins with a scenario; the agreement stands in a clause file.",
                'Begin with `Scenario "Its name":`.',
            )
        if "agreement" not in wanted:
            return _not_begun(span, wanted)
        return Diagnostic(
            "The title of the agreement is missing",
            span,
            "the text begins with this",
            "A clause file begins with its title, a scenario file with a scenario.",
            'Begin with `Agreement "Sale of a Bicycle".`',
        )
    if {"at", "expect", "open"} <= wanted:
        return Diagnostic(
            "A step without its time",
            span,
            "every step begins with `At`, `Expect` or `Open`",
            "What may be done depends on when it is done.",
            "Write `At 10:05 on 1 September 2005, ATG: sign the Warrant.`",
        )
    if kind == "DATE" and "TIME" in wanted:
        return Diagnostic(
            "A day without a time",
            span,
            "the clock time is missing before this",
            "Acts of one day are judged in the order of their times.",
            f"Write `10:00 on {_short(found)}`.",
        )
    if ":" in wanted and wanted <= {":", "by", "_PAUSE"} and re.match(r"\w", before[-1]):
        return Diagnostic(
            "A colon is missing",
            span,
            "what the actor does begins here",
            "A step names who acts, then a colon, then the act in its plain form.",
            "Write `ATG: sign the Warrant.`",
        )
    if "then" in wanted and kind in ("NOUN", "THIS", "STRING", "_LISTING", "_PAUSE"):
        return Diagnostic(
            "`then` is missing",
            span,
            "what follows begins here",
            "`then` parts the condition from what follows, so that no reader can draw the line elsewhere.",
            "Write `, then` between the two.",
        )
    sentence = _ARTICLE_BEFORE.sub("", before).rstrip()
    if found.lower() in _HEADERS and sentence.endswith((".", ":")) and "clause" in wanted:
        return Diagnostic(
            "A header line inside a clause",
            span,
            "stands too far down",
            "Version, source, law, time zone, business days and currency hold for the whole agreement.",
            "Move the sentence to the lines below the title of the agreement.",
        )
    return None


def _misspelt(source: Source, found: str, span: Span, kind: str, wanted: frozenset[str]) -> Diagnostic | None:
    """A word or a name that is nearly one the sentence can go on with."""
    words = sorted(word for word in wanted if word[0].isalpha() and word.islower())
    if kind == "NOUN":
        first = found.split(maxsplit=1)[0]
        near = first.lower() if first.lower() in words else None
        if near is None:
            return None
        return Diagnostic(
            "A word of the language with a capital letter",
            span,
            "read as a name of the deal",
            "Capitalised Words are names of the deal; words of the language are written small.",
            f"Write `{_short(found.lower())}`.",
        )
    if kind != "WORD":
        return unknown_meaning(found, span) if "document" in words and found.isalpha() else None
    return _unknown_word(source, found, span, words, "NOUN" in wanted) or Diagnostic(
        f"Unknown word `{_short(found)}`",
        span,
        "not a word of the language",
        listed(wanted),
        "Names of the deal are written with capitals; other words are those of the language.",
    )


def _unknown_word(source: Source, found: str, span: Span, words: list[str], name_fits: bool) -> Diagnostic | None:
    """A small word that is nearly a word of the language, or a name of the deal without its capitals."""
    defined = set(_DEFINED.findall(source.text))
    name = _NAME_BEFORE.search(source.text, max(0, span.start - 200), span.start)
    started = name.group().split() if name else []
    if started and opens_sentence(started[0]):
        started = started[1:]
    meant = nearest(" ".join([*started, found]), defined) if started or name_fits else None
    if meant is not None and (started or nearest(found, words) is None or meant.lower() == found):
        start = source.text.rindex(started[0], 0, span.start) if started else span.start
        return Diagnostic(
            "A name without its capitals",
            Span(start, span.end),
            "a small letter belongs to the language",
            "Every word of a name of the deal begins with a capital letter.",
            f"Did you mean `{meant}`?",
        )
    if nearest(found, words) is not None:
        return Diagnostic(
            f"Unknown word `{_short(found)}`", span, "not a word of the language", "", did_you_mean(found, words)
        )
    if "document" in words:
        return unknown_meaning(_short(found), span)
    if name_fits:
        return Diagnostic(
            f"Unknown word `{_short(found)}`",
            span,
            "not a word of the language",
            "Names of the deal are written with capitals, and every name is defined in the file.",
            f"If it is a name, write `{_short(found.title())}`.",
        )
    return None


def _short(found: str) -> str:
    plain = " ".join(found.split())
    return plain if len(plain) <= 40 else plain[:39] + "…"
