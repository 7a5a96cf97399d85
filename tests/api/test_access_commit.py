"""A right that is lost between the question whether one has it and the act is lost: it is asked again in the commit."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.answers import Accepted, Answer, Invalid
from api.service import Ask, Preview, SeatAsk
from api.store import Command
from tests.api.escrow import DELIVERY, NAMING, RESIGNING, World, escrow

DISPUTE = 'present the Dispute "D-{}" stating Grounds as "wrong payee"'


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with escrow(tmp_path) as world:
        world.open()
        yield world


def wanted(world: World, person: str, party: str, text: str, key: str) -> Command:
    """An act that would be accepted now, as a preview says, and is about to be handed in."""
    world.clock.advance(timedelta(minutes=1))
    ask = Ask(world.deal, party, {"text": text})
    found = world.service.preview(person, ask)
    assert isinstance(found, Preview)
    assert isinstance(found.answer, Accepted)
    command = world.service.command(person, ask, key, None)
    assert isinstance(command, Command)
    return command


def seating(world: World, by: str, party: str, person: str, acts: bool, key: str) -> Command:
    command = world.service.seating(by, SeatAsk(world.deal, party, person, acts), key)
    assert isinstance(command, Command)
    return command


def handed_in(world: World, *commands: Command) -> list[Answer]:
    """Several requests one after the other, before any of them is answered."""
    futures = [world.service.store.submit(each) for each in commands]
    return [world.service.answer(each.result()) for each in futures]


def test_an_act_whose_seat_is_revoked_on_its_way_is_not_done(world: World) -> None:
    for number in range(20):
        seat = seating(world, "andy", "ATG", "zoe", True, f"seat {number}")
        assert isinstance(handed_in(world, seat)[0], Accepted)
        act = wanted(world, "zoe", "ATG", DISPUTE.format(number), f"act {number}")
        revoke = seating(world, "andy", "ATG", "zoe", False, f"revoke {number}")

        revoked, answer = handed_in(world, revoke, act)

        assert isinstance(revoked, Accepted)
        assert answer == Invalid("NO_SUCH_DEAL", ("There is no such deal.",))
    assert {each.actor for each in world.service.store.read.history(world.deal)} == {"erin", "andy"}


def test_an_act_that_came_before_its_seat_was_revoked_is_done(world: World) -> None:
    assert isinstance(handed_in(world, seating(world, "andy", "ATG", "zoe", True, "seat"))[0], Accepted)
    act = wanted(world, "zoe", "ATG", DISPUTE.format(1), "act")

    answers = handed_in(world, act, seating(world, "andy", "ATG", "zoe", False, "revoke"), act)

    assert isinstance(answers[0], Accepted)
    assert answers[2] == answers[0]  # the same request gets its first answer, whoever has left since


def test_an_act_for_a_role_that_is_filled_anew_on_its_way_is_not_done(world: World) -> None:
    world.close(12)
    for steps, days in ((RESIGNING, 6), (NAMING, 0)):
        for person, text in steps:
            assert isinstance(world.act(person, text), Accepted)
        world.clock.advance(timedelta(days=days))
    assert isinstance(world.act("andy", DISPUTE.format(1)), Accepted)
    act = wanted(world, "erin", "Escrow Agent", "take a Hold", "act")
    handover = wanted(world, "erin", "Escrow Agent", DELIVERY, "handover")

    done, answer = handed_in(world, handover, act)

    assert isinstance(done, Accepted)
    assert isinstance(answer, Invalid)
    assert answer.code == "NOT_YOUR_PARTY"
