"""What the agreement does by itself waits until everything is known that it needs, and says what it waits for."""

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened


def told_of(deal: Deal, section: str) -> str:
    """What people are told of a section."""
    return render_reason(explain(deal.agreement, deal.state, section))


def test_money_does_not_pass_before_the_limit_of_its_cap_is_known() -> None:
    deal = opened(
        """
Clause 2 "Move":
  "Call" means an act, made by the Seller.
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  When a Call has been made, then USD 30.00 passes from the Fund to the Seller.
  The total paid under section 2 must not exceed the Limit in the life of this agreement; the excess is not payable.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.does("", "Seller: take a Call.")

    assert deal.holds() == "USD 50.00"
    assert "open (not yet)" in told_of(deal, "2")
    assert "waits for: the blank Limit" in told_of(deal, "2")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")
    assert (deal.holds(), deal.got("Seller")) == ("USD 40.00", "USD 10.00")


def test_what_is_to_happen_waits_for_the_figure_it_states() -> None:
    deal = opened(
        """
Clause 2 "Move":
  "Call" means an act, made by the Seller.
  "Share" means an optional blank amount of USD, filled by the Buyer.
  "Closing" means an event, stating Total as amount.
  When a Call has been made, then the Share passes from the Fund to the Seller.
  When a Call has been made, then a Closing occurs stating Total as the Share.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Seller: take a Call.")
    assert deal.holds() == "USD 50.00"
    assert deal.asks("a Closing has been made.") == "pending"

    deal.does("", "Buyer: fill the Share with USD 12.00.")

    assert deal.holds() == "USD 38.00"
    assert deal.asks("the Total of the latest Closing is equal to USD 12.00.") == "true"
    assert told_of(deal, "2").count("true (happened since") == 2


def test_what_follows_when_a_time_closes_unused_says_when_that_is() -> None:
    text = """
Clause 2 "Pay":
  "Call" means an act, made by the Seller.
  "Default" means an event.
  When a Call has been made, then the Buyer must pay USD 5.00 to the Seller by 6 September 2005,
    failing which a Default occurs.
"""
    deal = opened(text)
    deal.does("", "Seller: take a Call.")
    assert "waits for: the time of section 2 to end: the end of 6 September 2005" in told_of(deal, "2")

    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert "false (not yet)" in told_of(deal, "2")

    other = opened(text)
    other.does("", "Seller: take a Call.")
    other.passes("09:00 on 7 September 2005")
    assert "true (happened since 00:00 on 7 September 2005)" in told_of(other, "2")


def test_only_the_field_of_clauses_amends() -> None:
    deal = opened(
        """
Clause 2 "Amend":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Reason as text and Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
Clause 3 "Fee": The Buyer may pay USD 5.00 to the Seller.
"""
    )
    changes = """clauses "Clause 3 'Fee': The Buyer may pay USD 6.00 to the Seller.\""""
    deal.does("", f'Buyer: sign the Amendment "A" stating Reason as "the clause was short" and Changes as {changes}.')
    deal.does("", 'Seller: sign "A".')

    assert deal.state.enacted == ("Clause 3 'Fee': The Buyer may pay USD 6.00 to the Seller.",)


def test_an_amendment_replaces_a_clause_that_stands_before_the_one_that_lets_it() -> None:
    deal = opened(
        """
Clause 2 "Fee": The Buyer may pay USD 5.00 to the Seller.
Clause 3 "Amend":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
"""
    )
    changes = """clauses "Clause 2 'Fee': The Buyer may pay USD 6.00 to the Seller.\""""
    deal.does("10:00 on 1 September 2005", f'Buyer: sign the Amendment "A" stating Changes as {changes}.')
    deal.fails("10:30 on 1 September 2005", "Buyer: pay USD 6.00 to the Seller.", "2")

    deal.does("11:00 on 1 September 2005", 'Seller: sign "A".')

    deal.does("12:00 on 1 September 2005", "Buyer: pay USD 6.00 to the Seller.")
    assert deal.got("Seller") == "USD 6.00"


def test_what_follows_a_missed_time_says_which_figure_it_waits_for() -> None:
    deal = opened(
        """
Clause 2 "Report":
  "Penalty" means an optional blank amount of USD, filled by the Buyer.
  "Report" means a claim, made by the Seller.
  "Default" means an event, stating Fee as amount.
  The Seller must make a Report by 2 September 2005, failing which a Default occurs stating Fee as the Penalty.
"""
    )

    deal.passes("10:00 on 3 September 2005")

    assert deal.asks("a Default has been made.") == "pending"
    assert "open (not yet)" in told_of(deal, "2")
    assert "waits for: the blank Penalty" in told_of(deal, "2")
    deal.does("", "Buyer: fill the Penalty with USD 5.00.")
    assert deal.asks("the Fee of the latest Default is equal to USD 5.00.") == "true"


AWARDS = """
Clause 2 "Awards":
  "Award" means a claim, made by the Seller, stating Amount as amount and Payee as optional name.
  For each Award, when such Award has been made,
    then the Amount of such Award passes from the Fund to the Payee of such Award.
"""


def test_money_passes_to_whom_an_entry_names() -> None:
    deal = opened(AWARDS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("", "Seller: present the Award stating Amount as USD 30.00 and Payee as the Seller.")
    deal.does("", 'Seller: present the Award stating Amount as USD 20.00 and Payee as "Ben".')
    deal.does("", 'Seller: present the Award stating Amount as USD 10.00 and Payee as "Buyer".')

    assert (deal.holds(), deal.got("Seller"), deal.got('"Ben"')) == ("USD 40.00", "USD 30.00", "USD 20.00")
    assert deal.got("Buyer") == "USD -90.00"


def test_money_waits_to_pass_until_its_payee_is_known() -> None:
    deal = opened(AWARDS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("", "Seller: present the Award stating Amount as USD 30.00.")

    assert deal.holds() == "USD 100.00"
    assert "Payee" in told_of(deal, "2")
