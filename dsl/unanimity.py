"""Whether an attempt is accepted under every reading of what is ambiguous, and what it leads to where it is not.

It is decided in every world of the state (`worlds.py`) and, where deciding asks for a reading that nothing else has
asked for so far, under each reading of that too. Where all allow it, it is accepted; where none does, it is refused for
what they say; otherwise it is open, and the refusal says where they differ.
"""

from collections.abc import Callable, Iterator, Sequence

from dsl import terms as t
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.events import Acted, Malformed, Refused
from dsl.lacking import summary_of
from dsl.load import amended
from dsl.reasons import Reason, Truth
from dsl.state import State, World
from dsl.worlds import MOST, Step, bare, told_apart, voices, with_choices

Answer = Acted | Refused | Malformed
"""What an attempt can lead to."""


def answered(agreement: Agreement, state: State, decided: Callable[[State], Answer], settled: Step) -> Answer:
    """What an attempt leads to: it is accepted only where it is in every world, and under every reading that deciding
    it asks for, with all that is `settled` by that."""
    now = decided(bare(state))
    if isinstance(now, Malformed) or not (state.worlds or _open_readings(agreement.terms, now, state)):
        return now
    worlds = voices(state) if state.worlds else (World((), state),)
    found = [tuple(_under_each(agreement.terms, world.state, decided, settled)) for world in worlds]
    allowed = [all(isinstance(each, Acted) for each in answers) for answers in found]
    every = tuple(each for answers in found for each in answers)
    if all(allowed) and isinstance(now, Acted):
        return _under_one_section(agreement, state, now, [answers[0] for answers in found])
    same = _accepted_alike(state, every) if all(allowed) else _refused_alike(every)
    if same is not None and isinstance(now, Refused):
        return same
    if isinstance(now, Refused) and (not any(allowed) or _says_open(now)):
        return now
    law = amended(agreement, state.enacted)
    told, waits = told_apart(law, state, ["allowed" if each else "not allowed" for each in allowed])
    against = next((each for each in (*every, now) if isinstance(each, Refused)), now)
    reasons = against.reasons if isinstance(against, Refused) and not isinstance(now, Refused) else ()
    section = against.section if isinstance(against, Refused) else ""
    why = Reason(Truth.OPEN, "whether this is allowed", section, told, waits)
    before = now.reasons if isinstance(now, Refused) else ()
    return Refused(now.at, now.attempt, section, summary_of(why), (replace(why, children=reasons), *before))


def _under_one_section(agreement: Agreement, state: State, now: Acted, found: Sequence[Answer]) -> Answer:
    """An act that is allowed under every reading, unless it moves something that each would count under another
    sentence: then it has to be known under which."""
    under = {(each.section, each.provision, each.row) for each in found if isinstance(each, Acted)}
    if len(under) == 1 or not _moves(now):
        return now
    told, waits = told_apart(amended(agreement, state.enacted), state, [_under_which(each) for each in found])
    why = Reason(Truth.OPEN, "under which section this counts", now.section, told, waits)
    return Refused(now.at, now.attempt, now.section, summary_of(why), (why,))


def _under_which(answer: Answer) -> str:
    return f"under section {answer.section}" if isinstance(answer, Acted) else "not allowed"


def _moves(acted: Acted) -> bool:
    """Whether money or another asset moves by an act, or is held."""
    return any(hasattr(each, "fund") for each in acted.attempt.acts)


def _under_each(
    terms: t.Terms, state: State, decided: Callable[[State], Answer], settled: Step, most: int = MOST
) -> Iterator[Answer]:
    """What an attempt leads to in a world under each reading that deciding it asks for: nothing else has asked for it
    so far, or it has made no difference."""
    answer = decided(state)
    name = next(iter(_open_readings(terms, answer, state)), "")
    readings = terms.ambiguities[name].readings if name else ()
    if not name or len(readings) > most:
        yield answer
        return
    for reading in readings:
        under = settled(with_choices(state, {**state.choices, name: reading}, name))
        yield from _under_each(terms, under, decided, settled, most // len(readings))


def _open_readings(terms: t.Terms, answer: Answer, state: State) -> tuple[str, ...]:
    """The ambiguities that an answer waits for, if it is open."""
    reasons = answer.reasons if isinstance(answer, Refused) else ()
    waiting = (wait.about for reason in reasons for wait in reason.awaited() if wait.what == "reading")
    return tuple(sorted({*waiting} & {*terms.ambiguities} - {*state.choices}))


def _refused_alike(found: Sequence[Answer]) -> Refused | None:
    """What every world refuses under the same section, whatever its reading, with what each says."""
    refusals = [each for each in found if isinstance(each, Refused) and not _says_open(each)]
    if len(refusals) < len(found) or len({each.section for each in refusals}) > 1:
        return None
    told = "; or ".join(dict.fromkeys(each.summary.removesuffix(".") for each in refusals))
    reasons = tuple(dict.fromkeys(reason for each in refusals for reason in each.reasons))
    return replace(refusals[0], summary=f"{told}.", reasons=reasons)


def _accepted_alike(state: State, found: Sequence[Answer]) -> Acted | None:
    """What every world accepts in the same way although it is open in the state without them. Where it moves something,
    the norms under which it does and all that has moved so far are there as they are in each of them."""
    first, *rest = found
    if not isinstance(first, Acted) or any(each != first for each in rest):
        return None
    provisions = (first.provision, *(part.provision for part in first.parts))

    def touched(state: State) -> object:
        norms = [[(norm.row, norm.status) for norm in state.norms_of(each)] for each in provisions]
        return norms, state.balances, len(state.postings)

    return first if not _moves(first) or all(touched(world.state) == touched(state) for world in state.worlds) else None


def _says_open(refusal: Refused) -> bool:
    """Whether a refusal already says that it waits for a reading or a blank."""
    return any(wait.what in ("reading", "blank") for reason in refusal.reasons for wait in reason.awaited())
