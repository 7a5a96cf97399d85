"""Two readings of a deal to what is different between them: money, papers, duties, conditions, clauses and openness.

Each of them is seen through the same views that show a deal, so that what is compared is what is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from api.reading import Reading
from dsl import views
from dsl.saying import say_instant
from dsl.views.undecided import OPEN

Facet: TypeAlias = tuple[str, str, str]
"""What it is, its key, and what of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One aspect of a thing as text, with the name of the thing and the section that speaks of it."""

    text: str
    section: str
    name: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same: `what` it is, its `key` and `name`, and the `aspect` of it, before and after.

    `before` or `after` is None where there is no such thing. `section` is where the agreement speaks of it.
    """

    what: str
    key: str
    name: str
    aspect: str
    section: str
    before: str | None
    after: str | None


def differences(before: Reading, after: Reading) -> tuple[Difference, ...]:
    """Everything that is different, in the order of the agreement; what is only there before comes last."""
    old, new = dict(_facets(before)), dict(_facets(after))
    found: list[Difference] = []
    for what, key, aspect in dict.fromkeys((*new, *old)):
        was, now = old.get((what, key, aspect)), new.get((what, key, aspect))
        shown = now or was
        if was == now or shown is None:
            continue
        texts = (was.text if was is not None else None, now.text if now is not None else None)
        found.append(Difference(what, key, shown.name, aspect, shown.section, *texts))
    return tuple(found)


def _facets(reading: Reading) -> Iterator[tuple[Facet, Shown]]:
    """Each thing of a deal as text."""
    law, state = reading.law, reading.state
    yield from _money(reading)
    for document in views.documents(law, state):
        yield ("document", document.kind, "status"), Shown(document.status, document.section, document.kind)
    for entry in views.entries(law, state):
        for aspect, text in (("counts", _yes(entry.counts)), ("missing", ", ".join(entry.missing))):
            yield ("entry", str(entry.number), aspect), Shown(text, entry.section, f"{entry.kind} {entry.name}")
    for norm in views.norms(law, state):
        name = f"{', '.join(norm.bearers)}: {norm.text}" + (f" ({norm.about})" if norm.about else "")
        for aspect, text in (("status", norm.status), ("due", _at(reading, norm.due))):
            yield ("norm", norm.key, aspect), Shown(text, norm.section, name)
    for each in views.checklists(law, state):
        text = "yes" if each.met else f"{each.condition.note or 'no'}{', met before' if each.latched else ''}"
        yield ("checklist", each.key, "met"), Shown(text, each.section, f"{each.title} {each.about}".strip())
    for clause in views.clauses(law, state):
        yield ("clause", clause.section, "status"), Shown(clause.status, clause.section, clause.title)
    yield from _openness(reading)


def _openness(reading: Reading) -> Iterator[tuple[Facet, Shown]]:
    law, state = reading.law, reading.state
    for blank in views.blanks(law, state):
        yield ("blank", blank.name, "content"), Shown(blank.content, blank.section, blank.name)
    for ambiguity in views.ambiguities(law, state):
        yield ("ambiguity", ambiguity.name, "chosen"), Shown(ambiguity.chosen, ambiguity.section, ambiguity.name)
    for role, filler in views.fillers(law, state).items():
        yield ("role", role, "filler"), Shown(filler, "", role)
    at, section = views.ended(state)
    yield ("agreement", "", "ended"), Shown(_at(reading, at), section, law.terms.title)


def _money(reading: Reading) -> Iterator[tuple[Facet, Shown]]:
    law, state = reading.law, reading.state
    for fund in views.funds(law, state):
        amounts = {"balance": fund.balance, "excess": fund.excess, "interest": fund.interest}
        for aspect, amount in amounts.items():
            yield ("fund", fund.name, aspect), Shown(str(amount or OPEN), fund.section, fund.name)
    for paid in views.paid(law, state):
        yield ("paid", f"{paid.payee} {paid.unit}", "total"), Shown(str(paid.total or OPEN), "", paid.payee)
    for cap in views.caps(law, state):
        yield ("cap", f"{cap.section} {cap.text}", "used"), Shown(str(cap.used or OPEN), cap.section, cap.text)


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


def _at(reading: Reading, at: datetime | None) -> str:
    return "" if at is None else say_instant(at, reading.law.terms.zone)
