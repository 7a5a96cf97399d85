"""What waits for silence gives it time."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.words import a
from dsl.rules.facts import needed
from dsl.terms import Condition, Holds, Provision, Row, Selection, StageReached, Terms


def absences_at_once(terms: Terms) -> Iterator[Diagnostic]:
    """`When no Objection about such Request has been made, then ...`, without a time in which one could be made.

    There is none in the moment the Request is there, so `when` latches at once and an Objection comes too late. The
    author meant to wait: for a time of silence, or for as long as there is none.
    """
    told: set[int] = set()
    for provision in terms.provisions:
        trigger = provision.trigger
        if trigger is None or not provision.latches or trigger.span.start in told:
            continue
        asked = [each for each in needed(trigger, terms) if not isinstance(each, Holds)]
        if asked and all(_is_so_at_first(each, provision) for each in asked):
            told.add(trigger.span.start)
            absent = asked[0]
            assert isinstance(absent, StageReached)
            assert isinstance(absent.subject, Selection)
            yield Diagnostic(
                "True from the start",
                trigger.span,
                f"there is no {absent.subject.text_noun} yet",
                f"`when` holds from the first moment on, and {a(absent.subject.text_noun)} can only come later.",
                "Give it time (`within 5 business days after ...`), or write `While ... , then`.",
                Severity.WARNING,
                provision.section,
            )


def _is_so_at_first(asked: Condition, provision: Provision) -> bool:
    """Whether something is absent in the first moment: nothing is there yet, or nothing about the row is."""
    if not isinstance(asked, StageReached) or asked.quantifier != "no" or asked.bound is not None:
        return False
    assert isinstance(asked.subject, Selection)
    if asked.subject.filter is not None:
        return False
    return provision.rows is None or isinstance(asked.subject.about, Row)
