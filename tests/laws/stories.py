"""Stories that a law is tried on: an agreement, and attempts at it that may be valid, late, out of order or nonsense.

There are two kinds of agreement: the shipped one, entered at several stages of its life so that its deeper parts are
reached, and small ones put together from parts that touch each other (a cap, a dispute that suspends, a window with a
stopped clock, a plan that is carried out).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from dsl.actions import Attempt
from dsl.compile import Agreement
from dsl.engine import advance, decide, evolve, open_deal
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.money import Quantity
from dsl.state import State
from tests.dsl.deals import agreement_of, attempt_of
from tests.laws.depth import deep

SHIPPED = Path(__file__).parent.parent.parent / "agreements" / "funds_escrow" / "agreement.clause"
START = datetime.fromisoformat("2005-09-01T13:00:00+00:00")

few = deep(8)
"""Enough examples to try a law on long stories, few enough to wait for."""


Steps: TypeAlias = tuple[tuple[datetime, Attempt], ...]


@dataclass(frozen=True)
class Story:
    """An agreement, its opening, and what is tried when."""

    agreement: Agreement
    opened: Opened
    steps: Steps

    drawn: str = ""
    """What was drawn to make the agreement."""

    shared: int = 0
    """How many of its first steps it has in common with other stories."""

    def __repr__(self) -> str:
        acts = "\n".join(f"  {at:%d %H:%M} {each.actor}: {each.action}" for at, each in self.steps)
        return f"{self.agreement.terms.title} {self.drawn}\n{acts[-5_000:]}"

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text(repr(self))


@dataclass(frozen=True)
class Told:
    """A story as it went: the state before and after each attempt, and the answers."""

    first: State
    states: tuple[tuple[State, State], ...]
    answers: tuple[Acted | Refused | Malformed, ...]

    @property
    def last(self) -> State:
        """The state at the end."""
        return self.states[-1][1] if self.states else self.first

    @property
    def log(self) -> tuple[Acted | Refused, ...]:
        """What is written down."""
        return tuple(answer for answer in self.answers if not isinstance(answer, Malformed))


def tell(story: Story) -> Told:
    """Decide and evolve, step by step; what several stories begin with is told once."""
    if not story.shared:
        first = open_deal(story.agreement, story.opened)
        assert isinstance(first, State)
        return _go_on(story.agreement, Told(first, (), ()), story.steps)
    beginning = (story.agreement.digest, story.opened, story.steps[: story.shared])
    if beginning not in _told:
        _told[beginning] = tell(Story(story.agreement, story.opened, story.steps[: story.shared]))
    return _go_on(story.agreement, _told[beginning], story.steps[story.shared :])


_told: dict[object, Told] = {}


def _go_on(agreement: Agreement, told: Told, steps: Steps) -> Told:
    state, states, answers = told.last, [*told.states], [*told.answers]
    for at, attempt in steps:
        before = advance(agreement, state, at)
        answer = decide(agreement, before, attempt, at)
        state = before if isinstance(answer, Malformed) else evolve(agreement, before, answer)
        states.append((before, state))
        answers.append(answer)
    return Told(told.first, tuple(states), tuple(answers))


# ------------------------------------------------------------ the shipped deal

_SIGNED = tuple(
    f"{who}: sign the {what}."
    for who in ("NTSCO", "ATG", "Omaha", "Purchaser")
    for what in ("Documents", "Funds Escrow Agreement")
)
_PAPERS = (
    *_SIGNED,
    "Escrow Agent: sign the Funds Escrow Agreement.",
    "Purchaser: deliver the Documents to the Escrow Agent.",
    "Purchaser: deliver the Funds Escrow Agreement to the Escrow Agent.",
)
_MONEY = ("Purchaser: deposit USD 12,000,000.00 into the Escrow Fund.",)
_PAYMENTS = "USD 450,000.00 to the Fund Manager, USD 25,000.00 to the Escrow Agent, USD 11,525,000.00 to ATG"


def _joint(name: str, payments: str = _PAYMENTS) -> tuple[str, ...]:
    others = tuple(f'{who}: sign the Joint Instruction "{name}".' for who in ("ATG", "Omaha", "Purchaser"))
    first = f'NTSCO: sign the Joint Instruction "{name}" stating Payments as {payments}.'
    return first, *others, f'Purchaser: deliver the Joint Instruction "{name}" to the Escrow Agent.'


_SPOKEN = (
    (
        'David Grin: state the Verbal Instruction "V-1" about "JI-1" stating Closing Conditions Satisfied'
        " and Disbursement Directed."
    ),
)
_DISPUTE = (
    'NTSCO: present the Dispute "D-1" stating Grounds as "wrong payee".',
    "Escrow Agent: take a Hold.",
    'Escrow Agent: find the Uncertainty "U-1" stating Question as "who is paid?".',
    'Escrow Agent: withdraw the Hold "Hold".',
    'NTSCO: withdraw the Dispute "D-1".',
    "Escrow Agent: deposit USD 6,000,000.00 with the New York Court.",
    "Escrow Agent: deposit USD 12,000,000.00 with the New York Court.",
    'Escrow Agent: file the Interpleader "I-1" stating Court as "Supreme Court".',
)
_COURT = (
    'Omaha: present the Court Order "CO-1" stating Court as "Supreme Court" and Payments as USD 3,000,000.00 to Omaha.',
    'Omaha: present the Counsel Opinion "OP-1" about "CO-1" stating Competent Court and Final and Non-Appealable.',
    'Escrow Agent: find the Satisfaction "S-1" about "OP-1" stating Satisfactory.',
    'Escrow Agent: remit the Escrow Fund according to "CO-1".',
    'Escrow Agent: withdraw the Satisfaction "S-1".',
)
_CLAIMS = (
    'Escrow Agent: present the Expense Claim "X-1" stating Amount as USD 2,000.00 and Cause as "couriers".',
    'Escrow Agent: present the Expense Claim "X-2" stating Amount as USD 900.00 and Cause as "copies".',
    'Escrow Agent: present the Indemnity Claim "IC-1" stating Amount as USD 4,000.00 and Cause as "counsel".',
    'NTSCO: present the Misconduct Ruling "MR-1" about "IC-1" stating Court as "Supreme Court".',
    'NTSCO: pay USD 2,000.00 to the Escrow Agent about "X-1".',
    'Purchaser: pay USD 900.00 to the Escrow Agent about "X-2".',
    'ATG: pay USD 1,500.00 to the Escrow Agent about "IC-1".',
    'Purchaser: pay USD 4,000.00 to the Escrow Agent about "IC-1".',
    'NTSCO: withdraw the Misconduct Ruling "MR-1".',
    "Purchaser: pay USD 700.00 to the Escrow Agent.",
)
_ENDING = (
    (
        'Escrow Agent: give the Resignation "R-1" by Telecopy with copy by Regular Mail stating Effective Date as 20'
        " September 2005."
    ),
    'Purchaser: sign the Successor Instruction "SI-1" stating Successor as "New Agent, LLP".',
    'NTSCO: sign the Successor Instruction "SI-1".',
    'ATG: sign the Successor Instruction "SI-1".',
    'Omaha: sign the Successor Instruction "SI-1".',
    'Purchaser: deliver the Successor Instruction "SI-1" to the Escrow Agent.',
    'Escrow Agent: make the Successor Delivery "SD-1" about "SI-1".',
    'Purchaser: sign the Termination Agreement "TA-1".',
    *(f'{who}: sign the Termination Agreement "TA-1".' for who in ("NTSCO", "ATG", "Omaha")),
)
_OPEN = (
    'NTSCO: fill Companies Telecopy with "(212) 555-0100".',
    *(f"{who}: fill Agent's Fee with USD 25,000.00." for who in ("NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent")),
    *(f"{who}: choose On Deposit for Discharge Moment." for who in ("NTSCO", "ATG", "Omaha", "Purchaser")),
    "Escrow Agent: choose On Deposit for Discharge Moment.",
    "ATG: choose Interest Bearing for Account Interest.",
    "Escrow Agent: credit USD 55.00 to the Escrow Fund.",
    'Purchaser: give the Waiver "W-1" stating Requirement as section 3.1(a)(iv).',
    "ATG: assert breach of section 2.3.",
)
_ODD = (
    'Escrow Agent: release the Escrow Fund according to "JI-1".',
    'Escrow Agent: release the Escrow Fund according to "JI-2".',
    'Escrow Agent: release the Escrow Fund according to "D-1".',
    'Omaha: release the Escrow Fund according to "JI-1".',
    "Purchaser: deposit USD 5,000,000.00 into the Escrow Fund.",
    "ATG: deposit USD 5.00 into the Escrow Fund.",
    "Purchaser: deposit EUR 5.00 into the Escrow Fund.",
    "Escrow Agent: pay USD 5.00 to ATG from the Escrow Fund.",
    "Escrow Agent: hold the Escrow Fund.",
    'Purchaser: withdraw the Joint Instruction "JI-1".',
    'ATG: sign the Joint Instruction "JI-1" stating Payments as USD 12,000,000.00 to ATG.',
    'NTSCO: sign the Settlement "ST-1" about "D-1".',
    'Purchaser: deliver "JI-1" to the Escrow Agent.',
    'Omaha: present the Court Order "JI-1" stating Court as "Mine" and Payments as USD 1.00 to Omaha.',
)
STAGES: tuple[tuple[str, ...], ...] = (
    (),
    (*_PAPERS,),
    (*_PAPERS, *_MONEY),
    (*_PAPERS, *_MONEY, *_joint("JI-1")),
    (*_PAPERS, *_MONEY, *_joint("JI-1"), *_SPOKEN),
    (*_MONEY, *_COURT[:3], *_DISPUTE[:1]),
    (*_MONEY, *_DISPUTE[:2]),
    (*_OPEN[:1], *_MONEY, *_ENDING[:1]),
)
"""How far the deal has come when the story begins."""
POOL = (*_PAPERS, *_MONEY, *_joint("JI-1"), *_joint("JI-2"), *_SPOKEN, *_DISPUTE, *_COURT, *_CLAIMS, *_ENDING, *_OPEN)
POOL = (*POOL, *_ODD)


@lru_cache(maxsize=1)
def shipped() -> Agreement:
    """The funds escrow of 2005."""
    return agreement_of(SHIPPED.read_text(encoding="utf-8"))


_read: dict[tuple[str, str], Attempt] = {}


def read(agreement: Agreement, words: str) -> Attempt:
    """An attempt in words, each read once."""
    key = (agreement.digest, words)
    if key not in _read:
        _read[key] = attempt_of(agreement, words)
    return _read[key]


_gaps = st.sampled_from((0, 0, 1, 30, 24 * 60, 24 * 60, 5 * 24 * 60, 20 * 24 * 60)).map(lambda n: timedelta(minutes=n))


@st.composite
def funds_escrow_stories(draw: st.DrawFn, most: int = 10) -> Story:
    """The shipped agreement from one of its stages on."""
    agreement = shipped()
    fee = Quantity(2_500_000, "USD")
    blanks: tuple[tuple[str, object], ...] = (("Agreement Date", date(2005, 9, 1)),)
    if draw(st.booleans()):
        blanks = (*blanks, ("Agent's Fee", fee))
    opened = Opened(START, (), blanks)  # type: ignore[arg-type]
    steps = [(START, words) for words in draw(st.sampled_from(STAGES))]
    at, shared = START, len(steps)
    for words in draw(st.lists(st.sampled_from(POOL), max_size=most)):
        at += draw(_gaps)
        steps.append((at, words))
    return Story(agreement, opened, tuple((when, read(agreement, words)) for when, words in steps), shared=shared)


# ------------------------------------------------------------------ small deals

_SMALL = """
Agreement "Small".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.
Clause 1 "Who":
  "Buyer" means a party.
  "Seller" means a party.
  "Lender" means a party.
  "Agent" means a party.
  "Side" means a group of Seller and Lender, acting by {rule} of them.
Clause 2 "Money":
  "Price" means USD {price}.00.
  "Fund" means a fund in USD, held by the Agent{purpose}.
  "Reserve" means a fund in USD, held by the Agent.
  "Payment" means a movement, into the Fund.
  The Buyer must deposit the Price into the Fund within {days} {unit}, failing which the Seller may take a Walkaway.
  The Lender may deposit any amount into the Fund.
  "Walkaway" means an act, made by the Seller.
Clause 3 "Release" subject to section 5 by {mode} while Frozen applies:
  "Instruction" means a writing, signed by the Buyer and the Side, addressed to the Agent,
    stating Payments as payments{latest}.
  For each Instruction, {when} such Instruction has been received by the Agent, then the Agent must release the Fund
    according to such Instruction within {days} {unit} not counting time while Paused applies.
Clause 4 "Claims" subject to section 5 by suspension while Frozen applies:
  "Claim" means a claim, made by the Seller or the Lender, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  For each Claim, {when} such Claim has been made and no Objection about such Claim has been made,
    then the Agent must pay the Amount of such Claim to the Seller or the Lender from the Fund within {days} {unit}.
  The total paid under section 4 must not exceed USD {cap}.00 in the life of this agreement{excess}.
  For each Payment, when such Payment has been made, then 10 percent of the Amount of such Payment passes
    from the Fund to the Reserve.
Clause 5 "Freeze":
  "Freeze" means an act, made by the Buyer.
  "Thaw" means an event, made by the Agent.
  "Frozen" means that a Freeze has been made and no Thaw has been made.
  "Pause" means an act, made by the Seller.
  "Paused" means that a Pause has been made.
  "Account" means an ambiguity "?" with readings Kept and Shared.
  While the Account is read as Shared, then the Seller may pay any amount to the Buyer from the Reserve.
  "Notice Of End" means a notice, made by the Seller, addressed to the Buyer.
  "Mail" means a channel.
  Every notice must be sent by Mail, and is given 2 business days after it is sent.
  The address of the Buyer for Mail is "1 Road".
  For each Notice Of End, when such Notice Of End has been given, then this agreement terminates.
"""
SMALL_POOL = (
    "Buyer: deposit USD 60.00 into the Fund.",
    "Buyer: deposit USD 100.00 into the Fund.",
    "Lender: deposit USD 33.33 into the Fund.",
    'Buyer: sign the Instruction "I-1" stating Payments as USD 20.00 to the Seller, USD 5.00 to the Agent.',
    'Seller: sign the Instruction "I-1".',
    'Lender: sign the Instruction "I-1".',
    'Lender: sign the Instruction "I-1" stating Payments as USD 2,000.00 to the Lender.',
    'Seller: sign the Instruction "I-2" stating Payments as USD 9.00 to the Seller.',
    'Buyer: sign the Instruction "I-2".',
    'Lender: sign the Instruction "I-2".',
    'Buyer: deliver the Instruction "I-1" to the Agent.',
    'Buyer: deliver the Instruction "I-2" to the Agent.',
    'Agent: release the Fund according to "I-1".',
    'Agent: release the Fund according to "I-2".',
    'Seller: present the Claim "C-1" stating Amount as USD 30.00.',
    'Lender: present the Claim "C-2" stating Amount as USD 25.00.',
    'Seller: withdraw the Claim "C-1".',
    'Buyer: present the Objection "O-1" about "C-1".',
    'Buyer: withdraw the Objection "O-1".',
    'Agent: pay USD 30.00 to the Seller from the Fund about "C-1".',
    'Agent: pay USD 12.50 to the Seller from the Fund about "C-1".',
    'Agent: pay USD 25.00 to the Lender from the Fund about "C-2".',
    "Agent: pay USD 25.00 to the Lender from the Fund.",
    "Buyer: take a Freeze.",
    'Buyer: withdraw the Freeze "Freeze".',
    "Agent: report a Thaw.",
    "Seller: take a Pause.",
    'Seller: withdraw the Pause "Pause".',
    "Seller: take a Walkaway.",
    "Buyer: choose Shared for Account.",
    "Seller: choose Shared for Account.",
    "Seller: choose Kept for Account.",
    "Lender: choose Shared for Account.",
    "Agent: choose Shared for Account.",
    "Seller: pay USD 1.00 to the Buyer from the Reserve.",
    'Seller: give the Notice Of End "N-1" by Mail.',
    'Seller: withdraw the Notice Of End "N-1".',
    "Seller: assert breach of section 3.",
)


CHOICES: dict[str, tuple[str, ...]] = {
    "rule": ("each", "any", "1", "2", "majority"),
    "price": ("100", "150"),
    "purpose": (", for the Price", ""),
    "days": ("1", "3"),
    "unit": ("business days", "calendar days", "hours"),
    "mode": ("suspension", "replacement"),
    "latest": (", the latest of which counts", ""),
    "when": ("when", "while"),
    "cap": ("40", "55"),
    "excess": ("; the excess is not payable", ""),
}
small_terms = st.fixed_dictionaries({name: st.sampled_from(each) for name, each in CHOICES.items()})
"""An agreement of parts that touch each other, with figures and rules of its own."""


def small(terms: dict[str, str]) -> Agreement:
    """The small agreement with these figures and rules."""
    return agreement_of(_SMALL.format(**terms))


@st.composite
def small_stories(draw: st.DrawFn, most: int = 22) -> Story:
    """A small agreement with attempts of all sorts, near in time and far apart."""
    terms = draw(small_terms)
    agreement = small(terms)
    at, steps = START, []
    for words in draw(st.lists(st.sampled_from(SMALL_POOL), max_size=most)):
        at += draw(_gaps)
        steps.append((at, read(agreement, words)))
    return Story(agreement, Opened(START), tuple(steps), str(terms))


def small_story(*words: str, **terms: str) -> Story:
    """A small agreement with one attempt a minute; what is not said of its rules is the first of each."""
    agreement = small({name: each[0] for name, each in CHOICES.items()} | terms)
    steps = tuple((START + timedelta(minutes=n), read(agreement, each)) for n, each in enumerate(words))
    return Story(agreement, Opened(START), steps, str(terms))


TWO_CLAIMS = (
    'Seller: present the Claim "C-1" stating Amount as USD 30.00.',
    'Lender: present the Claim "C-2" stating Amount as USD 25.00.',
    'Agent: pay USD 30.00 to the Seller from the Fund about "C-1".',
    'Agent: pay USD 25.00 to the Lender from the Fund about "C-2".',
)
"""Two claims, each paid as far as may be."""

stories = st.one_of(small_stories(), funds_escrow_stories())
