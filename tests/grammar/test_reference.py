"""The language reference keeps its word: examples load and play, print what they show, and leave nothing out.

A fenced block of `grammar/README.md` is one of these:

- `clause frame`: the agreement that every fragment is put into, once;
- `clause`: a whole agreement, or a fragment: clauses, or the sentences of `Clause 1 "Example"`;
- `scenario`: scenarios played against the clause block above, or the steps of one that opens at 09:00 on 1 June 2026;
- `answer`: how the last refusal of the scenario block above is told;
- `error`, `warning`: a fragment, a line `---`, and what its author is told;
- `reserved`: the words that the language reserves.

The blocks that are printed by the language are rewritten by `--update-golden`.
"""

import ast
import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from dsl import syntax
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Severity, render_all
from dsl.events import Refused
from dsl.explain import render_refusal
from dsl.load import load
from dsl.parse import keywords, parse_scenarios
from dsl.presets import PRESETS
from dsl.rules import RULES
from dsl.scenarios import Book, Run, play, report
from dsl.source import Source, Span
from tests.conftest import Golden

TOP = Path(__file__).parent.parent.parent
REFERENCE = TOP / "grammar" / "README.md"
_FENCE = re.compile(r"^```(?P<kind>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_PARTING = "---\n"
_WIDTH = 110
_GAP = ".*"


@dataclass(frozen=True)
class Block:
    """A fenced block, with the clause and the scenario block above it."""

    kind: str
    text: str
    line: int
    start: int
    clause: str = ""
    scenario: str = ""

    def __str__(self) -> str:
        return f"line {self.line}"


def blocks(page: str) -> tuple[Block, ...]:
    """Every fenced block of a page."""
    found: list[Block] = []
    clause = scenario = ""
    for match in _FENCE.finditer(page):
        kind, text = match.group("kind"), match.group("text")
        line = page.count("\n", 0, match.start()) + 1
        clause = text if kind == "clause" else clause
        scenario = text if kind == "scenario" else scenario
        found.append(Block(kind, text, line, match.start("text"), clause, scenario))
    return tuple(found)


PAGE = REFERENCE.read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
FRAME = next((each.text for each in BLOCKS if each.kind == "clause frame"), "")


def of_kind(*kinds: str) -> tuple[Block, ...]:
    """The blocks of some kinds."""
    return tuple(each for each in BLOCKS if each.kind in kinds)


def whole(text: str, frame: str = FRAME) -> tuple[str, int]:
    """The agreement that a block stands for, and where its own words begin in it."""
    if text.lstrip().startswith("Agreement "):
        return text, 0
    clauses = re.search(r"^Clause ", text, re.MULTILINE) is not None
    head = frame + ("\n" if clauses else '\nClause 1 "Example":\n')
    return head + text, len(head)


@cache
def agreement_of(text: str, frame: str = FRAME) -> Agreement:
    """The agreement of a block, ready to run."""
    loaded = load(whole(text, frame)[0], "example.clause")
    errors = [each for each in loaded.diagnostics if each.severity is Severity.ERROR]
    assert not errors, "\n" + render_all(errors, loaded.source)
    assert loaded.agreement is not None
    made = compile_terms(loaded.agreement)
    assert isinstance(made, Agreement)
    return made


def played(text: str, agreement: Agreement) -> tuple[Run, ...]:
    """The scenarios of a block as they went."""
    if not text.lstrip().startswith("Scenario "):
        opening = "" if text.lstrip().startswith("Open ") else "Open at 09:00 on 1 June 2026.\n"
        text = f'Scenario "Example":\n{opening}{text}'
    source = Source("example.scenario", text)
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None, "\n" + render_all(parsed.diagnostics, source)
    book = Book({each.name.text: (each, source) for each in parsed.syntax.scenarios})
    return tuple(play(agreement, each, source, book) for each in parsed.syntax.scenarios)


@cache
def told(text: str, severity: Severity, frame: str = FRAME) -> str:
    """What the author of a fragment is told, with the places in the fragment alone."""
    made, offset = whole(text, frame)
    found = [
        replace(each, span=Span(each.span.start - offset, each.span.end - offset))
        for each in load(made, "example.clause").diagnostics
        if each.severity is severity and each.span.start >= offset and each.rule != "unused_definitions"
    ]
    return render_all(found, Source("example.clause", text)) + "\n"


def _last_refusal(runs: tuple[Run, ...]) -> str:
    refusals = [step.answer for run in runs for step in run.played if isinstance(step.answer, Refused)]
    return render_refusal(refusals[-1]) + "\n"


def _reserved() -> str:
    lines, line = [], ""
    for word in sorted(keywords()):
        if len(line) + len(word) + 1 > _WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line]) + "\n"


def _printed(block: Block) -> str:
    """A block as the language itself would print it."""
    match block.kind:
        case "error" | "warning":
            own = block.text.partition(_PARTING)[0]
            return own + _PARTING + told(own, Severity(block.kind))
        case "answer":
            return _last_refusal(played(block.scenario, agreement_of(block.clause)))
        case "reserved":
            return _reserved()
        case _:
            return block.text


def printed(page: str) -> str:
    """A page with everything that the language prints printed anew."""
    pieces, done = [], 0
    for block in blocks(page):
        pieces += [page[done : block.start], _printed(block)]
        done = block.start + len(block.text)
    return "".join([*pieces, page[done:]])


def _rules_with_a_class() -> Iterator[str]:
    grammar = (REFERENCE.parent / "agreement.lark").read_text(encoding="utf-8")
    for rule in re.findall(r"^[?!]*([a-z][a-z_]*):", grammar, re.MULTILINE):
        made = getattr(syntax, "".join(part.capitalize() for part in rule.split("_")), None)
        if isinstance(made, type) and dataclasses.is_dataclass(made):
            yield rule


# ---------------------------------------------------------------------------------------------- tests


@pytest.mark.parametrize("block", of_kind("clause frame", "clause"), ids=str)
def test_an_example_loads(block: Block) -> None:
    agreement_of(block.text)


@pytest.mark.parametrize("block", of_kind("scenario"), ids=str)
def test_an_example_plays(block: Block) -> None:
    runs = played(block.text, agreement_of(block.clause))

    assert runs
    told = "\n\n".join(filter(None, map(report, runs)))
    assert not told, f"\n{told}"


def test_what_the_reference_prints_is_what_is_printed(golden: Golden) -> None:
    golden(REFERENCE, printed(PAGE))


@pytest.mark.parametrize("block", of_kind("error", "warning"), ids=str)
def test_a_bad_example_is_told_of(block: Block) -> None:
    assert told(block.text.partition(_PARTING)[0], Severity(block.kind)).strip()


def test_every_block_is_of_a_known_kind() -> None:
    known = {"clause frame", "clause", "scenario", "answer", "error", "warning", "reserved", "text", "console"}

    assert {each.kind for each in BLOCKS} <= known


@pytest.mark.parametrize("rule", sorted(set(_rules_with_a_class())))
def test_every_construct_has_its_heading(rule: str) -> None:
    headings = re.findall(r"^#+ .*$", PAGE, re.MULTILINE)

    assert any(f"`{rule}`" in heading for heading in headings), f"no heading names `{rule}`"


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_every_preset_has_its_row(preset: str) -> None:
    row = re.search(rf"^\| `{preset}` \|(.*)$", PAGE, re.MULTILINE)

    assert row is not None
    assert all(f"`{verb}`" in row.group(1) for verb in PRESETS[preset].verbs)


@pytest.mark.parametrize("rule", [each.__name__ for each in RULES])
def test_every_check_has_its_row(rule: str) -> None:
    assert re.search(rf"^\| `{rule}` \|", PAGE, re.MULTILINE)


def test_every_title_of_a_mistake_is_one_that_is_told() -> None:
    titles = re.findall(r"(?<![\w*])\*([A-Z`\d\u2026][^*]*)\*(?![\w*])", _errors(PAGE))
    texts = set(_texts_of_the_language())
    with_gaps = re.compile("|".join(f"(?:{each})" for each in sorted(texts) if _GAP in each))
    said = [" ".join(title.split()) for title in titles]

    assert said
    assert [title for title in said if re.escape(title) not in texts and not with_gaps.fullmatch(title)] == []


def _errors(page: str) -> str:
    """What the page says about errors and warnings."""
    said = r"^(?:[^\n]*[.;:] )?(?:Errors?|Warnings?|Open):.*?(?=\n\n)"
    return "\n".join(re.findall(said, page, re.MULTILINE | re.DOTALL))


def _texts_of_the_language() -> Iterator[str]:
    """A pattern for every text in the source of the language; anything can be put in where it has a gap."""
    for path in (*sorted((TOP / "dsl").rglob("*.py")), TOP / "api" / "assembling.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                fixed = [str(each.value) if isinstance(each, ast.Constant) else None for each in node.values]
                if any(each and re.search(r"[a-z]{2}", each) for each in fixed):
                    yield "".join(_GAP if each is None else re.escape(each) for each in fixed)


def test_every_link_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

    assert {link for link in re.findall(r"\]\(#([^)]*)\)", PAGE) if link not in slugs} == set()
