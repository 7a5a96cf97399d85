"""Many people at one instant: how often an act is decided again to see whether its place decides."""

from collections.abc import Callable
from typing import Any

import pytest

from dsl import history, turns
from dsl.events import Acted, Malformed, Refused
from dsl.replay import fold
from tests.dsl.deals import Deal, opened

PEOPLE = tuple(f"Holder {number}" for number in range(1, 21))
NOTES = (
    'Clause 2 "Notes":\n'
    + "".join(f'  "{name}" means a party.\n' for name in PEOPLE)
    + f'  "Note" means a claim, made by {", ".join(f"the {name}" for name in PEOPLE[:-1])} or the {PEOPLE[-1]},'
    + "\n    stating Amount as amount.\n"
)
INSTANT = "11:00 on 1 September 2005"


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every act that is decided again to be compared in another place."""
    seen: list[object] = []
    decide: Callable[..., Acted | Refused | Malformed] = turns.decide  # type: ignore[attr-defined]

    def counted(*given: Any) -> Acted | Refused | Malformed:
        seen.append(given[2])
        return decide(*given)

    monkeypatch.setattr(turns, "decide", counted)
    return seen


def together(*names: str) -> Deal:
    deal = opened(NOTES)
    for name in names:
        deal.does(INSTANT, f"{name}: make the Note stating Amount as USD 7.00.")
    return deal


def test_twenty_people_at_one_instant_are_compared_with_the_last_six_each(again: list[object]) -> None:
    """Past each of them two acts are decided: the new one, and the one it is put before. The first six come after
    0, 1, ... 5 others, and the fourteen after them after six: 2 x (15 + 14 x 6) = 198."""
    deal = together(*PEOPLE)
    played = len(again)

    fold(deal.agreement, deal.history.opened, [record.event for record in deal.history.records])

    assert (played, len(again)) == (198, 2 * 198)
    assert deal.state.divergences == ()


def test_who_acts_often_at_one_instant_is_compared_by_the_new_act_alone(again: list[object]) -> None:
    """Ten acts after one of another: each is decided before that one, and that one after it: 2 x 10."""
    together(PEOPLE[0], *(PEOPLE[1],) * 10)

    assert len(again) == 20


def test_what_comes_at_the_instant_of_the_last_act_folds_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    folds: list[object] = []
    monkeypatch.setattr(history, "fold", lambda *given: folds.append(given))
    monkeypatch.setattr(history, "turns_at", lambda *given: folds.append(given))

    together(*PEOPLE[:4])

    assert folds == []
