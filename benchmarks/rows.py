"""What one act costs among many rows, as a ratio to the same act among few in the same run.

Run with `python -m benchmarks.rows`. A line is one kind of act: the middle one of its last costs among many rows,
divided by that among few; an act that touches one row should cost about the same, also where it is judged by a figure
over all of them. What touches every row, a redemption, a liquidation or the list of what somebody can do, is divided by
the rows, so that it too should cost about the same. No figure here is a time, so it can be compared between machines.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from tracemalloc import get_traced_memory, start, stop

from dsl import terms as t
from dsl.actions import Action, Attempt, Deposit, Make, Pay
from dsl.compile import Agreement, compile_terms
from dsl.engine import advance, decide, evolve, explain, open_deal
from dsl.events import Acted, Opened
from dsl.load import load
from dsl.money import Quantity
from dsl.possibilities import possibilities
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
AGENT = "Transfer Agent"
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
        began = process_time()
        before = advance(self.agreement, self.state, at)
        answer = decide(self.agreement, before, Attempt(actor, action), at)
        assert isinstance(answer, Acted), answer
        self.state = evolve(self.agreement, before, answer)
        self.costs.setdefault(kind, []).append(process_time() - began)

    def until(self, at: datetime) -> None:
        """Time passes."""
        self.state = advance(self.agreement, self.state, at)

    def ask(self, kind: str, question: Callable[[], object]) -> None:
        """Something that is asked once, or happens by itself."""
        began = process_time()
        question()
        self.costs.setdefault(kind, []).append(process_time() - began)


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


def register(rows: int, one_group: bool = False) -> Deal:
    """Holders are entered with what they hold."""
    made = deal(SPAC.read_text(encoding="utf-8"), ("IPO Closing", date(2026, 1, 6)))
    made.act("deposit", "Company", Deposit(Quantity(17_595_000_000, "USD"), "Trust Account"))
    for number in range(rows):
        stated = (
            ("Name", t.NameValue(f'"Owner {number}"')),
            ("Group", "G" if one_group else f"G-{number}"),
            ("Class", t.NameValue("Public")),
        )
        made.act("holder", AGENT, Make("Holder", f"H-{number}", stated))
    for number in range(rows):
        made.act("holding", AGENT, Make("Holding", "", (("Owned", Quantity(1_000, "Shares")),), f"H-{number}"))
    return made


def meeting(rows: int, one_group: bool = False) -> Deal:
    """Each holder elects to redeem half of what it holds and votes; then it is redeemed, and some of it paid."""
    made = register(rows, one_group)
    purpose = (("Purpose", t.NameValue("Longer Time")), ("New Date", date(2028, 6, 1)))
    made.act("occasion", "Company", Make("Occasion", "M", (("Day", date(2026, 3, 2)), *purpose)))
    for number in range(rows):
        stated = ("Tenderer", t.EntryName(f"H-{number}")), ("Count", Quantity(500, "Shares"))
        made.act("election", AGENT, Make("Election", "", stated, "M"))
    made.ask("what the Transfer Agent can do, for each row", lambda: possibilities(made.agreement, made.state, AGENT))
    made.ask("what the Trustee can do, for each row", lambda: possibilities(made.agreement, made.state, "Trustee"))
    for number in range(rows):
        vote = ("Choice", t.NameValue("In Favour")), ("Weight", Quantity(1_000, "Shares"))
        made.act("ballot", "Inspector", Make("Ballot", "", (("Voter", t.EntryName(f"H-{number}")), *vote), "M"))
    made.until(datetime.fromisoformat("2026-03-02T15:00:00+00:00"))
    entitled = (("Entitled", Quantity(1_000 * rows, "Shares")),)
    made.act("declaration, for each row", "Inspector", Make("Declaration", "", entitled, "M"))
    assets = (("Assets", Quantity(500_000_100, "USD")),)
    made.act("redemption, for each row", "Company", Make("Assets Certificate", "", assets, "M"))
    for each in [entry for entry in made.state.entries if entry.kind == "Redemption"][:LAST]:
        due, name = each.content("Sum"), each.content("Recipient")
        assert isinstance(due, Quantity)
        assert isinstance(name, t.NameValue)
        made.act("payment", "Trustee", Pay("pay", due, name.name, "Operating Account", each.name))
    return made


def one_group(rows: int) -> Deal:
    """The same, where all holders act together."""
    return meeting(rows, one_group=True)


def liquidation(rows: int) -> Deal:
    """Nothing is bought in time, and the holders share what there is."""
    made = register(rows)
    made.ask("liquidation, for each row", lambda: made.until(datetime.fromisoformat("2028-02-01T15:00:00+00:00")))
    made.ask("explanation, for each row", lambda: explain(made.agreement, made.state, "20.2"))
    for number in range(LAST):
        share = Quantity(17_595_000_000 // rows, "USD")
        made.act("payment", "Trustee", Pay("pay", share, f'"Owner {number}"', "Operating Account", f"H-{number}"))
    return made


def lines() -> Iterator[str]:
    """A line for each kind of act, and one for the memory that a deal takes for each row."""
    for live in (claims, meeting, one_group, liquidation):
        live(LAST)
        few, many = live(FEW), live(MANY)
        for kind, costs in many.costs.items():
            ratio = median(costs[-LAST:]) / median(few.costs[kind][-LAST:])
            if kind.endswith(", for each row"):
                yield f"{live.__name__}, {kind}: {ratio / (MANY / FEW):.1f} times the cost at {MANY} rows as at {FEW}"
            elif len(costs) >= LAST:
                yield f"{live.__name__}, {kind}: {ratio:.1f} times the cost at {MANY} rows as at {FEW}"
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
