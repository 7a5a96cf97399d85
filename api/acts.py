"""An act as a client sends it to an attempt of the language, or everything that cannot be understood in it.

An act comes in the language's own words or in parts with names. Either way its nouns are those of the agreement in
force, and every value is read by the type of the field it is for: what comes out is the same attempt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.strict import read_day, read_instant
from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement
from dsl.diagnostics import Diagnostic, did_you_mean, render
from dsl.money import Quantity, is_currency, parse_amount
from dsl.parse import parse_attempt
from dsl.resolve import resolve_attempt, resolve_content
from dsl.resolve.fitting import phrase
from dsl.source import Source
from dsl.state import State
from dsl.syntax import FillDeed

Act = Mapping[str, Any]
"""One member: `text`, or the name of an act with its parts, all of them texts or lists of texts."""

PARTS = ("balance", "excess", "interest")
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")


@dataclass(eq=False)
class Unreadable(ValueError):
    """What cannot be understood, each with what would be right."""

    problems: tuple[str, ...]


def acting(party: str) -> tuple[str, str]:
    """`Buyer by Ann` in two: for whom, and by which person; the words of the language are in lower case."""
    quoted = party.find('"', 1) + 1 if party.startswith('"') else 0
    name, _, by = party[quoted:].partition(" by ")
    actor = party[:quoted] + name
    return actor.strip(), by.strip()


def read_act(law: Agreement, state: State, party: str, act: Act) -> a.Attempt:
    """The attempt that an act sent by a client is, as a party or by a person who acts for it: `Buyer by Ann`."""
    actor, by = acting(party)
    if actor not in law.terms.parties and not actor.startswith('"'):
        raise Unreadable((_unknown("party", actor, law.terms.parties),))
    ((form, content),) = act.items()
    if form == "text":
        return _from_words(law, party, content)
    return a.Attempt(actor, _Parts(law, state, content).action(form), content.get("under") or "", by)


def once(what: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is stated of each name. Nobody knows which is meant where a name comes twice: it raises Unreadable."""
    given = tuple(pairs)
    problems = twice(what, given)
    if problems:
        raise Unreadable(problems)
    return dict(given)


def twice(what: str, pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A problem for each name that comes again, with what was stated of it."""
    found: dict[str, str] = {}
    problems: list[str] = []
    for name, stated in pairs:
        if name in found:
            told = f"`{_shortly(found[name])}`, `{_shortly(stated)}`"
            problems.append(f"The {what} {name} is stated twice: {told}.")
        found[name] = stated
    return tuple(problems)


def _from_words(law: Agreement, party: str, words: str) -> a.Attempt:
    said = words.strip()
    if not said.strip("."):
        raise Unreadable(("Nothing is said that is done. Write it in words, such as `deposit ... into the ...`.",))
    source = Source("act", f"{party}: {said}" + ("" if said.endswith(".") else "."))
    parsed = parse_attempt(source)
    if parsed.syntax is None:
        raise Unreadable(_told(parsed.diagnostics, source))
    attempt, found = resolve_attempt(parsed.syntax, law.terms, source)
    if attempt is None:
        raise Unreadable(_told(found, source))
    return attempt


def _told(found: Sequence[Diagnostic], source: Source) -> tuple[str, ...]:
    return tuple(render(each, source) for each in found)


def _unknown(what: str, name: str, known: Mapping[str, object]) -> str:
    few = f"Known: {', '.join(known)}." if 0 < len(known) <= MOST_LISTED else ""
    return f"There is no {what} `{name}`. {did_you_mean(name, known) or few}".strip()


class _Parts:
    """The named parts of one act."""

    def __init__(self, law: Agreement, state: State, parts: Mapping[str, Any]) -> None:
        self.law = law
        self.state = state
        self.parts = parts

    def text(self, name: str) -> str:
        return self.parts.get(name) or ""

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self.parts.get(name) or ())

    def action(self, form: str) -> a.Action:
        match form:
            case "make" | "sign" | "deliver" | "withdraw":
                return self.paper(form)
            case "fill":
                return a.Fill(self.text("blank"), self.blank())
            case "choose":
                return a.Choose(self.text("ambiguity"), self.text("reading"))
            case "assertBreach":
                return a.AssertBreach(self.text("section"))
            case _:
                return self.money(form)

    def paper(self, form: str) -> a.Action:
        kind, name, about = self.text("kind"), self.text("name"), self.text("about")
        match form:
            case "make":
                channel, copy = self.text("channel"), self.text("copy")
                return a.Make(kind, name, self.fields(kind) or (), about, self.texts("to"), channel, copy)
            case "sign":
                return a.Sign(kind, name, self.fields(kind), about)
            case "deliver":
                return a.Deliver(kind, name, self.texts("to"))
            case _:
                return a.Withdraw(kind, name)

    def money(self, form: str) -> a.Action:
        fund = self.text("fund")
        match form:
            case "release":
                return a.Release(self.text("verb") or "release", fund, self.text("accordingTo"))
            case "hold":
                held = self.amount(fund) if self.text("amount") else None
                return a.HoldFund(fund, held, self.text("about"))
            case "lift":
                return a.HoldFund(fund, about=self.text("about"), lifts=True)
            case "pay":
                to, about = self.text("to"), self.text("about")
                return a.Pay(self.text("verb") or "pay", self.amount(fund), to, fund, about, self.part())
            case "deposit":
                return a.Deposit(self.amount(fund), fund, self.text("verb") or "deposit", self.text("about"))
            case "depositWith":
                return a.DepositWith(self.amount(fund), self.text("place"), fund, self.text("about"))
            case _:
                raise Unreadable((f"`{form}` is no act.",))

    def part(self) -> str:
        """The part of a fund that money is taken from, if one is named."""
        part = self.text("part")
        if part and part not in PARTS:
            raise Unreadable((f"A fund has a {', '.join(PARTS[:-1])} and {PARTS[-1]}, and no `{part}`.",))
        return part

    def amount(self, fund: str) -> Quantity:
        held, written = self.law.terms.funds.get(fund), self.text("amount").strip()
        code = written.partition(" ")[0]
        own = code if not fund and is_currency(code) else self.law.terms.currency
        unit = held.unit if held is not None else own
        written = written.removeprefix(f"{unit} ").removesuffix(f" {unit}")
        amount = parse_amount(written, unit)
        if isinstance(amount, str):
            raise Unreadable((f"The amount must be one of {unit}. {amount}",))
        return amount

    def fields(self, kind: str) -> a.Fields | None:
        given = self.parts.get("fields")
        if given is None:
            return None
        declared = self.law.terms.kinds.get(kind)
        if declared is None:
            raise Unreadable((_unknown("kind of entry", kind, self.law.terms.kinds),))
        return tuple(self._read_fields(declared, given))

    def _read_fields(self, kind: t.Kind, given: Sequence[Sequence[str]]) -> Iterator[tuple[str, t.Content]]:
        types = {field.name: field.type for field in kind.fields}
        stated: dict[str, str] = {each[0]: each[1] for each in given}
        if len(stated) != len(given):
            raise Unreadable(("A field is stated twice.",))
        for name in stated:
            if name not in types:
                raise Unreadable((f"{kind.name} has no field `{name}`. {did_you_mean(name, types)}".strip(),))
        for name, type_ in types.items():
            if name in stated:
                yield name, read_value(self.law, self.state, type_, stated[name], f"{name} of {kind.name}")

    def blank(self) -> t.Content:
        name = self.text("blank")
        return read_blank(self.law, self.state, name, self.text("value"))


LONGEST_ECHO = 60
MOST_LISTED = 12


def read_blank(law: Agreement, state: State | None, name: str, value: str) -> t.Content:
    """The content that somebody states for a blank, or for an address that the source leaves blank."""
    blank = law.terms.blanks.get(name)
    addresses = {each.blank: each for each in law.terms.addresses}
    if blank is None and name not in addresses:
        raise Unreadable((_unknown("blank", name, {**law.terms.blanks, **addresses}),))
    return read_value(law, state, blank.type if blank else t.Type("text"), value, f"The blank {name}")


def read_value(law: Agreement, state: State | None, type_: t.Type, value: str, what: str) -> t.Content:
    """A value of a type: as the language writes it, or as programs do (`2005-09-06`, `true`, `12000000.00`)."""
    plain = value.strip()
    found = _plainly(state, type_, value, plain)
    if found is not None:
        return found
    content = _by_the_language(law, type_, plain)
    if content is None:
        example = _EXAMPLES.get(type_.name, "").format(*(Quantity(2_500_000, unit) for unit in type_.of))
        raise Unreadable((f"{what} must be {phrase(type_)}: `{_shortly(value)}` is not.{example}",))
    return content


_EXAMPLES = {
    "date": " Write `1 September 2005` or `2005-09-01`.",
    "instant": " Write `10:30 on 1 September 2005`, or `2005-09-01T10:30:00-04:00` with its offset.",
    "amount": " Write `{}`.",
    "period": " Write `10 calendar days`.",
    "yes-or-no": " Write `yes` or `no`.",
    "name": ' Write a name of the agreement, or the name of somebody else in quotation marks: `"Ada Bell"`.',
}
"""What a value of a type looks like, for who has written something else."""


def _shortly(written: str) -> str:
    """As much of what was written as shows what is meant."""
    return written if len(written) <= LONGEST_ECHO else f"{written[: LONGEST_ECHO - 3]}..."


def _plainly(state: State | None, type_: t.Type, value: str, plain: str) -> t.Content | None:
    match type_.name:
        case "text" | "clauses":
            return value
        case "yes-or-no":
            return {"yes": True, "true": True, "no": False, "false": False}.get(plain.lower())
        case "number":
            return int(plain) if _NUMBER.fullmatch(plain) else None
        case "amount":
            amount = parse_amount(plain.removeprefix(f"{type_.of[0]} "), type_.of[0])
            return amount if isinstance(amount, Quantity) else None
        case "date" | "instant":
            return _time(type_.name, plain)
        case "section":
            return t.SectionValue(plain.removeprefix("section ").strip())
        case "choice":
            return t.NameValue(plain)
        case "entry":
            return plain.strip('"')
        case _:
            return None


def _time(kind: str, plain: str) -> t.Content | None:
    return read_day(plain) if kind == "date" else read_instant(plain)


def _by_the_language(law: Agreement, type_: t.Type, plain: str) -> t.Content | None:
    """What the words mean after `fill the X with ...`."""
    actor = next(iter(law.terms.parties), "X")
    source = Source("value", f"{actor}: fill {actor} with {plain}.")
    parsed = parse_attempt(source)
    if parsed.syntax is None or not isinstance(parsed.syntax.deed, FillDeed):
        return None
    content, _ = resolve_content(parsed.syntax.deed.content, type_, law.terms, source)
    return content
