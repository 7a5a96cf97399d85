"""A field is told from a stage by more than a capital letter."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.acts_of import name_at
from dsl.source import Span
from dsl.terms import Terms

_STAGES = ("giving", "receipt", "sending", "completion", "making", "withdrawal")
_TIMES = ("date", "instant")


def fields_like_stages(terms: Terms) -> Iterator[Diagnostic]:
    """A date that an entry states, or that is worked out for it, has the name of a stage: `Making` beside `making`.

    `the Making of such Claim` is then what it states, and `the making of such Claim` when it was made. Nobody sees the
    difference on a page, and a deadline that is counted from the wrong one is days off.
    """
    for name, kind, section, span in _times_of_entries(terms):
        if name.casefold() in _STAGES:
            stage = name.casefold()
            yield Diagnostic(
                f"{name} is a field, and {stage} a stage",
                span,
                "told apart by a capital letter alone",
                f"`the {name} of such {kind}` is the date stated, `the {stage} of such {kind}` when that happened.",
                f"Name the field otherwise: `{name} Date`.",
                Severity.WARNING,
                section,
            )


def _times_of_entries(terms: Terms) -> Iterator[tuple[str, str, str, Span]]:
    """Every time that entries of a kind state, or that is defined of them."""
    for kind in terms.kinds.values():
        for field in kind.fields:
            if field.type.name in _TIMES:
                yield field.name, kind.name, kind.section, name_at(kind.name, kind.span)
    for value in terms.values.values():
        if value.subject and value.type.name in _TIMES:
            yield value.name, value.subject, value.section, name_at(value.name, value.span)
