"""What would end that something is so: a condition that is true in, the acts that would make it untrue out.

A suspension and a hold stand in the way of an act because something is so. Who wants to know what the act waits for is
told who can end that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from dsl import terms as t
from dsl.bearing import bearers
from dsl.compile import covers
from dsl.entries import is_signed_kind, stage_instant
from dsl.holds import Held
from dsl.judge import Judge
from dsl.lacking import Lacking, several
from dsl.money import Quantity
from dsl.norms import judge_for
from dsl.presets import PRESETS
from dsl.reasons import Gap, Reason, Truth, Wait, either
from dsl.stages import makers
from dsl.state import Entry

_TOLD = 3
"""Of how many entries that keep something so it is said what would end that."""


def unsuspended(judge: Judge, edge: t.Edge, cited: str, why: Reason) -> Lacking | None:
    """What would end that a section is displaced by an edge: what it is displaced for is no longer so, or is done; what
    is awaited where that is open. None for what is replaced for good, because the other section has been used."""
    if why.truth is not Truth.TRUE:
        return several(max(why.needs, 0), why.waits) if why.waits else None
    if edge.condition is not None:
        found = _ending(judge, edge.condition)
    else:
        found = _of_all([_done(judge, each) for each in _above(judge, edge)])
    if found is not None or edge.mode == "replacement":
        return found
    return Wait("act", f"section {edge.upper} no longer displaces section {cited}", section=edge.upper)


def unheld(judge: Judge, held: Held, fund: str) -> Lacking:
    """What would end that an amount is held back in a fund: its condition ends, or somebody lifts it."""
    found: list[Lacking | None] = []
    for provision in judge.agreement.provisions:
        act = getattr(provision.statement, "act", None)
        if not isinstance(act, t.Hold) or act.fund != fund:
            continue
        if act.lifts and isinstance(provision.statement, t.Duty | t.Power):
            who = bearers(judge_for(judge.agreement, judge.state, provision, held.about), provision.statement)
            found.append(Wait("act", f"{either(who, 'or')} can lift the hold", who, section=provision.cited))
        elif (provision.cited, provision.text) == (held.section, held.text) and provision.trigger is not None:
            inner = judge if held.about is None or provision.rows is None else judge.with_row(held.about)
            found.append(_ending(inner, provision.trigger) if not provision.latches else None)
    nobody = Wait("act", f"what is held under section {held.section} is no longer held", section=held.section)
    return _of_any(found) or nobody


def _of_any(found: Iterable[Lacking | None]) -> Lacking | None:
    """One of what would end something; None if nothing is known to."""
    known = [each for each in found if each is not None]
    return several(1, known) if known else None


def _of_all(found: Iterable[Lacking | None]) -> Lacking | None:
    """All of what must end; None if of one it is not known what would end it."""
    parts = list(found)
    known = [each for each in parts if each is not None]
    return several(0, known) if known and len(known) == len(parts) else None


def _above(judge: Judge, edge: t.Edge) -> Iterator[t.Provision]:
    """The duties and bans in force by which a section is displaced."""
    for provision in judge.agreement.provisions:
        norms = judge.state.norms_of(provision.key) if covers(edge.upper, provision.cited) else ()
        if isinstance(provision.statement, t.Duty | t.Ban) and any(norm.live for norm in norms):
            yield provision


def _done(judge: Judge, provision: t.Provision) -> Lacking | None:
    """What would end that a duty or ban is in force: it is performed, or its condition ends."""
    found: list[Lacking | None] = []
    if isinstance(provision.statement, t.Duty) and not isinstance(provision.statement.act, t.Hold):
        who = t.borne_by(provision.statement)
        found.append(
            Wait("act", f"{either(who, 'or')} performs section {provision.cited}", who, section=provision.cited)
        )
    if provision.trigger is not None and not provision.latches and provision.rows is None:
        found.append(_ending(judge, provision.trigger))
    return _of_any(found)


def _ending(judge: Judge, condition: t.Condition) -> Lacking | None:
    """The acts by which a condition that is true would no longer be so; None where its words do not say which."""
    if judge.judge(condition).truth is not Truth.TRUE:
        return None
    match condition:
        case t.Combined(quantifier="none"):
            return None
        case t.Combined(items=items):
            return _one_less(judge, condition, [item.condition for item in items])
        case t.Holds(negated=False):
            subject = judge.values.entry(condition.subject) if condition.subject is not None else None
            if isinstance(subject, Gap):
                return None
            return _ending(_of(judge, subject), judge.agreement.terms.conditions[condition.condition].condition)
        case t.StageReached(quantifier="no", subject=t.Selection() as none):
            return several(1, makers(judge, none))
        case t.Silent(entries=none):
            return several(1, makers(judge, none))
        case t.Compare(left=t.StageOf(subject=t.Picked(pick="latest", entries=later)), comparator="<" | "<="):
            return several(1, makers(judge, later))
        case t.Compare():
            return _of_any(_tipped(judge, condition))
        case t.StageReached(quantifier="some", subject=subject):
            entries = _reached(judge, condition, subject)
            return _of_all(_no_longer_one(judge, entry, subject) for entry in islice(entries, _TOLD))
        case _:
            return None


def _tipped(judge: Judge, condition: t.Compare) -> Iterator[Lacking | None]:
    """What would make a comparison of what is counted or added up untrue: more on one side, or less on the other."""
    left, right = (_counted(judge, side) for side in (condition.left, condition.right))
    apart = _apart(judge, condition)
    if apart is None:
        return
    match condition.comparator:
        case ">" | ">=":
            rising, falling = [right], [left]
        case "<" | "<=":
            rising, falling = [left], [right]
        case _:
            rising = falling = [left, right] if condition.comparator == "==" else []
    yield from (_one_more(judge, side, apart) for side in rising)
    yield from (_one_fewer(judge, side, apart) for side in falling)


def _counted(judge: Judge, side: t.Value) -> t.Count | t.FieldSum | None:
    """What a side of a comparison counts or adds up, directly or by a name."""
    while isinstance(side, t.Defined):
        side = judge.agreement.terms.values[side.name].value
    return side if isinstance(side, t.Count | t.FieldSum) else None


def _apart(judge: Judge, condition: t.Compare) -> int | Quantity | None:
    """By how much one side must change for a comparison to be untrue; None where that is no number."""
    left, right = (judge.values.value(side) for side in (condition.left, condition.right))
    least = 0 if condition.comparator in ("<", ">") else 1
    match left, right:
        case int(), int():
            return abs(left - right) + least
        case Quantity(), Quantity() if left.unit == right.unit:
            return Quantity(abs(left.amount - right.amount) + least, left.unit)
        case _:
            return None


def _one_more(judge: Judge, side: t.Count | t.FieldSum | None, apart: int | Quantity) -> Lacking | None:
    """Who can make more of what is counted, and how much more it takes."""
    if side is None:
        return None
    more = f"{apart} more are needed" if isinstance(apart, int) else f"{apart} more is needed"
    told = "" if apart == 1 else f" ({more})"
    return several(1, (replace(wait, text=f"{wait.text}{told}") for wait in makers(judge, side.entries)))


def _one_fewer(judge: Judge, side: t.Count | t.FieldSum | None, apart: int | Quantity) -> Lacking | None:
    """Who can withdraw one of what is counted, where one less is enough."""
    if not isinstance(side, t.Count) or apart != 1:
        return None
    return _of_any(_withdrawal(judge, entry) for entry in islice(judge.values.taken(side.entries), _TOLD))


def _one_less(judge: Judge, condition: t.Combined, items: list[t.Condition]) -> Lacking | None:
    """What would leave too few of the items of a list true: of `all`, that one ends; of `any`, that each does."""
    so = [item for item in items if judge.judge(item).truth is Truth.TRUE]
    least = {"all": len(items), "any": 1}.get(condition.quantifier, condition.at_least)
    endings = [_ending(judge, item) for item in so]
    known = [each for each in endings if each is not None]
    over = len(so) - least + 1
    return several(over if over < len(so) else 0, known) if len(known) >= over else None


def _reached(judge: Judge, condition: t.StageReached, subject: t.Reference) -> Iterator[Entry]:
    """The entries by which it is so that one has reached a stage."""
    if isinstance(subject, t.Selection):
        every = tuple(judge.values.selected(subject))
    else:
        named = judge.values.entry(subject)
        every = (named,) if isinstance(named, Entry) else ()
    for entry in every:
        reached = stage_instant(judge.agreement, entry, condition.stage, condition.actor)
        if reached is not None and reached <= judge.now:
            yield entry


def _no_longer_one(judge: Judge, entry: Entry, subject: t.Reference) -> Lacking | None:
    """What would end that an entry counts as one of those spoken of: it is withdrawn, or no longer what it must be."""
    kept = subject.filter if isinstance(subject, t.Selection) else None
    picked = _ending(judge.picking(entry), kept.condition) if kept is not None else None
    return _of_any((_withdrawal(judge, entry), picked))


def _withdrawal(judge: Judge, entry: Entry) -> Wait | None:
    """Who can withdraw an entry, if somebody still can."""
    kind = judge.agreement.terms.kinds[entry.kind]
    given = stage_instant(judge.agreement, entry, "given") if PRESETS[kind.preset].sent else None
    gone = given is not None and given <= judge.now
    if is_signed_kind(judge.agreement, entry.kind) or not kind.makers or not entry.author or gone:
        return None
    text = f'{entry.author} can withdraw the {kind.name} "{entry.name}"'
    return Wait("act", text, (entry.author,), section=kind.section)


def _of(judge: Judge, subject: Entry | None) -> Judge:
    """The judge of what is defined of an entry, or of none."""
    return judge if subject is None else judge.with_row(subject)
