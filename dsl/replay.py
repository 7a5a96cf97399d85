"""Replay: a log in, the state that it leads to out, with everything in it that would now be answered otherwise.

An answer stays as it was recorded. It is told where the log as now known would answer otherwise, and where two people
acted at one instant and their order decides (`turns.py`).
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dsl.actions import Sign
from dsl.aside import is_wordless
from dsl.compile import Agreement
from dsl.engine import advance, decide, evolve, in_force, open_deal
from dsl.entries import find
from dsl.events import Acted, Malformed, Opened, Paper, Record, Refused
from dsl.naming import with_names
from dsl.reasons import either
from dsl.records import Restated
from dsl.restated import Standing, happens_by_itself, lost
from dsl.state import Divergence, State
from dsl.turns import Turn, in_turn, taken


def fold(
    agreement: Agreement, opened: Opened, events: Iterable[Acted | Refused], as_of: datetime | None = None
) -> State:
    """The state that a log leads to, or leads to by an instant. Events are taken in the order they happened, then in
    that of the log.

    Raises ValueError if the deal cannot be opened so.
    """
    log = tuple(events)
    placed = [pair for pair in enumerate(log, 1) if as_of is None or pair[1].at <= as_of]
    state = with_names(_opened(agreement, opened), log)
    turns: tuple[Turn, ...] = ()
    for number, event in sorted(placed, key=lambda pair: (pair[1].at, pair[0])):
        state = advance(agreement, state, event.at)
        again = decide(agreement, state, event.attempt, event.at)
        law = in_force(agreement, state)
        diverged = _diverged(law, number, event, again, state)
        if diverged is not None and isinstance(event, Acted):
            diverged = _but_for_grounds(law, diverged, event, again, state)
        turns, state, reordered = in_turn(agreement, turns, state, number, event)
        told = diverged or reordered
        if told is not None:
            state = replace(state, divergences=(*state.divergences, told))
    return state


def turns_at(agreement: Agreement, opened: Opened, events: Iterable[Acted | Refused], at: datetime) -> tuple[Turn, ...]:
    """The turns of the last instant of a log. Raises ValueError if the deal cannot be opened so."""
    log = tuple(events)
    state = with_names(_opened(agreement, opened), log)
    turns: tuple[Turn, ...] = ()
    for number, event in sorted(enumerate(log, 1), key=lambda pair: (pair[1].at, pair[0])):
        state = advance(agreement, state, event.at)
        turns = taken(turns, state, number, event) if event.at == at else ()
        state = evolve(agreement, state, event)
    return turns


def restated(
    agreement: Agreement, opened: Opened, records: Iterable[Record], as_of: datetime | None = None
) -> tuple[Restated, ...]:
    """What had happened by itself before each fact of a log that was recorded late, and has not with it; of the facts
    by an instant, if one is given.

    Each record is put in its place, and what comes after it is worked out anew, as when it was recorded. Raises
    ValueError if the deal cannot be opened so.
    """
    known = tuple(records)
    log = tuple(record for record in known if as_of is None or record.event.at <= as_of)
    if not happens_by_itself(agreement) or all(record.recorded <= record.event.at for record in log):
        return ()
    found: tuple[Restated, ...] = ()
    begun = with_names(_opened(agreement, opened), (record.event for record in known))
    course, placed = [begun], list[Acted | Refused]()
    for event, recorded in ((record.event, record.recorded) for record in log):
        before, place = course[-1], bisect_right(placed, event.at, key=lambda each: each.at)
        placed.insert(place, event)
        del course[place + 1 :]
        for each in placed[place:]:
            course.append(evolve(agreement, advance(agreement, course[-1], each.at), each))
        if recorded > event.at:
            found += lost(*known_at(agreement, (before, course[-1]), recorded), recorded)
    return found


def known_at(agreement: Agreement, states: tuple[State, State], recorded: datetime) -> tuple[Standing, Standing]:
    """Two states at the instant at which something was recorded, each with the agreement as amended by then."""
    before, after = (advance(agreement, state, recorded) for state in states)
    return (in_force(agreement, before), before), (in_force(agreement, after), after)


def _opened(agreement: Agreement, opened: Opened) -> State:
    state = open_deal(agreement, opened)
    if isinstance(state, Malformed):
        raise ValueError("; ".join(state.problems))
    return state


def _diverged(
    law: Agreement, number: int, event: Acted | Refused, again: Acted | Refused | Malformed, state: State
) -> Divergence | None:
    if isinstance(event, Refused):
        if not isinstance(again, Acted):
            return None
        text = f"was refused, and would be accepted under section {again.section}"
        return Divergence(number, event.at, event.section, again.section, text)
    gone = tuple(f'"{name}"' for name in _names(law, event) if find(state, (), name) is None)
    match again:
        case Acted(section=section) if gone:
            told = f"was for {either(gone, 'and')}, which {'have' if len(gone) > 1 else 'has'} not come about"
            return Divergence(number, event.at, event.section, section, f"{told} by what is known now")
        case Acted(section=section) if {*_papers(event)} - {*_papers(again)}:
            names = either(tuple(f'"{each.name}"' for each in _papers(event) if each not in _papers(again)), "and")
            return Divergence(number, event.at, event.section, section, f"was done under other content of {names}")
        case Acted(section=section) if _sections(again) == _sections(event) and again.attempt == event.attempt:
            if _rows(again) == _rows(event):
                return None
            was, now = (either(tuple(f'"{name}"' for name in _rows(each) if name), "and") for each in (event, again))
            text = f"was for {was or 'no entry'}, and would be for {now or 'none'}"
            return Divergence(number, event.at, event.section, section, text)
        case Acted(section=section) if section == event.section:
            return Divergence(number, event.at, event.section, section, again.note or "would be accepted otherwise")
        case Acted(section=section):
            return Divergence(number, event.at, event.section, section, f"would be accepted under section {section}")
        case Refused():
            return Divergence(number, event.at, event.section, again.section, again.summary)
        case Malformed():
            return Divergence(number, event.at, event.section, "", "; ".join(again.problems))


def _but_for_grounds(
    law: Agreement, told: Divergence, event: Acted, again: Acted | Refused | Malformed, state: State
) -> Divergence:
    """What is told of an act, with the entries that it was for, or else the provisions that it was under, where all
    there is to tell is that these had not come about; what was done for them may still count."""
    if is_wordless(law, state, event):
        return replace(told, how="wordless")
    gone = tuple(name for name in _names(law, event) if find(state, (), name) is None)
    amended = bool(event.provision) and law.key_now(event.provision) not in law.by_key
    if not amended and (
        (isinstance(again, Malformed) and not gone) or (isinstance(again, Refused) and told.now != told.then)
    ):
        return told  # another section refuses it, or it makes no sense for another reason than that it names them
    if gone:
        return replace(told, rows=gone, how="shared" if event.group or event.hands else "")
    keys = [(law.key_now(event.provision), event.row)]
    keys += [(law.key_now(part.provision), part.row) for part in event.parts]
    rows = {name: find(state, (), name) for _, name in keys}
    norms = (state.norm(key, row.number if (row := rows[name]) is not None else None) for key, name in keys)
    under = tuple(dict.fromkeys(key for key, _ in keys))
    return told if any(norms) else replace(told, rows=tuple(name for name in rows if name), under=under)


def _papers(acted: Acted) -> tuple[Paper, ...]:
    return (*acted.papers, *(paper for part in acted.parts for paper in part.papers))


def _names(law: Agreement, acted: Acted) -> tuple[str, ...]:
    """The entries that an act was for, about or by, by name; not those that it signs."""
    about = (getattr(each, "about", "") for each in acted.attempt.acts)
    signed = law.kinds_of(acted.attempt.action.kind) if isinstance(acted.attempt.action, Sign) else ()
    names = (*_rows(acted), *about, *(paper.name for paper in _papers(acted) if paper.kind not in signed))
    return tuple(dict.fromkeys(name for name in names if name))


def _rows(acted: Acted) -> tuple[str, ...]:
    return tuple(dict.fromkeys((acted.row, *(part.row for part in acted.parts))))


def _sections(acted: Acted) -> tuple[str, ...]:
    return (acted.section, *(part.section for part in acted.parts))
