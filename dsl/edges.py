"""Which section yields to which, now and for a row: the edges of the agreement judged against a state.

A duty or ban displaces while it is in force, a power from its use on, and with `while` a condition says when. Where one
section needs another one, what it would allow or bring about waits until that has been done.
"""

from datetime import date, datetime

from dsl import terms as t
from dsl.calendars import start_of_day
from dsl.compile import Agreement, covers
from dsl.judge import Judge
from dsl.past import rewound
from dsl.possible import doubtful
from dsl.reasons import Reason, Truth
from dsl.state import Entry, State


def edges_over(agreement: Agreement, section: str, row: Entry | None = None) -> tuple[t.Edge, ...]:
    """The edges by which a section yields to others, for a row; one that speaks of `such` row concerns rows only."""
    of_row = agreement.nouns_of(row.kind) if row is not None else ()
    return tuple(edge for edge in agreement.terms.edges if covers(edge.lower, section) and set(edge.nouns) <= {*of_row})


DISPLACING = ("suspension", "replacement")


def displacement(
    agreement: Agreement,
    state: State,
    section: str,
    modes: tuple[str, ...] = DISPLACING,
    row: Entry | None = None,
    truth: Truth = Truth.TRUE,
) -> tuple[t.Edge, Reason] | None:
    """The edge by which a section is displaced now (for a row), with the reason; None if nothing displaces it.

    `truth` open asks for an edge of which it is open whether it displaces.
    """
    judge = Judge(agreement, state, state.now)
    judge = judge if row is None else judge.with_row(row)
    asked = (edge for edge in edges_over(agreement, section, row) if edge.mode in modes)
    for edge in sorted(asked, key=lambda edge: edge.mode != "replacement"):  # what is gone for good does not wait
        if edge.condition is not None:
            reason = judge.judge(edge.condition) if truth is Truth.TRUE else judge.as_it_stands(edge.condition)
            if reason.truth is truth:
                return edge, reason
        elif truth is Truth.TRUE and prevails(agreement, state, edge.upper, row):
            return edge, Reason(Truth.TRUE, f"section {edge.upper} is in force", edge.upper)
        elif truth is Truth.OPEN:
            why = _may_prevail(judge, edge.upper, row)
            if why is not None:
                return edge, why
    return None


def replacing(agreement: Agreement, state: State, section: str, row: Entry | None) -> tuple[str, ...]:
    """The section that has replaced another one; all that may have, where none of them displaces it any longer."""
    now = displacement(agreement, state, section, ("replacement",), row)
    over = (now[0],) if now is not None else edges_over(agreement, section, row)
    return tuple(dict.fromkeys(edge.upper for edge in over if edge.mode == "replacement"))


def suspended(agreement: Agreement, state: State, section: str) -> tuple[t.Edge, Reason] | None:
    """The edge by which a section is suspended now, and not replaced as well; None if it is not."""
    found = displacement(agreement, state, section)
    return found if found is not None and found[0].mode == "suspension" else None


def held_back(agreement: Agreement, state: State, row: Entry | None) -> datetime | None:
    """Since when a day that recurs had waited for a suspension of its section to end, when it came; else None."""
    day = row.content(t.DAY) if row is not None and row.kind in {kind.name for kind in agreement.recurring} else None
    if row is None or not isinstance(day, date):
        return None
    since = start_of_day(day, agreement.terms.zone)
    late = state.opened <= since < row.at
    return since if late and suspended(agreement, rewound(state, since), row.section) else None


def prevails(agreement: Agreement, state: State, section: str, row: Entry | None) -> bool:
    """A duty or ban displaces while it is in force, a power from its exercise; between rules for rows, per row."""
    above = {each.key: each for each in agreement.provisions if covers(section, each.cited)}
    for provision in above.values():
        if not isinstance(provision.statement, t.Duty | t.Ban):
            continue
        if row is not None and provision.rows is not None and row.kind in provision.rows.kinds:
            own = state.norm(provision.key, row.number)
            if own is not None and own.live:
                return True
        elif any(norm.live for norm in state.norms_of(provision.key)):
            return True
    gone = (key for key in state.index.exercises if key not in agreement.by_key)
    for key in (*above, *gone):
        if key in above and not isinstance(above[key].statement, t.Power):
            continue
        rows = above[key].rows if key in above else None
        per_row = rows is not None and row is not None and row.kind in rows.kinds
        for used in state.standing_exercises(key):
            if covers(section, used.section) and (not per_row or (row is not None and used.row == row.number)):
                return True
    return False


def _may_prevail(judge: Judge, section: str, row: Entry | None) -> Reason | None:
    """Why it is open whether a duty or ban of a section is in force; between rules for rows, for the row alone."""
    for provision in judge.agreement.provisions:
        if not covers(section, provision.cited) or not isinstance(provision.statement, t.Duty | t.Ban):
            continue
        per_row = provision.rows is not None and row is not None and row.kind in provision.rows.kinds
        for _, why in doubtful(judge, provision, row if per_row else None):
            return why
    return None


def unmet(judge: Judge, section: str, row: Entry | None) -> tuple[t.Edge, Reason] | None:
    """The edge by which a section needs something that is not so, or not done yet, with the reason; else None."""
    for edge in edges_over(judge.agreement, section, row):
        if edge.mode == "condition":
            why = judge.judge(edge.condition) if edge.condition is not None else _done_under(judge, edge)
            if why.truth is not Truth.TRUE:
                return edge, why
    return None


def _done_under(judge: Judge, edge: t.Edge) -> Reason:
    """Whether the section that another one needs has been performed or, where it has no duty, exercised."""
    found = [
        judge.judge(t.Performed(edge.text, edge.span, edge.upper, word, None)) for word in ("performed", "exercised")
    ]
    above = (each.statement for each in judge.agreement.provisions if covers(edge.upper, each.cited))
    only_used = not any(isinstance(each, t.Duty) for each in above)
    return next((way for way in found if way.truth is Truth.TRUE), found[only_used])
