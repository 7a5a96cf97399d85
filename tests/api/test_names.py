"""Nobody takes a seat or a role under a name that looks like another one, or that nobody can tell by sight."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from api.answers import Accepted, Answer, Invalid, Opened
from api.service import SeatAsk
from tests.api.escrow import OPENING, SEATS, World, escrow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with escrow(tmp_path_factory.mktemp("names")) as world:
        world.open()
        yield world


def problems(answer: Answer) -> str:
    assert isinstance(answer, Invalid)
    assert answer.code == "NOT_UNDERSTOOD"
    return "\n".join(answer.problems)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("\u0435rin", "has letters of several alphabets in one word"),
        ("er\u200bin", "holds a character that nobody sees: zero width space"),
        ("erin\u202e", "right-to-left override"),
        ("erin ", "begins or ends with a space"),
        ("Erin", "The name `Erin` looks like `erin`, and is another one."),
        ("p\u0430ul", "several alphabets"),
        ("\u0440\u0430u\u04cf", "several alphabets"),
    ],
)
def test_a_person_with_the_name_of_another_gets_no_seat(world: World, name: str, told: str) -> None:
    version = len(world.service.store.read.history(world.deal))
    answer = world.service.seat("andy", SeatAsk(world.deal, "ATG", name, True), f"seat {name}")

    assert told in problems(answer)
    assert len(world.service.store.read.history(world.deal)) == version


def test_a_person_who_is_there_already_gets_another_seat(world: World) -> None:
    assert isinstance(world.service.seat("andy", SeatAsk(world.deal, "ATG", "nina", True), "nina"), Accepted)


def test_whoever_leaves_leaves_under_any_name(world: World) -> None:
    told = problems(world.service.seat("andy", SeatAsk(world.deal, "ATG", "\u0435rin", False), "leave"))

    assert told == "\u0435rin does not act for ATG."


@pytest.mark.parametrize(
    ("fillers", "told"),
    [
        ({"Escrow Agent": "Laurus\u200b"}, "zero width space"),
        ({"Escrow Agent": "N\u0422SCO"}, "several alphabets"),
        ({"Escrow Agent": "NT5CO", "NTSCO": "nt5co"}, "The name `nt5co` looks like `NT5CO`"),
        ({"Escrow Agent": "0maha"}, "The name `0maha` looks like `Omaha`, and is another one."),
        ({"Escrow Agent": "Omaha"}, "`Omaha` is the name of another party: Escrow Agent cannot be filled by it."),
    ],
)
def test_nobody_fills_a_role_under_the_name_of_another_party(world: World, fillers: dict[str, str], told: str) -> None:
    answer = world.service.open("erin", replace(OPENING, fillers=fillers), f"open {fillers}")

    assert told in problems(answer)


def test_no_deal_is_opened_with_two_persons_of_one_look(world: World) -> None:
    seats = {**SEATS, "Purchaser": ["paul", "pau1"]}

    answer = world.service.open("erin", replace(OPENING, seats=seats), "two")

    assert "The name `paul` looks like `pau1`" in problems(answer)


def test_one_person_may_fill_two_roles(world: World) -> None:
    same = replace(OPENING, fillers={"Purchaser": "Ada Bell", "Escrow Agent": "Ada Bell"})

    assert isinstance(world.service.open("erin", same, "same"), Opened)
