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
