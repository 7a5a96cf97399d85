"""Sentences of which a blank or a reading leaves open whether they hold, and for which rows.

What may be in force must not be taken for absent: a ban may forbid, a hold may hold, and an end may have come.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import survives
from dsl.reasons import Reason, Truth, all_of
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.judge import Judge


def possible_rows(judge: "Judge", provision: t.Provision) -> Iterator[tuple[Entry | None, Reason | None]]:
    """The rows of a sentence, and those of which it is open whether they are rows of it, with why."""
    if provision.rows is None:
        yield None, None
        return
    yield from ((row, None) for row in judge.values.selected(provision.rows))
    yield from judge.values.unsure(provision.rows)


def _doubt(judge: "Judge", provision: t.Provision, picked: Reason | None) -> Reason | None:
    """Why it is open whether a sentence holds for the row of a judge, of which `picked` says why it may be none;
    None if it is not open."""
    asked = judge.as_it_stands(provision.trigger) if provision.trigger is not None else None
    why = tuple(each for each in (picked, asked) if each is not None)
    if all_of(each.truth for each in why) is not Truth.OPEN:
        return None
    return Reason(Truth.OPEN, provision.text, provision.cited, children=why)


def doubtful(
    judge: "Judge", provision: t.Provision, only: Entry | None = None
) -> Iterator[tuple[Entry | None, Reason]]:
    """The rows (or the one of them asked for) for which a duty, power or ban is not known to be in force, but may be,
    with why that is open."""
    if judge.state.terminated is not None and not survives(judge.agreement, provision.cited):
        return
    for row, picked in possible_rows(judge, provision):
        if only is not None and row is not None and row.number != only.number:
            continue
        norm = judge.state.norm(provision.key, row.number if row is not None else None)
        if norm is None or norm.status == "dormant":
            why = _doubt(judge if row is None else judge.with_row(row), provision, picked)
            if why is not None:
                yield row, why
