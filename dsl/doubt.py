"""Sentences of which a blank or a reading leaves open whether they hold, and for which rows.

What may be in force must not be taken for absent: a ban may forbid, a hold may hold, and an end may have come.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dsl import terms as t
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


def doubt(judge: "Judge", provision: t.Provision, picked: Reason | None) -> Reason | None:
    """Why it is open whether a sentence holds for the row of a judge, of which `picked` says why it may be none;
    None if it is not open."""
    asked = judge.judge(provision.trigger) if provision.trigger is not None else None
    why = tuple(each for each in (picked, asked) if each is not None)
    if all_of(each.truth for each in why) is not Truth.OPEN:
        return None
    return Reason(Truth.OPEN, provision.text, provision.cited, children=why)
