"""A process that reads texts until one breaks a promise: `python -m tests.torture.fuzzing CORPUS -runs=10000`.

libFuzzer, through atheris, keeps each text that reaches code which no text before has reached, or reaches it more
often, and makes the next ones from those. Some it changes byte by byte; others are changed here by words, sentences
and repetition, because a text with a slip in its first word tells nothing of the passes behind the parser. It stops
with the text at the first broken promise.
"""

import sys
import zlib
from collections.abc import Callable
from random import Random  # noqa: TID251 -- each change is a function of the seed that libFuzzer gives

import atheris

with atheris.instrument_imports(include=["dsl", "lark"]):
    from dsl.diagnostics import Severity, render_all
    from dsl.load import Loaded, load
    from dsl.parse import keywords, parse_attempt, parse_question, parse_scenarios
    from dsl.source import Source

from tests.laws.derivation import SAMPLES
from tests.laws.work import calls

CALLS_FOR_EACH_CHARACTER = 150
"""How many functions `load` may call for each character of a text, beside what any text takes; as in the laws."""
FOR_ANY = 2_000
COUNTED = 8
"""Of every so many texts one has its calls counted, which takes several times as long as to read it."""

SHORT = 1_000
"""Characters of a text that is also read as a scenario, an act and a question."""

WORDS = sorted(keywords()) + [sample for samples in SAMPLES.values() for sample in samples] + list(".,:;()\n")


def answered(data: bytes) -> None:
    """Reading a text gives an agreement or what is wrong with it, which can be shown; it takes work in proportion."""
    text = data.decode("utf-8", "replace")

    def read() -> Loaded:
        return load.__wrapped__(text)

    if zlib.crc32(data) % COUNTED == 0:
        most = CALLS_FOR_EACH_CHARACTER * len(text) + FOR_ANY
        enough = calls(read) < most or calls(read) < most  # what is kept from the first time is free
        assert enough, f"more than {most:,} calls for {len(text):,} characters"
    loaded = read()
    errors = [each for each in loaded.diagnostics if each.severity is Severity.ERROR]
    assert (loaded.agreement is None) == bool(errors)
    assert all(each.title and each.hint for each in loaded.diagnostics)
    assert bool(render_all(loaded.diagnostics, loaded.source)) == bool(loaded.diagnostics)
    if len(text) <= SHORT:
        for reader in (parse_scenarios, parse_attempt, parse_question):
            parsed = reader(Source("text", text))
            assert (parsed.syntax is None) == bool(parsed.diagnostics)


def changed(data: bytes, longest: int, seed: int) -> bytes:
    """Another text: by a byte, a word, a sentence or a repetition."""
    chance = Random(seed)
    way = chance.randrange(5)
    if way == 0:
        return bytes(atheris.Mutate(data, longest))
    parts = data.decode("utf-8", "replace").split(" " if way < 4 else ". ")
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(parts))
        _WAYS[chance.randrange(len(_WAYS))](parts, at, chance)
    return (" " if way < 4 else ". ").join(parts).encode()[:longest]


def _left_out(parts: list[str], at: int, _chance: Random) -> None:
    if len(parts) > 1:
        del parts[at : at + 1 + _chance.randrange(3)]
    parts[:] = parts or [""]


def _repeated(parts: list[str], at: int, chance: Random) -> None:
    some = parts[at : at + 1 + chance.randrange(8)]
    parts[at:at] = some * (1 + chance.randrange(8) ** 2)


def _moved(parts: list[str], at: int, chance: Random) -> None:
    parts.insert(chance.randrange(len(parts)), parts.pop(at))


def _another(parts: list[str], at: int, chance: Random) -> None:
    parts[at] = chance.choice(WORDS) if chance.randrange(2) else chance.choice(parts)


def _put_in(parts: list[str], at: int, chance: Random) -> None:
    parts.insert(at, chance.choice(WORDS) if chance.randrange(2) else chance.choice(parts))


_WAYS: tuple[Callable[[list[str], int, Random], None], ...] = (_left_out, _repeated, _moved, _another, _put_in)


if __name__ == "__main__":
    atheris.Setup(sys.argv, answered, custom_mutator=changed)
    atheris.Fuzz()
