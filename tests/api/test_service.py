"""What the service promises to people: the 2005 escrow from its opening to its end, by hand-worked figures."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.answers import Accepted, Conflict, Invalid, Opened, Refused
from api.clock import ManualClock
from api.service import Ask, BeforeOpening, Preview, Terms
from api.store import StoredEvent
from dsl import views
from dsl.money import Quantity
from tests.api.escrow import CLOSING, OPENING, SEATS, TEN, World, escrow


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with escrow(tmp_path) as world:
        world.open()
        yield world


def usd(cents: int) -> Quantity:
    return Quantity(cents, "USD")


def paid(world: World) -> dict[str, Quantity]:
    found = views.paid((now := world.read()).law, now.state)
    return {each.payee: each.total for each in found if each.total is not None}


def test_a_closing_pays_whom_the_joint_instruction_names(world: World) -> None:
    answers = world.close()

    assert all(isinstance(each, Accepted) for each in answers)
    assert paid(world) == {
        "Fund Manager": usd(45_000_000),
        "Escrow Agent": usd(2_500_000),
        "NTSCO": usd(152_500_000),
        "ATG": usd(1_000_000_000),
    }
    (fund,) = views.funds(world.read().law, world.read().state)
    assert (fund.balance, fund.deposited, fund.paid_out) == (usd(0), usd(1_200_000_000), usd(1_200_000_000))


def test_each_step_cites_its_section(world: World) -> None:
    answers = world.close()

    sections = [each.section for each in answers if isinstance(each, Accepted)]
    assert sections[9] == "2.2"
    assert sections[11] == "2.3"
    assert sections[12:] == ["3.1(a)"] * 7


def test_a_closed_escrow_has_ended_under_5_1(world: World) -> None:
    world.close()

    state = world.read().state
    assert state.terminated == TEN + timedelta(minutes=len(CLOSING))
    assert state.terminated_by.startswith("5.1")


def test_a_release_before_its_time_is_refused_with_what_is_missing(world: World) -> None:
    world.close(17)

    answer = world.act("erin", 'release the Escrow Fund according to "JI-1"')

    assert isinstance(answer, Refused)
    leaves = [leaf for reason in answer.reasons for leaf in reason.leaves()]
    assert [leaf.section for leaf in leaves] == ["3.1(a)(iv)(A)", "3.1(a)(iv)(B)"]
    assert {who for leaf in leaves for wait in leaf.waits for who in wait.who} == {"David Grin", "Eugene Grin"}
    assert paid(world) == {}


def test_the_service_may_stop_between_any_two_steps(tmp_path: Path) -> None:
    clock = ManualClock(TEN)
    deal = ""
    for step, (person, text) in enumerate(CLOSING):
        with escrow(tmp_path, clock) as world:
            world.made = step
            world.deal = deal or world.open()
            deal = world.deal
            assert isinstance(world.act(person, text), Accepted)

    with escrow(tmp_path, clock) as world:
        world.deal = deal
        assert world.read().state.terminated is not None
        assert paid(world)["ATG"] == usd(1_000_000_000)
        report = world.service.verify("erin", deal)
        assert report is not None
        assert (report.head, report.faults) == ("checked", ())


# ------------------------------------------------------- the same request again


def test_the_same_request_gets_the_first_answer(world: World) -> None:
    first = world.act("paul", "deposit USD 12,000,000.00 into the Escrow Fund", key="deposit")
    world.act("andy", "sign the Documents")

    again = world.act("paul", "deposit USD 12,000,000.00 into the Escrow Fund", key="deposit")

    assert again == first
    assert world.read().state.balance("Escrow Fund/balance", "USD") == usd(1_200_000_000)


def test_what_was_refused_stays_refused_with_the_same_answer(world: World) -> None:
    early = world.act("erin", "take a Hold", key="hold")
    assert isinstance(early, Refused)
    world.act("andy", 'present the Dispute "D-1" stating Grounds as "wrong payee"')

    again = world.act("erin", "take a Hold", key="hold")
    anew = world.act("erin", "take a Hold", key="hold anew")

    assert again == early
    assert isinstance(anew, Accepted)
    assert anew.section == "4.2(a)(i)"


def test_a_key_serves_one_request_only(world: World) -> None:
    world.act("andy", "sign the Documents", key="one")

    answer = world.act("andy", "sign the Warrant", key="one")

    assert answer == Invalid("KEY_REUSED", ("This idempotency key was used before, for something else.",))


def test_opening_twice_under_one_key_opens_one_deal(world: World) -> None:
    assert world.open() == world.deal
    other = world.service.open("erin", OPENING, "another key")

    assert isinstance(other, Opened)
    assert other.place.deal != world.deal


def test_who_decided_on_an_older_version_is_told(world: World) -> None:
    world.act("andy", "sign the Documents")

    stale = world.act("nina", "sign the Documents", expected_version=1)
    fresh = world.act("nina", "sign the Documents", expected_version=2)

    assert stale == Conflict(2)
    assert isinstance(fresh, Accepted)


# ------------------------------------------------------------------ who may what


def test_a_stranger_is_told_the_same_of_a_deal_and_of_none(world: World) -> None:
    theirs = world.act("zoe", "sign the Documents")
    nothing = world.service.submit("zoe", Ask("no such", "ATG", {"text": "sign the Documents"}), "k")

    assert theirs == nothing == Invalid("NO_SUCH_DEAL", ("There is no such deal.",))
    assert world.service.read("zoe", world.deal) is None
    assert world.service.preview("zoe", Ask(world.deal, "ATG", {"text": "sign the Documents"})) is None
    assert world.service.timeline_after("zoe", world.deal, 0, 10) is None
    assert world.service.timeline_before("zoe", world.deal, None, 10) is None
    assert world.service.verify("zoe", world.deal) is None
    assert world.service.deals("zoe").seats == ()


def test_nobody_acts_for_a_party_that_is_not_theirs(world: World) -> None:
    answer = world.act("paul", "sign the Documents", party="ATG")

    assert isinstance(answer, Invalid)
    assert answer.code == "NOT_YOUR_PARTY"
    assert world.read().version == 1


def test_two_people_act_for_one_party(world: World) -> None:
    first = world.act("paul", "sign the Documents")
    second = world.act("petra", "deposit USD 12,000,000.00 into the Escrow Fund")

    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)


@pytest.mark.parametrize("blanks", [OPENING.blanks, {**OPENING.blanks, "Agent's Fee": "a lot"}])
def test_whoever_opens_a_deal_is_in_it(world: World, blanks: dict[str, str]) -> None:
    answer = world.service.open("zoe", replace(OPENING, blanks=blanks), "mine")
    assert isinstance(answer, Invalid)
    assert "Who opens a deal acts for somebody in it" in answer.problems[-1]


def test_a_person_can_act_for_every_member_of_a_group(world: World) -> None:
    seats = {"Companies": ["carla"], "Escrow Agent": ["carla"]}
    answer = world.service.open("carla", replace(OPENING, seats=seats), "group")

    assert isinstance(answer, Opened)
    assert world.service.deals("carla").seats[0].parties == ("ATG", "Escrow Agent", "NTSCO", "Omaha")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"seats": {"Escrow Agnt": ["erin"]}}, "Did you mean `Escrow Agent`?"),
        ({"blanks": {}}, "Agreement Date must be filled"),
        ({"blanks": {"Agreement Date": "soon"}}, "must be a date"),
        ({"blanks": {"Agreement Day": "2005-09-01"}}, "Did you mean `Agreement Date`?"),
        ({"fillers": {"Escrow Agnt": "Loeb"}}, "Did you mean `Escrow Agent`?"),
        ({"agreement": "nothing"}, "There are: funds_escrow."),
    ],
)
def test_an_opening_that_makes_no_sense_is_told_why(world: World, change: dict[str, object], problem: str) -> None:
    answer = world.service.open("erin", replace(OPENING, **change), "wrong")  # type: ignore[arg-type]

    assert isinstance(answer, Invalid)
    assert problem in "\n".join(answer.problems)


# ----------------------------------------------------------------- what is tried


def test_an_opening_tells_all_that_is_wrong_with_it_at_once(world: World) -> None:
    seats = {**SEATS, "Purchasr": ["paul"], "Omahaa": ["omar"]}
    blanks = {"Agent's Fee": "a lot", "Agrement Date": "soon"}

    answer = world.service.open("erin", Terms("funds_escrow", seats, blanks, {"Agnt": "A Bank"}), "new")

    assert isinstance(answer, Invalid)
    assert [each.split(".")[0] for each in answer.problems] == [
        "`Omahaa` is no party to this agreement",
        "`Purchasr` is no party to this agreement",
        "There is no role `Agnt`",
        "The blank Agent's Fee must be an amount of USD: `a lot` is not",
        "There is no blank `Agrement Date`",
        "The blank Agreement Date must be filled before the deal opens",
    ]


def test_what_is_of_another_type_is_shown_what_it_looks_like(world: World) -> None:
    terms = Terms("funds_escrow", SEATS, {"Agreement Date": "some day " * 40})

    answer = world.service.open("erin", terms, "new")

    assert isinstance(answer, Invalid)
    assert answer.problems[0].endswith("...` is not. Write `1 September 2005` or `2005-09-01`.")
    assert len(answer.problems[0]) < 200


def test_a_slip_of_the_pen_is_told_and_leaves_no_trace(world: World) -> None:
    answer = world.act("andy", "sing the Documents")

    assert isinstance(answer, Invalid)
    assert answer.code == "NOT_UNDERSTOOD"
    assert "did you mean `sign`?" in answer.problems[0]
    assert world.read().version == 1


def test_parts_and_words_are_the_same_act(world: World) -> None:
    in_words = world.act("nina", CLOSING[12][1])
    fields = [["Payments", CLOSING[12][1].partition("Payments as ")[2]]]
    parts = {"sign": {"kind": "Joint Instruction", "name": "JI-1", "fields": fields}}
    in_parts = world.service.submit("andy", Ask(world.deal, "ATG", parts), "parts")

    assert isinstance(in_words, Accepted)
    assert isinstance(in_parts, Accepted)
    (entry,) = [each for each in world.read().state.entries if each.kind == "Joint Instruction"]
    assert [each.signer for each in entry.signatures] == ["NTSCO", "ATG"]


def test_nothing_is_said_to_have_happened_tomorrow(world: World) -> None:
    answer = world.act("andy", "sign the Documents", at=TEN + timedelta(days=1))

    assert isinstance(answer, Invalid)
    assert answer.code == "NOT_YET"


def test_a_preview_tells_what_would_follow_and_stores_nothing(world: World) -> None:
    world.close(17)
    before = world.service.store.read.history(world.deal)
    words = CLOSING[17][1]

    preview = world.service.preview("david", Ask(world.deal, "David Grin", {"text": words}))

    assert isinstance(preview, Preview)
    assert isinstance(preview.answer, Accepted)
    assert preview.answer.place is None
    assert "Release occurs" in [each.text for each in preview.changes]
    assert any(each.kind == "Release" for each in preview.after.state.entries)
    assert not any(each.kind == "Release" for each in world.read().state.entries)
    assert world.service.store.read.history(world.deal) == before


def test_a_preview_at_the_instant_of_another_act_tells_that_the_order_decides(world: World) -> None:
    words = CLOSING[12][1].replace("the rest to ATG", "the rest to ")
    world.act("nina", f"{words}NTSCO")
    ask = Ask(world.deal, "ATG", {"text": f"{words}ATG"}, TEN + timedelta(minutes=1))
    world.clock.advance(timedelta(minutes=1))

    preview = world.service.preview("andy", ask)
    world.service.submit("andy", ask, "the same")

    assert isinstance(preview, Preview)
    assert isinstance(preview.answer, Accepted)
    assert [each.act for each in preview.after.state.divergences] == [2]
    assert preview.after.state == world.read().state


# --------------------------------------------------------------- two kinds of time


def test_the_deal_can_be_read_as_of_any_instant(world: World) -> None:
    world.close()

    def balance(minute: int) -> Quantity:
        state = world.read(as_of=TEN + timedelta(minutes=minute)).state
        found: Quantity = state.balance("Escrow Fund/balance", "USD")
        return found

    assert (balance(11), balance(12), balance(18), balance(19)) == (
        usd(0),
        usd(1_200_000_000),
        usd(1_200_000_000),
        usd(0),
    )
    with pytest.raises(BeforeOpening):
        world.service.read("erin", world.deal, TEN - timedelta(minutes=1))


def test_a_fact_that_comes_late_is_folded_in_at_its_time(world: World) -> None:
    world.close(3)
    answer = world.act("andy", 'present the Dispute "D-1" stating Grounds as "late"', at=TEN + timedelta(seconds=90))

    assert isinstance(answer, Accepted)
    assert answer.happened_at == TEN + timedelta(seconds=90)
    assert answer.recorded_at == TEN + timedelta(minutes=4)
    then = TEN + timedelta(minutes=2)
    known = world.read(as_of=then).state
    unknown = world.read(as_of=then, known_at=TEN + timedelta(minutes=3)).state
    assert [each.name for each in known.entries if each.kind == "Dispute"] == ["D-1"]
    assert [each.name for each in unknown.entries if each.kind == "Dispute"] == []
    report = world.service.verify("erin", world.deal)
    assert report is not None
    assert report.faults == ()


def test_whatever_order_facts_come_in_replay_gives_the_state_that_was_kept(world: World) -> None:
    late = {4: 2.5, 9: 1.5, 14: 13.25, 18: 0.5}
    for step, (person, text) in enumerate(CLOSING):
        if step in late:
            at = TEN + timedelta(minutes=late[step])
            world.act("andy", f'present the Dispute "D-{step}" stating Grounds as "{step}"', at=at)
        world.act(person, text)
        report = world.service.verify("erin", world.deal)
        assert report is not None
        assert (report.head, report.faults) == ("checked", ()), step


# --------------------------------------------------------------------- the stream


def test_a_follower_gets_what_was_and_what_comes_without_a_gap(tmp_path: Path) -> None:

    async def follow(world: World) -> list[StoredEvent]:
        seen = []
        async for event in world.service.follow("petra", world.deal, 2):
            seen.append(event)
            if len(seen) <= 3:
                person, text = CLOSING[len(seen) + 2]
                await asyncio.to_thread(world.act, person, text)
            if len(seen) == 5:
                return seen
        raise AssertionError("the stream has ended")

    with escrow(tmp_path) as world:
        world.open()
        world.close(3)
        seen = asyncio.run(asyncio.wait_for(follow(world), 60))

    assert [each.version for each in seen] == [3, 4, 5, 6, 7]


def test_a_stream_ends_when_the_service_stops(tmp_path: Path) -> None:
    async def follow(world: World) -> list[int]:
        seen = []
        async for event in world.service.follow("petra", world.deal, 0):
            seen.append(event.version)
            asyncio.get_running_loop().call_soon(world.service.end_streams)
        return seen

    with escrow(tmp_path) as world:
        world.open()
        assert asyncio.run(asyncio.wait_for(follow(world), 60)) == [1]


def test_a_stranger_follows_nothing(tmp_path: Path) -> None:

    async def follow(world: World) -> list[StoredEvent]:
        return [event async for event in world.service.follow("zoe", world.deal, 0)]

    with escrow(tmp_path) as world:
        world.open()
        assert asyncio.run(asyncio.wait_for(follow(world), 60)) == []
