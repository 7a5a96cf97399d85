"""Values of the language to canonical JSON and back: what the log and the kept state are written in.

Each value is written in one way only. Members of a union carry what they are (`{"is":"Sign",...}`), an instant is a
whole number of microseconds in UTC, and a dictionary is a list of pairs, because the order in which norms came about
is part of the state. What is left at its default is left out, and so is what a state can work out of itself.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, NoReturn, TypeVar, get_args, get_origin

from cattrs import BaseValidationError, Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.strategies import configure_tagged_union

from api.store import canonical
from api.store.codec import Json, from_microseconds, to_microseconds
from dsl.actions import Action, Deposit, DepositWith, Make, Pay
from dsl.calendars import Period, Unit
from dsl.events import Acted, Refused
from dsl.money import Quantity, Rate
from dsl.reasons import Reason
from dsl.state import Change, State
from dsl.terms import Content, EntryName, NameValue, Plan, PlanLine, SectionValue, Selection

T = TypeVar("T")
Reasons = tuple[Reason, ...]
Changes = tuple[Change, ...]

Attempted = Acted | Refused
"""What an entry of the log holds after the first, which holds an `Opened`."""


class Undecodable(ValueError):
    """A text that no version of this codec has written."""


# ------------------------------------------------------------------ contents


def write_content(content: Content) -> Json:
    """A content as JSON: texts, numbers and yes-or-no as themselves, everything else under the name of its type."""
    match content:
        case bool() | str() | int():
            return content
        case Quantity():
            return {"quantity": [content.amount, content.unit]}
        case datetime():
            return {"instant": to_microseconds(content)}
        case date():
            return {"date": content.isoformat()}
        case Period():
            return {"period": [content.number, content.unit.value]}
        case Rate():
            return {"rate": [content.numerator, content.denominator]}
        case NameValue():
            return {"name": content.name}
        case SectionValue():
            return {"section": content.number}
        case EntryName():
            return {"entry": content.name}
        case Plan():
            lines: list[Json] = [[line.payee, line.amount.amount, line.amount.unit] for line in content.lines]
            return {"plan": {"lines": lines, "rest": content.rest_to}}


def read_content(value: Any) -> Content:
    """The content that a JSON value stands for."""
    if isinstance(value, bool | str | int):
        return value
    ((tag, inner),) = value.items()
    return _CONTENTS[tag](inner)


def _plan(value: Any) -> Plan:
    lines = tuple(PlanLine(payee, Quantity(amount, unit)) for payee, amount, unit in value["lines"])
    return Plan(lines, value["rest"])


_CONTENTS: Final[dict[str, Callable[[Any], Content]]] = {
    "quantity": lambda value: Quantity(value[0], value[1]),
    "instant": from_microseconds,
    "date": date.fromisoformat,
    "period": lambda value: Period(value[0], Unit(value[1])),
    "rate": lambda value: Rate(value[0], value[1]),
    "name": NameValue,
    "section": SectionValue,
    "entry": EntryName,
    "plan": _plan,
}


# -------------------------------------------------------------------- shapes


def _converter() -> Converter:
    made = Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})
    made.register_unstructure_hook(datetime, to_microseconds)
    made.register_structure_hook(datetime, lambda value, _: from_microseconds(value))
    made.register_unstructure_hook(Quantity, lambda value: [value.amount, value.unit])
    made.register_structure_hook(Quantity, lambda value, _: Quantity(value[0], value[1]))
    made.register_unstructure_hook_func(_is_content, write_content)
    made.register_structure_hook_func(_is_content, lambda value, _: read_content(value))
    made.register_unstructure_hook_factory(_is_dictionary, lambda kind: _pairs_writer(made, kind))
    made.register_structure_hook_factory(_is_dictionary, lambda kind: _pairs_reader(made, kind))
    made.register_unstructure_hook_func(_is_reason_ahead, lambda value: made.unstructure(value, Reason))
    made.register_structure_hook_func(_is_reason_ahead, lambda value, _: made.structure(value, Reason))
    made.register_unstructure_hook(Selection, _is_named_by_then)
    made.register_structure_hook(Selection, _is_named_by_then)
    configure_tagged_union(Make | Pay | Deposit | DepositWith, made, tag_name="is")
    configure_tagged_union(Action, made, tag_name="is")
    configure_tagged_union(Attempted, made, tag_name="is")
    left = override(omit=True)
    writer = make_dict_unstructure_fn(State, made, _cattrs_omit_if_default=True, index=left, memory=left, watch=left)
    made.register_unstructure_hook(State, writer)
    made.register_structure_hook(State, make_dict_structure_fn(State, made, index=left, memory=left, watch=left))
    return made


def _is_named_by_then(*_: Any) -> NoReturn:
    raise TypeError("the entries of an act are named before it is recorded")


def _is_content(kind: Any) -> bool:
    return bool(kind == Content)


def _is_dictionary(kind: Any) -> bool:
    return get_origin(kind) is dict


def _pairs_writer(converter: Converter, kind: Any) -> Callable[[Any], Json]:
    inner = get_args(kind)[1]
    return lambda value: [[key, converter.unstructure(each, inner)] for key, each in value.items()]


def _pairs_reader(converter: Converter, kind: Any) -> Callable[[Any, Any], dict[str, Any]]:
    inner = get_args(kind)[1]
    return lambda value, _: {key: converter.structure(each, inner) for key, each in value}


def _is_reason_ahead(kind: Any) -> bool:
    """A reason holds reasons, which its own declaration can only name."""
    return bool(kind == "Reason")


_CONVERTER: Final = _converter()


def to_json(value: Any, kind: Any) -> Json:
    """A value of a type as JSON that `canonical` can write."""
    written: Json = _CONVERTER.unstructure(value, kind)
    return written


def from_json(value: Any, kind: type[T]) -> T:
    """The value of a type that JSON holds."""
    try:
        return _CONVERTER.structure(value, kind)
    except (BaseValidationError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise Undecodable("there is JSON of another form than is written there") from error


def write(value: Any, kind: Any) -> str:
    """A value of a type as the one text for it."""
    return canonical(to_json(value, kind))


def read(text: str, kind: type[T]) -> T:
    """The value of a type that a text holds."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Undecodable(f"this is not JSON: {error}") from error
    return from_json(value, kind)


def read_attempted(text: str) -> Acted | Refused:
    """The attempt that an entry of the log holds, accepted or refused."""
    event: Acted | Refused = from_json(json.loads(text), Attempted)  # type: ignore[arg-type]
    return event
