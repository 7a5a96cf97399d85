"""How dates and amounts came about, each counted by hand.

September 2005 begins on a Thursday; Monday the 5th is Labor Day.
"""

from datetime import date
from pathlib import Path

import pytest

from dsl.calendars import Calendar, Period, Unit
from dsl.counting import counted
from dsl.events import Refused
from dsl.explain import render_derivation
from dsl.figures import figures_against
from dsl.questions import read_question
from tests.dsl.deals import Deal, attempt_of, behind, opened, worked

US = Calendar("US", "America/New_York")
ESCROW = Path(__file__).parents[2] / "agreements" / "funds_escrow" / "agreement.clause"
BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, addressed to the Buyer, stating Amount as amount and Cause as text.
  "Total" means the sum of the Amount of every Bill.
  "Part" means 25 percent of the Total.
  "Net" means the Total less the Part less USD 10.00.
  For each Bill, when such Bill has been made, then the Buyer must pay the Amount of such Bill to the Seller
    within 5 business days.
  The total paid under section 2 must not exceed USD 100.00 in each calendar year; the excess is not payable.
"""


@pytest.fixture
def escrow() -> Deal:
    """The escrow, with a number for notices to the Companies."""
    text = ESCROW.read_text(encoding="utf-8")
    deal = opened("", head=text, Agreement_Date=date(2005, 9, 1))
    deal.does("10:00 on 1 September 2005", 'ATG: fill Companies Telecopy with "(626) 357-5001".')
    return deal


@pytest.fixture
def bills() -> Deal:
    """Two bills, of USD 70.00 and of USD 50.00, and USD 60.00 paid of the first."""
    deal = opened(BILLS)
    deal.does("10:00 on 2 September 2005", 'Seller: make the Bill "B-1" stating Amount as USD 70.00 and Cause as "x".')
    deal.does("11:00 on 2 September 2005", 'Seller: make the Bill "B-2" stating Amount as USD 50.00 and Cause as "x".')
    deal.does("12:00 on 6 September 2005", 'Buyer: pay USD 60.00 to the Seller about "B-1".')
    return deal


@pytest.mark.parametrize(
    ("origin", "number", "unit", "forward", "told"),
    [
        (date(2005, 9, 3), 5, Unit.BUSINESS_DAY, True,
         "5 business days: 6, 7, 8, 9, 12 September 2005; left out: Mon 5 Sep 2005 (Labor Day)"),
        (date(2005, 9, 6), 1, Unit.BUSINESS_DAY, False,
         "1 business day: 2 September 2005; left out: Mon 5 Sep 2005 (Labor Day)"),
        (date(2005, 9, 7), 1, Unit.CLEAR_BUSINESS_DAY, True,
         "1 clear business day: 8, 9 September 2005, of which the last day is left out of the count"),
        (date(2005, 9, 29), 3, Unit.DAY, True, "3 calendar days: 30 September 2005, 1, 2 October 2005"),
        (date(2005, 9, 1), 30, Unit.DAY, True, "30 calendar days: 2, 3, 4 September 2005 and so on to Sat 1 Oct 2005"),
        (date(2005, 1, 31), 1, Unit.MONTH, True, "1 month; that month has no such day, so its last day counts"),
        (date(2005, 1, 30), 1, Unit.YEAR, True, "1 year"),
        (date(2005, 1, 30), 24, Unit.HOUR, True, "24 hours"),
    ],
)  # fmt: skip
def test_the_days_of_a_period_are_listed(origin: date, number: int, unit: Unit, forward: bool, told: str) -> None:
    assert str(counted(origin, Period(number, unit), US, forward)) == told


def test_a_holiday_that_the_agreement_adds_is_told_as_such() -> None:
    calendar = Calendar("US", "America/New_York", added=(date(2005, 9, 7),))

    told = str(counted(date(2005, 9, 6), Period(1, Unit.BUSINESS_DAY), calendar))

    assert told == "1 business day: 8 September 2005; left out: Wed 7 Sep 2005 (a holiday by this agreement)"


def test_a_notice_that_is_too_short_is_told_with_the_earliest_day(escrow: Deal) -> None:
    words = (
        'Escrow Agent: give the Resignation "R-1" by Telecopy with copy by Overnight Courier '
        "stating Effective Date as 9 September 2005."
    )

    refused = escrow.tries("10:00 on 2 September 2005", words)

    assert isinstance(refused, Refused)
    found = figures_against(escrow.agreement, escrow.state, refused.attempt)
    assert [render_derivation(each) for each in found] == [
        ("the Effective Date of such Resignation = Fri 9 Sep 2005\n"
        '    Resignation "R-1" of Escrow Agent, sent Fri 2 Sep 2005 10:00'),
        ("5 business days after the giving of such Resignation = Mon 12 Sep 2005\n"
        "    5 business days: 6, 7, 8, 9, 12 September 2005; left out: Mon 5 Sep 2005 (Labor Day)\n"
        "    earliest Mon 12 Sep 2005\n"
        "  the giving of such Resignation = Sat 3 Sep 2005 10:00\n"
        '      Resignation "R-1" of Escrow Agent, sent Fri 2 Sep 2005 10:00, '
        "deemed given Sat 3 Sep 2005 10:00 (5.2, 1 calendar day after it is sent by Telecopy)"),
        ("the First Day of the latest Short Notice Waiver = pending\n"
        "    waits for: there is no Short Notice Waiver yet "
        "(NTSCO, ATG, Omaha and Purchaser must sign a Short Notice Waiver)"),
    ]  # fmt: skip


def test_a_deadline_is_told_with_the_notice_it_comes_from(escrow: Deal) -> None:
    escrow.does(
        "10:00 on 2 September 2005",
        'Escrow Agent: give the Resignation "R-1" by Telecopy with copy by Overnight Courier '
        "stating Effective Date as 12 September 2005.",
    )
    escrow.passes("11:00 on 3 September 2005")

    assert worked(escrow, "the deadline of section 4.1(d)") == (
        "the deadline of section 4.1(d) = the end of Sun 11 Sep 2005 (4.1(d))\n"
        "    before Mon 12 Sep 2005\n"
        "  the Effective Date of such Resignation = Mon 12 Sep 2005\n"
        '      4.1(d) Resignation "R-1" of Escrow Agent, sent Fri 2 Sep 2005 10:00'
    )
    assert "giving of such Resignation = Mon 12 Sep 2005\n" in behind(escrow, "the latest Resignation is Timely")


def test_a_section_tells_when_its_duties_are_due_and_what_is_owed(bills: Deal) -> None:
    assert behind(bills, "2") == (
        'the deadline of section 2 for "B-1" = the end of Mon 12 Sep 2005 (2)\n'
        "    it began to run Fri 2 Sep 2005 10:00\n"
        "    5 business days: 6, 7, 8, 9, 12 September 2005; left out: Mon 5 Sep 2005 (Labor Day)\n"
        'what is owed under section 2 for "B-1" = USD 10.00 (2)\n'
        "    owed USD 70.00, paid USD 60.00, still owed USD 10.00\n"
        "    2 USD 60.00 from Buyer to Seller, Tue 6 Sep 2005 12:00\n"
        "  the Amount of such Bill = USD 70.00\n"
        '      2 Bill "B-1" of Seller, made Fri 2 Sep 2005 10:00\n'
        "  what is left of the cap of section 2 = USD 40.00 (2)\n"
        "      limit USD 100.00, used USD 60.00 in 2005, remaining USD 40.00\n"
        "      2 USD 60.00 from Buyer to Seller, Tue 6 Sep 2005 12:00\n"
        'the deadline of section 2 for "B-2" = the end of Mon 12 Sep 2005 (2)\n'
        "    it began to run Fri 2 Sep 2005 11:00\n"
        "    5 business days: 6, 7, 8, 9, 12 September 2005; left out: Mon 5 Sep 2005 (Labor Day)\n"
        'what is owed under section 2 for "B-2" = USD 50.00 (2)\n'
        "    owed USD 50.00, paid USD 0.00, still owed USD 50.00\n"
        "    the cap of section 2 leaves USD 40.00 of it to be paid\n"
        "  the Amount of such Bill = USD 50.00\n"
        '      2 Bill "B-2" of Seller, made Fri 2 Sep 2005 11:00\n'
        "  what is left of the cap of section 2 = USD 40.00 (2)\n"
        "      limit USD 100.00, used USD 60.00 in 2005, remaining USD 40.00\n"
        "      2 USD 60.00 from Buyer to Seller, Tue 6 Sep 2005 12:00"
    )


def test_sums_and_shares_list_what_they_are_made_of(bills: Deal) -> None:
    assert worked(bills, "the Net") == (
        "the Net = USD 80.00 (2)\n"
        "  the Total less the Part less USD 10.00 = USD 80.00\n"
        "      USD 120.00 - USD 30.00 - USD 10.00\n"
        "    the Total = USD 120.00 (2)\n"
        "      the sum of the Amount of every Bill = USD 120.00\n"
        '          2 Bill "B-1" of Seller, USD 70.00, made Fri 2 Sep 2005 10:00\n'
        '          2 Bill "B-2" of Seller, USD 50.00, made Fri 2 Sep 2005 11:00\n'
        "    the Part = USD 30.00 (2)\n"
        "      25 percent of the Total = USD 30.00\n"
        "          of USD 120.00\n"
        "        the Total = USD 120.00 (2)\n"
        "          the sum of the Amount of every Bill = USD 120.00\n"
        '              2 Bill "B-1" of Seller, USD 70.00, made Fri 2 Sep 2005 10:00\n'
        '              2 Bill "B-2" of Seller, USD 50.00, made Fri 2 Sep 2005 11:00'
    )


def test_the_figures_of_a_cap_a_fund_and_a_section_rest_on_payments(bills: Deal) -> None:
    bills.does("", "Buyer: deposit USD 5.00 into the Fund.")

    assert worked(bills, "the amount paid under section 2") == (
        "the amount paid under section 2 = USD 60.00\n    2 USD 60.00 from Buyer to Seller, Tue 6 Sep 2005 12:00"
    )
    assert worked(bills, "the balance of the Fund") == (
        "the balance of the Fund = USD 5.00 (1)\n    1 + USD 5.00 from Buyer to Fund, Tue 6 Sep 2005 12:00"
    )
    remainder = worked(bills, "the remainder under section 2")
    assert "limit USD 100.00, used USD 60.00 in 2005, remaining USD 40.00" in remainder


def test_a_paper_is_told_by_its_signatures() -> None:
    deal = opened(
        '\nClause 2 "Papers":\n  "Deed" means a document, signed by the Buyer and the Seller,\n'
        "    delivered by the Buyer, addressed to the Agent.\n"
        "  When a Deed has been completed, then the Agent may deposit any amount into the Fund.\n"
    )
    deal.does("10:00 on 2 September 2005", 'Buyer: sign the Deed "D".')

    pending = worked(deal, "the completion of the latest Deed")
    deal.does("11:00 on 2 September 2005", 'Seller: sign the Deed "D".')
    deal.does("12:00 on 2 September 2005", 'Buyer: deliver the Deed "D" to the Agent.')

    assert pending.startswith("the completion of the latest Deed = pending\n")
    assert worked(deal, "the receipt of the latest Deed") == (
        "the receipt of the latest Deed = Fri 2 Sep 2005 12:00\n"
        '    2 Deed "D" of Buyer and Seller, handed over by Buyer Fri 2 Sep 2005 12:00, '
        "handed over by Seller Fri 2 Sep 2005 12:00"
    )


CLOCKS = """
Clause 2 "Clocks":
  "Rate" means an optional blank amount, filled by the Buyer.
  "Last Day" means 30 September 2005.
  "Notice" means a claim, made by the Seller, addressed to the Buyer, stating Day as date.
  "Pause" means an act, made by the Agent.
  "Halted" means that the latest Pause has been made.
  "First Day" means the earlier of the Last Day and the Day of the latest Notice.
  For each Notice, when such Notice has been made, then the Buyer must pay the Rate to the Seller
    by the Last Day.
  For each Notice, when such Notice has been made, then the Agent may make a Pause
    within 2 calendar days after the making of such Notice.
"""


def test_blanks_counts_and_the_earlier_of_two_are_told() -> None:
    deal = opened(CLOCKS)
    open_ = worked(deal, "the Rate")
    deal.does("10:00 on 2 September 2005", 'Seller: make the Notice "N-1" stating Day as 20 September 2005.')
    deal.does("11:00 on 2 September 2005", 'Seller: make the Notice "N-2" stating Day as 21 September 2005.')
    deal.does("12:00 on 2 September 2005", "Buyer: fill the Rate with USD 5.00.")

    assert open_ == "the Rate = open (2)\n    waits for: the blank Rate"
    assert worked(deal, "the Rate") == "the Rate = USD 5.00 (2)\n    as the blank was filled"
    assert worked(deal, "the number of Notice") == (
        "the number of Notice = 2\n"
        '    2 Notice "N-1" of Seller, made Fri 2 Sep 2005 10:00\n'
        '    2 Notice "N-2" of Seller, made Fri 2 Sep 2005 11:00'
    )
    assert worked(deal, "the First Day") == (
        "the First Day = Wed 21 Sep 2005 (2)\n"
        "  the earlier of the Last Day and the Day of the latest Notice = Wed 21 Sep 2005\n"
        "      the earlier of the two\n"
        "    the Last Day = Fri 30 Sep 2005 (2)\n"
        "    the Day of the latest Notice = Wed 21 Sep 2005\n"
        "        the latest of 2\n"
        '        2 Notice "N-2" of Seller, made Fri 2 Sep 2005 11:00'
    )


def test_the_days_of_another_calendar_are_listed_as_it_has_them() -> None:
    # Monday 5 September 2005 is Labor Day in the United States alone.
    deal = opened('Clause 2 "Days": "Abroad" means 2 business days of "DE-HE" after 2 September 2005.')

    assert worked(deal, "the Abroad") == (
        "the Abroad = Tue 6 Sep 2005 (2)\n"
        '  2 business days of "DE-HE" after 2 September 2005 = Tue 6 Sep 2005\n'
        '      2 business days of "DE-HE": 5, 6 September 2005'
    )


def test_the_windows_of_duties_and_powers_are_told() -> None:
    deal = opened(CLOCKS)
    deal.does("10:00 on 2 September 2005", 'Seller: make the Notice "N-1" stating Day as 20 September 2005.')

    found = behind(deal, "2")

    assert found == (
        'the deadline of section 2, first sentence for "N-1" = the end of Fri 30 Sep 2005 (2)\n'
        "    by Fri 30 Sep 2005\n"
        "  the Last Day = Fri 30 Sep 2005 (2)\n"
        'what is owed under section 2, first sentence for "N-1" = open (2)\n'
        "    it is not overdue while the amount is not known\n"
        "  the Rate = open (2)\n"
        "      waits for: the blank Rate\n"
        'the deadline of section 2, second sentence for "N-1" = the end of Sun 4 Sep 2005 (2)\n'
        "    2 calendar days: 3, 4 September 2005\n"
        "  the making of such Notice = Fri 2 Sep 2005 10:00\n"
        '      2 Notice "N-1" of Seller, made Fri 2 Sep 2005 10:00'
    )


def test_what_cannot_be_read_says_why() -> None:
    terms = opened("").agreement.terms

    assert "Unknown word `balanse`" in read_question("the balanse of the Fund", terms).problems[0]
    assert read_question("the balance of the Find", terms).problems
    assert read_question("the balance of the Find is more than USD 1.00", terms).problems


def test_a_duty_that_is_replaced_or_waived_is_told_as_owing_nothing_any_more() -> None:
    deal = opened(
        """
Clause 2 "Price" subject to section 3 by replacement while a Stop has been made:
  The Buyer must pay USD 40.00 to the Seller by 9 September 2005.

Clause 3 "Stop":
  "Stop" means a claim, made by the Buyer.
"""
    )
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")
    assert "what is owed under section 2 = USD 30.00" in behind(deal, "2")

    deal.does("", "Buyer: present the Stop.")

    assert "what is owed under section 2 = USD 0.00" in behind(deal, "2")
    assert "owed USD 40.00, paid USD 10.00, nothing of it is owed now: it is superseded" in behind(deal, "2")


RELEASE = """
Clause 2 "Requests":
  "Request" means a claim, made by the Seller.
  "Objection" means a claim, made by the Buyer, about a Request.
  "Release" means an event, about a Request.
  For each Request, when no Objection about such Request has been made
      within 2 business days after the making of such Request,
    then a Release occurs about such Request.

Clause 3 "Payment":
  For each Release, when such Release has been made, then the Agent must pay USD 5.00 to the Seller from the Fund.
  When a Release has been made, then the Seller may make a Receipt.
  "Receipt" means a claim.

Clause 4 "Quiet":
  While 1 business day after the making of the earliest Request is after today,
    then the Buyer must not make an Objection.
"""


def test_a_section_that_waits_and_an_act_that_is_blocked_tell_how_the_days_were_counted() -> None:
    deal = opened(RELEASE)
    deal.does("10:00 on 1 September 2005", 'Seller: make the Request "R-1".')
    silence = (
        "within 2 business days after the making of such Request = Tue 6 Sep 2005\n"
        "    2 business days: 2, 6 September 2005; left out: Mon 5 Sep 2005 (Labor Day)\n"
        "  the making of such Request = Thu 1 Sep 2005 10:00\n"
        '      2 Request "R-1" of Seller, made Thu 1 Sep 2005 10:00'
    )

    assert behind(deal, "2") == silence
    assert behind(deal, "3, second sentence") == silence
    receipt = attempt_of(deal.agreement, "Seller: make the Receipt.")
    assert [render_derivation(each) for each in figures_against(deal.agreement, deal.state, receipt)] == [silence]
    objection = attempt_of(deal.agreement, 'Buyer: make the Objection about "R-1".')
    (ban,) = figures_against(deal.agreement, deal.state, objection)
    assert render_derivation(ban).startswith(
        "1 business day after the making of the earliest Request = Fri 2 Sep 2005\n"
        "    1 business day: 2 September 2005\n"
    )
