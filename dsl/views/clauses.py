"""Each clause of the agreement, and how it stands in the deal."""

from dataclasses import dataclass
from functools import partial

from dsl import terms as t
from dsl.compile import FAILING, Agreement, covers, survives
from dsl.edges import displacement
from dsl.entries import waived_by
from dsl.lapsed import has_lapsed
from dsl.state import State
from dsl.views.norms import norms
from dsl.views.undecided import OPEN, in_all

_FIRST = (
    "overdue", "suspended", "active", "superseded", "waived", "excused", "discharged", "fulfilled late", "fulfilled",
    "dormant",
)  # fmt: skip
"""Which status speaks for a clause that has several norms: the one a reader must know about first."""


@dataclass(frozen=True, slots=True)
class RemarkView:
    """An open point of the source, or a choice of reading that the file makes."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A section and how it stands.

    `status` is that of its norms, `occurred`, `waiting` or `superseded` for what happens by itself, `in force` for a
    rule that is always there, `open` where it is not the same under every reading, or empty for a clause that does not
    operate.
    """

    section: str
    title: str
    part: str
    category: str
    reason: str
    text: str
    status: str
    displaced_by: str
    survives: bool
    waived_by: str
    open_points: tuple[RemarkView, ...]
    readings: tuple[RemarkView, ...]


def clauses(law: Agreement, state: State) -> tuple[ClauseView, ...]:
    """Every clause, in the order of the text."""
    shown: dict[str, set[str]] = {}
    for norm in norms(law, state):
        key = norm.key.partition("#")[0].removesuffix(FAILING)
        if key in law.by_key:
            shown.setdefault(law.by_key[key].section, set()).add(norm.status)
    unsure = {section for section, found in shown.items() if OPEN in found and not found & {*_FIRST[:3]}}
    return tuple(_clause(law, state, each, each.section in unsure) for each in law.terms.clauses.values())


def _clause(law: Agreement, state: State, clause: t.Clause, unsure: bool) -> ClauseView:
    """How a clause stands; of one of whose norms it is open how they stand that is open too."""
    status = in_all(state, partial(_status, law, clause), OPEN)
    displaced = displacement(law, state, clause.section, ("suspension", "replacement"))
    return ClauseView(
        clause.section,
        clause.title,
        clause.part,
        clause.category,
        clause.reason,
        clause.text,
        OPEN if unsure else status,
        displaced[0].upper if displaced is not None else "",
        survives(law, clause.section),
        waived_by(state.waiver_of(clause.section)),
        remarks(law.terms.open_points, clause.section),
        remarks(law.terms.readings, clause.section),
    )


def remarks(found: tuple[t.Remark, ...], section: str) -> tuple[RemarkView, ...]:
    """The remarks that stand in a section."""
    return tuple(RemarkView(each.title, each.text) for each in found if each.section == section)


def _status(law: Agreement, clause: t.Clause, state: State) -> str:
    if clause.category != "operative":
        return ""
    if state.terminated is not None and not survives(law, clause.section):
        return "ended"
    mine = [each for each in law.terms.provisions if each.section == clause.section]
    keys = {each.key for each in mine}
    found = {norm.status for norm in state.norms.values() if norm.provision.removesuffix("!") in keys}
    if found:
        return min(found, key=_FIRST.index)
    if any(key.partition("#")[0] in keys for key in state.latches):
        return "occurred"
    if has_lapsed(state, keys):
        return "superseded"
    if any(each.trigger is not None for each in mine):
        return "waiting"
    return "in force" if _always(law, clause.section) or mine else ""


def _always(law: Agreement, section: str) -> bool:
    terms = law.terms
    guards = (*terms.validities, *terms.outflows, *terms.caps, *((terms.notice_rule,) if terms.notice_rule else ()))
    return any(covers(section, each.section) for each in guards)
