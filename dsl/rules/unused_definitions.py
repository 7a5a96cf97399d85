"""A name is defined because a sentence uses it."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.money import is_currency
from dsl.resolve.walk import walk
from dsl.rules.acts_of import name_at
from dsl.source import Span
from dsl.terms import Terms


def unused_definitions(terms: Terms) -> Iterator[Diagnostic]:
    """A kind, list, group, fund, value or condition of which no sentence speaks.

    It may be a leftover, or the sentence that was to use it was forgotten, which is worse. Parties, payees and other
    people are left out: plans and attempts can name them without any sentence of the agreement.
    """
    used = frozenset(_spoken_of(terms))
    for name, what, section, span in _defined(terms):
        if name not in used:
            yield Diagnostic(
                f"{name} is never used",
                name_at(name, span),
                f"no sentence speaks of this {what}",
                f"Only its definition has the name {name}.",
                "Use it, or leave it out.",
                Severity.WARNING,
                section,
            )


def _defined(terms: Terms) -> Iterator[tuple[str, str, str, Span]]:
    for kind in terms.kinds.values():
        yield kind.name, "kind of entry", kind.section, kind.span
    for party in terms.parties.values():
        if party.role == "group":
            yield party.name, "group", party.section, party.span
    for fund in terms.funds.values():
        yield fund.name, "fund", fund.section, fund.span
    for value in terms.values.values():
        if value.type.name != "entry":  # A name for an entry gives way to the entry where it is used.
            yield value.name, "value", value.section, value.span
    for condition in terms.conditions.values():
        yield condition.name, "condition", condition.section, condition.span


def _spoken_of(terms: Terms) -> Iterator[str]:
    """Every name in a sentence, and every name in a definition but the one it defines."""
    sentences = (
        terms.provisions, terms.validities, terms.outflows, terms.caps, terms.notice_rule, terms.addresses,
        terms.protections, terms.edges, terms.rows,
        tuple(each.value for each in terms.values.values()),
        tuple(each.condition for each in terms.conditions.values()),
        tuple(each.purpose for each in terms.funds.values()),
        tuple(each.every for each in terms.kinds.values()),
    )  # fmt: skip
    for part in walk(sentences):
        yield from _texts(part)
    for kind in terms.kinds.values():
        yield from (*kind.signers, *kind.makers, *kind.deliverers, *kind.recipients, kind.about, kind.fund)
        for each in kind.fields:
            yield from each.type.of
    for party in terms.parties.values():
        yield from (*party.members, party.acts_for)
    for condition in terms.conditions.values():
        yield condition.subject
    held = {fund.unit for fund in terms.funds.values() if not is_currency(fund.unit)}
    for kind in terms.kinds.values():
        if any(each.type.name == "amount" and held.intersection(each.type.of) for each in kind.fields):
            yield kind.name  # a fund counts in the unit that it brings
    for fund in terms.funds.values():
        yield fund.holder
    for members in terms.collections.values():
        yield from members
    for named in (*terms.blanks.values(), *terms.ambiguities.values()):
        yield from getattr(named, "filled_by", ())
        yield from getattr(named, "settled_by", ())


def _texts(part: object) -> Iterator[str]:
    for name in type(part).__dataclass_fields__:  # type: ignore[attr-defined]
        content = getattr(part, name)
        if name == "text":
            continue
        if isinstance(content, str):
            yield content
        elif isinstance(content, tuple):
            yield from (each for each in content if isinstance(each, str))
