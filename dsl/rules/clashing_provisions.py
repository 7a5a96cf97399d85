"""Where one provision forbids what another requires or allows, the agreement says which of them yields."""

from collections.abc import Iterator
from itertools import product

from dsl.diagnostics import Diagnostic
from dsl.rules.acts_of import Norm, everybody, norms, parted
from dsl.rules.facts import asked_of_rows, exclude, known, needed
from dsl.terms import Act, ActFor, Ban, Compare, Condition, Ensure, Enter, FieldOf, Hold, Move, Provision, Row, Terms


def clashing_provisions(terms: Terms) -> Iterator[Diagnostic]:
    """A ban and a duty or power of the same act and the same person, with no edge between their sections.

    An engine would have to choose, and a choice that nobody wrote is what this language is there to prevent. Each
    such pair is shown with both its places, and with a case in which they meet: who does what, and when. Two that
    hold only while what they wait for holds, and wait for opposites, never meet, nor do two for each Claim that states
    this, and that states that.
    """
    bans = [(provision, norm) for provision, norm in norms(terms) if isinstance(norm, Ban)]
    others: dict[str, list[tuple[Provision, Norm]]] = {}
    for provision, norm in norms(terms):
        if bans and not isinstance(norm, Ban) and not isinstance(norm.act, ActFor):
            for about in _about(norm.act):
                others.setdefault(about, []).append((provision, norm))
    people = {norm.bearers: everybody(terms, norm.bearers) for _, norm in norms(terms)} if bans else {}
    for banning, ban in bans:
        same = {id(norm): (at, norm) for about in _about(ban.act) for at, norm in others.get(about, ())}
        for allowing, norm in same.values():
            who = _both(ban, norm, people, terms)
            if not _overlap(ban.act, norm.act) or not who:
                continue
            if not parted(terms.edges, banning.cited, allowing.cited) and not _apart(banning, allowing, terms):
                yield _clash(banning, ban, allowing, norm, who)


def _both(ban: Norm, norm: Norm, people: dict[tuple[str, ...], frozenset[str]], terms: Terms) -> str:
    """Somebody whom both bind, by name or by the same value; empty if there is nobody for certain."""
    if ban.bearer is not None and norm.bearer is not None and ban.bearer.text == norm.bearer.text:
        return ban.bearer.text
    return min(people[ban.bearers] & people[norm.bearers], key=list(terms.parties).index, default="")


def _clash(banning: Provision, ban: Ban, allowing: Provision, norm: Norm, who: str) -> Diagnostic:
    edge = f"clause {allowing.section} ... subject to section {banning.section} by suspension"
    return Diagnostic(
        f"Sections {banning.section} and {allowing.section} clash",
        ban.span,
        f"forbids what section {allowing.cited} provides for",
        f"Section {allowing.cited} says: {norm.text}. Say {_case(banning, allowing)} {who} is to {norm.act.text}.",
        f"Say which yields: `{edge}:`, or the reverse with `notwithstanding`.",
        section=banning.section,
    )


def _case(banning: Provision, allowing: Provision) -> str:
    """When both hold: what each of them waits for has come, or the deal has opened."""
    met = dict.fromkeys(each.trigger.text for each in (allowing, banning) if each.trigger is not None)
    return f"this is so ({'; '.join(met)}), and" if met else "the deal has opened, and"


def _apart(banning: Provision, allowing: Provision, terms: Terms) -> bool:
    """Whether the one holds only while the other does not, or each for other entries by what these state; what latches
    goes on, whatever comes after."""
    if _for_others(banning, allowing, terms):
        return True
    if banning.latches or allowing.latches or banning.rows is not None or allowing.rows is not None:
        return False
    pairs = product(needed(banning.trigger, terms), needed(allowing.trigger, terms))
    return any(exclude(one, other, terms) for one, other in pairs)


def _for_others(banning: Provision, allowing: Provision, terms: Terms) -> bool:
    """Whether no entry can be a row of both: what it states is fixed, and one filter rules the other out."""
    stated = ([each for each in asked_of_rows(one, terms) if _is_stated(each, terms)] for one in (banning, allowing))
    return any(exclude(one, other, terms) for one, other in product(*stated))


def _is_stated(condition: Condition, terms: Terms) -> bool:
    """Whether a condition compares a field that the row itself states with something written out."""
    if not isinstance(condition, Compare) or known(condition.right, terms) is None:
        return False
    left = condition.left
    return isinstance(left, FieldOf) and isinstance(left.subject, Row) and left.field not in terms.values


def _about(act: Act | Ensure) -> tuple[str, ...]:
    """The kinds or the fund an act concerns; acts that concern different ones cannot be the same."""
    if isinstance(act, Ensure):
        return ()
    return act.kinds if isinstance(act, Enter) else (act.fund,)


def _overlap(first: Act | Ensure | ActFor, second: Act | Ensure | ActFor) -> bool:
    """Whether one attempt could be both acts."""
    match first, second:
        case Enter(), Enter():
            return first.verb == second.verb and bool(set(first.kinds) & set(second.kinds))
        case Move(), Move():
            if (first.fund, first.into) != (second.fund, second.into):
                return False
            return not first.payees or not second.payees or bool(set(first.payees) & set(second.payees))
        case Hold(), Hold():
            return (first.fund, first.of_amount, first.lifts) == (second.fund, second.of_amount, second.lifts)
        case _:
            return False
