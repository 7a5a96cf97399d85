"""Ways to an act that is refused: the fewest acts, by whom, and every one of them accepted by the engine."""

import pytest

from dsl.actions import Attempt
from dsl.engine import advance, decide, evolve
from dsl.events import Acted
from dsl.state import State
from dsl.unlocking import Searched, Way, search_ways, ways_to
from tests.dsl.deals import Deal, at, attempt_of, opened

CONSENT = """
Clause 2 "Papers":
  "Consent" means an oral statement, made by the Buyer or the Seller, stating Agreed as yes-or-no.
  "Award" means a writing, signed by the Buyer and the Seller, delivered by the Buyer, addressed to the Agent,
    stating Reason as text.
  "Waiver" means a waiver, made by the Buyer, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
Clause 3 "Payment":
  When {quantifier} of
    (i) a Consent which states Agreed has been made; and
    (ii) an Award has been received by the Agent;
  then the Agent may pay any amount to the Seller from the Fund.
  Section 3(ii) protects the Buyer.
"""
PAY = "Agent: pay USD 5.00 to the Seller from the Fund."


def deal_of(quantifier: str) -> Deal:
    """A deal in which the Agent may pay once all or any of two things have come."""
    joined = CONSENT.format(quantifier=quantifier)
    deal = opened(joined.replace("made; and", "made; or") if quantifier == "any" else joined)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 5.00 into the Fund.")
    return deal


def ways(deal: Deal, words: str = PAY) -> tuple[Way, ...]:
    """The ways to an act; each is played again before it is believed."""
    attempt = attempt_of(deal.agreement, words)
    found = ways_to(deal.agreement, deal.state, attempt)
    for way in found:
        assert isinstance(decide(deal.agreement, played(deal, way), attempt, played(deal, way).now), Acted)
    return found


def played(deal: Deal, way: Way) -> State:
    """The state after a way, of which the engine has accepted every step."""
    state = deal.state
    for step in way.steps:
        if step.action is None:
            assert step.at is not None
            state = advance(deal.agreement, state, step.at)
            continue
        done = decide(deal.agreement, state, Attempt(step.actors[0], step.action), state.now)
        assert isinstance(done, Acted), step.text
        state = evolve(deal.agreement, state, done)
    return state


def test_of_any_the_cheapest_comes_first_and_the_others_after_it() -> None:
    first, *others = ways(deal_of("any"))

    assert [(step.actors, step.text) for step in first.steps] == [
        (("Buyer", "Seller"), "state the Consent stating Agreed as yes")
    ]
    award = [way for way in others if any("Award" in step.text for step in way.steps)]
    assert [way.acts for way in award] == [3]
    assert [(step.actors, step.text) for step in award[0].steps] == [
        (("Buyer",), "sign the Award stating Reason as ..."),
        (("Seller",), 'sign the Award "Award"'),
        (("Buyer",), 'deliver the Award "Award"'),
    ]


def test_of_all_every_one_is_there_and_a_waiver_saves_acts() -> None:
    found = ways(deal_of("all"))

    assert [way.acts for way in found] == sorted(way.acts for way in found)
    assert found[0].acts == 2
    assert {text for way in found for step in way.steps if "Waiver" in (text := step.text)} <= {
        "give the Waiver stating Requirement as section 3(i)",
        "give the Waiver stating Requirement as section 3(ii)",
    }


def test_whoever_is_no_party_and_may_bring_it_about_is_named() -> None:
    deal = opened(
        """
Clause 2 "Court":
  "Court" means a court.
  "Award" means a finding, made by the Court.
  When an Award has been made, then the Agent may pay any amount to the Seller from the Fund.
"""
    )
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 5.00 into the Fund.")

    (way,) = ways(deal)

    assert [(step.actors, step.text) for step in way.steps] == [(("Court",), "find the Award")]


def test_what_is_stated_by_the_actor_is_told() -> None:
    steps = [
        step for way in ways(deal_of("any")) for step in way.steps if step.text.startswith("sign the Award stating")
    ]

    assert {step.states for step in steps} == {("Reason",)}


def test_nothing_is_proposed_for_an_act_that_is_accepted_or_that_nothing_allows() -> None:
    deal = deal_of("all")

    assert ways(deal, "Buyer: deposit USD 5.00 into the Fund.") == ()
    assert ways(deal, "Seller: deposit USD 5.00 into the Fund.") == ()


def test_waiting_is_a_step_that_costs_no_act() -> None:
    deal = opened(
        '\nClause 2 "Later":\n  When 3 September 2005 has come, then the Agent may deposit any amount into the Fund.\n'
    )

    (way,) = ways(deal, "Agent: deposit USD 1.00 into the Fund.")

    assert (way.acts, [step.text for step in way.steps]) == (0, ["wait until Sat 3 Sep 2005 00:00"])
    assert way.by_person == ()


def test_ways_are_told_by_person() -> None:
    deal = deal_of("any")

    told = [(who, [(step.text, step.section) for step in steps]) for who, steps in ways(deal)[0].by_person]

    assert told == [(("Buyer", "Seller"), [("state the Consent stating Agreed as yes", "2")])]


@pytest.mark.parametrize("quantifier", ["all", "any"])
def test_no_act_of_a_way_can_be_left_out(quantifier: str) -> None:
    deal = deal_of(quantifier)
    attempt = attempt_of(deal.agreement, PAY)

    for way in ways(deal):
        for left_out in way.steps:
            state = deal.state
            for step in way.steps:
                if step is left_out or step.action is None:
                    continue
                done = decide(deal.agreement, state, Attempt(step.actors[0], step.action), state.now)
                state = evolve(deal.agreement, state, done) if isinstance(done, Acted) else state
            assert not isinstance(decide(deal.agreement, state, attempt, state.now), Acted)


FORMS = """
Clause 2 "Forms":
  "Offer" means a claim, made by the Buyer, stating {field}.
  "Ready" means that an Offer has been made.
Clause 3 "Payment":
  When Ready applies, then the Agent may pay any amount to the Seller from the Fund.
"""


@pytest.mark.parametrize(
    ("field", "text", "left"),
    [
        ("Class as one of (Old, New)", "present the Offer stating Class as Old", ()),
        ("Time as instant", "present the Offer stating Time as ...", ("Time",)),
        ("Day as date", "present the Offer stating Day as ...", ("Day",)),
        ("Part as rate", "present the Offer stating Part as ...", ("Part",)),
        ("Extension as period", "present the Offer stating Extension as ...", ("Extension",)),
        ("Count as number", "present the Offer stating Count as ...", ("Count",)),
        ("Price as amount", "present the Offer stating Price as ...", ("Price",)),
        ("Successor as name", "present the Offer stating Successor as ...", ("Successor",)),
    ],
)
def test_an_act_that_states_a_field_of_any_type_is_proposed(field: str, text: str, left: tuple[str, ...]) -> None:
    deal = opened(FORMS.format(field=field))
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    assert (text, left) in [(step.text, step.states) for way in ways(deal) for step in way.steps]


def test_an_act_that_states_an_entry_names_one_that_there_is() -> None:
    letter = 'Clause 4 "Letter":\n  "Letter" means a claim, made by the Seller.\n'
    deal = opened(FORMS.format(field="Prior as Letter") + letter)
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", 'Seller: present the Letter "L".')

    (way,) = ways(deal)

    assert [step.text for step in way.steps] == ['present the Offer stating Prior as "L"']


def test_a_way_waits_and_acts_and_leaves_out_what_is_not_needed() -> None:
    deal = opened("""
Clause 2 "Later":
  "Word" means a claim, made by the Buyer.
  When a Word has been made and 3 September 2005 has come, then the Agent may deposit any amount into the Fund.
""")

    (way,) = ways(deal, "Agent: deposit USD 1.00 into the Fund.")

    assert sorted(step.text for step in way.steps) == ["present the Word", "wait until Sat 3 Sep 2005 00:00"]
    assert way.acts == 1


def test_how_far_was_searched_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    deal = deal_of("all")
    attempt = attempt_of(deal.agreement, PAY)

    whole = search_ways(deal.agreement, deal.state, attempt)
    monkeypatch.setattr("dsl.unlocking._TRIES", 2)
    tried_twice = search_ways(deal.agreement, deal.state, attempt)
    monkeypatch.setattr("dsl.unlocking._TRIES", 500)
    monkeypatch.setattr("dsl.unlocking._LONGEST", 1)
    one_act = search_ways(deal.agreement, deal.state, attempt)

    assert len(whole.ways) > 0
    assert (tried_twice.ways, tried_twice.searched) == ((), Searched.CUT_SHORT)
    assert one_act.searched is Searched.CUT_SHORT


def test_a_search_that_runs_out_of_acts_is_not_said_to_be_cut_short() -> None:
    """Nobody may pay the Buyer, whatever is done: nothing brings it nearer."""
    deal = deal_of("all")
    attempt = attempt_of(deal.agreement, "Seller: pay USD 5.00 to the Buyer from the Fund.")

    found = search_ways(deal.agreement, deal.state, attempt)

    assert (found.ways, found.searched) == ((), Searched.NOTHING_NEARER)


def test_a_notice_that_is_on_its_way_is_waited_for_and_so_is_the_time_after_it() -> None:
    """Sent on Thursday the 1st and given on Friday the 2nd; two business days after are the 6th and the 7th."""
    deal = opened(
        """Clause 2 "Notices":
          "Fax" means a channel. "Call" means a notice, made by the Buyer, addressed to the Agent.
          Every notice must be sent by Fax, and is given 1 calendar day after it is sent.
          The address of the Agent for Fax is "555".
        Clause 3 "Payment":
          When all of (i) a Call has been given; and (ii) 2 business days after the giving of the latest Call has come;
          then the Agent may pay any amount to the Seller from the Fund."""
    )
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 5.00 into the Fund.")

    (way,) = ways(deal)

    told = [(step.actors, step.text) for step in way.steps if step.action is not None]
    assert told == [(("Buyer",), "give the Call by Fax")]
    assert way.steps[-1].at == at(deal.agreement, "00:00 on 7 September 2005")
