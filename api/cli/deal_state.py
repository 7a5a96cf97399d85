"""A deal as it stands, for the terminal and for machines: money, papers, conditions, duties, and what can be done."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from api.cli.lists import checklist_lines, day_of, time_of
from api.cli.output import heading, plain, show_receipt, table
from api.service import Reading
from dsl import actions as a
from dsl.fallen import divergences
from dsl.possibilities import Possibility, possibilities
from dsl.views import (
    ambiguities,
    blanks,
    checklists,
    documents,
    ended,
    entries,
    fillers,
    funds,
    movements,
    norms,
    paid,
    undecided,
)
from dsl.views.undecided import OPEN

STATUS = {
    "active": "yellow", "overdue": "bold red", "suspended": "magenta", "fulfilled": "green", "fulfilled late": "green",
}  # fmt: skip


_ASIDE = (a.Fill, a.Choose, a.AssertBreach)
"""Acts that are nearly always possible; what they are about is told elsewhere on the page."""


def _can_do(reading: Reading) -> tuple[Possibility, ...]:
    found = (each for party in reading.parties for each in possibilities(reading.agreement, reading.state, party))
    return tuple(each for each in found if each.allowed)


def show_deal(out: Console, reading: Reading) -> None:
    """Everything a party wants to know of a deal, on one page."""
    zone = ZoneInfo(reading.law.terms.zone)
    out.print(Text.assemble((reading.law.terms.title, "bold"), (f"  deal {reading.deal.id}", "dim")))
    when = f"{day_of(reading.state.now, zone)} {time_of(reading.state.now, zone)} in {zone.key}"
    if reading.known_at is not None and reading.known_at < reading.recorded_at:
        when += f" from what was known on {day_of(reading.known_at, zone)} {time_of(reading.known_at, zone)}"
    out.print(
        Text(f"as of {when}, version {reading.version}, you act for {', '.join(reading.parties) or 'nobody'}", "dim")
    )
    at, section = ended(reading.state)
    if at is not None:
        when = f"{day_of(at, zone)} {time_of(at, zone)}"
        out.print(Text(f"The agreement ended on {when} under section {section}.", "yellow"))
    out.print()
    _show_table(out, "Who takes part", ("Role", "Filled by"), fillers(reading.law, reading.state).items())
    _show_terms(out, reading)
    _show_money(out, reading)
    _show_papers(out, reading)
    _show_lists(out, reading)
    _show_norms(out, reading, zone)
    _show_open(out, reading)
    _show_table(
        out,
        "What you can do now",
        ("Who", "Act", "Section"),
        (
            (f"{each.actor} by {each.by}" if each.by else each.actor, each.text, Text(each.section, "cyan"))
            for each in _can_do(reading)
            if not isinstance(each.action, _ASIDE)
        ),
    )
    show_receipt(out, reading.receipt)


def _show_table(out: Console, title: str, columns: tuple[str, ...], rows: Iterable[tuple[str | Text, ...]]) -> None:
    found = list(rows)
    if not found:
        return
    out.print(heading(title))
    shown = table(*columns, right=("Balance", "Paid in", "Paid out", "Received"))
    for row in found:
        shown.add_row(*row)
    out.print(shown)
    out.print()


def _show_money(out: Console, reading: Reading) -> None:
    columns = ("Fund", "Balance", "Paid in", "Paid out", "")
    rows = []
    for fund in funds(reading.law, reading.state):
        apart = [("excess", fund.excess), ("interest", fund.interest)]
        beside = ", ".join(f"{what} {amount or OPEN}" for what, amount in apart if amount is None or amount.amount)
        held, came, went = (str(each or OPEN) for each in (fund.balance, fund.deposited, fund.paid_out))
        rows.append((fund.name, Text(held, "bold"), came, went, beside))
    _show_table(out, "Money", columns, rows)
    payees = ((each.payee, str(each.total or OPEN)) for each in paid(reading.law, reading.state))
    _show_table(out, "Who was paid", ("Payee", "Received"), payees)


def _show_papers(out: Console, reading: Reading) -> None:
    rows = [
        (each.kind, each.status, ", ".join(s.signer for s in each.signatures if s.status in ("missing", "voided")))
        for each in documents(reading.law, reading.state)
    ]
    _show_table(out, "Documents", ("Document", "Status", "Still to be signed by"), rows)
    papers = [
        (Text(each.section, "cyan"), each.kind, each.name, each.author, "" if each.counts else "no longer counts")
        for each in entries(reading.law, reading.state)
        if each.sort not in ("document", "movement")
    ]
    _show_table(out, "On record", ("Section", "Kind", "Name", "By", ""), papers)


def _show_lists(out: Console, reading: Reading) -> None:
    """The lists that are still to be met."""
    waiting = [
        each
        for each in checklists(reading.law, reading.state)
        if not each.latched and any(item.label for item in each.condition.items)
    ]
    if waiting and ended(reading.state)[0] is None:
        out.print(heading("Conditions"))
        for each in waiting:
            for line in checklist_lines(each):
                out.print(line)
        out.print()


def _show_norms(out: Console, reading: Reading, zone: ZoneInfo) -> None:
    rows = []
    for norm in norms(reading.law, reading.state):
        about = f' ("{norm.about}")' if norm.about else ""
        due = f"by {day_of(norm.due, zone)} {time_of(norm.due, zone)}" if norm.due is not None else norm.vague
        if norm.stopped is not None and norm.due is None:
            due = f"its clock stands still since {day_of(norm.stopped, zone)} {time_of(norm.stopped, zone)}"
        status = Text(norm.status, STATUS.get(norm.status, ""))
        status.append(f"; {' and '.join(norm.asserted_by)} says breached" if norm.asserted_by else "")
        rows.append((Text(norm.section, "cyan"), " and ".join(norm.bearers), f"{norm.modality}{about}", status, due))
    _show_table(out, "Duties and powers", ("Section", "Who", "What", "Status", "When"), rows)


def _show_terms(out: Console, reading: Reading) -> None:
    """What this deal has stated where the clause file leaves a blank."""
    filled = (each for each in blanks(reading.law, reading.state) if each.filled)
    rows = ((Text(each.section, "cyan"), each.name, each.content) for each in filled)
    _show_table(out, "Terms of this deal", ("Section", "What", "Content"), rows)


def _show_open(out: Console, reading: Reading) -> None:
    rows = [
        (Text(each.section, "cyan"), each.name, ", ".join(filter(None, ("blank", each.type, each.bounds))))
        for each in blanks(reading.law, reading.state)
        if not each.filled
    ]
    rows += [
        (Text(each.section, "cyan"), each.name, f"{each.question} {' or '.join(each.readings)}?")
        for each in ambiguities(reading.law, reading.state)
        if not each.chosen
    ]
    _show_table(out, "Still open", ("Section", "What", ""), rows)
    told = [(each.name, each.told) for each in undecided(reading.law, reading.state)]
    _show_table(out, "Not the same under every reading", ("What", ""), told)


def deal_json(reading: Reading) -> dict[str, Any]:
    """The same for machines, and all of it."""
    law, state = reading.law, reading.state
    at, section = ended(state)
    return {
        "deal": reading.deal.id,
        "agreement": reading.deal.agreement,
        "title": law.terms.title,
        "version": reading.version,
        "hash": reading.hash,
        "receipt": plain(reading.receipt),
        "as_of": state.now.isoformat(),
        "recorded_at": reading.recorded_at.isoformat(),
        "parties": list(reading.parties),
        "roles": fillers(law, state),
        "terminated": at.isoformat() if at is not None else None,
        "terminated_by": section,
        "funds": plain(funds(law, state)),
        "paid": plain(paid(law, state)),
        "movements": plain(movements(state)),
        "documents": plain(documents(law, state)),
        "entries": plain(entries(law, state)),
        "checklists": plain(checklists(law, state)),
        "norms": plain(norms(law, state)),
        "blanks": plain(blanks(law, state)),
        "ambiguities": plain(ambiguities(law, state)),
        "undecided": plain(undecided(law, state)),
        "divergences": plain(divergences(law, state)),
        "can_do": [
            {
                "as": f"{each.actor} by {each.by}" if each.by else each.actor,
                "act": each.text,
                "section": each.section,
                "needs": [need.name for need in each.needs],
            }
            for each in _can_do(reading)
        ],
    }
