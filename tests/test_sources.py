"""Every figure of a deal that names public sources says where it is from, in one place and one form.

`sources.md` beside a clause file has a line for each amount, percentage, period, date and other number of each clause,
and says whether the source was read, is given from general knowledge, or whether there is none.
"""

import re
from functools import cache
from pathlib import Path

import pytest

AGREEMENTS = Path(__file__).parent.parent / "agreements"
ON_PUBLIC_MODELS = {"goods_sale", "lease_deposit", "price_adjustment", "spac_trust"}
DEALS = sorted(path.parent.name for path in AGREEMENTS.glob("*/sources.md"))

READ = re.compile(r"Read: .+, [\w.-]+\.[a-z]{2,}(/\S+)?(\. .+)?$")
KNOWN = re.compile(r"From the text of .+ as generally known; not checked against it\.( .+)?$")
CHOSEN = re.compile(r"Our choice; no source checked\.( .+)?$")

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FIGURE = re.compile(
    rf"""
      \d{{1,2}}\ (?:{_MONTHS})\ \d{{4}}                                        # a date
    | [A-Z]{{3}}\ \d[\d,]*(?:\.\d+)?                                            # money
    | \d[\d,]*(?:\.\d+)?\ percent
    | \d+\ (?:(?:clear\ )?business\ |calendar\ )?(?:hour|day|month|year)s?\b    # a period
    | \d\d:\d\d
    | \d[\d,]*\ (?:Shares|Kg)
    | (?<![\w.,(])\d+(?:,\d{{3}})*(?![\w(]|[.,]\d)                                # any other number
    """,
    re.VERBOSE,
)
_SECTIONS = re.compile(r"\b[Ss]ections? [\d.]+(?:\([^)]*\))*(?:,? (?:and )?[\d.]+(?:\([^)]*\))*)*")
# Nothing, and one of a unit, are no figures that somebody has fixed.
_NO_FIGURE = re.compile(r"(?:[A-Z]{3} )?[01](?:\.00)?(?: Shares| Kg)?$")


@cache
def figures(deal: str) -> frozenset[tuple[str, str]]:
    """The figures of a clause file, each with its section; what stands in quotation marks is no term."""
    text = (AGREEMENTS / deal / "agreement.clause").read_text(encoding="utf-8")
    found = set()
    for clause in re.split(r"^Clause ", text, flags=re.MULTILINE)[1:]:
        section, rest = clause.split(maxsplit=1)
        terms = _SECTIONS.sub("", " ".join(re.sub(r'"[^"]*"', "", rest).split()))
        found |= {(section, each) for each in _FIGURE.findall(terms) if not _NO_FIGURE.match(each)}
    return frozenset(found)


@cache
def lines(deal: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """The lines of the table: the section, the figures, and where they are from."""
    text = (AGREEMENTS / deal / "sources.md").read_text(encoding="utf-8")
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| ")
    ]
    return tuple((section, tuple(told.split("; ")), source) for section, told, source in cells[2:])


def test_the_deals_on_public_models_say_where_their_figures_are_from() -> None:
    assert set(DEALS) >= ON_PUBLIC_MODELS


@pytest.mark.parametrize("deal", DEALS)
def test_every_figure_has_a_line_and_every_line_a_figure(deal: str) -> None:
    told = {(section, figure) for section, of_line, _ in lines(deal) for figure in of_line if figure != "rule"}

    assert figures(deal) - told == set(), "without a line in sources.md"
    assert told - figures(deal) == set(), "in sources.md, and not in the clause"


@pytest.mark.parametrize("deal", DEALS)
def test_every_line_says_in_one_form_whether_its_source_was_read(deal: str) -> None:
    told = [source for _, _, source in lines(deal)]

    odd = [each for each in told if not any(form.match(each) for form in (READ, KNOWN, CHOSEN))]
    assert odd == []


@pytest.mark.parametrize("deal", DEALS)
def test_sources_are_named_in_one_place(deal: str) -> None:
    text = (AGREEMENTS / deal / "agreement.clause").read_text(encoding="utf-8")

    notes = re.findall(r'^ *Note "', text, flags=re.MULTILINE)

    assert len(notes) == 1, "the one note says where the sources are"
    assert "sources.md" in text
