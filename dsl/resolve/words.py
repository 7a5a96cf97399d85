"""Words for people: articles, lists of names, and sentences that begin with a capital letter."""

from collections.abc import Iterable

_FEW = 12


def a(noun: str) -> str:
    """A noun with its article: `a claim`, `an Objection`."""
    return f"{'an' if noun[:1] in 'AEIOUaeiou' else 'a'} {noun}"


def sentence(words: str) -> str:
    """Words with a capital letter at their beginning, and nowhere else where there was none."""
    return f"{words[:1].upper()}{words[1:]}"


def enumerated(wanted: str, names: Iterable[str]) -> str:
    """`The parties are Buyer and Seller.`"""
    known = list(names)
    if not known:
        return f"This agreement has no {wanted}."
    several = _plural(wanted)
    if len(known) == 1:
        return f"The only {wanted} is {known[0]}."
    if len(known) > _FEW:
        return f"There are {len(known)} {several}, among them {joined(known[:_FEW])}."
    return f"The {several} are {joined(known)}."


def joined(names: Iterable[str], word: str = "and") -> str:
    """`A, B and C`."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last


def _plural(wanted: str) -> str:
    head, *rest = wanted.split(" ", 1)
    if rest and not rest[0].startswith(("of ", "with ", "that ")):
        return f"{head} {_plural(rest[0])}"
    several = head[:-1] + "ies" if head.endswith("y") and head[-2] not in "aeiou" else f"{head}s"
    return " ".join((several, *rest))


_IN_WORDS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = tuple(_IN_WORDS.split())


def ordinal(number: int) -> str:
    """`second`, and `21st` where words would be long."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"
