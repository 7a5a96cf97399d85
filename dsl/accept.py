"""Terms and what is wrong with them in, the same with accepted warnings marked as such out.

An author who has weighed a warning says so in the clause it stands in, with the reason, and every reader sees both:

    Accepted "Nothing guards the Fund": "The agent is bound by its own statute.".

Only warnings can be accepted. An error stops the agreement whatever is said of it, and an open point belongs to the
paper and stays shown. What is accepted and is not found is told, so that no sentence outlives its reason.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl.diagnostics import Diagnostic, Severity, nearest
from dsl.source import Span
from dsl.terms import Remark, Terms

Found = tuple[Diagnostic, ...]

IN_VAIN = "accepted"
"""The name under which it is told that a sentence accepts what cannot be accepted, or is not there."""


def accept(terms: Terms, found: Found) -> Found:
    """Every diagnostic, the accepted warnings with their reasons, and what is accepted in vain."""
    return (*(_weighed(each, terms) for each in found), *_in_vain(terms, found))


def _weighed(each: Diagnostic, terms: Terms) -> Diagnostic:
    """The diagnostic, as accepted if it is a warning and its clause says so."""
    if each.severity is not Severity.WARNING:
        return each
    remark = next((remark for remark in terms.accepted if _is_about(remark, each, terms)), None)
    if remark is None:
        return each
    return replace(each, severity=Severity.ACCEPTED, section=remark.section, reason=remark.text)


def _is_about(remark: Remark, each: Diagnostic, terms: Terms) -> bool:
    return remark.title == each.title and _inside(each.span, terms.clauses[remark.section].span)


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _in_vain(terms: Terms, found: Found) -> Iterator[Diagnostic]:
    """A warning for each sentence that accepts what cannot be accepted, or what is not there."""
    for remark in terms.accepted:
        same = [each for each in found if _is_about(remark, each, terms)]
        if any(each.severity is Severity.WARNING for each in same):
            continue
        span = Span(remark.span.start, remark.span.start + len("Accepted"))
        yield _unacceptable(span, same[0], remark) if same else _not_there(span, remark, terms, found)


def _unacceptable(span: Span, found: Diagnostic, remark: Remark) -> Diagnostic:
    error = found.severity is Severity.ERROR
    return Diagnostic(
        "Only warnings can be accepted",
        span,
        "this is an error" if error else "this is open",
        "An error stops the agreement, whatever is said of it." if error else "What the paper leaves open stays shown.",
        "Mend the error, and leave this out." if error else "Leave this out.",
        Severity.WARNING,
        remark.section,
        IN_VAIN,
    )


def _not_there(span: Span, remark: Remark, terms: Terms, found: Found) -> Diagnostic:
    clause = terms.clauses[remark.section].span
    here = [each.title for each in found if each.severity is Severity.WARNING and _inside(each.span, clause)]
    near = nearest(remark.title, here)
    return Diagnostic(
        "Nothing to accept",
        span,
        "no warning of this clause has this title",
        "A warning is accepted in the clause in which it stands, by its title.",
        f"Did you mean `{near}`?" if near else "Leave it out, or take over the title word for word.",
        Severity.WARNING,
        remark.section,
        IN_VAIN,
    )
