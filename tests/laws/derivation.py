"""Texts made from the grammar itself, so that no form of the language is left out of a law."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from lark.grammar import Rule, Symbol, Terminal
from lark.lexer import PatternStr

from dsl.parse import _parser

GRAMMAR = Path(__file__).parent.parent.parent / "grammar" / "agreement.lark"
STARTS = ("agreement", "library", "scenario_file", "attempt", "question")

Choose = Callable[[int], int]
"""Chooses one of so many."""

SAMPLES: dict[str, tuple[str, ...]] = {
    "NOUN": (
        "Escrow Agent",
        "Fund",
        "ATG",
        "No Interest",
        "The Fund",
        "A",
        "Company 2",
        "Target 2008",
        "Sellers' Representative",
        "Smith & Co",
        "Source Code",
        "Interest",
        "Such Claim",
        "Sum-Insured",
    ),
    "STRING": (
        '"JI-1"',
        '""',
        '"' + "long words that go on and on " * 8 + '"',
        '"\u00dcn\u00efcode \u2014 \u2018ok\u2019"',
    ),
    "MONEY": ("USD 2,500.00", "EUR 5"),
    "NUMBER": ("5", "1,000"),
    "DOTTED": ("2.5",),
    "DATE": ("6 September 2005",),
    "TIME": ("11:20",),
    "SECTION": ("3.1(a)(iv)", "4.1.2"),
    "ROMAN": ("(i)", "; (ii)", "; and (iii)", "; or (iv)"),
    "UPPER": ("(A)", "; (B)", "; and (C)"),
    "DIGIT": ("(1)", "; (2)", "; or (3)"),
    "BLANK": ("blank",),
    "REST": ("rest", "the rest"),
    "_LISTING": (",",),
    "_PAUSE": (",",),
    "_FAILING": (", failing which",),
    "_OTHERWISE": (", otherwise",),
    "_AND_FILTER": ("and",),
    "_WITH_MOST": ("with",),
    "SENTENCE": (", second sentence",),
}


@lru_cache(maxsize=1)
def _grammar() -> tuple[dict[str, list[Rule]], dict[str, tuple[str, ...]]]:
    """The ways to write each rule, and the words of each terminal."""
    parser = _parser()
    rules: dict[str, list[Rule]] = {}
    for rule in parser.rules:
        rules.setdefault(rule.origin.name, []).append(rule)
    words = {
        terminal.name: (str(terminal.pattern.value),)
        for terminal in parser.terminals
        if isinstance(terminal.pattern, PatternStr)
    }
    return rules, words | SAMPLES


@lru_cache(maxsize=1)
def _shortest() -> dict[str, Rule]:
    """The way to write each rule that takes the fewest words."""
    rules, _ = _grammar()
    sizes: dict[str, int] = {}
    best: dict[str, Rule] = {}
    changed = True
    while changed:
        changed = False
        for name, ways in rules.items():
            for way in ways:
                size = sum(_size(symbol, sizes) for symbol in way.expansion)
                if size < sizes.get(name, 1_000):
                    sizes[name], best[name], changed = size, way, True
    return best


def _size(symbol: Symbol, sizes: dict[str, int]) -> int:
    return 1 if isinstance(symbol, Terminal) else sizes.get(symbol.name, 1_000)


def derive(symbols: Sequence[Symbol], choose: Choose, budget: int) -> list[str]:
    """Words for these symbols, freely chosen while the budget lasts and the fewest after that."""
    rules, words = _grammar()
    written: list[str] = []
    pending = list(reversed(symbols))
    while pending:
        symbol = pending.pop()
        if isinstance(symbol, Terminal):
            samples = words[symbol.name]
            written.append(samples[choose(len(samples))])
            continue
        budget -= 1
        ways = rules[symbol.name]
        way = ways[choose(len(ways))] if budget > 0 else _shortest()[symbol.name]
        pending.extend(reversed(way.expansion))
    return written


def text_of(start: str, choose: Choose, budget: int) -> str:
    """A text of the language, or nearly: a name can change what the words around it are."""
    rules, _ = _grammar()
    return " ".join(derive(rules[start][0].expansion, choose, budget))


def every_form() -> Iterator[tuple[str, str, str]]:
    """A short text for each way to write each rule: the start rule, the rule's own words, and the text."""
    rules, _ = _grammar()
    for start in STARTS:
        for name, (before, after) in _contexts(start).items():
            for way in rules[name]:
                inner = derive(way.expansion, _first, 0)
                text = [*derive(before, _first, 0), *inner, *derive(after, _first, 0)]
                yield start, f"{name}: {' '.join(symbol.name for symbol in way.expansion)}", " ".join(text)


def _first(_: int) -> int:
    return 0


def _contexts(start: str) -> dict[str, tuple[list[Symbol], list[Symbol]]]:
    """What stands before and after each rule in a text that has it."""
    rules, _ = _grammar()
    found: dict[str, tuple[list[Symbol], list[Symbol]]] = {start: ([], [])}
    waiting = [start]
    while waiting:
        name = waiting.pop(0)
        before, after = found[name]
        for way in rules[name]:
            for index, symbol in enumerate(way.expansion):
                if not isinstance(symbol, Terminal) and symbol.name not in found:
                    left, right = list(way.expansion[:index]), list(way.expansion[index + 1 :])
                    found[symbol.name] = ([*before, *left], [*right, *after])
                    waiting.append(symbol.name)
    return found
