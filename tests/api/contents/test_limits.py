"""What an operator sets about documents, and that what is told of them in the documentation is so."""

import re
from pathlib import Path

import pytest

from api.contents import serving
from api.contents.limits import MB, Limits, limits_from
from api.settings import WrongSetting, settings_from

PAGE = (Path(__file__).parents[3] / "docs" / "documents.md").read_text(encoding="utf-8")


def test_limits_come_from_the_environment(tmp_path: Path) -> None:
    given = {
        "CLAUSULA_DATABASE": str(tmp_path / "a.db"),
        "CLAUSULA_DOCUMENTS": str(tmp_path / "papers"),
        "CLAUSULA_DOCUMENT_MB": "7",
        "CLAUSULA_DOCUMENTS_PER_PERSON_MB": "70",
        "CLAUSULA_DOCUMENT_TYPES": "Application/PDF, image/png",
    }

    settings = settings_from(given)

    assert settings.document_place == str(tmp_path / "papers")
    assert settings.documents == Limits(
        str(tmp_path / "papers"), 7 * MB, 70 * MB, frozenset({"application/pdf", "image/png"})
    )
    assert settings_from({"CLAUSULA_DATABASE": str(tmp_path / "a.db")}).document_place == str(
        tmp_path / "a.db.documents"
    )
    assert limits_from({}) == Limits()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CLAUSULA_DOCUMENT_MB", "0"),
        ("CLAUSULA_DOCUMENT_MB", "a lot"),
        ("CLAUSULA_DOCUMENTS_PER_PERSON_MB", "-1"),
        ("CLAUSULA_DOCUMENT_TYPES", "pdf"),
    ],
)
def test_a_limit_that_makes_no_sense_is_told(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        settings_from({name: value})


def test_each_code_that_an_answer_can_have_is_documented() -> None:
    source = Path(serving.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', source)) - {"GET", "HEAD", "PUT", "POST"}

    assert len(codes) > 15
    assert codes - set(re.findall(r"`([A-Z_]+)`", PAGE)) == set()


def test_each_setting_is_documented_with_what_is_so_without_it() -> None:
    told = dict(re.findall(r"^\| `(CLAUSULA_\w+)` \| .* \| (\d+) \|$", PAGE, re.MULTILINE))

    assert told == {
        "CLAUSULA_DOCUMENT_MB": str(Limits().largest // MB),
        "CLAUSULA_DOCUMENTS_PER_PERSON_MB": str(Limits().per_person // MB),
    }
