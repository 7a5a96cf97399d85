"""Duties, powers and bans of which it is open whether they are in force, and for which rows.

What may be in force must not be taken for absent: a ban may forbid, and a hold may hold.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import covers, survives
from dsl.doubt import asked_for, possible_rows, was_open
from dsl.entries import is_about
from dsl.occurring import may_have_occurred
from dsl.reasons import Reason, Truth
from dsl.settling import unsettled
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.judge import Judge


def doubtful(
    judge: "Judge", provision: t.Provision, only: Entry | None = None
) -> Iterator[tuple[Entry | None, Reason]]:
    """The rows (or the one of them asked for) for which a duty, power or ban is not known to be in force, but may be,
    with why that is open; None also stands for a row of which it is open whether there is one."""
    if judge.state.terminated is not None and not survives(judge.agreement, provision.cited):
        return
    for row, picked in possible_rows(judge, provision):
        if _is_asked(judge, provision, only, row) and _is_absent(judge, provision, row):
            truth, why = asked_for(judge if row is None else judge.with_row(row), provision, picked)
            if truth is Truth.OPEN:
                yield row, Reason(Truth.OPEN, provision.text, provision.cited, children=why)
    for row, past in was_open(judge, provision):
        if _is_asked(judge, provision, only, row) and _is_absent(judge, provision, row):
            yield row, past
    more = may_have_occurred(judge, provision.rows) if provision.rows is not None and only is None else None
    if more is not None:
        yield None, Reason(Truth.OPEN, provision.text, provision.cited, children=(more,))


def today(
    judge: "Judge", provision: t.Provision, only: Entry | None = None
) -> Iterator[tuple[int | None, Truth, tuple[Reason, ...]]]:
    """Whether a power that comes and goes with its condition is in force now, for each row by its number that it has or
    may have (or the one asked for), with why; not where something has ended it for good. Once all has ended, the rows
    for which it may have been in force until then."""
    if provision.key not in judge.agreement.of_today:
        return
    if judge.state.terminated is not None and not survives(judge.agreement, provision.cited):
        for row, past in was_open(judge, provision):
            if _is_asked(judge, provision, only, row) and _is_absent(judge, provision, row):
                yield (row.number if row is not None else None), Truth.OPEN, (past,)
        return
    for row, picked in possible_rows(judge, provision):
        number = row.number if row is not None else None
        norm = judge.state.norm(provision.key, number)
        if _is_asked(judge, provision, only, row) and (norm is None or norm.status in ("active", "dormant")):
            yield number, *asked_for(judge if row is None else judge.with_row(row), provision, picked)


def may_be_displaced(judge: "Judge", section: str, row: Entry | None) -> Reason | None:
    """Why it is open whether a section above displaces another one for a row, by an edge with `while`; else None."""
    asking = f"above {section}"
    nouns = {*judge.agreement.nouns_of(row.kind)} if row is not None else set()
    edges = [
        edge
        for edge in judge.agreement.terms.edges
        if edge.mode in ("suspension", "replacement")
        and edge.condition is not None
        and covers(edge.lower, section)
        and set(edge.nouns) <= nouns
    ]
    if not edges or asking in judge.asking or not unsettled(judge.agreement, judge.state):
        return None
    inner = replace(judge, rows={}, asking=judge.asking | {asking})
    inner = inner if row is None else inner.with_row(row)
    found = [inner.as_it_stands(edge.condition) for edge in edges if edge.condition is not None]
    if any(each.truth is Truth.TRUE for each in found):
        return None
    return next((each for each in found if each.truth is Truth.OPEN), None)


def _is_asked(judge: "Judge", provision: t.Provision, only: Entry | None, row: Entry | None) -> bool:
    """Whether a row of a sentence is the one asked for or, where that is of another kind, one about it."""
    if only is None or row is None or provision.rows is None:
        return only is None
    return row.number == only.number if only.kind in provision.rows.kinds else is_about(judge.state, row, only.number)


def _is_absent(judge: "Judge", provision: t.Provision, row: Entry | None) -> bool:
    """Whether a duty, power or ban is not known to have come into force for a row, or has ended for now."""
    norm = judge.state.norm(provision.key, row.number if row is not None else None)
    return norm is None or norm.status == "dormant"
