"""Arguments that a program gives for a form to an act as the service reads it, and an act back to its arguments.

An argument has one way of being written: an amount is `USD 25000.00`, a day `2005-09-16`, a whole number `7` as text, a
yes or no `true` or `false`. Whatever is wrong is told at once, each with the place it stands at. What a form takes is
also told as a JSON Schema (2020-12), for who renders a page from it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from api.acts import Act, Unreadable
from api.forms import Form, Slot, forms_of
from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement
from dsl.diagnostics import did_you_mean
from dsl.money import EXPONENTS, Quantity, Rate, is_currency, parse_amount
from dsl.state import State
from dsl.views import words_of_content

Arguments = Mapping[str, Any]
WHOLE: Final = r"^-?(0|[1-9][0-9]{0,17})$"
DURATION: Final = r"^[1-9][0-9]{0,4} ((calendar|business|clear business) days?|months?|years?)$"
MOST_TOLD: Final = 20


def plain_act(law: Agreement, act: Act) -> Act:
    """An act as the service reads it: one that is given by its name in the agreement is read with its arguments."""
    named = act.get("action")
    return act if named is None else act_of_form(law, named.get("name"), named.get("arguments"))


def act_of_form(law: Agreement, name: object, arguments: object) -> Act:
    """The act that a form with its arguments is. Raises Unreadable with all that is wrong in it."""
    forms = forms_of(law)
    form = forms.get(name) if isinstance(name, str) else None
    if form is None:
        meant = did_you_mean(str(name), forms) or "`availableActions` tells the names of what can be done."
        raise Unreadable((f"This agreement has no action `{name}`. {meant}",))
    if not isinstance(arguments, Mapping):
        raise Unreadable((f"The arguments of {form.member} are an object with names, like {{}}.",))
    problems: list[str] = []
    parts: dict[str, Any] = {**dict(form.fixed), **dict(_read(form.slots, arguments, form.member, problems))}
    stated = arguments.get("stating")
    if stated is not None and not isinstance(stated, Mapping):
        problems.append(f"{form.member}.stating is an object with names, like {{}}.")
    elif stated is not None:
        place = f"{form.member}.stating"
        parts["fields"] = [list(each) for each in _read(form.stating, stated, place, problems, by_word=True)]
    elif form.must_state:
        missing = ", ".join(each.name for each in form.stating if each.required)
        problems.append(f"{form.member} has to state {missing}: give `stating`.")
    known = [*(each.name for each in form.slots), *(["stating"] if form.stating else [])]
    problems += _beyond(arguments, known, form.member)
    if isinstance(stated, Mapping):
        problems += _beyond(stated, [each.name for each in form.stating], f"{form.member}.stating")
    if problems:
        raise Unreadable(tuple(problems[:MOST_TOLD]))
    return {form.act: parts}


def _beyond(given: Arguments, known: Sequence[str], place: str) -> Iterator[str]:
    for name in given:
        if name not in known:
            yield f"{place} has no `{name}`. {did_you_mean(name, known) or _those(known)}".strip()


def _those(known: Sequence[str]) -> str:
    return f"It has {', '.join(known)}." if known else "It has none."


def _read(
    slots: Sequence[Slot], given: Arguments, place: str, problems: list[str], by_word: bool = False
) -> Iterator[tuple[str, Any]]:
    for slot in slots:
        value = given.get(slot.name)
        if value is None:
            if slot.required:
                problems.append(f"{place}.{slot.name} is missing: {slot.description}")
            continue
        try:
            found = [_text(slot.type, each) for each in value] if slot.many and _is_list(value) else _one(slot, value)
        except ValueError as error:
            problems.append(f"{place}.{slot.name} {error}.")
        else:
            yield (slot.word if by_word else slot.name), found


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _one(slot: Slot, value: object) -> str:
    if slot.many:
        raise ValueError(f"is a list, and not {_shown(value)}")
    return _text(slot.type, value)


def _text(kind: t.Type, value: object) -> str:
    """What is stated, as the service reads it for a type. Raises ValueError with what it has to be."""
    match kind.name:
        case "yes-or-no":
            if not isinstance(value, bool):
                raise ValueError(f"is true or false, and not {_shown(value)}")
            return "yes" if value else "no"
        case "payments":
            return _payments(value)
        case _ if not isinstance(value, str):
            raise ValueError(f"is a text, and not {_shown(value)}")
        case "number" if not re.fullmatch(WHOLE, value):
            raise ValueError(f"is a whole number as text, like `7`, and not {_shown(value)}")
        case "period" if not re.fullmatch(DURATION, value):
            raise ValueError(f"is a period like `10 business days`, and not {_shown(value)}")
        case "amount":
            return str(amount_from(value, *kind.of))
        case "choice" if value not in kind.of:
            raise ValueError(f"is one of {', '.join(kind.of)}, and not {_shown(value)}")
        case _:
            return value


def _shown(value: object) -> str:
    return f"`{(value if isinstance(value, str) else json.dumps(value, default=str))[:40]}`"


def amount_from(written: str, unit: str = "") -> Quantity:
    """`USD 25000.00` or `100 Shares`, of a unit if one is given. Raises ValueError."""
    code, _, number = written.partition(" ")
    if not is_currency(code):
        number, _, code = written.partition(" ")
    if (unit and code != unit) or not code:
        example = written_amount(Quantity(2_500_000, unit or "USD"))
        raise ValueError(f"is an amount like `{example}`, and not {_shown(written)}")
    found = parse_amount(number, code)
    if isinstance(found, str) or "," in number:
        raise ValueError(f"is not an amount: {found if isinstance(found, str) else 'leave the commas out'}".rstrip("."))
    return found


def written_amount(amount: Quantity) -> str:
    """An amount in the one way that programs write it: `USD 25000.00`, `100 Shares`."""
    return str(amount).replace(",", "")


def _payments(value: object) -> str:
    """Payments in the words of the language: `USD 5.00 to ATG, the rest to Omaha`."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise ValueError(f"is a list of payments, each with `to` and `amount`, and not {_shown(value)}")
    told: list[str] = []
    for number, each in enumerate(value):
        if not isinstance(each, Mapping) or not isinstance(each.get("to"), str) or each.keys() - {"to", "amount"}:
            raise ValueError(f"[{number}] is a payment with `to` and, but for the one that gets the rest, `amount`")
        amount = each.get("amount")
        if amount is None and number != len(value) - 1:
            raise ValueError(f"[{number}] has no amount: only the last payment can be the rest")
        if amount is not None and not isinstance(amount, str):
            raise ValueError(f"[{number}].amount is a text, and not {_shown(amount)}")
        told.append(f"{'the rest' if amount is None else amount_from(amount)} to {each['to']}")
    return ", ".join(told)


# ------------------------------------------------------------------------ back


def arguments_of(law: Agreement, state: State, action: a.Action, under: str = "") -> tuple[Form, dict[str, Any]] | None:
    """The form of an act and the arguments it has, as far as they are said; None where no form of the text is it."""
    act, parts, stated = _parts_of(action)
    for form in forms_of(law).values():
        if form.act == act and all(parts.get(name, "") == value for name, value in form.fixed):
            given = {slot.name: parts[slot.name] for slot in form.slots if parts.get(slot.name)}
            if under and any(slot.name == "under" for slot in form.slots):
                given["under"] = under
            fields = {
                slot.name: _written(law, state, slot.type, content)
                for slot in form.stating
                for word, content in stated
                if word == slot.word
            }
            if isinstance(action, a.Fill) and action.content != "":
                given["value"] = _written(law, state, form.slots[0].type, action.content)
            return form, {**given, **({"stating": fields} if fields else {})}
    return None


def _parts_of(action: a.Action) -> tuple[str, dict[str, Any], a.Fields]:
    match action:
        case a.Make():
            travels = {"to": list(action.to), "channel": action.channel, "copy": action.copy}
            return "make", {"kind": action.kind, "name": action.name, "about": action.about, **travels}, action.fields
        case a.Sign():
            return "sign", {"kind": action.kind, "name": action.name, "about": action.about}, action.fields or ()
        case a.Deliver():
            return "deliver", {"kind": action.kind, "name": action.name, "to": list(action.to)}, ()
        case a.Withdraw():
            return "withdraw", {"kind": action.kind, "name": action.name}, ()
        case a.Fill():
            return "fill", {"blank": action.blank}, ()
        case a.Choose():
            return "choose", {"ambiguity": action.ambiguity, "reading": action.reading}, ()
        case a.AssertBreach():
            return "assertBreach", {"section": action.section}, ()
        case _:
            return (*_moved(action), ())


def _moved(action: a.Release | a.Pay | a.Deposit | a.DepositWith | a.HoldFund) -> tuple[str, dict[str, Any]]:
    held = action.amount if not isinstance(action, a.Release) else None
    amount = {} if held is None else {"amount": written_amount(held)}
    match action:
        case a.Release():
            return "release", {"verb": action.verb, "fund": action.fund, "accordingTo": action.plan}
        case a.Pay():
            said = {"to": action.to, "about": action.about, "part": action.part}
            return "pay", {"verb": action.verb, "fund": action.fund, **said, **amount}
        case a.Deposit():
            return "deposit", {"verb": action.verb, "fund": action.fund, "about": action.about, **amount}
        case a.DepositWith():
            said = {"place": action.place, "fund": action.fund, "about": action.about}
            return "depositWith", {**said, **amount}
        case a.HoldFund():
            return "lift" if action.lifts else "hold", {"fund": action.fund, "about": action.about, **amount}


def _written(law: Agreement, state: State, kind: t.Type, content: t.Content) -> Any:
    """A content as an argument."""
    match content:
        case bool():
            return content
        case int() | Rate():
            return str(content)
        case Quantity():
            return written_amount(content)
        case t.Plan():
            lines = [{"to": each.payee, "amount": written_amount(each.amount)} for each in content.lines]
            return [*lines, *([{"to": content.rest_to}] if content.rest_to else [])]
        case t.NameValue(name=name) | t.EntryName(name=name):
            return name
        case t.SectionValue(number=number):
            return number
        case str():
            return f'"{content}"' if kind.name == "name" else content
        case _:
            return content.isoformat() if hasattr(content, "isoformat") else words_of_content(law.terms, content, state)


# ---------------------------------------------------------------------- schema


def json_schema(form: Form) -> dict[str, Any]:
    """What a form takes, as a JSON Schema (2020-12); `title` and `description` are words of the agreement."""
    made = _object(form.slots, form.description)
    made["title"] = form.title
    if form.stating:
        made["properties"]["stating"] = _object(form.stating, "What the paper states.")
        made["required"] += ["stating"] if form.must_state else []
    return made


def _object(slots: Sequence[Slot], description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": {each.name: _property(each) for each in slots},
        "required": [each.name for each in slots if each.required],
        "additionalProperties": False,
    }


def _property(slot: Slot) -> dict[str, Any]:
    one = _of_type(slot.type)
    told = {"title": slot.word or slot.name, "description": slot.description}
    return {"type": "array", "items": one, **told} if slot.many else {**one, **told}


def _of_type(kind: t.Type) -> dict[str, Any]:
    match kind.name:
        case "yes-or-no":
            return {"type": "boolean"}
        case "date":
            return {"type": "string", "format": "date"}
        case "instant":
            return {"type": "string", "format": "date-time"}
        case "number":
            return {"type": "string", "pattern": WHOLE}
        case "period":
            return {"type": "string", "pattern": DURATION}
        case "amount":
            return {"type": "string", "pattern": _amount_pattern(*kind.of)}
        case "choice":
            return {"type": "string", "enum": list(kind.of)}
        case "payments":
            line = {"to": {"type": "string"}, "amount": {"type": "string"}}
            item = {"type": "object", "properties": line, "required": ["to"], "additionalProperties": False}
            return {"type": "array", "items": item, "minItems": 1}
        case _:
            return {"type": "string"}


def _amount_pattern(unit: str = "") -> str:
    if not unit:
        return r"^[A-Z]{3} (0|[1-9][0-9]*)(\.[0-9]+)?$"
    places = EXPONENTS.get(unit)
    if places is None:
        return rf"^(0|[1-9][0-9]*) {re.escape(unit)}$"
    return rf"^{unit} (0|[1-9][0-9]*)" + (rf"(\.[0-9]{{{places}}})?$" if places else "$")


__all__ = ["Arguments", "act_of_form", "amount_from", "arguments_of", "json_schema", "written_amount"]
