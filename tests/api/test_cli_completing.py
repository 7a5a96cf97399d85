"""What a shell offers when somebody presses the tabulator key."""

from pathlib import Path

import pytest

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
    return result.stdout.split()


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
