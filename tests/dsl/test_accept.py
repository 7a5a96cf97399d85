"""Warnings that a file lets stand, with its reasons."""

from dsl.diagnostics import Diagnostic, Severity, render
from dsl.load import load
from dsl.parse import parse_agreement
from dsl.source import Source


def found(text: str) -> tuple[Diagnostic, ...]:
    """What is told of an agreement."""
    return load(text).diagnostics


def test_an_accepted_warning_keeps_its_place_and_carries_the_reason() -> None:
    """Agreement "Fees". The currency is USD.
    Clause 1 "Fees": "Fee" means USD 5.00. Accepted "Fee is never used": "A schedule will use it.".
    """
    text = test_an_accepted_warning_keeps_its_place_and_carries_the_reason.__doc__ or ""

    (told,) = found(text)

    assert (told.severity, told.title, told.section) == (Severity.ACCEPTED, "Fee is never used", "1")
    assert render(told, Source("fees.clause", text)).endswith("Accepted: A schedule will use it.")
    assert "Hint" not in render(told, Source("fees.clause", text))


def test_it_is_accepted_in_its_own_clause_only() -> None:
    """Agreement "Fees". The currency is USD.
    Clause 1: "Fee" means USD 5.00.
    Clause 2: Accepted "Fee is never used": "A schedule will use it.". "Other" means USD 6.00.
    """
    told = found(test_it_is_accepted_in_its_own_clause_only.__doc__ or "")

    assert [(each.severity, each.title) for each in told] == [
        (Severity.WARNING, "Fee is never used"),
        (Severity.WARNING, "Nothing to accept"),
        (Severity.WARNING, "Other is never used"),
    ]


def test_a_title_that_is_misspelt_is_put_right() -> None:
    """Agreement "Fees". The currency is USD.
    Clause 1: Accepted "Fee is newer used": "A schedule will use it.". "Fee" means USD 6.00.
    """
    told = found(test_a_title_that_is_misspelt_is_put_right.__doc__ or "")

    assert told[0].hint == "Did you mean `Fee is never used`?"


def test_an_error_stands_whatever_is_said_of_it() -> None:
    """Agreement "Waiting".
    Clause 1: "Deed" means a document. Accepted "Nobody can make a Deed": "Somebody will.".
    Clause 2: When a Deed has been received, then this agreement terminates.
    """
    loaded = load(test_an_error_stands_whatever_is_said_of_it.__doc__ or "")

    assert loaded.agreement is None
    assert [(each.severity, each.title) for each in loaded.diagnostics] == [
        (Severity.ERROR, "Nobody can make a Deed"),
        (Severity.WARNING, "Only warnings can be accepted"),
    ]


def test_an_open_point_stays_shown() -> None:
    """Agreement "Blank". The currency is USD.
    Clause 1: "Fee" means an optional blank amount. Accepted "Fee is left blank": "It does not matter.".
    """
    told = found(test_an_open_point_stays_shown.__doc__ or "")

    assert [each.severity for each in told] == [Severity.OPEN, Severity.WARNING]
    assert told[1].label == "this is open"


def test_the_syntax_is_its_title_and_its_reason() -> None:
    parsed = parse_agreement(Source("a", 'Agreement "A". Clause 1: Accepted "T": "R".'))

    assert parsed.syntax is not None
