"""The name of a blank or an ambiguity in, those who fill or settle it out."""

from dsl.compile import Agreement
from dsl.state import State


def settlers(agreement: Agreement, name: str) -> tuple[tuple[str, ...], bool]:
    """Who fills a blank or settles an ambiguity, and whether each of them must say the same."""
    terms = agreement.terms
    if name in terms.blanks:
        return _each(agreement, terms.blanks[name].filled_by), True
    if name in terms.ambiguities:
        return _each(agreement, terms.ambiguities[name].settled_by), True
    owner = next(address.recipient for address in terms.addresses if address.blank == name)
    return agreement.members(owner), False


def is_filled(agreement: Agreement, state: State, name: str) -> bool:
    """Whether a blank or an address on file holds anything; what the text states holds until its owner changes it."""
    return name in state.blanks or any(
        each.blank == name and each.address is not None for each in agreement.terms.addresses
    )


def _each(agreement: Agreement, names: tuple[str, ...]) -> tuple[str, ...]:
    named = names or agreement.everybody()
    return tuple(dict.fromkeys(member for name in named for member in agreement.members(name)))
