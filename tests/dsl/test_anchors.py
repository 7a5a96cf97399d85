"""A value as of a time about somebody whom an entry made later names: the one was there, though the other was not."""

from tests.dsl.deals import Deal, opened, worked

REGISTER = """
Clause 2 "Register":
  "Record Date" means 3 September 2005.
  "Holder" means a claim, made by the Agent, stating Name as name.
  "Trade" means a claim, made by the Agent, about a Holder, stating Change as number.
  "Sale" means a claim, made by the Agent, about a Holder, stating Fewer as number.
  "Units" of a Holder means the sum of Change of every Trade about such Holder
    less the sum of Fewer of every Sale about such Holder.
  "Listed" of a Holder means that the Units of such Holder is at least 5.
  "Vote" means a claim, made by the Agent, about a Holder, stating Bonus as number.
  "Weight" of a Vote means the Units of the Holder of such Vote as of the Record Date.
  "Standing" of a Vote means the Units of the Holder of such Vote.
  "Then" of a Vote means the Standing of such Vote as of the Record Date.
  "Extra" of a Vote means (the Units of the Holder of such Vote plus the Bonus of such Vote) as of the Record Date.
  "Early" of a Vote means that as of the Record Date, the Holder of such Vote is Listed.
  "Late" of a Vote means that as of the Record Date, the Holder of such Vote is not Listed.
  "Cast" of a Holder means the number of Votes about such Holder as of the Record Date.
Clause 3 "Result":
  "Ayes" means the sum of Weight of every Vote.
  When Ayes is more than 20, then a Mark occurs.
  "Mark" means an event.
"""


def voted() -> Deal:
    """By 3 September A has 10 units and B 4; on 5 September A sells 9, and C comes with 30; all vote on 8 September."""
    deal = opened(REGISTER)
    for day, name, units in ((1, "A", 10), (2, "B", 4), (5, "C", 30)):
        deal.does(f"10:00 on {day} September 2005", f'Agent: present the Holder "{name}" stating Name as "{name}".')
        deal.does("", f'Agent: present the Trade about "{name}" stating Change as {units}.')
    deal.does("11:00 on 5 September 2005", 'Agent: present the Sale about "A" stating Fewer as 9.')
    for name in "ABC":
        deal.does("10:00 on 8 September 2005", f'Agent: present the Vote "V-{name}" about "{name}" stating Bonus as 1.')
    return deal


def test_a_vote_has_the_units_its_holder_had_on_the_record_date() -> None:
    deal = voted()

    assert deal.figure('the Units of "A"', "0") == "1"
    assert deal.figure('the Weight of "V-A"', "0") == "10"
    assert deal.figure('the Weight of "V-B"', "0") == "4"


def test_the_sum_over_the_votes_is_of_what_their_holders_had_then() -> None:
    """10 and 4; the holder C was not there, so its 30 do not count, and nothing occurs that waits for more than 20."""
    deal = voted()

    assert deal.figure("the Ayes", "0") == "14"
    assert deal.asks("the number of Marks is equal to 0.") == "true"


def test_of_a_holder_who_came_later_nothing_is_known_and_it_is_said_who_was_not_there() -> None:
    why = voted().why('the Weight of "V-C" is equal to 0.')

    assert why.truth.value == "pending"
    assert [wait.text for wait in why.awaited()] == ['there was no "C" by the end of 3 September 2005']


def test_a_definition_that_speaks_of_the_holder_alone_is_read_in_its_words() -> None:
    deal = voted()

    assert deal.figure('the Then of "V-A"', "0") == "10"
    assert deal.figure("the sum of Then of every Vote", "0") == "14"


def test_what_the_vote_itself_states_was_not_there() -> None:
    assert voted().asks('the Extra of "V-A" is equal to 11.') == "pending"


def test_a_condition_as_of_the_day_is_asked_of_the_holder() -> None:
    """A had 10, which is at least 5; B had 4; C was not there, so neither is said of it."""
    deal = voted()
    listed = {name: (deal.asks(f'"V-{name}" is Early.'), deal.asks(f'"V-{name}" is Late.')) for name in "ABC"}

    assert listed == {"A": ("true", "false"), "B": ("false", "true"), "C": ("false", "false")}


def test_by_its_name_a_vote_leads_to_its_holder_as_well() -> None:
    deal = voted()

    assert deal.figure('the Units of the Holder of "V-A" as of the Record Date', "0") == "10"


def test_the_explanation_tells_what_the_holder_had_then() -> None:
    """Of 10 less nothing: the sale of 5 September came later."""
    told = worked(voted(), 'the Weight of "V-A"')

    assert "as everything stood at the end of Sat 3 Sep 2005" in told
    assert "the sum of Change of every Trade about such Holder = 10" in told


def test_votes_that_were_there_on_the_day_are_counted_as_before() -> None:
    deal = voted()

    assert deal.figure('the Cast of "A"', "0") == "0"


REGISTER_BY_OWNER = """
Clause 2 "Register":
  "Record Date" means 3 September 2005.
  "Holding" means a claim, made by the Agent, stating Owner as name and Class as text and Units as number.
  "Vote" means a claim, made by the Seller or the Buyer, stating Class as text.
  "Weight" of a Vote means
    the sum of Units of every Holding whose Owner is the Maker of such Vote as of the Record Date.
  "In Class" of a Vote means
    the sum of Units of every Holding whose Class is (the Class of such Vote) as of the Record Date.
  "Ayes" means the sum of Weight of every Vote.
"""


def test_in_a_filter_a_later_vote_says_whose_holdings_are_meant() -> None:
    """By 3 September the Seller has 10 and 3, the Buyer 4; on 5 September the Seller gets 30 more."""
    deal = opened(REGISTER_BY_OWNER)
    for day, owner, class_, units in (
        (1, "Seller", "A", 10),
        (2, "Seller", "B", 3),
        (3, "Buyer", "A", 4),
        (5, "Seller", "A", 30),
    ):
        deal.does(
            f"10:00 on {day} September 2005",
            f'Agent: present the Holding stating Owner as the {owner} and Class as "{class_}" and Units as {units}.',
        )
    deal.does("10:00 on 8 September 2005", 'Seller: present the Vote "S" stating Class as "A".')
    deal.does("", 'Buyer: present the Vote "P" stating Class as "B".')

    assert [deal.figure(f'the Weight of "{name}"', "0") for name in "SP"] == ["13", "4"]
    assert [deal.figure(f'the In Class of "{name}"', "0") for name in "SP"] == ["14", "3"]
    assert deal.figure("the Ayes", "0") == "17"
