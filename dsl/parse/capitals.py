"""A sentence may begin with a capital letter, which would otherwise make its first word a name of the deal.

`For each Claim` and `The Escrow Agent must` begin with words of the language, `Source Code must` with a name.
So the first word of a sentence, of a list item and of a scenario step is written small before the text is cut
into words, if it is an article or if the language has a phrase that begins so. Letters are only made small:
every place in the text stays where it was.

A name that begins with a word of `_BEFORE_ANYTHING` (`No Interest`) needs `The` at the start of a sentence.
"""

import re

_OPENERS = """
    all the at clause earliest every expect for largest latest no part section sections smallest such when
    while
"""
_BEFORE_ANYTHING = frozenset(_OPENERS.split())
"""Words after which a name or a figure of the deal can stand."""

_PHRASES: dict[str, frozenset[str]] = {
    first: frozenset(following.split())
    for first, following in (
        ("accepted", '"'),
        ("agreement", '"'),
        ("address", "of"),
        ("amount", "paid payable"),
        ("any", "of other"),
        ("as", "of"),
        ("balance", "of"),
        ("business", "day days"),
        ("completion", "of"),
        ("currency", "is"),
        ("deadline", "of"),
        ("earlier", "of"),
        ("excess", "of under"),
        ("first", "day"),
        ("giving", "of"),
        ("governing", "law"),
        ("hour", "of"),
        ("interest", "of"),
        ("larger", "of"),
        ("last", "day"),
        ("later", "of"),
        ("limit", "under"),
        ("making", "of"),
        ("none", "of"),
        ("note", '"'),
        ("nothing", "happens may"),
        ("number", "of"),
        ("open", "at point"),
        ("reading", '"'),
        ("receipt", "of"),
        ("remainder", "under"),
        ("requirement", "of"),
        ("scenario", '"'),
        ("sending", "of"),
        ("share", "of"),
        ("smaller", "of"),
        ("source", "is"),
        ("sum", "of"),
        ("this", "agreement section"),
        ("time", "zone"),
        ("today", "allots as becomes divided has is less passes plus states times"),
        ("total", "paid"),
        ("use", '"'),
        ("version", "is"),
        ("withdrawal", "of"),
        ("yes", "allots as divided has is less plus states times"),
    )
}
"""Other first words, with what the language has after them."""

_LABEL = r"(?<![\w)])\((?:[ivx]+|[A-Z]|\d)\)"
_START = re.compile(rf'"[^"]*"|(?:\A|[.:]|{_LABEL})\s*(?P<word>[A-Z][a-z]*)(?![\w\'\u2019&-])')
_NEXT = re.compile(r'\s*([a-z]+|")?')
_NAME_NEXT = re.compile(r"\s+[A-Z]")


def without_capitals(text: str) -> str:
    """The text with the first words of its sentences written small, where they are the language's."""
    pieces: list[str] = []
    done = 0
    for start in _START.finditer(text):
        word = start.group("word")
        if word is not None and _is_of_the_language(word.lower(), text, start.end()):
            pieces += (text[done : start.start("word")], word[0].lower())
            done = start.start("word") + 1
    return "".join((*pieces, text[done:]))


def _is_of_the_language(word: str, text: str, end: int) -> bool:
    if word in _BEFORE_ANYTHING:
        return True
    if word in ("a", "an", "another"):  # `A Release occurs`, but `A must pay B`
        return _NAME_NEXT.match(text, end) is not None
    following = _NEXT.match(text, end)
    return following is not None and following.group(1) in _PHRASES.get(word, ())


def opens_sentence(word: str) -> bool:
    """Whether a sentence that begins with this capitalised word may be read as beginning with the language's."""
    return word.lower() in ("a", "an", "another") or word.lower() in _BEFORE_ANYTHING or word.lower() in _PHRASES
