"""An act to be tried with content that nobody has stated yet: stand-ins, so that the engine can decide it as a whole.

A yes-or-no, a choice, an entry and a section have few values, and the act is proposed with one of them. A text, a
number or a date is for its author to choose: the act is tried with a stand-in, and told with three dots; and with each
figure on which it may turn, which is then told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from dsl import actions as a
from dsl import terms as t
from dsl.calendars import Period, Unit, local_date
from dsl.compile import Agreement
from dsl.entries import counts
from dsl.money import Quantity, Rate
from dsl.sought import Sought, with_rules
from dsl.state import State
from dsl.views.trials import Need, Trial
from dsl.views.wording import words_of_action

_MOST = 6
_CHOSEN = ("yes-or-no", "choice", "entry", "section", "payments")
"""Types of which a value is proposed; of others the author chooses, but for a figure on which it turns."""
_FAR = 10**12
_FAR_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that can be decided as a whole, in words, and what of it its author has still to choose.

    `plain` is the act whatever its figures. `freer` are the same proposals with one figure less told, each with the act
    in which that is a far larger one: where the act does with either, the figure does not matter.
    """

    action: a.Action
    text: str
    states: tuple[str, ...] = ()
    plain: a.Action | None = None
    freer: "tuple[tuple[Proposal, a.Action], ...]" = ()

    @property
    def kept(self) -> a.Action:
        """The act, whatever its figures."""
        return self.plain or self.action


def proposals(
    law: Agreement, state: State, actor: str, trial: Trial, cited: tuple[str, ...], found: Sought
) -> Iterator[Proposal]:
    """The act of a trial with content; `cited` are the sections that a content may speak of, and what was `found` the
    figures on which it may turn."""
    action = trial.action
    if isinstance(action, a.Fill) and trial.needs:
        yield from _filled(law, state, action, trial.needs[0], cited, found)
    elif trial.needs and isinstance(action, a.Make | a.Sign):
        found = with_rules(law, state, found, action.kind)
        wanted = [need for need in trial.needs if not need.optional or need.type.name == "yes-or-no"]
        values = [_contents(law, state, need, cited, found) for need in wanted]
        for chosen in islice(_likeliest(values), _MOST):
            yield _stated(law, state, actor, action, wanted, chosen)
    elif not trial.needs or trial.sample:
        states = tuple(need.name for need in trial.needs)
        text = words_of_action(law.terms, actor, action, state)
        if isinstance(action, a.Pay | a.Deposit | a.DepositWith | a.HoldFund) and action.amount and states:
            for figure in found.of(trial.needs[0].type):
                assert isinstance(figure, Quantity)
                told = replace(action, amount=figure)
                yield Proposal(told, words_of_action(law.terms, actor, told, state), (), action)
            text = text.replace(str(action.amount), f"{action.amount.unit} ...")
        yield Proposal(action, text, states)


@dataclass(frozen=True, slots=True)
class _Content:
    """A content that is tried, and whether it is told; of a figure that is, the stand-ins that are not."""

    content: t.Content
    told: bool
    standins: tuple[t.Content, ...] = ()


def _likeliest(values: list[tuple[_Content, ...]]) -> Iterator[tuple[_Content, ...]]:
    """One content of each, those first that are the likeliest together."""
    for far in range(sum(len(each) - 1 for each in values) + 1):
        for places in _places([len(each) for each in values], far):
            yield tuple(each[place] for each, place in zip(values, places, strict=True))


def _places(sizes: list[int], far: int) -> Iterator[tuple[int, ...]]:
    """A place in each of some rows, so many steps from their beginnings in all."""
    if not sizes:
        yield from [()] if far == 0 else []
        return
    for first in range(min(far, sizes[0] - 1) + 1):
        yield from ((first, *rest) for rest in _places(sizes[1:], far - first))


def _filled(
    law: Agreement, state: State, action: a.Fill, need: Need, cited: tuple[str, ...], found: Sought
) -> Iterator[Proposal]:
    """A blank with each content that is worth trying; what stands for itself was never told with it."""
    open_text = f"fill the {action.blank} with ..."
    for each in _contents(law, state, need, cited, found):
        with_it = replace(action, content=each.content)
        if not each.standins:
            yield Proposal(with_it, open_text, (action.blank,))
            continue
        low, high = (replace(action, content=content) for content in each.standins)
        text = words_of_action(law.terms, "", with_it, state)
        yield Proposal(with_it, text, (), low, ((Proposal(low, open_text, (action.blank,)), high),))


def _stated(
    law: Agreement,
    state: State,
    actor: str,
    action: a.Make | a.Sign,
    needs: list[Need],
    chosen: tuple[_Content, ...],
) -> Proposal:
    fields = tuple((need.name, each.content) for need, each in zip(needs, chosen, strict=True))
    fixed = tuple(field for field, each in zip(fields, chosen, strict=True) if each.told)
    states = tuple(need.name for need, each in zip(needs, chosen, strict=True) if not each.told)
    if isinstance(action, a.Sign):
        bare = words_of_action(law.terms, actor, replace(action, fields=fixed or None), state)
    else:
        bare = words_of_action(law.terms, actor, replace(action, fields=fixed), state)
    open_words = " and ".join(f"{name} as ..." for name in states)
    text = f"{bare}{' and ' if fixed else ' stating '}{open_words}" if states else bare
    plain = tuple(
        (need.name, each.standins[0] if each.standins else each.content)
        for need, each in zip(needs, chosen, strict=True)
    )
    freer = []
    for place, each in enumerate(chosen):
        if each.standins:
            low, high = each.standins
            less = (*chosen[:place], _Content(low, False), *chosen[place + 1 :])
            far = (*fields[:place], (needs[place].name, high), *fields[place + 1 :])
            freer.append((_stated(law, state, actor, action, needs, less), replace(action, fields=far)))
    return Proposal(replace(action, fields=fields), text, states, replace(action, fields=plain), tuple(freer))


def _contents(law: Agreement, state: State, need: Need, cited: tuple[str, ...], found: Sought) -> tuple[_Content, ...]:
    """Contents of a field that are worth trying, the likeliest first: the figures on which it may turn, then others."""
    usual = tuple(_usual(law, state, need, cited))
    told = need.type.name in _CHOSEN
    standins = (usual[0], _far(usual[0])) if usual else ()
    figures = tuple(_Content(each, True, standins) for each in found.of(need.type) if each != usual[0])
    return (*figures, *(_Content(each, told) for each in usual))


def _far(content: t.Content) -> t.Content:
    """A figure far beyond a stand-in."""
    match content:
        case Quantity(unit=unit):
            return Quantity(_FAR, unit)
        case datetime() | date():
            return content + timedelta(days=_FAR_DAYS)
        case int():
            return _FAR
        case _:
            return content


def _usual(law: Agreement, state: State, need: Need, cited: tuple[str, ...]) -> Iterator[t.Content]:
    """Contents of a type that are worth trying whatever it turns on, the likeliest first."""
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
