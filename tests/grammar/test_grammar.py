"""Files of the language and what is read from them; broken files and what their author is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dsl.diagnostics import render_all
from dsl.format import format_agreement, format_scenarios, proper_names
from dsl.parse import Parsed, parse_agreement, parse_scenarios
from dsl.source import Source
from dsl.syntax import Agreement, ScenarioFile
from tests.conftest import Golden
from tests.grammar.dump import dump

_HERE = Path(__file__).parent
GOOD = sorted(path for path in (_HERE / "good").iterdir() if path.suffix in (".clause", ".scenario"))
BAD = sorted(path for path in (_HERE / "bad").iterdir() if path.suffix in (".clause", ".scenario"))


def source_of(path: Path) -> Source:
    """The text of a file as it lies there, byte order mark and all."""
    return Source(path.name, path.read_bytes().decode("utf-8"))


def read(path: Path) -> Parsed[Agreement] | Parsed[ScenarioFile]:
    """The syntax of a clause file or of a scenario file."""
    parse: Callable[[Source], Parsed[Agreement] | Parsed[ScenarioFile]]
    parse = parse_agreement if path.suffix == ".clause" else parse_scenarios
    return parse(source_of(path))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_file_is_read_as_expected(path: Path, golden: Golden) -> None:
    parsed = read(path)

    assert parsed.diagnostics == ()
    golden(path.with_suffix(".ast"), dump(parsed.syntax))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_file_is_written_in_one_layout(path: Path, golden: Golden) -> None:
    node = read(path).syntax
    assert node is not None

    if isinstance(node, Agreement):
        formatted = format_agreement(node)
        again: object = parse_agreement(Source(path.name, formatted)).syntax
    else:
        formatted = format_scenarios(node, frozenset({"David Grin"}))
        again = parse_scenarios(Source(path.name, formatted)).syntax

    assert again == node
    golden(path.with_suffix(".formatted"), formatted)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_the_author_of_a_bad_file_is_told_what_to_do(path: Path, golden: Golden) -> None:
    parsed = read(path)

    assert parsed.syntax is None
    assert all(each.hint for each in parsed.diagnostics)
    golden(path.with_suffix(".err"), render_all(parsed.diagnostics, source_of(path)) + "\n")


def test_a_text_that_is_too_long_is_refused_before_it_is_read() -> None:
    source = Source("long.clause", 'Agreement "Sale".\n' + 'Note "nothing new".\n' * 100_000)

    parsed = parse_agreement(source)

    assert [each.title for each in parsed.diagnostics] == ["Text too long"]


def test_a_sentence_that_is_too_long_is_refused_before_it_is_read() -> None:
    sentence = '"Price" means ' + "USD 1.00 plus\n" * 2_000 + "USD 1.00."
    source = Source("long.clause", f'Agreement "Sale". Note "short". {sentence}')

    parsed = parse_agreement(source)

    assert [each.title for each in parsed.diagnostics] == ["Sentence too long"]
    assert source.text[parsed.diagnostics[0].span.start :].startswith('"Price"')


def test_proper_names_are_people_channels_and_parties_called_by_their_own_names() -> None:
    node = read(_HERE / "good" / "funds_escrow.clause").syntax
    assert isinstance(node, Agreement)

    assert proper_names(node) == {"ATG", "David Grin", "Telecopy", "Overnight Courier"}
