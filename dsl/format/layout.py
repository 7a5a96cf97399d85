"""Words into lines: articles, capitals at the start of sentences, and lines that are not too long.

The other modules of this package write a sentence as one text with three marks in it that no agreement can
contain: a name that takes an article has `THE` or `A` before it, and words that stay on one line (a name, an
amount, a date) are held together by `GLUE`. `finished` turns the marks into words and lines.

A name takes an article unless it is a proper name, and a name in the plural takes `the` in place of `a`. Proper
names are those in capitals throughout (`ATG`) and those the caller lists. At the start of a sentence a name like
`No Interest` would read as the word `no` and a name, so a name that begins with such a word always takes its
article.
"""

import re

from dsl import syntax
from dsl.parse.capitals import opens_sentence

WIDTH = 100
STEP = 2
THE = "\x02"
A = "\x03"
GLUE = "\xa0"

NO_NAMES: frozenset[str] = frozenset()

_MARKED = re.compile(f'[{THE}{A}][^ \n,;.:()"{THE}{A}]+')
_AN = re.compile("[AEIO]|U(?!ni|nan|s|t|k)")
"""A name that begins with the sound of a vowel: an Uncertainty, but a Unit, a Unanimous Vote and a User."""


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
    return f"{', '.join(names[:-1])} {joined_by} {names[-1]}"


def new_line(depth: int) -> str:
    """A line break, and the space before the next line."""
    return "\n" + " " * (STEP * depth)


def sentence(text: str, depth: int) -> str:
    """A sentence on lines of its own: capital letter, full stop, and its place on the page."""
    return f"{' ' * (STEP * depth)}{capital(text)}."


def capital(text: str) -> str:
    """The text as a sentence begins; an article still to be written begins it with a capital too."""
    if text[:1] in (THE, A):
        return text[0] + text
    return text[:1].upper() + text[1:]


def finished(text: str, proper: frozenset[str] = NO_NAMES) -> str:
    """The text as people read it: marks made into words, and long lines broken."""
    worded = _MARKED.sub(lambda match: _article(match.group(), proper), text)
    # A mark that `capital` doubled stands before its article.
    worded = re.sub(f"[{THE}{A}](.)", lambda match: match.group(1).upper(), worded)
    return "\n".join(_wrapped(line) for line in worded.split("\n")).replace(GLUE, " ")


def _article(marked: str, proper: frozenset[str]) -> str:
    mark, name = marked[0], marked[1:]
    if _is_proper(name.replace(GLUE, " "), proper):
        return name
    if mark == THE or (name.endswith("s") and not name.endswith("ss")):
        return f"the{GLUE}{name}"
    return f"an{GLUE}{name}" if _AN.match(name) else f"a{GLUE}{name}"


def _is_proper(name: str, proper: frozenset[str]) -> bool:
    return (name.isupper() or name in proper) and not opens_sentence(name.split(maxsplit=1)[0])


def _wrapped(line: str) -> str:
    """The line, going on four spaces further in where it is too long."""
    text = line.lstrip(" ")
    indent = len(line) - len(text)
    hanging = " " * (indent + 2 * STEP)
    lines: list[str] = []
    current = " " * indent
    empty = True
    for word in text.split(" "):
        if not empty and len(current) + 1 + len(word) > WIDTH:
            lines.append(current)
            current, empty = hanging, True
        current += word if empty else f" {word}"
        empty = False
    lines.append(current)
    return "\n".join(lines)
