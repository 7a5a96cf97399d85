"""What would end that something is so: a condition that is true in, the acts that would make it untrue out.

A suspension and a hold stand in the way of an act because something is so. Who wants to know what the act waits for is
told who can end that.
"""

from collections.abc import Iterator
from itertools import islice

from dsl import terms as t
from dsl.bearing import bearers
from dsl.compile import covers
from dsl.holds import Held
from dsl.judge import Judge
from dsl.norms import judge_for
from dsl.reasons import Gap, Reason, Truth, Wait, either
from dsl.stages import makers
from dsl.state import Entry

_TOLD = 3
"""Of how many entries that keep something so it is said what would end that."""


def unsuspended(judge: Judge, edge: t.Edge, cited: str, why: Reason) -> tuple[Wait, ...]:
    """What would end that a section is displaced by an edge: what it is displaced for is no longer so, or is done; what
    is awaited where that is open."""
    if why.truth is not Truth.TRUE:
        return why.waits
    if edge.condition is not None:
        found = tuple(_endings(judge, edge.condition))
    else:
        found = tuple(wait for each in _above(judge, edge) for wait in _done(judge, each))
    nobody = Wait("act", f"section {edge.upper} no longer displaces section {cited}", section=edge.upper)
    return tuple(dict.fromkeys(found)) or (nobody,)


def unheld(judge: Judge, held: Held, fund: str) -> tuple[Wait, ...]:
    """What would end that an amount is held back in a fund: its condition ends, or somebody lifts it."""
    found: list[Wait] = []
    for provision in judge.agreement.provisions:
        act = getattr(provision.statement, "act", None)
        if not isinstance(act, t.Hold) or act.fund != fund:
            continue
        if act.lifts and isinstance(provision.statement, t.Duty | t.Power):
            who = bearers(judge_for(judge.agreement, judge.state, provision, held.about), provision.statement)
            found.append(Wait("act", f"{either(who, 'or')} can lift the hold", who, section=provision.cited))
        elif (provision.cited, provision.text) == (held.section, held.text) and provision.trigger is not None:
            inner = judge if held.about is None or provision.rows is None else judge.with_row(held.about)
            found += _endings(inner, provision.trigger) if not provision.latches else ()
    nobody = Wait("act", f"what is held under section {held.section} is no longer held", section=held.section)
    return tuple(dict.fromkeys(found)) or (nobody,)


def _above(judge: Judge, edge: t.Edge) -> Iterator[t.Provision]:
    """The duties and bans in force by which a section is displaced."""
    for provision in judge.agreement.provisions:
        norms = judge.state.norms_of(provision.key) if covers(edge.upper, provision.cited) else ()
        if isinstance(provision.statement, t.Duty | t.Ban) and any(norm.live for norm in norms):
            yield provision


def _done(judge: Judge, provision: t.Provision) -> Iterator[Wait]:
    """What would end that a duty or ban is in force: it is performed, or its condition ends."""
    if isinstance(provision.statement, t.Duty) and not isinstance(provision.statement.act, t.Hold):
        who = t.borne_by(provision.statement)
        yield Wait("act", f"{either(who, 'or')} performs section {provision.cited}", who, section=provision.cited)
    if provision.trigger is not None and not provision.latches and provision.rows is None:
        yield from _endings(judge, provision.trigger)


def _endings(judge: Judge, condition: t.Condition) -> Iterator[Wait]:
    """The acts by which a condition that is true would no longer be so, as far as its words say which these are."""
    if judge.judge(condition).truth is not Truth.TRUE:
        return
    match condition:
        case t.Combined(items=items):
            for item in items:
                yield from _endings(judge, item.condition)
        case t.Holds(negated=False):
            subject = judge.values.entry(condition.subject) if condition.subject is not None else None
            if not isinstance(subject, Gap):
                yield from _endings(
                    _of(judge, subject), judge.agreement.terms.conditions[condition.condition].condition
                )
        case t.StageReached(quantifier="no", subject=t.Selection() as none):
            yield from makers(judge, none)
        case t.Silent(entries=none):
            yield from makers(judge, none)
        case t.StageReached(subject=t.Selection(filter=t.Filter() as kept) as some):
            for entry in islice(judge.values.taken(some), _TOLD):
                yield from _endings(judge.picking(entry), kept.condition)
        case _:
            return


def _of(judge: Judge, subject: Entry | None) -> Judge:
    """The judge of what is defined of an entry, or of none."""
    return judge if subject is None else judge.with_row(subject)
