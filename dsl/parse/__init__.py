"""Text in, syntax out: the one package that knows Lark.

The LALR table comes ready-made from `grammar/agreement.table.json` when that file was made from this very
grammar, and is built from `grammar/agreement.lark` otherwise. Parsing stops at the first mistake, because what
follows a broken sentence cannot be trusted; `mistakes` says what was found and what would be right there.

Two things are done to the stream of tokens before the parser sees it. A sentence may begin with a capital
letter, so a first word that the language knows is taken out of the noun it seems to start (`For each Claim`).
And nesting is bounded here, so that no later step can be driven too deep by any text.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar

import lark
from lark.grammar import Rule
from lark.lexer import PatternStr, TerminalDef

from dsl import syntax
from dsl.parse.build import build
from dsl.diagnostics import Diagnostic
from dsl.parse.mistakes import unexpected_character, unexpected_word
from dsl.source import Source, Span

T = TypeVar("T")

STARTS = ("agreement", "scenario_file", "attempt", "question")
LONGEST_TEXT = 1_000_000
"""Characters; a longer text is refused before it is read."""

DEEPEST = 60
"""How far sentences may nest; a real clause stays under 20."""

_OPENERS = frozenset(
    """agreement all any amount at balance business clause currency earliest every excess expect for governing
    interest larger largest later latest limit no none note nothing number open part reading remainder requirement
    scenario section sections smaller smallest such sum time total version when while""".split()
)
"""Words of the language that can begin a sentence, and so may be written with a capital letter there."""

_SENTENCE_ENDS = frozenset({"DOT", "COLON"})


class _SentenceStarts:
    """Takes a capitalised word of the language, or a silent article, off the front of a noun."""

    always_accept = ("WORD", "ARTICLE")

    def __init__(self) -> None:
        self.terminals: dict[str, str] = {}

    def process(self, stream: Iterator[lark.Token]) -> Iterator[lark.Token]:
        at_start = True
        for token in stream:
            if token.type == "NOUN" and at_start:
                yield from _split(token, self.terminals)
            else:
                yield token
            at_start = token.type in _SENTENCE_ENDS or token.type in ("ROMAN", "UPPER", "DIGIT")


def _split(token: lark.Token, terminals: dict[str, str]) -> Iterable[lark.Token]:
    words = token.value.split(None, 1)
    first = words[0]
    rest = words[1] if len(words) > 1 else ""
    lowered = first.lower()
    article = lowered in ("a", "an", "the")
    if not article and lowered not in _OPENERS:
        return (token,)
    start = token.start_pos or 0
    rest_start = start + token.value.index(rest, len(first)) if rest else start
    parts = [] if article else [_piece(terminals[lowered], lowered, start, start + len(first))]
    if rest:
        kind = "NUMBER" if rest.isdigit() else "NOUN"
        parts.append(_piece(kind, rest, rest_start, start + len(token.value)))
    return parts


def _piece(kind: str, text: str, start: int, end: int) -> lark.Token:
    return lark.Token(kind, text, start_pos=start, end_pos=end, line=1, column=1, end_line=1, end_column=1)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The syntax of a text, or what stopped its reading: exactly one of the two."""

    syntax: T | None
    diagnostics: tuple[Diagnostic, ...]


def parse_agreement(source: Source) -> Parsed[syntax.Agreement]:
    """Read a clause file."""
    return _parse(source, "agreement", syntax.Agreement)


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
    if len(source.text) > LONGEST_TEXT:
        return Parsed(None, (_too_long(source),))
    try:
        tree = _parser().parse(source.text, start=start)
    except lark.UnexpectedToken as error:
        return Parsed(None, (unexpected_word(source, _place(error, source), error.token.type, _wanted(error)),))
    except lark.UnexpectedCharacters as error:
        return Parsed(None, (unexpected_character(source, error.pos_in_stream or 0),))
    deep = _too_deep(tree)
    if deep is not None:
        return Parsed(None, (deep,))
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


def _too_long(source: Source) -> Diagnostic:
    return Diagnostic(
        "Text too long",
        Span(0, 0),
        f"{len(source.text):,} characters",
        f"An agreement may have at most {LONGEST_TEXT:,} characters.",
        "Split the deal into several agreements.",
    )


def _too_deep(tree: lark.Tree[lark.Token]) -> Diagnostic | None:
    level: list[lark.Tree[lark.Token]] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.children if isinstance(child, lark.Tree)]
        if not level:
            return None
    span = Span(level[0].meta.start_pos, level[0].meta.end_pos) if not level[0].meta.empty else Span(0, 0)
    return Diagnostic(
        "Sentence nested too deeply",
        span,
        f"more than {DEEPEST} levels down",
        "A reader loses the thread long before this.",
        "Give the inner part a name with `means` and use the name.",
    )


# ------------------------------------------------------------------ the table


def _grammar_folder() -> Traversable:
    """Where the grammar lies: inside the installed package, or beside it in a checkout."""
    shipped = files("dsl") / "_grammar"
    return shipped if shipped.is_dir() else files("dsl") / ".." / "grammar"


def _build_parser(grammar: str) -> lark.Lark:
    starts = _SentenceStarts()
    parser = lark.Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        start=list(STARTS),
        maybe_placeholders=True,
        propagate_positions=True,
        postlex=starts,
    )
    starts.terminals = _terminals(parser)
    return parser


def _terminals(parser: lark.Lark) -> dict[str, str]:
    """The terminal of each word the language reserves."""
    return {str(terminal.pattern.value): terminal.name for terminal in parser.terminals if isinstance(terminal.pattern, PatternStr)}


@lru_cache(maxsize=1)
def _parser() -> lark.Lark:
    folder = _grammar_folder()
    grammar = (folder / "agreement.lark").read_text(encoding="utf-8")
    made = folder / "agreement.table.json"
    if made.is_file():
        table = json.loads(made.read_text(encoding="utf-8"))
        if table["made_from"] == _fingerprint(grammar):
            return _load(table)
    return _build_parser(grammar)


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
    starts = _SentenceStarts()
    loaded: lark.Lark = lark.Lark._load_from_dict(table["data"], memo, postlex=starts)
    starts.terminals = _terminals(loaded)
    return loaded
