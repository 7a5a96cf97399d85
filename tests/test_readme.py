"""The README keeps its word: the walk goes as it says, and the first clause file loads after every step and plays."""

import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.agreements import read_catalogue, shipped
from api.answers import Accepted, Opened, Refused
from api.clock import ManualClock
from api.kernel import Kernel
from api.service import Ask, Service, Terms
from api.store import Store
from dsl.amend import amended_text
from dsl.format import format_agreement, format_scenarios
from dsl.parse import parse_agreement, parse_scenarios
from dsl.scenarios import report
from dsl.source import Source
from tests.api.conftest import clausula
from tests.grammar.test_reference import Block, agreement_of, blocks, played

README = Path(__file__).parent.parent / "README.md"
PAGE = README.read_text(encoding="utf-8")


def section(title: str) -> tuple[Block, ...]:
    """The blocks under a heading."""
    return blocks(PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0])


OWN_DEAL = section("A deal of your own")
FIRST_FILE = section("Your first clause file in ten minutes")
STEPS = tuple(each.text for each in FIRST_FILE if each.kind == "clause")
SCENARIOS = tuple(each.text for each in FIRST_FILE if each.kind == "scenario")

_ACT = re.compile(
    r"^act (?:'(?P<quoted>[^']*)'|(?P<plain>\w+)) '(?P<text>[^']*)'(?: 'refused under (?P<section>\S.*)')?$",
    re.MULTILINE,
)
_ROLE = re.compile(r'\{"party": "([^"]*)", "persons": \["you"\]\}')
_BLANK = re.compile(r'\{"name": "([^"]*)", "value": "([^"]*)"\}')


ACTS = tuple(
    (found["quoted"] or found["plain"], found["text"].replace('\\"', '"'), found["section"])
    for found in _ACT.finditer(PAGE)
)
"""Who tries what in the walk, and under which section it is refused, if it is."""
SEATS = tuple(_ROLE.findall(PAGE))
BLANKS = {name.replace("'\\''", "'"): value for name, value in _BLANK.findall(PAGE)}


@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_the_first_clause_file_can_be_read_after_every_step(step: int) -> None:
    agreement_of("\n".join(STEPS[:step]))


def test_the_scenario_of_the_first_clause_file_goes_as_it_says() -> None:
    (scenario,) = SCENARIOS

    runs = played(scenario, agreement_of("\n".join(STEPS)))

    told = "\n\n".join(filter(None, map(report, runs)))
    assert len(runs) == 1
    assert not told, f"\n{told}"


def test_the_examples_are_in_the_canonical_layout() -> None:
    clauses = Source("README", "\n".join(STEPS))
    agreement = parse_agreement(clauses).syntax
    assert agreement is not None
    assert format_agreement(agreement, clauses) == clauses.text

    for text in SCENARIOS:
        scenarios = parse_scenarios(Source("README", text)).syntax
        assert scenarios is not None
        assert format_scenarios(scenarios, source=Source("README", text)) == text


def test_the_walk_ends_with_an_empty_fund_and_four_payees_paid(tmp_path: Path) -> None:
    clock, kernel = ManualClock(datetime(2026, 6, 1, 14, 0, tzinfo=UTC)), Kernel()
    seats = {party: ["you"] for party in SEATS}
    with Store.open(tmp_path / "deals.db", kernel, clock) as store:
        service = Service(store, kernel, read_catalogue(shipped()), clock)
        opened = service.open("you", Terms("funds_escrow", seats, BLANKS, {}), "open")
        assert isinstance(opened, Opened), opened
        deal = opened.place.deal

        for number, (party, text, refused) in enumerate(ACTS):
            clock.advance(timedelta(minutes=1))
            answer = service.submit("you", Ask(deal, party, {"text": text}, None), f"act {number}")
            if refused is None:
                assert isinstance(answer, Accepted), (party, text, answer)
            else:
                assert isinstance(answer, Refused), (party, text, answer)
                assert answer.section.partition(",")[0] == refused, (party, text, answer.section)

        reading = service.read("you", deal)
        assert reading is not None
        paid = {each.target for each in reading.state.postings if each.source == "Escrow Fund/balance"}
        assert str(reading.state.balance("Escrow Fund/balance", "USD")) == "USD 0.00"
        assert paid == {"Fund Manager", "Escrow Agent", "NTSCO", "ATG"}


def test_a_newcomer_gets_from_new_to_a_changed_deal_with_its_own_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSULA_DATABASE", str(tmp_path / "deals.db"))
    agreement, scenario = Path("bike_sale/agreement.clause"), "bike_sale/scenarios/late.scenario"
    assert f"`{scenario}`" in PAGE
    told = []

    for block in OWN_DEAL:
        match block.kind:
            case "console":
                for line in block.text.splitlines():
                    result = clausula(*shlex.split(line)[1:])
                    assert result.exit_code == 0, f"{line}\n{result.output}"
                    told.append(result.stdout)
            case "clause":
                changed = amended_text(agreement.read_text(encoding="utf-8"), block.text)
                assert isinstance(changed, str), changed
                agreement.write_text(changed, encoding="utf-8")
            case "scenario":
                Path(scenario).write_text(block.text, encoding="utf-8")
            case _:
                pytest.fail(f"Nobody said what to do with a block of kind {block.kind}.")

    assert [each.count("no errors, no warnings") for each in told if "errors" in each] == [1, 1]
    assert [each.count("as expected") for each in told if "scenarios: " in each or "scenario: " in each] == [1, 1]
    assert told[-1].count("bike_sale") == 2
    opened = [json.loads(clausula("state", each.strip(), "--json").stdout) for each in told[-3:-1]]
    assert [each["terminated"] for each in opened] == [None, None], "a deal of today is to run"


def test_the_first_clause_file_ends_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flat" / "scenarios").mkdir(parents=True)
    (tmp_path / "flat" / "scenarios" / "claims.scenario").write_text(SCENARIOS[0], encoding="utf-8")
    told = []

    for step in range(1, len(STEPS) + 1):
        (tmp_path / "flat" / "agreement.clause").write_text("\n".join(STEPS[:step]), encoding="utf-8")
        told.append(clausula("check", "flat").stdout)

    assert ["Nothing guards the Deposit Account" in each for each in told] == [False, True, True, True, False]
    assert "no errors, no warnings" in told[-1]
    assert clausula("test", "flat").exit_code == 0


def test_what_is_pasted_into_a_shell_holds_no_comment() -> None:
    """A shell that is typed into, as zsh is by default, does not know comments and takes their words for commands."""
    pasted = [line for each in blocks(PAGE) if each.kind == "console" for line in each.text.splitlines()]

    assert len(pasted) > 30
    assert [line for line in pasted if re.search(r"(^|\s)#", line)] == []


def test_every_path_that_is_named_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE)

    assert {link for link in links if not (README.parent / link).exists()} == set()
