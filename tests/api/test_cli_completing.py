"""What a shell offers when somebody presses the tabulator key."""

from pathlib import Path

import pytest

from api.agreements import shipped
from tests.api.conftest import HERE, clausula


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of this test, which is not there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSULA_DATABASE", str(tmp_path / "deals.db"))
    monkeypatch.setenv("CLAUSULA_AGREEMENTS", str(HERE))
    return tmp_path / "deals.db"


def completed(words: str) -> list[str]:
    """What a shell offers for the last of these words."""
    asked: dict[str, str | None] = {
        "_CLAUSULA_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    result = clausula(env=asked)
    return [line for line in result.stdout.splitlines() if line]


def test_a_shell_completes_the_names_of_agreements_and_the_numbers_of_deals(database: Path) -> None:
    deal = clausula("open", "bicycle").stdout.strip()

    assert completed("clausula check fu") == ["funds_escrow"]
    assert completed("clausula open goods") == ["goods_sale"]
    assert database.exists()
    assert completed("clausula state ") == [deal[:8]]
    assert completed(f"clausula verify {deal[:2]}") == [deal[:8]]
    assert completed(f"clausula explain {deal[:3]}") == [deal[:8]]
    assert completed("clausula state zz") == []


def test_a_shell_completes_nothing_where_there_is_no_database() -> None:
    assert completed("clausula state ") == []


def test_a_shell_completes_the_names_of_scenarios_where_the_agreement_is_named() -> None:
    assert completed("clausula run -a funds_escrow Clo") == ["Closing"]
    assert completed("clausula explain funds_escrow 4.1 --scenario Clo") == ["Closing"]
    assert "All\\ five\\ raise\\ the\\ cap\\ on\\ expenses" in completed("clausula run -a funds_escrow All")
    assert completed("clausula run Clo") == []  # a file of this folder, which the shell knows
    assert completed("clausula run -a no_such_agreement Clo") == []


def test_a_shell_completes_the_parties_of_the_deal_for_whom_one_acts() -> None:
    deal = clausula("open", "bicycle", "--seat", "Buyer=you", "--seat", "Seller=ann").stdout.strip()
    blanks = ("--blank", "Agreement Date=1 September 2005", "--blank", "Agent's Fee=USD 25,000.00")
    escrow = clausula("open", "funds_escrow", *blanks, "--agreements", str(shipped())).stdout.strip()

    assert completed(f"clausula submit {deal[:8]} --as ") == ["Buyer"]
    assert completed(f"clausula submit {deal[:8]} --person ann --as ") == ["Seller"]
    assert completed(f"clausula submit {deal[:8]} --person zoe --as ") == []
    assert completed(f"clausula submit {escrow[:8]} --as Es") == ["Escrow\\ Agent"]
    assert completed(f"clausula submit {escrow[:8]} --as 'Es") == ["Escrow Agent"]
    assert completed("clausula submit zz --as ") == []
