"""A deal of which a section is replaced by an amendment."""

from dataclasses import replace

from api import codec
from dsl.engine import advance
from dsl.replay import fold
from dsl.state import State
from tests.dsl.deals import Deal, opened

BILLED = "For each Bill, when such Bill has been made, then "
ANSWER = "For each Bill, when such Bill has been made, then the Buyer may make an Answer about such Bill within {}."
CHANGE = """
Clause 9 "Change":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
  "Bill" means a claim, made by the Seller.
  "Go" means an act, made by the Seller.
  "Word" means an act, made by the Buyer.
  "Mark" means an act, made by the Agent.
  "Answer" means a claim, made by the Buyer, about a Bill.
  The Buyer may refund any amount to the Agent from the Fund.
"""


def deal(sentences: str, more: str = "") -> Deal:
    """A deal with USD 100.00 in the fund."""
    made = opened(f'Clause 2 "Said": {sentences}\n{more}\n{CHANGE}')
    made.does("", "Buyer: deposit USD 100.00 into the Fund.")
    return made


def amend(made: Deal, sentences: str, when: str = "", section: str = "2") -> None:
    """The parties replace a section, and both the log and what is kept lead to the state that came of it."""
    words = f"Clause {section} 'As amended': {sentences}"
    made.does(when, f'Buyer: sign the Amendment stating Changes as clauses "{words}".')
    made.does(when, "Seller: sign the Amendment.")
    events = [record.event for record in made.history.records]
    again = advance(made.agreement, fold(made.agreement, made.history.opened, events), made.state.now)
    assert replace(again, divergences=(), restated=()) == replace(made.state, divergences=(), restated=())
    assert made.state.restless == ()
    assert codec.read(codec.write(made.state, State), State) == made.state
