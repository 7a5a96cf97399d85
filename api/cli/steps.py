"""A scenario that was played to its steps as a reader follows them: who did what, and all that came of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from api.cli.lists import News, list_key
from dsl.compile import Agreement
from dsl.engine import in_force
from dsl.entries import is_signed_kind, missing_signers
from dsl.events import Acted, Malformed, Refused
from dsl.money import Quantity
from dsl.scenarios import Failure, Played, Run
from dsl.state import Change, Posting, State
from dsl.views import Checklist, checklists
from dsl.views.checklists import Item

T = TypeVar("T")

_DATED = re.compile(
    r"At \d?\d:\d\d on \d?\d \w+ \d{4}(?P<late>,? recorded at \d?\d:\d\d on \d?\d \w+ \d{4})?,? (?P<act>.*)",
    re.IGNORECASE,
)

_OPENING = re.compile(r"Open at \d?\d:\d\d on \d?\d \w+ \d{4}(?P<with>.*)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expected:
    """Something the scenario expects after a step, and whether it was so."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account held before a step and holds after it."""

    account: str
    before: Quantity
    after: Quantity


@dataclass(frozen=True, slots=True)
class Paper:
    """Papers that came closer to completion by a step, and who has still to sign them."""

    names: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words without the date, what it led to, and everything that changed.

    `inherited` steps are those of the scenario that this one continues.
    """

    number: int
    at: datetime
    words: str
    recorded: str
    inherited: bool
    answer: Acted | Refused | Malformed | None
    state: State
    changes: tuple[Change, ...]
    papers: tuple[Paper, ...]
    movements: tuple[Posting, ...]
    balances: tuple[Balance, ...]
    checklists: tuple[Checklist, ...]
    news: News
    expected: tuple[Expected, ...]
    failures: tuple[Failure, ...]


def steps_of(agreement: Agreement, run: Run) -> tuple[Step, ...]:
    """The steps of a run, each with the expectations that follow it."""
    groups: list[tuple[Played, list[Played]]] = []
    for played in run.played:
        if played.expects and groups:
            groups[-1][1].append(played)
        else:
            groups.append((played, []))
    known: dict[str, Checklist] = {}
    steps = []
    for number, (played, expects) in enumerate(groups, 1):
        lists = {list_key(each): each for each in checklists(in_force(agreement, played.after), played.after)}
        changed, news = _changed(known, lists)
        known = lists
        words, recorded = _words(played)
        steps.append(
            Step(
                number,
                played.at,
                words,
                recorded,
                played.inherited,
                played.answer,
                played.after,
                _added(played.before.changes if played.before else (), played.after.changes),
                tuple(_papers(in_force(agreement, played.after), played.before, played.after)),
                _added(played.before.postings if played.before else (), played.after.postings),
                tuple(_balances(played.before, played.after)),
                changed,
                news,
                tuple(Expected(each.text, not _inside(run.failures, each)) for each in expects),
                _inside(run.failures, played, *expects),
            )
        )
    return tuple(steps)


def _words(played: Played) -> tuple[str, str]:
    """The words of a step without its date, and when it was recorded, if that was later."""
    opening = _OPENING.fullmatch(played.text)
    if opening is not None:
        return f"The deal opens{opening['with']}", ""
    dated = _DATED.fullmatch(played.text)
    if dated is None:
        return played.text, ""
    act = dated["act"].removesuffix(".")
    return f"{act[:1].upper()}{act[1:]}", (dated["late"] or "").strip(", ")


def _inside(failures: tuple[Failure, ...], *steps: Played) -> tuple[Failure, ...]:
    return tuple(each for each in failures if any(_is_of(each, step) for step in steps))


def _is_of(failure: Failure, step: Played) -> bool:
    span = failure.diagnostic.span
    return failure.source == step.source and step.span.start <= span.start and span.end <= step.span.end


def _added(before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """What came with a step. A late fact is put in its place, so what is new may stand anywhere."""
    if after[: len(before)] == before:
        return after[len(before) :]
    left = list(before)
    added = []
    for each in after:
        if each in left:
            left.remove(each)
        else:
            added.append(each)
    return tuple(added)


def _papers(law: Agreement, before: State | None, after: State) -> Iterator[Paper]:
    """The papers that were signed, those that lack the same signatures together."""
    known = {each.number: each.signatures for each in before.entries} if before is not None else {}
    by_missing: dict[tuple[str, ...], list[str]] = {}
    for entry in after.entries:
        fresh = len(entry.signatures) > len(known.get(entry.number, ()))
        if fresh and entry.kind in law.terms.kinds and is_signed_kind(law, entry.kind):
            name = entry.kind if entry.name == entry.kind else f'{entry.kind} "{entry.name}"'
            by_missing.setdefault(missing_signers(law, entry), []).append(name)
    for missing, names in by_missing.items():
        yield Paper(tuple(names), missing)


def _balances(before: State | None, after: State) -> Iterator[Balance]:
    known = before.balances if before is not None else {}
    for key, amount in after.balances.items():
        held = known.get(key, Quantity(0, amount.unit))
        if held != amount:
            yield Balance(account_name(key.removesuffix(f" {amount.unit}")), held, amount)


def account_name(account: str) -> str:
    """An account as people call it: `Escrow Fund/excess` is the Escrow Fund's excess."""
    fund, _, purpose = account.partition("/")
    return fund if purpose in ("", "balance") else f"{fund}, {purpose}"


# ---------------------------------------------------------------- checklists


def _changed(before: dict[str, Checklist], after: dict[str, Checklist]) -> tuple[tuple[Checklist, ...], News]:
    """The labelled lists in which something turned true or ceased to be, and the paths of the items that did."""
    found = []
    news: set[tuple[str, str]] = set()
    for key, each in after.items():
        if not any(item.label for item in each.condition.items):
            continue
        if each.latched and (key not in before or before[key].latched):
            continue  # once met it holds, whatever becomes of its items
        earlier = before.get(key) or next((old for old in before.values() if old.key.startswith(_origin(each))), None)
        old = dict(_truths(earlier.condition)) if earlier is not None else {}
        fresh = {path for path, truth in _truths(each.condition) if path and old.get(path, truth) != truth}
        if fresh or (earlier is not None and earlier.about != each.about):
            found.append(each)
            news |= {(key, path) for path in fresh}
    return tuple(found), frozenset(news)


def _origin(each: Checklist) -> str:
    """The same list before there was an entry that it concerns."""
    return f"{each.key.partition('#')[0]}#"


def _truths(item: Item) -> Iterator[tuple[str, str]]:
    yield item.path, item.truth.value
    for inner in item.items:
        yield from _truths(inner)
