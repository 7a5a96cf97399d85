"""All names first: what is defined where, before any meaning is read, so that sentences may stand in any order."""

import re
from collections import Counter
from collections.abc import Iterator

from dsl import syntax
from dsl.resolve.names import Names
from dsl.resolve.scope import Scope
from dsl.resolve.sections import ancestors, count_deadlines
from dsl.resolve.walk import walk
from dsl.resolve.words import ordinal

_NAME = re.compile(r"[A-Z][\w'\u2019&-]*(?: (?:[A-Z&][\w'\u2019&-]*|\d+))*")

Defined = tuple[syntax.Clause, syntax.Definition]


def definitions(tree: syntax.Agreement) -> Iterator[Defined]:
    """Every definition with its clause, in the order of the text."""
    for clause in clauses(tree):
        for sentence in clause.sentences:
            if isinstance(sentence, syntax.Definition):
                yield clause, sentence


def clauses(tree: syntax.Agreement) -> tuple[syntax.Clause, ...]:
    """Every clause, in the order of the text."""
    return tuple(heading for heading in tree.headings if isinstance(heading, syntax.Clause))


def declare(tree: syntax.Agreement, scope: Scope) -> dict[str, Defined]:
    """Put every name that is defined, every section and every entry known from signing among the names."""
    names = scope.names
    found: dict[str, Defined] = {}
    for clause, definition in definitions(tree):
        name = definition.name.text
        if name in found:
            scope.at(clause.section.number).wrong(
                definition.name,
                "Name defined twice",
                "defined again here",
                f"Section {names.sections_of[name]} defines `{name}` before.",
                "Give one of them another name.",
            )
            continue
        _check_name(definition.name, scope.at(clause.section.number))
        found[name] = (clause, definition)
        names.sorts[name] = sort_of(definition.meaning)
        names.sections_of[name] = clause.section.number
    _sections(tree, scope)
    for clause in clauses(tree):
        for sentence in clause.sentences:
            _rows_and_blanks(sentence, names, scope.at(clause.section.number))
    return found


def _check_name(node: syntax.Text, scope: Scope) -> None:
    """A name is written as sentences can write it: Capitalised Words, without an article."""
    first, _, rest = node.text.partition(" ")
    if first in ("A", "An", "The") and rest:
        scope.wrong(
            node,
            "A name with an article",
            f"`{first}` is silent",
            "Articles say nothing in a sentence, so a name that begins with one could not be told from the rest.",
            f'Write `"{rest}" means ...`.',
        )
    elif not _NAME.fullmatch(node.text):
        scope.wrong(
            node,
            "A name that no sentence can write",
            "not Capitalised Words",
            "A name is one or more words that begin with a capital letter; figures can follow.",
            f'Write `"{_as_a_name(node.text)}" means ...`.',
        )


def _as_a_name(text: str) -> str:
    """What of a text a sentence can write as a name; another name where that is nothing."""
    words = (re.sub(r"[^\w'\u2019&-]", "", word) for word in text.split())
    name = " ".join(word.capitalize() for word in words if word)
    return name if _NAME.fullmatch(name) else "Price"


def sort_of(meaning: syntax.Meaning) -> str:
    """What a definition makes its name the name of."""
    match meaning:
        case syntax.Outsider():
            return meaning.role
        case syntax.Party() | syntax.Person() | syntax.Group() | syntax.Fund() | syntax.Kind():
            return type(meaning).__name__.lower()
        case syntax.Blank() | syntax.Ambiguity():
            return type(meaning).__name__.lower()
        case syntax.Collection():
            return "list"
        case syntax.NamedCondition():
            return "condition"
        case syntax.NamedValue():
            return "value"


def _sections(tree: syntax.Agreement, scope: Scope) -> None:
    """Every clause and item has a number; what stands in a clause says which questions can be asked of it."""
    names = scope.names
    known: set[str] = set()
    borne: Counter[str] = Counter()
    dated: list[tuple[str, str, str, bool, str]] = []
    for clause in clauses(tree):
        number = clause.section.number
        known.update(ancestors(number))
        words: set[str] = set()
        for sentence in clause.sentences:
            borne.update(_items(sentence, number))
            if isinstance(sentence, syntax.Provision):
                words.update(word for each in sentence.statements for word in _words(each))
            if isinstance(sentence, syntax.Cap):
                unit = sentence.limit.text[:3] if isinstance(sentence.limit, syntax.MoneyLiteral) else "?"
                capped = (*(each.number for each in sentence.sections.sections), number)
                if sentence.each is None:
                    names.caps |= dict.fromkeys(capped[:-1], unit)
                    names.caps.setdefault(number, unit)
                else:
                    names.row_caps |= dict.fromkeys(capped, (sentence.each.text, unit))
        binding = [each for each in clause.sentences if isinstance(each, syntax.Provision)]
        for order, sentence in enumerate(binding, 1):
            cited = f"{number}, {ordinal(order)} sentence" if len(binding) > 1 else number
            row = sentence.row
            over = (row.noun.text, row.filter is not None) if row is not None else ("", False)
            dating = (each for each in sentence.statements if isinstance(each, _DATED) and "deadline" in _words(each))
            windows = (each.windows for each in dating)
            dated += [(cited, number, *over, " ".join(map(scope.words, each))) for each in windows]
        for above in ancestors(number):
            names.norms[above] = names.norms.get(above, frozenset()) | words
    names.deadlines = count_deadlines(dated)
    names.sections = frozenset(known | set(borne))
    names.numbered = tuple(dict.fromkeys(clause.section.number for clause in clauses(tree)))
    names.ambiguous = frozenset(number for number, times in borne.items() if times > 1 or number in known)


def _items(sentence: syntax.Node, path: str) -> Iterator[str]:
    """The number of every labelled item of a sentence; walking meets a list before the lists inside it."""
    paths: dict[int, str] = {}
    for each in walk(sentence):
        if isinstance(each, syntax.ItemList):
            at = paths.get(id(each), path)
            for item in each.items:
                yield f"{at}{item.label.text}"
                paths[id(item.condition)] = f"{at}{item.label.text}"


_DATED = syntax.Duty | syntax.Permission | syntax.Authority


def _words(statement: syntax.Statement) -> tuple[str, ...]:
    match statement:
        case syntax.Duty() | syntax.Permission() | syntax.Authority():
            dated = any(isinstance(each, syntax.Within | syntax.Deadline) for each in statement.windows)
            return ("duty" if isinstance(statement, syntax.Duty) else "power", *(["deadline"] if dated else []))
        case syntax.Prohibition():
            return ("ban",)
        case _:
            return ("effect",)


def _rows_and_blanks(sentence: syntax.Sentence, names: Names, scope: Scope) -> None:
    if isinstance(sentence, syntax.Row):
        if sentence.name.text in names.rows:
            scope.wrong(
                sentence.name,
                "Entry named twice",
                "this name is taken",
                "An entry is spoken of by its name.",
                "Give it another name.",
            )
        names.rows[sentence.name.text] = names.canonical(sentence.kind.text)
    if isinstance(sentence, syntax.Address):
        names.addresses |= {f"{sentence.recipient.text} {sentence.channel.text}"}
