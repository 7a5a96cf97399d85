"""An answer that is sent in time counts in time, or the file says that it does not."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.presets import PRESETS
from dsl.resolve.walk import walk
from dsl.terms import Arrived, Combined, Condition, Selection, StageReached, Terms


def answers_on_the_way(terms: Terms) -> Iterator[Diagnostic]:
    """`no Objection has been given within 30 calendar days`, where a notice is given some days after it is sent.

    Whoever may object within 30 days sends the objection on the last of them, and is refused nothing; it is given when
    the time is over, and silence has decided. Whether an answer counts by its sending or by its giving is for the
    agreement to say: `has been sent`, or `has been given` with the reason why that is meant.
    """
    rule = terms.notice_rule
    if rule is None or all(way.period and not way.period.number and not way.hours for way in rule.ways):
        return
    asked = [(each.section, each.condition) for each in terms.conditions.values()]
    asked += [(each.section, each.trigger) for each in terms.provisions if each.trigger is not None]
    asked += [(each.section, each.condition) for each in terms.validities]
    told: set[int] = set()
    for section, condition in asked:
        for absent in _silences(condition):
            assert isinstance(absent.subject, Selection)
            sent = any(PRESETS[terms.kinds[kind].preset].sent for kind in absent.subject.kinds)
            if sent and absent.span.start not in told:
                told.add(absent.span.start)
                noun = absent.subject.text_noun
                yield Diagnostic(
                    "Sent in time, and yet too late",
                    absent.span,
                    f"counts what has been {absent.stage}, not what is on its way",
                    f"By section {rule.section} {noun} can be sent within the time and be given after it: silence has "
                    "decided by then.",
                    f"Write `no {noun} ... has been sent`, or accept this with the reason why the giving is meant.",
                    Severity.WARNING,
                    section,
                )


def _silences(condition: Condition) -> Iterator[StageReached]:
    """Absences that a time decides: by a bound of their own, or beside a time that must have passed."""
    for each in walk(condition):
        if isinstance(each, StageReached) and _is_absence(each) and each.bound is not None and not each.bound.after:
            yield each
        if isinstance(each, Combined) and each.quantifier == "all":
            parts = [item.condition for item in each.items]
            if any(isinstance(part, Arrived) and part.word == "passed" for part in parts):
                absent = (part for part in parts if isinstance(part, StageReached) and _is_absence(part))
                yield from (part for part in absent if part.bound is None)


def _is_absence(asked: StageReached) -> bool:
    return asked.quantifier == "no" and asked.stage in ("given", "received")
