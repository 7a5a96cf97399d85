"""Shapes of the trees in which a sentence speaks of entries: the others of a kind, the first by a field, `whose`."""

from typing import Any

from dsl import syntax
from dsl.source import Span

Children = list[Any]


def other_rows(span: Span, children: Children) -> syntax.Entry:
    noun, about, kept = children
    return syntax.Entry(span, noun, about, kept, "other")


def other_entry(span: Span, children: Children) -> syntax.Entry:
    other, noun, about, kept = children
    return syntax.Entry(span, noun, about, kept, other)


def whose_pick(span: Span, children: Children) -> syntax.Pick:
    pick, kind, about = children
    return syntax.Pick(span, pick, kind, about, None)


def ranked(span: Span, children: Children) -> syntax.Pick:
    kind, pick, rank, about, *kept = children
    return syntax.Pick(span, pick, kind, about, kept[0] if kept else None, rank)


def anchor_ranked(span: Span, children: Children) -> syntax.AnchorPick:
    kind, pick, rank = children
    return syntax.AnchorPick(span, pick, kind, rank)


def whose_noun(span: Span, children: Children) -> syntax.Entry:
    return syntax.Entry(span, children[0], None, None)


def whose_field(span: Span, children: Children) -> syntax.FieldOf:
    field, anchor = children
    return syntax.FieldOf(span, field, _of_anchor(anchor))


def whose_stage(span: Span, children: Children) -> syntax.StageOf:
    stage, anchor = children
    return syntax.StageOf(span, stage, _of_anchor(anchor))


def _of_anchor(anchor: syntax.Anchor) -> syntax.Value:
    """The entry that an anchor speaks about, as a value."""
    match anchor:
        case syntax.AnchorSuch():
            return syntax.Such(anchor.span, anchor.kind)
        case syntax.AnchorPick():
            return syntax.Pick(anchor.span, anchor.pick, anchor.kind, None, None, anchor.by)
        case syntax.AnchorName():
            return syntax.TextLiteral(anchor.span, anchor.name)
        case syntax.AnchorKind():
            return syntax.Entry(anchor.span, anchor.kind, None, None)
        case syntax.AnchorField():
            return syntax.FieldOf(anchor.span, anchor.field, _of_anchor(anchor.subject))
