"""The command about webhooks: which there are, what could not be delivered, and how it is sent again."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from api.clock import ManualClock
from api.webhooks.outbox import TRIES
from api.webhooks.sending import Reply
from tests.api.conftest import HERE, clausula, tidy
from tests.api.posting import Receiver, post
from tests.conftest import Golden

pytestmark = pytest.mark.usefixtures("quiet_place")


def test_the_help_of_the_command(golden: Golden) -> None:
    golden(HERE / "golden" / "help_webhooks.txt", tidy(clausula("webhooks", "--help").stdout))


@pytest.fixture
def dead(tmp_path: Path, deals_clock: ManualClock) -> str:
    """The id of a webhook of Ada's with two dead letters; Carl has one without any."""
    with post(tmp_path / "deals.db", deals_clock) as here:
        made = here.webhook()
        here.act("one")
        here.act("two")
        for _ in range(TRIES):
            here.round(Receiver([Reply(500)] * 2))
            deals_clock.advance(timedelta(hours=14))
        here.webhook("carl")
        return made.webhook.id


def test_webhooks_are_listed_with_what_is_dead(dead: str) -> None:
    found = json.loads(clausula("webhooks", "--json").stdout)
    shown = clausula("webhooks").stdout

    assert [(each["person"], each["stream"], each["waiting"], each["dead"]) for each in found] == [
        ("ada", "dealEvents", 0, 2), ("carl", "dealEvents", 0, 0),
    ]  # fmt: skip
    assert found[0]["id"] == dead
    assert "whsec" not in str(found) + shown
    assert "secret" not in str(found)
    letters = json.loads(clausula("webhooks", dead[:6], "--json").stdout)
    assert [(each["cursor"], each["tries"], each["told"]) for each in letters] == [
        ("3", TRIES, "Answered 500."), ("2", TRIES, "Answered 500."),
    ]  # fmt: skip
    assert letters[0]["id"] in clausula("webhooks", dead).stdout.replace("\n", "")


def test_dead_letters_are_sent_again(dead: str, tmp_path: Path, deals_clock: ManualClock) -> None:
    first = json.loads(clausula("webhooks", dead, "--json").stdout)[1]["id"]

    assert json.loads(clausula("webhooks", dead, "--replay", "--only", first, "--json").stdout)["replayed"] == 1
    assert clausula("webhooks", dead, "--replay").stdout == "Sent again within a second by a service that runs: 1.\n"
    assert "has no dead letters" in clausula("webhooks", dead).stdout.replace("\n", " ")
    with post(tmp_path / "deals.db", deals_clock, "there") as here:
        assert [each.told["cursor"] for each in here.round()] == ["2", "3"]


def test_one_is_ended_and_replays_nothing_more(dead: str) -> None:
    assert clausula("webhooks", dead, "--end").exit_code == 0

    (ended, other) = json.loads(clausula("webhooks", "--json").stdout)
    assert (ended["ended"], other["ended"]) == ("Who keeps the database has ended it.", None)
    again = clausula("webhooks", dead, "--replay")
    assert again.exit_code == 2
    assert "has ended: Who keeps the database has ended it." in again.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--replay"], "are about one webhook"),
        (["--end"], "are about one webhook"),
        (["abc", "--only", "x"], "--only goes with --replay"),
        (["abc", "--replay", "--end"], "--only goes with --replay"),
        (["nothing-like-it"], "There is no webhook `nothing-like-it`."),
        (["nothing-like-it", "--replay"], "There is no webhook `nothing-like-it`."),
    ],
)
@pytest.mark.usefixtures("deal")
def test_what_is_not_understood_is_told(arguments: list[str], told: str) -> None:
    result = clausula("webhooks", *arguments)

    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.usefixtures("deal")
def test_without_webhooks_that_is_told() -> None:
    assert clausula("webhooks").stdout == "There are no webhooks.\n"
