"""The names of an agreement that is resolved already, for questions, attempts and scenarios about it."""

from functools import lru_cache

from dsl.resolve.names import Names
from dsl.resolve.sections import ancestors, count_deadlines
from dsl.resolve.walk import walk
from dsl.terms import Ban, Duty, Field, Item, Power, Provision, Terms, Type


@lru_cache(maxsize=32)
def names_of(terms: Terms) -> Names:
    """The names of an agreement that is resolved already."""
    names = Names(
        parties=terms.parties,
        kinds=terms.kinds,
        collections=terms.collections,
        funds=terms.funds,
        blanks=terms.blanks,
        ambiguities=terms.ambiguities,
        subjects={
            **{name: each.subject for name, each in terms.conditions.items()},
            **{name: each.subject for name, each in terms.values.items()},
        },
        values={name: each.type for name, each in terms.values.items()},
        meanings={name: each.value for name, each in terms.values.items()},
        rows={row.name: row.kind for row in terms.rows},
        sections=frozenset(above for each in (*terms.clauses, *item_paths(terms)) for above in ancestors(each)),
        numbered=tuple(terms.clauses),
        is_read=True,
        norms=_norms(terms.provisions),
        deadlines=_deadlines(terms.provisions),
        cited=frozenset(provision.cited for provision in terms.provisions),
        caps={section: "?" for cap in terms.caps if not cap.rows for section in (*cap.sections, cap.section)},
        row_caps={each: (cap.rows, "?") for cap in terms.caps if cap.rows for each in (*cap.sections, cap.section)},
        paid=terms.paid,
        addresses=frozenset(address.blank for address in terms.addresses),
        zone=terms.zone,
        calendar=terms.calendar.said if terms.calendar.name else "",
        currency=terms.currency,
    )
    for value in terms.values.values():
        for kind in names.members(value.subject) if value.subject else ():
            names.figures[kind] = {**names.figures.get(kind, {}), value.name: Field(value.name, value.type, True)}
    for party in terms.parties.values():
        names.sorts[party.name] = party.role
        names.agents.setdefault(party.acts_for, []).append(party.name)
    for type_ in (*(each.type for kind in terms.kinds.values() for each in kind.fields), *_blank_types(terms)):
        names.count_in(type_)
    names.choices.update(reading for each in terms.ambiguities.values() for reading in each.readings)
    for sort, defined in (
        ("fund", terms.funds),
        ("kind", terms.kinds),
        ("list", terms.collections),
        ("blank", terms.blanks),
        ("ambiguity", terms.ambiguities),
        ("condition", terms.conditions),
        ("value", terms.values),
    ):
        names.sorts |= dict.fromkeys(defined, sort)
    return names


def item_paths(terms: Terms) -> frozenset[str]:
    """The number of every labelled item of the agreement."""
    parts = (terms.provisions, terms.validities, tuple(terms.conditions.values()))
    return frozenset(each.path for each in walk(parts) if isinstance(each, Item) and each.path)


def _blank_types(terms: Terms) -> tuple[Type, ...]:
    return tuple(blank.type for blank in terms.blanks.values())


def _norms(provisions: tuple[Provision, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for provision in provisions:
        for section in ancestors(provision.section):
            found[section] = found.get(section, frozenset()) | _norm_words(provision)
    return found


def _deadlines(provisions: tuple[Provision, ...]) -> dict[str, tuple[int, int]]:
    dated = (each for each in provisions if "deadline" in _norm_words(each))
    return count_deadlines((each.cited, each.section, *_over(each), _window(each)) for each in dated)


def _window(provision: Provision) -> str:
    """The words of the window of a duty or power."""
    window = provision.statement.window if isinstance(provision.statement, Duty | Power) else None
    return window.text if window is not None else ""


def _over(provision: Provision) -> tuple[str, bool]:
    rows = provision.rows
    return (rows.text_noun, rows.filter is not None) if rows is not None else ("", False)


def _norm_words(provision: Provision) -> frozenset[str]:
    """What can be asked about the norm of a provision: whether it is a duty, a power or a ban, and has a deadline."""
    match provision.statement:
        case Duty(window=window):
            dated = window.within is not None or window.by is not None
            return frozenset({"duty", "deadline"} if dated else {"duty"})
        case Power(window=window):
            dated = window.within is not None or window.by is not None
            return frozenset({"power", "deadline"} if dated else {"power"})
        case Ban():
            return frozenset({"ban"})
        case _:
            return frozenset({"effect"})
