"""What refuses an attempt beside the lack of a permit: the fund, the cap, the calendar, and what was done before."""

from dsl.coverage import exercise
from dsl.parse import parse_scenarios
from dsl.scenarios import Book, play
from dsl.source import Source
from tests.dsl.deals import HEAD, agreement_of, opened

# --------------------------------------------------------------------- funds


def test_a_plan_in_another_currency_is_not_released_from_a_fund() -> None:
    deal = opened("""
Clause 2 "Instruction":
  "Vault" means a fund in EUR, held by the Agent.
  "Order" means a writing, signed by the Buyer, stating Payments as payments.
  For each Order, when such Order has been completed, then the Agent must release the Vault according to such Order.
""")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", 'Buyer: sign the Order "O-1" stating Payments as USD 5.00 to the Seller.')

    refusal = deal.fails("", 'Agent: release the Vault according to "O-1".', because="2")

    assert '"O-1" does not pay in EUR, which the Vault holds.' in refusal
    assert deal.got("Seller") == "USD 0.00"


def test_a_guard_on_one_fund_lets_another_be_paid_out() -> None:
    deal = opened("""
Clause 2 "Payment":
  "Vault" means a fund in USD, held by the Agent.
  The Buyer may deposit any amount into the Vault.
  The Agent may pay any amount to the Seller from the Fund.
  The Agent may pay any amount to the Seller from the Vault.

Clause 3 "Guard":
  Nothing may leave the Vault except under section 4.

Clause 4 "Return":
  The Agent may refund any amount to the Buyer from the Vault.
""")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Buyer: deposit USD 50.00 into the Vault.")

    deal.does("", "Agent: pay USD 5.00 to the Seller from the Fund.")
    refusal = deal.fails("", "Agent: pay USD 5.00 to the Seller from the Vault.", because="3")

    assert "Nothing may leave the Vault under this section." in refusal
    assert (deal.holds("Fund"), deal.holds("Vault")) == ("USD 45.00", "USD 50.00")


# ------------------------------------------------------------ amounts and caps


def test_nothing_is_paid_while_the_amount_is_blank() -> None:
    deal = opened("""
Clause 2 "Fee":
  "Fee" means an optional blank amount.
  The Agent may pay the Fee to the Seller from the Fund.
""")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    refusal = deal.fails("", "Agent: pay USD 5.00 to the Seller from the Fund.", because="2")

    assert "Open: waits for the blank Fee" in refusal
    assert deal.holds() == "USD 50.00"


CAPPED = """
Clause 2 "Payment":
  The Agent may pay any amount to the Seller from the Fund.

Clause 3 "Cap":
  The total paid under section 2 must not exceed USD 20.00 in the life of this agreement.
"""


def test_a_payment_beyond_what_is_left_of_a_cap_is_refused_whole() -> None:
    deal = opened(CAPPED)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Agent: pay USD 15.00 to the Seller from the Fund.")

    refusal = deal.fails("", "Agent: pay USD 6.00 to the Seller from the Fund.", because="3")

    assert "USD 6.00 is more than the USD 5.00 left of USD 20.00." in refusal
    assert deal.got("Seller") == "USD 15.00"


def test_what_is_left_of_a_cap_can_be_paid_to_the_last_cent() -> None:
    deal = opened(CAPPED)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Agent: pay USD 15.00 to the Seller from the Fund.")

    deal.does("", "Agent: pay USD 5.00 to the Seller from the Fund.")

    assert deal.got("Seller") == "USD 20.00"


def test_a_plan_beyond_a_cap_is_refused_whole_even_where_the_excess_is_not_payable() -> None:
    deal = opened("""
Clause 2 "Instruction":
  "Order" means a writing, signed by the Buyer, stating Payments as payments.
  For each Order, when such Order has been completed, then the Agent must release the Fund according to such Order.
  The total paid under section 2 must not exceed USD 20.00 in the life of this agreement; the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", 'Buyer: sign the Order "O-1" stating Payments as USD 15.00 to the Seller, USD 6.00 to the Agent.')

    refusal = deal.fails("", 'Agent: release the Fund according to "O-1".', because="2")

    assert "USD 21.00 is more than the USD 20.00 left of USD 20.00." in refusal
    assert deal.holds() == "USD 50.00"


def test_nothing_is_paid_under_a_cap_whose_limit_is_blank() -> None:
    deal = opened("""
Clause 2 "Payment":
  The Agent may pay any amount to the Seller from the Fund.

Clause 3 "Cap":
  "Ceiling" means an optional blank amount.
  The total paid under section 2 must not exceed the Ceiling in the life of this agreement.
""")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    refusal = deal.fails("", "Agent: pay USD 5.00 to the Seller from the Fund.", because="3")

    assert "The cap of section 3 is not known." in refusal
    assert deal.holds() == "USD 50.00"


# ------------------------------------------------------- notices and withdrawals


def test_a_notice_is_not_sent_where_the_calendar_cannot_say_when_it_is_given() -> None:
    """The business days are counted to a last year; a deal that runs beyond it is told so, and not a wrong day."""
    text = """
Clause 2 "Notices":
  "Post" means a channel.
  "Warning" means a notice, made by the Seller, addressed to the Buyer.
  Every notice must be sent by Post, and is given 3 business days after it is sent.
  The address of the Buyer for Post is "1 Main Street".
"""
    deal = opened(text, start="09:00 on 1 September 2900")

    refusal = deal.fails("", 'Seller: give the Warning "W-1" to the Buyer by Post.', because="2")

    assert "The calendar does not cover the day on which this would be given." in refusal


def test_what_has_been_withdrawn_cannot_be_withdrawn_again() -> None:
    deal = opened("""
Clause 2 "Claim":
  "Claim" means a claim, made by the Buyer.
""")
    deal.does("", 'Buyer: present the Claim "C-1".')
    deal.does("", 'Buyer: withdraw the Claim "C-1".')

    refusal = deal.fails("", 'Buyer: withdraw the Claim "C-1".', because="2")

    assert '"C-1" has already been withdrawn.' in refusal


# ------------------------------------------------------------------- coverage


def test_paper_that_an_amendment_brought_in_counts_for_no_clause_of_the_first_text() -> None:
    agreement = agreement_of(
        HEAD
        + """
Clause 2 "Changes":
  "Amendment" means an amendment, signed by the Buyer, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.

Clause 3 "Payment":
  The Agent may pay any amount to the Seller from the Fund.
"""
    )
    source = Source(
        "amended.scenario",
        """
Scenario "Amended":
  Open at 09:00 on 1 September 2005.
  At 10:00 on 1 September 2005, the Buyer: sign the Amendment "A-1" stating Changes as clauses
    "Clause 4 'Paper': 'Receipt' means a claim, made by the Seller.".
  At 11:00 on 1 September 2005, the Seller: present the Receipt "R-1".
""",
    )
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None
    scenario = parsed.syntax.scenarios[0]

    run = play(agreement, scenario, source, Book({"Amended": (scenario, source)}))

    assert run.failures == ()
    seen = {each.section: (each.met, each.unmet) for each in exercise(agreement, [run]).clauses}
    assert set(seen) == {"1", "2", "3"}
    assert seen["2"][0]
