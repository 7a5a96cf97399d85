"""Money of a fund that is handed to a court is handed over for the entry that the attempt names."""

from dsl.events import Malformed
from tests.dsl.deals import HEAD, Deal, opened, problems

CLAIMS = """
Clause 2 "Claims":
  "Court" means a court.
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  "Due" of a Claim means the smaller of the Amount of such Claim and the balance of the Fund.
Clause 3 "Interpleader":
  For each Claim, the Agent may deposit the Due of such Claim with the Court from the Fund.
Clause 4 "Held":
  For each Claim, the Agent must hold the Amount of such Claim in the Fund.
"""


def claimed(b: str = "300.00") -> Deal:
    deal = opened(CLAIMS)
    deal.does("", "Buyer: deposit USD 500.00 into the Fund.")
    deal.does("", 'Buyer: present the Claim "A" stating Amount as USD 200.00.')
    deal.does("", f'Buyer: present the Claim "B" stating Amount as USD {b}.')
    return deal


def paid_for(deal: Deal) -> tuple[str, str]:
    return tuple(deal.figure(f'the amount paid under section 3 for "{row}"') for row in "AB")  # type: ignore[return-value]


def test_it_is_for_the_claim_that_is_named_and_frees_what_is_held_for_it() -> None:
    """Of USD 500.00 all is held; what goes to the court for B leaves the USD 200.00 that are held for A."""
    deal = claimed()

    deal.does("", 'Agent: deposit USD 300.00 with the Court about "B".')

    assert paid_for(deal) == ("USD 0.00", "USD 300.00")
    assert (deal.got("Court"), deal.figure("the held part of the Fund")) == ("USD 300.00", "USD 200.00")


def test_where_two_claims_are_of_the_same_amount_the_attempt_says_for_which() -> None:
    deal = claimed("200.00")

    answer = deal.tries("", "Agent: deposit USD 200.00 with the Court.")

    assert isinstance(answer, Malformed)
    assert answer.problems == ('Say about which: "A", "B".',)


def test_all_claims_are_handed_over_at_once() -> None:
    deal = claimed()

    deal.does("", "Agent: deposit USD 500.00 with the Court about every Claim.")

    assert paid_for(deal) == ("USD 200.00", "USD 300.00")


def test_a_claim_that_is_not_there_is_not_understood() -> None:
    assert isinstance(claimed().tries("", 'Agent: deposit USD 200.00 with the Court about "C".'), Malformed)


def test_of_two_funds_the_attempt_says_which_the_money_leaves() -> None:
    deal = opened(
        f"""{CLAIMS}
        Clause 5 "More":
          "Reserve" means a fund in USD, held by the Agent.
          The Buyer must deposit USD 50.00 into the Reserve.
          The Agent may deposit USD 50.00 with the Court from the Reserve."""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Reserve.")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund under section 1.")

    deal.does("", "Agent: deposit USD 50.00 with the Court from the Reserve.")

    assert (deal.holds("Reserve"), deal.holds()) == ("USD 0.00", "USD 50.00")


def test_what_is_deposited_into_a_fund_does_not_come_out_of_another_one() -> None:
    assert "A deposit out of a fund" in problems(
        f'{HEAD} Clause 2 "A": "Reserve" means a fund in USD, held by the Agent.'
        " The Buyer must deposit USD 5.00 into the Reserve from the Fund."
    )
