"""Business hours: whether a time is within them, and the next opening, over the calendar of the agreement.

What the calendar does not know is an open gap, as everywhere. The closing time itself is still within the hours.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.calendars import Indeterminate, instant_of, local_date, local_time, on_or_after
from dsl.reasons import Gap, Reason, Truth, Wait, gap_reason

if TYPE_CHECKING:
    from dsl.judge import Judge
    from dsl.values import Known, Values

_DAY = timedelta(days=1)


def first_moment(values: "Values", hours: t.Hours, moment: date) -> datetime | Gap:
    """A time within hours: the time itself, or the next opening; a date is asked of from its beginning."""
    calendar, zone = values.terms.calendar, values.terms.zone
    day = values.day_of(moment)
    found = on_or_after(day, calendar)
    if found == day and isinstance(moment, datetime):
        clock = local_time(moment, zone)
        if hours.opens <= clock <= hours.closes:
            return moment
        found = on_or_after(day + _DAY, calendar) if clock > hours.closes else found
    if isinstance(found, Indeterminate):
        return Gap(Truth.OPEN, (Wait("calendar", found.reason),))
    return instant_of(found, hours.opens, zone)


def opening(values: "Values", value: t.Opening) -> "Known":
    """The first moment within hours on or after a time."""
    origin = values.value(value.origin)
    if isinstance(origin, Gap):
        return origin
    assert isinstance(origin, date)
    return first_moment(values, value.hours, origin)


def in_hours(judge: "Judge", condition: t.InHours) -> Reason:
    """Whether a time is within hours; now, it is pending until the next opening."""
    moment = judge.values.value(condition.moment) if condition.moment is not None else judge.now
    if isinstance(moment, Gap):
        return gap_reason(condition, moment)
    assert isinstance(moment, date)
    first = first_moment(judge.values, condition.hours, moment)
    if isinstance(first, Gap):
        return gap_reason(condition, first)
    if first == moment or (
        not isinstance(moment, datetime) and local_date(first, judge.agreement.terms.zone) == moment
    ):
        return Reason(Truth.TRUE, condition.text, note=judge.say(moment))
    note = f"{judge.say(moment)}; the next opening is {judge.say(first)}"
    if condition.moment is not None:
        return Reason(Truth.FALSE, condition.text, note=note)
    wait = Wait("time", f"{condition.text}, from {judge.say(first)}", at=first)
    return Reason(Truth.PENDING, condition.text, note=note, waits=(wait,))


def given_at(values: "Values", way: t.NoticeWay | None, moment: datetime) -> datetime | Gap:
    """When a notice is given that is sent at a moment, or received at it where that counts."""
    moved = moment if way is None or way.period is None else values.shifted(moment, way.period)
    if isinstance(moved, Gap) or way is None or way.hours is None:
        assert isinstance(moved, Gap | datetime)
        return moved
    assert isinstance(moved, datetime)
    return first_moment(values, way.hours, moved)
