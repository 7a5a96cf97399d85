"""What acts would lead to, tried on a deal and stored nowhere.

Several acts stand or fall together, each tried on what the ones before it have led to, a microsecond later, as the
store would take them. At the first that is refused or not understood nothing is done.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from api.answers import Answer, Invalid, Refused, answer_from, invalid_from
from api.asking import Ask, together
from api.editions import compiled
from api.kernel import Held, Kernel, answer_to, new_changes
from api.reading import Reading, reading_of
from api.store import Invalid as StoreInvalid
from api.store import Look
from api.store.codec import MICROSECOND
from dsl import history as histories
from dsl.actions import Attempt
from dsl.compile import Agreement
from dsl.engine import advance
from dsl.events import Acted, Malformed, Opened
from dsl.events import Refused as RefusedEvent
from dsl.history import History, folded
from dsl.state import Change, State


@dataclass(frozen=True, slots=True)
class Preview:
    """What acts would lead to: the answer to each up to the first that is refused, the deal after all of them, and what
    would change. Nothing is stored."""

    answers: tuple[Answer, ...]
    before: Reading
    after: Reading
    changes: tuple[Change, ...]
    attempt: Attempt

    @property
    def answer(self) -> Answer:
        """The last answer: what stopped it, or that of the last act."""
        return self.answers[-1]

    def of_moment(self, as_of: datetime | None, known_at: datetime | None, known: datetime) -> "Preview":
        """It as what was tried at another instant than now, from what was `known` then."""
        before, after = (replace(each, moment=(as_of, known_at), known_at=known) for each in (self.before, self.after))
        return replace(self, before=before, after=after)


def what_if(
    kernel: Kernel,
    look: Look,
    held: Held,
    person: str,
    asks: Sequence[Ask],
    at: datetime,
    whole: Callable[[], History],
) -> Preview | Invalid:
    """What acts would lead to at an instant; `whole` is the history that `held` has come from."""
    agreement, _ = compiled(look.deal.text)
    history: History | None = None
    answers: list[Answer] = []
    begun, when = held, at
    tried: Attempt | None = None
    for number, ask in enumerate(asks):
        when = at + number * MICROSECOND
        read = kernel.attempt(agreement, held, person, json.loads(ask.body), when)
        if isinstance(read, StoreInvalid):
            return _placed(number, asks, invalid_from(json.loads(read.answer)))
        tried, happened = replace(read, keyed=True), ask.happened_at or when
        if history is None:
            late = happened <= held.state.now or len(asks) > 1
            history = whole() if late else History(agreement, Opened(held.state.opened), (), held.state)
        history, event = histories.attempt(history, tried, happened, when)
        if isinstance(event, Malformed):
            return _placed(number, asks, Invalid("NOT_UNDERSTOOD", event.problems))
        answers.append(_previewed(agreement, held.state, history.state, event, when))
        held = replace(held, state=history.state)
        if isinstance(answers[-1], Refused) and len(asks) > 1:
            held = begun
            break
    assert tried is not None  # noqa: S101 -- there is one act at least
    standing, following = advance(agreement, begun.state, at), advance(agreement, held.state, when)
    before = reading_of(look, person, agreement, begun, standing, standing)
    after = reading_of(look, person, agreement, held, following, following)
    after = replace(after, supposed=sha256(together(asks).encode()).hexdigest())
    return Preview(tuple(answers), before, after, new_changes(before.state, after.state), tried)


def _placed(number: int, asks: Sequence[Ask], wrong: Invalid) -> Invalid:
    """What is wrong with one of several acts, with the place of the act."""
    if len(asks) == 1:
        return wrong
    return replace(wrong, problems=tuple(f"Act {number + 1} of {len(asks)}: {each}" for each in wrong.problems))


def known_then(history: History, as_of: datetime, known_at: datetime) -> History:
    """A history up to an instant, of what was known at another."""
    known = tuple(each for each in history.records if each.recorded <= known_at)
    records = tuple(each for each in known if each.event.at <= as_of)
    state = advance(history.agreement, folded(history.agreement, history.opened, known, as_of), as_of)
    return History(history.agreement, history.opened, records, state)


def _previewed(agreement: Agreement, before: State, after: State, event: Acted | RefusedEvent, at: datetime) -> Answer:
    answer: dict[str, Any] = dict(answer_to(agreement, before, after, event))
    return answer_from(None, answer, event.at, at)
