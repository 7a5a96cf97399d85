"""What a reader of a deal sees, by hand over the 2005 escrow."""

from datetime import date, datetime, timedelta

import pytest

from dsl import actions as a
from dsl import views
from dsl.compile import Agreement
from dsl.history import History
from dsl.money import Quantity
from dsl.reasons import Truth
from dsl.terms import NameValue, Plan, PlanLine, SectionValue
from dsl.views import Item
from tests.dsl.test_possibilities import DISPUTE, FEE, INSTRUCTED, PLAN, TEN, after, opened
from tests.dsl.test_possibilities import escrow as escrow

USD = "USD"
SIGNERS = ("NTSCO", "ATG", "Omaha", "Purchaser")
AGREED = tuple((who, a.Sign("Funds Escrow Agreement")) for who in (*SIGNERS, "Escrow Agent"))
PAPERS = tuple((who, a.Sign("Documents")) for who in SIGNERS)
DELIVERED = (("Purchaser", a.Deliver("Documents")), ("Purchaser", a.Deliver("Funds Escrow Agreement")))
FUNDED = ("Purchaser", a.Deposit(Quantity(1_200_000_000, USD), "Escrow Fund"))
JOINT = tuple((who, a.Sign("Joint Instruction", "JI-1", (("Payments", PLAN),))) for who in SIGNERS)
HANDED = ("Purchaser", a.Deliver("", "JI-1"))
SAID = ("David Grin", a.Make(
    "Verbal Instruction", "V-1", (("Closing Conditions Satisfied", True), ("Disbursement Directed", True)), "JI-1"
))  # fmt: skip
PAID = ("Escrow Agent", a.Release("release", "Escrow Fund", "JI-1"))


@pytest.fixture(scope="module")
def closed(escrow: Agreement) -> History:
    """The escrow after its closing."""
    return after(opened(escrow), *AGREED, *PAPERS, *DELIVERED, FUNDED, *JOINT, HANDED, SAID, PAID)


def test_money_is_shown_by_fund_payee_and_movement(escrow: Agreement, closed: History) -> None:
    (fund,) = views.funds(escrow, closed.state)
    paid = {each.payee: each.total.amount for each in views.paid(escrow, closed.state) if each.total is not None}
    moved = [(each.source, each.target, each.section) for each in views.movements(closed.state)]

    assert (fund.name, fund.holder, fund.section) == ("Escrow Fund", "Escrow Agent", "2.4")
    assert (fund.purpose, fund.balance) == (Quantity(1_200_000_000, USD), Quantity(0, USD))
    assert (fund.deposited, fund.paid_out) == (Quantity(1_200_000_000, USD), Quantity(1_200_000_000, USD))
    assert paid == {"Fund Manager": 45_000_000, "Escrow Agent": 2_500_000, "ATG": 1_152_500_000}
    assert moved[0] == ("Purchaser", "Escrow Fund/balance", "2.3")
    assert moved[1] == ("Escrow Fund/balance", "Fund Manager", "3.1(a)")


def test_what_is_paid_in_beyond_the_purpose_is_kept_apart(escrow: Agreement) -> None:
    history = after(opened(escrow), ("Purchaser", a.Deposit(Quantity(1_200_000_100, USD), "Escrow Fund")))

    (fund,) = views.funds(escrow, history.state)

    assert (fund.balance, fund.excess) == (Quantity(1_200_000_000, USD), Quantity(100, USD))


def test_a_cap_shows_limit_use_and_remainder(escrow: Agreement) -> None:
    claim = a.Make("Expense Claim", "E-1", (("Amount", Quantity(200_000, USD)), ("Cause", "courier")))
    pay = a.Pay("pay", Quantity(200_000, USD), "Escrow Agent", "", "E-1")
    history = after(opened(escrow), ("Escrow Agent", claim), ("ATG", pay))

    (cap,) = views.caps(escrow, history.state)

    assert (cap.limit, cap.used, cap.remainder, cap.excess) == tuple(
        Quantity(amount, USD) for amount in (250_000, 200_000, 50_000, 0)
    )


def test_a_document_shows_each_signatory(escrow: Agreement) -> None:
    history = after(opened(escrow), ("NTSCO", a.Sign("Documents")), ("ATG", a.Sign("Warrant")))
    found = {each.kind: each for each in views.documents(escrow, history.state)}

    assert [each.kind for each in views.documents(escrow, history.state)][:2] == [
        "Security Agreement",
        "Secured Revolving Note",
    ]
    assert found["Security Agreement"].status == "partly signed"
    assert [(each.signer, each.status) for each in found["Security Agreement"].signatures] == [
        ("NTSCO", "signed"),
        ("ATG", "missing"),
        ("Omaha", "missing"),
        ("Purchaser", "missing"),
    ]
    assert (found["Warrant"].status, found["Option"].status) == ("signed", "missing")
    assert found["Option"].entry is None


def test_a_received_document_says_so(escrow: Agreement, closed: History) -> None:
    assert {each.status for each in views.documents(escrow, closed.state)} == {"received"}


def test_a_change_of_content_voids_the_signatures_before(escrow: Agreement) -> None:
    less = PlanLine("ATG", Quantity(1_152_499_900, USD))
    plan = Plan((*PLAN.lines[:2], less, PlanLine("Omaha", Quantity(100, USD))))
    other = a.Sign("Joint Instruction", "JI-1", (("Payments", plan),))
    history = after(opened(escrow), INSTRUCTED, ("ATG", other))

    (entry,) = views.entries(escrow, history.state)

    assert [(each.signer, each.status) for each in entry.signatures] == [
        ("NTSCO", "voided"),
        ("ATG", "signed"),
        ("Omaha", "missing"),
        ("Purchaser", "missing"),
    ]
    assert entry.missing == ("NTSCO", "Omaha", "Purchaser")
    assert [(each.name, each.status) for each in entry.stages] == [("completed", "open"), ("received", "open")]


def test_a_notice_is_given_the_day_after_it_is_sent(escrow: Agreement) -> None:
    resign = a.Make(
        "Resignation", "R-1", (("Effective Date", date(2005, 9, 12)),), channel="Telecopy", copy="Regular Mail"
    )
    filled = ("ATG", a.Fill("Companies Telecopy", "(212) 555-0100"))
    history = after(opened(escrow), filled, ("Escrow Agent", resign))

    (entry,) = views.entries(escrow, history.state)

    sent = TEN + timedelta(minutes=2)
    assert (entry.sort, entry.channel, entry.copy) == ("notice", "Telecopy", "Regular Mail")
    assert [(each.name, each.status, each.at) for each in entry.stages] == [
        ("made", "reached", sent),
        ("sent", "reached", sent),
        ("given", "ahead", sent + timedelta(days=1)),
    ]
    assert [(each.name, each.type, each.text) for each in entry.fields] == [
        ("Effective Date", "date", "12 September 2005")
    ]


def test_a_withdrawn_entry_no_longer_counts(escrow: Agreement) -> None:
    history = after(opened(escrow), DISPUTE, ("ATG", a.Withdraw("Dispute", "D-1")))

    (entry,) = views.entries(escrow, history.state)

    assert (entry.counts, entry.stages[-1].name) == (False, "withdrawn")


# ---------------------------------------------------------------- checklists


def paths(item: Item) -> dict[str, Item]:
    """The labelled items of a checklist by how they are cited."""
    found = {item.path: item} if item.label else {}
    for each in item.items:
        found |= paths(each)
    return found


def test_a_checklist_is_there_before_its_instruction(escrow: Agreement) -> None:
    history = after(opened(escrow), FUNDED)

    (checklist,) = views.checklists(escrow, history.state, "3.1(a)")
    items = paths(checklist.condition)

    assert (checklist.about, checklist.met, checklist.condition.truth) == ("", False, Truth.PENDING)
    assert checklist.condition.note == "1 of 4"
    assert items["3.1(a)(ii)"].truth is Truth.TRUE
    assert items["3.1(a)(iii)"].note == "there is no Joint Instruction yet"
    assert items["3.1(a)(iii)"].waits[0].who == SIGNERS


def test_a_checklist_follows_each_item(escrow: Agreement) -> None:
    history = after(opened(escrow), *PAPERS, *DELIVERED[:1], FUNDED, *JOINT, HANDED)

    (checklist,) = views.checklists(escrow, history.state, "3.1(a)")
    truths = {path: item.truth for path, item in paths(checklist.condition).items()}

    assert checklist.about == "JI-1"
    assert len(checklist.consequences) == 2
    assert truths == {
        "3.1(a)(i)": Truth.PENDING,
        "3.1(a)(i)(A)": Truth.TRUE,
        "3.1(a)(i)(B)": Truth.PENDING,
        "3.1(a)(ii)": Truth.TRUE,
        "3.1(a)(iii)": Truth.TRUE,
        "3.1(a)(iv)": Truth.PENDING,
        "3.1(a)(iv)(A)": Truth.PENDING,
        "3.1(a)(iv)(B)": Truth.PENDING,
    }


def test_a_waived_item_is_met_and_says_by_whom(escrow: Agreement) -> None:
    waiver = ("Purchaser", a.Make("Waiver", "W-1", (("Requirement", SectionValue("3.1(a)(iv)")),)))
    history = after(opened(escrow), *AGREED, *PAPERS, *DELIVERED, *JOINT, HANDED, waiver)

    (checklist,) = views.checklists(escrow, history.state, "3.1(a)")
    item = paths(checklist.condition)["3.1(a)(iv)"]

    assert (item.truth, item.note) == (Truth.TRUE, "waived by Purchaser")
    assert checklist.condition.note == "3 of 4"


def test_an_open_reading_shows_in_its_checklist(escrow: Agreement) -> None:
    (checklist,) = views.checklists(escrow, opened(escrow).state, "5.3")

    assert checklist.condition.truth is Truth.OPEN
    assert checklist.condition.waits[0].what == "reading"


# -------------------------------------------------------- norms and clauses


def test_norms_show_bearer_status_and_what_is_owed(escrow: Agreement) -> None:
    history = after(opened(escrow), ("Purchaser", a.Deposit(Quantity(500_000_000, USD), "Escrow Fund")))
    found = {each.section: each for each in views.norms(escrow, history.state)}

    duty = found["2.3"]
    assert (duty.modality, duty.bearers, duty.status, duty.vague) == (
        "duty",
        ("Purchaser",),
        "active",
        "on or about the Agreement Date",
    )
    assert (duty.owed, duty.paid) == (Quantity(1_200_000_000, USD), Quantity(500_000_000, USD))
    assert (duty.since, duty.due) == (TEN, None)


def test_a_power_belongs_to_its_dispute(escrow: Agreement) -> None:
    history = after(opened(escrow), DISPUTE)

    powers = [each.section for each in views.norms(escrow, history.state) if each.modality == "power"]

    assert "4.2(a)(i)" in powers


def test_a_clause_shows_how_it_stands(escrow: Agreement, closed: History) -> None:
    fresh = {each.section: each for each in views.clauses(escrow, opened(escrow).state)}
    done = {each.section: each for each in views.clauses(escrow, closed.state)}

    assert [fresh[section].status for section in ("2.3", "3.1(a)", "2.4", "5.2", "1.5")] == [
        "active",
        "waiting",
        "waiting",
        "in force",
        "",
    ]
    assert (fresh["1.5"].category, fresh["4.1(a)(iv)"].category) == ("interpretive", "protective")
    assert done["3.1(a)"].status == "ended"
    assert done["4.1(c)"].survives
    assert "A word is missing" in [each.title for each in fresh["5.3"].open_points]
    assert "Either director" in [each.title for each in fresh["3.1(a)"].readings]


def test_a_hold_suspends_the_release_and_says_what_displaces_it(escrow: Agreement) -> None:
    held = ("Escrow Agent", a.Make("Hold"))
    history = after(opened(escrow), *AGREED, *PAPERS, *DELIVERED, FUNDED, *JOINT, HANDED, DISPUTE, held, SAID)

    clause = next(each for each in views.clauses(escrow, history.state) if each.section == "3.1(a)")

    assert clause.displaced_by == "4.2"


# ------------------------------------------------------------------- openness


def test_a_blank_shows_who_has_said_what(escrow: Agreement) -> None:
    history = after(opened(escrow), ("ATG", a.Fill("Warrant Count", 5)))
    found = {each.name: each for each in views.blanks(escrow, history.state)}

    fee, warrants, address = found["Agent's Fee"], found["Warrant Count"], found["Companies Telecopy"]
    assert (fee.filled, fee.content, fee.type) == (True, "USD 25,000.00", "amount of USD")
    assert Quantity(2_500_000, USD) == FEE
    assert (warrants.filled, warrants.filled_by, warrants.together) == (False, ("ATG", "Purchaser"), True)
    assert [(each.text, each.by) for each in warrants.said] == [("5", ("ATG",))]
    assert (address.section, address.together) == ("5.2", False)


def test_an_ambiguity_is_settled_by_all_together(escrow: Agreement) -> None:
    everybody = ("NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent")
    some = after(opened(escrow), *((who, a.Choose("Account Interest", "No Interest")) for who in everybody[:4]))
    all_of_them = after(some, (everybody[4], a.Choose("Account Interest", "No Interest")))

    def interest(history: History) -> views.AmbiguityView:
        return next(each for each in views.ambiguities(escrow, history.state) if each.name == "Account Interest")

    assert (interest(some).chosen, interest(some).said[0].by) == ("", everybody[:4])
    assert interest(all_of_them).chosen == "No Interest"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (True, "yes"),
        (1200, "1200"),
        ("a text", '"a text"'),
        (Quantity(5, "Shares"), "5 Shares"),
        (date(2005, 9, 6), "6 September 2005"),
        (datetime(2005, 9, 6, 15, 20, tzinfo=TEN.tzinfo), "11:20 on 6 September 2005"),
        (NameValue("On Deposit"), "On Deposit"),
        (SectionValue("3.1(a)(iv)"), "section 3.1(a)(iv)"),
    ],
)
def test_contents_are_worded_as_people_state_them(escrow: Agreement, content: object, words: str) -> None:
    assert views.words_of_content(escrow.terms, content).removeprefix("the ") == words  # type: ignore[arg-type]
