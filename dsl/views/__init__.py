"""A state to what a reader asks of it: money, papers, conditions, norms, clauses, and what is still open.

Each view is a pure function of an agreement as amended so far and a state as of an instant. Nothing is decided here; a
view shows what the engine knows, in the order of the agreement or of the log.
"""

from dsl.views.checklists import Checklist, Item, checklists
from dsl.views.clauses import ClauseView, RemarkView, clauses, remarks
from dsl.views.money import CapView, FundView, MovementView, PaidView, caps, funds, movements, paid
from dsl.views.norms import NormView, norms
from dsl.views.openness import AmbiguityView, BlankView, SaidView, ambiguities, blanks
from dsl.views.papers import DocumentView, EntryView, FieldView, SignatureView, StageView, documents, entries
from dsl.views.undecided import UndecidedView, discharged, ended, fillers, undecided
from dsl.views.wording import words_of_action, words_of_attempt, words_of_content

__all__ = [
    "AmbiguityView", "BlankView", "CapView", "Checklist", "ClauseView", "DocumentView", "EntryView", "FieldView",
    "FundView", "Item", "MovementView", "NormView", "PaidView", "RemarkView", "SaidView", "SignatureView", "StageView",
    "UndecidedView", "ambiguities", "blanks", "caps", "checklists", "clauses", "discharged", "documents", "ended",
    "entries", "fillers", "funds", "movements", "norms", "paid", "remarks", "undecided", "words_of_action",
    "words_of_attempt", "words_of_content",
]  # fmt: skip
