"""A remark that names a section names one that there is."""

import re
from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.sections import ancestors
from dsl.resolve.walk import walk
from dsl.source import Span
from dsl.terms import Item, Terms

_ONE = r"\d+(?:\.\d+)*(?:\([A-Za-z0-9]{1,5}\))*"
_NAMED = re.compile(rf"\b[Ss]ections?\s+(?P<list>{_ONE}(?:(?:,\s+|,?\s+and\s+|\s+or\s+){_ONE})*)(?P<after>\s+of\b)?")


def dead_references(terms: Terms) -> Iterator[Diagnostic]:
    """A reading, or the reason of a category, that speaks of `section 9.9` where there is none.

    Sections in sentences of the language are checked when they are read. What is quoted is not, and it is what a
    reader follows. Sections of something else (`section 2 of the Act`) are left alone, and so are open points, which
    may be about the very number that is missing.
    """
    known = _sections(terms)
    remarks = [(each.text, each.span, each.section) for each in terms.readings]
    remarks += [(each.reason, each.span, each.section) for each in terms.clauses.values() if each.reason]
    for text, place, section in remarks:
        for named in _NAMED.finditer(text):
            missing = [each for each in re.findall(_ONE, named.group("list")) if each not in known]
            if missing and not named.group("after"):
                yield _told(missing[0], _place(missing[0], place, terms), section, known)


def _sections(terms: Terms) -> frozenset[str]:
    """Every clause and every item of a list, with what they stand under."""
    parts = (terms.provisions, terms.validities, terms.edges, tuple(terms.conditions.values()))
    items = {each.path for each in walk(parts) if isinstance(each, Item) and each.path}
    return frozenset(above for each in (*terms.clauses, *items) for above in ancestors(each))


def _place(number: str, place: Span, terms: Terms) -> Span:
    """Where the number stands in the text that speaks of it."""
    start = terms.text.find(number, place.start, place.end)
    return Span(start, start + len(number)) if start >= 0 else place


def _told(number: str, span: Span, section: str, known: frozenset[str]) -> Diagnostic:
    above = next((each for each in ancestors(number) if each in known), "")
    near = f"There is a section {above}, and nothing in it has this number." if above else "No clause has this number."
    return Diagnostic(
        f"There is no section {number}",
        span,
        "no clause and no item has this number",
        near,
        "Correct the number; one that the source has wrong is recorded as an `Open point`.",
        Severity.WARNING,
        section,
    )
