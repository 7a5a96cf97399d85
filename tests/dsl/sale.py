"""The sale of a bicycle, whose terms are looked at one sentence or one question at a time."""

from typing import Any

from dsl.diagnostics import render_all
from dsl.parse import parse_agreement, parse_question
from dsl.resolve import resolve, resolve_condition
from dsl.source import Source
from dsl.terms import Provision, Terms

DEAL = """Agreement "Sale of a bicycle".
The time zone is "Europe/Berlin". The business days are those of "DE". The currency is EUR.
Clause 1 "Definitions":
  "Buyer" means a party. "Seller" means a party. "Agent" means a party.
  "Sides" means a group of the Buyer and the Seller, acting by each of them.
  "Price" means EUR 500.00.
  "Fund" means a fund in EUR, held by the Agent, for the Price.
  "Handover Day" means a required blank date.
  "Claim" means a claim, made by the Buyer, stating Amount as amount and Class as one of (Damage, Delay)
    and Proven as yes-or-no.
  "Objection" means a notice, made by the Seller, about a Claim.
  "Order" means a writing, signed by the Sides, addressed to the Agent, stating Payments as payments.
  "Receipt" means a document, signed by the Buyer.
  "Paper" means the list of Order and Receipt.
  "Settled" of a Claim means that such Claim has been withdrawn.
  "Late" means that 5 May 2026 has passed.
"""


def deal(sentences: str) -> Terms:
    """The terms of the sale with a second clause."""
    source = Source("sale.clause", f"{DEAL}Clause 2: {sentences}")
    parsed = parse_agreement(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    resolved = resolve(parsed.syntax, source)
    assert resolved.terms is not None, render_all(resolved.diagnostics, source)
    return resolved.terms


def only(sentences: str) -> Provision:
    """The one provision of a clause."""
    (provision,) = deal(sentences).provisions
    return provision


def asked(words: str) -> Any:
    """A condition asked about the sale."""
    source = Source("question", words)
    parsed = parse_question(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    condition, problems = resolve_condition(parsed.syntax.condition, deal("This agreement terminates."), source)
    assert condition is not None, render_all(problems, source)
    return condition


def figure(words: str) -> Any:
    """A value of the sale: the left side of a comparison with itself."""
    return asked(f"{words} is equal to {words}.").left
