"""One of several debtors who is discharged owes nothing any more, and the others owe what they owed."""

from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Free":
  "Release" means a claim, made by the Seller.
  When a Release has been made, then the Agent is discharged.
  "Report" means a claim, made by the Buyer or the Agent.
  "Deed" means a document, signed by the Buyer, the Agent and the Seller.
Clause 3 "Report": The Buyer and the Agent must make a Report within 4 calendar days.
Clause 4 "Joint": The Buyer and the Agent jointly and severally must pay USD 9.00 to the Seller within 4 calendar days.
Clause 5 "Single": The Agent must pay USD 3.00 to the Seller.
Clause 6 "Deed": The Buyer and the Agent must sign the Deed within 4 calendar days.
Clause 7 "Leave": The Agent may pay USD 1.00 to the Seller.
"""


def released(text: str = TEXT) -> Deal:
    """The Agent has paid USD 2.00 of the joint debt before it was discharged."""
    deal = opened(text)
    deal.does("", "Agent: pay USD 2.00 to the Seller under section 4.")
    deal.does("", "Seller: present the Release.")
    return deal


def test_a_payment_of_the_freed_one_does_not_go_to_the_joint_debt() -> None:
    deal = released()

    why = deal.fails("", "Agent: pay USD 3.00 to the Seller under section 4.", "4")
    assert "Agent has been discharged since 09:00 on 1 September 2005, and no longer owes it: Buyer can" in why
    deal.fails("", "Agent: pay USD 3.00 to the Seller.")

    assert deal.got("Seller") == "USD 2.00"


def test_the_other_debtor_owes_what_is_left() -> None:
    """USD 2.00 of 9.00 were paid before."""
    deal = released()

    deal.fails("", "Buyer: pay USD 7.01 to the Seller.", "4")
    deal.does("", "Buyer: pay USD 7.00 to the Seller.")

    assert deal.status("4") == "fulfilled"


def test_what_each_of_them_had_to_make_is_made_by_the_others() -> None:
    deal = released()
    deal.does("", "Buyer: present the Report.")

    assert deal.status("3") == "fulfilled"
    deal.passes("10:00 on 30 September 2005")
    assert deal.status("3") == "fulfilled"


def test_what_each_of_them_had_to_sign_is_signed_by_the_others() -> None:
    deal = released()
    deal.does("", "Buyer: sign the Deed.")

    assert deal.status("6") == "fulfilled"


def test_a_discharge_leaves_what_somebody_may_do() -> None:
    deal = released()

    deal.does("", "Agent: pay USD 1.00 to the Seller under section 7.")

    assert deal.got("Seller") == "USD 3.00"


def test_what_the_discharging_section_asks_stays() -> None:
    text = TEXT.replace(
        "is discharged.",
        "is discharged. The Buyer and the Agent jointly and severally must pay USD 4.00 to the Seller.",
    )
    deal = released(text)

    deal.does("", "Agent: pay USD 4.00 to the Seller under section 2.")

    assert deal.status("2") == "fulfilled"
