"""The trigger of a provision as a list to tick off: each item with its label, how it stands and what it waits for.

The items are those of the text, `3.1(a)(iv)(A)`, and each is judged by the same evaluator that decides. Where a
provision ranges over entries and there is none yet, the items that do not speak of the entry are judged all the same,
so that a reader sees what is still to come.
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from dsl import terms as t
from dsl.compile import Agreement
from dsl.judge import Judge
from dsl.norms import judge_for, rows_of
from dsl.reasons import Reason, Truth, Wait, all_of, any_of, at_least, opposite
from dsl.state import Entry, State, key_of


@dataclass(frozen=True, slots=True)
class Item:
    """One condition and how it stands; `path` is how it is cited, empty where the text gives it no label."""

    label: str
    path: str
    text: str
    truth: Truth
    note: str
    waits: tuple[Wait, ...]
    items: tuple["Item", ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What has to be met before `consequences` follow.

    `about` is the entry it concerns, empty where it concerns none. `latched` says that it was met once and holds
    since, whatever became of its items.
    """

    key: str
    section: str
    title: str
    about: str
    text: str
    consequences: tuple[str, ...]
    latched: bool
    condition: Item

    @property
    def met(self) -> bool:
        """Whether everything it asks for is there now."""
        return self.condition.truth is Truth.TRUE


def checklists(law: Agreement, state: State, section: str = "") -> tuple[Checklist, ...]:
    """Every trigger, once for each entry it concerns, with all that follows from it; of one section, if given."""
    found: dict[tuple[t.Condition, str, str], Checklist] = {}
    judge = Judge(law, state, state.now)
    for provision in law.terms.provisions:
        if provision.trigger is None or (section and provision.section != section):
            continue
        rows = rows_of(law, state, provision, judge)
        for row in rows or [None]:
            key = (provision.trigger, provision.cited, row.name if row is not None else "")
            if key in found:
                more = (*found[key].consequences, provision.statement.text)
                found[key] = replace(found[key], consequences=more)
                continue
            if row is None and provision.rows is not None:
                item = _without_row(judge, provision.trigger, provision.rows)
            else:
                item = item_of(judge_for(law, state, provision, row), provision.trigger)
            found[key] = _checklist(law, state, provision, row, item)
    return tuple(found.values())


def _checklist(law: Agreement, state: State, provision: t.Provision, row: Entry | None, item: Item) -> Checklist:
    key = key_of(provision.key, row.number if row is not None else None)
    clause = law.terms.clauses.get(provision.section)
    return Checklist(
        key,
        provision.cited,
        clause.title if clause is not None else "",
        row.name if row is not None else "",
        provision.text,
        (provision.statement.text,),
        provision.latches and key in state.latches,
        item,
    )


# --------------------------------------------------------------------- items


def item_of(judge: Judge, condition: t.Condition, label: str = "", path: str = "") -> Item:
    """A condition with its items, each judged by itself."""
    reason = judge.judge(condition)
    if isinstance(condition, t.Combined):
        items = tuple(_listed(judge, each) for each in condition.items)
        return Item(label, path, condition.text, reason.truth, reason.note, reason.waits, items)
    return _from_reason(reason, label, path)


def _listed(judge: Judge, item: t.Item) -> Item:
    """An item as its list judges it, so that a waiver of it counts."""
    alone = judge.judge(t.Combined(item.text, item.span, "all", 0, (item,)))
    inner = item_of(judge, item.condition, item.label, item.path)
    if alone.truth is inner.truth:
        return Item(item.label, item.path, item.text, inner.truth, inner.note, inner.waits, inner.items)
    note = alone.children[0].note if alone.children else alone.note
    return Item(item.label, item.path, item.text, alone.truth, note, (), inner.items)


def _from_reason(reason: Reason, label: str, path: str) -> Item:
    items = tuple(_from_reason(child, "", child.section) for child in reason.children)
    return Item(label, path or reason.section, reason.text, reason.truth, reason.note, reason.waits, items)


# ------------------------------------------------------- no entry there as yet


def _without_row(judge: Judge, condition: t.Condition, rows: t.Selection, label: str = "", path: str = "") -> Item:
    """A condition about an entry that does not exist yet."""
    if isinstance(condition, t.Combined) and _speaks_of_row(condition):
        items = tuple(
            _renamed(_without_row(judge, each.condition, rows, each.label, each.path), each.text)
            for each in condition.items
        )
        truth = _combined(condition, tuple(each.truth for each in items))
        met = sum(1 for each in items if each.truth is Truth.TRUE)
        return Item(label, path, condition.text, truth, f"{met} of {len(items)}", (), items)
    if not _speaks_of_row(condition):
        return item_of(judge, condition, label, path)
    some = t.StageReached(rows.text, rows.span, "some", rows, "made", None, None)
    waits = judge.judge(some).waits
    return Item(label, path, condition.text, Truth.PENDING, f"there is no {rows.text_noun} yet", waits, ())


def _renamed(item: Item, text: str) -> Item:
    return Item(item.label, item.path, text, item.truth, item.note, item.waits, item.items)


def _combined(condition: t.Combined, truths: tuple[Truth, ...]) -> Truth:
    match condition.quantifier:
        case "all":
            return all_of(truths)
        case "any":
            return any_of(truths)
        case "none":
            return opposite(any_of(truths))
        case _:
            return at_least(condition.at_least, truths)


def _speaks_of_row(part: Any) -> bool:
    if isinstance(part, t.Row):
        return True
    if isinstance(part, tuple):
        return any(_speaks_of_row(each) for each in part)
    return is_dataclass(part) and any(_speaks_of_row(getattr(part, each.name)) for each in fields(part))
