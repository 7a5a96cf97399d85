"""Where one provision forbids what another requires or allows, the agreement says which of them yields."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic
from dsl.rules.acts_of import Norm, everybody, norms, parted
from dsl.terms import Act, Ban, Enter, Hold, Move, Provision, Terms


def clashing_provisions(terms: Terms) -> Iterator[Diagnostic]:
    """A ban and a duty or power of the same act and the same person, with no edge between their sections.

    An engine would have to choose, and a choice that nobody wrote is what this language is there to prevent. Each
    such pair is shown with both its places.
    """
    bans = [(provision, norm) for provision, norm in norms(terms) if isinstance(norm, Ban)]
    others: dict[str, list[tuple[Provision, Norm]]] = {}
    for provision, norm in norms(terms):
        if bans and not isinstance(norm, Ban):
            for about in _about(norm.act):
                others.setdefault(about, []).append((provision, norm))
    people = {norm.bearers: everybody(terms, norm.bearers) for _, norm in norms(terms)} if bans else {}
    for banning, ban in bans:
        same = {id(norm): (at, norm) for about in _about(ban.act) for at, norm in others.get(about, ())}
        for allowing, norm in same.values():
            if not _overlap(ban.act, norm.act) or not people[ban.bearers] & people[norm.bearers]:
                continue
            if not parted(terms.edges, banning.section, allowing.section):
                yield _clash(banning, ban, allowing, norm)


def _clash(banning: Provision, ban: Ban, allowing: Provision, norm: Norm) -> Diagnostic:
    edge = f"clause {allowing.section} ... subject to section {banning.section} by suspension"
    return Diagnostic(
        f"Sections {banning.section} and {allowing.section} clash",
        ban.span,
        f"forbids what section {allowing.cited} provides for",
        f"Section {allowing.cited} says: {norm.text}.",
        f"Say which yields: `{edge}:`, or the reverse with `notwithstanding`.",
        section=banning.section,
    )


def _about(act: Act) -> tuple[str, ...]:
    """The kinds or the fund an act concerns; acts that concern different ones cannot be the same."""
    return act.kinds if isinstance(act, Enter) else (act.fund,)


def _overlap(first: Act, second: Act) -> bool:
    """Whether one attempt could be both acts."""
    match first, second:
        case Enter(), Enter():
            return first.verb == second.verb and bool(set(first.kinds) & set(second.kinds))
        case Move(), Move():
            if (first.fund, first.into) != (second.fund, second.into):
                return False
            return not first.payees or not second.payees or bool(set(first.payees) & set(second.payees))
        case Hold(), Hold():
            return first.fund == second.fund
        case _:
            return False
