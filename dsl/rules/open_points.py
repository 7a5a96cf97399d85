"""What the source itself leaves open is shown for as long as it is open."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.words import joined
from dsl.rules.acts_of import name_at
from dsl.source import Span
from dsl.terms import Terms


def open_points(terms: Terms) -> Iterator[Diagnostic]:
    """Every blank, ambiguity, blank address and open point of the source.

    These are no mistakes of the file: a faithful file has as many as the paper has. They are shown so that whoever
    signs sees them, and so that an outcome which rests on one of them surprises nobody.
    """
    yield from _blanks(terms)
    yield from _ambiguities(terms)
    yield from _addresses(terms)
    for remark in terms.open_points:
        yield Diagnostic(
            remark.title,
            Span(remark.span.start, remark.span.start + len("Open point")),
            "open in the source",
            remark.text,
            "Settle it in an amendment, or leave it shown here.",
            Severity.OPEN,
            remark.section,
        )


def _blanks(terms: Terms) -> Iterator[Diagnostic]:
    for blank in terms.blanks.values():
        if blank.default is not None:
            continue
        when = "before the deal opens" if blank.required else "when it is known"
        yield Diagnostic(
            f"{blank.name} is left blank",
            name_at(blank.name, blank.span),
            "blank in the source",
            f"What rests on it is open until {_say(blank.filled_by, 'states it', 'state the same')}.",
            f"Fill it {when}: `fill {blank.name} with ...`.",
            Severity.OPEN,
            blank.section,
        )


def _ambiguities(terms: Terms) -> Iterator[Diagnostic]:
    for ambiguity in terms.ambiguities.values():
        settled = _say(ambiguity.settled_by, "chooses one", "choose the same one")
        yield Diagnostic(
            f"{ambiguity.name} is ambiguous",
            name_at(ambiguity.name, ambiguity.span),
            f"it can be read as {joined(ambiguity.readings, 'or')}",
            f"{ambiguity.question} What differs between the readings is open until {settled}.",
            f"Choose a reading: `choose {ambiguity.readings[0]} for {ambiguity.name}`.",
            Severity.OPEN,
            ambiguity.section,
        )


def _addresses(terms: Terms) -> Iterator[Diagnostic]:
    for address in terms.addresses:
        if address.address is None:
            yield Diagnostic(
                f"{address.blank} is left blank",
                address.span,
                "blank in the source",
                f"Nothing can be sent to {address.recipient} by {address.channel} until it is filled.",
                f'Fill it when it is known: `fill {address.blank} with "..."`.',
                Severity.OPEN,
                address.section,
            )


def _say(names: tuple[str, ...], one: str, several: str) -> str:
    """Who has to speak: `ATG states it`, `ATG and Omaha state the same`, `all parties state the same`."""
    if len(names) == 1:
        return f"{names[0]} {one}"
    return f"{joined(names) if names else 'all parties'} {several}"
