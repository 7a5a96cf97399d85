"""The text of an agreement and the clauses of an amendment in, the text as amended out.

A clause replaces the clause of the same number, word for word where it stands; a new one comes after its nearest
neighbour, and several after the same one in their own order. The whole new text is then read again from the start, so
an amended agreement is checked like any other.

An amendment stands between quotation marks in the writing that states it, so its own quotation marks are written `'`.
An apostrophe within a word stays one.
"""

import re
from dataclasses import replace
from functools import lru_cache

from dsl import syntax
from dsl.compile import covers
from dsl.diagnostics import Diagnostic
from dsl.parse import parse_agreement
from dsl.source import Source, Span

_HEAD = 'agreement "". '
_OPENS = re.compile(r"(?<!\w)'")
_CLOSES = re.compile(r"'(?=\s*[.,:;)]|\s+[a-z]|\s*$)")


@lru_cache(maxsize=64)
def amended_text(base: str, clauses: str, name: str = "amendment") -> str | tuple[Diagnostic, ...]:
    """The whole text with clauses replaced and added, or what is wrong with the clauses (places in `clauses`)."""
    written = quoted(clauses)
    found = _clauses(written, name)
    if isinstance(found, tuple):
        return found
    tree = _tree(base)
    if tree is None:
        return (Diagnostic("The agreement itself cannot be read", Span(0, 0)),)
    places = sorted(((_place(tree, number, base), text) for number, text in found.items()), key=lambda each: each[0])
    for span, text in reversed(places):
        parted = text if span.end > span.start else f"\n\n{text}"
        base = f"{base[: span.start]}{parted}{base[span.end :]}"
    return base


@lru_cache(maxsize=8)
def _tree(base: str) -> syntax.Agreement | None:
    """What an agreement says; one is amended again and again."""
    return parse_agreement(Source("agreement", base)).syntax


def quoted(clauses: str) -> str:
    """The clauses with `'` turned into quotation marks; a text that has quotation marks is left as it is."""
    if '"' in clauses:
        return clauses
    parts: list[str] = []
    at = 0
    while (opening := _OPENS.search(clauses, at)) is not None:
        closing = _CLOSES.search(clauses, opening.end())
        if closing is None:
            break
        parts += [clauses[at : opening.start()], '"', clauses[opening.end() : closing.start()], '"']
        at = closing.end()
    return "".join([*parts, clauses[at:]])


def _clauses(written: str, name: str) -> dict[str, str] | tuple[Diagnostic, ...]:
    """The clauses by number, or what is wrong; places are those of the clauses alone."""
    parsed = parse_agreement(Source(name, _HEAD + written))
    if parsed.syntax is None:
        return tuple(replace(each, span=_moved(each.span)) for each in parsed.diagnostics)
    headings = parsed.syntax.headings
    found: dict[str, str] = {}
    wrong: list[Diagnostic] = []
    for node in (*parsed.syntax.headers, *headings):
        if not isinstance(node, syntax.Clause):
            wrong.append(_only_clauses(_moved(node.span)))
        elif node.section.number in found:
            wrong.append(_twice(_moved(node.section.span)))
        else:
            found[node.section.number] = written[_moved(node.span).start : _moved(node.span).end]
    if not headings:
        wrong.append(_only_clauses(Span(0, len(written))))
    return tuple(wrong) or found


def _only_clauses(span: Span) -> Diagnostic:
    return Diagnostic(
        "Not a clause",
        span,
        "only clauses can be replaced",
        "An amendment states whole clauses, each under its number.",
        "Write `clause 4.1(c) ...: ...`.",
    )


def _twice(span: Span) -> Diagnostic:
    return Diagnostic(
        "Section numbered twice",
        span,
        "replaced twice",
        "One amendment says one thing about a section.",
        "Keep one of them.",
    )


def _moved(span: Span) -> Span:
    """The place in the clauses alone of a place after the heading."""
    return Span(max(0, span.start - len(_HEAD)), max(0, span.end - len(_HEAD)))


def _place(tree: syntax.Agreement, number: str, base: str) -> Span:
    """Where a clause goes: over the old one of its number, or after its nearest neighbour."""
    clauses = [heading for heading in tree.headings if isinstance(heading, syntax.Clause)]
    for clause in clauses:
        if clause.section.number == number:
            return clause.span
    after = _neighbour(number, clauses)
    end = after.span.end if after is not None else len(base.rstrip())
    return Span(end, end)


def _neighbour(number: str, clauses: list[syntax.Clause]) -> syntax.Clause | None:
    """The last clause under the nearest section that contains the new one."""
    above = number
    while above:
        inside = [clause for clause in clauses if covers(above, clause.section.number)]
        if inside:
            return inside[-1]
        above = above[: max(above.rfind("("), above.rfind("."), 0)]
    return clauses[-1] if clauses else None
