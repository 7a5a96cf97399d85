"""Words into lines: articles, capitals at the start of sentences, and lines that are not too long.

The other modules of this package write a sentence as one text with marks in it that no agreement can contain.
Two marks stand for words: a name that takes an article has `THE` or `A` before it, and a sentence begins with
`START`. The others stand for spaces: words that stay on one line (a name with its article, an amount, a date) are
held together by `GLUE`, and a line is best broken at a `PART`, less well at a `JOIN`, at a `TURN` and at any other
space, in this order. A sentence that does not fit on one line is broken at every `STATEMENT`. `finished` turns the
marks into words and lines.

Articles are silent in the language, so the writer's own are kept where the text is there (`kept`). Without it they
follow one rule: a name takes an article unless it is a proper name, and a name in the plural takes `the` in place of
`a`. Proper names are those in capitals throughout (`ATG`) and those the caller lists. At the start of a sentence a
name like `No Interest` would read as the word `no` and a name, so a name that begins with such a word always takes
its article.
"""

import re

from dsl import syntax
from dsl.format.kept import as_written
from dsl.format.marks import GLUE, JOIN, PART, START, STATEMENT, STEP, THE, TURN, WIDTH, A
from dsl.parse.capitals import opens_sentence
from dsl.source import Source

NO_NAMES: frozenset[str] = frozenset()

_MARKED = re.compile(f'[{THE}{A}][^ \n,;.:()"{THE}{A}{STATEMENT}{PART}{JOIN}{TURN}]+')
_AN = re.compile("[AEIO]|U(?!ni|nan|s|t|k)")
"""A name that begins with the sound of a vowel: an Uncertainty, but a Unit, a Unanimous Vote and a User."""

_SPACES = (STATEMENT, PART, JOIN, TURN, " ")
"""Where a line may be broken, the best place first."""
_SPACE = re.compile(f"[{''.join(_SPACES)}]")


def the(name: syntax.Name) -> str:
    """A name that stands for one known thing: `the Escrow Agent`."""
    return THE + bare(name)


def a(name: syntax.Name) -> str:
    """A name that stands for any of its kind: `a Joint Instruction`."""
    return A + bare(name)


def bare(name: syntax.Name) -> str:
    """A name without an article."""
    return held(name.text)


def held(text: str) -> str:
    """Words that stay on one line."""
    return text.replace(" ", GLUE)


def quoted(text: syntax.Text) -> str:
    """Words between quotation marks; they may go on in the next line."""
    return f'"{text.text.replace(GLUE, " ")}"'


def maybe(before: str, text: str | None) -> str:
    """The text after the words that lead to it, or nothing."""
    return "" if text is None else f"{before}{text}"


def listed(names: tuple[str, ...], joined_by: str) -> str:
    """`A, B and C`; without a joining word `A, B, C`."""
    if not joined_by:
        return ", ".join(names)
    return f"{', '.join(names[:-1])} {joined_by}{GLUE}{names[-1]}"


def new_line(depth: int) -> str:
    """A line break, and the space before the next line."""
    return "\n" + " " * (STEP * depth)


def sentence(text: str, depth: int) -> str:
    """A sentence on lines of its own: capital letter, full stop, and its place on the page."""
    return f"{' ' * (STEP * depth)}{START}{text}."


def finished(text: str, proper: frozenset[str] = NO_NAMES, source: Source | None = None) -> str:
    """The text as people read it: marks made into words, and long lines broken; `source` is what the writer wrote."""
    worded = _MARKED.sub(lambda match: _article(match.group(), proper), text)
    if source is not None:
        worded = as_written(worded, source)
    worded = re.sub(f"{START}(.)", lambda match: match.group(1).upper(), worded)
    return "\n".join(_lines(line) for line in worded.split("\n")).replace(GLUE, " ")


def _article(marked: str, proper: frozenset[str]) -> str:
    mark, name = marked[0], marked[1:]
    if _is_proper(name.replace(GLUE, " "), proper):
        return name
    if mark == THE or (name.endswith("s") and not name.endswith("ss")):
        return f"the{GLUE}{name}"
    return f"an{GLUE}{name}" if _AN.match(name) else f"a{GLUE}{name}"


def _is_proper(name: str, proper: frozenset[str]) -> bool:
    return (name.isupper() or name in proper) and not opens_sentence(name.split(maxsplit=1)[0])


def _lines(line: str) -> str:
    """The line; where it is too long, going on further in."""
    if len(line) <= WIDTH:
        return _SPACE.sub(" ", line)
    text = line.lstrip(" ")
    indent = len(line) - len(text)
    first, *others = text.split(STATEMENT)
    far = indent + 2 * STEP
    if not others:
        # Sentences stand one step inside a heading, and so what goes on of a heading stands two steps in.
        return "\n".join(_broken(first, indent, indent + STEP if indent else far))
    return "\n".join(
        each
        for number, part in enumerate((first, *others))
        for each in _broken(part, indent if number == 0 else indent + STEP, far)
    )


def _broken(text: str, indent: int, further: int) -> list[str]:
    """The lines of a text, the first one at an indent and the others further in."""
    lines: list[str] = []
    room = WIDTH - indent
    while len(text) > room:
        places = [(match.start(), _SPACES.index(match.group())) for match in _SPACE.finditer(text)]
        if not places:
            break
        fitting = [place for place in places if place[0] <= room] or places[:1]
        best = min(rank for _, rank in fitting)
        end = max(start for start, rank in fitting if rank == best)
        lines.append(" " * indent + _SPACE.sub(" ", text[:end]))
        text, indent, room = text[end + 1 :], further, WIDTH - further
    return [*lines, " " * indent + _SPACE.sub(" ", text)]
