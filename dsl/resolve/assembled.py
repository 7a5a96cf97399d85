"""All parts of an agreement, put together as its terms."""

from dataclasses import dataclass

from dsl import syntax
from dsl.calendars import Calendar
from dsl.resolve.clauses import Binding
from dsl.resolve.scope import Scope
from dsl.terms import NamedCondition, NamedValue, Terms


@dataclass(frozen=True, slots=True)
class Said:
    """What the header and the definitions say."""

    header: dict[str, str]
    calendar: Calendar
    conditions: dict[str, NamedCondition]
    values: dict[str, NamedValue]


def assembled(tree: syntax.Agreement, scope: Scope, said: Said, found: Binding) -> Terms:
    """The terms of an agreement in which nothing is wrong; where no zone is said, none was needed."""
    names = scope.names
    return Terms(
        title=tree.title.text,
        version=said.header.get("version", ""),
        source=said.header.get("source", ""),
        governing_law=said.header.get("governing law", ""),
        zone=names.zone or "UTC",
        calendar=said.calendar,
        currency=names.currency,
        text=scope.source.text,
        clauses=found.clauses,
        parties=names.parties,
        kinds=names.kinds,
        collections=names.collections,
        funds=names.funds,
        blanks=names.blanks,
        ambiguities=names.ambiguities,
        conditions=said.conditions,
        values=said.values,
        provisions=tuple(found.provisions),
        validities=tuple(found.validities),
        outflows=tuple(found.outflows),
        caps=tuple(made for _, made in found.caps),
        notice_rule=found.notice_rules[0] if found.notice_rules else None,
        addresses=tuple(found.addresses.values()),
        protections=tuple(found.protections),
        survivals=tuple(found.survivals),
        edges=tuple(found.edges),
        rows=tuple(found.rows),
        open_points=tuple(found.open_points),
        readings=tuple(found.readings),
        accepted=tuple(found.accepted),
        paid=names.paid,
    )
