"""Who is discharged, who leaves and who comes at one instant: in that order, whatever the order of the text."""

from itertools import permutations

import pytest

from tests.dsl.deals import HEAD, Deal, opened

OLD = HEAD.replace('"Agent" means a party', '"Agent" means a party, "Old Trust"')
KINDS = """
Clause 2 "Kinds":
  "Appointment" means a claim, made by the Buyer, stating Successor as name.
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then the Agent must pay USD 1.00 to the Seller within 9 calendar days.
"""
FREED = 'Clause Freed "Freed": When an Appointment has been made, then the Agent is discharged.\n'
LEAVES = 'Clause Leaves "Leaves": When an Appointment has been made, then the Agent becomes vacant.\n'
COMES = """Clause Comes "Comes":
  For each Appointment, when such Appointment has been made, then the Successor of such Appointment becomes the Agent.
"""
OWES = """Clause Owes "Owes":
  For each Appointment, when such Appointment has been made,
    then the Agent must pay USD 2.00 to the Seller within 9 calendar days.
"""


def appointed(order: tuple[str, ...]) -> Deal:
    deal = opened(KINDS + "".join(order), OLD)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "B".')
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Appointment "A" stating Successor as "New Trust".')
    return deal


@pytest.mark.parametrize("order", list(permutations((FREED, COMES, OWES))))
def test_who_leaves_is_discharged_and_who_comes_is_bound(order: tuple[str, ...]) -> None:
    """The Bill was owed by the old one; what begins with the Appointment, and every Bill after it, by the new one."""
    deal = appointed(order)

    assert deal.status("2", "B") == "discharged"
    assert deal.status("Owes", "A") == "active"
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "C".')
    assert deal.status("2", "C") == "active"


@pytest.mark.parametrize("order", list(permutations((LEAVES, COMES, OWES))))
def test_the_role_is_left_before_it_is_filled(order: tuple[str, ...]) -> None:
    deal = appointed(order)

    assert deal.state.fillers["Agent"] == "New Trust"
    assert deal.asks("the Agent is vacant.") == "false"
    assert (deal.status("2", "B"), deal.status("Owes", "A")) == ("active", "active")
