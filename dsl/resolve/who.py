"""Parties, persons, groups and outsiders: who takes part in the deal."""

from dsl import syntax
from dsl.resolve.circles import in_order
from dsl.resolve.declared import Defined
from dsl.resolve.names import ACTING
from dsl.resolve.scope import Scope
from dsl.terms import Party


def parties(defined: dict[str, Defined], scope: Scope) -> dict[str, Party]:
    """Everybody by name, put among the names as well."""
    found = scope.names.parties
    for name, (clause, definition) in defined.items():
        party = _party(name, definition, scope.at(clause.section.number))
        if party is not None:
            found[name] = party
    for party in found.values():
        scope.names.agents.setdefault(party.acts_for, []).append(party.name)
    _, circles = in_order({name: party.members for name, party in found.items()})
    for circle in circles:
        party = found[circle[0]]
        scope.at(party.section).wrong(
            party.span,
            "A group in itself",
            f"{party.name} is among its own members",
            f"The circle is {' -> '.join([*circle, circle[0]])}, so nobody could act for any of it.",
            "Name the members that are no such group.",
        )
    return found


def _party(name: str, node: syntax.Definition, scope: Scope) -> Party | None:
    meaning = node.meaning
    match meaning:
        case syntax.Party():
            return Party(name, "party", _described(meaning.described), scope.section, node.span)
        case syntax.Person():
            acts_for = scope.expect(meaning.party, ("party", "group", "counsel", "court"), "party") or ""
            return Party(name, "person", _described(meaning.described), scope.section, node.span, acts_for)
        case syntax.Outsider():
            return Party(name, meaning.role, _described(meaning.described), scope.section, node.span)
        case syntax.Group():
            return _group(name, meaning, node, scope)
        case _:
            return None


def _group(name: str, meaning: syntax.Group, node: syntax.Definition, scope: Scope) -> Party:
    members = tuple(dict.fromkeys(scope.expect(each, ACTING, "party") or "?" for each in meaning.members.names))
    if meaning.members.joined_by == "or":
        scope.wrong(meaning.members, "`or` in a group", "joined by `or`", "All of them are members.", "Write `and`.")
    if len(members) < len(meaning.members.names):
        scope.wrong(
            meaning.members, "Member named twice", "named before", "Each member counts once.", "Name each once."
        )
    rule = meaning.rule.split()[0].replace(",", "")
    if rule.isdigit() and not 1 <= int(rule[:9]) <= len(members):
        scope.wrong(
            meaning,
            f"{rule} of {len(members)} members",
            "no such number can act",
            f"{name} has {len(members)} members.",
            f"Write a number from 1 to {len(members)}.",
        )
        rule = "each"
    return Party(name, "group", "", scope.section, node.span, members=members, rule=rule)


def _described(text: syntax.Text | None) -> str:
    return text.text if text else ""
