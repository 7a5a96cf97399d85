"""Many rows cost no more than in proportion, also where each of them is asked of as of one time."""

from dsl.engine import advance
from tests.dsl.deals import at, opened
from tests.laws.work import calls

AS_OF = """
Clause 2 "Accounts":
  "Account" means a claim, made by the Seller, stating Sum as amount.
  "Order" means a claim, made by the Buyer, about an Account.
  "Idle" of an Account means that no Order about such Account has been made.
  For each Account, when as of 5 September 2005, such Account is Idle,
    then the Agent must pay USD 1.00 to the Buyer within 3 business days.
"""


def as_of(rows: int) -> int:
    """The work of the instant at which it is asked, of so many rows, how each stood at a time that is over then."""
    deal = opened(AS_OF)
    for number in range(rows):
        deal.does("", f'Seller: present the Account "A-{number}" stating Sum as USD 1.00.')
    before = deal.state

    def ask() -> None:
        state = advance(deal.agreement, before, at(deal.agreement, "10:00 on 7 September 2005"))
        assert sum(norm.row is not None for norm in state.norms.values()) == rows

    return calls(ask)


def test_twice_the_rows_asked_of_as_of_one_time_are_hardly_more_than_twice_the_work() -> None:
    as_of(2)  # what is worked out once, whatever the rows
    few, many = as_of(20), as_of(40)

    assert many < 2.3 * few, (few, many)
