"""What `explain` prints besides the reasons: what an answer rests on, and on which figures a refusal turns."""

import json
from pathlib import Path

import pytest

from tests.api.conftest import clausula

pytestmark = pytest.mark.usefixtures("deals_clock")

TEXT = """
Agreement "Votes".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Votes":
  "Buyer" means a party.
  "Seller" means a party.
  "Vote" means a claim, made by the Seller.
  No Vote is valid unless the number of Votes is at most 0.
  When the number of Votes is at least 2, then the Buyer must pay USD 5.00 to the Seller.
"""
SCENARIO = 'Scenario "Start":\n  Open at 09:00 on 1 June 2026.\n'


@pytest.mark.parametrize("question", ["2", "the balance of the Fund", "the balance of the Fund is at least USD 1.00"])
def test_the_text_of_an_answer_about_a_deal_carries_its_receipt(deal: str, question: str) -> None:
    told = " ".join(clausula("explain", deal, question).stdout.split())
    receipt = json.loads(clausula("explain", deal, question, "--json").stdout)["receipt"]

    assert told.endswith(
        f"Receipt agreement: sha256 {receipt['agreement_sha256']} "
        f"engine {receipt['engine']}; calendar {receipt['calendar']}, {receipt['calendar_version']} "
        f"log: 1 entry, seal {receipt['log_seal']} as of {receipt['as_of']}, known at {receipt['known_at']}"
    )


def test_a_refused_act_carries_its_receipt_too(deal: str) -> None:
    asked = ("explain", deal, "deposit USD 900.00 into the Fund", "--as", "Seller")

    receipt = json.loads(clausula(*asked, "--json").stdout)["receipt"]

    assert f"seal {receipt['log_seal']}" in clausula(*asked).stdout


def test_where_no_way_is_found_the_figure_is_told_that_it_turns_on(tmp_path: Path) -> None:
    (tmp_path / "votes" / "scenarios").mkdir(parents=True)
    (tmp_path / "votes" / "agreement.clause").write_text(TEXT, encoding="utf-8")
    (tmp_path / "votes" / "scenarios" / "start.scenario").write_text(SCENARIO, encoding="utf-8")
    asked = ("explain", str(tmp_path / "votes"), "pay USD 5.00 to the Seller", "--as", "Buyer", "--scenario", "Start")

    told = " ".join(clausula(*asked).stdout.split())
    in_json = json.loads(clausula(*asked, "--json").stdout)

    line = "the number of Votes is at least 2 (0 against 2): Seller can present a Vote"
    assert "No acts were found that would make it possible now." in told
    assert f"it turns on a figure: {line}" in told
    assert [(each["text"], each["who"]) for each in in_json["turns_on"]] == [(line, ["Seller"])]
