"""Each clause of the agreement, and how it stands in the deal."""

from dataclasses import dataclass

from dsl import terms as t
from dsl.compile import FAILING, Agreement, covers, survives
from dsl.edges import displacement
from dsl.ending import asked_of_rows, may_have_ended
from dsl.entries import waived_by
from dsl.judge import Judge
from dsl.lapsed import has_lapsed
from dsl.possible import doubtful
from dsl.reasons import Truth
from dsl.settling import unsettled
from dsl.state import State
from dsl.views.norms import norms, statuses
from dsl.views.undecided import OPEN, heard
from dsl.worlds import are_followed, law_of

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
    laws = ((law_of(law, state, each), each) for each in heard(state))
    worlds = [_statuses(own, each) if own is not None else {} for own, each in laws]
    found = {section: {each.get(section, OPEN) for each in worlds} for section in law.terms.clauses}
    return tuple(
        _clause(law, state, clause, found[section].pop() if len(found[section]) == 1 else OPEN)
        for section, clause in law.terms.clauses.items()
    )


def _clause(law: Agreement, state: State, clause: t.Clause, status: str) -> ClauseView:
    displaced = displacement(law, state, clause.section, ("suspension", "replacement"))
    return ClauseView(
        clause.section,
        clause.title,
        clause.part,
        clause.category,
        clause.reason,
        clause.text,
        status,
        displaced[0].upper if displaced is not None else "",
        survives(law, clause.section),
        waived_by(state.waiver_of(clause.section)),
        remarks(law.terms.open_points, clause.section),
        remarks(law.terms.readings, clause.section),
    )


def remarks(found: tuple[t.Remark, ...], section: str) -> tuple[RemarkView, ...]:
    """The remarks that stand in a section."""
    return tuple(RemarkView(each.title, each.text) for each in found if each.section == section)


def _statuses(law: Agreement, state: State) -> dict[str, str]:
    """How each clause stands under one reading."""
    shown: dict[str, list[set[str]]] = {}
    for norm in norms(law, state):
        key = norm.key.partition("#")[0].removesuffix(FAILING)
        if key in law.by_key:
            shown.setdefault(law.by_key[key].section, []).append(statuses(law, state, norm))
    return {name: _status(law, clause, state, shown.get(name, [])) for name, clause in law.terms.clauses.items()}


def _status(law: Agreement, clause: t.Clause, state: State, found: list[set[str]]) -> str:
    """How a clause stands, by the statuses that each of its norms may have."""
    if clause.category != "operative":
        return ""
    if state.terminated is not None and not survives(law, clause.section):
        return "ended"
    judge = Judge(law, state, state.now)
    if may_have_ended(judge, clause.section) is not None:
        return OPEN
    mine = [each for each in law.terms.provisions if each.section == clause.section]
    unsure = [each for each in mine if unsettled(law, state) and _may_have_come(judge, each)]
    found = [*found, *({*_FIRST} for each in unsure if isinstance(each.statement, t.Binding))]
    if found:
        last = min(max(map(_FIRST.index, each)) for each in found)
        first = {each for status in found for each in status if _FIRST.index(each) <= last}
        return first.pop() if len(first) == 1 else OPEN
    keys = {each.key for each in mine}
    if any(key.partition("#")[0] in keys for key in state.latches):
        return "occurred"
    if unsure:
        return OPEN
    if has_lapsed(state, keys):
        return "superseded"
    if any(each.trigger is not None for each in mine):
        return "waiting"
    return "in force" if _always(law, clause.section) or mine else ""


def _may_have_come(judge: Judge, provision: t.Provision) -> bool:
    """Whether it is open whether something has come that is not there. What happens by itself under a reading that is
    followed is there under it; where it is not, it has been stopped, as by a fund that holds too little."""
    if isinstance(provision.statement, t.Binding):
        return provision.key not in judge.agreement.of_today and next(doubtful(judge, provision), None) is not None
    followed = {"reading"} if are_followed(judge.agreement, judge.state) else {""}
    return any(
        truth is Truth.OPEN and {wait.what for each in reasons for wait in each.awaited()} != followed
        for _, truth, reasons in asked_of_rows(judge, provision)
    )


def _always(law: Agreement, section: str) -> bool:
    terms = law.terms
    guards = (*terms.validities, *terms.outflows, *terms.caps, *((terms.notice_rule,) if terms.notice_rule else ()))
    return any(covers(section, each.section) for each in guards)
