"""What a waiver reaches: the norms of its section that are there, and those that may still come."""

from dsl import terms as t
from dsl.compile import Agreement
from dsl.owed import recurs
from dsl.reasons import either
from dsl.state import Norm, State

_TO_COME = ("suspended", "dormant")


def idle_because(agreement: Agreement, state: State, section: str) -> str:
    """Why a waiver of a section, which has ended nothing, will never end anything either; empty where it may.

    It reaches an item of a list, and whatever may still begin: a duty whose condition has not come, or may come again,
    and the first row of those that there are none of yet.
    """
    bound = [each for each in agreement.provisions if section in (each.section, each.cited) and _binds(each)]
    if not bound:
        known = section in agreement.terms.clauses
        return f"section {section} itself binds nobody" if known else ""
    if any(_may_come(agreement, state, each, section) for each in bound):
        return ""
    statuses = dict.fromkeys(norm.status for each in bound for norm in state.norms_of(each.key))
    return f"what section {section} asks for is already {either(tuple(statuses), 'or')}"


def _binds(provision: t.Provision) -> bool:
    return isinstance(provision.statement, t.Binding)


def _may_come(agreement: Agreement, state: State, provision: t.Provision, section: str) -> bool:
    """Whether something may still begin under a provision that the waivers of a section reach."""
    if provision.rows is None:
        return _goes_on(agreement, provision, state.norm(provision.key, None))
    rows = state.of_kinds(provision.rows.kinds)
    reached = (row for row in rows if state.waiver_of(section, (row,)))
    norms = (state.norm(provision.key, row.number) for row in reached)
    lasting = any(number in state.lasting for given in state.waived[section] for number in given.waivers)
    return not rows or lasting or any(_goes_on(agreement, provision, norm) for norm in norms)


def _goes_on(agreement: Agreement, provision: t.Provision, norm: Norm | None) -> bool:
    return norm is None or norm.live or norm.status in _TO_COME or recurs(agreement, provision)
