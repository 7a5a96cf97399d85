"""Whatever speaks of itself, directly, by another thing or by a name, is told where it is written, or does no harm:
an agreement without errors can be opened, goes on with time, and says of everything how it stands.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.diagnostics import Severity
from dsl.engine import explain, in_force
from dsl.events import Opened
from dsl.figures import figures_for, value_now
from dsl.history import History, begin
from dsl.load import Loaded, load
from dsl.terms import Defined
from tests.dsl.deals import START, Deal, agreement_of, at
from tests.laws.depth import deep

HEAD = """
Agreement "Circles".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who and what":
  "Buyer" means a party. "Seller" means a party. "Agent" means a party.
  "Fund" means a fund in USD, held by the Agent.
  "Claim" means a claim, made by the Buyer, stating Amount as amount and Day as date and Former as optional Claim.
  "Ruling" means a finding, made by the Agent, about a Claim, stating Length as number.
  "Done" means an event.
  The Buyer may deposit any amount into the Fund.
  When the balance of the Fund is more than USD 95.00, then a Done occurs.
"""

TIMES = (
    "3 October 2005",
    "the First Time",
    "the Second Time",
    "the Limit of the latest Claim",
    "the Day of the latest Claim",
    "the deadline of section 2",
    "the deadline of section 3",
    "the deadline of section 4 for the latest Claim",
    "the deadline of section 5 for the latest Ruling",
    "2 calendar days after TIME",
    "the later of TIME and TIME",
    "the earlier of TIME and TIME",
    "the making of the latest Claim whose Amount is more than (AMOUNT)",
    "the making of the latest Pay Day",
)
TIMES_OF_ROWS = (
    "TIME",
    "the Limit of such Claim",
    "the deadline of section 4 for such Claim",
    "the Limit of the Former of such Claim",
    "the deadline of section 4 for the Former of such Claim",
    "the deadline of section 5 for such Claim",
    "the deadline of section 4 for the Claim with the latest Limit",
)
AMOUNTS = (
    "USD 5.00",
    "the First Sum",
    "the Second Sum",
    "the Worth of the latest Claim",
    "the Amount of the latest Claim",
    "(AMOUNT plus AMOUNT)",
    "the smaller of AMOUNT and AMOUNT",
    "50 percent of (AMOUNT)",
    "the balance of the Fund",
    "the free balance of the Fund",
    "the held part of the Fund",
    "the excess of the Fund",
    "the amount paid under section 2",
    "the amount paid under section 3",
    "the limit under section 2",
    "the remainder under section 2",
    "the excess under section 2",
    "the excess under section 3",
    "the sum of Worth of every Claim",
    "the sum of Worth of every Claim whose Worth is more than (AMOUNT)",
    "(USD 1.00 times NUMBER)",
    "the Amount of the Claim with the largest Worth",
)
NUMBERS = (
    "3",
    "the First Number",
    "the number of Claims whose Worth is more than (AMOUNT)",
    "the number of Claims which is Fine",
    "the number of calendar days from TIME to TIME",
    "the Length of the latest Ruling",
)
CONDITIONS = (
    "the First Thing applies",
    "the Second Thing applies",
    "AMOUNT is more than AMOUNT",
    "TIME has passed",
    "TIME is after TIME",
    "NUMBER is at least 2",
    "section 2 is overdue",
    "section 3 is active",
    "section 6 is suspended",
    "section 2 has been performed",
    "the latest Claim is Fine",
    "every Claim is Fine",
    "a Claim has been made before TIME",
    "no Claim has been made within 5 calendar days after TIME",
    "no Claim has been made for 5 calendar days after TIME",
    "as of TIME, the First Thing applies",
    "this agreement has terminated",
    "a Done has been made",
    "a Claim which is Fine has been made",
)
SENTENCES = {
    1: (
        '"First Sum" means AMOUNT as of TIME.',
        '"First Thing" means that as of TIME, CONDITION.',
        '"First Thing" means that any of (i) CONDITION; or (ii) CONDITION.',
        '"Second Sum" means AMOUNT where CONDITION, otherwise AMOUNT.',
        '"First Time" means TIME.',
        '"Second Time" means TIME.',
        '"First Sum" means AMOUNT.',
        '"Second Sum" means AMOUNT.',
        '"First Number" means NUMBER.',
        '"First Thing" means that CONDITION.',
        '"Second Thing" means that CONDITION.',
        '"Limit" of a Claim means ROWTIME.',
        '"Worth" of a Claim means AMOUNT.',
        '"Fine" of a Claim means that CONDITION.',
        '"Pay Day" means an event, every 1 month from TIME.',
    ),
    2: (
        "When CONDITION, then the Buyer must pay (AMOUNT) to the Seller by TIME.",
        "The Buyer must pay (AMOUNT) to the Seller within 3 calendar days.",
        "The Buyer must pay (AMOUNT) to Seller within (NUMBER) calendar days after TIME, failing which a Done occurs.",
        "The Buyer must pay (AMOUNT) to the Seller by TIME not counting time while First Thing applies.",
        "Buyer must pay AMOUNT to Seller by TIME, failing which Seller must pay USD 1.00 to Buyer by TIME.",
        "When CONDITION, then AMOUNT passes from the Fund to the Seller.",
    ),
    3: (
        "The Seller must pay (AMOUNT) to the Buyer before TIME.",
        "While CONDITION, then the Agent must hold (AMOUNT) in the Fund.",
        "While CONDITION, then the Seller must pay (AMOUNT) to the Buyer within 3 calendar days not before TIME.",
        "The Agent may pay (AMOUNT) to the Buyer from the Fund by TIME.",
    ),
    4: (
        "For each Claim, the Agent must find a Ruling about such Claim by ROWTIME.",
        "For each Claim, while CONDITION, then Agent must find a Ruling about such Claim by ROWTIME.",
        "For each Claim, Agent must pay the Worth of such Claim to Seller within 3 calendar days not before ROWTIME.",
    ),
    5: (
        "For each Ruling, Buyer must pay AMOUNT to Seller by the deadline of section 4 for the Claim of such Ruling.",
        "For each Ruling, the Buyer must pay (AMOUNT) to the Seller by TIME.",
    ),
    6: (
        "When CONDITION, then a Done occurs.",
        "While CONDITION, then the Buyer is discharged.",
        "When CONDITION, then this agreement terminates.",
    ),
    7: (
        "The total paid under sections 2 and 3 must not exceed AMOUNT in the life of this agreement.",
        "The total paid under section 2 must not exceed AMOUNT in each calendar year; the excess is not payable.",
        "No Claim is valid unless CONDITION.",
    ),
}
HEADS = (
    "",
    " subject to section 3 by suspension while First Thing applies",
    " subject to section 3 by suspension",
    " notwithstanding section 3 by exclusion",
)
HOLES = {"ROWTIME": TIMES_OF_ROWS, "TIME": TIMES, "AMOUNT": AMOUNTS, "NUMBER": NUMBERS, "CONDITION": CONDITIONS}
HOLE = re.compile("|".join(HOLES))
SIMPLE = {
    "ROWTIME": "TIME",
    "TIME": "3 October 2005",
    "AMOUNT": "USD 5.00",
    "NUMBER": "3",
    "CONDITION": "no Done has been made",
}
DEFAULTS = (
    '"First Time" means 3 October 2005.',
    '"Second Time" means 4 October 2005.',
    '"First Sum" means USD 5.00.',
    '"Second Sum" means USD 6.00.',
    '"First Number" means 3.',
    '"First Thing" means that a Done has been made.',
    '"Second Thing" means that a Done has been made.',
    '"Limit" of a Claim means the Day of such Claim.',
    '"Worth" of a Claim means the Amount of such Claim.',
    '"Fine" of a Claim means that a Ruling about such Claim has been made.',
    '"Pay Day" means an event, every 1 month from 3 October 2005.',
)
PLAIN = {
    2: "The Buyer must pay USD 5.00 to the Seller by 3 October 2005.",
    3: "The Seller must pay USD 5.00 to the Buyer by 3 October 2005.",
    4: "For each Claim, the Agent must find a Ruling about such Claim by 3 October 2005.",
    5: "For each Ruling, the Buyer must pay USD 5.00 to the Seller by 3 October 2005.",
    6: "When the balance of the Fund is more than USD 90.00, then a Done occurs.",
    7: "The total paid under sections 2 and 3 must not exceed USD 90.00 in the life of this agreement.",
}
ACTS = (
    "Buyer: deposit USD 9.00 into the Fund.",
    'Buyer: present the Claim "C-1" stating Amount as USD 4.00 and Day as 6 September 2005.',
    'Buyer: present the Claim "C-2" stating Amount as USD 7.00 and Day as 9 September 2005 and Former as "C-1".',
    'Agent: find the Ruling "R-1" about "C-2" stating Length as 4.',
    "Buyer: pay USD 5.00 to the Seller.",
)


Choose = Callable[[Sequence[str]], str]


def filled(sentence: str, choose: Choose, depth: int) -> str:
    """A sentence with something in each of its holes, which may have holes of its own."""

    def put(hole: re.Match[str]) -> str:
        what = choose(HOLES[hole.group()]) if depth else SIMPLE[hole.group()]
        return filled(what, choose, max(depth - 1, 0))

    return HOLE.sub(put, sentence)


def text_of(sentences: Mapping[int, Sequence[str]], head: str = "") -> str:
    """The text of an agreement with these sentences in its clauses, and with the plain meaning of every other name."""
    own = [*sentences.get(1, ())]
    named = {each.split('"')[1] for each in own}
    own += [each for each in DEFAULTS if each.split('"')[1] not in named]
    clauses = [HEAD, *own]
    for number in range(2, 8):
        clauses.append(f"Clause {number}{head if number == 2 else ''}:")
        clauses += sentences.get(number, ()) or (PLAIN[number],)
    return "\n".join(clauses)


def has_errors(loaded: Loaded) -> bool:
    return any(each.severity is Severity.ERROR for each in loaded.diagnostics)


def lives(text: str) -> None:
    """The agreement is opened, lives through some acts, goes on for a year, and answers for all that it says."""
    agreement = agreement_of(text)
    opened = Opened(at(agreement, START))
    history = begin(agreement, opened)
    assert isinstance(history, History)
    deal = Deal(agreement, history, opened.at)
    for act in ACTS:
        deal.attempts(deal.now + timedelta(days=1), act)
        asked(deal)
    deal.until(deal.now + timedelta(days=400))
    asked(deal)


def asked(deal: Deal) -> None:
    law = in_force(deal.agreement, deal.state)
    for section in law.sections:
        explain(law, deal.state, section)
        figures_for(law, deal.state, section)
    for name, value in law.terms.values.items():
        if not value.subject:
            value_now(law, deal.state, Defined(name, value.span, name))


def answered(text: str) -> bool:
    """Whether a text has no errors; what has none can be lived with."""
    loaded = load(text)
    assert has_errors(loaded) == (loaded.agreement is None)
    if loaded.agreement is not None:
        lives(text)
    return loaded.agreement is not None


EVERY = [(number, sentence) for number, each in SENTENCES.items() for sentence in each]


@deep(25)
@given(st.data())
def test_what_speaks_of_itself_is_told_or_does_no_harm(data: st.DataObject) -> None:
    def choose(among: Sequence[str]) -> str:
        return data.draw(st.sampled_from(among))

    said: dict[int | str, tuple[int, str]] = {}
    for number, sentence in data.draw(st.lists(st.sampled_from(EVERY), min_size=1, max_size=4)):
        about = sentence.split('"')[1] if number == 1 else number
        said.setdefault(about, (number, filled(sentence, choose, data.draw(st.integers(0, 2)))))
    sentences: dict[int, list[str]] = {}
    for number, sentence in said.values():
        sentences.setdefault(number, []).append(sentence)

    answered(text_of(sentences, data.draw(st.sampled_from(HEADS))))


def test_without_a_circle_everything_that_can_be_said_here_is_clean() -> None:
    assert answered(text_of({}))


@pytest.mark.parametrize(("number", "sentence"), EVERY, ids=[sentence for _, sentence in EVERY])
def test_each_sentence_is_answered_when_what_it_speaks_of_speaks_of_it(number: int, sentence: str) -> None:
    """Each in its simplest words, by itself."""
    answered(text_of({number: [filled(sentence, lambda among: among[0], 1)]}))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, '"First Time" means the First Time.'),
        (1, '"First Sum" means the smaller of the First Sum and USD 5.00.'),
        (1, '"First Number" means the First Number.'),
        (1, '"First Thing" means that the First Thing applies.'),
        (1, '"Limit" of a Claim means the Limit of such Claim.'),
        (1, '"Worth" of a Claim means the sum of Worth of every Claim.'),
        (1, '"Fine" of a Claim means that every Claim is Fine.'),
        (2, "The Buyer must pay USD 5.00 to the Seller by the deadline of section 2."),
        (2, "The Buyer must pay (the excess under section 2) to the Seller by 3 October 2005."),
        (3, "While a Done has been made, then the Agent must hold (the free balance of the Fund) in the Fund."),
        (
            4,
            "For each Claim, Agent must find a Ruling about such Claim by the deadline of section 4 for such Claim.",
        ),
        (6, "When no Done has been made, then a Done occurs."),
        (7, "The total paid under section 2 must not exceed the limit under section 2 in the life of this agreement."),
    ],
)
def test_what_speaks_of_itself_in_the_text_is_a_mistake(number: int, sentence: str) -> None:
    assert not answered(text_of({number: [sentence]}))
