"""The name of a blank or an ambiguity in, those who fill or settle it out; which addresses are on file; and who
is one with whom.

An address is that of the holder who gave it: what the agreement states is given by those who fill the roles at the
opening. A successor has none until one is given, unless the agreement binds it to the role (`of every Landlord`).
"""

from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import Agreement
from dsl.reasons import Gap, Truth, Wait
from dsl.state import Filling, State

if TYPE_CHECKING:
    from dsl.judge import Judge


def settlers(agreement: Agreement, name: str) -> tuple[tuple[str, ...], bool]:
    """Who fills a blank or settles an ambiguity, and whether each of them must say the same."""
    terms = agreement.terms
    if name in terms.blanks:
        return _each(agreement, terms.blanks[name].filled_by), True
    if name in terms.ambiguities:
        return _each(agreement, terms.ambiguities[name].settled_by), True
    owner = next(address.recipient for address in terms.addresses if address.blank == name)
    return agreement.members(owner), False


def reading_of(agreement: Agreement, name: str) -> Wait:
    """That the reading of an ambiguity is waited for, and of whom."""
    ambiguity = agreement.terms.ambiguities[name]
    text = f"the reading of {name} ({' or '.join(ambiguity.readings)})"
    return Wait("reading", text, settlers(agreement, name)[0], section=ambiguity.section, about=name)


def is_filled(agreement: Agreement, state: State, name: str) -> bool:
    """Whether a blank or an address on file holds anything; what the text states holds until its owner changes it."""
    own = (each for each in agreement.terms.addresses if each.blank == name)
    return name in state.blanks or any(is_on_file(agreement, state, each) for each in own)


def unsettled(agreement: Agreement, state: State) -> tuple[str, ...]:
    """The ambiguities that have no reading yet, and the blanks that have not been filled."""
    readings = (name for name in agreement.terms.ambiguities if name not in state.choices)
    return (*readings, *(name for name in agreement.terms.blanks if name not in state.blanks))


def is_on_file(agreement: Agreement, state: State, address: t.Address) -> bool:
    """Whether an address counts now: one that has been given, or stands in the text and is not a former holder's."""
    stated = address.address is not None and former_owner(agreement, state, address) is None
    return address.blank in state.blanks or stated


def former_owner(agreement: Agreement, state: State, address: t.Address) -> Filling | None:
    """The filling since which what the text states is the address of a former holder; None if it is not."""
    owners = () if address.of_role else agreement.members(address.recipient)
    return next((each for owner in owners if (each := _taken_over(state, owner)) is not None), None)


def _taken_over(state: State, role: str) -> Filling | None:
    """The filling by which somebody came to fill a role who did not fill it at the opening."""
    filled = [each for each in state.holders if each.role == role and each.filler]
    first = next((each.filler for each in filled if not each.section), "")
    return next((each for each in filled if each.section and each.filler != first), None)


def without_addresses(agreement: Agreement, state: State, role: str) -> State:
    """The state in which the addresses that a former holder of a role has given are no longer on file."""
    gone = {each.blank for each in agreement.terms.addresses if role in agreement.members(each.recipient)}
    gone -= {each.blank for each in agreement.terms.addresses if each.of_role}
    return state.at_large(
        blanks={name: content for name, content in state.blanks.items() if name not in gone},
        settlings=tuple(each for each in state.settlings if each.name not in gone),
    )


def _each(agreement: Agreement, names: tuple[str, ...]) -> tuple[str, ...]:
    named = names or agreement.everybody()
    return tuple(dict.fromkeys(member for name in named for member in agreement.members(name)))


def same_person(judge: "Judge", left: object, right: object) -> bool | Gap:
    """Whether two who are named differently are one: a role, and who fills it by name, be that a party of the
    agreement; open where the role, or the party of that name, has been filled by others as well."""
    for role, other in ((left, right), (right, left)):
        name = other.name if isinstance(other, t.NameValue) else other
        if not isinstance(role, t.NameValue) or name not in (role.name, *_fillers(judge, role.name)):
            continue
        itself = len(_fillers(judge, name)) < 2 or not isinstance(other, t.NameValue)
        if itself and all(each == name for each in _fillers(judge, role.name)):
            return True
        told = f"who is meant by the {role.name}, which others have filled as well: `the {role.name} as of ...`"
        return Gap(Truth.OPEN, (Wait("act", told),))
    return False


def _fillers(judge: "Judge", role: object) -> tuple[str, ...]:
    """Whoever has filled a role, each once."""
    return tuple(dict.fromkeys(each.filler for each in judge.state.holders if each.role == role))
