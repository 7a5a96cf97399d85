"""Which values fit together: money is not a number, USD is not EUR, and a choice is one of those offered.

`UNKNOWN` is the type of a stand-in for something that was reported already; it fits everything.
"""

from dsl.resolve.names import Names
from dsl.resolve.words import a, sentence
from dsl.terms import Literal, NameValue, Type, Value

UNKNOWN = Type("unknown")
TEXT = Type("text")
NUMBER = Type("number")
TRUTH = Type("yes-or-no")
DATE = Type("date")
INSTANT = Type("instant")
NAME = Type("name")
RATE = Type("rate")
PERIOD = Type("period")
MONEY = Type("amount", ("?",))
"""An amount of whatever unit is paid there."""

TIMES = ("date", "instant")
FIGURES = ("number", "amount", "rate")


def fits(value: Value, actual: Type, wanted: Type, names: Names) -> bool:
    """Whether a value can stand where a type is wanted."""
    if UNKNOWN in (actual, wanted):
        return True
    if isinstance(value, Literal) and isinstance(value.content, NameValue):
        name = value.content.name
        if wanted.name == "choice":
            return name in wanted.of
        if wanted.name == "name":
            return name in names.parties
    if wanted == RATE and actual.name == "number":
        return isinstance(value, Literal)
    return same(actual, wanted) or (wanted.name == "name" and actual.name == "text")


def same(left: Type, right: Type) -> bool:
    """Whether two values of these types can be equal."""
    if UNKNOWN in (left, right):
        return True
    if left.name != right.name:
        return False
    match left.name:
        case "amount":
            return left.of == right.of or "?" in (*left.of, *right.of)
        case "entry":
            return not left.of or not right.of or bool(set(left.of) & set(right.of))
        case "choice":
            return bool(set(left.of) & set(right.of))
        case _:
            return True


def phrase(type_: Type) -> str:
    """A type with its article: `an amount of USD`."""
    match type_.name:
        case "amount":
            return "an amount" if "?" in type_.of else f"an amount of {type_.of[0]}"
        case "choice":
            return f"one of {', '.join(type_.of)}" if len(type_.of) > 1 else type_.of[0]
        case "entry":
            noun = type_.of[0] if len(type_.of) == 1 and type_.of[0] else "entry"
            return a(noun)
        case "instant":
            return "an instant"
        case "text" | "yes-or-no" | "payments" | "clauses":
            return {"text": "text", "yes-or-no": "yes or no", "payments": "a plan of payments"}.get(
                type_.name, "clause text"
            )
        case _:
            return f"a {type_.name}"


def advice(actual: Type, wanted: Type) -> tuple[str, str]:
    """Why a value does not fit, and what to write instead."""
    pair = (actual.name, wanted.name)
    if pair == ("amount", "amount"):
        return (
            f"{actual.of[0]} is not {wanted.of[0]}, and nothing here converts one into the other.",
            f"State the amount in {wanted.of[0]}, or convert it at a rate that an entry records.",
        )
    if pair == ("number", "amount"):
        unit = "USD" if "?" in wanted.of else wanted.of[0]
        return "Money is not a number: an amount has a unit.", f"Write the unit with it: `{unit} 5.00`."
    if pair == ("amount", "number"):
        return "Money is not a number: an amount has a unit.", "Write the number without a unit."
    if pair in (("number", "rate"), ("rate", "number")):
        return "A number is whole; a rate is not.", "Write `3` for a number, and `3.0` or `3 percent` for a rate."
    if pair == ("date", "instant"):
        return "A date is a whole day; an instant is one moment of it.", "Write the time: `17:00 on 6 September 2005`."
    if pair == ("instant", "date"):
        return "An instant is one moment; a date is a whole day.", "Write `the day of ...`, or `6 September 2005`."
    if wanted.name == "choice":
        return f"What is offered here is {phrase(wanted)}.", "Write one of those."
    return f"{sentence(phrase(wanted))} is wanted here.", f"Write {_written(wanted)}."


def _written(wanted: Type) -> str:
    """How a value of a type is written, by an example where there is one."""
    if wanted.name == "entry" and len(wanted.of) == 1:
        return f"`such {wanted.of[0]}` or `the latest {wanted.of[0]}`"
    return {
        "text": 'words between quotation marks, `"..."`',
        "yes-or-no": "`yes` or `no`",
        "section": "`section 4.1(c)`",
        "clauses": '`clauses "clause 4.1(c): ..."`',
        "payments": "`USD 5.00 to ..., the rest to ...`",
        "period": "`10 business days`",
    }.get(wanted.name, phrase(wanted))
