"""Two names differ by more than an s, or by more than an eye can see."""

from collections.abc import Iterator, Mapping

from dsl.diagnostics import Diagnostic
from dsl.lookalikes import skeleton, unclear
from dsl.resolve.names import singulars
from dsl.rules.acts_of import name_at
from dsl.source import Span
from dsl.terms import Terms


def near_duplicate_names(terms: Terms) -> Iterator[Diagnostic]:
    """`Seller` and `Sellers` for two things, where neither is a group or list of the other; or `Seller` and `Sel1er`.

    A reader takes them for one, and so does a writer in a hurry. Of a group and its member, or a list and the kind in
    it, the plural is the natural name. Of those whom the parties are called after, none looks like another one either.
    """
    defined = _defined(terms)
    yield from _lookalikes(defined)
    parties = tuple(terms.parties.values())
    yield from _lookalikes({each.described: (each.section, each.span) for each in reversed(parties)})
    for party in parties:
        wrong = unclear(party.described)
        if wrong is not None:
            yield Diagnostic(
                "Name that nobody can tell by sight",
                party.span,
                f"`{party.described}` {wrong.partition('. ')[0]}",
                "Two names that look the same must be the same.",
                f"{wrong.partition('. ')[2]}.",
                section=party.section,
            )
    for name, (section, span) in defined.items():
        for single in singulars(name):
            if single in defined and single not in _inside(name, terms) and name not in _inside(single, terms):
                yield Diagnostic(
                    f"{single} and {name} are two things",
                    name_at(name, span),
                    f"section {defined[single][0]} defines `{single}`",
                    "A reader takes a name and its plural for one.",
                    "Give one of them a name of its own.",
                    section=section,
                )


def _lookalikes(names: Mapping[str, tuple[str, Span]]) -> Iterator[Diagnostic]:
    """Names that are two to the machine and one to a reader; the later one is told."""
    seen: dict[str, str] = {}
    for name, (section, span) in sorted(names.items(), key=lambda each: each[1][1]):
        first = seen.setdefault(skeleton(name), name)
        if first != name:
            yield Diagnostic(
                f"{first} and {name} look the same",
                name_at(name, span),
                f"section {names[first][0]} has `{first}`",
                "A reader takes them for one.",
                "Give one of them a name that nobody can take for the other, or write both in one way.",
                section=section,
            )


def _inside(name: str, terms: Terms) -> tuple[str, ...]:
    party = terms.parties.get(name)
    return (*terms.collections.get(name, ()), *(party.members if party else ()))


def _defined(terms: Terms) -> dict[str, tuple[str, Span]]:
    found: dict[str, tuple[str, Span]] = {}
    every = (
        terms.parties, terms.kinds, terms.funds, terms.blanks, terms.ambiguities, terms.conditions, terms.values
    )  # fmt: skip
    for table in every:
        for name, each in table.items():
            found[name] = (each.section, each.span)
    return found
