"""What begins because a time has passed counts from the last moment of that time, in whatever way it is said."""

import pytest

from tests.dsl.deals import Deal, opened

SILENCE = "no Objection has been made within 2 calendar days after 1 September 2005"
TEXT = f"""
Clause 2 "Kinds":
  "Objection" means a claim, made by the Buyer.
  "Account" means an event.
  "Gift" means an event, stating Amount as amount.
  "Mark" means an event, stating Day as date.
  "Quiet" means that {SILENCE}.
  "Counted" means the number of Accounts.
Clause 3 "What comes":
  When {SILENCE}, then an Account occurs.
  When {SILENCE}, then a Gift occurs stating Amount as USD 1.00.
  When {SILENCE}, then a Mark occurs stating Day as 9 September 2005.
Clause 4 "Owed": When TRIGGER, then the Buyer must pay USD 1.00 to the Seller within 3 calendar days.
Clause 5 "Draw": The Agent may pay any amount to the Seller from the Fund.
"""
"""The two days after 1 September are 2 and 3 September, a Saturday: three days more end with 6 September."""

TRIGGERS = [
    SILENCE,
    "Quiet applies",
    "3 September 2005 has passed",
    "an Account has been made",
    "every Account has been made",
    "the number of Accounts is at least 1",
    "the number of Accounts is more than 0",
    "Counted is equal to 1",
    "the sum of Amount of every Gift is at least USD 1.00",
    "the number of Gifts whose Amount is at least USD 1.00 is at least 1",
    "the Amount of the largest Gift is at least USD 1.00",
    "the Day of the latest Mark is equal to 9 September 2005",
]


def deal(trigger: str, text: str = TEXT) -> Deal:
    """A deal as it is when the first moment of 4 September has come."""
    made = opened(text.replace("TRIGGER", trigger))
    made.passes("00:00 on 4 September 2005")
    return made


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_three_days_run_from_the_day_that_has_ended(trigger: str) -> None:
    made = deal(trigger)

    assert made.status("4") == "active"
    assert made.asks("the deadline of section 4 is equal to 6 September 2005.") == "true"


@pytest.mark.parametrize("trigger", TRIGGERS[3:])
def test_it_is_so_of_many_rows_too(trigger: str) -> None:
    """More rows than are looked at one by one; those before are of the first day and are not spoken of."""
    rows = " ".join(f'At signing, the Gift "G{number}" occurs stating Amount as USD 0.50.' for number in range(20))
    more = trigger.replace("is at least USD 1.00", "is at least USD 11.00") if "sum" in trigger else trigger

    made = deal(more, TEXT.replace("Clause 3", f"  {rows}\nClause 3"))

    assert made.asks("the deadline of section 4 is equal to 6 September 2005.") == "true"


BY_THE_DAY = [
    "today is after 3 September 2005",
    "the number of calendar days from 1 September 2005 to today is at least 3",
    "4 September 2005 has come",
]


@pytest.mark.parametrize("trigger", BY_THE_DAY)
def test_what_begins_with_a_day_counts_from_that_day(trigger: str) -> None:
    assert deal(trigger).asks("the deadline of section 4 is equal to 7 September 2005.") == "true"


@pytest.mark.parametrize("trigger", ["the number of Accounts is at least 1", "an Account has been made"])
def test_what_somebody_does_at_the_first_moment_of_a_day_counts_from_that_day(trigger: str) -> None:
    text = TEXT.replace('"Account" means an event.', '"Account" means a claim, made by the Buyer.')
    text = text.replace(f"  When {SILENCE}, then an Account occurs.\n", "")
    made = deal(trigger, text)

    made.does("00:00 on 4 September 2005", "Buyer: present an Account.")

    assert made.asks("the deadline of section 4 is equal to 7 September 2005.") == "true"
