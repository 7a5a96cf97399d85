"""What is still lacking, in words: a reason that is not true in, `A; one of (B; or C)` out.

Of alternatives it is said how many it takes, so that nobody reads them as if all were needed: `one of: A; or B`, `at
least 2 of: A; B; or C`. What cannot come any more is no alternative.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dsl.reasons import NONE, Reason, Truth, Wait


@dataclass(frozen=True, slots=True)
class Lack:
    """Several things that are lacking, and how many of them it takes; 0 is all of them."""

    needs: int
    parts: "tuple[Lacking, ...]"


Lacking = Wait | str | Lack


def several(needs: int, parts: "Iterable[Lacking]") -> Lacking:
    """Some things of which so many are needed, as plainly as it can be said: what is told in the same words once, one
    thing by itself, and what all is needed, or any one, together with what all is needed, or any one, in it."""
    flat: list[Lacking] = []
    for part in parts:
        same = isinstance(part, Lack) and part.needs == needs and needs < 2
        flat += part.parts if isinstance(part, Lack) and same else (part,)
    once = tuple({in_words(part): part for part in flat}.values())
    if len(once) == 1:
        return once[0]
    everything = needs > 0 and needs >= len(once)
    return several(0, once) if everything else Lack(needs, once)


def lacking(reason: Reason, leaf: Callable[[Reason], Lacking]) -> Lacking:
    """What a reason that is not true lacks; `leaf` says it of the innermost ones."""
    below = [child for child in reason.children if child.truth is not Truth.TRUE]
    if not below or (reason.needs == NONE and reason.truth is Truth.FALSE):
        return leaf(reason)
    own: list[Lacking] = []
    if reason.truth is Truth.OPEN:
        told = {wait for child in below for wait in child.awaited()}
        own = [wait for wait in reason.waits if wait not in told]
    if reason.needs < 1:
        return several(0, (*own, *(lacking(child, leaf) for child in below)))
    if reason.truth is not Truth.FALSE:
        below = [child for child in below if child.truth is not Truth.FALSE]
        if not below:
            return leaf(reason)
    met = sum(child.truth is Truth.TRUE for child in reason.children)
    return several(max(reason.needs - met, 1), (*own, *(lacking(child, leaf) for child in below)))


def waits_of(part: Lacking) -> tuple[tuple[Wait, ...], int]:
    """What is lacking as the waits of one reason, and how many of them it takes; what is lacking within that is told as
    one wait."""
    if isinstance(part, Lack):
        return tuple(_as_one(each) for each in part.parts), part.needs
    return (_as_one(part),), 0


def _as_one(part: Lacking) -> Wait:
    if not isinstance(part, Lack):
        return part if isinstance(part, Wait) else Wait("act", part)
    inner = tuple(_as_one(each) for each in part.parts)
    who = tuple(dict.fromkeys(name for each in inner for name in each.who))
    return replace(inner[0], text=in_words(part), who=who, at=None, about="")


def awaited_by(reason: Reason) -> Lacking:
    """What an innermost reason waits for, or its own words where it waits for nothing."""
    return several(max(reason.needs, 0), reason.waits) if reason.waits else reason.text.rstrip(".")


def written_in(reason: Reason) -> Lacking:
    """The words of an innermost reason."""
    return reason.text.rstrip(".")


def in_words(part: Lacking, colon: bool = False) -> str:
    """`A; B`, or `one of (A; or B)`; with a colon, as the end of a sentence: `one of: A; or B`."""
    match part:
        case Wait():
            return part.text
        case str():
            return part
        case Lack(needs=0, parts=parts):
            those = "; ".join(in_words(each) for each in parts)
            return those if colon else f"all of ({those})"
        case Lack(needs=needs, parts=parts):
            *first, last = (in_words(each) for each in parts)
            those = "; ".join((*first, f"or {last}"))
            some = "one of" if needs == 1 else f"at least {needs} of"
            return f"{some}: {those}" if colon else f"{some} ({those})"


def summary_of(*ways: Reason, rows: tuple[str, ...] = ()) -> str:
    """Why something is not allowed now, in a sentence; of several ways that would allow it, any one is enough.

    `rows` names the entry that each way is for, where they are for several.
    """
    first = ways[0]
    match first.truth:
        case Truth.OPEN:
            waits = in_words(_any_way(ways, rows, _undecided), colon=True)
            return f"Open: waits for {waits or 'what is undecided'}."
        case Truth.PENDING:
            return f"Not yet: {in_words(_any_way(ways, rows, awaited_by), colon=True)}."
        case Truth.TRUE | Truth.FALSE:
            note = first.note or "not allowed"
            waits = f" It waits for{_after_for(first)}." if first.waits else ""
            return f"{note[0].upper()}{note[1:]}.{waits}"


_TOLD = 3
"""Of how many entries it is said what an act for them waits for."""


def _any_way(ways: tuple[Reason, ...], rows: tuple[str, ...], leaf: Callable[[Reason], Lacking]) -> Lacking:
    """What one of several ways lacks, each with the entry that it is for."""
    if not any(rows):
        return several(1, (lacking(each, leaf) for each in ways))
    told: list[Lacking] = []
    for way, row in tuple(zip(ways, rows, strict=True))[:_TOLD]:
        found = lacking(way, leaf)
        told.append(f'{in_words(found)} (for "{row}")' if row else found)
    others = len(ways) - _TOLD
    more = (f"the same for {others} other{'s' if others > 1 else ''}",) if others > 0 else ()
    return several(1, (*told, *more))


def _undecided(reason: Reason) -> Lacking:
    return awaited_by(reason) if reason.waits else "what is undecided"


def listed(part: Lacking) -> str:
    """What stands after a colon: `A; B`, or `one of (A; or B)`."""
    return in_words(part, colon=isinstance(part, Lack) and part.needs == 0)


def _after_for(reason: Reason) -> str:
    """What stands after `waits for`: `: A; B`, or ` one of: A; or B`."""
    told = awaited_by(reason)
    alternatives = isinstance(told, Lack) and told.needs
    return f"{' ' if alternatives else ': '}{in_words(told, colon=True)}"
