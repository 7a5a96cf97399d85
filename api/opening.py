"""What somebody asks a deal to be opened with, read against the agreement: seats, fillers of roles and blanks.

Everything that is wrong is told at once: each party, role and blank, and the blanks that are left out.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from api.acts import Unreadable, read_blank
from api.seats import SOMEBODY, problems_of_name
from dsl.compile import Agreement
from dsl.diagnostics import did_you_mean
from dsl.wellformed import blank_problems

_NAMED: Final = ("party", "person", "group")


def opening_problems(agreement: Agreement, body: dict[str, Any], opener: str) -> Iterator[str]:
    """All that is wrong with an opening at once: each party, role and blank, and the blanks that are left out."""
    parts: list[Callable[[], object]] = [
        partial(_read_seat, agreement, name, persons) for name, persons in body["seats"].items()
    ]
    parts += [partial(read_fillers, agreement, {name: who}) for name, who in body["fillers"].items()]
    parts += [partial(_read_within_bounds, agreement, name, value) for name, value in body["blanks"].items()]
    parts += [partial(_read_seat, agreement, name, []) for name in body.get("keyed", ())]
    found = [problem for part in parts for problem in _problems_of(part)]
    found += _unclear_names(agreement, body["seats"], body["fillers"])
    if not any(opener in persons for persons in body["seats"].values()):
        found.append("Who opens a deal acts for somebody in it: name yourself for one of its parties.")
    yield from found
    if found:
        required = (each.name for each in agreement.terms.blanks.values() if each.required)
        yield from (
            f"The blank {name} must be filled before the deal opens." for name in required if name not in body["blanks"]
        )


def _unclear_names(agreement: Agreement, seats: dict[str, list[str]], fillers: dict[str, str]) -> Iterator[str]:
    """Persons, and those who fill roles, whom nobody can tell by sight or tell from another one."""
    persons = list(dict.fromkeys(person for some in seats.values() for person in some))
    for number, person in enumerate(persons):
        yield from problems_of_name(person, persons[:number])
    parties = agreement.terms.parties
    for number, (role, filler) in enumerate(fillers.items()):
        others = [name for name in parties if name != role]
        others += [each.described for each in parties.values() if each.name not in fillers and each.described]
        yield from problems_of_name(filler, [*others, *list(fillers.values())[:number]])
        if filler in others and filler in parties:
            yield f"`{filler}` is the name of another party: {role} cannot be filled by it."


def _problems_of(part: Callable[[], object]) -> tuple[str, ...]:
    try:
        part()
    except Unreadable as error:
        return error.problems
    return ()


def _read_within_bounds(agreement: Agreement, name: str, value: str) -> None:
    """What is stated for a blank, which has to be readable and within its limits."""
    problems = tuple(blank_problems(agreement, read_blanks(agreement, {name: value})))
    if problems:
        raise Unreadable(problems)


def _read_seat(agreement: Agreement, name: str, persons: list[str]) -> Iterator[tuple[str, str]]:
    """Each person for a party, or for every member of a group."""
    party = agreement.terms.parties.get(name)
    if party is None or party.role not in (*SOMEBODY, "group"):
        known = [each.name for each in agreement.terms.parties.values() if each.role in _NAMED]
        hint = did_you_mean(name, known) or f"The parties are {', '.join(known)}."
        raise Unreadable((f"`{name}` is no party to this agreement. {hint}",))
    return ((person, member) for member in agreement.members(name) for person in persons)


def read_seats(agreement: Agreement, seats: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """Who acts for whom; a person who acts for a group acts for each of its members."""
    found: dict[tuple[str, str], None] = {}
    for name, persons in seats.items():
        found |= dict.fromkeys(_read_seat(agreement, name, persons))
    return tuple(found)


def read_fillers(agreement: Agreement, fillers: dict[str, str]) -> tuple[tuple[str, str], ...]:
    for name in fillers:
        if name not in agreement.terms.parties:
            known = [each.name for each in agreement.terms.parties.values() if each.role in _NAMED]
            hint = did_you_mean(name, known) or f"The roles are {', '.join(known)}."
            raise Unreadable((f"There is no role `{name}`. {hint}",))
    return tuple(fillers.items())


def read_blanks(agreement: Agreement, blanks: dict[str, str]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, read_blank(agreement, None, name, value)) for name, value in blanks.items())
