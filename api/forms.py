"""The acts that an agreement knows, each under a name that a program can use, with everything that it states.

An agreement is a text; from its kinds of paper, its duties and powers to move money, its blanks and its readings come
the forms: `presentDispute`, `signJointInstruction`, `releaseEscrowFund`, `chooseDischargeMoment`. One list serves
three: the typed inputs of the schema, the description of an act's fields for who renders a page, and the reading of
both. The names depend on the text alone, and no two forms of one agreement share one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from api.lru import Lately
from dsl import terms as t
from dsl.compile import Agreement, as_written, making_word
from dsl.entries import is_signed_kind
from dsl.presets import PRESETS

TEXT: Final = t.Type("text")
NAME: Final = t.Type("name")
ANY_AMOUNT: Final = t.Type("amount")
"""An amount of whatever currency is paid."""
_WORD: Final = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that an act states: `name` for programs, `word` as the agreement calls it; `many` for a list."""

    name: str
    type: t.Type
    description: str
    required: bool = False
    word: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One act: `member` names it, `act` is the form it is read by, and `fixed` the parts that go without saying.

    `stating` are the fields of the paper that it makes or signs; they are stated below the others, under `stating`.
    `sections` are where the agreement speaks of it.
    """

    member: str
    act: str
    fixed: tuple[tuple[str, str], ...]
    title: str
    description: str
    sections: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    stating: tuple[Slot, ...] = ()
    restates: bool = False
    """Whether it may go without its fields: who signs what others have signed takes the content that is there."""

    @property
    def key(self) -> tuple[str, ...]:
        """What it is, whatever it is called."""
        return (self.act, *(value for _, value in self.fixed))

    @property
    def must_state(self) -> bool:
        """Whether the fields of the paper have to be stated."""
        return not self.restates and any(each.required for each in self.stating)


_KNOWN: Final[Lately[t.Terms, dict[str, Form]]] = Lately(64)


def forms_of(law: Agreement) -> dict[str, Form]:
    """Every act that an agreement knows, by its name, in the order of the text."""
    known = _KNOWN.get(law.terms)
    if known is None:
        known = _forms(law)
        _KNOWN.put(law.terms, known)
    return known


def _forms(law: Agreement) -> dict[str, Form]:
    found: dict[tuple[str, ...], Form] = {}
    for each in (*_lists(law), *_papers(law), *_money(law), *_openness(law), _breach()):
        known = found.get(each.key)
        found[each.key] = each if known is None else _joined(known, each)
    names = Names()
    return {name: replace(each, member=name) for each in found.values() for name in (names.free(each.member),)}


def _joined(known: Form, more: Form) -> Form:
    """One act that several sentences speak of."""
    told = known.description if more.description in known.description else f"{known.description}\n\n{more.description}"
    slots = {each.name: each for each in (*more.slots, *known.slots)}
    sections = tuple(dict.fromkeys((*known.sections, *more.sections)))
    return replace(known, description=told, slots=tuple(slots.values()), sections=sections)


# ----------------------------------------------------------------------- names


class Names:
    """Gives each name once: the second that would be `fillDate` is `fillDate2`."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def free(self, wanted: str) -> str:
        """The name, or the next one after it that nobody has."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}{number}"
        self._taken.add(name)
        return name


def pascal(words: str) -> str:
    """`Agent's Fee` as programs write it: `AgentsFee`; a letter beyond ASCII without its accent, or by its number."""
    plain = unicodedata.normalize("NFKD", words.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    spelled = "".join(
        each if each.isascii() else "" if unicodedata.combining(each) else f"{ord(each):x}" if each.isalnum() else " "
        for each in plain
    )
    return "".join(each[0].upper() + each[1:] for each in _WORD.findall(spelled)) or "X"


def camel(words: str) -> str:
    """The same with a small letter first: `agentsFee`; after a figure at the beginning comes no name, so `x1stDay`."""
    name = pascal(words)
    first = name[0].lower()
    return f"x{name}" if first.isdigit() else first + name[1:]


def constant(words: str) -> str:
    """One of several choices as programs write it: `ON_NOTICE`."""
    spelled = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", pascal(" ".join(f"{each} " for each in words.split())))
    name = "_".join(spelled.split()).upper()
    return f"X_{name}" if name[0].isdigit() else name


# ---------------------------------------------------------------------- papers

UNDER: Final = Slot("under", TEXT, "The section relied on, where several would allow it.")
ENTRY_NAME: Final = Slot("name", TEXT, "What this entry is called, so that others can speak of it: `JI-1`.")
WHICH: Final = Slot("name", TEXT, "Which one, by its name; the latest if none is named.")
DELIVERED_TO: Final = Slot("to", NAME, "To whom, if not to all it goes to.", many=True)


def _lists(law: Agreement) -> Iterator[Form]:
    for name, kinds in law.terms.collections.items():
        if any(is_signed_kind(law, kind) for kind in kinds):
            every = f"Every one of the {name}: {', '.join(kinds)}."
            fixed = (("kind", name),)
            yield Form(f"sign{pascal(name)}", "sign", fixed, f"Sign the {name}", every, (), (UNDER,))
            yield Form(f"deliver{pascal(name)}", "deliver", fixed, f"Deliver the {name}", every, (), (DELIVERED_TO,))


def _papers(law: Agreement) -> Iterator[Form]:
    for kind in law.terms.kinds.values():
        preset = PRESETS[kind.preset]
        if kind.preset == "movement" or (preset.by_agreement and not kind.makers):
            continue
        signed = is_signed_kind(law, kind.name)
        fixed, told, sections = (("kind", kind.name),), _sentence(law, kind), (kind.section,)
        stating = tuple(_stated(kind))
        slots = (ENTRY_NAME, *_about(kind), *(() if signed or not preset.sent else _travel(kind)), UNDER)
        verb, act = ("sign", "sign") if signed else (making_word(law.terms, kind.name), "make")
        name = pascal(kind.name)
        yield Form(f"{verb}{name}", act, fixed, _title(verb, kind.name), told, sections, slots, stating, signed)
        if preset.signed or preset.sent:
            deliver = (WHICH, DELIVERED_TO)
            yield Form(f"deliver{name}", "deliver", fixed, _title("deliver", kind.name), told, sections, deliver)
        taken = (WHICH,)
        yield Form(f"withdraw{name}", "withdraw", fixed, _title("withdraw", kind.name), told, sections, taken)


def _title(verb: str, noun: str) -> str:
    return f"{verb.capitalize()} the {noun}"


def _about(kind: t.Kind) -> Iterator[Slot]:
    if kind.about:
        yield Slot("about", TEXT, f"The name of the {kind.about} that it is about.")


def _travel(kind: t.Kind) -> Iterator[Slot]:
    yield Slot("to", NAME, f"To whom, if not to all it goes to: {', '.join(kind.recipients)}.", many=True)
    yield Slot("channel", NAME, "How it is sent, as the agreement names the ways.")
    yield Slot("copy", NAME, "How a copy of it is sent.")


def _stated(kind: t.Kind) -> Iterator[Slot]:
    names = Names()
    for each in kind.fields:
        told = f"{each.name} of the {kind.name}: {each.type}."
        yield Slot(names.free(camel(each.name)), each.type, told, not each.optional, each.name)


# ----------------------------------------------------------------------- money


def _money(law: Agreement) -> Iterator[Form]:
    for provision in as_written(law):
        statement = provision.statement
        if not isinstance(statement, t.Duty | t.Power):
            continue
        told, section = f"{provision.cited}: {provision.text}", (provision.cited,)
        match statement.act:
            case t.Move() as act:
                yield replace(_moving(law, act), description=told, sections=section)
            case t.Hold() as act:
                yield replace(_holding(law, act), description=told, sections=section)
            case t.Enter() | t.Ensure() | t.ActFor():
                continue


def _amount(law: Agreement, fund: str, required: bool = True) -> Slot:
    if not fund:
        return Slot("amount", ANY_AMOUNT, f"How much, with its currency: {law.terms.currency} or another.", required)
    unit = law.terms.funds[fund].unit
    return Slot("amount", t.Type("amount", (unit,)), f"How much, in {unit}.", required)


ABOUT: Final = Slot("about", TEXT, "The name of the entry that it is for.")
PAYEE: Final = Slot("to", NAME, "To whom; somebody whom the agreement does not name stands in quotation marks.")
PART: Final = Slot("part", t.Type("choice", ("balance", "excess", "interest")), "The part of the fund that it leaves.")


def _moving(law: Agreement, act: t.Move) -> Form:
    verb, fund, word = act.verb, pascal(act.fund) if act.fund else "", act.verb.capitalize()
    if act.plan is not None:
        slots = (Slot("accordingTo", TEXT, f"The name of the entry that states the payments: {act.plan.text}.", True),)
        fixed = (("verb", verb), ("fund", act.fund))
        return Form(f"{verb}{fund}", "release", fixed, f"{word} the {act.fund}", "", (), (*slots, UNDER))
    if act.into:
        fixed, into = (("verb", verb), ("fund", act.fund)), "into" if verb == "deposit" else "to"
        paid_in = (_amount(law, act.fund), ABOUT, UNDER)
        name, title = f"{verb}{into.capitalize()}{fund}", f"{word} {into} the {act.fund}"
        return Form(name, "deposit", fixed, title, "", (), paid_in)
    if verb == "deposit":
        place = act.payees[0] if act.payees else ""
        fixed = (("place", place), ("fund", act.fund))
        title = f"Deposit money of the {act.fund} with the {place}"
        handed = (_amount(law, act.fund), ABOUT, UNDER)
        return Form(f"deposit{fund}With{pascal(place)}", "depositWith", fixed, title, "", (), handed)
    fixed = (("verb", verb), ("fund", act.fund))
    slots = (_amount(law, act.fund), PAYEE, ABOUT, *((PART,) if fund else ()), UNDER)
    title = f"{word} from the {act.fund}" if fund else f"{word} from one's own pocket"
    return Form(f"{verb}From{fund}" if fund else verb, "pay", fixed, title, "", (), slots)


def _holding(law: Agreement, act: t.Hold) -> Form:
    fund, fixed = pascal(act.fund), (("fund", act.fund),)
    if act.lifts:
        return Form(f"liftHoldOn{fund}", "lift", fixed, f"Lift a hold on the {act.fund}", "", (), (ABOUT, UNDER))
    slots = (_amount(law, act.fund, False), ABOUT, UNDER)
    return Form(f"hold{fund}", "hold", fixed, f"Hold the {act.fund}, or an amount in it", "", (), slots)


# ------------------------------------------------------------------- the rest


def _openness(law: Agreement) -> Iterator[Form]:
    terms = law.terms
    holes = {each.name: (each.type, each.section, _sentence(law, each)) for each in terms.blanks.values()}
    holes |= {each.blank: (TEXT, each.section, f"{each.section}: an address.") for each in terms.addresses}
    for name, (kind, section, told) in holes.items():
        slots = (Slot("value", kind, f"What the {name} is: {kind}.", True),)
        yield Form(f"fill{pascal(name)}", "fill", (("blank", name),), f"Fill the {name}", told, (section,), slots)
    for name, ambiguity in terms.ambiguities.items():
        reading = Slot("reading", t.Type("choice", tuple(ambiguity.readings)), ambiguity.question, True)
        fixed = (("ambiguity", name),)
        title = f"Choose a reading of the {name}"
        told = _sentence(law, ambiguity)
        yield Form(f"choose{pascal(name)}", "choose", fixed, title, told, (ambiguity.section,), (reading,))


def _breach() -> Form:
    section = Slot("section", TEXT, "The section whose duty is breached.", True)
    told = "Whether a duty whose time is vague is breached nobody but a person can say."
    return Form("assertBreach", "assertBreach", (), "Say that a duty is breached", told, (), (section,))


def _sentence(law: Agreement, named: t.Kind | t.Blank | t.Ambiguity) -> str:
    """The sentence that gives something its name, with its section; the title of the clause where it is not at hand."""
    clause = law.terms.clauses.get(named.section)
    if clause is None:
        return named.section
    start = named.span.start - clause.span.start
    words = " ".join(clause.text[max(start, 0) : start + named.span.end - named.span.start].split())
    shown = words if words.startswith(f'"{named.name}"') else clause.title
    return f"{named.section}: {shown}"
