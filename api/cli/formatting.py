"""`clausula format`: files in, the same files in the one canonical layout out; nothing is ever lost.

A file is replaced whole or not at all, and only by a text that reads exactly as the old one does.
"""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from api.agreements import CLAUSE, SCENARIO, Unusable, places, read_text, unreadable
from api.assembling import assemble, is_library
from api.cli.output import console, count, diagnostic_json, ending, leave, print_diagnostics, write_json
from dsl.diagnostics import Diagnostic
from dsl.format import format_agreement, format_library, format_scenarios
from dsl.parse import parse_agreement, parse_library, parse_scenarios
from dsl.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file and its canonical text; None where the file cannot be read as what it is."""

    path: Path
    source: Source
    text: str | None
    faults: tuple[tuple[Diagnostic, Source], ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the canonical text is another one."""
        return self.text is not None and self.text != self.source.text


def format_files(targets: list[str], only_check: bool, as_json: bool) -> None:
    """Rewrite files in the canonical layout, or only say which would change."""
    found = [formatted(path) for path in files(targets)]
    if not only_check:
        for each in found:
            if each.changes and each.text is not None:
                replace_file(each.path, each.text)
    bad = [each for each in found if each.text is None]
    changed = [each for each in found if each.changes]
    fine = not bad and not (only_check and changed)
    if as_json:
        write_json({"ok": fine, "files": [_as_json(each, only_check) for each in found]})
    else:
        _show(found, only_check)
    leave(ending(fine, (fault for each in found for fault, _ in each.faults)))


def files(targets: list[str]) -> tuple[Path, ...]:
    """The files that some targets stand for: a file is itself, an agreement also what it uses and its scenarios."""
    chosen: dict[Path, None] = {}
    for target in targets:
        path = Path(target)
        if path.is_file() and path.suffix in (CLAUSE, SCENARIO):
            chosen[path] = None
            continue
        for each in places((target,)):
            used = (one.path for one in assemble(each.clause).used)
            chosen.update(dict.fromkeys((each.clause, *used, *each.scenarios)))
    return tuple(chosen)


def formatted(path: Path) -> Formatted:
    """The canonical text of one file."""
    try:
        source = Source(str(path), read_text(path))
    except Unusable as error:
        nothing = Source(str(path), "")
        return Formatted(path, nothing, None, ((unreadable(error), nothing),))
    if path.suffix == SCENARIO:
        return _scenarios(path, source)
    return _library(path, source) if is_library(source.text) else _agreement(path, source)


def _agreement(path: Path, source: Source) -> Formatted:
    parsed = parse_agreement(source)
    if parsed.syntax is None:
        return Formatted(path, source, None, tuple((each, source) for each in parsed.diagnostics))
    text = format_agreement(parsed.syntax, source)
    same = parse_agreement(Source(source.name, text)).syntax == parsed.syntax
    return Formatted(path, source, text) if same else _refused(path, source)


def _library(path: Path, source: Source) -> Formatted:
    tree = parse_library(source).syntax
    if tree is None:  # pragma: no cover - it was read a moment ago
        return _refused(path, source)
    text = format_library(tree, source)
    same = parse_library(Source(source.name, text)).syntax == tree
    return Formatted(path, source, text) if same else _refused(path, source)


def _scenarios(path: Path, source: Source) -> Formatted:
    parsed = parse_scenarios(source)
    if parsed.syntax is None:
        return Formatted(path, source, None, tuple((each, source) for each in parsed.diagnostics))
    text = format_scenarios(parsed.syntax, source=source)
    same = parse_scenarios(Source(source.name, text)).syntax == parsed.syntax
    return Formatted(path, source, text) if same else _refused(path, source)


def _refused(path: Path, source: Source) -> Formatted:
    """A mistake of ours must not cost anybody a word."""
    fault = Diagnostic(
        "Not formatted",
        NOWHERE,
        explanation="The formatted text would not say exactly what this one says, so the file was left as it is.",
        hint="This is a mistake of Clausula; please report it with the file.",
        rule="format",
    )
    return Formatted(path, source, None, ((fault, source),))


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file, whole or not at all; the file keeps its permissions and its links."""
    target = path.resolve()
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(target.stat().st_mode & 0o7777)
            temporary.replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                temporary.unlink()
            raise
    except OSError as error:
        found = f"{path} cannot be written: {(error.strerror or str(error)).lower()}."
        raise Unusable(found, "It was left as it is. See that its folder may be written to.") from error


def _show(found: list[Formatted], only_check: bool) -> None:
    out = console()
    for each in found:
        for diagnostic, source in each.faults:
            print_diagnostics(out, (diagnostic,), source)
        if each.changes:
            word = "would be rewritten" if only_check else "rewritten"
            out.print(Text.assemble((word, "yellow"), f"  {each.path}"), soft_wrap=True)
    changed = sum(each.changes for each in found)
    bad = sum(each.text is None for each in found)
    same = len(found) - changed - bad
    told = [f"{count(changed, 'file')} {'to rewrite' if only_check else 'rewritten'}", f"{same} in order already"]
    told += [f"{bad} left as they are because they cannot be read"] if bad else []
    out.print(", ".join(told))


def _as_json(each: Formatted, only_check: bool) -> dict[str, Any]:
    return {
        "file": str(each.path),
        "changed": each.changes,
        "written": each.changes and not only_check,
        "diagnostics": [diagnostic_json(diagnostic, source) for diagnostic, source in each.faults],
    }
