"""Entries of which it is open whether they have come about by themselves, because the condition of the sentence that
makes them rests on a blank or a reading.

What may have occurred must not be taken for what has not: on its absence money would pass and an agreement would end.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.doubt import asked_for, possible_rows, was_open
from dsl.lapsed import done_at
from dsl.reasons import Gap, Reason, Truth, Wait
from dsl.settling import unsettled
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.judge import Judge


def may_have_occurred(judge: "Judge", selection: t.Selection) -> Reason | None:
    """Why it is open whether one more entry of a selection has occurred by itself; None if that is not open.

    Under a reading that is assumed it is true that one has that would have: nothing more is known of that entry. What
    the agreement asks about itself meanwhile is asked of the entries that there are.
    """
    about = judge.values.entry(selection.about) if selection.about is not None else None
    if isinstance(about, Gap):
        return None
    for kind in selection.kinds:
        asked = judge.assumed or judge.state.doubts or unsettled(judge.agreement, judge.state)
        now = judge.agreement.doubtful.get(kind, ()) if asked else ()
        for key in dict.fromkeys((*now, *judge.agreement.occurring.get(kind, ()))):
            provision = judge.agreement.by_key[key]
            if key not in judge.asking and (key in now or judge.state.doubts_of(key)):
                within = replace(judge, rows={}, so_far=False, asking=judge.asking | {key})
                found = next(
                    (_doubts(within, provision, about) if key in now else _past(within, provision, about)), None
                )
                if found is not None:
                    return found
    return None


def _doubts(judge: "Judge", provision: t.Provision, about: Entry | None) -> Iterator[Reason]:
    """Why it is open whether a sentence has made something happen for some row, about an entry if one is given."""
    occurs = provision.statement
    assert isinstance(occurs, t.Occurs)
    for row, picked in _rows(judge, provision, occurs, about):
        if done_at(judge.state, provision.key, row.number if row is not None else None) is not None:
            continue
        inner = judge if row is None else judge.with_row(row)
        truth, reasons = asked_for(inner, provision, picked)
        assumed = truth is Truth.TRUE and bool(judge.assumed) and bool(reasons)
        if assumed:
            assumed, truth = (_is_known(inner, occurs), truth) if provision.every is None else (True, Truth.OPEN)
        if (truth is not Truth.OPEN and not assumed) or not _concerns(inner, provision, occurs, row, about):
            continue
        yield _told(provision, truth, reasons)
    yield from _past(judge, provision, about)
    if provision.rows is not None and (about is None or occurs.about is not None):
        more = may_have_occurred(judge, provision.rows)
        yield from (_told(provision, Truth.OPEN, (each,)) for each in (more,) if each is not None)


def _past(judge: "Judge", provision: t.Provision, about: Entry | None) -> Iterator[Reason]:
    """Why it is open whether a sentence made something happen at a time that is over."""
    occurs = provision.statement
    assert isinstance(occurs, t.Occurs)
    for row, why in was_open(judge, provision):
        inner = judge if row is None else judge.with_row(row)
        if _concerns(inner, provision, occurs, row, about):
            plain = provision.every is None and _is_known(inner, occurs)
            yield _told(provision, why.truth if plain else Truth.OPEN, (why,))


def _told(provision: t.Provision, truth: Truth, reasons: tuple[Reason, ...]) -> Reason:
    occurs = provision.statement
    waits = tuple(dict.fromkeys(wait for each in reasons for wait in each.awaited()))
    note = occurs.text if truth is Truth.TRUE else f"whether {occurs.text} is open"
    return Reason(truth, provision.text, provision.cited, note, waits, reasons)


def _rows(
    judge: "Judge", provision: t.Provision, occurs: t.Occurs, about: Entry | None
) -> Iterator[tuple[Entry | None, Reason | None]]:
    """The rows that a sentence has or may have; where each makes what is about itself, the one that is asked about."""
    if about is None or provision.rows is None or provision.every is not None or occurs.about is not None:
        yield from possible_rows(judge, provision)
    elif about.kind in provision.rows.kinds:
        one = judge.values.selected(provision.rows, among=(about,))
        yield from ((each, None) for each in one)
        yield from judge.values.unsure(provision.rows, among=(about,))


def _concerns(judge: "Judge", provision: t.Provision, occurs: t.Occurs, row: Entry | None, about: Entry | None) -> bool:
    """Whether what occurs for a row may be about an entry."""
    if about is None:
        return True
    if provision.every is not None:
        return occurs.about is not None or about.kind in provision.every.kinds
    own = judge.values.entry(occurs.about) if occurs.about is not None else row
    return isinstance(own, Gap) or (own is not None and own.number == about.number)


def _is_known(judge: "Judge", occurs: t.Occurs) -> bool:
    """Whether all is known that something waits for before it occurs."""
    optional = {field.name for field in judge.agreement.terms.kinds[occurs.kind].fields if field.optional}
    return not any(isinstance(judge.values.value(value), Gap) for name, value in occurs.fields if name not in optional)


def open_figure(found: Reason) -> Gap:
    """A figure over entries to which one may have to be added that may have occurred."""
    waits = tuple(dict.fromkeys(found.awaited()))
    return Gap(Truth.OPEN, waits or (Wait("figure", f"what occurs under section {found.section}"),))
