"""Reasons and conditions as lists to tick off, and instants as people write them: lines for the terminal."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.output import brief, mark
from dsl.reasons import Reason, Truth
from dsl.views import Checklist
from dsl.views.checklists import Item

News = frozenset[tuple[str, str]]
"""The items that have just become what they are, by the key of their list and their path."""


def marked(sign: tuple[str, str], text: RenderableType, depth: int = 0) -> RenderableType:
    """A line of a list behind its mark; what does not fit goes on below the text."""
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=1)
    row.add_column()
    row.add_row(Text(*sign), text)
    return Padding(row, (0, 0, 0, 2 * depth))


def reason_lines(reason: Reason, depth: int) -> Iterator[RenderableType]:
    """A reason with everything below it; what is not met says what it waits for."""
    section = (f"{reason.section}  ", "cyan") if reason.section else ""
    words, note = brief(reason)
    text = Text.assemble(section, words, (f"  ({note})" if note else "", "dim"))
    yield marked(mark(reason.truth), text, depth)
    if reason.truth is not Truth.TRUE:
        for wait in dict.fromkeys(each.text for each in reason.waits):
            yield Padding(Text(f"waits for: {wait}", "yellow"), (0, 0, 0, 2 * depth + 2))
    for child in reason.children:
        yield from reason_lines(child, depth + 1)


def day_of(at: datetime, zone: ZoneInfo) -> str:
    """The day of an instant where the agreement lives."""
    local = at.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y}"


def time_of(at: datetime, zone: ZoneInfo) -> str:
    """The time of an instant where the agreement lives."""
    return f"{at.astimezone(zone):%H:%M}"


def list_key(checklist: Checklist) -> str:
    """One list for one entry it concerns."""
    return f"{checklist.key} {checklist.about}"


def checklist_lines(checklist: Checklist, news: News = frozenset()) -> Iterator[RenderableType]:
    """A list of conditions, with its news in bold."""
    about = f'  "{checklist.about}"' if checklist.about else ""
    met = "all met" if checklist.met else f"{_met(checklist.condition)} of {len(checklist.condition.items)}"
    title = Text.assemble((checklist.section, "cyan"), f"  {checklist.title}{about}  ", (met, "dim"))
    yield Padding(marked(mark(checklist.condition.truth), title), (1, 0, 0, 0))
    told: set[str] = set()
    fresh = frozenset(path for key, path in news if key == list_key(checklist))
    for item in checklist.condition.items:
        yield from _item(fresh, item, 1, told)


def _met(item: Item) -> int:
    return sum(inner.truth is Truth.TRUE for inner in item.items)


def _item(fresh: frozenset[str], item: Item, depth: int, told: set[str]) -> Iterator[RenderableType]:
    """An item of a list; a list within it is shown in full while it matters, and what is waited for is told once."""
    listed = any(inner.label for inner in item.items)
    folded = listed and item.truth is Truth.TRUE and not _has_news(fresh, item)
    words = item.text.partition("(")[0].strip() if listed else item.text
    words = f"{words} {', '.join(inner.label for inner in item.items)}" if folded else words
    style = "bold" if item.path in fresh else ""
    label = f"{item.label} " if item.label else ""
    found = (f"  now {item.truth.value}", mark(item.truth)[1]) if style else ""
    yield marked(mark(item.truth), Text.assemble((label, "cyan"), (words, style), found), depth)
    if item.truth is not Truth.TRUE and not listed:
        for wait in dict.fromkeys(each.text for each in item.waits if each.text not in told):
            told.add(wait)
            yield Padding(Text(f"waits for: {wait}", "yellow"), (0, 0, 0, 2 * depth + 2))
    if listed and not folded:
        for inner in item.items:
            yield from _item(fresh, inner, depth + 1, told)


def _has_news(fresh: frozenset[str], item: Item) -> bool:
    return item.path in fresh or any(_has_news(fresh, inner) for inner in item.items)
