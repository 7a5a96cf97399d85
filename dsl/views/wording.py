"""An act as the agreement knows it, in the words of the language: `sign the Joint Instruction "JI-1"`.

What is written here can be read back: parsing and resolving the words gives the same act. The words go through the
formatter, so that an act is worded in one way wherever it is shown.
"""

import re
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dsl import actions as a
from dsl import syntax as s
from dsl import terms as t
from dsl.calendars import Period
from dsl.compile import making_word
from dsl.format import format_attempt, is_own_name
from dsl.money import Quantity, Rate, is_currency
from dsl.resolve.known import names_of
from dsl.source import NOWHERE
from dsl.state import State

_NEW_LINE = re.compile(r"\n *")


def words_of_attempt(terms: t.Terms, attempt: a.Attempt, state: State | None = None) -> str:
    """`Purchaser: sign the Joint Instruction "JI-1".`, with its actor and its full stop, or each of several acts."""
    if attempt.also:
        acts = (words_of_action(terms, attempt.actor, each, state) for each in attempt.also)
        alone = words_of_attempt(terms, replace(attempt, also=()), state)
        return "; ".join((alone.removesuffix("."), *acts)) + "."
    agent = _somebody(attempt.by) if attempt.by else None
    tree = s.Attempt(NOWHERE, _somebody(attempt.actor), agent, None, _deed(terms, attempt.action, state))
    return _NEW_LINE.sub(" ", format_attempt(tree, proper_names(terms)))


def words_of_action(terms: t.Terms, actor: str, action: a.Action, state: State | None = None) -> str:
    """`sign the Joint Instruction "JI-1"`, without its actor and its full stop."""
    return words_of_attempt(terms, a.Attempt(actor, action), state).partition(": ")[2].removesuffix(".")


def proper_names(terms: t.Terms) -> frozenset[str]:
    """The names that take no article, as the formatter tells them from the text of the agreement."""
    own = (each for each in terms.parties.values() if is_own_name(each.role, each.name, each.described))
    names = names_of(terms)
    return frozenset((*(party.name for party in own), *(each for each in names.choices if not names.sort(each))))


def words_of_content(terms: t.Terms, content: t.Content, state: State | None = None) -> str:
    """A content as somebody states it: `USD 5.00`, `yes`, `6 September 2005`, `USD 5.00 to ATG, the rest to Omaha`."""
    fill = words_of_action(terms, "X", a.Fill("Y", content), state)
    return fill.removeprefix("fill the Y with ").removeprefix("fill Y with ")


# --------------------------------------------------------------------- deeds


def _name(text: str) -> s.Name:
    return s.Name(NOWHERE, text)


def _text(text: str) -> s.Text:
    return s.Text(NOWHERE, text)


def _maybe_name(text: str) -> s.Name | None:
    return _name(text) if text else None


def _maybe_text(text: str) -> s.Text | None:
    return _text(text) if text else None


def _somebody(text: str) -> s.Name | s.Text:
    """A name of the agreement, or in quotation marks somebody whom it does not name."""
    return _text(text[1:-1]) if text.startswith('"') else _name(text)


def _names(names: tuple[str, ...]) -> s.Names | None:
    joined_by = "and" if len(names) > 1 else ""
    return s.Names(NOWHERE, tuple(_name(each) for each in names), joined_by) if names else None


def _anchor(name: str) -> s.AnchorName | None:
    return s.AnchorName(NOWHERE, _text(name)) if name else None


def _deed(terms: t.Terms, action: a.Action, state: State | None) -> s.Deed:
    match action:
        case a.Make() | a.Sign() | a.Deliver() | a.Withdraw():
            return _paper_deed(terms, action, state)
        case a.Fill():
            return s.FillDeed(NOWHERE, _name(action.blank), _content(terms, action.content, state))
        case a.Choose():
            return s.ChooseDeed(NOWHERE, _name(action.reading), _name(action.ambiguity))
        case a.AssertBreach():
            return s.AssertDeed(NOWHERE, s.Section(NOWHERE, action.section))
        case _:
            return _money_deed(terms, action)


def _money_deed(terms: t.Terms, action: a.Release | a.Pay | a.Deposit | a.DepositWith | a.HoldFund) -> s.Deed:
    match action:
        case a.Release():
            plan = s.AnchorName(NOWHERE, _text(action.plan))
            return s.ReleaseDeed(NOWHERE, action.verb, _name(action.fund), plan)
        case a.Pay():
            to = _somebody(action.to) if action.to else None
            account = s.Account(NOWHERE, action.part or None, _name(action.fund)) if action.fund else None
            return s.PayDeed(NOWHERE, action.verb, _amount(action.amount), to, account, _anchor(action.about))
        case a.Deposit(verb="deposit"):
            about = _anchor(action.about)
            return s.DepositDeed(NOWHERE, _amount(action.amount), "into", _name(action.fund), None, about)
        case a.Deposit():
            fund, about = _name(action.fund), _anchor(action.about)
            return s.PayDeed(NOWHERE, action.verb, _amount(action.amount), fund, None, about)
        case a.DepositWith():
            several = sum(each.unit == action.amount.unit for each in terms.funds.values()) > 1
            source, about = _name(action.fund) if several else None, _anchor(action.about)
            return s.DepositDeed(NOWHERE, _amount(action.amount), "with", _name(action.place), source, about)
        case a.HoldFund():
            fund, about = _name(action.fund), _anchor(action.about)
            held = _amount(action.amount) if action.amount is not None else None
            return s.LiftDeed(NOWHERE, fund, about) if action.lifts else s.HoldDeed(NOWHERE, fund, held, about)


def _paper_deed(terms: t.Terms, action: a.Make | a.Sign | a.Deliver | a.Withdraw, state: State | None) -> s.Deed:
    match action:
        case a.Make():
            verb = making_word(terms, action.kind)
            channel = s.ByChannel(NOWHERE, _name(action.channel), _maybe_name(action.copy)) if action.channel else None
            fields = _fields(terms, action.fields, state)
            to = _names(action.to)
            return s.MakeDeed(
                NOWHERE, verb, _name(action.kind), _maybe_text(action.name), _anchor(action.about), to, channel, fields
            )
        case a.Sign():
            fields = _fields(terms, action.fields or (), state)
            kind, name = _name(action.kind), _maybe_text(action.name)
            return s.MakeDeed(NOWHERE, "sign", kind, name, _anchor(action.about), None, None, fields)
        case a.Deliver():
            to = _names(action.to)
            if not action.kind:
                return s.NamedDeed(NOWHERE, "deliver", _text(action.name), to)
            kind, name = _name(action.kind), _maybe_text(action.name)
            return s.MakeDeed(NOWHERE, "deliver", kind, name, None, to, None, ())
        case a.Withdraw():
            if not action.kind:
                return s.NamedDeed(NOWHERE, "withdraw", _text(action.name), None)
            kind, name = _name(action.kind), _maybe_text(action.name)
            return s.MakeDeed(NOWHERE, "withdraw", kind, name, None, None, None, ())


def _fields(terms: t.Terms, fields: a.Fields, state: State | None) -> tuple[s.FieldValue, ...]:
    return tuple(s.FieldValue(NOWHERE, _name(name), _content(terms, content, state)) for name, content in fields)


# ------------------------------------------------------------------ contents


def _amount(amount: Quantity) -> s.MoneyLiteral | s.QuantityLiteral:
    if is_currency(amount.unit):
        return s.MoneyLiteral(NOWHERE, str(amount))
    return s.QuantityLiteral(NOWHERE, f"{amount.amount:,}", _name(amount.unit))


def _content(terms: t.Terms, content: t.Content, state: State | None) -> s.Content:
    match content:
        case bool() | int() | str() | Period():
            return _plain(content)
        case Quantity():
            return _amount(content)
        case Rate():
            return s.DecimalLiteral(NOWHERE, str(content))
        case date():
            return _time(terms, content)
        case t.NameValue():
            return s.Entry(NOWHERE, _name(content.name), None, None)
        case t.SectionValue():
            return s.SectionValue(NOWHERE, s.Section(NOWHERE, content.number))
        case t.EntryName():
            return s.TextLiteral(NOWHERE, _text(content.name))
        case t.Plan():
            lines = [s.Payment(NOWHERE, _amount(line.amount), _name(line.payee)) for line in content.lines]
            rest = [s.Payment(NOWHERE, None, _name(content.rest_to))] if content.rest_to else []
            return s.Payments(NOWHERE, (*lines, *rest))


def _plain(content: bool | int | str | Period) -> s.Content:
    match content:
        case bool():
            return s.TruthLiteral(NOWHERE, "yes" if content else "no")
        case int():
            return s.NumberLiteral(NOWHERE, str(content))
        case str() | Period():
            return s.TextLiteral(NOWHERE, _text(str(content)))


def _time(terms: t.Terms, content: date) -> s.Content:
    if isinstance(content, datetime):
        local = content.astimezone(ZoneInfo(terms.zone))
        return s.InstantLiteral(NOWHERE, f"{local:%H:%M}", _day(local))
    return s.DateLiteral(NOWHERE, _day(content))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
