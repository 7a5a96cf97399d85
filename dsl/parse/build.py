"""Lark trees in, syntax out: one rule, one class, children in the order of the fields.

Most rules need nothing said: the class with the rule's name takes the rule's children. `_SHAPES` lists the
rules whose children are gathered or converted first, and `_WORDS` are the rules that only choose words.
"""

import re
from collections.abc import Callable
from typing import Any

from lark import Token, Tree

from dsl import syntax
from dsl.parse.entries import (
    Children,
    anchor_ranked,
    other_entry,
    other_rows,
    ranked,
    whose_field,
    whose_noun,
    whose_pick,
    whose_stage,
)
from dsl.source import NOWHERE, Span


def build(tree: Tree[Token]) -> Any:
    """The syntax node of a tree; nesting was bounded before."""
    span = _span(tree)
    children = [_child(child) for child in tree.children]
    rule = str(tree.data)
    if all(isinstance(child, Token) for child in tree.children) and rule in _WORDS:
        return " ".join(child.text if isinstance(child, syntax.Name) else str(child) for child in children)
    shape = _SHAPES.get(rule)
    if shape is not None:
        return shape(span, children)
    made = getattr(syntax, "".join(part.capitalize() for part in rule.split("_")))
    return made(span, *children)


def _span(tree: Tree[Token]) -> Span:
    return NOWHERE if tree.meta.empty else Span(tree.meta.start_pos, tree.meta.end_pos)


def _child(child: Any) -> Any:
    match child:
        case Tree():
            return build(child)
        case Token(type="NOUN"):
            return syntax.Name(_token_span(child), " ".join(child.value.split()))
        case Token(type="STRING"):
            return syntax.Text(_token_span(child), " ".join(child.value[1:-1].split()))
        case Token(type="ROMAN" | "UPPER" | "DIGIT"):
            return _label(child)
        case Token(type="BLANK" | "REST"):
            return None
        case Token(type="MONEY" | "DATE"):
            return " ".join(child.value.split())
        case Token():
            return str(child.value)
        case _:
            return child


def _token_span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)


def _label(token: Token) -> syntax.Label:
    match = re.search(r"(and|or)?\s*(\(\w+\))$", token.value)
    joined, label = (match.group(1) or "", match.group(2)) if match else ("", token.value)
    end = token.end_pos or 0
    return syntax.Label(Span(end - len(label), end), label, joined)


def _tuple(_: Span, children: Children) -> tuple[Any, ...]:
    return tuple(children)


def _only(_: Span, children: Children) -> Any:
    return children[0]


def _names(span: Span, children: Children) -> syntax.Names:
    *first, joined, last = children
    names = (*first, last) if last is not None else tuple(first)
    return syntax.Names(span, names, joined or "")


def _sections(span: Span, children: Children) -> syntax.Sections:
    return syntax.Sections(span, tuple(child for child in children if child is not None))


def _section(span: Span, children: Children) -> syntax.Section:
    child, sentence = children
    number = child.text if isinstance(child, syntax.Name) else child
    return syntax.Section(span, number + (", " + " ".join(sentence[1:].split()) if sentence else ""))


def _holding(name: str) -> Callable[[Span, Children], Any]:
    """A fund as it is, or an amount in it, perhaps about an entry."""

    def shape(span: Span, children: Children) -> Any:
        amount, fund, about = children if len(children) > 1 else (None, children[0], None)
        return getattr(syntax, name)(span, fund, amount, about)

    return shape


def _turn_of(span: Span, children: Children) -> syntax.PartOf:
    row, whole, rank, entries, field = children
    return syntax.PartOf(span, row, whole, field, entries, rank=rank)


def _head_and_rest(name: str, head: int) -> Callable[[Span, Children], Any]:
    def shape(span: Span, children: Children) -> Any:
        return getattr(syntax, name)(span, *children[:head], tuple(children[head:]))

    return shape


def _agreement(span: Span, children: Children) -> syntax.Agreement:
    title, *rest = children
    return syntax.Agreement(span, title, *_headers_and_headings(rest))


def _library(span: Span, children: Children) -> syntax.Library:
    return syntax.Library(span, *_headers_and_headings(children))


def _headers_and_headings(children: Children) -> tuple[tuple[syntax.Header, ...], tuple[syntax.Heading, ...]]:
    headings = tuple(child for child in children if isinstance(child, syntax.Heading))
    return tuple(children[: len(children) - len(headings)]), headings


def _business_days(span: Span, children: Children) -> syntax.BusinessDays:
    calendars, closed, opened = children
    return syntax.BusinessDays(span, calendars, closed or (), opened or ())


def _calendars(span: Span, children: Children) -> syntax.Calendars:
    *first, joined, last = children
    names = (*first, last) if last is not None else tuple(first)
    return syntax.Calendars(span, names, joined or "")


def _limits(_: Span, children: Children) -> tuple[syntax.Limit, ...]:
    return tuple(child for child in children if child is not None)


def _blank(span: Span, children: Children) -> syntax.Blank:
    need, kind, limits, default, filled_by = children
    return syntax.Blank(span, need, kind, limits or (), default, filled_by)


def _clause(span: Span, children: Children) -> syntax.Clause:
    return syntax.Clause(span, *children)


def _field(span: Span, children: Children) -> syntax.Field:
    name, optional, kind = children
    return syntax.Field(span, name, optional is not None, kind)


def _filling(_: Span, children: Children) -> str:
    """The word `blank` stands for nothing in an address, and for itself here."""
    return "blank" if children[0] is None else str(children[0])


def _cap(span: Span, children: Children) -> syntax.Cap:
    sections, each, limit, period, excluding, rule = children
    return syntax.Cap(span, sections, each, limit, period, excluding, rule is not None)


def _fields_last(name: str) -> Callable[[Span, Children], Any]:
    def shape(span: Span, children: Children) -> Any:
        return getattr(syntax, name)(span, *children[:-1], children[-1] or ())

    return shape


def _actors(span: Span, children: Children) -> syntax.Actors:
    names, jointly = children
    return syntax.Actors(span, names, jointly is not None)


def _duty(span: Span, children: Children) -> syntax.Duty:
    actors, act, *rest = children
    rest = [(), *rest] if isinstance(act, syntax.Ensuring) else rest
    return syntax.Duty(span, actors, act, *rest, *([None] * (2 - len(rest))))


def _waiving(span: Span, children: Children) -> syntax.Waiving:
    waiver, extent = children
    return syntax.Waiving(span, waiver, extent is not None)


def _substitution(span: Span, children: Children) -> syntax.Substitution:
    return syntax.Substitution(span, *(children if len(children) > 1 else (None, *children)))


def _when(span: Span, children: Children) -> Any:
    return syntax.When(span, children[0])


def _while(span: Span, children: Children) -> Any:
    return syntax.While(span, children[0])


def _stopped_clock(span: Span, children: Children) -> syntax.StoppedClock:
    (stopping,) = children
    if isinstance(stopping, syntax.Applies):
        return syntax.StoppedClock(span, stopping.condition, None)
    row, condition = stopping
    return syntax.StoppedClock(span, condition, row)


def _extreme(span: Span, children: Children) -> syntax.Extreme:
    word, left, *between, right = children
    return syntax.Extreme(span, word, left, right, tuple(between))


def _of_two(word: str) -> Callable[[Span, Children], Any]:
    return lambda span, children: syntax.Extreme(span, word, *children)


def _vague_window(span: Span, children: Children) -> syntax.VagueWindow:
    words = [each for each in children if isinstance(each, str)]
    about = children[-1] if len(words) < len(children) else None
    return syntax.VagueWindow(span, " ".join(words), about)


def _item_list(span: Span, children: Children) -> syntax.ItemList:
    """A list whose last item has no `and` or `or` before it is read with the one its quantifier means."""
    quantifier, *items = children
    last = items[-1]
    if len(items) > 1 and not last.label.joined_by:
        joined_by = "and" if quantifier == "all of" else "or"
        label = syntax.Label(last.label.span, last.label.text, joined_by)
        items[-1] = syntax.Item(last.span, label, last.condition)
    return syntax.ItemList(span, quantifier, tuple(items))


def _plural_stage(span: Span, children: Children) -> syntax.UniversalStage:
    entries, stage, actor = children
    return syntax.UniversalStage(span, entries, stage, actor, plural=True)


def _standing(span: Span, children: Children) -> syntax.Standing:
    section, word, status, row = children
    return syntax.Standing(span, section, word == "is not", status, row)


def _within_bound(span: Span, children: Children) -> syntax.StageBound:
    period, origin = children
    return syntax.StageBound(span, "within", syntax.Shift(span, period, "after", origin))


def _item(span: Span, children: Children) -> syntax.Item:
    return syntax.Item(span, *children)


_WORD_RULES = """
    edge_direction edge_mode category_name outsider_name group_rule blank_need limit_word preset movement_way optional
    connective jointly make_verb pay_verb deposit_place deadline_word cap_period excess_rule quantifier stage
    bound_word comparator whose_comparator membership_word arrival performance standing_name which_word pick_word
    another stage_noun balance_name rounding cap_figure_name extreme_word shift_word unit addition_sign truth_name
    roll_word month_edge_word counted_days recur_word extent account_part of_role
"""
_WORDS = frozenset(_WORD_RULES.split())

_SHAPES: dict[str, Callable[[Span, Children], Any]] = {
    "agreement": _agreement,
    "library": _library,
    "business_days": _business_days,
    "blank": _blank,
    "limits": _limits,
    "default": _only,
    "closed_on": _tuple,
    "open_on": _tuple,
    "clause": _clause,
    "edges": _tuple,
    "sentences": _tuple,
    "section": _section,
    "sections": _sections,
    "excluding": _only,
    "copy_rule": _only,
    "notice_rule": _head_and_rest("NoticeRule", 0),
    "notice_way": lambda span, children: syntax.NoticeWay(span, *children[:2], *children[2]),
    "giving": lambda _, children: tuple(children) if len(children) > 1 else (None, *children),
    "type": _only,
    "kind": lambda span, children: syntax.Kind(span, *children),
    "attributes": _tuple,
    "stating": _head_and_rest("Stating", 0),
    "choice_of": _head_and_rest("ChoiceOf", 0),
    "field": _field,
    "names": _names,
    "binder": _only,
    "when": _when,
    "waiving": _waiving,
    "substitution": _substitution,
    "while": _while,
    "statement_list": _tuple,
    "duty": _duty,
    "plain_duty": _duty,
    "occurrence": _fields_last("Occurrence"),
    "row": _fields_last("Row"),
    "actors": _actors,
    "windows": _tuple,
    "vague_window": _vague_window,
    "stopped_clock": _stopped_clock,
    "row_state": _tuple,
    "extreme": _extreme,
    "surplus": _of_two("surplus"),
    "difference": _of_two("difference"),
    "other_entry": other_entry,
    "other_rows": other_rows,
    "ranked_pick": ranked,
    "whose_pick": whose_pick,
    "whose_ranked": ranked,
    "anchor_ranked": anchor_ranked,
    "whose_noun": whose_noun,
    "whose_field": whose_field,
    "whose_stage": whose_stage,
    "filters": _head_and_rest("Filters", 0),
    "cap": _cap,
    "conjunction": _head_and_rest("Conjunction", 0),
    "disjunction": _head_and_rest("Disjunction", 0),
    "roman_list": _item_list,
    "upper_list": _item_list,
    "digit_list": _item_list,
    "plural_stage": _plural_stage,
    "standing": _standing,
    "within_bound": _within_bound,
    "payment_payee": _only,
    "roman_item": _item,
    "upper_item": _item,
    "digit_item": _item,
    "stage_actor": _only,
    "extended": lambda span, children: syntax.Shift(span, children[1], "extended", children[0]),
    "clock_on": lambda span, children: syntax.ClockOn(span, *children),
    "clock_in": lambda span, children: syntax.ClockOn(span, children[0], children[2], children[1]),
    "hour_on": lambda span, children: syntax.ClockOn(span, *children),
    "whole_period": lambda span, children: syntax.Period(span, *children),
    "whole_counted": lambda span, children: syntax.CountedPeriod(span, children[0], children[1], None),
    "stood_list": lambda span, children: syntax.Stood(span, *children),
    "anchor": _only,
    "in_order": _only,
    "every_one": _only,
    "filling": _filling,
    "holding": _holding("Holding"),
    "hold_deed": _holding("HoldDeed"),
    "turn_of": _turn_of,
    "percentage": _only,
    "address_value": _only,
    "field_values": _tuple,
    "payments": _head_and_rest("Payments", 0),
    "payment_amount": _only,
    "make_deed": _fields_last("MakeDeed"),
    "opening_step": _fields_last("OpeningStep"),
    "scenario_file": _head_and_rest("ScenarioFile", 0),
    "steps": _tuple,
    "recorded": _only,
    "as_known": _only,
    "calendars": _calendars,
    "closing": _only,
}
