"""What one member of a group has said alone: it can be said otherwise and taken back until enough say the same."""

from dsl.views.trials import trials
from tests.dsl.deals import Deal, opened

PANEL = """
Clause 2 "Panel":
  "Ann" means a party.
  "Ben" means a party.
  "Cat" means a party.
  "Panel" means a group of Ann, Ben and Cat, acting by 2 of them.
  "Approval" means a finding, made by the Panel, stating Amount as amount.
"""
OF_FIVE = 'find the Approval "X" stating Amount as USD 5.00.'
OF_SIX = 'find the Approval "X" stating Amount as USD 6.00.'


def panel() -> Deal:
    deal = opened(PANEL)
    deal.does("10:00 on 1 September 2005", f"Ann: {OF_FIVE}")
    return deal


def test_a_member_takes_back_what_it_has_said() -> None:
    """Without Ann, Ben is the first of two and Cat the second."""
    deal = panel()

    deal.does("10:01 on 1 September 2005", 'Ann: withdraw "X".')

    assert deal.state.changes[-1].text == "Ann no longer concurs for Panel"
    deal.does("10:02 on 1 September 2005", f"Ben: {OF_FIVE}")
    assert deal.asks("an Approval has been made.") == "pending"
    deal.does("10:03 on 1 September 2005", f"Cat: {OF_FIVE}")
    assert deal.asks("an Approval has been made.") == "true"


def test_it_is_taken_back_by_its_kind_as_well() -> None:
    deal = panel()

    deal.does("10:01 on 1 September 2005", "Ann: withdraw the Approval.")

    assert not deal.state.concurrences


def test_it_can_be_said_again_after_that() -> None:
    deal = panel()
    deal.does("10:01 on 1 September 2005", 'Ann: withdraw "X".')

    deal.does("10:02 on 1 September 2005", f"Ann: {OF_FIVE}")
    deal.does("10:03 on 1 September 2005", f"Ben: {OF_FIVE}")

    assert deal.asks("an Approval has been made.") == "true"


def test_what_others_have_said_stays() -> None:
    """Of three that each must agree Ann goes, and Ben and Cat are left."""
    deal = opened(PANEL.replace("2 of them", "each of them"))
    for member in ("Ann", "Ben"):
        deal.does("10:00 on 1 September 2005", f"{member}: {OF_FIVE}")

    deal.does("10:01 on 1 September 2005", 'Ann: withdraw "X".')

    assert [[who for who, _ in each.by] for each in deal.state.concurrences] == [["Ben"]]


def test_other_content_takes_the_place_of_what_the_same_member_has_said() -> None:
    """Ann says five and then six: Ben's five is alone, and his six makes it six."""
    deal = panel()

    deal.does("10:01 on 1 September 2005", f"Ann: {OF_SIX}")
    deal.does("10:02 on 1 September 2005", f"Ben: {OF_FIVE}")
    assert deal.asks("an Approval has been made.") == "pending"

    deal.does("10:03 on 1 September 2005", f"Ben: {OF_SIX}")
    assert deal.asks('the Amount of "X" is equal to USD 6.00.') == "true"
    assert not deal.state.concurrences


def test_nobody_takes_back_what_another_member_has_said() -> None:
    deal = panel()

    assert "There is no entry" in told_of(deal, 'Ben: withdraw "X".')


def test_what_the_group_has_done_is_withdrawn_by_the_group() -> None:
    """One member alone does not undo it."""
    deal = panel()
    deal.does("10:01 on 1 September 2005", f"Ben: {OF_FIVE}")

    deal.does("10:02 on 1 September 2005", 'Ann: withdraw "X".')
    assert deal.asks("an Approval has been made.") == "true"

    deal.does("10:03 on 1 September 2005", 'Ben: withdraw "X".')
    assert deal.asks("the number of Approvals is equal to 0.") == "true"


def test_what_is_recorded_late_does_not_turn_it_into_a_withdrawal_of_the_whole() -> None:
    """Ben had found the same before Ann took hers back, so the Panel had found it: hers is then a first voice for
    withdrawing it."""
    deal = panel()
    deal.does("12:00 on 1 September 2005", 'Ann: withdraw "X".')

    deal.does("11:00 on 1 September 2005", f"Ben: {OF_FIVE}", "13:00 on 1 September 2005")

    assert deal.asks("an Approval has been made.") == "true"
    deal.does("14:00 on 1 September 2005", 'Cat: withdraw "X".')
    assert deal.asks("the number of Approvals is equal to 0.") == "true"


def test_it_is_taken_back_where_a_power_allows_what_was_said() -> None:
    deal = opened(PANEL.replace(", made by the Panel", "") + "  The Panel may find an Approval.\n")
    deal.does("10:00 on 1 September 2005", f"Ann: {OF_FIVE}")

    deal.does("10:01 on 1 September 2005", 'Ann: withdraw "X".')

    assert not deal.state.concurrences


def test_a_person_takes_back_what_it_has_said_for_a_party() -> None:
    deal = opened(
        PANEL.replace("means a party", "means a person acting for the Buyer").replace(
            "made by the Panel", "made by the Buyer"
        )
        + "  The Panel may act for the Buyer.\n"
    )
    deal.does("10:00 on 1 September 2005", f"the Buyer by Ann: {OF_FIVE}")

    deal.does("10:01 on 1 September 2005", 'the Buyer by Ann: withdraw "X".')
    deal.does("10:02 on 1 September 2005", f"the Buyer by Ben: {OF_FIVE}")

    assert deal.asks("an Approval has been made.") == "pending"


def test_it_is_among_what_the_member_can_do() -> None:
    deal = panel()

    def can(actor: str) -> bool:
        return any(each.verb == "withdraw" for each in trials(deal.agreement, deal.state, actor))

    assert (can("Ann"), can("Ben")) == (True, False)


def told_of(deal: Deal, words: str) -> str:
    return str(deal.tries("", words))
