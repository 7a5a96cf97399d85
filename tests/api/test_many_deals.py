"""One clause file, many deals: each opened with its own parties, amounts and dates, and none beyond its bounds."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.cli import dealing
from api.clock import ManualClock
from api.editions import catalogue_of
from tests.api.conftest import clausula
from tests.api.escrow import Site, site

LEASE = """Agreement "Lease".
  The time zone is "Europe/London".
  The currency is GBP.

Clause 1 "Parties":
  "Tenant" means a party.
  "Landlord" means a party, "Harbour Estates".

Clause 2 "Terms":
  "Rent" means a required blank amount, at least GBP 100.00 and at most GBP 5,000.00.
  "First Day" means a required blank date, not before 1 June 2026.
  "Last Day" means an optional blank date, 31 May 2027 unless stated otherwise.

Clause 3 "Payment":
  The Tenant must pay the Rent to the Landlord by the First Day.
"""
AT = datetime(2026, 6, 1, 13, tzinfo=UTC)
DEALS = (
    ("Ada Bell", "GBP 900.00", "1 July 2026", None),
    ("Leo Park", "GBP 1,200.00", "1 August 2026", "31 July 2028"),
)


# ----------------------------------------------------------- the command line


@pytest.fixture
def leases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the lease, and a database of its own."""
    (tmp_path / "lease").mkdir()
    (tmp_path / "lease" / "agreement.clause").write_text(LEASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSULA_DATABASE", str(tmp_path / "deals.db"))
    monkeypatch.setenv("CLAUSULA_AGREEMENTS", str(tmp_path))
    monkeypatch.setattr(dealing, "CLOCK", ManualClock(AT))


def opening(tenant: str, rent: str, first: str, last: str | None) -> list[str]:
    """The words of the command."""
    last_day = ["--blank", f"Last Day={last}"] if last is not None else []
    terms = ["--role", f"Tenant={tenant}", "--blank", f"Rent={rent}", "--blank", f"First Day={first}", *last_day]
    return ["open", "lease", *terms]


@pytest.mark.usefixtures("leases")
def test_a_file_opened_twice_makes_two_deals_with_their_own_names_amounts_and_dates() -> None:
    numbers = [clausula(*opening(*each)).stdout.strip() for each in DEALS]

    assert len(set(numbers)) == 2
    for number, (tenant, rent, first, last) in zip(numbers, DEALS, strict=True):
        state = json.loads(clausula("state", number, "--json").stdout)
        assert state["roles"] == {"Tenant": tenant, "Landlord": "Harbour Estates"}
        assert {each["name"]: each["content"] for each in state["blanks"]} == {
            "Rent": rent,
            "First Day": first,
            "Last Day": last or "31 May 2027",
        }
        page = clausula("state", number).stdout
        assert tenant in page
        assert rent in page
        paid = clausula("submit", number, "--as", "Tenant", f"pay {rent} to the Landlord")
        assert "accepted under section 3" in paid.stdout


@pytest.mark.usefixtures("leases")
@pytest.mark.parametrize(
    ("rent", "first", "told"),
    [
        (
            "GBP 99.99",
            "1 July 2026",
            "The blank Rent is to be at least GBP 100.00 and at most GBP 5,000.00; found GBP 99.99.",
        ),
        (
            "GBP 5,000.01",
            "1 July 2026",
            "The blank Rent is to be at least GBP 100.00 and at most GBP 5,000.00; found GBP 5,000.01.",
        ),
        ("GBP 100.00", "31 May 2026", "The blank First Day is to be not before 1 June 2026; found 31 May 2026."),
    ],
)
def test_a_deal_beyond_the_bounds_is_not_opened(rent: str, first: str, told: str) -> None:
    result = clausula(*opening("Ada Bell", rent, first, None))

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert clausula("state", "--json").stdout.strip() == "[]"


@pytest.mark.usefixtures("leases")
def test_a_bound_itself_is_within() -> None:
    assert clausula(*opening("Ada Bell", "GBP 100.00", "1 June 2026", None)).exit_code == 0
    assert clausula(*opening("Ada Bell", "GBP 5,000.00", "1 June 2026", None)).exit_code == 0


@pytest.mark.usefixtures("leases")
def test_what_is_filled_later_keeps_within_the_bounds_too() -> None:
    number = clausula(*opening(*DEALS[0])).stdout.strip()

    outside = clausula("submit", number, "--as", "Tenant", "fill the Rent with GBP 6,000.00")
    inside = clausula("submit", number, "--as", "Tenant", "fill the Rent with GBP 950.00")

    assert outside.exit_code == 2
    assert "at most GBP 5,000.00; found GBP 6,000.00." in " ".join(outside.stderr.split())
    assert inside.exit_code == 0


@pytest.mark.usefixtures("leases")
def test_check_tells_what_each_deal_has_to_state() -> None:
    told = " ".join(clausula("check", "lease").stdout.split())

    assert "Amount of GBP, at least GBP 100.00 and at most GBP 5,000.00; must be filled before" in told
    assert "Last Day. Date; 31 May 2027 unless stated otherwise." in told


# ------------------------------------------------------------------- GraphQL


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Site]:
    """A site that offers the lease alone."""
    with site(tmp_path, ManualClock(AT), catalogue_of({"lease": LEASE})) as web:
        yield web


OPEN = """mutation ($roles: [RoleInput!]!, $blanks: [FieldInput!], $key: String!) {
  openDeal(agreement: "lease", roles: $roles, blanks: $blanks, idempotencyKey: $key) {
    ... on Opened { dealId } ... on Invalid { problems } } }"""


def opened(web: Site, tenant: str, rent: str, first: str, last: str | None) -> dict[str, Any]:
    """The answer to an opening."""
    roles = [{"party": "Tenant", "persons": ["ann"], "filler": tenant}, {"party": "Landlord", "persons": ["lou"]}]
    blanks = [{"name": "Rent", "value": rent}, {"name": "First Day", "value": first}]
    blanks += [{"name": "Last Day", "value": last}] if last is not None else []
    answer: dict[str, Any] = web.data(OPEN, person="ann", roles=roles, blanks=blanks, key=f"{tenant} {rent}")[
        "openDeal"
    ]
    return answer


def test_over_graphql_too_each_deal_has_its_own_names_amounts_and_dates(web: Site) -> None:
    query = """query ($d: ID!) { deal(id: $d) {
      roles { role filler } blanks { name content } } }"""
    for tenant, rent, first, last in DEALS:
        deal = opened(web, tenant, rent, first, last)["dealId"]

        found = web.data(query, person="ann", d=deal)["deal"]

        assert {each["role"]: each["filler"] for each in found["roles"]} == {
            "Tenant": tenant,
            "Landlord": "Harbour Estates",
        }
        assert {each["name"]: each["content"] for each in found["blanks"]} == {
            "Rent": rent,
            "First Day": first,
            "Last Day": last or "31 May 2027",
        }


def test_over_graphql_too_the_bounds_are_told_before_and_kept_at_the_opening(web: Site) -> None:
    query = '{ agreement(name: "lease") { blanks { name type bounds default } } }'

    before = web.data(query, person="ann")["agreement"]["blanks"]
    answer = opened(web, "Ada Bell", "GBP 1.00", "1 July 2026", None)

    assert before[0] == {
        "name": "Rent",
        "type": "amount of GBP",
        "bounds": "at least GBP 100.00 and at most GBP 5,000.00",
        "default": "",
    }
    assert before[2] == {"name": "Last Day", "type": "date", "bounds": "", "default": "31 May 2027"}
    assert answer == {
        "problems": ["The blank Rent is to be at least GBP 100.00 and at most GBP 5,000.00; found GBP 1.00."]
    }
