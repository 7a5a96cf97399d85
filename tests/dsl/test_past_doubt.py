"""What may have come about at a time that is over, because it was open then whether its condition was met."""

import pytest

from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Event":
  "Doubt" means an ambiguity "Does a go accept?" with readings Accepts and Rejects, settled by the Buyer and the Seller.
  "Go" means a claim, made by the Buyer.
  "Acceptance" means an event.
  When a Go has been made and the Doubt is read as Accepts and no Stop has been made, then {what}.

Clause 4 "Stop":
  "Stop" means a claim, made by the Seller.
  Section 4 survives.
{also}
"""
EVENT = "an Acceptance occurs"
GO, STOP = "10:00 on 1 September 2005", "11:00 on 1 September 2005"
LATE = '\nClause 3 "Late":\n  "Late Go" means a claim, made by the Buyer.\n'
CHAIN = """
Clause 5 "Awards":
  "Award" means an event, about an Acceptance.
  For each Acceptance, when such Acceptance has been made, then an Award occurs about such Acceptance.
"""
MADE, NONE = "an Acceptance has been made.", "no Acceptance has been made."


def gone(what: str = EVENT, also: str = "") -> Deal:
    """A go at 10:00, which accepts under one reading only."""
    if what != EVENT:
        also += '\nClause 9 "Other":\n  When a Stop has been made, then an Acceptance occurs.\n'
    deal = opened(TEXT.format(what=what, also=also))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does(GO, "Buyer: make the Go.")
    return deal


def stopped(what: str = EVENT, also: str = "", reading: str = "") -> Deal:
    """A go at 10:00 accepts under one reading only; from 11:00 on, after a stop, none would accept under any."""
    deal = gone(what, also)
    deal.does(STOP, "Seller: make the Stop.")
    if reading:
        settles(deal, reading, "12:00 on 1 September 2005")
    return deal


def settles(deal: Deal, reading: str, when: str, recorded: str = "") -> None:
    """Both parties choose a reading."""
    for who in ("Buyer", "Seller"):
        deal.does(when, f"{who}: choose {reading} for the Doubt.", recorded)


@pytest.mark.parametrize("question", [MADE, NONE, "the number of Acceptances is equal to 0."])
def test_what_may_have_occurred_before_is_open_after_its_condition_has_ended(question: str) -> None:
    told = stopped().why(question)

    assert told.truth.value == "open"
    assert ("reading", "2", "Doubt") in {(wait.what, wait.section, wait.about) for wait in told.awaited()}


def test_a_reading_under_which_it_did_not_occur_ends_the_doubt() -> None:
    deal = stopped(reading="Rejects")

    assert (deal.asks(MADE), deal.asks(NONE)) == ("pending", "true")


def test_a_reading_chosen_too_late_leaves_open_what_would_have_occurred_and_says_what_helps() -> None:
    deal = stopped(reading="Accepts")

    told = deal.why(NONE)
    waits = [(wait.text, wait.who) for wait in told.awaited()]

    assert told.truth.value == "open"
    assert waits == [
        (
            "Doubt, to be recorded as settled by 10:00 on 1 September 2005: it was settled only after that",
            ("Buyer", "Seller"),
        )
    ]


def test_a_reading_recorded_as_of_the_time_lets_it_occur_then() -> None:
    deal = stopped()
    settles(deal, "Accepts", "09:30 on 1 September 2005", "12:00 on 1 September 2005")

    assert deal.asks(MADE) == "true"
    assert deal.asks(f"as of {GO}, an Acceptance has been made.") == "true"


def test_a_reading_that_was_chosen_too_late_can_still_be_recorded_as_of_the_time() -> None:
    deal = stopped(reading="Accepts")
    settles(deal, "Accepts", "09:30 on 1 September 2005", "13:00 on 1 September 2005")

    assert deal.asks(MADE) == "true"


def test_a_duty_that_may_have_begun_is_neither_active_nor_not() -> None:
    deal = stopped("the Seller must pay USD 7.00 to the Buyer")

    asked = [deal.asks(f"section 2 is {each}.") for each in ("active", "not active", "fulfilled")]
    told = deal.fails("", "Seller: pay USD 7.00 to the Buyer.")

    assert asked == ["open", "open", "false"]
    assert "Open: waits for the reading of Doubt" in told


def test_what_follows_from_what_may_have_occurred_stays_open_when_the_reading_comes_too_late() -> None:
    ends = "  When a Late Go has been made and no Award has been made, then this agreement terminates.\n"
    deal = stopped(also=CHAIN + LATE + ends)
    deal.does("", "Buyer: make the Late Go.")
    settles(deal, "Accepts", "12:00 on 1 September 2005")

    assert [deal.asks(each) for each in ("no Award has been made.", "this agreement has terminated.")] == [
        "open",
        "open",
    ]


def test_a_ban_that_may_have_begun_may_forbid() -> None:
    deal = stopped("the Buyer must not make a Late Go", also=LATE)

    assert "Open: waits for the reading of Doubt" in deal.fails("", "Buyer: make the Late Go.", "2")


@pytest.mark.parametrize(("reading", "ended"), [("", "open"), ("Rejects", "false"), ("Accepts", "open")])
def test_an_agreement_that_may_have_ended_may_still_have_ended(reading: str, ended: str) -> None:
    deal = stopped("this agreement terminates")
    if reading:
        settles(deal, reading, "12:00 on 1 September 2005")

    assert deal.asks("this agreement has terminated.") == ended


def test_nothing_happens_on_the_absence_of_what_may_have_occurred_before() -> None:
    deal = stopped(
        also=LATE + "  When a Late Go has been made and no Acceptance has been made, then this agreement terminates.\n"
    )
    deal.does("", "Buyer: make the Late Go.")
    while_open = deal.asks("this agreement has terminated.")
    settles(deal, "Rejects", "12:00 on 1 September 2005")

    assert (while_open, deal.asks("this agreement has terminated.")) == ("open", "true")


ROWS = """

Clause 3 "Awards":
  "Award" means an event, about an Acceptance.
  "Late Go" means a claim, made by the Buyer.
  For each Acceptance, when such Acceptance has been made, then an Award occurs about such Acceptance.
  For each Acceptance, the Buyer must not make a Late Go.
"""


def test_what_there_is_for_each_entry_may_be_there_for_one_that_may_be() -> None:
    deal = stopped(also=ROWS)

    asked = [deal.asks("no Award has been made."), deal.asks("the number of Awards is equal to 0.")]
    told = deal.fails("", "Buyer: make the Late Go.", "3, second sentence")
    settles(deal, "Rejects", "12:00 on 1 September 2005")

    assert asked == ["open", "open"]
    assert "Open: waits for the reading of Doubt" in told
    assert deal.asks("no Award has been made.") == "true"
    deal.does("", "Buyer: make the Late Go.")


HELD = """
Clause 2 "Doubt":
  "Doubt" means an ambiguity "Does a halt hold?" with readings Holds and Passes By, settled by the Buyer.
  "Go" means a claim, made by the Buyer.
  "Halt" means a claim, made by the Seller.

Clause 3 "Event" subject to section 4 by suspension while a Halt has been made and the Doubt is read as Holds:
  "Acceptance" means an event.
  When a Go has been made, then an Acceptance occurs.

Clause 4 "Halt":
  The Seller may deposit any amount into the Fund.
"""


@pytest.mark.parametrize(("reading", "made"), [("Holds", "pending"), ("Passes By", "true")])
def test_what_may_be_held_back_may_have_occurred(reading: str, made: str) -> None:
    deal = opened(HELD)
    deal.does("", "Seller: make the Halt.")
    deal.does(GO, "Buyer: make the Go.")
    while_open = [deal.asks(MADE), deal.asks(NONE)]
    deal.does(STOP, f"Buyer: choose {reading} for the Doubt.")

    assert while_open == ["open", "open"]
    assert deal.asks(MADE) == made


FAILS = """
Clause 2 "Duty":
  "Doubt" means an ambiguity "Does a halt stop the clock?" with readings Stops and Runs On, settled by the Buyer.
  "Halt" means a claim, made by the Seller.
  "Default" means an event.
  "Halted" means that a Halt has been made and the Doubt is read as Stops.
  The Buyer must pay USD 5.00 to the Seller by 2 September 2005 not counting time while Halted applies,
    failing which a Default occurs.
"""


@pytest.mark.parametrize(("reading", "none"), [("Stops", "true"), ("Runs On", "false")])
def test_what_follows_a_failure_is_open_while_it_is_open_whether_anybody_is_late(reading: str, none: str) -> None:
    deal = opened(FAILS)
    deal.does(GO, "Seller: make the Halt.")
    deal.passes("09:00 on 5 September 2005")
    while_open = [deal.asks("a Default has been made."), deal.asks("no Default has been made.")]
    deal.does("10:00 on 5 September 2005", f"Buyer: choose {reading} for the Doubt.")

    assert while_open == ["open", "open"]
    assert deal.asks("no Default has been made.") == none


def test_the_past_is_asked_as_it_was_while_it_was_open() -> None:
    deal = stopped()

    assert deal.asks(f"as of {GO}, no Acceptance has been made.") == "open"
    assert deal.asks("as of 09:30 on 1 September 2005, no Acceptance has been made.") == "true"


BILLS = """
Clause 2 "Bills":
  "Doubt" means an ambiguity "Are notes bills?" with readings Bills and Notes, settled by the Buyer.
  "Bill" means a claim, made by the Seller.
  "Stop" means a claim, about a Bill, made by the Buyer.
  "Award" means an event, about a Bill.
  For each Bill, when the Doubt is read as Bills and no Stop about such Bill has been made,
    then an Award occurs about such Bill.
"""


def test_only_the_rows_in_doubt_stay_in_doubt() -> None:
    deal = opened(BILLS)
    deal.does(GO, 'Seller: make the Bill "A".')
    deal.does("", 'Seller: make the Bill "B".')
    deal.does(STOP, 'Buyer: make the Stop about "A".')
    deal.does("12:00 on 1 September 2005", 'Seller: make the Bill "C".')
    deal.does("", "Buyer: choose Bills for the Doubt.")

    asked = [deal.asks(f'an Award about "{each}" has been made.') for each in "ABC"]

    assert asked == ["open", "true", "true"]
    assert deal.asks("the number of Awards is equal to 2.") == "open"


LIMIT = """
Clause 2 "Event":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Stop" means a claim, made by the Buyer.
  "Acceptance" means an event.
  When the sum of Amount of every Bill is at least the Limit and no Stop has been made, then an Acceptance occurs.
"""


@pytest.mark.parametrize(("limit", "none"), [("60.00", "true"), ("50.00", "open")])
def test_a_blank_filled_later_is_held_against_the_figures_of_the_time(limit: str, none: str) -> None:
    deal = opened(LIMIT)
    deal.does(GO, "Seller: make the Bill stating Amount as USD 50.00.")
    deal.does(STOP, "Buyer: make the Stop.")
    deal.does("11:30 on 1 September 2005", "Seller: make the Bill stating Amount as USD 50.00.")
    while_open = deal.asks(NONE)
    deal.does("12:00 on 1 September 2005", f"Buyer: fill the Limit with USD {limit}.")

    assert (while_open, deal.asks(NONE)) == ("open", none)
