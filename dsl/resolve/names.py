"""The names of an agreement, and what each of them is the name of.

A table of names is filled while an agreement is resolved, or taken from terms that are resolved already, so that a
question, an attempt or a scenario is read with the very same rules as a clause.

A kind or a list may be written in the plural (`the number of Claims`); every other name is written as it is defined.
"""

import re
from dataclasses import dataclass, field

from dsl.terms import (
    Ambiguity,
    Blank,
    Field,
    FieldOf,
    Fund,
    Kind,
    Named,
    Party,
    Picked,
    Reference,
    Row,
    Selection,
    Type,
    Value,
)

ACTING = ("party", "person", "group")
"""Who can be bound."""

PEOPLE = (*ACTING, "payee", "court", "counsel")
"""Whoever can make, sign or receive something."""

ROLES = ("party", "person", "payee", "court", "counsel")
"""What one person at a time fills."""

_LINK = re.compile(r" (?:Against|By|For|From|In|Of|On|To|Under|With) ")
"""Before what a name of several words has its plural: `Letters Of Credit`."""

ENTRIES = ("kind", "list")
"""Nouns for entries."""

SORTS = {
    "party": "party",
    "person": "person",
    "group": "group",
    "payee": "payee",
    "court": "court",
    "counsel": "counsel",
    "channel": "channel",
    "fund": "fund",
    "kind": "kind of entry",
    "list": "list",
    "blank": "blank",
    "ambiguity": "ambiguity",
    "condition": "named condition",
    "value": "named value",
}
"""What a name can be the name of, as people call it."""


@dataclass(slots=True)
class Names:
    """Everything a sentence can speak of."""

    sorts: dict[str, str] = field(default_factory=dict)
    sections_of: dict[str, str] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    agents: dict[str, list[str]] = field(default_factory=dict)
    """The persons who act for somebody."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    collections: dict[str, tuple[str, ...]] = field(default_factory=dict)
    funds: dict[str, Fund] = field(default_factory=dict)
    blanks: dict[str, Blank] = field(default_factory=dict)
    ambiguities: dict[str, Ambiguity] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    """The kind of entry that a named condition is said of, or nothing."""
    values: dict[str, Type] = field(default_factory=dict)
    figures: dict[str, dict[str, Field]] = field(default_factory=dict)
    """The figures that are worked out for each entry of a kind."""
    meanings: dict[str, Value] = field(default_factory=dict)
    """What each named value stands for."""
    rows: dict[str, str] = field(default_factory=dict)
    """The kind of each entry that exists from signing."""
    choices: set[str] = field(default_factory=set)
    """Every name that a field offers as a choice, and every reading."""
    units: set[str] = field(default_factory=set)
    """The units, other than currencies, that amounts are counted in."""
    sections: frozenset[str] = frozenset()
    """Every clause, every labelled item, and whatever they stand under."""
    numbered: tuple[str, ...] = ()
    """Every clause, in the order of the text."""
    is_read: bool = False
    """Whether they are the names of a text that is resolved already, to which nothing can be added here."""
    cited: frozenset[str] = frozenset()
    """How each sentence that binds is cited, once all of them have been read."""
    ambiguous: frozenset[str] = frozenset()
    """The numbers that two items have, or an item and a clause."""
    norms: dict[str, frozenset[str]] = field(default_factory=dict)
    """Which of `duty`, `power`, `ban`, `deadline` and `effect` a section has, with all that stands under it."""
    deadlines: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How many deadlines there are under a section and what stands under it, and in each sentence that binds: all, and
    those of sentences over rows."""
    caps: dict[str, str] = field(default_factory=dict)
    """The unit of the cap on a section; `?` where it is not written out."""
    row_caps: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The kind for each entry of which what is paid under a section has a cap of its own, and the unit of that."""
    paid: dict[str, frozenset[str]] = field(default_factory=dict)
    """The units in which something is paid under a section, with all that stands under it, as far as the text says."""
    addresses: frozenset[str] = frozenset()
    """The addresses on file, by the name under which each is filled."""
    zone: str = ""
    calendar: str = ""
    currency: str = ""

    def canonical(self, name: str) -> str:
        """The name as it is defined; the plural of a kind or list stands for the kind or list."""
        if name in self.sorts:
            return name
        for single in singulars(name):
            if self.sorts.get(single) in ENTRIES:
                return single
        return name

    def unit(self, name: str) -> str:
        """The unit that a name, its plural or its singular stands for (`1 Share` of Shares), or nothing."""
        if name in self.units:
            return name
        near = (unit for unit in sorted(self.units) if unit in singulars(name) or name in singulars(unit))
        return next(near, "")

    def sort(self, name: str) -> str:
        """What a name is the name of, or nothing."""
        return self.sorts.get(self.canonical(name), "")

    def count_in(self, type_: Type) -> None:
        """Note the choices that a type offers and the unit it counts in."""
        if type_.name == "choice":
            self.choices.update(type_.of)
        if type_.name == "amount":
            self.units.update(type_.of)

    def of_sorts(self, sorts: tuple[str, ...]) -> tuple[str, ...]:
        """All names of some sorts, in the order of the text."""
        return tuple(name for name, sort in self.sorts.items() if sort in sorts)

    def members(self, noun: str) -> tuple[str, ...]:
        """The kinds that a noun stands for: itself, or those of a list."""
        return self.collections.get(noun, (noun,))

    def over(self, rows: Selection) -> tuple[str, ...]:
        """What `such` can call a row of a selection: its noun, and each list that has all its kinds."""
        lists = (name for name, kinds in self.collections.items() if set(rows.kinds) <= set(kinds))
        return tuple(dict.fromkeys((rows.text_noun, *lists)))

    def people(self, name: str) -> frozenset[str]:
        """Everybody whose act can be an act of this name: members of a group, and persons who act for them."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in found and each in self.parties:
                found.add(each)
                waiting += self.parties[each].members
                waiting += self.agents.get(each, ())
        return frozenset(found)

    def kinds_of(self, reference: Reference) -> tuple[str, ...]:
        """The kinds an entry can be of; none where that cannot be known from the text."""
        match reference:
            case Row():
                return self.members(reference.kind)
            case Picked():
                return reference.entries.kinds
            case Named():
                kind = self.rows.get(reference.name)
                return (kind,) if kind else ()
            case Selection():
                return reference.kinds
            case FieldOf():
                held = [self.fields(kind).get(reference.field) for kind in self.kinds_of(reference.subject)]
                return tuple(dict.fromkeys(kind for each in held if each for kind in each.type.of))

    def fields(self, kind: str) -> dict[str, Field]:
        """What can be asked of an entry of a kind: its own fields, and those every entry of its sort has."""
        made = self.kinds.get(kind)
        if made is None:
            return {}
        found = {"Maker": Field("Maker", Type("name"), False)}
        if made.preset == "movement":
            fund = self.funds.get(made.fund)
            found["Amount"] = Field("Amount", Type("amount", (fund.unit if fund else "?",)), False)
            found["Payer"] = Field("Payer", Type("name"), False)
            found["Payee"] = Field("Payee", Type("name"), False)
        if made.about:
            found[made.about] = Field(made.about, Type("entry", self.members(made.about)), False)
        return found | {each.name: each for each in made.fields} | self.figures.get(kind, {})


def singulars(name: str) -> tuple[str, ...]:
    """What a name may be the plural of: `Claims` of Claim, `Notices To Perform` of Notice To Perform."""
    if found := _LINK.search(name):
        head, rest = name[: found.start()], name[found.start() :]
        return (*(f"{single}{rest}" for single in _singulars(head)), *_singulars(name))
    return _singulars(name)


def _singulars(name: str) -> tuple[str, ...]:
    if name.endswith("ies"):
        return (f"{name[:-3]}y", name[:-1])
    if name.endswith("es"):
        return (name[:-1], name[:-2])
    return (name[:-1],) if name.endswith("s") else ()
