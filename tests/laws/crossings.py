"""Crossings: agreements in which the forms of the language meet, each put together from parts that share their nouns.

The parts are forms of the reference's own examples. A sentence takes one of each group (a filter, a trigger, an amount,
a statement, a window); an agreement has two such sentences over the same rows and the same fund, so that any two forms
may meet, within a sentence or between two.
"""

from datetime import timedelta

from dsl.events import Acted, Opened
from dsl.history import History, attempt, begin
from tests.dsl.deals import agreement_of, at, attempt_of
from tests.laws.journeys import Choose, Journey, of, onwards

_FRAME = """Agreement "Crossing".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who":
  "Buyer" means a party.
  "Seller" means a party.
  "Agent" means a party.
  "Fund" means a fund in USD, held by the Agent.
  The Buyer may deposit any amount into the Fund.

Clause 2 "What is told":
  "Claim" means a claim, made by the Seller, stating Amount as amount and Due as date.
  "Decision" means a finding, made by the Buyer, about a Claim, only one for each Claim.
  "Undecided" of a Claim means that no Decision about such Claim has been made.
  "Outbid" of a Claim means that another Claim whose Amount is more than the Amount of such Claim has been made.
  "Closing" means a finding, made by the Buyer.
  "Pause" means a claim, made by the Buyer.
  "Paused" means that a Pause has been made.
  "Outage" means a claim, made by the Seller, stating Start as date.
  "All Clear" means a claim, made by the Seller, about an Outage, stating Last Day as date.
  "End" of an Outage means the Last Day of the latest All Clear about such Outage.
  "Request" means a claim, made by the Seller, stating Extension as period.
  "Grace" means 2 business days.
  "Resignation" means a claim, made by the Agent.
  "Appointment" means a writing, signed by the Buyer and the Seller, stating Successor as text.
  "Report" means a claim, made by the Seller, about a Claim.

Clause 3 "The agent":
  When a Resignation has been made, then the Agent becomes vacant.
  For each Appointment, when such Appointment has been completed,
    then the Successor of such Appointment becomes the Agent.
"""
_WHICH = ("", " which is Undecided", " whose Amount is more than USD 20.00")
_WHEN = (
    "",
    ", when such Claim is Outbid",
    ", when as of 5 June 2026, such Claim is Undecided",
    ", when no Report about such Claim has been made for 3 calendar days",
    ", when no Decision about such Claim has been made within 2 business days after the making of such Claim",
    ", when no other Claim has been made",
    ", when the Agent is vacant",
    ", while such Claim is Undecided",
    ", while the Due of the Claim with the earliest Due is before today",
)
_AMOUNTS = (
    "USD 10.00",
    "the Amount of such Claim",
    "the Amount of the Claim with the earliest Due",
    "the share of such Claim in USD 50.00 in order of Due of every Claim up to Amount",
    "the sum of Amount of every other Claim",
    "10 percent of the balance of the Fund as of 5 June 2026",
)
_WINDOWS = (
    "",
    " within the Grace",
    " within 3 business days between 09:00 and 17:00 on a business day",
    " by 8 June 2026 extended by the Extension of the latest Request",
    " within 48 hours not counting time while Paused applies",
    " by the Due of such Claim not counting time from the Start to the End of every Outage",
)
_BOUND = (
    "the Agent must pay {amount} to the Seller from the Fund{window}",
    "the Buyer must pay {amount} to the Seller in order of Due{window}",
    "the Agent may pay {amount} to the Seller from the Fund{window}",
    "the Seller must make a Report about such Claim{window}",
    "the Buyer must ensure{window} that a Decision about such Claim has been made",
    "the Agent must hold {amount} in the Fund",
)
_FAILING = ("", ", failing which a Default occurs", ", failing which {amount} passes from the Fund to the Buyer")
_NAMED = {
    "Note": '  "Note" means an event, about a Claim, stating Sum as amount.\n',
    "Default": '  "Default" means an event.\n',
}
_HAPPENS = (
    "{amount} passes from the Fund to the Seller",
    "a Note occurs about such Claim stating Sum as {amount}",
    "the Agent becomes vacant",
)
_TOGETHER = ("", ", and a Note occurs about such Claim stating Sum as {amount}", ", and the Agent becomes vacant")
_EVERY = (
    "When a Closing has been made, then for every Claim{which}, {happens}",
    "When no Claim has been made for 5 calendar days, then for every Claim{which}, {happens}",
)
BEGINNING = (
    "Buyer: deposit USD 100.00 into the Fund.",
    'Seller: present the Claim "A" stating Amount as USD 30.00 and Due as 9 June 2026.',
    'Seller: present the Claim "B" stating Amount as USD 15.00 and Due as 4 June 2026.',
)
"""What every crossing begins with: money and two claims."""
ACTS = (
    "Buyer: deposit USD 25.00 into the Fund.",
    'Seller: present the Claim "C" stating Amount as USD 40.00 and Due as 9 June 2026.',
    'Seller: withdraw the Claim "A".',
    'Buyer: find the Decision about "A".',
    "Buyer: find the Decision about every Claim which is Undecided.",
    "Buyer: find the Closing.",
    'Buyer: present the Pause "P".',
    'Buyer: withdraw the Pause "P".',
    'Seller: present the Outage "O" stating Start as 3 June 2026.',
    'Seller: present the All Clear about "O" stating Last Day as 5 June 2026.',
    "Seller: present the Request stating Extension as 3 business days.",
    "Agent: present the Resignation.",
    'Buyer: sign the Appointment "N" stating Successor as "New Trust".',
    'Seller: sign the Appointment "N".',
    'Seller: present the Report about "A".',
    "Seller: present the Report about every Claim which is Undecided.",
    'Agent: pay USD 10.00 to the Seller from the Fund about "A".',
    'Agent: pay USD 30.00 to the Seller from the Fund about "A".',
    'Agent: pay USD 15.00 to the Seller from the Fund about "B".',
    "Agent: pay USD 45.00 to the Seller from the Fund about every Claim.",
    'Buyer: pay USD 10.00 to the Seller about "A".',
    "Buyer: pay USD 20.00 to the Seller.",
    "Buyer: pay USD 10.00 to the Seller about every Claim.",
    "Buyer: pay USD 20.00 to the Seller about every Claim.",
    "Seller: assert breach of section 4.",
)
OPENING = "09:00 on 1 June 2026"


def text_of(choose: Choose) -> str:
    """An agreement of two sentences, of parts chosen from each group."""
    said = f'\nClause 4 "One":\n{_sentence(choose)}\nClause 5 "Other":\n{_sentence(choose)}'
    return _FRAME + "".join(definition for noun, definition in _NAMED.items() if noun in said) + said


def _sentence(choose: Choose) -> str:
    which, amount, window = of(choose, _WHICH), of(choose, _AMOUNTS), of(choose, _WINDOWS)
    if choose(3) == 0:
        happens = of(choose, _HAPPENS).format(amount=amount)
        return f"  {of(choose, _EVERY).format(which=which, happens=happens)}.\n"
    if choose(2):
        said = (of(choose, _HAPPENS) + of(choose, _TOGETHER)).format(amount=amount)
    else:
        said = of(choose, _BOUND).format(amount=amount, window=window)
        if window and window in said and " must " in said:
            said += of(choose, _FAILING).format(amount="USD 1.00")
    when = of(choose, _WHEN)
    then = f"{when},\n    then" if when else ","
    return f"  For each Claim{which}{then} {said}.\n"


def crossing(text: str, choose: Choose, steps: int) -> Journey:
    """A journey of at most so many steps through such an agreement, from where there are two claims."""
    agreement = agreement_of(text)
    history = begin(agreement, Opened(at(agreement, OPENING)))
    assert isinstance(history, History)
    for words in BEGINNING:
        now = history.state.now + timedelta(minutes=1)
        history, answer = attempt(history, attempt_of(agreement, words), now, now)
        assert isinstance(answer, Acted)
    attempts = tuple(attempt_of(agreement, words) for words in ACTS)
    return Journey("Crossing", text, history, tuple(onwards(history, attempts, choose, steps)), attempts)
