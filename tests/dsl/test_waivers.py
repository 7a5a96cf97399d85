"""What a waiver reaches: one occurrence or every one, in advance or after, of one entry or of all that are there."""

from tests.dsl.deals import Deal, opened

BILLS = """
Clause 2 "Waivers":
  "Bill" means a claim, made by the Seller.
  "Waiver" means a waiver, made by the Seller, stating Requirement as section and Lasting as optional yes-or-no.
  "Bill Waiver" means a waiver, made by the Seller, about a Bill, stating Requirement as section.
  For each Waiver, when such Waiver has been made and such Waiver states Lasting,
    then the requirement of such Waiver is waived for good.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  For each Bill Waiver, when such Bill Waiver has been made, then the requirement of such Bill Waiver is waived.
  Sections 3 and 4 protect the Seller.
Clause 3 "Payment":
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller within 2 calendar days.
Clause 4 "Fee":
  "Call" means a claim, made by the Seller.
  When a Call has been made, then the Buyer must pay USD 9.00 to the Seller.
"""


def test_a_waiver_in_advance_covers_the_first_and_no_later() -> None:
    deal = opened(BILLS)

    deal.does("", "Seller: give a Waiver stating Requirement as section 3.")
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: present the Bill "B-2".')

    assert (deal.status("3", "B-1"), deal.status("3", "B-2")) == ("waived", "active")
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "B-1" under section 3.', "3")


def test_a_duty_is_waived_before_it_has_arisen() -> None:
    deal = opened(BILLS)

    deal.does("", "Seller: give a Waiver stating Requirement as section 4.")
    deal.does("", "Seller: present a Call.")

    assert deal.status("4") == "waived"


def test_a_waiver_for_good_reaches_whatever_comes() -> None:
    deal = opened(BILLS)

    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", "Seller: give a Waiver stating Requirement as section 3 and Lasting.")
    deal.does("", 'Seller: present the Bill "B-2".')
    deal.does("", 'Seller: present the Bill "B-3".')

    assert [deal.status("3", name) for name in ("B-1", "B-2", "B-3")] == ["waived"] * 3


def test_a_waiver_about_one_entry_leaves_the_others_owed() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: present the Bill "B-2".')

    deal.does("", 'Seller: give a Bill Waiver about "B-2" stating Requirement as section 3.')

    assert (deal.status("3", "B-1"), deal.status("3", "B-2")) == ("active", "waived")


def test_a_breach_is_waived_after_it() -> None:
    deal = opened(BILLS)
    deal.does("", "Seller: present a Call.")
    deal.does("", "Seller: assert breach of section 4.")
    assert deal.asks("section 4 is said to be breached.") == "true"

    deal.does("", "Seller: give a Waiver stating Requirement as section 4.")

    assert deal.status("4") == "waived"


def test_a_waiver_that_is_taken_back_reaches_nothing_later() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 4.')

    deal.does("", 'Seller: withdraw the Waiver "W".')
    deal.does("", "Seller: present a Call.")

    assert deal.status("4") == "active"


def test_what_protects_two_is_waived_for_good_when_both_have_waived_it_for_good() -> None:
    """One of the two waives for good and the other once: so far it is waived once."""
    deal = opened(
        BILLS.replace(
            "made by the Seller, stating Requirement", "made by the Seller or the Agent, stating Requirement"
        ).replace("protect the Seller", "protect the Seller and the Agent")
    )
    deal.does("", "Seller: give a Waiver stating Requirement as section 3 and Lasting.")
    deal.does("", 'Seller: present the Bill "B-1".')
    assert deal.status("3", "B-1") == "active"

    deal.does("", "Agent: give a Waiver stating Requirement as section 3.")
    deal.does("", 'Seller: present the Bill "B-2".')
    assert (deal.status("3", "B-1"), deal.status("3", "B-2")) == ("waived", "active")

    deal.does("", "Agent: give a Waiver stating Requirement as section 3 and Lasting.")
    deal.does("", 'Seller: present the Bill "B-3".')
    assert (deal.status("3", "B-2"), deal.status("3", "B-3")) == ("waived", "waived")


def ends_nothing(deal: Deal, section: str) -> list[str]:
    return [each.text for each in deal.state.changes if each.section == section and "ends nothing" in each.text]


def test_a_waiver_of_what_has_been_performed_is_told_to_end_nothing() -> None:
    deal = opened(BILLS)
    deal.does("", "Seller: present a Call.")
    deal.does("", "Buyer: pay USD 9.00 to the Seller.")

    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 4.')

    assert deal.status("4") == "fulfilled"
    assert ends_nothing(deal, "4") == ['"W" ends nothing, because what section 4 asks for is already fulfilled']


def test_a_waiver_after_every_bill_is_paid_does_not_reach_the_next_one_and_says_so() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "B-1".')

    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 3.')
    deal.does("", 'Seller: present the Bill "B-2".')

    assert ends_nothing(deal, "3") == ['"W" ends nothing, because what section 3 asks for is already fulfilled']
    assert (deal.status("3", "B-1"), deal.status("3", "B-2")) == ("fulfilled", "active")


def test_a_waiver_of_a_section_that_binds_nobody_says_so() -> None:
    deal = opened(BILLS.replace("Sections 3 and 4", "Sections 2, 3 and 4"))

    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 2.')

    assert ends_nothing(deal, "2") == ['"W" ends nothing, because section 2 itself binds nobody']


def test_a_waiver_in_advance_or_for_good_or_of_what_is_owed_is_not_told_to_end_nothing() -> None:
    deal = opened(BILLS)
    deal.does("", "Seller: give a Waiver stating Requirement as section 3.")
    deal.does("", "Seller: give a Waiver stating Requirement as section 4.")
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: present the Bill "B-2".')
    deal.does("", 'Seller: give a Bill Waiver about "B-2" stating Requirement as section 3.')
    deal.does("", "Seller: give a Waiver stating Requirement as section 3 and Lasting.")

    assert ends_nothing(deal, "3") == ends_nothing(deal, "4") == []


def test_a_duty_is_owed_again_once_its_waiver_is_withdrawn_by_its_old_deadline() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 3.')

    deal.does("10:00 on 2 September 2005", 'Seller: withdraw the Waiver "W".')

    assert deal.status("3", "B-1") == "active"
    assert deal.asks('the deadline of section 3 for "B-1" is equal to 3 September 2005.') == "true"
    told = [each for each in deal.state.changes if each.section == "3"][-1]
    assert (told.text, told.cause) == ('the duty of Buyer is active for "B-1"', "its waiver has been withdrawn")
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "B-1".')
    assert deal.status("3", "B-1") == "fulfilled"


def test_nobody_was_late_while_a_duty_was_waived_and_is_from_the_withdrawal_on() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 3.')
    deal.passes("10:00 on 5 September 2005")
    meanwhile = deal.status("3", "B-1")

    deal.does("10:00 on 6 September 2005", 'Seller: withdraw the Waiver "W".')

    assert (meanwhile, deal.status("3", "B-1")) == ("waived", "overdue")
    (norm,) = (each for each in deal.state.norms.values() if each.status == "overdue")
    assert norm.since == deal.now


def test_what_another_waiver_still_covers_stays_waived() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 3.')
    deal.does("", 'Seller: give the Waiver "V" stating Requirement as section 3.')

    deal.does("", 'Seller: withdraw the Waiver "W".')
    first = deal.status("3", "B-1")
    deal.does("", 'Seller: withdraw the Waiver "V".')

    assert (first, deal.status("3", "B-1")) == ("waived", "active")


def test_two_waivers_about_two_entries_reach_one_each() -> None:
    deal = opened(BILLS)
    for name in ("B-1", "B-2", "B-3"):
        deal.does("", f'Seller: present the Bill "{name}".')

    deal.does("", 'Seller: give a Bill Waiver about "B-1" stating Requirement as section 3.')
    deal.does("", 'Seller: give a Bill Waiver about "B-2" stating Requirement as section 3.')

    assert [deal.status("3", name) for name in ("B-1", "B-2", "B-3")] == ["waived", "waived", "active"]


def test_a_waiver_about_one_entry_reaches_what_is_about_it_and_no_entry_of_another_kind() -> None:
    deal = opened(
        BILLS
        + """
  "Late Fee" means a claim, made by the Seller, about a Bill.
  "Toll" means a claim, made by the Seller.
  Section 5 protects the Seller.
Clause 5 "More":
  For each Late Fee, the Buyer must pay USD 1.00 to the Seller.
  For each Toll, the Buyer must pay USD 2.00 to the Seller.
"""
    )
    deal.does("", 'Seller: present the Bill "B-1".')
    deal.does("", 'Seller: present the Bill "B-2".')
    deal.does("", 'Seller: present the Late Fee "F-1" about "B-1".')
    deal.does("", 'Seller: present the Late Fee "F-2" about "B-2".')
    deal.does("", 'Seller: present the Toll "T".')

    deal.does("", 'Seller: give a Bill Waiver about "B-1" stating Requirement as section 5.')

    assert [deal.status("5", name) for name in ("F-1", "F-2", "T")] == ["waived", "active", "active"]


def test_what_was_waived_in_advance_is_owed_once_the_waiver_is_withdrawn() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 4.')
    deal.does("", "Seller: present a Call.")
    waived = deal.status("4")

    deal.does("", 'Seller: withdraw the Waiver "W".')

    assert (waived, deal.status("4")) == ("waived", "active")


def test_what_was_done_in_reliance_on_a_waiver_stays_when_it_is_withdrawn() -> None:
    """Money that could be paid out only because the duty before it was waived stays paid."""
    deal = opened(
        BILLS
        + """
Clause 5 "Payout":
  While section 4 is waived, then the Agent may pay USD 3.00 to the Buyer from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")
    deal.does("", "Seller: present a Call.")
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 4.')
    deal.does("", "Agent: pay USD 3.00 to the Buyer from the Fund.")

    deal.does("10:00 on 2 September 2005", 'Seller: withdraw the Waiver "W".')

    assert (deal.holds(), deal.status("4")) == ("USD 7.00", "active")
    deal.fails("", "Agent: pay USD 3.00 to the Buyer from the Fund.", "5")


def test_a_waiver_withdrawn_after_the_end_brings_nothing_back() -> None:
    deal = opened(
        BILLS
        + """
Clause 5 "End":
  "Stop" means a claim, made by the Buyer.
  When a Stop has been made, then this agreement terminates.
  Section 2 survives.
"""
    )
    deal.does("", "Seller: present a Call.")
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 4.')
    deal.does("", "Buyer: present a Stop.")

    deal.does("", 'Seller: withdraw the Waiver "W".')

    assert deal.status("4") == "discharged"


def test_a_power_that_was_waived_can_be_used_again_once_the_waiver_is_withdrawn() -> None:
    deal = opened(
        BILLS.replace("Sections 3 and 4 protect", "Sections 3, 4 and 5 protect")
        + """
Clause 5 "Payout":
  The Seller may make a Stop.
  "Stop" means a claim.
"""
    )
    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 5.')
    waived = deal.status("5")

    deal.does("", 'Seller: withdraw the Waiver "W".')

    assert (waived, deal.status("5")) == ("waived", "active")
    deal.does("", "Seller: make a Stop.")


def test_what_makes_an_entry_valid_is_waived_in_advance_for_the_first_of_its_kind() -> None:
    deal = opened(
        BILLS.replace("Sections 3 and 4 protect", "Sections 3, 4 and 5(i) protect")
        + """
Clause 5 "Orders":
  "Order" means a claim, made by the Buyer, stating Size as number.
  No Order is valid unless all of
    (i) the Size of such Order is at least 10; and
    (ii) the Size of such Order is at most 90.
"""
    )
    deal.does("", "Seller: give a Waiver stating Requirement as section 5(i).")
    deal.fails("", 'Buyer: present the Order "O" stating Size as 91.', "5(ii)")

    deal.does("", 'Buyer: present the Order "O" stating Size as 9.')

    deal.fails("", 'Buyer: present the Order "P" stating Size as 9.', "5(i)")
