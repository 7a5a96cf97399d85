"""The 2005 funds escrow among five people and a director, for the tests of the service: people, acts and questions.

Nina acts for NTSCO, Andy for ATG, Omar for Omaha, Paul and Petra for the Purchaser, Erin for the Escrow Agent, and
David Grin for himself. Zoe is a stranger. Ten o'clock in New York on 1 September 2005 is 14:00 in UTC.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.agreements import shipped
from api.answers import Accepted, Answer, Opened
from api.app import create_app
from api.clock import ManualClock
from api.contents.limits import Limits
from api.databases import database
from api.editions import Catalogue, catalogue_of
from api.kernel import Kernel
from api.parts import tokens_from
from api.schema.acts import AvailableActions, Possibility
from api.schema.deal import available
from api.service import Ask, Service, Terms
from api.settings import Settings
from api.store import Store
from tests.api.store_ledger import Where, prepared

TEXT = (shipped() / "funds_escrow" / "agreement.clause").read_text(encoding="utf-8")
LIBRARY: Catalogue = catalogue_of({"funds_escrow": TEXT})
TEN = datetime(2005, 9, 1, 14, 0, tzinfo=UTC)
SEATS = {
    "NTSCO": ["nina"],
    "ATG": ["andy"],
    "Omaha": ["omar"],
    "Purchaser": ["paul", "petra"],
    "Escrow Agent": ["erin"],
    "David Grin": ["david"],
}
WHO = {persons[0]: party for party, persons in SEATS.items()}
PAYMENTS = (
    "USD 450,000.00 to the Fund Manager, USD 25,000.00 to the Escrow Agent, USD 1,525,000.00 to NTSCO, the rest to ATG"
)
CONFIRMATION = (
    'state the Verbal Instruction "V-1" about "JI-1" stating Closing Conditions Satisfied and Disbursement Directed'
)
CLOSING = (
    ("erin", "sign the Funds Escrow Agreement"),
    ("nina", "sign the Funds Escrow Agreement"),
    ("nina", "sign the Documents"),
    ("andy", "sign the Funds Escrow Agreement"),
    ("andy", "sign the Documents"),
    ("omar", "sign the Funds Escrow Agreement"),
    ("omar", "sign the Documents"),
    ("paul", "sign the Funds Escrow Agreement"),
    ("paul", "sign the Documents"),
    ("paul", "deliver the Documents to the Escrow Agent"),
    ("paul", "deliver the Funds Escrow Agreement to the Escrow Agent"),
    ("paul", "deposit USD 12,000,000.00 into the Escrow Fund"),
    ("nina", f'sign the Joint Instruction "JI-1" stating Payments as {PAYMENTS}'),
    ("andy", 'sign the Joint Instruction "JI-1"'),
    ("omar", 'sign the Joint Instruction "JI-1"'),
    ("paul", 'sign the Joint Instruction "JI-1"'),
    ("paul", 'deliver the Joint Instruction "JI-1" to the Escrow Agent'),
    ("david", CONFIRMATION),
    ("erin", 'release the Escrow Fund according to "JI-1"'),
)
"""Everything from the first signature to the money, one minute after the other."""

DISPUTE = 'present the Dispute "D-1" stating Grounds as "wrong payee"'
DELIVERY = 'make the Successor Delivery "SD-1" about "SI-1"'
RESIGNATION = (
    'give the Resignation "R-1" by Telecopy with copy by Overnight Courier stating Effective Date as 16 September 2005'
)
RESIGNING = (("andy", 'fill Companies Telecopy with "(626) 357-5001"'), ("erin", RESIGNATION))
NAMING = (
    ("nina", 'sign the Successor Instruction "SI-1" stating Successor as "Hudson Trust Company"'),
    ("andy", 'sign the Successor Instruction "SI-1"'),
    ("omar", 'sign the Successor Instruction "SI-1"'),
    ("paul", 'sign the Successor Instruction "SI-1"'),
    ("paul", 'deliver the Successor Instruction "SI-1" to the Escrow Agent'),
)
"""The agent resigns, its successor is named, and takes over with `DELIVERY`."""

OPENING = Terms("funds_escrow", SEATS, {"Agreement Date": "1 September 2005", "Agent's Fee": "USD 25,000.00"})


@contextmanager
def escrow(folder: Path, clock: ManualClock | None = None, library: Catalogue = LIBRARY) -> Iterator["World"]:
    """The service over a file in a folder, at ten o'clock."""
    kernel, time = Kernel(), clock or ManualClock(TEN)
    with Store.open(prepared(folder / "deals.db"), kernel, time) as store:
        yield World(Service(store, kernel, library, time), time)


@dataclass
class World:
    """A service, its clock, and how many requests were made."""

    service: Service
    clock: ManualClock
    deal: str = ""
    made: int = 0

    def open(self, key: str = "open", terms: Terms = OPENING) -> str:
        """Erin opens the deal."""
        answer = self.service.open("erin", terms, key)
        assert isinstance(answer, Opened), answer
        self.deal = answer.place.deal
        return self.deal

    def act(self, person: str, text: str, key: str = "", **more: Any) -> Answer:
        """Somebody tries something, a minute after whatever came before."""
        self.clock.advance(timedelta(minutes=1))
        self.made += 1
        ask = Ask(self.deal, more.pop("party", WHO.get(person, "Purchaser")), {"text": text}, more.pop("at", None))
        return self.service.submit(person, ask, key or f"key-{self.made}", **more)

    def close(self, steps: int = len(CLOSING)) -> list[Answer]:
        """The closing, or the first steps of it."""
        return [self.act(person, text) for person, text in CLOSING[:steps]]

    def offered(self, person: str = "erin", party: str | None = None) -> list[Possibility]:
        """What a party can do and what not, or each party of a person."""
        found = available(self.read(person), party, None)
        assert isinstance(found, AvailableActions), found
        return found.actions

    def read(self, person: str = "erin", **when: datetime) -> Any:
        """The deal as somebody reads it."""
        reading = self.service.read(person, self.deal, **when)
        assert reading is not None
        return reading


def succeed(world: World) -> None:
    """The agent resigns, hands over to its successor, and a dispute arises."""
    world.close(12)
    for steps, days in ((RESIGNING, 6), (NAMING, 0), ((("erin", DELIVERY), ("andy", DISPUTE)), 0)):
        for person, text in steps:
            answer = world.act(person, text)
            assert isinstance(answer, Accepted), answer
        world.clock.advance(timedelta(days=days))


@dataclass
class Site:
    """The application over HTTP, with tokens for everybody."""

    client: TestClient
    settings: Settings
    clock: ManualClock
    app: Starlette
    made: int = 0
    keys: dict[str, str] = field(default_factory=dict)

    def token(self, person: str, lasting: timedelta = timedelta(days=30)) -> dict[str, str]:
        """The header that says who somebody is."""
        token = tokens_from(self.settings).issue(person, self.clock.now(), lasting)
        return {"Authorization": f"Bearer {token}"}

    def post(self, query: str, person: str | None = "erin", **variables: Any) -> dict[str, Any]:
        """The answer to an operation."""
        headers = self.token(person) if person is not None else {}
        found = self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        assert found.status_code == 200, found.text
        answer: dict[str, Any] = json.loads(found.text)
        return answer

    def data(self, query: str, person: str = "erin", **variables: Any) -> Any:
        """What an operation finds; it has to find something."""
        answer = self.post(query, person, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    def code(self, query: str, person: str | None = "erin", **variables: Any) -> str:
        """The code of the one error an operation meets."""
        (error,) = self.post(query, person, **variables)["errors"]
        return str(error["extensions"]["code"])

    def open(self, person: str = "erin", key: str = "open") -> str:
        """Open the deal."""
        roles = [{"party": party, "persons": persons} for party, persons in SEATS.items()]
        blanks = [{"name": name, "value": value} for name, value in OPENING.blanks.items()]
        found = self.data(OPEN, person, roles=roles, blanks=blanks, key=key)["openDeal"]
        assert found["__typename"] == "Opened", found
        return str(found["dealId"])

    def act(self, deal: str, person: str, act: Any, **more: Any) -> Any:
        """Somebody tries something, a minute after whatever came before."""
        self.clock.advance(timedelta(minutes=1))
        self.made += 1
        given = {"text": act} if isinstance(act, str) else act
        party, key = more.pop("party", WHO.get(person, "Purchaser")), more.pop("key", f"key-{self.made}")
        return self.data(SUBMIT, person, deal=deal, party=party, act=given, key=key, **more)["submit"]

    def close(self, deal: str, steps: int = len(CLOSING)) -> None:
        """The closing, or the first steps of it."""
        for person, text in CLOSING[:steps]:
            found = self.act(deal, person, text)
            assert found["__typename"] == "Accepted", found


def nodes(connection: Any) -> list[Any]:
    """The rows of a page."""
    return [each["node"] for each in connection["edges"]]


OPEN = """
mutation ($roles: [RoleInput!]!, $blanks: [FieldInput!], $key: String!) {
  openDeal(agreement: "funds_escrow", roles: $roles, blanks: $blanks, idempotencyKey: $key) {
    __typename
    ... on Opened { dealId version seal }
    ... on Invalid { code problems }
  }
}
"""

SUBMIT = """
mutation ($deal: ID!, $party: String!, $act: ActInput!, $key: String!, $expected: Sequence, $at: Instant) {
  submit(dealId: $deal, as: $party, act: $act, idempotencyKey: $key, expectedVersion: $expected, happenedAt: $at) {
    __typename
    ... on Accepted { act party section note version seal happenedAt recordedAt changes { section text } }
    ... on Refused { act party section summary version seal happenedAt recordedAt reasons { section text truth } }
    ... on Conflict { actualVersion }
    ... on Invalid { code problems }
  }
}
"""


@contextmanager
def site(
    folder: Path,
    clock: ManualClock | None = None,
    catalogue: Catalogue = LIBRARY,
    where: Where | None = None,
    documents: Limits | None = None,
) -> Iterator[Site]:
    """The application over a file in a folder, or over another database; its keys are in the folder all the same."""
    limits = documents or Limits()
    settings = Settings(prepared(folder / "deals.db"), shipped(), rate=0, documents=limits)
    if where is not None:
        settings = Settings(
            database(where),
            shipped(),
            token_key="5e" * 64,
            checkpoints=folder / "checkpoints",
            seal_key="5e" * 32,
            rate=0,
            documents=limits,
        )
    time = clock or ManualClock(TEN)
    app = create_app(settings, time, catalogue)
    with TestClient(app) as client:
        yield Site(client, settings, time, app)
