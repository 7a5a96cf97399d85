"""The holidays and the weekends of a year, as the `holidays` library knows them.

A weekend is what the library says it is, in the year of which it is asked: Saturday and Sunday in `US`, Friday and
Saturday in `IL`, and in `AE` until 2021. A Saturday that is worked in place of a holiday, as in `CN`, is none. Where
Sunday alone is no working day, as in `HK`, no business is done on Saturday either: so contracts count.

Everything here is asked of a calendar that the library has.
"""

from calendar import SATURDAY, SUNDAY, isleap
from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=4096)
def feasts(name: str, year: int) -> dict[date, str] | None:
    """The holidays of a year and what they are called, if the library covers it.

    Names are asked for in English where the library has them, because it marks an estimate in
    words.
    """
    known = _of_year(name, year)
    if not known.start_year <= year <= known.end_year:
        return None
    return {day: holiday for day, holiday in known.items() if day.year == year}


@lru_cache(maxsize=4096)
def weekends(name: str, year: int) -> frozenset[date]:
    """The days of a year that are on a weekend, but for those that are worked in place of a holiday."""
    known = _of_year(name, year)
    sunday_alone = known.weekend == {SUNDAY}
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365 + isleap(year)))
    ends = {day for day in days if known.is_weekend(day) or (sunday_alone and day.weekday() == SATURDAY)}
    return frozenset(ends - known.weekend_workdays)


def _of_year(name: str, year: int) -> holidays.HolidayBase:
    """What the library knows of a year; of one that it does not cover, its weekdays alone."""
    code, _, part = name.partition("-")
    country = code in holidays.list_supported_countries()
    ask = holidays.country_holidays if country else holidays.financial_holidays
    bounds = ask(code)
    if not bounds.start_year <= year <= bounds.end_year:
        return bounds
    language = "en_US" if "en_US" in bounds.supported_languages else None
    return ask(code, subdiv=part or None, years=year, observed=True, language=language)
