"""The norm machine: how duties, powers and bans begin, latch or follow, and yield to one another."""

from tests.dsl.deals import opened

MEMO = '  "Memo" means a claim, made by the Buyer.\n'


# -------------------------------------------------------------- when and while


def test_when_latches_and_while_follows() -> None:
    deal = opened(
        f"""
Clause 2 "Latched":
{MEMO}  When a Memo has been made, then the Agent may pay USD 1.00 to the Seller from the Fund.
Clause 3 "Following":
  While a Memo has been made, then the Agent may pay USD 2.00 to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", 'Buyer: present the Memo "M".')
    assert (deal.status("2"), deal.status("3")) == ("active", "active")

    deal.does("", 'Buyer: withdraw the Memo "M".')

    assert (deal.status("2"), deal.status("3")) == ("active", "dormant")


def test_what_was_paid_stays_paid_when_a_condition_comes_and_goes() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Stop" means a claim, made by the Buyer, about a Claim.
  For each Claim, while such Claim has been made and no Stop about such Claim has been made,
    then the Buyer must pay the Amount of such Claim to the Seller.
"""
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 100.00.')
    deal.does("", 'Buyer: pay USD 60.00 to the Seller about "C".')
    deal.does("", 'Buyer: present the Stop "S" about "C".')
    assert deal.status("2", "C") == "dormant"
    deal.does("", 'Buyer: withdraw the Stop "S".')

    deal.fails("", 'Buyer: pay USD 60.00 to the Seller about "C".', "2")
    deal.does("", 'Buyer: pay USD 40.00 to the Seller about "C".')

    assert deal.status("2", "C") == "fulfilled"
    assert deal.got("Seller") == "USD 100.00"


def test_a_duty_for_filtered_rows_ends_when_the_row_leaves_the_filter() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  "Clear" of a Claim means that no Objection about such Claim has been made.
  For each Claim which is Clear, the Buyer must pay the Amount of such Claim to the Seller within 3 calendar days.
"""
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')
    assert deal.status("2", "C") == "active"

    deal.does("", 'Buyer: present the Objection "O" about "C".')
    deal.passes("09:00 on 9 September 2005")

    assert deal.status("2", "C") == "dormant"
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C".')


def test_a_latched_duty_stays_though_its_row_leaves_the_filter() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  "Clear" of a Claim means that no Objection about such Claim has been made.
  For each Claim which is Clear, when such Claim has been made,
    then the Buyer must pay the Amount of such Claim to the Seller.
"""
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')
    deal.does("", 'Buyer: present the Objection "O" about "C".')

    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C".')

    assert deal.status("2", "C") == "fulfilled"


# ---------------------------------------------------------------------- edges

EDGE = """
Clause 2 "Pay" subject to section 3 by {mode}:
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Higher":
  "Alarm" means an act, made by the Buyer.
  "Report" means a claim, made by the Seller.
  When an Alarm has been made, then the Seller must present a Report.
"""


def test_a_duty_in_force_suspends_what_yields_to_it() -> None:
    deal = opened(EDGE.format(mode="suspension"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    deal.does("", "Buyer: take an Alarm.")

    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", "Seller: present the Report.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")

    assert deal.got("Seller") == "USD 2.00"


def test_a_replaced_power_does_not_come_back() -> None:
    deal = opened(EDGE.format(mode="replacement"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Buyer: take an Alarm.")
    assert deal.status("2") == "superseded"

    deal.does("", "Seller: present the Report.")

    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")


def test_a_section_that_needs_another_waits_until_that_is_performed() -> None:
    deal = opened(EDGE.format(mode="condition"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")

    deal.does("", "Buyer: take an Alarm.")
    deal.does("", "Seller: present the Report.")

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_it_is_refused_while_it_is_open_whether_it_is_suspended() -> None:
    deal = opened(
        """
Clause 2 "Pay" subject to section 3 by suspension while the Effect is read as Held:
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Higher": "Effect" means an ambiguity "?" with readings Held and Free, settled by the Buyer.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    assert "open" in deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", "Buyer: choose Free for Effect.")

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_a_dispute_of_one_claim_leaves_the_others() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Dispute" means a claim, made by the Buyer, about a Claim.
  "Answer" means a claim, made by the Seller, about a Claim.
Clause 3 "Pay" subject to section 4 by suspension:
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
Clause 4 "Answers":
  For each Claim, when a Dispute about such Claim has been made,
    then the Seller must present an Answer about such Claim.
"""
    )
    for name in ("C-1", "C-2"):
        deal.does("", f'Seller: present the Claim "{name}" stating Amount as USD 5.00.')

    deal.does("", 'Buyer: present the Dispute "D" about "C-1".')

    assert (deal.status("3", "C-1"), deal.status("3", "C-2")) == ("suspended", "active")
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C-1".', "4")
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C-2".')
    deal.does("", 'Seller: present the Answer "A" about "C-1".')
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C-1".')


def test_a_condition_of_an_edge_can_speak_of_the_row() -> None:
    deal = opened(
        """
Clause 2 "Claims" subject to section 3 by suspension while such Claim states Doubtful:
  "Claim" means a claim, made by the Seller, stating Doubtful as yes-or-no.
  For each Claim, when such Claim has been made, then the Buyer must pay USD 5.00 to the Seller.
Clause 3 "Higher": This section is interpretive.
"""
    )

    deal.does("", 'Seller: present the Claim "C-1" stating Doubtful.')
    deal.does("", 'Seller: present the Claim "C-2" stating Doubtful as no.')

    assert (deal.status("2", "C-1"), deal.status("2", "C-2")) == ("suspended", "active")
