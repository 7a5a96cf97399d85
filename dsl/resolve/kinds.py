"""Kinds of entry, lists of them, and the types of their fields."""

from dsl import syntax
from dsl.money import is_currency
from dsl.presets import PRESETS
from dsl.resolve.declared import Defined
from dsl.resolve.figures import fund
from dsl.resolve.fitting import DATE
from dsl.resolve.literals import need_currency
from dsl.resolve.names import ENTRIES, PEOPLE
from dsl.resolve.scope import Scope
from dsl.resolve.words import a
from dsl.terms import DAY, Field, Kind, Type

_ONCE = {
    syntax.SignedBy: "signed by",
    syntax.Keyed: "each with a registered key",
    syntax.MadeBy: "made by",
    syntax.DeliveredBy: "delivered by",
    syntax.AddressedTo: "addressed to",
    syntax.About: "about",
    syntax.LatestCounts: "the latest of which counts",
    syntax.OnlyOne: "only one",
    syntax.MovementOf: "into",
    syntax.Stating: "stating",
    syntax.Recurring: "every",
}

LONGEST_LIST = 200
"""How many kinds, and lists of them, may be in a list; the longest of a real deal has thirty."""


def collections(defined: dict[str, Defined], scope: Scope) -> dict[str, tuple[str, ...]]:
    """Each list as the kinds in it; a list of lists is one list of all their kinds."""
    listed: dict[str, tuple[str, ...]] = {}
    for name, (clause, definition) in defined.items():
        if isinstance(definition.meaning, syntax.Collection):
            inside = scope.at(clause.section.number)
            nodes = definition.meaning.members.names
            listed[name] = tuple(inside.expect(each, ENTRIES, "kind of entry") or "" for each in nodes)
    for name, (clause, definition) in defined.items():
        if name in listed:
            scope.names.collections[name] = _flat(name, listed, definition, scope.at(clause.section.number))
    return scope.names.collections


def _flat(name: str, listed: dict[str, tuple[str, ...]], node: syntax.Definition, scope: Scope) -> tuple[str, ...]:
    """The kinds of a list and of the lists in it, each once."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(reversed(listed[name]))
    while waiting:
        each = waiting.pop()
        if each == name:
            scope.wrong(
                node.name,
                "A list in itself",
                f"{name} is in its own list",
                "A list has kinds of entry in it.",
                "Leave it out.",
            )
        elif each in listed and each not in seen:
            seen.add(each)
            waiting += reversed(listed[each])
        elif each and each not in listed:
            found[each] = None
        if len(seen) + len(found) > LONGEST_LIST:
            why = f"A list has at most {LONGEST_LIST} kinds and lists in it."
            scope.wrong(node.name, "A list that is too long", "nobody could read it", why, "Make several lists.")
            break
    return tuple(found)


def kinds(defined: dict[str, Defined], scope: Scope) -> dict[str, Kind]:
    """Every kind by name; all are known by name before the fields of any are read."""
    for name, (clause, definition) in defined.items():
        if isinstance(definition.meaning, syntax.Kind):
            preset = definition.meaning.preset
            scope.names.kinds[name] = Kind(name, preset, clause.section.number, definition.span)
    for name, (clause, definition) in defined.items():
        if isinstance(definition.meaning, syntax.Kind):
            made = _kind(name, definition, definition.meaning, scope.at(clause.section.number))
            scope.names.kinds[name] = made
    return scope.names.kinds


def _kind(name: str, node: syntax.Definition, meaning: syntax.Kind, scope: Scope) -> Kind:
    said: dict[str, object] = {}
    seen: set[str] = set()
    for attribute in meaning.attributes:
        word = _ONCE[type(attribute)]
        if word in seen:
            scope.wrong(
                attribute, f"Two times `{word}`", "said before", "One of the two would be overlooked.", "Join the two."
            )
        seen.add(word)
        said |= _attribute(attribute, scope)
    _check_shape(node, meaning, seen, scope)
    return Kind(name, meaning.preset, scope.section, node.span, **said)  # type: ignore[arg-type]


def _attribute(node: syntax.Attribute, scope: Scope) -> dict[str, object]:
    match node:
        case syntax.SignedBy():
            return {"signers": _people(node.names, "and", "Everybody named signs.", scope)}
        case syntax.Keyed():
            return {"keyed": True}
        case syntax.MadeBy():
            return {"makers": _people(node.names, "or", "Any one of those named makes it.", scope)}
        case syntax.DeliveredBy():
            return {"deliverers": _people(node.names, "or", "Any one of those named delivers it.", scope)}
        case syntax.AddressedTo(names=syntax.Names() as names):
            return {"recipients": _people(names, "and", "Everybody named receives it.", scope)}
        case syntax.AddressedTo():
            return {"recipients": scope.names.of_sorts(("party",)), "to_others": True}
        case syntax.About():
            return {"about": scope.expect(node.kind, ENTRIES, "kind of entry") or ""}
        case syntax.OnlyOne():
            return {"only_one": "for each" if node.kind is not None else "only one"}
        case syntax.LatestCounts():
            return {"latest_counts": True}
        case syntax.MovementOf():
            return {"way": node.way, "fund": fund(node.fund, scope)}
        case syntax.Stating():
            return {"fields": _fields(node, scope)}
        case syntax.Recurring():
            return {"fields": (Field(DAY, DATE, False),)}


def _people(node: syntax.Names, joined_by: str, why: str, scope: Scope) -> tuple[str, ...]:
    """Names that the one right word joins, so that nobody has to guess whether one is enough."""
    if len(node.names) > 1 and node.joined_by != joined_by:
        found = f"joined by `{node.joined_by}`" if node.joined_by else "only commas join them"
        instead = (
            "Write `or`; where all must act together, define a writing `signed by A and B`."
            if joined_by == "or"
            else "Write `and`; where one is enough, define a group `acting by any of them`."
        )
        scope.wrong(node, f"`{joined_by}` is meant here", found, why, instead)
    found_names = tuple(scope.expect(each, PEOPLE, "party") or "?" for each in node.names)
    for place, name in enumerate(found_names):
        if name in found_names[:place]:
            scope.wrong(node.names[place], "Named twice", "named before", "Once is enough.", "Leave it out here.")
    return tuple(dict.fromkeys(found_names))


def _check_shape(node: syntax.Definition, meaning: syntax.Kind, seen: set[str], scope: Scope) -> None:
    """A preset says which attributes can mean anything."""
    name, preset = node.name.text, PRESETS[meaning.preset]
    a_preset = a(preset.word)
    if "every" in seen:
        _check_recurring(name, meaning, scope)
    for attribute in meaning.attributes:
        word = _ONCE[type(attribute)]
        if isinstance(attribute, syntax.SignedBy) and not preset.signed:
            scope.wrong(
                attribute,
                f"Nobody signs {a_preset}",
                f"{name} is {a_preset}",
                "Documents, writings, amendments and waivers are signed.",
                "Write `made by`, or define it as a writing.",
            )
        elif isinstance(attribute, syntax.MovementOf) and preset.word != "movement":
            scope.wrong(
                attribute,
                "Only a movement has a fund",
                f"{name} is {a_preset}",
                "Money that goes into or out of a fund is a movement.",
                "Define it as a movement, or leave this out.",
            )
        elif preset.word == "movement" and not isinstance(attribute, syntax.MovementOf | syntax.About):
            scope.wrong(
                attribute,
                f"A movement is not `{word}`",
                "money moves",
                "Its maker and amount are known.",
                "Leave this out.",
            )
    if preset.word == "movement" and "into" not in seen:
        why = "A movement is money that goes into or out of a fund."
        scope.wrong(node, "A movement of no fund", "no fund is named", why, "Write `a movement, into the Escrow Fund`.")
    if {"signed by", "made by"} <= seen:
        scope.wrong(
            node,
            "Signed and made",
            "both are said",
            "What is signed comes to be by the last signature, what is made by one act.",
            "Keep `signed by`, and say `delivered by` for whoever hands it over.",
        )


def _check_recurring(name: str, meaning: syntax.Kind, scope: Scope) -> None:
    """The agreement itself makes what recurs, and says nothing in it but the day."""
    for attribute in meaning.attributes:
        if isinstance(attribute, syntax.Recurring) and meaning.preset != "event":
            scope.wrong(
                attribute,
                "Only an event recurs",
                f"{name} is {a(meaning.preset)}",
                "What comes on its day without anybody's act is an event.",
                "Define it as an event, and let a duty `for each` of them say who must act.",
            )
        elif not isinstance(attribute, syntax.Recurring | syntax.LatestCounts):
            scope.wrong(
                attribute,
                f"What recurs is not `{_ONCE[type(attribute)]}`",
                "the agreement itself makes it",
                f"Nobody makes {a(name)}, and it states nothing but its `Day`.",
                f"Leave this out, or define another kind of entry `about {a(name)}`.",
            )


# ------------------------------------------------------------------- fields


def _fields(node: syntax.Stating, scope: Scope) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for each in node.fields:
        name = each.name.text
        if name in found:
            scope.wrong(
                each.name, "Field defined twice", "defined before", "A field is asked by its name.", "Give it another."
            )
        found[name] = Field(name, field_type(each.type, scope), each.optional)
    return tuple(found.values())


def field_type(node: syntax.FieldType, scope: Scope) -> Type:
    """The type of a field or a blank; the choices and the unit it brings are known from here on."""
    found = _type(node, scope)
    scope.names.count_in(found)
    return found


def _type(node: syntax.FieldType, scope: Scope) -> Type:
    match node:
        case syntax.PlainType():
            return Type(node.word)
        case syntax.ChoiceOf():
            choices = tuple(each.text for each in node.choices)
            for place, each in enumerate(node.choices):
                if each.text in choices[:place]:
                    scope.wrong(each, "Choice named twice", "named before", "Once is enough.", "Leave it out here.")
            return Type("choice", tuple(dict.fromkeys(choices)))
        case syntax.QuantityOf():
            return Type("amount", (_unit(node, scope),))
        case syntax.ReferenceType():
            noun = scope.expect(node.kind, ENTRIES, "kind of entry")
            return Type("entry", scope.names.members(noun) if noun else ())


def _unit(node: syntax.QuantityOf, scope: Scope) -> str:
    if node.unit is None:
        return need_currency(node, scope)
    name = node.unit.text
    if not is_currency(name) and scope.names.sort(name):
        scope.wrong(
            node.unit,
            "Not a unit",
            "the name of something else",
            "An amount is counted in a currency or in a unit such as Shares.",
            "Write the currency code, or `name` for the name of somebody.",
        )
    return name
