"""What comes about by itself keeps the name that it had: acts speak of it by name, whatever is told late."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.actions import Pay
from dsl.engine import advance
from dsl.events import Acted, Malformed
from dsl.fallen import divergences
from dsl.history import folded, state_at
from dsl.replay import fold
from tests.dsl.deals import Deal, at, opened, told

ROUNDS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Round" means an event, about a Bill, stating Part as amount.
  "Own" of a Bill means the latest Round about such Bill.
  "Query" means a claim, made by the Buyer, about a Round.
  For each Bill, when such Bill has been made,
    then a Round occurs about such Bill stating Part as the Amount of such Bill.
  For each Round, when such Round has been made,
    then the Buyer must pay the Part of such Round to the Seller within 3 calendar days.
"""
LATE = "10:00 on 10 September 2005"


def names_of(deal: Deal, kind: str) -> dict[str, str]:
    """What each entry of a kind is about, by its name."""
    state = deal.state
    return {each.name: state.entry(each.about).name for each in state.of_kind(kind) if each.about is not None}


def same_again(deal: Deal) -> None:
    """The log leads to the very state that the deal has come to."""
    made = deal.history
    again = folded(made.agreement, made.opened, made.records)
    assert advance(made.agreement, again, made.state.now) == made.state


def with_two_rounds() -> Deal:
    deal = opened(ROUNDS)
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "B" stating Amount as USD 100.00.')
    deal.does("11:00 on 3 September 2005", 'Seller: present the Bill "C" stating Amount as USD 70.00.')
    return deal


def bill_a_comes_late(deal: Deal) -> None:
    words = 'Seller: present the Bill "A" stating Amount as USD 50.00.'
    deal.does("10:00 on 2 September 2005", words, recorded=LATE)


def test_one_more_before_the_others_takes_the_name_of_none() -> None:
    deal = with_two_rounds()

    bill_a_comes_late(deal)

    assert names_of(deal, "Round") == {"Round": "B", "Round 2": "C", "Round 3": "A"}
    same_again(deal)


def test_a_payment_stays_with_the_entry_that_it_was_for() -> None:
    """USD 100.00 was paid for the Round of B; of that of A, USD 50.00, nothing was, and nothing is otherwise."""
    for about in ("", ' about "Round"'):
        deal = with_two_rounds()
        deal.does("10:00 on 4 September 2005", f"Buyer: pay USD 100.00 to the Seller{about}.")

        bill_a_comes_late(deal)
        deal.passes(LATE)

        paid = [deal.figure(f'the amount paid under section 2 for the Own of "{bill}"') for bill in "ABC"]
        assert paid == ["USD 0.00", "USD 100.00", "USD 0.00"]
        statuses = [deal.status("2", name) for name in ("Round", "Round 2", "Round 3")]
        assert statuses == ["fulfilled", "overdue", "overdue"]
        assert deal.state.divergences == ()
        same_again(deal)


def test_what_is_about_an_entry_stays_about_it() -> None:
    deal = with_two_rounds()
    deal.does("10:00 on 4 September 2005", 'Buyer: present the Query "Q" about "Round 2".')

    bill_a_comes_late(deal)

    assert deal.asks('the Bill of the Round of "Q" is "C".') == "true"
    assert deal.state.divergences == ()


def test_a_name_means_the_same_in_what_is_told_late_and_in_what_comes_after() -> None:
    deal = with_two_rounds()
    bill_a_comes_late(deal)

    late = "12:00 on 10 September 2005"
    deal.does("12:00 on 3 September 2005", 'Buyer: present the Query "P" about "Round 2".', recorded=late)
    deal.does("13:00 on 10 September 2005", 'Seller: present the Bill "D" stating Amount as USD 1.00.')

    assert deal.asks('the Bill of the Round of "P" is "C".') == "true"
    assert names_of(deal, "Round") == {"Round": "B", "Round 2": "C", "Round 3": "A", "Round 4": "D"}
    same_again(deal)


def test_what_was_known_then_has_the_names_of_then_and_what_was_so_then_those_of_now() -> None:
    deal = with_two_rounds()
    bill_a_comes_late(deal)
    then = at(deal.agreement, "12:00 on 2 September 2005")

    (known,) = state_at(deal.history, then).of_kind("Round")
    before = state_at(deal.history, at(deal.agreement, "12:00 on 3 September 2005"), then).of_kind("Round")

    assert known.name == "Round 3"
    assert before == ()


def test_who_names_nothing_gets_a_name_that_nothing_else_had() -> None:
    """Without a maker's own name a Fee of the Seller is "Fee 2", whatever Fees come about before it."""
    text = """
Clause 2 "Fees":
  "Bill" means a claim, made by the Seller.
  "Fee" means an event, made by the Seller.
  For each Bill, when such Bill has been made, then a Fee occurs.
"""
    deal = opened(text)
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "B".')
    deal.does("10:00 on 4 September 2005", "Seller: make a Fee.")

    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "A".', recorded=LATE)

    made = {each.name: (each.author, each.at.day) for each in deal.state.of_kind("Fee")}
    assert made == {"Fee": ("", 3), "Fee 2": ("Seller", 4), "Fee 3": ("", 2)}
    same_again(deal)


def test_what_time_alone_has_brought_about_by_then_keeps_its_name_as_well() -> None:
    """Nobody acts after the Bills. By the 6th their two Fees have come about, at the end of the 3rd. A Fee of the
    Seller that is made on the 2nd and told on the 6th comes before them, and is the third by name."""
    text = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller.
  "Fee" means an event, made by the Seller.
  For each Bill, when 1 calendar day after the making of such Bill has passed, then a Fee occurs.
"""
    deal = opened(text)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "A".')
    deal.does("11:00 on 2 September 2005", 'Seller: present the Bill "B".')

    deal.does("12:00 on 2 September 2005", "Seller: make a Fee.", recorded="10:00 on 6 September 2005")
    deal.passes("10:00 on 6 September 2005")

    made = {each.name: each.author for each in deal.state.of_kind("Fee")}
    assert made == {"Fee": "", "Fee 2": "", "Fee 3": "Seller"}
    same_again(deal)


AWARDS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Bill.
  "Award" means an event, about a Bill, stating Sum as amount.
  "Note" means a claim, made by the Seller.
  For each Bill, when no Objection about such Bill has been made within 2 calendar days after the making of such Bill,
    then an Award occurs about such Bill stating Sum as the Amount of such Bill.
  For each Award, when such Award has been made,
    then the Buyer must pay the Sum of such Award to the Seller within 9 calendar days.
"""


def with_two_awards(second: str = "USD 100.00") -> Deal:
    deal = opened(AWARDS)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "A" stating Amount as USD 40.00.')
    deal.does("11:00 on 1 September 2005", f'Seller: present the Bill "B" stating Amount as {second}.')
    return deal


def objection_about_a_comes_late(deal: Deal) -> None:
    words = 'Buyer: present the Objection "O" about "A".'
    deal.does("10:00 on 2 September 2005", words, recorded="10:00 on 6 September 2005")


def test_one_that_falls_away_leaves_its_name_to_nobody() -> None:
    deal = with_two_awards()
    deal.does("10:00 on 5 September 2005", 'Buyer: pay USD 100.00 to the Seller about "Award 2".')

    objection_about_a_comes_late(deal)

    assert names_of(deal, "Award") == {"Award 2": "B"}
    assert deal.status("2", "Award 2") == "fulfilled"
    assert deal.state.divergences == ()
    deal.fails("10:00 on 7 September 2005", "Buyer: pay USD 100.00 to the Seller.")
    same_again(deal)


def test_what_was_done_for_one_that_falls_away_is_for_no_other_and_is_told() -> None:
    """Two Awards of USD 40.00: what was paid for the one that falls away is not paid for the other."""
    deal = with_two_awards("USD 40.00")
    deal.does("10:00 on 5 September 2005", 'Buyer: pay USD 40.00 to the Seller about "Award".')

    objection_about_a_comes_late(deal)

    assert deal.status("2", "Award 2") == "active"
    assert deal.figure('the amount paid under section 2 for "Award 2"') == "USD 0.00"
    assert deal.got("Seller") == "USD 40.00"
    (diverged,) = deal.state.divergences
    assert (diverged.act, diverged.then) == (3, "2, second sentence")
    assert diverged.text.startswith('There is no entry "Award".')
    same_again(deal)


def test_a_payment_that_named_none_is_not_for_another_of_the_same_sum() -> None:
    """USD 40.00 was paid when A's was the only Award. That of D, which is told late, is as much: it was not paid."""
    deal = opened(AWARDS)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "A" stating Amount as USD 40.00.')
    deal.does("10:00 on 5 September 2005", "Buyer: pay USD 40.00 to the Seller.")
    late = 'Seller: present the Bill "D" stating Amount as USD 40.00.'
    deal.does("11:00 on 1 September 2005", late, recorded="09:00 on 6 September 2005")

    objection_about_a_comes_late(deal)

    assert deal.status("2", "Award 2") == "active"
    assert deal.figure('the amount paid under section 2 for "Award 2"') == "USD 0.00"
    (diverged,) = deal.state.divergences
    assert (diverged.act, diverged.then, diverged.now) == (2, "2, second sentence", "2, second sentence")
    assert diverged.text == 'was for "Award", which has not come about by what is known now'
    same_again(deal)


def test_nobody_can_take_a_name_that_is_on_record() -> None:
    deal = with_two_awards()
    deal.passes("10:00 on 5 September 2005")
    objection_about_a_comes_late(deal)

    answer = deal.tries("10:00 on 7 September 2005", 'Seller: present the Note "Award".')

    assert isinstance(answer, Malformed)
    assert told(answer).startswith(
        'Not understood:\n  "Award" is the name of what has come about by itself, by what was known.'
    ), told(answer)


def test_what_falls_away_and_comes_again_has_its_name_again() -> None:
    deal = with_two_awards()
    deal.does("10:00 on 5 September 2005", 'Buyer: pay USD 40.00 to the Seller about "Award".')
    objection_about_a_comes_late(deal)

    late = "10:00 on 8 September 2005"
    deal.does("11:00 on 2 September 2005", 'Buyer: withdraw "O".', recorded=late)

    assert names_of(deal, "Award") == {"Award": "A", "Award 2": "B"}
    assert deal.status("2", "Award") == "fulfilled"
    assert deal.state.divergences == ()
    same_again(deal)


MOVED = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Word" means a claim, made by the Seller, about a Bill.
  "Award" means an event, about a Bill.
  For each Bill, when a Word about such Bill has been made, then an Award occurs about such Bill.
  For each Award, when such Award has been made,
    then the Buyer must pay USD 5.00 to the Seller within 9 calendar days.
"""


def test_what_comes_about_for_the_same_row_at_another_time_is_the_same() -> None:
    deal = opened(MOVED)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "A" stating Amount as USD 40.00.')
    deal.does("11:00 on 1 September 2005", 'Seller: present the Bill "B" stating Amount as USD 40.00.')
    deal.does("10:00 on 3 September 2005", 'Seller: present a Word about "A".')
    deal.does("10:00 on 4 September 2005", 'Seller: present a Word about "B".')
    deal.does("10:00 on 5 September 2005", 'Buyer: pay USD 5.00 to the Seller about "Award 2".')

    deal.does("10:00 on 2 September 2005", 'Seller: present a Word about "B".', recorded=LATE)

    assert names_of(deal, "Award") == {"Award": "A", "Award 2": "B"}
    assert [deal.status("2", name) for name in ("Award", "Award 2")] == ["active", "fulfilled"]
    assert deal.state.divergences == ()
    same_again(deal)


AGAIN = """
Clause 2 "Calls":
  "Call" means a claim, made by the Seller.
  "Lapse" means an event.
  "Remedy" means a claim, made by the Buyer, about a Lapse.
  "Note" means an act, made by the Buyer.
  While a Call has been made, then the Buyer must make a Note within 2 calendar days,
    failing which a Lapse occurs.
"""


def test_where_one_comes_before_of_the_same_sentence_and_row_it_is_told() -> None:
    """The Lapse of the end of 7 September is remedied. Then a Call is told of that was before, and was met late
    and taken back: so there was a Lapse of the end of 3 September too. The name is now that one's, which is told."""
    deal = opened(AGAIN)
    deal.does("10:00 on 5 September 2005", 'Seller: present the Call "D".')
    deal.does("10:00 on 9 September 2005", 'Buyer: present the Remedy "R" about "Lapse".')
    deal.does("10:00 on 1 September 2005", 'Seller: present the Call "C".', recorded=LATE)

    deal.does("10:00 on 4 September 2005", "Buyer: make a Note.", recorded=LATE)
    deal.does("12:00 on 4 September 2005", 'Seller: withdraw "C".', recorded="12:00 on 10 September 2005")

    assert {each.name: each.at.day for each in deal.state.of_kind("Lapse")} == {"Lapse": 4, "Lapse 2": 8}
    (swap,) = [each for each in divergences(deal.agreement, deal.state) if "the other one" in each.text]
    assert swap.then == "2"
    assert swap.text.endswith('and the other one is "Lapse 2"')
    same_again(deal)


def test_a_log_that_says_no_names_is_read_as_it_was() -> None:
    """Where the record of a late fact says no names, as none did once, they go by the order of time."""
    deal = with_two_rounds()
    bill_a_comes_late(deal)
    events = [replace(each.event, names=()) for each in deal.history.records if isinstance(each.event, Acted)]

    state = fold(deal.agreement, deal.history.opened, events)

    assert [each.name for each in state.of_kind("Round")] == ["Round", "Round 2", "Round 3"]
    assert [state.entry(each.about or 0).name for each in state.of_kind("Round")] == ["A", "B", "C"]


def test_the_record_of_a_late_fact_alone_says_names_and_each_once() -> None:
    deal = with_two_rounds()
    bill_a_comes_late(deal)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "Z" stating Amount as USD 1.00.', recorded=LATE)

    events = [each.event for each in deal.history.records if isinstance(each.event, Acted)]
    said = [[name.name for name in each.names] for each in events]

    assert said == [[], [], ["Round", "Round 2"], ["Round 3"]]
    assert isinstance(deal.does("", 'Buyer: pay USD 70.00 to the Seller about "Round 2".').attempt.action, Pay)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=8))
def test_whatever_is_told_late_each_keeps_its_name_and_what_was_paid_for_it(told_of: list[tuple[int, bool]]) -> None:
    """Bills of days 1 to 9, each told on day 10 or after; some of the Rounds are paid, by name, a minute after."""
    deal = opened(ROUNDS)
    known: dict[str, str] = {}
    paid: dict[str, str] = {}
    for number, (day, pays) in enumerate(told_of):
        bill, minute = f"B{number}", f"{number:02}"
        words = f'Seller: present the Bill "{bill}" stating Amount as USD 10.00.'
        deal.does(f"10:{minute} on {day} September 2005", words, recorded=f"1{number}:00 on 20 September 2005")
        names = {about: name for name, about in names_of(deal, "Round").items()}
        assert {about: names[about] for about in known} == known
        known = names
        if pays:
            deal.does(
                f"1{number}:30 on 20 September 2005", f'Buyer: pay USD 10.00 to the Seller about "{names[bill]}".'
            )
            paid[bill] = "USD 10.00"

    found = {bill: deal.figure(f'the amount paid under section 2 for the Own of "{bill}"') for bill in known}
    assert found == {bill: paid.get(bill, "USD 0.00") for bill in known}
    assert divergences(deal.agreement, deal.state) == ()
    same_again(deal)


FINAL = """
Clause 2 "Final figures":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Dispute" means a claim, made by the Buyer, about a Bill.
  "Settlement" means a finding, made by the Seller, about a Bill, stating Agreed as amount.
  "Final Figure" means an event, about a Bill, stating Amount as amount, only one for each Bill.
  For each Bill, when no Dispute about such Bill has been made within 2 calendar days after the making of such Bill,
    then a Final Figure occurs about such Bill stating Amount as the Amount of such Bill.
  For each Settlement, when such Settlement has been made,
    then a Final Figure occurs about the Bill of such Settlement stating Amount as the Agreed of such Settlement.
  For each Final Figure, the Buyer must pay the Amount of such Final Figure to the Seller within 9 calendar days.
"""


def test_the_only_one_of_its_kind_is_the_same_whichever_sentence_makes_it() -> None:
    """USD 100.00 was paid on silence, which a dispute that is told late had broken; of the USD 120.00 that are then
    agreed, USD 20.00 are owed."""
    deal = opened(FINAL)
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "B" stating Amount as USD 100.00.')
    deal.does("10:00 on 6 September 2005", "Buyer: pay USD 100.00 to the Seller.")
    deal.does(
        "10:00 on 5 September 2005", 'Buyer: present the Dispute about "B".', recorded="10:00 on 7 September 2005"
    )
    assert names_of(deal, "Final Figure") == {}
    assert deal.state.divergences

    deal.does("10:00 on 8 September 2005", 'Seller: find the Settlement about "B" stating Agreed as USD 120.00.')

    assert names_of(deal, "Final Figure") == {"Final Figure": "B"}
    said = deal.fails("10:00 on 9 September 2005", "Buyer: pay USD 20.01 to the Seller.")
    assert "more than the USD 20.00 that can still be paid" in said
    deal.does("10:01 on 9 September 2005", "Buyer: pay USD 20.00 to the Seller.")
    same_again(deal)
