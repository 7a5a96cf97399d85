"""A whole clause file as text: header, parts, and clauses with their sentences."""

from collections.abc import Iterator

from dsl import syntax
from dsl.format.conditions import condition
from dsl.format.definitions import definition
from dsl.format.layout import bare, held, listed, maybe, quoted, sentence, the
from dsl.format.marks import JOIN, PART, START, TURN
from dsl.format.provisions import provision
from dsl.format.values import bare_names, calendars, hours, names, period, sections, stating, value


def agreement(written: syntax.Agreement) -> str:
    """The canonical layout: the title, its header one step in, and an empty line before every heading."""
    lines = [sentence(f"agreement {quoted(written.title)}", 0)]
    lines += [sentence(_header(each), 1) for each in written.headers]
    return "\n\n".join(["\n".join(lines), *(heading(each) for each in written.headings)]) + "\n"


def library(written: syntax.Library) -> str:
    """A file without a title: its notes, and an empty line before every heading."""
    notes = "\n".join(sentence(_header(each), 0) for each in written.headers)
    return "\n\n".join([*([notes] if notes else []), *(heading(each) for each in written.headings)]) + "\n"


def _header(written: syntax.Header) -> str:
    match written:
        case syntax.Version():
            return f"the version is {quoted(written.text)}"
        case syntax.Source():
            return f"the source is {quoted(written.text)}"
        case syntax.GoverningLaw():
            return f"the governing law is {quoted(written.text)}"
        case syntax.TimeZone():
            return f"the time zone is {quoted(written.text)}"
        case syntax.BusinessDays():
            closed, opened = _dates("closed", written.closed), _dates("open", written.open)
            return f"the business days are those of {calendars(written.calendars)}{closed}{opened}"
        case syntax.Currency():
            return f"the currency is {bare(written.unit)}"
        case syntax.Note():
            return f"note {quoted(written.text)}"


def _dates(word: str, written: tuple[syntax.DateLiteral, ...]) -> str:
    dates = tuple(held(date.text) for date in written)
    return f",{PART}{word} on {listed(dates, 'and' if len(dates) > 1 else '')}" if dates else ""


def heading(written: syntax.Heading) -> str:
    """A part, a clause and its sentences, or the use of another file."""
    match written:
        case syntax.Use():
            digest = maybe(" with digest ", None if written.digest is None else quoted(written.digest))
            return sentence(f"use {quoted(written.path)}{digest}", 0)
        case syntax.Part():
            return sentence(f"part {quoted(written.title)}", 0)
        case syntax.Clause():
            title = maybe(" ", None if written.title is None else quoted(written.title))
            edges = "".join(f"{PART}{_edge(each)}" for each in written.edges)
            head = f"{START}clause {held(written.section.number)}{title}{edges}:"
            return "\n".join([head, *(sentence(clause_sentence(each, 1), 1) for each in written.sentences)])


def _edge(written: syntax.Edge) -> str:
    while_ = maybe(f"{JOIN}while ", None if written.condition is None else condition(written.condition, 1))
    return f"{written.direction} {held(f'section {written.section.number}')} by {written.mode}{while_}"


def clause_sentence(written: syntax.Sentence, depth: int) -> str:
    """A sentence of a clause, without its capital letter and its full stop."""
    match written:
        case syntax.Definition():
            return definition(written, depth)
        case syntax.Provision():
            return provision(written, depth)
        case syntax.Category():
            reason = maybe(": ", None if written.reason is None else quoted(written.reason))
            return f"this section is {written.name}{reason}"
        case syntax.OpenPoint():
            return f"open point {quoted(written.title)}: {quoted(written.text)}"
        case syntax.Reading():
            return f"reading {quoted(written.title)}: {quoted(written.text)}"
        case syntax.Note():
            return f"note {quoted(written.text)}"
        case syntax.Accepted():
            return f"accepted {quoted(written.title)}: {quoted(written.reason)}"
        case syntax.Row():
            return f"at signing, {the(written.kind)} {quoted(written.name)} occurs{stating(written.fields)}"
        case syntax.Validity():
            return f"no {bare(written.kind)} is valid{TURN}unless {condition(written.condition, depth)}"
        case _:
            return _rule(written)


_Rule = syntax.Outflow | syntax.Cap | syntax.NoticeRule | syntax.Address | syntax.Survival | syntax.Protection


def _way(written: syntax.NoticeWay) -> str:
    """By which channels a notice is sent, and when it is then given."""
    copies = maybe(f"{TURN}with a copy by ", None if written.copies is None else bare_names(written.copies))
    given = "when it is received" if written.period is None else f"{period(written.period)} after it is sent"
    within = f"{TURN}{hours(written.hours)}" if written.hours is not None else ""
    return f"by {bare_names(written.channels)}{copies},{PART}and is given {given}{within}"


def _rule(written: _Rule) -> str:
    """What bounds or accompanies the provisions."""
    match written:
        case syntax.Outflow():
            return f"nothing may leave {the(written.fund)} except under {sections(written.sections)}"
        case syntax.Cap():
            return _cap(written)
        case syntax.NoticeRule():
            *first, last = [_way(each) for each in written.ways]
            parts = [*(f"{each};{PART}" for each in first), f"or {last}" if first else last]
            return f"every notice must be sent{PART if first else ' '}{''.join(parts)}"
        case syntax.Address():
            address = "blank" if written.address is None else quoted(written.address)
            whose = f"every {bare(written.recipient)}" if written.of_role else the(written.recipient)
            return f"the address of {whose} for {bare(written.channel)} is {address}"
        case syntax.Survival():
            return f"{sections(written.sections)} {_verb('survive', written.sections)}"
        case syntax.Protection():
            return f"{sections(written.sections)} {_verb('protect', written.sections)} {names(written.names)}"


def _verb(plural: str, subject: syntax.Sections) -> str:
    return plural if len(subject.sections) > 1 else f"{plural}s"


def _cap(written: syntax.Cap) -> str:
    each = maybe(" for each ", None if written.each is None else bare(written.each))
    paid = f"the total paid under {sections(written.sections)}{each} must not exceed {value(written.limit)}"
    span = written.period.replace("in life", "in the life")
    excluding = maybe(f",{PART}excluding ", None if written.excluding is None else sections(written.excluding))
    rest = f";{PART}the excess is not payable" if written.pays_to_the_rest else ""
    return f"{paid} {span}{excluding}{rest}"


def proper_names(written: syntax.Agreement | syntax.Library) -> frozenset[str]:
    """The names that take no article: channels, people and parties called by their own names, and what is chosen."""
    clauses = (each for each in written.headings if isinstance(each, syntax.Clause))
    definitions = tuple(each for clause in clauses for each in clause.sentences if isinstance(each, syntax.Definition))
    defined = {each.name.text for each in definitions}
    chosen = {name.text for each in definitions for name in _choices(each.meaning)}
    own = {each.name.text for each in definitions if _is_proper(each.name.text, each.meaning)}
    return frozenset(own | (chosen - defined))


def _choices(meaning: syntax.Meaning) -> Iterator[syntax.Name]:
    """What a field or a blank offers, and the readings of an ambiguity."""
    match meaning:
        case syntax.Ambiguity(readings=readings):
            yield from readings.names
        case syntax.Blank(type=syntax.ChoiceOf(choices=choices)):
            yield from choices
        case syntax.Kind(attributes=attributes):
            stated = (field for each in attributes if isinstance(each, syntax.Stating) for field in each.fields)
            yield from (name for each in stated if isinstance(each.type, syntax.ChoiceOf) for name in each.type.choices)
        case _:
            return


def _is_proper(name: str, meaning: syntax.Meaning) -> bool:
    match meaning:
        case syntax.Party(described=described):
            return is_own_name("party", name, described.text if described else "")
        case syntax.Person(described=described):
            return is_own_name("person", name, described.text if described else "")
        case syntax.Outsider(role=role, described=described):
            return is_own_name(role, name, described.text if described else "")
        case _:
            return False


def is_own_name(role: str, name: str, described: str) -> bool:
    """Whether somebody in a role is called by a name of his own, and not by what he is.

    `"ATG" means a party, "ATG Steel Inc."` is called by its own name, because the quoted name begins with the
    same word; `"Purchaser" means a party, "Laurus Master Fund, Ltd."` is called by its role. A natural person
    without a quoted name is called by its own, and so is one whose quoted words begin with a small letter, for
    these say what the person is: `"David Grin" means a person acting for the Purchaser, "director"`.
    """
    if role == "channel" or (role == "person" and not described[:1].isupper()):
        return True
    return bool(described) and _first_word(name) == _first_word(described)


def _first_word(name: str) -> list[str]:
    return name.replace(",", " ").split()[:1]
