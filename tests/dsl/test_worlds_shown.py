"""How a deal is shown whose courses under each reading are not the same.

In the agreements here a Go counts under the reading Accepts alone, so each answer is worked out twice by hand.
"""

from dsl import views
from dsl.engine import agenda, in_force
from tests.dsl.deals import Deal, opened
from tests.dsl.test_worlds import DUTY, POWER, SOON, gone


def test_views_say_what_is_not_the_same_under_every_reading() -> None:
    deal = gone(
        DUTY.format(failing="") + "\n  When a Go has been made and the Doubt is read as Accepts, then a Fine occurs."
        "\n  When a Go has been made and the Doubt is read as Rejects,"
        "\n    then USD 40.00 passes from the Fund to the Buyer."
    )
    law = in_force(deal.agreement, deal.state)
    norm = next(each for each in views.norms(law, deal.state) if each.modality == "duty")
    clause = next(each for each in views.clauses(law, deal.state) if each.section == "2")

    assert (norm.status, norm.vague) == (
        "open",
        "Doubt: active under Accepts; dormant under Rejects; waits for the reading of Doubt (Accepts or Rejects)",
    )
    assert clause.status == "open"
    assert [(each.what, each.name, each.told) for each in views.undecided(law, deal.state)] == [
        ("fund", "Fund", "Doubt: USD 100.00 under Accepts; USD 60.00 under Rejects"),
        ("paid", "Buyer", "Doubt: USD 0.00 under Accepts; USD 40.00 under Rejects"),
        ("event", "Fine", "Doubt: 1 under Accepts; 0 under Rejects"),
    ]


def test_the_agenda_has_the_instants_of_every_reading() -> None:
    """Under Accepts the Seller has until the end of Friday, which is over at midnight: 04:00 in UTC."""
    deal = gone(DUTY.format(failing=""))

    assert "2005-09-03T04:00:00+00:00" in [each.isoformat() for each in agenda(deal.agreement, deal.state)]


POWERS = """
Clause 3 "Power":
  While no Go has been made or the Doubt is read as Accepts, then the Seller may pay USD 5.00 to the Buyer.
"""


def norm_of(deal: Deal, section: str) -> views.NormView:
    """How a section's norm is shown."""
    law = in_force(deal.agreement, deal.state)
    return next(each for each in views.norms(law, deal.state) if each.section == section)


def test_a_power_under_a_section_that_may_suspend_it_is_open_and_shown_so() -> None:
    deal = opened("""
Clause 2 "Power" subject to section 3 by suspension while the Doubt is read as Accepts:
  "Doubt" means an ambiguity "Does it wait?" with readings Accepts and Rejects, settled by the Buyer.
  "Go" means a claim, made by the Buyer.
  While no Go has been made, then the Agent may pay any amount to the Buyer from the Fund.
Clause 3 "Above":
  The Seller must pay USD 5.00 to the Buyer.
""")

    assert [deal.asks(f"section 2 is {each}.") for each in ("active", "suspended")] == ["open", "open"]
    assert norm_of(deal, "2").status == "open"


def test_a_power_whose_condition_is_open_is_shown_as_open() -> None:
    deal = gone(POWER)
    deal.does(SOON, "Buyer: make the Stop.")
    shown = norm_of(deal, "2")

    assert (shown.status, shown.vague) == ("open", "open: waits for the reading of Doubt (Accepts or Rejects)")


def test_a_power_that_is_as_open_under_every_reading_of_another_question_says_what_it_waits_for() -> None:
    """The Scope parts the deal at the Go; of the power it decides nothing."""
    deal = gone(
        """When a Go has been made and the Scope is read as Wide, then a Fine occurs.
  "Scope" means an ambiguity "How wide?" with readings Wide and Narrow, settled by the Buyer.
  "Stop" means a claim, made by the Buyer.""",
        POWERS,
    )

    assert norm_of(deal, "3").vague == "open: waits for the reading of Doubt (Accepts or Rejects)"


def test_a_power_that_may_have_come_is_shown_as_open() -> None:
    deal = gone("While the Doubt is read as Accepts, then the Agent may pay any amount to the Buyer from the Fund.")

    clause = next(
        each for each in views.clauses(in_force(deal.agreement, deal.state), deal.state) if each.section == "2"
    )
    assert (norm_of(deal, "2").status, clause.status) == ("open", "open")


def test_a_clause_is_open_whose_power_may_have_gone_again() -> None:
    deal = gone(POWER)
    deal.does(SOON, "Buyer: make the Stop.")

    clause = next(
        each for each in views.clauses(in_force(deal.agreement, deal.state), deal.state) if each.section == "2"
    )
    assert clause.status == "open"


def test_a_day_that_is_not_the_same_under_every_reading_is_not_shown_as_one() -> None:
    """Two business days from Thursday 1 September end on Tuesday, as Monday is Labor Day; under Accepts the clock has
    stood still since the opening."""
    deal = gone("""The Seller must make a Report within 2 business days not counting time while Unsure applies.
  "Unsure" means that the Doubt is read as Accepts.
  "Report" means a writing, made by the Seller.""")
    shown = norm_of(deal, "2")

    assert (shown.status, shown.due) == ("active", None)
    assert "due, Doubt: none under Accepts; " in shown.vague
    assert "6 September 2005 under Rejects" in shown.vague


def test_a_norm_that_stands_alike_under_every_reading_stands_so_from_when_it_does_under_all() -> None:
    """Under Accepts the duty is there from the opening, under Rejects from the Go."""
    deal = gone(
        "While a Go has been made or the Doubt is read as Accepts, then the Seller must pay USD 5.00 to the Buyer."
    )
    shown = norm_of(deal, "2")

    assert (shown.status, shown.since.isoformat()) == ("active", "2005-09-01T14:00:00+00:00")


LATE_FEE = """
Clause 2 "Fee":
  "Doubt" means an ambiguity "How high is the fee?" with readings Accepts and Rejects, settled by the Buyer.
  "Fee" means USD 10.00 where the Doubt is read as Accepts, otherwise USD 20.00.
  The Seller must pay the Fee to the Buyer by 2 September 2005,
    failing which USD 5.00 passes from the Fund to the Buyer.
"""


def test_money_is_shown_as_it_is_under_every_reading() -> None:
    """Whether 10 or 20 dollars were owed, they were not paid in time, so the five have passed."""
    deal = opened(LATE_FEE)
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.passes("10:00 on 4 September 2005")
    law = in_force(deal.agreement, deal.state)
    (fund,) = views.funds(law, deal.state)

    assert [str(each) for each in (fund.balance, fund.deposited, fund.paid_out)] == [
        "USD 95.00",
        "USD 100.00",
        "USD 5.00",
    ]
    assert [(each.payee, str(each.total)) for each in views.paid(law, deal.state)] == [("Buyer", "USD 5.00")]
    assert [str(each.amount) for each in views.movements(deal.state)] == ["USD 100.00", "USD 5.00"]


def test_money_that_readings_part_is_not_shown_as_if_it_were_known() -> None:
    """Under Rejects forty have passed to the Buyer."""
    deal = gone(
        """When a Go has been made and the Doubt is read as Rejects,
    then USD 40.00 passes from the Fund to the Buyer."""
    )
    law = in_force(deal.agreement, deal.state)
    (fund,) = views.funds(law, deal.state)

    assert (fund.balance, str(fund.deposited), fund.paid_out) == (None, "USD 100.00", None)
    assert [(each.payee, each.total) for each in views.paid(law, deal.state)] == [("Buyer", None)]
    assert ("paid", "Buyer") in [(each.what, each.name) for each in views.undecided(law, deal.state)]


def test_a_clause_stands_as_it_does_under_every_reading() -> None:
    deal = opened(LATE_FEE.replace("by 2 September 2005", "within 24 hours"))
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.passes("10:00 on 4 September 2005")
    clause = next(
        each for each in views.clauses(in_force(deal.agreement, deal.state), deal.state) if each.section == "2"
    )

    assert clause.status == "overdue"


def test_a_clause_is_waived_where_it_is_under_every_reading_whatever_becomes_of_one_sentence_of_it() -> None:
    """The power is waived in any case; the duty is, where it has come, and else there is none."""
    deal = gone("""
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 3 protects the Seller.
Clause 3 "Both":
  While the Doubt is read as Accepts, then the Agent must hold USD 40.00 in the Fund.
  The Agent may pay USD 5.00 to the Buyer from the Fund.
""")
    deal.does("", "Seller: give a Waiver stating Requirement as section 3.")
    law = in_force(deal.agreement, deal.state)

    assert [norm_of(deal, f"3, {each} sentence").status for each in ("first", "second")] == ["open", "waived"]
    assert [each.status for each in views.clauses(law, deal.state) if each.section == "3"] == ["waived"]


MAYBE = """
Clause 2 "What is told":
  "Doubt" means an ambiguity "Does it count?" with readings Accepts and Rejects, settled by the Buyer.
  "Go" means a claim, made by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
"""


def test_a_power_that_may_have_been_there_when_it_was_waived_may_be_waived() -> None:
    """Under Accepts it was there, and is waived for good; under Rejects it comes with the Go, after the waiver."""
    deal = opened(f"""{MAYBE}
Clause 3 "Power":
  While a Go has been made or the Doubt is read as Accepts, then the Seller may pay USD 5.00 to the Buyer.
  Section 3 protects the Seller.
""")
    deal.does("", "Seller: give a Waiver stating Requirement as section 3.")

    assert [deal.asks(f"section 3 is {each}.") for each in ("active", "waived", "dormant")] == ["false", "open", "open"]

    deal.does("", 'Buyer: make the Go "G".')

    assert [deal.asks(f"section 3 is {each}.") for each in ("active", "waived", "dormant")] == ["open", "open", "false"]
    assert "the reading of Doubt" in deal.fails("", "Seller: pay USD 5.00 to the Buyer.")


def test_a_power_for_what_has_been_withdrawn_is_superseded_where_it_had_come() -> None:
    """Under Accepts it was there for the Bill, under Rejects it never was."""
    deal = opened(f"""{MAYBE}
Clause 3 "Power":
  For each Bill, while the Doubt is read as Accepts, then the Seller may pay USD 5.00 to the Buyer.
""")
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 30.00.')
    deal.does("", 'Seller: withdraw the Bill "A".')

    found = [deal.asks(f"section 3 is {each}.") for each in ("active", "superseded", "dormant")]
    assert found == ["false", "open", "open"]


def test_a_clause_of_which_it_is_open_whether_anything_has_come_of_it_waits_for_nothing_known() -> None:
    """A Limit of 5 lets a Note occur about a Bill of 8; one of 25 suspends the clause."""
    deal = opened(f"""{MAYBE}
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Note" means an event, about a Bill.
Clause 3 "Notes" subject to section 4 by suspension while the Limit is at least USD 20.00:
  For each Bill, when the Amount of such Bill is at least the Limit, then a Note occurs about such Bill.
Clause 4 "Above":
  The Seller must pay USD 5.00 to the Buyer.
""")
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 8.00.')

    shown = {each.section: each.status for each in views.clauses(in_force(deal.agreement, deal.state), deal.state)}
    assert (shown["3"], shown["4"]) == ("open", "active")


def test_a_clause_whose_money_cannot_pass_under_any_reading_waits_until_it_can() -> None:
    """Until the Go it would pass in any case, from then on under Rejects alone, and the Fund is too empty at first."""
    deal = opened(f"""{MAYBE}
Clause 3 "Pass":
  When the Doubt is read as Rejects or no Go has been made, then USD 10.00 passes from the Fund to the Seller.
""")
    found = []
    for act in ("make the Go", *["deposit USD 5.00 into the Fund"] * 2):
        deal.does("", f"Buyer: {act}.")
        law = in_force(deal.agreement, deal.state)
        found += [each.status for each in views.clauses(law, deal.state) if each.section == "3"]

    assert found == ["waiting", "waiting", "open"]
