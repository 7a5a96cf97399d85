"""Events that recur: the agreement itself enters one at the first moment of each of its days.

The days are counted from the start, each by itself: a month after the end of January is the end of February, and two
months after it the end of March. They are worked out anew each time, and nothing is kept of them but the entries: the
next day is the first one after the last that was entered, and not before the day on which the deal was opened. A day
that had begun before the start was known is entered as soon as it is.
"""

from collections.abc import Iterator
from datetime import date, datetime

from dsl import terms as t
from dsl.calendars import Unit, add_to_date, local_date, start_of_day
from dsl.compile import Agreement, survives
from dsl.copying import replace
from dsl.edges import displacement, edges_over, suspended
from dsl.effects import digest_of
from dsl.ending import may_have_ended
from dsl.judge import Judge
from dsl.naming import come_about, named_by_itself, origin_of
from dsl.norms import change
from dsl.reasons import Gap, Truth
from dsl.state import Entry, State

_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


def ahead(law: Agreement, state: State, judge: Judge) -> Iterator[datetime]:
    """When each of the events that recur comes next; what the judge meets on the way, among it the end of a time in
    which one is suspended, is kept there."""
    for kind in _running(law, state):
        for edge in edges_over(law, kind.section):
            if edge.condition is not None:
                judge.judge(edge.condition)
        day = next_day(judge, kind)
        if day is not None:
            yield start_of_day(day, law.terms.zone)


def recur(law: Agreement, state: State) -> State:
    """The state with every event entered whose day has begun."""
    for kind in _running(law, state):
        if suspended(law, state, kind.section) or displacement(law, state, kind.section, truth=Truth.OPEN):
            continue
        judge = Judge(law, state, state.now)
        day = next_day(judge, kind)
        if day is not None and start_of_day(day, law.terms.zone) <= state.now and may_have_ended(judge, kind.section):
            continue
        while day is not None and start_of_day(day, law.terms.zone) <= state.now:
            state = _enter(law, state, kind, day)
            day = next_day(Judge(law, state, state.now), kind)
    return state


def next_day(judge: Judge, kind: t.Kind) -> date | None:
    """The next day of an event that recurs; None if it is over, or not known yet.

    An end that waits for an act has not come; one that is open could be anywhere, so nothing recurs until it is known.
    """
    every = kind.every
    assert every is not None
    start = judge.values.value(every.start)
    end = judge.values.value(every.end) if every.end is not None else None
    if isinstance(start, Gap) or (isinstance(end, Gap) and end.truth is Truth.OPEN):
        return None
    assert isinstance(start, date)
    day = _first_from(judge.values.day_of(start), every, _earliest(judge, kind), judge)
    return None if day is not None and isinstance(end, date) and day > judge.values.day_of(end) else day


def _earliest(judge: Judge, kind: t.Kind) -> date:
    """The earliest day that can be the next one."""
    opened = local_date(judge.state.opened, judge.agreement.terms.zone)
    entered = (entry.content(t.DAY) for entry in judge.state.of_kind(kind.name))
    ordinals = [day.toordinal() + 1 for day in entered if isinstance(day, date)]
    return date.fromordinal(min(max((opened.toordinal(), *ordinals)), date.max.toordinal()))


def _first_from(start: date, every: t.Recurrence, earliest: date, judge: Judge) -> date | None:
    """The first of the days, counted from the start, that is not before the earliest."""
    months = _MONTHS.get(every.period.unit)
    between = (earliest - start).days
    if months is not None:
        between = (earliest.year - start.year) * 12 + earliest.month - start.month
    step = every.period.number * (months or 1)
    times = max(between // step, int(every.later))
    while True:
        day = add_to_date(
            start, replace(every.period, number=times * every.period.number), judge.agreement.terms.calendar
        )
        if not isinstance(day, date):
            return None
        if day >= earliest:
            return day
        times += 1


def _enter(law: Agreement, state: State, kind: t.Kind, day: date) -> State:
    fields: tuple[tuple[str, t.Content], ...] = ((t.DAY, day),)
    entry = Entry(
        number=len(state.entries) + 1,
        kind=kind.name,
        name="",
        author="",
        at=state.now,
        section=kind.section,
        fields=fields,
        digest=digest_of(kind.name, "", fields),
        origin=origin_of(kind.name, f"section {kind.section} of {day.isoformat()}", ()),
    )
    entry = replace(entry, name=named_by_itself(state, entry))
    assert kind.every is not None
    return change(come_about(law, state, entry), kind.section, f"{kind.name} occurs", kind.every.text)


def _running(law: Agreement, state: State) -> Iterator[t.Kind]:
    """The kinds that recur, but for those that ended with the agreement."""
    for kind in law.recurring:
        if state.terminated is None or survives(law, kind.section):
            yield kind
