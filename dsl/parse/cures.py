"""Which one word, put in or left out where a sentence breaks, lets the rest of it be read."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from itertools import islice

import lark

_FULL_STOP = "."
_MOST = 12
"""How many words after the break are tried; what reads on so far is right."""


@dataclass(frozen=True, slots=True)
class Cures:
    """The terminals one of which is missing before the found word, and whether the found word is one too many."""

    missing: frozenset[str] = frozenset()
    too_many: bool = False


def cures(error: lark.UnexpectedToken, words: Iterable[str], stop: str) -> Cures:
    """What mends a sentence, tried on a copy of the parser; `words` are the terminals of single words to try, `stop`
    the terminal with which a sentence ends."""
    parser = error.interactive_parser
    if error.token.type == "$END":
        return Cures()
    ends = error.token.type == stop
    rest = () if ends else tuple(_rest(parser.lexer_thread, parser.parser_state, stop))
    if not rest and not ends:
        return Cures()
    given = (error.token, *rest)
    missing = frozenset(each for each in words if _reads(parser, (lark.Token(each, ""), *given)))
    return Cures(missing, not ends and _reads(parser, rest))


def _rest(thread: object, state: object, stop: str) -> Iterator[lark.Token]:
    """The words after the break, to the end of the sentence."""
    try:
        for token in islice(copy(thread).lex(state), _MOST):  # type: ignore[attr-defined]
            yield token
            if token.type == stop:
                return
    except lark.UnexpectedCharacters:
        return


def _reads(parser: object, tokens: tuple[lark.Token, ...]) -> bool:
    state = parser.parser_state.copy(deepcopy_values=False)  # type: ignore[attr-defined]
    state.parse_conf = copy(state.parse_conf)
    state.parse_conf.callbacks = {}
    try:
        for token in tokens:
            state.feed_token(token)
    except lark.UnexpectedToken:
        return False
    return True
