"""Values in the words of the deal."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dsl import terms as t


def say(value: object, zone: str) -> str:
    """A value in the words of the deal."""
    match value:
        case datetime():
            return say_instant(value, zone)
        case date():
            return f"{value.day} {value:%B %Y}"
        case bool():
            return "yes" if value else "no"
        case t.NameValue():
            return value.name
        case t.SectionValue():
            return f"section {value.number}"
        case t.EntryName():
            return f'"{value.name}"'
        case t.Plan():
            lines = [f"{line.amount} to {line.payee}" for line in value.lines]
            return ", ".join([*lines, *([f"the rest to {value.rest_to}"] if value.rest_to else [])])
        case _:
            return str(value)


def say_instant(instant: datetime, zone: str) -> str:
    """An instant as a scenario writes it: `11:20 on 6 September 2005`, in the agreement's zone.

    Of a time that comes twice, because the clocks go back, it is said by which zone: `01:30 (EST) on 1 November 2026`.
    """
    return _said(instant.astimezone(UTC), zone)


@lru_cache(maxsize=4096)
def _said(instant: datetime, zone: str) -> str:
    """An instant in UTC, where the two times that a clock shows twice are two."""
    local = instant.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute, local.second, local.microsecond) == (23, 59, 59, 999_999):
        return f"the end of {local.day} {local:%B %Y}"
    if (local.second, local.microsecond) == (59, 999_999):  # the end of a day, moved by time that stood still
        over = local.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=1)
        return f"just before {over:%H:%M} on {over.day} {over:%B %Y}"
    return f"{say_time(local)} on {local.day} {local:%B %Y}"


def say_time(local: datetime) -> str:
    """The time on the wall at an instant in its zone, with the zone where that time comes twice on its day."""
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{local:%H:%M} ({local.tzname()})" if twice else f"{local:%H:%M}"
