"""An act to be tried with content that nobody has stated yet: stand-ins, so that the engine can decide it as a whole.

A yes-or-no, a choice, an entry and a section have few values, and the act is proposed with one of them. A text, a
number or a date is for its author to choose: the act is tried with a stand-in, and told with three dots.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from dsl import actions as a
from dsl import terms as t
from dsl.calendars import Period, Unit, local_date
from dsl.compile import Agreement
from dsl.entries import counts
from dsl.money import Quantity, Rate
from dsl.state import State
from dsl.views.trials import Need, Trial
from dsl.views.wording import words_of_action

_MOST = 6
_CHOSEN = ("yes-or-no", "choice", "entry", "section", "payments")
"""Types of which a value is proposed; of others the author chooses."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that can be decided as a whole, in words, and what of it its author has still to choose."""

    action: a.Action
    text: str
    states: tuple[str, ...] = ()


def proposals(law: Agreement, state: State, actor: str, trial: Trial, cited: tuple[str, ...]) -> Iterator[Proposal]:
    """The act of a trial with content; `cited` are the sections that a content may speak of."""
    action = trial.action
    if isinstance(action, a.Fill) and trial.needs:
        for content in _contents(law, state, trial.needs[0], cited):
            yield Proposal(replace(action, content=content), f"fill the {action.blank} with ...", (action.blank,))
    elif trial.needs and isinstance(action, a.Make | a.Sign):
        wanted = [need for need in trial.needs if not need.optional or need.type.name == "yes-or-no"]
        values = [tuple(_contents(law, state, need, cited)) for need in wanted]
        for chosen in islice(product(*values), _MOST):
            yield _stated(law, state, actor, action, wanted, chosen)
    elif not trial.needs or trial.sample:
        states = tuple(need.name for need in trial.needs)
        text = words_of_action(law.terms, actor, action, state)
        amount = getattr(action, "amount", None)
        if states and isinstance(amount, Quantity):
            text = text.replace(str(amount), f"{amount.unit} ...")
        yield Proposal(action, text, states)


def _stated(
    law: Agreement, state: State, actor: str, action: a.Make | a.Sign, needs: list[Need], chosen: tuple[t.Content, ...]
) -> Proposal:
    fields = tuple((need.name, content) for need, content in zip(needs, chosen, strict=True))
    fixed = tuple(each for each, need in zip(fields, needs, strict=True) if need.type.name in _CHOSEN)
    states = tuple(need.name for need in needs if need.type.name not in _CHOSEN)
    if isinstance(action, a.Sign):
        bare = words_of_action(law.terms, actor, replace(action, fields=fixed or None), state)
    else:
        bare = words_of_action(law.terms, actor, replace(action, fields=fixed), state)
    open_words = " and ".join(f"{name} as ..." for name in states)
    text = f"{bare}{' and ' if fixed else ' stating '}{open_words}" if states else bare
    return Proposal(replace(action, fields=fields), text, states)


def _contents(law: Agreement, state: State, need: Need, cited: tuple[str, ...]) -> Iterator[t.Content]:
    """Contents of a type that are worth trying, the likeliest first."""
    match need.type.name:
        case "yes-or-no":
            yield from (True,) if need.optional else (True, False)
        case "choice":
            yield from (t.NameValue(each) for each in need.type.of)
        case "text" | "clauses":
            yield "..."
        case "number":
            yield 1
        case "rate":
            yield Rate(1, 1)
        case "period":
            yield Period(1, Unit.DAY)
        case "amount":
            yield Quantity(1, need.type.of[0])
        case "date":
            yield local_date(state.now, law.terms.zone)
        case "instant":
            yield state.now
        case "name":
            yield from (t.NameValue(name) for name in law.everybody()[:1])
        case "section":
            yield from (t.SectionValue(each) for each in cited)
        case "entry":
            kinds = law.kinds_of(need.type.of[0])
            yield from (
                each.name for each in state.entries if each.kind in kinds and counts(law, state, each, state.now)
            )
        case _:
            assert need.type.name == "payments"
            stated = (content for entry in state.entries for _, content in entry.fields)
            yield from dict.fromkeys(each for each in stated if isinstance(each, t.Plan))
