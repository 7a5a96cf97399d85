"""Whether an act may be done now, without the content of an attempt: what `Expect ... may` and `may not` ask.

It is judged as an attempt is: a ban forbids it, whatever allows it; a duty, a power or a declaration allows it; and
where the agreement says who acts for the actor, somebody must be able to. What depends on the attempt itself is not
asked: content rules, funds and caps.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dsl import actions as a
from dsl.authority import authority, hands
from dsl.bans import forbidding
from dsl.checks import Objection
from dsl.compile import Agreement
from dsl.explain import render_reason
from dsl.permits import permits
from dsl.reasons import Reason
from dsl.state import State
from dsl.verdicts import withheld


@dataclass(frozen=True, slots=True)
class Expected:
    """The sections under which an act may be done now, those that are cited where it may not, and why that is so."""

    granted: tuple[str, ...]
    cited: frozenset[str]
    told: str


def expected(law: Agreement, state: State, attempt: a.Attempt) -> Expected:
    """Whether an act may be done now, with every section that says so or says not."""
    against = _against(law, state, attempt)
    if against is not None:
        section, summary, reasons = against
        told = "\n".join((f"section {section}: {summary}", *map(render_reason, reasons)))
        return Expected((), frozenset((section, *_all_cited(reasons))), told)
    found = permits(law, state, attempt.actor, attempt.action)
    if not found:
        nobody = withheld(law, state, attempt, found)
        others = nobody.reasons and nobody.reasons[0].text != nobody.summary
        told = f"section {nobody.section}: {nobody.summary}" if others else "Nothing in the agreement allows it."
        return Expected((), frozenset(_all_cited(nobody.reasons)) if others else frozenset(), told)
    granted = tuple(each.section for each in found if each.granted)
    cited = (*(each.section for each in found), *_all_cited(each.reason for each in found))
    told = "\n".join(render_reason(each.reason) for each in found) or "Nothing in the agreement allows it."
    return Expected(granted, frozenset(cited), told)


def _against(law: Agreement, state: State, attempt: a.Attempt) -> tuple[str, str, tuple[Reason, ...]] | None:
    """What refuses an act before it is asked what allows it, with its section: nobody there, a ban, no authority."""
    forbidden = forbidding(law, state, attempt)
    if forbidden is not None:
        return forbidden.section, forbidden.summary, forbidden.reasons
    if hands(law, state, attempt.actor, attempt.action):
        return None
    nobody = authority(law, state, attempt)
    return (nobody.section, nobody.summary, nobody.reasons) if isinstance(nobody, Objection) else None


def _all_cited(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield from cited_in(reason)


def cited_in(reason: Reason) -> Iterator[str]:
    """Every section that a reason rests on."""
    yield reason.section
    for child in reason.children:
        yield from cited_in(child)
