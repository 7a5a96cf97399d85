"""Conditions as text: one sentence part, or a labelled list with one item a line."""

from dsl import syntax
from dsl.format.layout import bare, maybe, new_line, quoted, the
from dsl.format.marks import GLUE, JOIN, STATEMENT, TURN
from dsl.format.values import any_entry, bare_value, entry, hours, period, row, section, value


def condition(written: syntax.Condition, depth: int) -> str:
    """A condition inside a sentence that stands `depth` steps in; list items stand one step further in."""
    match written:
        case syntax.ItemList():
            return written.quantifier + "".join(_items(written.items, depth + 1))
        case syntax.Conjunction():
            return f"{JOIN}and ".join(condition(each, depth) for each in written.conditions)
        case syntax.Disjunction():
            return f"{JOIN}or ".join(condition(each, depth) for each in written.conditions)
        case syntax.Stood():
            return f"as of {value(written.moment)},{TURN}{condition(written.condition, depth)}"
        case _:
            return _atom(written)


def then(written: syntax.Condition, depth: int) -> str:
    """`CONDITION, then`, on a line of its own after a list."""
    last = written.condition if isinstance(written, syntax.Stood) else written
    gap = f";{new_line(depth)}" if isinstance(last, syntax.ItemList) else f",{STATEMENT}"
    return f"{condition(written, depth)}{gap}then "


def _items(items: tuple[syntax.Item, ...], depth: int) -> list[str]:
    lines: list[str] = []
    for item in items:
        joined = f" {item.label.joined_by}" if item.label.joined_by else ""
        before = f";{joined}" if lines else ""
        lines.append(f"{before}{new_line(depth)}{item.label.text} {condition(item.condition, depth)}")
    return lines


def _atom(written: syntax.Atom) -> str:
    match written:
        case syntax.Staged():
            return f"{any_entry(written.subject)} has been {_stage(written)}{_bound(written.bound)}"
        case syntax.Absent():
            return f"no {entry(written.entries)} has been {_stage(written)}{_bound(written.bound)}"
        case syntax.UniversalStage(plural=True):
            return f"all {entry(written.entries)} have been {_stage(written)}"
        case syntax.UniversalStage():
            return f"every {entry(written.entries)} has been {_stage(written)}"
        case syntax.UniversalNamed():
            return f"every {entry(written.entries)} is {bare(written.condition)}"
        case syntax.Comparison():
            return f"{value(written.left)} {written.comparator}{TURN}{value(written.right)}"
        case syntax.InHours():
            return f"{value(written.moment)} is {hours(written.hours)}"
        case syntax.Membership():
            return f"{value(written.left)} {written.word} {bare_value(written.right)}"
        case syntax.Allots():
            return f"{value(written.plan)} allots exactly {value(written.amount)}"
        case _:
            return _state(written)


_State = (
    syntax.States
    | syntax.Applies
    | syntax.Arrived
    | syntax.ReadAs
    | syntax.Filled
    | syntax.FilledBy
    | syntax.Terminated
    | syntax.Performed
    | syntax.Standing
)


def _state(written: _State) -> str:
    """What is asked about how something stands."""
    match written:
        case syntax.States():
            return f"{value(written.subject)} states{GLUE}{bare(written.field)}"
        case syntax.Applies():
            return f"{the(written.condition)} applies"
        case syntax.Arrived():
            return f"{value(written.instant)} has {written.word}"
        case syntax.ReadAs():
            return f"{value(written.ambiguity)} is read as {bare(written.reading)}"
        case syntax.Filled():
            return f"{value(written.blank)} is {written.word}"
        case syntax.FilledBy():
            return f"{value(written.role)} is filled{TURN}by {quoted(written.filler)}"
        case syntax.Terminated():
            return "this agreement has terminated"
        case syntax.Performed():
            return f"{section(written.section)} has been {written.word}{row(written.row)}"
        case syntax.Standing():
            verb = "is not" if written.negated else "is"
            return f"{section(written.section)} {verb} {written.status}{row(written.row)}"


def _stage(written: syntax.Staged | syntax.Absent | syntax.UniversalStage) -> str:
    return written.stage + maybe(f"{TURN}by ", None if written.actor is None else the(written.actor))


def _bound(written: syntax.StageBound | syntax.Silence | None) -> str:
    if isinstance(written, syntax.Silence):
        after = maybe(f"{TURN}after ", None if written.origin is None else value(written.origin))
        return f"{TURN}for {period(written.period)}{after}"
    return "" if written is None else f"{TURN}{written.word} {value(written.instant)}"
