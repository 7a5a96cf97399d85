"""What has to hold on every journey through a deal, each promise a function that a law or a long search calls."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from api import codec
from dsl import actions as a
from dsl.bans import banned
from dsl.checks import Objection
from dsl.choosing import permit_for
from dsl.compile import Agreement
from dsl.engine import advance, carried_out, decide, evolve, in_force, tick
from dsl.events import Acted, Malformed, Refused
from dsl.explained import explained_rows
from dsl.history import History, attempt, folded, state_at
from dsl.judge import Judge
from dsl.permits import permits
from dsl.possibilities import Possibility, actors, possibilities
from dsl.reasons import Truth
from dsl.state import State
from dsl.unlocking import ways_to
from dsl.wellformed import problems
from tests.laws.journeys import Choose, Journey, of, something, stated

FREE = (a.Fill, a.Choose, a.AssertBreach)
"""What needs no permit."""


def states_of(journey: Journey) -> list[State]:
    """Every state of a journey."""
    return [journey.first.state, *(told.after.state for told in journey.steps)]


# ----------------------------------------------------------------------- money


def money_is_neither_made_nor_lost(journey: Journey) -> None:
    """Of every asset all accounts together hold nothing, and each holds what was moved into it and not out of it."""
    for state in states_of(journey):
        held: dict[str, int] = defaultdict(int)
        for posting in state.postings:
            assert posting.amount.amount > 0
            held[f"{posting.source} {posting.amount.unit}"] -= posting.amount.amount
            held[f"{posting.target} {posting.amount.unit}"] += posting.amount.amount
        assert held == {key: balance.amount for key, balance in state.balances.items()}


def no_fund_goes_below_nothing(journey: Journey) -> None:
    """No part of a fund ever holds less than nothing, nor anything but the fund's own unit."""
    funds = journey.first.agreement.terms.funds
    for state in states_of(journey):
        for key, balance in state.balances.items():
            fund = funds.get(key.partition("/")[0])
            assert fund is None or (balance.amount >= 0 and balance.unit == fund.unit), key


# ------------------------------------------------------------------------- log


def every_answer_is_told_and_a_refusal_changes_nothing(journey: Journey) -> None:
    """A refusal has reasons, a section and a summary; it changes the count of acts, and what is malformed nothing."""
    for told in journey.steps:
        before = state_at(told.before, max(told.before.state.now, told.at))
        match told.answer:
            case Refused():
                assert told.answer.section
                assert told.answer.summary
                assert told.answer.reasons
                if told.after.state.acts == told.before.state.acts + 1 and told.at >= told.before.state.now:
                    after = replace(told.after.state, acts=before.acts, divergences=before.divergences)
                    assert after == before
            case Malformed():
                assert told.answer.problems
                assert told.after == told.before
            case Acted():
                assert told.answer.section or isinstance(told.answer.attempt.action, a.Fill | a.Choose)


def replay_gives_the_state_that_deciding_gave(journey: Journey) -> None:
    """The log alone, and a state written down and read back, lead to what was reached step by step."""
    last = journey.last
    again = folded(last.agreement, last.opened, last.records)
    assert advance(last.agreement, again, last.state.now) == last.state
    for state in states_of(journey):
        assert codec.read(codec.write(state, State), State) == state
    for told in journey.steps:
        if told.at > told.before.state.now:
            kept = codec.read(codec.write(told.before.state, State), State)
            onwards = attempt(replace(told.before, state=kept), told.tried, told.at, told.recorded)
            assert onwards == (told.after, told.answer)


def what_was_known_can_be_asked_for_ever(journey: Journey, choose: Choose) -> None:
    """The state as known at an instant is the one that was worked out then."""
    last = journey.last
    for index, told in enumerate(journey.steps):
        if index + 1 < len(journey.steps) and journey.steps[index + 1].recorded == told.recorded:
            continue
        as_of = of(choose, [told.recorded, *(each.at for each in journey.steps[: index + 1])])
        assert state_at(last, as_of, known_at=told.recorded) == state_at(told.after, as_of)


def time_passes_alike_in_one_step_or_many(journey: Journey, choose: Choose) -> None:
    """Waiting in pieces is waiting at once, and waiting for nothing changes nothing."""
    law, state = journey.last.agreement, journey.last.state
    far = state.now + timedelta(days=of(choose, (1, 20, 100)), minutes=choose(1440))
    near = state.now + timedelta(minutes=choose(1440), days=choose(20))
    at_once = advance(law, state, max(near, far))
    assert tick(law, at_once, at_once.now) == ()
    assert advance(law, at_once, at_once.now) == at_once
    assert advance(law, advance(law, state, near), max(near, far)) == at_once


# --------------------------------------------------------------------- answers


def what_is_possible_is_what_is_accepted(journey: Journey, choose: Choose) -> None:
    """What is said to be allowed is accepted, and what is said to be blocked is refused for the same reasons."""
    agreement, state = journey.last.agreement, journey.last.state
    law = in_force(agreement, state)
    for each in possibilities(agreement, state, of(choose, actors(law))):
        answer = decide(agreement, state, a.Attempt(each.actor, each.action), state.now)
        if not each.needs:
            same_answer(each, answer)
            continue
        made = stated(choose, law, state, each.action, each.needs)
        answer = decide(agreement, state, a.Attempt(each.actor, made), state.now)
        told = f"{each.text}: {each.summary}"
        assert each.allowed or not isinstance(answer, Acted), (told, made)


def same_answer(said: Possibility, answer: Acted | Refused | Malformed) -> None:
    """An answer is the one that was foretold."""
    assert said.allowed == isinstance(answer, Acted), (said.text, said.summary, answer)
    if isinstance(answer, Refused) and said.action != a.Release(said.verb, said.subject, ""):
        assert (said.summary, said.reasons) == (answer.summary, answer.reasons)


def a_way_that_is_shown_unlocks(journey: Journey, choose: Choose) -> None:
    """Done by any of those it names, the acts of a way are accepted one after the other, and then what was refused."""
    refused = [told for told in journey.steps if isinstance(told.answer, Refused)]
    if not refused:
        return
    told = of(choose, refused)
    agreement, start = told.before.agreement, advance(told.before.agreement, told.before.state, told.at)
    if isinstance(decide(agreement, start, told.tried, start.now), Acted):
        return
    for way in ways_to(agreement, start, told.tried):
        state = start
        for step in way.steps:
            if step.at is not None:
                state = advance(agreement, state, max(step.at, state.now))
                continue
            assert step.action is not None
            answer = decide(agreement, state, a.Attempt(of(choose, step.actors), step.action), state.now)
            assert isinstance(answer, Acted), (told.tried, step, answer)
            state = evolve(agreement, state, answer)
        answer = decide(agreement, state, told.tried, state.now)
        assert isinstance(answer, Acted), (told.tried, way, answer)


def explaining_agrees_with_deciding(journey: Journey) -> None:
    """What is accepted under a section is told as granted and in force there, and nothing else is."""
    for told in journey.steps:
        if told.at >= told.before.state.now:
            agreement = told.before.agreement
            agrees(agreement, advance(agreement, told.before.state, told.at), told.tried)


def agrees(agreement: Agreement, state: State, tried: a.Attempt) -> None:
    """A permit is granted for an attempt exactly where deciding finds one."""
    law, answer = in_force(agreement, state), decide(agreement, state, tried, state.now)
    if isinstance(answer, Malformed) or isinstance(tried.action, FREE) or tuple(problems(law, state, tried)):
        return
    found = permits(law, state, tried.actor, tried.action)
    granted = {each.section for each in found if each.granted}
    if isinstance(answer, Acted):
        assert answer.section in granted
        assert banned(law, state, tried) is None
        provision = law.by_key.get(answer.provision)
        judge = Judge(law, state, state.now)
        explained = explained_rows(law, state, provision, judge, carried_out) if provision is not None else ()
        assert provision is None or Truth.TRUE in [each.truth for each in explained]
    for key in {each.provision for each in found} - {""}:
        if not set(state.statuses_of(key)) - {"dormant"}:
            explained = explained_rows(law, state, law.by_key[key], Judge(law, state, state.now), carried_out)
            assert Truth.TRUE not in [each.truth for each in explained]
    if not granted:
        assert isinstance(permit_for(law, state, tried), Objection)
        assert isinstance(answer, Refused)


# ----------------------------------------------------------------------- order


def meaning(state: State) -> object:
    """What a state says, with entries by their names instead of their numbers, and without who was asked when."""
    movements = ((entry.kind, str(entry.fields)) for entry in state.entries)  # their names are numbers of the log
    named = {
        entry.number: entry.name if entry.digest else str(moved)
        for entry, moved in zip(state.entries, movements, strict=True)
    }
    norms = {
        (norm.provision, named.get(norm.row or 0, ""), norm.status, norm.since, norm.due, norm.paid, norm.owed)
        for norm in state.norms.values()
    }  # fmt: skip
    entries = {
        (
            entry.kind,
            named[entry.number],
            entry.author,
            entry.fields,
            entry.at,
            entry.given,
            entry.withdrawn,
            entry.digest,
        )
        for entry in state.entries
    }
    latches = {
        (key.rpartition("#")[0], named[int(row)] if (row := key.rpartition("#")[2]) else "", at)
        for key, at in state.latches.items()
    }
    balances = {key: balance for key, balance in state.balances.items() if balance.amount}
    return norms, entries, balances, state.choices, state.blanks, state.terminated, state.fillers, latches


def the_order_of_one_instant_does_not_matter_or_is_told(journey: Journey, choose: Choose) -> None:
    """Two people act at one instant: either order leads to the same, or it is told that the order decides."""
    agreement, state = journey.last.agreement, journey.last.state
    at = state.now + timedelta(minutes=1)
    first, second = (welcome(journey, choose) for _ in range(2))
    if first.actor == second.actor:
        return
    ends = [together(journey.last, order, at) for order in ((first, second), (second, first))]
    if any(isinstance(answer, Malformed) for _, answers in ends for answer in answers):
        return
    meant = [{answer.attempt for answer in answers if not isinstance(answer, Malformed)} for _, answers in ends]
    if meant[0] != meant[1]:
        return  # what is said without a name is understood when it is said, and is then another act
    (one, _), (other, _) = ends
    told = [len(each.state.divergences) > len(state.divergences) for each in (one, other)]
    later = at + timedelta(days=30)
    found = [meaning(advance(agreement, each.state, later)) for each in (one, other)]
    assert all(told) or found[0] == found[1], (first, second, told)


def welcome(journey: Journey, choose: Choose) -> a.Attempt:
    """An attempt that would be accepted, if a few tries find one."""
    agreement, state = journey.last.agreement, journey.last.state
    law = in_force(agreement, state)
    tried = something(choose, journey.attempts, law, state)
    for _ in range(6):
        if isinstance(decide(agreement, state, tried, state.now), Acted):
            break
        tried = something(choose, journey.attempts, law, state)
    return tried


def together(
    history: History, order: tuple[a.Attempt, a.Attempt], at: object
) -> tuple[History, list[Acted | Refused | Malformed]]:
    """Two attempts at one instant, one after the other."""
    answers = []
    for tried in order:
        history, answer = attempt(history, tried, at, at)  # type: ignore[arg-type]
        answers.append(answer)
    return history, answers
