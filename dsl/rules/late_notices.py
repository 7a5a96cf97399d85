"""A notice that must be given in time can be given in time."""

from collections.abc import Iterator

from dsl.calendars import Period, Unit
from dsl.diagnostics import Diagnostic, Severity
from dsl.presets import PRESETS
from dsl.rules.acts_of import norms
from dsl.terms import Duty, Enter, Terms


def late_notices(terms: Terms) -> Iterator[Diagnostic]:
    """A notice to be given within a time that is shorter than the time after which a notice is deemed given.

    `within 1 calendar day` under a rule by which every notice is given 2 calendar days after it is sent: even what is
    sent at once comes too late, so nobody can perform the duty in time.
    A power is used at the sending, and so is left alone.
    """
    rule = terms.notice_rule
    if rule is None:
        return
    for provision, norm in norms(terms):
        if not isinstance(norm, Duty) or not isinstance(norm.act, Enter) or norm.act.verb != "make":
            continue
        within = norm.window.within if norm.window.origin is None and not norm.window.stopped_while else None
        sent = all(PRESETS[terms.kinds[kind].preset].sent for kind in norm.act.kinds)
        if sent and isinstance(within, Period) and all(way.period and _longer(way.period, within) for way in rule.ways):
            yield Diagnostic(
                "A notice that always comes too late",
                norm.window.span,
                f"it is given {' or '.join(str(way.period) for way in rule.ways)} after it is sent",
                f"Section {rule.section} says when a notice counts as given, and that is after this time is over.",
                "Give it more time here, or a shorter time in the rule for notices.",
                Severity.WARNING,
                provision.section,
            )


_DAY = 24


def _longer(given: Period, within: Period) -> bool:
    """Whether a notice sent at once is given too late on every day; a time in days lasts until its last day is over.

    One hour more or less is that of the clocks.
    """
    if given.unit is within.unit:
        return given.number > within.number
    match given.unit, within.unit:
        case Unit.HOUR, Unit.DAY:
            return given.number > (within.number + 1) * _DAY + 1
        case Unit.DAY, Unit.HOUR:
            return given.number * _DAY > within.number + 1
        case _:
            return False
