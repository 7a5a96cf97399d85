"""Text in, syntax out: the one package that knows Lark.

The LALR table comes ready-made from `grammar/agreement.table.json` when that file was made from this very
grammar, and is built from `grammar/agreement.lark` otherwise. Parsing stops at the first mistake, because what
follows a broken sentence cannot be trusted; `mistakes` says what was found and what would be right there.

Before the text is cut into words, `characters` looks for what no reader could see and `capitals` writes the
first words of sentences small; `bounds` sees to it that no text can take long.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar, cast

import lark
from lark.grammar import Rule
from lark.lexer import PatternStr, TerminalDef, UnlessCallback

from dsl import syntax
from dsl.diagnostics import Diagnostic
from dsl.parse.bounds import too_deep, too_long
from dsl.parse.build import build
from dsl.parse.capitals import without_capitals
from dsl.parse.characters import plain, unreadable
from dsl.parse.cures import Cures, cures
from dsl.parse.lists import contradicting_joiners
from dsl.parse.mistakes import unexpected_character, unexpected_word
from dsl.source import Source, Span

T = TypeVar("T")

STARTS = ("agreement", "library", "scenario_file", "attempt", "question")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The syntax of a text, or what stopped its reading: exactly one of the two."""

    syntax: T | None
    diagnostics: tuple[Diagnostic, ...]


def parse_agreement(source: Source) -> Parsed[syntax.Agreement]:
    """Read a clause file."""
    return _parse(source, "agreement", syntax.Agreement)


def parse_library(source: Source) -> Parsed[syntax.Library]:
    """Read a file of parts and clauses that agreements take in."""
    return _parse(source, "library", syntax.Library)


def parse_scenarios(source: Source) -> Parsed[syntax.ScenarioFile]:
    """Read a scenario file."""
    return _parse(source, "scenario_file", syntax.ScenarioFile)


def parse_attempt(source: Source) -> Parsed[syntax.Attempt]:
    """Read one attempt: `ATG: sign the Documents.`"""
    return _parse(source, "attempt", syntax.Attempt)


def parse_question(source: Source) -> Parsed[syntax.Question]:
    """Read one condition, asked by itself: `every Document has been completed.`"""
    return _parse(source, "question", syntax.Question)


def _parse(source: Source, start: str, expected: type[T]) -> Parsed[T]:
    unread = too_long(source) or unreadable(source)
    if unread is not None:
        return Parsed(None, (unread,))
    try:
        tree = _parser().parse(without_capitals(plain(source.text)), start=start)
    except lark.UnexpectedToken as error:
        wanted = _wanted(error)
        cured = partial(_cures, error, wanted)
        return Parsed(None, (unexpected_word(source, _place(error, source), error.token.type, wanted, cured),))
    except lark.UnexpectedCharacters as error:
        return Parsed(None, (unexpected_character(source, cast(int, error.pos_in_stream)),))
    deep = too_deep(tree)
    if deep is not None:
        return Parsed(None, (deep,))
    contradictions = tuple(contradicting_joiners(tree))
    if contradictions:
        return Parsed(None, contradictions)
    node = build(tree)
    if not isinstance(node, expected):  # pragma: no cover - a mistake of ours: rule and class disagree
        raise TypeError(f"the rule {start} made {type(node).__name__}")
    return Parsed(node, ())


def _place(error: lark.UnexpectedToken, source: Source) -> Span:
    if error.token.type == "$END":
        end = len(source.text.rstrip())
        return Span(end, end)
    return Span(error.token.start_pos, error.token.end_pos)


def _wanted(error: lark.UnexpectedToken) -> frozenset[str]:
    """What the parser could have gone on with, as the words an author would write."""
    names = _words()
    return frozenset(names.get(name, name) for name in (error.accepts or error.expected))


def _cures(error: lark.UnexpectedToken, wanted: frozenset[str]) -> Cures:
    """The words of the language, of those the parser could have gone on with, with which the sentence can be read."""
    names = {word: name for name, word in _words().items()}
    found = cures(error, [names[word] for word in sorted(wanted & names.keys()) if word.isalpha()], names["."])
    return Cures(frozenset(_words()[name] for name in found.missing), found.too_many)


# ------------------------------------------------------------------ the table


def _grammar_folder() -> Traversable:
    """Where the grammar lies: inside the installed package, or beside it in a checkout."""
    shipped = files("dsl") / "_grammar"
    return shipped if shipped.is_dir() else files("dsl") / ".." / "grammar"


class _WholeWords:
    """Keeps the terminal WORD, which no rule uses, so that `notary` is one unknown word and not `not` and `ary`."""

    always_accept = ("WORD",)

    def process(self, stream: Iterator[lark.Token]) -> Iterator[lark.Token]:
        return stream


class _Reserved:
    """Finds a word among those that the language reserves in one step, where Lark tries one after the other."""

    def __init__(self, terminals: Iterable[TerminalDef]) -> None:
        assert all(isinstance(each.pattern, PatternStr) and not each.pattern.flags for each in terminals)
        self._names = {str(each.pattern.value): each.name for each in terminals}

    def fullmatch(self, text: str) -> str | None:
        """The terminal of a word, or None if it is free."""
        return self._names.get(text)


def _quick(parser: lark.Lark) -> lark.Lark:
    """The parser, which now knows reserved words from names at once."""
    lexer: Any = parser.parser.lexer.lexer  # inside of what puts `_WholeWords` behind it
    lexer.scanner  # noqa: B018 -- it is made, and the call-backs with it, when it is first asked for
    for callback in lexer.callback.values():
        if isinstance(callback, UnlessCallback):
            callback.scanner = cast(Any, _Reserved(callback.scanner.terminals))
    return parser


def _build_parser(grammar: str) -> lark.Lark:
    return lark.Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        start=list(STARTS),
        maybe_placeholders=True,
        propagate_positions=True,
        postlex=_WholeWords(),
    )


def _terminals(parser: lark.Lark) -> dict[str, str]:
    """The terminal of each word the language reserves."""
    return {
        str(terminal.pattern.value): terminal.name
        for terminal in parser.terminals
        if isinstance(terminal.pattern, PatternStr)
    }


@lru_cache(maxsize=1)
def _parser() -> lark.Lark:
    folder = _grammar_folder()
    grammar = (folder / "agreement.lark").read_text(encoding="utf-8")
    made = folder / "agreement.table.json"
    if made.is_file():
        table = json.loads(made.read_text(encoding="utf-8"))
        if table["made_from"] == _fingerprint(grammar):
            return _quick(_load(table))
    return _quick(_build_parser(grammar))


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {name: word for word, name in _terminals(_parser()).items()}


def keywords() -> frozenset[str]:
    """Every word the language reserves."""
    return frozenset(word for word in _words().values() if word[0].isalpha())


def _fingerprint(grammar: str) -> str:
    return hashlib.sha256(f"{lark.__version__}\n{grammar}".encode()).hexdigest()


def table() -> str:
    """The LALR table of the grammar as text, for `agreement.table.json`."""
    grammar = (_grammar_folder() / "agreement.lark").read_text(encoding="utf-8")
    data, memo = _build_parser(grammar).memo_serialize([TerminalDef, Rule])
    data["options"]["postlex"] = None
    content = {"made_from": _fingerprint(grammar), "data": data, "memo": memo}
    return json.dumps(content, separators=(",", ":"), default=str)


def _load(table: dict[str, Any]) -> lark.Lark:
    """Lark's own loader wants the whole-number keys that JSON turns into texts."""
    inner = table["data"]["parser"]["parser"]
    inner["tokens"] = {int(key): value for key, value in inner["tokens"].items()}
    inner["states"] = {
        int(state): {int(key): tuple(value) for key, value in moves.items()} for state, moves in inner["states"].items()
    }
    memo = {int(key): value for key, value in table["memo"].items()}
    loaded: lark.Lark = lark.Lark._load_from_dict(table["data"], memo, postlex=_WholeWords())  # type: ignore[no-untyped-call]
    return loaded
