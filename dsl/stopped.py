"""Why what would happen by itself does not happen although its condition is met: it waits until that is otherwise."""

from dsl import terms as t
from dsl.checks import second_one
from dsl.compile import Agreement
from dsl.money import Quantity
from dsl.reasons import Reason, Truth, Wait
from dsl.state import Entry, State

STOPPED = ("cannot pass", "cannot occur", "cannot amend the agreement")
"""What is said of what does not come about, before the reason."""


def cannot_pass(statement: t.Passes, amount: Quantity, why: str, section: str, waits: tuple[Wait, ...] = ()) -> Reason:
    """Why an amount cannot pass now; it waits for that to be otherwise, or for what brings it about (`waits`)."""
    return _stopped(statement, f"{amount} cannot pass", why, section, waits)


def cannot_occur(agreement: Agreement, state: State, statement: t.Occurs, entry: Entry) -> Reason | None:
    """Why an entry cannot occur now: there can be only one of its kind, and one counts; None if it can."""
    for objection in second_one(agreement, state, entry):
        return _stopped(statement, f"{entry.kind} cannot occur", objection.summary, objection.section)
    return None


def cannot_amend(statement: t.Statement, why: str, section: str) -> Reason:
    """Why the agreement cannot be amended by some clauses now."""
    return _stopped(statement, "these clauses cannot amend the agreement", why, section)


def _stopped(statement: t.Statement, what: str, why: str, section: str, waits: tuple[Wait, ...] = ()) -> Reason:
    told = f"{what}: {why}"
    waits = waits or (Wait("act", told.rstrip("."), section=section),)
    return Reason(Truth.PENDING, statement.text, section, told, waits)
