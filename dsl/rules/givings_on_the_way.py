"""A notice that is on its way has not been given."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.presets import PRESETS
from dsl.resolve.walk import walk
from dsl.rules.facts import needed, spoken
from dsl.terms import Compare, Picked, Provision, Reference, Row, Selection, StageOf, StageReached, Terms


def givings_on_the_way(terms: Terms) -> Iterator[Diagnostic]:
    """`When the giving of such Notice is before 5 May 2026`, asked while the Notice is on its way.

    The rule for notices says already at the sending when a notice will have been given, so the comparison is settled
    by then, and the sentence follows before anybody has received anything. A reader takes it to follow on the giving.
    """
    rule = terms.notice_rule
    if rule is None or not any(way.period and way.period.number for way in rule.ways):
        return
    told: set[int] = set()
    for provision in terms.provisions:
        arrived = tuple(_arrived(provision, terms))
        for compared in spoken(provision.trigger, terms):
            if not isinstance(compared, Compare) or compared.span.start in told:
                continue
            for stage in walk((compared.left, compared.right)):
                on_its_way = isinstance(stage, StageOf) and stage.stage in ("giving", "receipt")
                if on_its_way and _is_sent(stage.subject, terms) and stage.subject not in arrived:
                    told.add(compared.span.start)
                    yield _told(compared, stage, rule.section, provision)


def _arrived(provision: Provision, terms: Terms) -> Iterator[Reference]:
    """The entries of which the trigger also asks that they have been given or received."""
    for each in needed(provision.trigger, terms):
        if isinstance(each, StageReached) and each.quantifier == "some" and each.stage in ("given", "received"):
            yield each.subject


def _is_sent(subject: Reference, terms: Terms) -> bool:
    """Whether an entry travels before it is given."""
    kinds: tuple[str, ...] = ()
    match subject:
        case Row(kind=kind):
            kinds = terms.collections.get(kind, (kind,))
        case Selection(kinds=kinds) | Picked(entries=Selection(kinds=kinds)):
            pass
        case _:
            pass
    return any(PRESETS[terms.kinds[kind].preset].sent for kind in kinds)


def _told(compared: Compare, stage: StageOf, section: str, provision: Provision) -> Diagnostic:
    return Diagnostic(
        "Compared while it is on its way",
        compared.span,
        "known as soon as it is sent",
        f"Section {section} fixes {stage.text} at the sending, so this can be true before it is given.",
        "Ask as well that it has been given: `such ... has been given and ...`.",
        Severity.WARNING,
        provision.section,
    )
