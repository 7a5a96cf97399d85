"""What one act costs among many rows, as a ratio to the same act among few in the same run.

Run with `python -m benchmarks.rows`. Each line is one kind of act: the middle one of its last costs among many rows,
divided by that among few. An act that touches one row should cost about the same; one that is judged by a figure over
all rows grows with them. No figure here is a time, so it can be compared between machines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from tracemalloc import get_traced_memory, start, stop

from dsl import terms as t
from dsl.actions import Action, Attempt, Deposit, Make, Pay
from dsl.compile import Agreement, compile_terms
from dsl.engine import advance, decide, evolve, open_deal
from dsl.events import Acted, Opened
from dsl.load import load
from dsl.money import Quantity
from dsl.state import State

FEW, MANY, LAST = 100, 3_000, 21
SPAC = Path(__file__).parent.parent / "agreements" / "spac_trust" / "agreement.clause"
CLAIMS = """
Agreement "Claims".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.
Clause 1 "Who":
  "Buyer" means a party.
  "Agent" means a party.
  "Fund" means a fund in USD, held by the Agent.
  The Buyer may deposit any amount into the Fund.
Clause 2 "Claims":
  "Claim" means a claim, made by the Buyer, addressed to the Agent, stating Amount as amount.
  For each Claim, when such Claim has been given,
    then the Agent must pay the Amount of such Claim to the Buyer from the Fund within 30 business days.
"""
TEN = datetime.fromisoformat("2026-01-05T15:00:00+00:00")


@dataclass
class Deal:
    """A deal that goes on a minute at a time; `costs` are the seconds that each kind of act took."""

    agreement: Agreement
    state: State
    costs: dict[str, list[float]] = field(default_factory=dict)

    def act(self, kind: str, actor: str, action: Action) -> None:
        """One act, from the waiting before it to what follows from it."""
        at = self.state.now + timedelta(minutes=1)
        began = perf_counter()
        before = advance(self.agreement, self.state, at)
        answer = decide(self.agreement, before, Attempt(actor, action), at)
        assert isinstance(answer, Acted), answer
        self.state = evolve(self.agreement, before, answer)
        self.costs.setdefault(kind, []).append(perf_counter() - began)


def deal(text: str, *blanks: tuple[str, t.Content]) -> Deal:
    """A deal that has just been opened."""
    terms = load(text).agreement
    assert terms is not None
    agreement = compile_terms(terms)
    assert isinstance(agreement, Agreement)
    state = open_deal(agreement, Opened(TEN, (), blanks))
    assert isinstance(state, State)
    return Deal(agreement, state)


def claims(rows: int) -> Deal:
    """Claims are made, and the last ones paid."""
    made = deal(CLAIMS)
    made.act("deposit", "Buyer", Deposit(Quantity(rows * 1_000, "USD"), "Fund"))
    for number in range(rows):
        made.act("claim", "Buyer", Make("Claim", f"C-{number}", (("Amount", Quantity(1_000, "USD")),)))
    for number in range(rows - LAST, rows):
        made.act("payment", "Agent", Pay("pay", Quantity(1_000, "USD"), "Buyer", "Fund", f"C-{number}"))
    return made


def trust(rows: int) -> Deal:
    """Holders are entered with what they hold, and each elects to redeem half of it."""
    made = deal(SPAC.read_text(encoding="utf-8"), ("IPO Closing", date(2026, 1, 6)))
    agent = "Transfer Agent"
    made.act("deposit", "Company", Deposit(Quantity(17_595_000_000, "USD"), "Trust Account"))
    for number in range(rows):
        stated = (
            ("Name", t.NameValue(f'"Owner {number}"')),
            ("Group", f"G-{number}"),
            ("Class", t.NameValue("Public")),
        )
        made.act("holder", agent, Make("Holder", f"H-{number}", stated))
    for number in range(rows):
        made.act("holding", agent, Make("Holding", "", (("Owned", Quantity(1_000, "Shares")),), f"H-{number}"))
    purpose = (("Purpose", t.NameValue("Longer Time")), ("New Date", date(2028, 6, 1)))
    made.act("meeting", "Company", Make("Meeting", "M", (("Day", date(2026, 3, 2)), *purpose)))
    for number in range(rows):
        stated = ("Tenderer", t.EntryName(f"H-{number}")), ("Count", Quantity(500, "Shares"))
        made.act("election", agent, Make("Election", "", stated, "M"))
    return made


def lines() -> Iterator[str]:
    """A line for each kind of act, and one for the memory that a deal takes for each row."""
    for name, live in (("claims", claims), ("trust", trust)):
        live(LAST)
        few, many = live(FEW), live(MANY)
        for kind, costs in many.costs.items():
            if len(costs) >= LAST:
                ratio = median(costs[-LAST:]) / median(few.costs[kind][-LAST:])
                yield f"{name}, {kind}: {ratio:.1f} times the cost at {MANY} rows as at {FEW}"
    yield f"claims, memory: {_bytes(MANY) / _bytes(FEW) / (MANY / FEW):.1f} times as much for each row"


def _bytes(rows: int) -> int:
    start()
    made = claims(rows)
    taken = get_traced_memory()[0]
    stop()
    assert made.state.acts > rows
    return taken


if __name__ == "__main__":
    for line in lines():
        print(line)
