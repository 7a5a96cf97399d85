"""A clause file in, one text out: its own words, with the parts and clauses of the files it uses in their places.

A deal is pinned to the whole text, so it needs no file once it is open. The text remembers which file each of its words
came from, so that a diagnostic names the line that its author can change.

A used file has no title and no header; notes at its top stay behind. Its path is relative to the file that uses it, and
leads nowhere outside the folder that holds the folders of agreements, not even by a link. A digest pins it: the SHA-256
of its text, with the files that it uses itself in their places.
"""

import hashlib
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from api.files import Unusable, read_text
from dsl import syntax
from dsl.diagnostics import Diagnostic, did_you_mean
from dsl.parse import parse_agreement, parse_library
from dsl.source import Piece, Source, Span

CLAUSE = ".clause"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_TITLE = re.compile(r"\s*(agreement)\b", re.IGNORECASE)
_MAY_USE = re.compile(r"(?<![a-z])use(?![a-z])", re.IGNORECASE)
"""What a text has that uses another file; most have not, and need not be read for it."""


@dataclass(frozen=True, slots=True)
class Used:
    """A file that an agreement uses, and its digest as it is now."""

    path: Path
    digest: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a clause file with what it uses in place; where anything is wrong with that, it is no agreement."""

    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()
    used: tuple[Used, ...] = ()


def assemble(clause: Path) -> Assembled:
    """Read a clause file and the files it uses."""
    source = Source(str(clause), read_text(clause))
    tree = parse_agreement(source).syntax if _MAY_USE.search(source.text) is not None else None
    if tree is None or not any(isinstance(each, syntax.Use) for each in tree.headings):
        return Assembled(source)
    work = _Work(Path(os.path.abspath(clause)).parent.parent)
    parts = work.parts_of(source, 0, tree.headings, (clause,))
    return _whole(source.name, parts, work)


def is_library(text: str) -> bool:
    """Whether a clause file is for others to use: it has clauses and no title."""
    found = parse_library(Source("", text)).syntax if _TITLE.match(text) is None else None
    return found is not None and bool(found.headings)


def library_digest(clause: Path) -> str:
    """What pins a file that is for others to use."""
    source = Source(str(clause), read_text(clause))
    tree = parse_library(source).syntax
    work = _Work(Path(os.path.abspath(clause)).parent.parent)
    return _digest_of(work.parts_of(source, 0, tree.headings if tree is not None else (), (clause,)))


def _digest_of(parts: "list[_Part]") -> str:
    text = "".join(each.text for each in parts)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _real(path: Path) -> Path:
    """Where a path leads, links followed as far as they go."""
    return Path(os.path.realpath(path))


@dataclass(frozen=True, slots=True)
class _Part:
    """Some words of one file, from `start` up to `end`."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]


@dataclass(slots=True)
class _Work:
    """What was found so far; `wrong` are diagnostics with the file whose places they name."""

    root: Path
    wrong: list[tuple[Source, Diagnostic]] = field(default_factory=list)
    used: dict[Path, Used] = field(default_factory=dict)

    def parts_of(
        self, source: Source, start: int, headings: tuple[syntax.Heading, ...], chain: tuple[Path, ...]
    ) -> list[_Part]:
        """The words of a file from a place on, with those of the files that it uses; `chain` led to this file."""
        found: list[_Part] = []
        for use in headings:
            if isinstance(use, syntax.Use):
                before = len(self.wrong)
                inside = self._taken(source, use, chain)
                keep = use.span.end if len(self.wrong) > before else use.span.start
                found += [_Part(source, start, keep), *inside]
                start = use.span.end
        return [*found, _Part(source, start, len(source.text))]

    def _taken(self, source: Source, use: syntax.Use, chain: tuple[Path, ...]) -> list[_Part]:
        path = self._found(source, use, chain)
        if path is None:
            return []
        try:
            inner = Source(str(path), read_text(path))
        except Unusable as error:
            self._tell(source, use.path, "A file that cannot be read", "cannot be read", error.found, error.advice)
            return []
        if (title := _TITLE.match(inner.text)) is not None:
            self._tell(
                inner,
                Span(*title.span(1)),
                "A used file with a title",
                "begins an agreement of its own",
                f"{source.name} takes in the parts and clauses of this file, and has a title already.",
                "Leave out the title and the header here, or use another file.",
            )
            return [_Part(inner, 0, len(inner.text))]
        parsed = parse_library(inner)
        self.wrong += [(inner, each) for each in parsed.diagnostics]
        if parsed.syntax is None or not self._is_bare(inner, parsed.syntax):
            return [_Part(inner, 0, len(inner.text))]
        headings = parsed.syntax.headings
        parts = self.parts_of(inner, 0, headings, (*chain, path))
        digest = _digest_of(parts)
        self.used[_real(path)] = Used(path, digest, use.digest is not None)
        if use.digest is not None:
            self._compare(source, use.digest, path, digest)
        first = _Part(inner, max(parts[0].start, headings[0].span.start), parts[0].end)
        return [first, *parts[1:]]

    def _is_bare(self, inner: Source, tree: syntax.Library) -> bool:
        """Whether a used file has parts or clauses, and nothing above them but notes."""
        headers = [each for each in tree.headers if not isinstance(each, syntax.Note)]
        for each in headers:
            self._tell(
                inner,
                each,
                "A used file with a header",
                "holds for a whole agreement",
                "Version, source, law, time zone, business days and currency are said where the title is.",
                "Move the sentence to the agreement that uses this file.",
            )
        if not tree.headings:
            self._tell(
                inner,
                Span(0, 0),
                "Nothing to take in",
                "no part and no clause",
                "A used file holds the parts and clauses that are put in the place of the sentence.",
                "Write them, or leave out the sentence that uses this file.",
            )
        return not headers and bool(tree.headings)

    def _found(self, source: Source, use: syntax.Use, chain: tuple[Path, ...]) -> Path | None:
        """The file that is meant; None after saying why it cannot be used."""
        written = use.path.text
        path = Path(os.path.normpath(Path(source.name).parent / written))
        if not self._may_be_read(source, use, path):
            return None
        if not os.path.isfile(path):
            near = sorted(os.path.relpath(each, Path(source.name).parent) for each in path.parent.glob(f"*{CLAUSE}"))
            hint = did_you_mean(written, near) or "See that it is there; the path is relative to this file."
            self._tell(source, use.path, "No such file", "there is no such file", f"{path} is not there.", hint)
            return None
        resolved = _real(path)
        if resolved in {_real(each) for each in chain}:
            circle = ", which uses ".join(str(each) for each in (*chain[1:], path))
            why = f"{chain[0]} uses {circle}: that would never end."
            self._tell(source, use.path, "Files that use each other", "leads back here", why, "Leave one of them out.")
            return None
        if resolved in self.used:
            why = "Each clause has one number, so it can stand in an agreement once."
            self._tell(source, use.path, "File used twice", "taken in before", why, "Leave out one of the two.")
            return None
        return path

    def _may_be_read(self, source: Source, use: syntax.Use, path: Path) -> bool:
        written = use.path.text
        if not written.endswith(CLAUSE):
            why = "Only parts and clauses can be taken in."
            self._tell(source, use.path, "Not a clause file", "does not end in `.clause`", why, "Name a clause file.")
            return False
        if re.search(r"[\\:]", written):
            why = "Folders and files are parted by `/` on every machine."
            self._tell(source, use.path, "Not a path", "has `\\` or `:` in it", why, "Write it with `/`.")
            return False
        inside = Path(os.path.abspath(path)).is_relative_to(self.root)
        linked = _real(path).is_relative_to(_real(self.root))
        if inside and linked and not written.startswith(("/", "~")):
            return True
        self._tell(
            source,
            use.path,
            "Outside the agreements",
            "a link leads out of their folder" if inside and not linked else "leads out of their folder",
            "An agreement uses files below the folder that holds the folders of agreements, and no others.",
            'Put the file there and write its path relative to this file, such as `"../library/notices.clause"`.',
        )
        return False

    def _compare(self, source: Source, pinned: syntax.Text, path: Path, digest: str) -> None:
        if not _DIGEST.fullmatch(pinned.text):
            why = "A digest is `sha256:` and 64 figures from 0 to f."
            self._tell(source, pinned, "Not a digest", "cannot be one", why, f"Write `{digest}`.")
        elif pinned.text != digest:
            self._tell(
                source,
                pinned,
                "Another version than the pinned one",
                "not the digest of this file",
                f"Expected {pinned.text},\nfound    {digest}:\n{path} has changed since it was pinned.",
                "Read what has changed. Then write the digest that was found, or bring the pinned version back.",
            )

    def _tell(self, source: Source, place: syntax.Node | Span, title: str, label: str, why: str, hint: str) -> None:
        span = place if isinstance(place, Span) else place.span
        self.wrong.append((source, Diagnostic(title, span, label, why, hint, rule="use")))


def _whole(name: str, parts: list[_Part], work: _Work) -> Assembled:
    """The parts as one text, and what was told of them with its places in that text."""
    pieces: list[Piece] = []
    text = ""
    for part in parts:
        if text and not text[-1].isspace():
            text += "\n"
        pieces.append(Piece(len(text), len(text) + part.end - part.start, part.source, part.start))
        text += part.text
    told = [_moved(each, source, pieces) for source, each in work.wrong]
    in_order = tuple(sorted(told, key=lambda each: each.span))
    return Assembled(Source(name, text, tuple(pieces)), in_order, tuple(work.used.values()))


def _moved(told: Diagnostic, source: Source, pieces: list[Piece]) -> Diagnostic:
    at = told.span.start
    homes = [each for each in pieces if each.source is source and each.at <= at <= each.at + each.end - each.start]
    shift = homes[0].start - homes[0].at
    return replace(told, span=Span(at + shift, told.span.end + shift))
