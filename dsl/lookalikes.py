"""Which names look the same to a reader, though they are not the same text.

Two names that look alike have one skeleton: what is left of a name when every letter is put in the place of the one
that it looks like. It is a part of the confusables of Unicode Technical Standard 39, section 4: the letters that
stand for Latin ones in the alphabets in use, and the pairs within Latin that a hurried eye takes for one. Capitals
and small letters are one here, for `ANNA` and `Anna` are one name to whoever reads them aloud.
"""

import re
import unicodedata
from collections.abc import Iterable

_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_LOOKS_EMPTY = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_WORD = re.compile(r"[^\W\d_]+")
_TOGETHER = (frozenset(("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA")), frozenset(("CJK", "HANGUL")))
"""Alphabets that stand side by side in one word of Japanese, and of Korean."""


def is_invisible(character: str) -> bool:
    """Whether nobody sees a character, or it turns the reading order of those beside it."""
    return unicodedata.category(character) in _INVISIBLE or _LOOKS_EMPTY.match(character) is not None


def unclear(name: str) -> str | None:
    """Why a name cannot be told by who sees it, as the rest of a sentence about it; None for one that can."""
    for character in name:
        if is_invisible(character):
            called = unicodedata.name(character, f"character number {ord(character)}").lower()
            return f"holds a character that nobody sees: {called}. Type it again"
    if not unicodedata.is_normalized("NFC", name):
        return "holds a letter that is put together from parts. Type it again"
    if name != " ".join(name.split()):
        return "begins or ends with a space, or has one that nobody sees. Type it again"
    for word in _WORD.findall(name):
        alphabets = {_alphabet(letter) for letter in word}
        if len(alphabets) > 1 and not any(alphabets <= each for each in _TOGETHER):
            both = " and ".join(sorted(each.capitalize() for each in alphabets))
            return f"has letters of several alphabets in one word, `{word}`: {both}. Write it in one"
    return None


def lookalike(name: str, others: Iterable[str]) -> str | None:
    """Another name that looks like this one, if there is one among the others; a name is no other than itself."""
    wanted = skeleton(name)
    return next((each for each in others if each != name and skeleton(each) == wanted), None)


def skeleton(name: str) -> str:
    """What is left of a name when every letter is put in the place of the one it looks like."""
    plain = unicodedata.normalize("NFKD", "".join(each for each in name if not is_invisible(each)))
    letters = " ".join(plain.translate(_LIKE).split()).casefold()
    for pair, one in _PAIRS:
        letters = letters.replace(pair, one)
    return letters


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


_PAIRS = (("rn", "m"), ("vv", "w"))
_SETS = {
    # Cyrillic
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0501\u051b\u051d\u04bb\u043a": "aeopcyxsijdqwhk",
    "\u0410\u0412\u0415\u0417\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425": "ABE3KMHOPCTYX",
    "\u0405\u0408\u051a\u051c\u04ae": "SJQWY",
    # Greek
    "\u03b1\u03bf\u03bd\u03c1\u03b9\u03ba\u03c5\u03b3\u03c3\u03c4\u03b7\u03c7\u03f2\u03f3": "aovpikuyotnxcj",
    "\u0391\u0392\u0395\u0396\u0397\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7": "ABEZHKMNOPTYX",
    # Armenian
    "\u0585\u0578\u057d\u0570\u0563\u0566\u054f\u054d\u053c\u0555": "onuhgqSULO",
    # Cherokee
    "\u13aa\u13f4\u13df\u13a0\u13ac\u13bb\u13ab\u13e6": "ABCDEHJK",
    "\u13de\u13b7\u13e2\u13a1\u13da\u13a2\u13d9\u13b3\u13c3": "LMPRSTVWZ",
    # Latin letters made like others
    "\u0131\u0251\u0261\u0269\u028b\u1d04\u1d0f\u1d20\u1d21\u1d22\ua731\u026a\u028f": "iagivcovwzsiy",
    # what looks like a small l, or an O
    "1I|\u01c0\u0399\u0406\u04c0\u04cf\u0627": "lllllllll",
    "0": "O",
    # dashes and quotation marks
    "\u2010\u2011\u2012\u2013\u2014\u2212": "------",
    "\u2018\u2019\u201b\u02bc\u2032`": "''''''",
}
_LIKE = {ord(letter): like for letters, likes in _SETS.items() for letter, like in zip(letters, likes, strict=True)}
