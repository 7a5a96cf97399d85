"""Votes, consents and members that come and go: who counts, with what weight, as of when, and whom a change binds."""

import pytest

from tests.dsl.deals import Deal, opened

MEMBERS = """
Clause 2 "Members":
  "Membership" means a claim, made by the Agent, stating Member as name and Units as number.
  "Departure" means a claim, made by the Agent, about a Membership.
  "Current" of a Membership means that no Departure about such Membership has been made.
Clause 3 "Votes":
  "Motion" means a claim, made by the Buyer, stating Record Date as date.
  "On Record" of a Membership means that all of
    (i) the making of such Membership is not after the Record Date of the latest Motion; and
    (ii) the number of Departures about such Membership whose Day is not after the Record Date of the latest Motion
      is equal to 0.
  "Day" of a Departure means the day of the making of such Departure.
  "Vote" means a claim, about a Motion, stating Choice as one of (Yes, No, Abstain).
  For each Membership which is Current, the Member of such Membership may make a Vote about the latest Motion.
  No Vote is valid unless the number of Votes about the latest Motion whose Maker is the Maker of such Vote
    is equal to 0.
  "Weight" of a Vote means the sum of Units of every Membership which is On Record
    and whose Member is the Maker of such Vote.
  "Whole" means the sum of Units of every Membership which is On Record.
  "Present" means the sum of Weight of every Vote about the latest Motion.
  "Ayes" means the sum of Weight of every Vote about the latest Motion whose Choice is Yes.
  "Noes" means the sum of Weight of every Vote about the latest Motion whose Choice is No.
  "Quorum" means that Present times 2 is at least the Whole.
  "Carried" means that Quorum applies and the Ayes is more than the Noes.
  "Carried By All" means that the Ayes times 2 is more than the Whole.
"""


@pytest.fixture
def club() -> Deal:
    """Ann holds 40 units, Ben 30 and Cat 30; the record date is 2 September."""
    deal = opened(MEMBERS)
    for name, units in (("Ann", 40), ("Ben", 30), ("Cat", 30)):
        deal.does("", f'Agent: present the Membership "{name}" stating Member as "{name}" and Units as {units}.')
    deal.does("", 'Buyer: present the Motion "M" stating Record Date as 2 September 2005.')
    return deal


def vote(deal: Deal, name: str, choice: str) -> None:
    deal.does("", f'"{name}": make the Vote "{name} on M" about "M" stating Choice as {choice}.')


def test_a_vote_is_carried_by_more_than_half_of_those_who_vote_where_there_is_a_quorum(club: Deal) -> None:
    """30 of 100 are no quorum; 30 and 40 abstaining are; 30 against nothing is more."""
    vote(club, "Ben", "Yes")
    assert (club.asks("Quorum applies."), club.asks("Carried applies.")) == ("false", "false")

    vote(club, "Ann", "Abstain")

    assert (club.asks("Quorum applies."), club.asks("Carried applies.")) == ("true", "true")
    assert club.asks("Carried By All applies.") == "false"


def test_a_tie_carries_nothing(club: Deal) -> None:
    vote(club, "Ben", "Yes")
    vote(club, "Cat", "No")

    assert (club.figure("Ayes", "0"), club.figure("Noes", "0")) == ("30", "30")
    assert (club.asks("Quorum applies."), club.asks("Carried applies.")) == ("true", "false")


def test_exactly_half_of_all_is_no_majority_of_all() -> None:
    deal = opened(MEMBERS)
    for name, units in (("Ann", 50), ("Ben", 50)):
        deal.does("", f'Agent: present the Membership "{name}" stating Member as "{name}" and Units as {units}.')
    deal.does("", 'Buyer: present the Motion "M" stating Record Date as 2 September 2005.')

    vote(deal, "Ann", "Yes")

    assert (deal.asks("Carried applies."), deal.asks("Carried By All applies.")) == ("true", "false")


def test_who_joined_or_left_after_the_record_date_changes_no_weight(club: Deal) -> None:
    """Cat leaves and Dan joins on the 3rd: Cat's 30 units are still of the 100, and Dan's 900 are not."""
    club.does("10:00 on 3 September 2005", 'Agent: present the Departure about "Cat".')
    club.does("", 'Agent: present the Membership "Dan" stating Member as "Dan" and Units as 900.')

    club.fails("", '"Cat": make the Vote "V" about "M" stating Choice as Yes.')
    vote(club, "Dan", "No")
    vote(club, "Ann", "Yes")

    assert (club.figure("Whole", "0"), club.figure("Ayes", "0"), club.figure("Noes", "0")) == (
        "100",
        "40",
        "0",
    )


def test_nobody_votes_twice_and_no_stranger_votes(club: Deal) -> None:
    vote(club, "Ann", "Yes")

    club.fails("", '"Ann": make the Vote "V" about "M" stating Choice as No.', "3")
    club.fails("", '"Zed": make the Vote "V" about "M" stating Choice as No.')
    club.fails("", 'Agent: make the Vote "V" about "M" stating Choice as No.')


def test_two_seats_of_one_person_are_two_seats() -> None:
    """A group counts its seats: Acme fills two of the three."""
    deal = opened(
        """
Clause 2 "Board":
  "Seat One" means a party, "Acme".
  "Seat Two" means a party, "Acme".
  "Seat Three" means a party, "Zenith".
  "Board" means a group of Seat One, Seat Two and Seat Three, acting by majority of them.
  "Resolution" means a writing, signed by the Board.
"""
    )
    deal.does("", 'Seat One: sign the Resolution "R".')
    assert deal.asks('"R" has been completed.') == "pending"

    deal.does("", 'Seat Two: sign the Resolution "R".')

    assert deal.asks('"R" has been completed.') == "true"


JOINING = """
Clause 2 "Lenders":
  "Ann" means a party.
  "Ben" means a party.
  "Cat" means a party.
  "Lenders" means a group of Ann, Ben and Cat, acting by {rule} of them.
Clause 3 "Papers":
  "Consent" means a writing, signed by the Lenders.
  "Accession" means an amendment, signed by the Lenders, stating Changes as clauses.
  For each Accession, when such Accession has been completed, then this agreement is amended by such Accession.
"""
FOUR = (
    "clauses \"Clause 2 'Lenders': 'Ann' means a party. 'Ben' means a party. 'Cat' means a party. "
    "'Dan' means a party. 'Lenders' means a group of Ann, Ben, Cat and Dan, acting by {rule} of them.\""
)


def test_a_member_joins_by_amendment_and_a_half_signed_paper_needs_its_signature_too() -> None:
    """Two of three are a majority, and two of four are none."""
    deal = opened(JOINING.format(rule="majority"))
    deal.does("", 'Ann: sign the Consent "C".')
    for name in ("Ann", "Ben"):
        deal.does("", f'{name}: sign the Accession "A" stating Changes as {FOUR.format(rule="majority")}.')

    deal.does("", 'Ben: sign the Consent "C".')
    assert deal.asks('"C" has been completed.') == "pending"
    deal.does("", 'Dan: sign the Consent "C".')

    assert deal.asks('"C" has been completed.') == "true"


# --------------------------------------------------------- whom a change binds

RATES = """
Clause 2 "Holders":
  "Holding" means a claim, made by the Agent, stating Owner as name and Rate as amount.
  "Change" means a claim, made by the Buyer, stating New Rate as amount.
  "Consent" means a claim, about a Change.
  For each Holding, the Owner of such Holding may make a Consent about the latest Change.
  "Bound" of a Holding means that the number of Consents whose Maker is the Owner of such Holding is at least 1.
  "Newest" of a Holding means the New Rate of the Change of the latest Consent
    whose Maker is the Owner of such Holding.
  "Due" of a Holding means Newest of such Holding where such Holding is Bound, otherwise the Rate of such Holding.
Clause 3 "Payment":
  For each Holding, the Agent must pay the Due of such Holding to the Owner of such Holding from the Fund.
"""


def test_a_change_takes_effect_for_those_who_consent_and_leaves_the_others_as_they_were() -> None:
    """Ann takes the first change and not the second, Ben both, Cat none."""
    deal = opened(RATES.replace("Newest of such", "the Newest of such"))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    for name in ("Ann", "Ben", "Cat"):
        deal.does("", f'Agent: present the Holding "{name}" stating Owner as "{name}" and Rate as USD 10.00.')
    deal.does("", 'Buyer: present the Change "One" stating New Rate as USD 8.00.')
    deal.does("", '"Ann": make the Consent "A1" about "One".')
    deal.does("", '"Ben": make the Consent "B1" about "One".')
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Change "Two" stating New Rate as USD 7.00.')
    deal.does("", '"Ben": make the Consent "B2" about "Two".')
    assert [deal.figure(f'the Due of "{name}"') for name in ("Ann", "Ben", "Cat")] == [
        "USD 8.00",
        "USD 7.00",
        "USD 10.00",
    ]

    deal.fails("", 'Agent: pay USD 10.00 to "Ben" from the Fund about "Ben".', "3")
    deal.does("", 'Agent: pay USD 7.00 to "Ben" from the Fund about "Ben".')
    deal.does("", 'Agent: pay USD 10.00 to "Cat" from the Fund about "Cat".')

    assert (deal.got('"Ben"'), deal.got('"Cat"')) == ("USD 7.00", "USD 10.00")


SHARES = """
Clause 2 "Shares":
  "Holding" means a claim, made by the Agent, stating Owner as name and Units as number.
  "New Split" means a claim, made by the Buyer.
  "Line" means a claim, made by the Buyer, about a New Split, stating Of as Holding and New Units as number.
  "Harmful" of a Line means that the New Units of such Line is less than the Units of the Of of such Line.
  "Consent" means a claim, about a Line.
  For each Line which is Harmful, the Owner of the Of of such Line may make a Consent about such Line.
  "Consented" of a Line means that the number of Consents about such Line is at least 1.
  "Effective" of a New Split means that the number of Lines about such New Split which is Harmful
    and which is not Consented is equal to 0.
"""


def test_each_party_whose_share_it_reduces_must_consent_and_nobody_else() -> None:
    """Ann goes from 50 to 70, Ben from 30 to 20, Cat from 20 to 10: Ben and Cat must consent."""
    deal = opened(SHARES)
    for name, units in (("Ann", 50), ("Ben", 30), ("Cat", 20)):
        deal.does("", f'Agent: present the Holding "{name}" stating Owner as "{name}" and Units as {units}.')
    deal.does("", 'Buyer: present the New Split "S".')
    for name, units in (("Ann", 70), ("Ben", 20), ("Cat", 10)):
        deal.does(
            "", f'Buyer: present the Line "{name} then" about "S" stating Of as "{name}" and New Units as {units}.'
        )
    assert deal.asks('"S" is Effective.') == "false"
    deal.fails("", '"Ann": make the Consent "A" about "Ann then".')
    deal.fails("", '"Ann": make the Consent "A" about "Ben then".')

    deal.does("", '"Ben": make the Consent "B" about "Ben then".')
    assert deal.asks('"S" is Effective.') == "false"
    deal.does("", '"Cat": make the Consent "C" about "Cat then".')

    assert deal.asks('"S" is Effective.') == "true"


def test_an_amended_text_speaks_of_those_who_consented() -> None:
    deal = opened(
        """
Clause 2 "Holders":
  "Holding" means a claim, made by the Agent, stating Owner as name.
  "Change" means an amendment, signed by the Buyer and the Agent, stating Changes as clauses.
  "Consent" means a claim, about a Holding.
  For each Holding, the Owner of such Holding may make a Consent about such Holding.
  "Consented" of a Holding means that a Consent about such Holding has been made.
  For each Change, when such Change has been completed, then this agreement is amended by such Change.
Clause 3 "Fee":
  For each Holding, the Buyer must pay USD 5.00 to the Owner of such Holding.
"""
    )
    for name in ("Ann", "Ben"):
        deal.does("", f'Agent: present the Holding "{name}" stating Owner as "{name}".')
    deal.does("", '"Ann": make the Consent "A" about "Ann".')
    text = (
        "clauses \"Clause 3 'Fee': For each Holding which is Consented, the Buyer must pay USD 4.00 to the Owner of "
        "such Holding. For each Holding which is not Consented, the Buyer must pay USD 5.00 to the Owner of such "
        'Holding."'
    )

    for who in ("Buyer", "Agent"):
        deal.does("", f'{who}: sign the Change "C" stating Changes as {text}.')

    deal.fails("", 'Buyer: pay USD 5.00 to "Ann" about "Ann".', "3, first sentence")
    deal.does("", 'Buyer: pay USD 4.00 to "Ann" about "Ann".')
    deal.does("", 'Buyer: pay USD 5.00 to "Ben" about "Ben".')


# ---------------------------------------------------------------- by conduct

CONDUCT = """
Clause 2 "Lenders":
  "Ann" means a party.
  "Ben" means a party.
  "Cat" means a party.
  "Lenders" means a group of Ann, Ben and Cat, acting by 2 of them.
Clause 3 "New terms":
  "Offer" means a writing, signed by the Seller, addressed to the Lenders.
  "Objection" means a claim, made by the Lenders, about an Offer.
  "Accepted By Silence" of an Offer means that no Objection about such Offer has been made
    within 3 calendar days after the receipt of such Offer.
Clause 4 "Instalment":
  For each Offer, the Buyer may pay USD 5.00 to the Seller.
  "Accepted By Paying" of an Offer means that section 4 has been exercised for such Offer.
Clause 5 "Goods":
  "Delivery Note" means a document, signed by the Seller, addressed to the Buyer, about an Offer.
  "Accepted By Taking" of an Offer means that a Delivery Note about such Offer has been received by the Buyer.
"""


def test_a_group_has_received_when_as_many_have_as_its_rule_asks_and_its_silence_runs_from_then() -> None:
    """Ann has it on the 2nd and Ben on the 5th, so the group has on the 5th, and three days end with the 8th."""
    deal = opened(CONDUCT)
    deal.does("", 'Seller: sign the Offer "O".')
    deal.does("10:00 on 2 September 2005", 'Seller: deliver the Offer "O" to Ann.')
    deal.passes("10:00 on 5 September 2005")
    assert deal.asks('"O" has been received by the Lenders.') == "pending"

    deal.does("", 'Seller: deliver the Offer "O" to Ben.')
    assert deal.asks('the receipt of "O" is equal to 10:00 on 5 September 2005.') == "true"
    deal.passes("23:59 on 8 September 2005")
    assert deal.asks('"O" is Accepted By Silence.') == "pending"
    deal.passes("00:00 on 9 September 2005")
    assert deal.asks('"O" is Accepted By Silence.') == "true"


def test_one_member_alone_does_not_object_for_the_group() -> None:
    deal = opened(CONDUCT)
    deal.does("", 'Seller: sign the Offer "O".')
    deal.does("10:00 on 2 September 2005", 'Seller: deliver the Offer "O".')
    deal.does("", 'Ann: present the Objection "X" about "O".')

    deal.passes("23:59 on 5 September 2005")
    assert deal.asks('"O" is Accepted By Silence.') == "pending"
    deal.passes("00:00 on 6 September 2005")

    assert deal.asks('"O" is Accepted By Silence.') == "true"


def test_paying_and_taking_delivery_are_consent() -> None:
    deal = opened(CONDUCT)
    deal.does("", 'Seller: sign the Offer "O".')
    assert (deal.asks('"O" is Accepted By Paying.'), deal.asks('"O" is Accepted By Taking.')) == ("pending", "pending")

    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "O".')
    deal.does("", 'Seller: sign the Delivery Note "N" about "O".')
    assert deal.asks('"O" is Accepted By Taking.') == "pending"
    deal.does("", 'Seller: deliver the Delivery Note "N" to the Buyer.')

    assert (deal.asks('"O" is Accepted By Paying.'), deal.asks('"O" is Accepted By Taking.')) == ("true", "true")
