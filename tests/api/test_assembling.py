"""An agreement of several files: one text, pinned as one; and what is told of every file that does not fit."""

import hashlib
from pathlib import Path

import pytest

from api.agreements import place, read, read_catalogue
from api.editions import compiled
from dsl.diagnostics import render_all
from dsl.load import load
from tests.conftest import Golden

GOLDEN = Path(__file__).parent / "uses"

MAIN = """Agreement "Job".
  The time zone is "Europe/London".
  The currency is GBP.

Clause 1 "Parties":
  "Buyer" means a party.
  "Seller" means a party.

Use "../library/fees.clause".

Clause 9 "Price":
  The Buyer must pay GBP 500.00 to the Seller.
"""
FEES = """Note "Shared by all jobs.".

Part "Fees".

Clause 2 "Fee":
  The Buyer must pay GBP 5.00 to the Seller.
"""
USE = 'Use "../library/fees.clause".'
DIGEST = f"sha256:{hashlib.sha256(FEES.encode()).hexdigest()}"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(files: dict[str, str]) -> None:
    """Files below the folder that holds the folders of agreements."""
    for name, text in files.items():
        path = Path("deals") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def job(instead: str = USE, **others: str) -> dict[str, str]:
    """The job with another sentence in the place of its use, and the library."""
    files = {f"library/{name}.clause": text for name, text in others.items()}
    return {"job/agreement.clause": MAIN.replace(USE, instead), "library/fees.clause": FEES, **files}


def told(target: str = "deals/job") -> str:
    """What the author is told."""
    found = read(place(target))
    assert found.agreement is None
    return render_all(found.diagnostics, found.source) + "\n"


# ------------------------------------------------------------------ one text


def test_a_used_file_stands_in_the_place_of_the_sentence_without_its_notes() -> None:
    write(job())

    found = read(place("deals/job"))

    assert found.diagnostics == ()
    assert found.source.text == MAIN.replace(USE, FEES.partition("\n\n")[2])
    assert found.agreement is not None
    assert list(found.agreement.terms.clauses) == ["1", "2", "9"]
    assert found.agreement.terms.clauses["2"].part == "Fees"


def test_a_deal_is_pinned_to_the_whole_text_and_needs_no_file() -> None:
    write(job())
    found = read(place("deals/job"))
    assert found.agreement is not None

    edition = read_catalogue(Path("deals")).editions["job"]

    assert edition.text == found.source.text
    assert edition.agreement.digest == hashlib.sha256(found.source.text.encode()).hexdigest()
    assert compiled(edition.text)[0].digest == found.agreement.digest


def test_a_change_in_a_used_file_makes_another_edition() -> None:
    write(job())
    before = read_catalogue(Path("deals")).editions["job"].agreement.digest

    write({"library/fees.clause": FEES.replace("5.00", "6.00")})

    assert read_catalogue(Path("deals")).editions["job"].agreement.digest != before


def test_a_used_file_may_use_others_by_paths_from_where_it_lies() -> None:
    more = 'Use "more/last.clause".\n'
    write({**job(fees=FEES + more), "library/more/last.clause": 'Clause 3: Note "Last". This section is boilerplate.'})

    found = read(place("deals/job"))

    assert found.agreement is not None
    assert list(found.agreement.terms.clauses) == ["1", "2", "3", "9"]
    assert [str(each.path) for each in found.used] == [
        "deals/library/more/last.clause",
        "deals/library/fees.clause",
    ]


def test_the_digest_that_check_prints_is_that_of_the_file_and_pins_it() -> None:
    write(job(f'Use "../library/fees.clause" with digest "{DIGEST}".'))

    found = read(place("deals/job"))

    assert found.agreement is not None
    assert [(each.digest, each.pinned) for each in found.used] == [(DIGEST, True)]


def test_the_digest_of_a_file_counts_what_the_file_uses_itself() -> None:
    more, last = FEES + 'Use "last.clause".\n', "Clause 3: This section is boilerplate.\n"
    write(job(fees=more, last=last))
    before = read(place("deals/job")).used[-1].digest

    write({"library/last.clause": last.replace("3", "4")})

    assert read(place("deals/job")).used[-1].digest != before


def test_a_folder_of_shared_files_is_no_agreement() -> None:
    write(job())

    assert list(read_catalogue(Path("deals")).editions) == ["job"]


def test_a_text_alone_does_not_pass_over_a_file_it_has_not_got() -> None:
    loaded = load(MAIN)

    assert loaded.agreement is None
    assert [each.title for each in loaded.diagnostics] == ["A file that was not taken in"]


# ---------------------------------------------------------- what is told

CASES: dict[str, dict[str, str]] = {
    "missing": job('Use "../library/fee.clause".'),
    "unlike_a_clause_file": job('Use "../library/fees.txt".'),
    "outside": job('Use "../../fees.clause".'),
    "absolute": job('Use "/etc/fees.clause".'),
    "backwards": job('Use "..\\library\\fees.clause".'),
    "twice": job(f"{USE}\n{USE}"),
    "circle": job(fees=f'{FEES}\nUse "other.clause".\n', other='Use "fees.clause".\n'),
    "itself": job('Use "agreement.clause".'),
    "title": job(fees='Agreement "Fees".\n' + FEES),
    "header": job(fees="The currency is EUR.\n" + FEES),
    "nothing": job(fees='Note "Nothing yet.".\n'),
    "broken": job(fees=FEES.replace("must pay", "shall pay")),
    "wrong_inside": job(fees=FEES.replace("the Seller", "the Sellr")),
    "wrong_after": {**job(), "job/agreement.clause": MAIN.replace("500.00 to the Seller", "500.00 to the Sellr")},
    "number_taken": job(fees=FEES.replace("Clause 2", "Clause 9")),
    "other_version": job(f'Use "../library/fees.clause" with digest "sha256:{"0" * 64}".'),
    "no_digest": job('Use "../library/fees.clause" with digest "2025-03".'),
    "header_below": job(f'{USE}\nThe version is "1".'),
    "without_path": job("Use the fees."),
}


@pytest.mark.parametrize("case", CASES)
def test_the_author_is_told_what_does_not_fit(case: str, golden: Golden) -> None:
    write(CASES[case])

    golden(GOLDEN / f"{case}.err", told())


def test_a_service_tells_the_same_of_an_agreement_it_cannot_offer() -> None:
    write(CASES["wrong_inside"])

    assert f"{read_catalogue(Path('deals')).broken['job']}\n" == told()


def test_a_link_does_not_lead_out_of_the_agreements() -> None:
    write(job('Use "../library/secret.clause".'))
    Path("secret.clause").write_text(FEES, encoding="utf-8")
    Path("deals/library/secret.clause").symlink_to(Path("secret.clause").resolve())

    assert "a link leads out of their folder" in told()


def test_links_that_lead_in_a_circle_are_no_file() -> None:
    write(job('Use "../library/round.clause".'))
    Path("deals/library/round.clause").symlink_to("round.clause")

    assert "there is no such file" in told()


def test_a_used_file_that_is_not_text_is_said_to_be_none() -> None:
    write(job())
    Path("deals/library/fees.clause").write_bytes(b"\xff\xfe")

    assert "is not UTF-8 text" in told()
