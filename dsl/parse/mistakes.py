"""What a reader is told where a sentence breaks: what was found, what would be right there, what to write.

Lawyers make the same dozen slips; `_SLIPS` lists them by the words found, each with the choices the language
offers. Anything else is answered from what the parser could have gone on with.
"""

import re

from dsl.diagnostics import Diagnostic, nearest
from dsl.source import Source, Span

_SLIPS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"and/or",
        "`and/or` hides a choice",
        "It can mean both, or either one; money and rights must not depend on which.",
        "Write `A and B`, `A or B`, or a labelled list: `any of (i) A; (ii) B`.",
    ),
    (
        r"shall|will",
        "`shall` can mean four things",
        "A duty, a permission, a ban and a consequence are different provisions here.",
        "Write `must` (duty), `must not` (ban), `may` (power), or `occurs` (happens by itself).",
    ),
    (
        r"if|whenever|upon|once",
        "A condition without its kind",
        "A trigger either latches (`when`: from the first moment it is true) or follows (`while`: as long as it is).",
        "Write `When ..., then` or `While ..., then`.",
    ),
    (
        r"days?",
        "A day without its kind",
        "Calendar days, business days and clear business days end at different times.",
        "Write `calendar days`, `business days` or `clear business days`.",
    ),
    (
        r"immediately|forthwith|soon",
        "A vague time the language does not have",
        "Vague time stays vague: nobody is late by a machine's word.",
        "Write `promptly`, or a fixed window: `within 2 business days`.",
    ),
    (
        r"cannot|can",
        "`can` says neither right nor ability",
        "A sentence gives a power or forbids something.",
        "Write `may` or `must not`.",
    ),
    (
        r"provided|unless|except",
        "An exception in the middle of a sentence",
        "An exception is a provision of its own, with its own place in the trace.",
        "Write a guard, `No X is valid unless ...`, or an edge: `subject to section 4.2 by suspension`.",
    ),
)

_PLAIN_NAMES = {
    "NOUN": "a name (Capitalised Words)",
    "STRING": 'words in "quotation marks"',
    "MONEY": "an amount (USD 1,000.00)",
    "NUMBER": "a number",
    "DOTTED": "a number",
    "DATE": "a date (6 September 2005)",
    "TIME": "a time (11:20)",
    "SECTION": "a section number",
    "ROMAN": "an item label, (i)",
    "UPPER": "an item label, (A)",
    "DIGIT": "an item label, (1)",
    "_PAUSE": "a comma",
    "_LISTING": "a comma",
    "_FAILING": "`, failing which`",
    "$END": "the end of the text",
}
_FEW = 8


def unexpected_word(source: Source, span: Span, kind: str, wanted: frozenset[str]) -> Diagnostic:
    """A word in a place where the sentence cannot go on with it; `wanted` is what it could go on with."""
    found = source.text[span.start : span.end].strip()
    if kind == "$END":
        return _unfinished(span, wanted)
    slip = _slip(source, span)
    if slip is not None:
        return slip
    if kind == "WORD":
        return _unknown_word(found, span, wanted)
    if kind in ("ROMAN", "UPPER", "DIGIT") and not found.startswith("("):
        span = Span(span.start + found.index("("), span.end)
        found = source.text[span.start : span.end]
    if found.split()[0].lower() in ("clause", "part") and "." in wanted:
        return Diagnostic(
            "Sentence not finished",
            span,
            "a new clause begins here",
            "The sentence before it has no full stop." + _listed(wanted),
            "End the sentence before with a full stop.",
        )
    return Diagnostic(
        f"Unexpected `{_short(found)}`",
        span,
        "the sentence cannot go on with this",
        _listed(wanted).strip(),
        _advice(found, kind, wanted),
    )


def unexpected_character(source: Source, offset: int) -> Diagnostic:
    """A character that begins no word of the language."""
    span = Span(offset, offset + 1)
    slip = _slip(source, span)
    if slip is not None:
        return slip
    found = source.text[offset : offset + 1]
    hint = "Remove it."
    if found == '"':
        title, label = "Quotation not closed", "opened here"
        explanation, hint = "Quoted words run to the next quotation mark.", 'Add the closing `"`.'
    elif found in "“”„«»":
        title, label = "Curly quotation mark", "not part of the language"
        explanation, hint = "Names and texts stand between straight quotation marks.", 'Write `"`.'
    else:
        title, label = f"Unexpected character `{found}`", "begins no word of the language"
        explanation = "Sentences are made of words, figures, quoted texts, labels and . , ; :"
    return Diagnostic(title, span, label, explanation, hint)


def _unfinished(span: Span, wanted: frozenset[str]) -> Diagnostic:
    return Diagnostic(
        "The text ends inside a sentence",
        span,
        "ends here",
        "Every sentence ends with a full stop." + _listed(wanted),
        "Finish the sentence." if "." not in wanted else "Add a full stop.",
    )


def _slip(source: Source, span: Span) -> Diagnostic | None:
    start = span.start
    while start > 0 and re.match(r"[\w/]", source.text[start - 1]):
        start -= 1
    match = re.match(r"[\w/'-]+", source.text[start:])
    if match is None:
        return None
    word = match.group()
    for pattern, title, explanation, hint in _SLIPS:
        if re.fullmatch(pattern, word, re.IGNORECASE):
            return Diagnostic(title, Span(start, start + len(word)), "found here", explanation, hint)
    return None


def _unknown_word(found: str, span: Span, wanted: frozenset[str]) -> Diagnostic:
    near = nearest(found, sorted(word for word in wanted if word[0].isalpha() and word.islower()))
    if near is None and "NOUN" in wanted:
        hint = f"Names of the deal are written with capitals: did you mean `{found.title()}`?"
    else:
        hint = f"Did you mean `{near}`?" if near else "Use one of the words the sentence can go on with."
    return Diagnostic(
        f"Unknown word `{_short(found)}`", span, "not a word of the language", _listed(wanted).strip(), hint
    )


def _advice(found: str, kind: str, wanted: frozenset[str]) -> str:
    if kind in ("OR", "AND"):
        return "`and` and `or` are not mixed in one condition: make a labelled list, `all of (i) ...; (ii) ...`."
    if found == "by" or ("by" in wanted and kind == "COLON"):
        return "Say how: `by suspension`, `by replacement`, `by condition` or `by exclusion`."
    if kind == "NOUN":
        near = nearest(found.lower(), sorted(word for word in wanted if word.islower()))
        if near is not None:
            return f"Did you mean `{near}`?"
    return "Write one of the words the sentence can go on with."


def _listed(wanted: frozenset[str]) -> str:
    names = sorted({_PLAIN_NAMES.get(word, f"`{word}`") for word in wanted} - {"WORD", "ARTICLE"})
    if not names or len(names) > 3 * _FEW:
        return ""
    shown = ", ".join(names[:_FEW])
    return f" Possible here: {shown}{' and others' if len(names) > _FEW else ''}."


def _short(found: str) -> str:
    return found if len(found) <= 40 else found[:39] + "…"
