"""The name of a blank or an ambiguity in, those who fill or settle it out."""

from dsl.compile import Agreement


def settlers(agreement: Agreement, name: str) -> tuple[tuple[str, ...], bool]:
    """Who fills a blank or settles an ambiguity, and whether each of them must say the same."""
    terms = agreement.terms
    if name in terms.blanks:
        return _each(agreement, terms.blanks[name].filled_by), True
    if name in terms.ambiguities:
        return _each(agreement, terms.ambiguities[name].settled_by), True
    owner = next(address.recipient for address in terms.addresses if address.blank == name)
    return agreement.members(owner), False


def _each(agreement: Agreement, names: tuple[str, ...]) -> tuple[str, ...]:
    named = names or agreement.everybody()
    return tuple(dict.fromkeys(member for name in named for member in agreement.members(name)))
