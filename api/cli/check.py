"""`clausula check`: is an agreement well written, and what does it leave open?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from api.agreements import Read, Unusable, places, read_each, read_text, unreadable
from api.cli.output import (
    console,
    count,
    diagnostic_json,
    ending,
    heading,
    leave,
    print_diagnostics,
    table,
    write_json,
)  # fmt: skip
from dsl import terms as t
from dsl.diagnostics import Diagnostic, Severity
from dsl.parse import parse_scenarios
from dsl.source import Source, Span


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something the source leaves open, or a choice the file makes: `kind` is a key of `KINDS`."""

    kind: str
    section: str
    title: str
    text: str
    line: int
    file: str


KINDS = {
    "blank": "Blanks of the source",
    "ambiguity": "Ambiguities that the parties can settle",
    "defect": "Defects of the source",
    "consequence": "What cannot be done until something is settled",
    "reading": "Readings this file chooses",
}


def check(targets: list[str], as_json: bool) -> None:
    """Check agreements, with the syntax of their scenarios."""
    found = [(each, tuple(scenario_faults(each.place.scenarios))) for each in read_each(places(targets))]
    broken = any(has_errors(each.diagnostics) or faults for each, faults in found)
    if as_json:
        write_json({"ok": not broken, "agreements": [_as_json(each, faults) for each, faults in found]})
    else:
        out = console()
        for each, faults in found:
            _show(out, each, faults)
    told = [fault for each, faults in found for fault in (*each.diagnostics, *(one for one, _ in faults))]
    leave(ending(not broken, told))


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether any of them stops the agreement from running."""
    return any(each.severity is Severity.ERROR for each in diagnostics)


Fault = tuple[Diagnostic, Source]


def scenario_faults(paths: tuple[Path, ...]) -> Iterator[Fault]:
    """What stops scenario files from being read."""
    for path in paths:
        try:
            source = Source(str(path), read_text(path))
        except Unusable as error:
            yield unreadable(error), Source(str(path), "")
            continue
        for diagnostic in parse_scenarios(source).diagnostics:
            yield diagnostic, source


# --------------------------------------------------------------- open points


def open_points(terms: t.Terms, source: Source, diagnostics: tuple[Diagnostic, ...] = ()) -> tuple[OpenPoint, ...]:
    """Blanks, ambiguities, defects of the source, what follows from them, and the readings chosen."""

    def place_of(span: Span) -> tuple[int, str]:
        own, place = source.origin(span)
        return own.line_column(place.start)[0], own.name

    blanks = [
        OpenPoint("blank", each.section, each.name, _blank(each), *place_of(each.span))
        for each in terms.blanks.values()
    ]
    addresses = [
        OpenPoint(
            "blank", each.section, each.blank, "An address on file that the source does not give.", *place_of(each.span)
        )
        for each in terms.addresses
        if each.address is None
    ]
    ambiguities = [
        OpenPoint("ambiguity", each.section, each.name, f"{each.question} {_or(each.readings)}", *place_of(each.span))
        for each in terms.ambiguities.values()
    ]
    defects = [
        OpenPoint("defect", each.section, each.title, each.text, *place_of(each.span)) for each in terms.open_points
    ]
    readings = [
        OpenPoint("reading", each.section, each.title, each.text, *place_of(each.span)) for each in terms.readings
    ]
    following = [
        OpenPoint("consequence", each.section, each.title, each.explanation, *place_of(each.span))
        for each in diagnostics
        if each.severity is Severity.OPEN and each.rule != "open_points"
    ]
    return (*blanks, *addresses, *ambiguities, *defects, *following, *readings)


def _blank(blank: t.Blank) -> str:
    who = f", filled by {_and(blank.filled_by)}" if blank.filled_by else ""
    when = "must be filled before the deal opens" if blank.required else "may be filled later"
    if blank.default is not None:
        when = f"{blank.default_text} unless stated otherwise"
    kind = ", ".join(filter(None, (str(blank.type), blank.bounds)))
    return f"{kind[:1].upper()}{kind[1:]}{who}; {when}."


def _and(names: tuple[str, ...]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _or(readings: tuple[str, ...]) -> str:
    return f"Either {' or '.join(readings)}."


# ------------------------------------------------------------------- showing


def _show(out: Console, found: Read, faults: tuple[Fault, ...]) -> None:
    errors = sum(each.severity is Severity.ERROR for each in found.diagnostics) + len(faults)
    warnings = sum(each.severity is Severity.WARNING for each in found.diagnostics)
    title = found.agreement.terms.title if found.agreement is not None else found.place.name
    out.print(Text.assemble((title, "bold"), (f"  {found.place.clause}", "dim")))
    summary = [count(errors, "error"), count(warnings, "warning")]
    if found.agreement is not None:
        summary.insert(0, count(len(found.agreement.terms.clauses), "clause"))
        summary.append(count(len(found.place.scenarios), "scenario file"))
    accepted = [each for each in found.diagnostics if each.severity is Severity.ACCEPTED]
    if accepted:
        summary.insert(-1, f"{len(accepted)} accepted")
    out.print(Text(", ".join(summary), "red" if errors else "yellow" if warnings else "green"))
    for each in found.used:
        pinned = "pinned" if each.pinned else "not pinned"
        out.print(Text.assemble(f"uses {each.path}, {pinned}: ", (each.digest, "dim")), soft_wrap=True)
    out.print()
    wrong = [each for each in found.diagnostics if each.severity in (Severity.ERROR, Severity.WARNING)]
    print_diagnostics(out, wrong, found.source)
    for diagnostic, source in faults:
        print_diagnostics(out, (diagnostic,), source)
    _show_accepted(out, accepted, found.source)
    if found.agreement is not None:
        _show_open(out, open_points(found.agreement.terms, found.source, found.diagnostics))


def _show_accepted(out: Console, accepted: list[Diagnostic], source: Source) -> None:
    """The warnings that the file lets stand, each with its line and the reason it gives."""
    if not accepted:
        return
    out.print(heading(f"Warnings that this file accepts ({len(accepted)})"))
    shown = table("Section", "Line", "What")
    for each in accepted:
        line = str(source.line_column(each.span.start)[0])
        shown.add_row(Text(each.section, "cyan"), line, Text.assemble((f"{each.title}. ", "bold"), each.reason))
    out.print(shown)
    out.print()


def _show_open(out: Console, points: tuple[OpenPoint, ...]) -> None:
    for kind, title in KINDS.items():
        mine = [each for each in points if each.kind == kind]
        if not mine:
            continue
        out.print(heading(f"{title} ({len(mine)})"))
        shown = table("Section", "What")
        for each in mine:
            shown.add_row(Text(each.section, "cyan"), Text.assemble((f"{each.title}. ", "bold"), each.text))
        out.print(shown)
        out.print()


def _as_json(found: Read, faults: tuple[Fault, ...]) -> dict[str, Any]:
    terms = found.agreement.terms if found.agreement is not None else None
    return {
        "file": str(found.place.clause),
        "title": terms.title if terms is not None else None,
        "clauses": len(terms.clauses) if terms is not None else None,
        "uses": [{"file": str(each.path), "digest": each.digest, "pinned": each.pinned} for each in found.used],
        "diagnostics": [
            *(diagnostic_json(each, found.source) for each in found.diagnostics),
            *(diagnostic_json(each, source) for each, source in faults),
        ],
        "open_points": [
            asdict(each) for each in (open_points(terms, found.source, found.diagnostics) if terms is not None else ())
        ],
    }
