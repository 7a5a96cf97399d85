"""What a command has found in, text for people or JSON for machines out.

People get colours on a terminal and plain text elsewhere, or when NO_COLOR is set; lines are at most a hundred columns
long, so that tables can be read and quoted. Answers go to the standard output and complaints to the standard error.
"""

import codecs
import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Any, NoReturn

import typer
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.agreements import UNREADABLE
from api.receipt import Receipt
from dsl.diagnostics import Diagnostic, Severity, render
from dsl.money import Quantity
from dsl.reasons import Reason, Truth
from dsl.scenarios import Failure
from dsl.source import NOWHERE, Source

WIDTH = 100
NARROWEST = 20
INDENT = 2


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a write comes back with that finds no room, or a broken disk."""


class Exit(IntEnum):
    """How a command ends; scripts and build servers look at this."""

    FINE = 0
    NOT_AS_IT_SHOULD_BE = 1
    WRONG_USE = 2
    NOBODY_READS = 141


class _Console(Console):
    def print(self, *objects: Any, **options: Any) -> None:
        """Plain text carries no blanks at the ends of its lines."""
        if self.color_system is not None:
            super().print(*objects, **options)
            return
        with self.capture() as captured:
            super().print(*objects, **options)
        text = captured.get()
        try:
            self.file.write("\n".join(line.rstrip() for line in text.split("\n")))
            self.file.flush()
        except BrokenPipeError:
            self.on_broken_pipe()

    def on_broken_pipe(self) -> NoReturn:
        """Whoever read the output has gone: stop without a word, as other programs do."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(Exit.NOBODY_READS)


def console(stderr: bool = False) -> Console:
    """Where text is written to, as wide and as colourful as it can bear."""
    plain = bool(os.environ.get("NO_COLOR"))
    made = _Console(stderr=stderr, color_system=None if plain else "auto", markup=False, highlight=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = WIDTH
    made.width = max(min(made.width or WIDTH, WIDTH), NARROWEST)
    return made


def plain_letters() -> None:
    """Let a terminal that knows only ASCII show its own letters for ours."""

    def instead(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(_ASCII.get(each, "?") for each in error.object[error.start : error.end]), error.end

    codecs.register_error("clausula", instead)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="clausula")


_ASCII = {
    "✓": "+",
    "✗": "x",
    "○": "o",
    "→": ">",
    "·": "-",
    "─": "-",
    "│": "|",
    "┌": "+",
    "—": "-",
    "…": ".",
    "━": "=",
    "•": "*",
}


def write_json(value: object, lines: bool = False) -> None:
    """An answer for machines: one document, or one line of a stream of them."""
    text = json.dumps(value, ensure_ascii=False, indent=None if lines else 2)
    console().out(text, highlight=False)


def write_error(found: str, advice: str = "") -> None:
    """Why there is no answer, for machines; people are told the same by `complain`."""
    write_json({"ok": False, "error": found, "advice": advice}, lines=True)


def plain(value: Any) -> Any:
    """A value of ours as JSON: amounts as they are written, instants in ISO 8601, everything else by its fields."""
    match value:
        case Quantity():
            return str(value)
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(each) for each in value]
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value


def complain(found: str, advice: str = "") -> None:
    """What is wrong with a command, and what to do next."""
    out = console(stderr=True)
    first, *rest = found.split("\n")
    out.print(Text.assemble(("error: ", "bold red"), (first, "bold")))
    for line in rest:
        out.print(Text(line), soft_wrap=True)
    if advice:
        out.print(Text(advice))


def ending(fine: bool, told: Iterable[Diagnostic] = ()) -> Exit:
    """How a command ends that has looked at several files, one of which may not have been readable at all."""
    if any(each.rule == UNREADABLE for each in told):
        return Exit.WRONG_USE
    return Exit.FINE if fine else Exit.NOT_AS_IT_SHOULD_BE


def leave(code: Exit) -> NoReturn:
    """End a command with this code."""
    raise typer.Exit(int(code))


# --------------------------------------------------------------- diagnostics

_SEVERITY = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.OPEN: "bold magenta",
    Severity.ACCEPTED: "bold cyan",
}


def print_diagnostics(out: Console, diagnostics: Iterable[Diagnostic], source: Source, indent: int = 0) -> None:
    """Diagnostics in the order of their places, each with its line and an empty line after it."""
    for each in sorted(diagnostics, key=lambda each: each.span):
        _print_diagnostic(out, each, source, indent)
        out.print()


def print_failures(out: Console, failures: Iterable[Failure], indent: int = 0) -> None:
    """What went otherwise than a scenario says, each in the text that its step stands in."""
    for each in failures:
        print_diagnostics(out, (each.diagnostic,), each.source, indent)


def _print_diagnostic(out: Console, diagnostic: Diagnostic, source: Source, indent: int) -> None:
    style = _SEVERITY[diagnostic.severity]
    title, *lines = render(diagnostic, source).split("\n")
    word, _, rest = title.partition(":")
    out.print(Padding(Text.assemble((f"{word}:", style), (rest, "bold")), (0, 0, 0, indent)))
    for line in lines:
        gutter, mark, shown = line.partition("│" if "│" in line else "┌─")
        if not mark or gutter.strip(" 0123456789"):
            words = line.lstrip(" ")
            out.print(Padding(Text(words), (0, 0, 0, indent + len(line) - len(words))))
            continue
        is_label = mark == "│" and not gutter.strip() and shown.strip().startswith("^")
        text = Text.assemble(" " * indent, (gutter + mark, "blue"), (shown, style if is_label else ""))
        out.print(text, soft_wrap=True)


def diagnostic_json(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    """A diagnostic for machines, with its place as line and column counted from 1."""
    placed = diagnostic.span != NOWHERE
    source, span = source.origin(diagnostic.span)
    line, column = source.line_column(span.start) if placed else (None, None)
    end_line, end_column = source.line_column(span.end) if placed else (None, None)
    return {
        "severity": diagnostic.severity.value,
        "title": diagnostic.title,
        "file": source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "section": diagnostic.section,
        "rule": diagnostic.rule,
        "label": diagnostic.label,
        "explanation": diagnostic.explanation,
        "hint": diagnostic.hint,
        "reason": diagnostic.reason,
    }


# --------------------------------------------------------------------- marks

MARKS = {
    Truth.TRUE: ("✓", "green"),
    Truth.FALSE: ("✗", "red"),
    Truth.PENDING: ("○", "yellow"),
    Truth.OPEN: ("?", "magenta"),
}
"""A condition that is met, not met, waiting for something, or resting on something the source leaves open."""


def mark(truth: Truth | bool) -> tuple[str, str]:
    """The mark of a truth value, with its style."""
    return MARKS[truth if isinstance(truth, Truth) else Truth.TRUE if truth else Truth.FALSE]


def print_reason(out: Console, reason: Reason, depth: int = 0) -> None:
    """A reason with everything below it, ticked off; what is not met says what it waits for."""
    section = f"{reason.section}  " if reason.section else ""
    words, note = brief(reason)
    text = Text.assemble((section, "cyan"), words, (f"  ({note})" if note else "", "dim"))
    print_item(out, mark(reason.truth), text, depth)
    if reason.truth is not Truth.TRUE:
        for wait in dict.fromkeys(wait.text for wait in reason.waits):
            print_item(out, ("", ""), Text(f"waits for: {wait}", "yellow"), depth + 1)
    for child in reason.children:
        print_reason(out, child, depth + 1)


def reason_json(reason: Reason) -> dict[str, Any]:
    """A reason for machines."""
    return {
        "truth": reason.truth.value,
        "section": reason.section,
        "text": reason.text,
        "note": reason.note,
        "waits": [
            {
                "for": wait.text,
                "what": wait.what,
                "who": list(wait.who),
                "at": wait.at.isoformat() if wait.at is not None else None,
                "section": wait.section,
            }
            for wait in reason.waits
        ],
        "children": [reason_json(child) for child in reason.children],
    }


def brief(reason: Reason) -> tuple[str, str]:
    """The words of a reason and its note; of a sentence with a list in it, what comes before the list."""
    text, note = reason.text, reason.note
    if len(text) > _LONG:
        listed = _LABEL.search(text)
        if listed is not None:
            text = f"{text[: listed.start()].rstrip()} …"
        elif reason.children or note:
            text = f"{text[:_LONG].rstrip()}…"
    return text, note


_LONG = 160
_LABEL = re.compile(r" \((?:i|A|1)\) ")


def print_item(out: Console, sign: tuple[str, str], text: Text, depth: int) -> None:
    """A line of a list behind its mark; what does not fit goes on below the text."""
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=1)
    row.add_column()
    row.add_row(Text(*sign), text)
    out.print(Padding(row, (0, 0, 0, INDENT * depth), expand=False))


# -------------------------------------------------------------------- tables


def table(*columns: str, right: Sequence[str] = ()) -> Table:
    """A table that reads well with and without colours."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return made


def heading(text: str) -> Text:
    """The title of a part of the output."""
    return Text(text, "bold")


def count(number: int, one: str, several: str = "") -> str:
    """`1 clause`, `3 clauses`, `no clauses`."""
    word = one if number == 1 else several or f"{one}s"
    return f"{number or 'no'} {word}"


def show_receipt(out: Console, receipt: Receipt) -> None:
    """What an answer rests on, in the order and with the content that it has in JSON."""
    amended = "1 amendment" if receipt.amendments == 1 else f"{receipt.amendments} amendments"
    entries = "1 entry" if receipt.log_version == 1 else f"{receipt.log_version} entries"
    rests_on = (
        f"agreement: sha256 {receipt.agreement_sha256}",
        f"in force, with {amended}: sha256 {receipt.law_sha256}" if receipt.amendments else "",
        f"engine {receipt.engine}; calendar {receipt.calendar or 'none'}, {receipt.calendar_version}",
        f"log: {entries}, seal {receipt.log_seal}" if receipt.log_version is not None else "",
        f"as of {receipt.as_of.isoformat()}, known at {receipt.known_at.isoformat()}",
    )
    out.print()
    out.print(heading("Receipt"))
    for line in rests_on:
        if line:
            out.print(Text(f"  {line}", "dim"), soft_wrap=True)
