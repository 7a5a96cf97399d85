"""What the commands about deals tell on the terminal: how an attempt was answered, and what was found in a log."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from api.answers import Accepted, Refused
from api.cli.lists import day_of, marked, reason_lines, time_of
from api.cli.output import count, mark
from api.store import Report
from dsl.state import Change

_HEADS = {
    "checked": "The log was replayed and leads to the state that is kept.",
    "missing": "No state is kept beside it to compare; what is read is folded from the log.",
    "of another engine": "The state kept beside it is of other rules; what is read is folded from the log.",
}
"""What is told of the kept state of a sound log."""


def show_attempt(out: Console, answer: Accepted | Refused, zone: ZoneInfo) -> None:
    """How an attempt was answered, under which section and why, and what changed."""
    under = f" under section {answer.section}" if answer.section else ""
    if isinstance(answer, Accepted):
        out.print(marked(mark(True), Text.assemble((f"accepted{under}", "green"), f": {answer.act}")))
        if answer.note:
            out.print(Text(answer.note, "yellow"))
    else:
        out.print(marked(mark(False), Text.assemble((f"refused{under}", "bold red"), f": {answer.summary}")))
        for reason in answer.reasons:
            for line in reason_lines(reason, 1):
                out.print(line)
    show_changes(out, answer.changes, answer.happened_at, zone)


def show_changes(out: Console, changes: tuple[Change, ...], at: datetime, zone: ZoneInfo) -> None:
    """What changed, each under its section; what took effect earlier says when."""
    for change in changes:
        earlier = f"{day_of(change.at, zone)} {time_of(change.at, zone)}  " if change.at < at else ""
        text = Text.assemble((earlier, "dim"), (f"{change.section}  ", "cyan"), change.text)
        out.print(marked(("→", "blue"), text))


def show_report(out: Console, report: Report) -> None:
    """Whether a log is as it was written, each fault with its place, and what follows."""
    entries = f"{report.entries} entries" if report.entries != 1 else "1 entry"
    whole = report.log_sound
    told = "every seal is as it was written" if whole else count(len(report.faults), "fault")
    out.print(marked(mark(whole), Text(f"{entries}: {told}", mark(whole)[1])))
    for fault in report.faults:
        where = " ".join(str(each) for each in (fault.table, fault.version, fault.column) if each is not None)
        out.print(marked(mark(False), Text.assemble((f"{where}  ", "cyan"), fault.problem), 1))
    if report.sound:
        out.print(Text(_HEADS[report.head], "dim"))
    elif whole:
        out.print("The log is whole. The kept state is only a copy: what is read is folded from the log, and the next")
        out.print("entry replaces the copy.")
    if report.seal:
        out.print(Text(f"The last seal is {report.seal}.", "dim"))
