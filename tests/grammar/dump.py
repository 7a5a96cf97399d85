"""Syntax as text that stays the same: one node a line, its parts indented, no places."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from dsl.syntax import Label, Name, Names, Node, Period, Section, Sections, Text


def dump(node: object) -> str:
    """The whole tree, with a line ending after the last line."""
    return "".join(f"{line}\n" for line in _lines(node, "", 0))


def _lines(node: object, role: str, depth: int) -> Iterator[str]:
    head = "  " * depth + (f"{role}: " if role else "")
    short = _short(node)
    if short is not None:
        yield head + short
    elif isinstance(node, tuple):
        yield f"{head}{len(node)} of them"
        for each in node:
            yield from _lines(each, "", depth + 1)
    elif is_dataclass(node) and not isinstance(node, type):
        yield head + type(node).__name__
        for each in fields(node):
            value = getattr(node, each.name)
            if each.name != "span" and value not in (None, (), "", False):
                yield from _lines(value, each.name, depth + 1)
    else:
        raise TypeError(f"{type(node).__name__} is no syntax")


def _short(node: object) -> str | None:
    """Leaves, and nodes of leaves only, on one line."""
    match node:
        case str() | bool():
            return str(node)
        case Name() | Label():
            return node.text
        case Text():
            return f'"{node.text}"'
        case Section():
            return node.number
        case Period():
            return f"{node.number} {node.unit}"
        case Sections():
            return ", ".join(each.number for each in node.sections)
        case Names():
            return f" {node.joined_by or ','} ".join(each.text for each in node.names)
        case Node():
            return _flat(node)
        case _:
            return None


def _flat(node: Node) -> str | None:
    parts = [(each.name, getattr(node, each.name)) for each in fields(node) if each.name != "span"]
    said = [(name, value) for name, value in parts if value not in (None, (), "", False)]
    if not all(isinstance(value, str | bool | Name | Text | Section) for _, value in said):
        return None
    words = ", ".join(f"{name} {_short(value)}" for name, value in said)
    return f"{type(node).__name__}{f'({words})' if words else ''}"
