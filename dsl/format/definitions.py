"""Definitions as text: what a quoted name means."""

from dsl import syntax
from dsl.format.conditions import condition
from dsl.format.layout import a, bare, maybe, quoted, the
from dsl.format.marks import JOIN, PART
from dsl.format.values import bare_names, content, names, period, value


def definition(written: syntax.Definition, depth: int) -> str:
    """`"Joint Instruction" means a writing, signed by ...`"""
    subject = "" if written.subject is None else f" of {a(written.subject)}"
    return f"{quoted(written.name)}{subject} means {_meaning(written.meaning, depth)}"


def _meaning(written: syntax.Meaning, depth: int) -> str:
    match written:
        case syntax.Kind():
            attributes = "".join(f",{PART}{_attribute(each)}" for each in written.attributes)
            return f"{_with_article(written.preset)}{attributes}"
        case syntax.Collection():
            return f"the list of {bare_names(written.members)}"
        case syntax.Blank():
            filled = maybe(f",{PART}filled by ", None if written.filled_by is None else names(written.filled_by))
            limits = " and ".join(f"{each.word} {value(each.value)}" for each in written.limits)
            default = maybe(", ", None if written.default is None else content(written.default))
            rules = (f", {limits}" if limits else "") + (f"{default} unless stated otherwise" if default else "")
            return f"{_with_article(written.need)} blank {_type(written.type)}{rules}{filled}"
        case syntax.Ambiguity():
            settled = maybe(f",{PART}settled by ", None if written.settled_by is None else names(written.settled_by))
            return f"an ambiguity {quoted(written.question)}{PART}with readings {bare_names(written.readings)}{settled}"
        case syntax.NamedCondition():
            return f"that {condition(written.condition, depth)}"
        case syntax.NamedValue():
            return _cases(written.value, depth)
        case _:
            return _somebody(written)


def _cases(written: syntax.Value | syntax.Cases, depth: int) -> str:
    if not isinstance(written, syntax.Cases):
        return value(written)
    where = condition(written.condition, depth)
    return f"{value(written.value)}{PART}where {where},{PART}otherwise {_cases(written.otherwise, depth)}"


def _addressed(written: syntax.Names | syntax.Others) -> str:
    return "every other party" if isinstance(written, syntax.Others) else names(written)


def _somebody(written: syntax.Party | syntax.Person | syntax.Outsider | syntax.Group | syntax.Fund) -> str:
    """Who takes part, and what holds the money."""
    match written:
        case syntax.Party():
            return f"a party{_described(written.described)}"
        case syntax.Person():
            return f"a person acting for {the(written.party)}{_described(written.described)}"
        case syntax.Outsider():
            role = "counsel" if written.role == "counsel" else _with_article(written.role)
            return f"{role}{_described(written.described)}"
        case syntax.Group():
            return f"a group of {names(written.members)},{PART}acting by {written.rule}"
        case syntax.Fund():
            purpose = maybe(f",{PART}for ", None if written.purpose is None else value(written.purpose))
            return f"a fund in {bare(written.currency)},{PART}held by {the(written.holder)}{purpose}"


def _described(written: syntax.Text | None) -> str:
    return "" if written is None else f", {quoted(written)}"


def _with_article(words: str) -> str:
    return f"an {words}" if words[0] in "aeio" else f"a {words}"


def _attribute(written: syntax.Attribute) -> str:
    match written:
        case syntax.SignedBy():
            return f"signed by {names(written.names)}"
        case syntax.Keyed():
            return "each with a registered key"
        case syntax.MadeBy():
            return f"made by {names(written.names)}"
        case syntax.DeliveredBy():
            return f"delivered by {names(written.names)}"
        case syntax.AddressedTo():
            return f"addressed to {_addressed(written.names)}"
        case syntax.About():
            return f"about {a(written.kind)}"
        case syntax.LatestCounts():
            return "the latest of which counts"
        case syntax.OnlyOne():
            return "only one" + maybe(" for each ", None if written.kind is None else bare(written.kind))
        case syntax.MovementOf():
            return f"{written.way} {the(written.fund)}"
        case syntax.Recurring():
            end = maybe(" to ", None if written.end is None else value(written.end))
            return f"every {period(written.period)} {written.word} {value(written.start)}{end}"
        case syntax.Stating():
            return f"stating {f'{JOIN}and '.join(_field(each) for each in written.fields)}"


def _field(written: syntax.Field) -> str:
    return f"{bare(written.name)} as {'optional ' if written.optional else ''}{_type(written.type)}"


def _type(written: syntax.FieldType) -> str:
    match written:
        case syntax.PlainType():
            return written.word
        case syntax.ChoiceOf():
            return f"one of ({', '.join(bare(choice) for choice in written.choices)})"
        case syntax.QuantityOf():
            return "amount" + maybe(" of ", None if written.unit is None else bare(written.unit))
        case syntax.ReferenceType():
            return a(written.kind)
