"""Where a sentence stands while it is read: its section, the rows it ranges over, and what was found wrong so far.

A lowering never stops at a mistake. It reports it here and goes on with a stand-in of unknown type, so that every
mistake of a text is reported at once and no mistake is reported twice. Terms with a stand-in are never handed out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dsl import syntax
from dsl.copying import replace
from dsl.diagnostics import Diagnostic, Severity, did_you_mean
from dsl.resolve.names import SORTS, Names
from dsl.resolve.words import a, enumerated
from dsl.source import NOWHERE, Source, Span

_ARTICLE = re.compile(r"\b(?:an?|the)\s+\Z", re.IGNORECASE)
_LONGEST_ARTICLE = 12
MOST = 200
"""How many mistakes are told at once; nobody mends more between two readings."""
_MOST_COMPARED = 20_000
"""How many spellings are compared for all hints of a text: a second's work, and far more than a real deal needs."""

Place = syntax.Node | Span


@dataclass(slots=True)
class Findings:
    """What was found wrong, each once and in order; after `MOST` of them the rest are only counted."""

    told: dict[Diagnostic, None] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    left_out: int = 0
    compared: int = 0

    @property
    def full(self) -> bool:
        """Whether no more are told."""
        return len(self.told) >= MOST

    def enough(self) -> bool:
        """Whether a mistake found now is only counted, which spares working out what to say of it."""
        self.left_out += self.full
        return self.full

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic, unless it was told already or there are too many."""
        if diagnostic in self.told:
            return
        if self.full and diagnostic.severity is Severity.ERROR:
            self.left_out += 1
        elif not self.full:
            self.told[diagnostic] = None
            self.titles.add(diagnostic.title)

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything found, with a last word where something was left out."""
        if not self.left_out:
            return tuple(self.told)
        last = Diagnostic(
            f"{self.left_out:,} more mistakes",
            NOWHERE,
            "",
            f"The first {MOST} are told; many of the others may follow from them.",
            "Mend these first.",
        )
        return (*self.told, last)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sentence can speak of; `asked` for a question or an attempt, where entries have names of their own."""

    names: Names
    source: Source
    found: Findings
    section: str = ""
    rows: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    asked: bool = False

    def at(self, section: str) -> "Scope":
        """The scope of a clause."""
        return replace(self, section=section, rows=(), picked=())

    def over(self, *nouns: str) -> "Scope":
        """The scope of a sentence that ranges over entries."""
        return replace(self, rows=(*self.rows, *nouns))

    def picking(self, noun: str) -> "Scope":
        """The scope of a filter, which looks at one entry after another."""
        return replace(self, picked=(*self.picked, noun))

    def words(self, place: Place) -> str:
        """The words at a place, with the article before them."""
        span = place if isinstance(place, Span) else place.span
        if span == NOWHERE:
            return ""
        before = self.source.text[max(0, span.start - _LONGEST_ARTICLE) : span.start]
        article = _ARTICLE.search(before)
        return self.source.excerpt(Span(span.start - len(article.group()) if article else span.start, span.end))

    # --------------------------------------------------------------- findings

    def wrong(self, place: Place, title: str, label: str, explanation: str, hint: str) -> None:
        """Report a mistake; the agreement cannot run with it."""
        self._add(Severity.ERROR, place, title, label, explanation, hint)

    def doubtful(self, place: Place, title: str, label: str, explanation: str, hint: str) -> None:
        """Report something that is allowed and probably not meant."""
        self._add(Severity.WARNING, place, title, label, explanation, hint)

    def _add(self, severity: Severity, place: Place, title: str, label: str, explanation: str, hint: str) -> None:
        span = place if isinstance(place, Span) else place.span
        self.found.add(Diagnostic(title, span, label, explanation, hint, severity, self.section, "resolve"))

    def once(self, place: Place, title: str, label: str, explanation: str, hint: str) -> None:
        """Report a mistake the first time it shows, such as a header that is missing."""
        if title not in self.found.titles:
            self.wrong(place, title, label, explanation, hint)

    def near(self, word: str, candidates: Iterable[str]) -> str:
        """A hint that names the likely spelling, while there is time for it."""
        known = tuple(candidates)
        self.found.compared += len(known)
        if self.found.full or self.found.compared > _MOST_COMPARED:
            return ""
        return did_you_mean(word, known)

    # ------------------------------------------------------------------ names

    def expect(self, name: syntax.Name, sorts: tuple[str, ...], wanted: str) -> str | None:
        """The defined name, if it is of one of the sorts; otherwise why it is not, and None."""
        canonical = self.names.canonical(name.text)
        sort = self.names.sorts.get(canonical)
        if sort in sorts:
            return canonical
        if sort is None:
            self.unknown(name, sorts, wanted)
            return None
        if self.found.enough():
            return None
        self.wrong(
            name,
            f"`{name.text}` is not {a(wanted)}",
            f"this is {a(SORTS[sort])}{self._defined_in(canonical)}",
            self.listed(sorts, wanted),
            self.near(name.text, self.names.of_sorts(sorts)) or f"Name {a(wanted)} here.",
        )
        return None

    def _defined_in(self, name: str) -> str:
        section = self.names.sections_of.get(name)
        return f", defined in section {section}" if section else ""

    def unknown(self, name: syntax.Name, sorts: tuple[str, ...], wanted: str) -> None:
        """Report a name that nothing has."""
        if self.found.enough():
            return
        stating = [
            kind.name for kind in self.names.kinds.values() if any(each.name == name.text for each in kind.fields)
        ]
        if stating:
            self.wrong(
                name,
                f"Unknown {wanted}",
                "a field, which is nothing by itself",
                f"Each {stating[0]} states its own {name.text}.",
                f"Say of which: `the {name.text} of such {stating[0]}`, or `of the latest {stating[0]}`.",
            )
            return
        near = self.near(name.text, self.names.of_sorts(sorts)) or self.near(name.text, self.names.sorts)
        any_sort = wanted == "name"
        why = "No definition has it, and no field or ambiguity offers it." if any_sort else self.listed(sorts, wanted)
        self.wrong(
            name,
            f"Unknown {wanted}",
            "nothing has this name" if any_sort else f"no {wanted} has this name",
            why,
            near or ("Name one of these." if self.names.is_read else f'Define it: `"{name.text}" means ...`.'),
        )

    def listed(self, sorts: tuple[str, ...], wanted: str) -> str:
        """The names of some sorts, as a sentence."""
        return enumerated(wanted, self.names.of_sorts(sorts))
