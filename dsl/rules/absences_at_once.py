"""What waits for silence gives it time."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.words import a
from dsl.rules.facts import needed
from dsl.terms import Condition, Duty, Ensure, Holds, Provision, Row, Selection, StageReached, Terms


def absences_at_once(terms: Terms) -> Iterator[Diagnostic]:
    """`When no Objection about such Request has been made, then ...`, without a time in which one could be made.

    There is none in the moment the Request is there, so `when` latches at once and an Objection comes too late. The
    author meant to wait: for a time of silence, or for as long as there is none.
    """
    told: set[int] = set()
    for provision in terms.provisions:
        yield from _results_at_once(provision, terms)
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


def _results_at_once(provision: Provision, terms: Terms) -> Iterator[Diagnostic]:
    """A duty to ensure that nothing has been made, which is fulfilled before anybody could make it."""
    act = provision.statement.act if isinstance(provision.statement, Duty) else None
    if not isinstance(act, Ensure):
        return
    asked = [each for each in needed(act.condition, terms) if not isinstance(each, Holds)]
    if asked and all(isinstance(each, StageReached) and each.quantifier == "no" for each in asked):
        yield Diagnostic(
            "Fulfilled from the start",
            act.condition.span,
            "nothing of the kind has been made when the duty begins",
            "A duty to ensure a result is fulfilled the first moment it is there, whatever comes after.",
            "Say what must come about, or forbid it: `must not make ...`.",
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
