"""What people write is never a part of a statement: whatever it is, the database is asked the same questions."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy import event as on

from api.parts import tokens_from
from api.schema.places import cursor_of
from tests.api.escrow import OPENING, SEATS, TEN, Site, site
from tests.laws.depth import deep

DAY = timedelta(days=1)

NASTY = (
    "'", '"', "`", "\\", ";", "--", "/*", "' OR '1'='1", "'; DROP TABLE event; --", '") OR 1=1 --',
    "x' UNION SELECT * FROM head --",
    "%", "_", "?", ":id", "%s", "{0}", "${x}", "$1", "\\x27", "\u2019", "\u02bc", "\uff07", "\x00", "1e309", "NULL",
    "a" * 300, "CASE WHEN 1 THEN 1 END", "(SELECT 1)", "[a](b)", "\n", "\u2028",
)  # fmt: skip
ASK = {
    "openDeal": """mutation ($agreement: String!, $party: String!, $person: String!, $filler: String, $blank: String!,
      $value: String!, $key: String!) { openDeal(agreement: $agreement, idempotencyKey: $key,
      roles: [{party: $party, persons: [$person, "erin"], filler: $filler}],
      blanks: [{name: $blank, value: $value}]) { __typename } }""",
    "submit": """mutation ($deal: ID!, $as: String!, $text: String!, $key: String!) {
      submit(dealId: $deal, as: $as, act: {text: $text}, idempotencyKey: $key) { __typename } }""",
    "make": """mutation ($deal: ID!, $kind: String!, $name: String!, $field: String!, $value: String!, $key: String!) {
      submit(dealId: $deal, as: "ATG", act: {make: {kind: $kind, name: $name, fields: [{name: $field, value: $value}]}},
      idempotencyKey: $key) { __typename } }""",
    "seat": """mutation ($deal: ID!, $party: String!, $person: String!, $key: String!) {
      seat(dealId: $deal, party: $party, person: $person, acts: true, idempotencyKey: $key) { __typename } }""",
    "deal": """query ($deal: ID!, $text: String!) { deal(id: $deal) { entry(name: $text) { name }
      entries(kind: $text) { edges { cursor } }
      norms(bearer: $text, status: $text) { edges { node { key } } } clauses(section: $text) { section }
      } }""",
    "pages": """query ($deal: ID!, $after: String!) { deal(id: $deal) { entries(after: $after) { edges { cursor } }
      movements(after: $after) { edges { cursor } } contents(after: $after) { edges { cursor } } } }""",
    "node": "query ($id: ID!) { node(id: $id) { id } }",
    "ask": "query ($deal: ID!, $text: String!) { deal(id: $deal) { ask(condition: $text) { __typename } } }",
    "deals": "query ($after: String!) { deals(first: 3, after: $after) { edges { cursor } } }",
    "agreement": "query ($name: String!) { agreement(name: $name) { title } }",
    "timeline": """query ($deal: ID!, $after: String!) {
      timeline(dealId: $deal, first: 3, after: $after) { edges { cursor } } }""",
    "accessLog": "query ($deal: ID!, $after: String!) { accessLog(dealId: $deal, after: $after) { edges { cursor } } }",
    "preview": """query ($deal: ID!, $as: String!, $text: String!) {
      preview(dealId: $deal, as: $as, act: {text: $text}) { __typename } }""",
    "explain": """query ($deal: ID!, $text: String!) {
      explain(dealId: $deal, about: {condition: $text}) { __typename } }""",
    "section": """query ($deal: ID!, $text: String!) {
      explain(dealId: $deal, about: {section: $text}) { __typename } }""",
    "integrity": """query ($deal: ID!, $seal: String!) {
      integrity(dealId: $deal, seen: {version: "1", seal: $seal}) { sound } }""",
    "keepPersonal": """mutation ($deal: ID!, $person: String!, $text: String!) {
      keepPersonal(dealId: $deal, about: $person, value: $text) { __typename } }""",
    "personal": "query ($deal: ID!) { personal(dealId: $deal) { edges { node { reference } } } }",
    "receipt": 'query ($deal: ID!) { receipt(dealId: $deal, version: "1") { __typename } }',
    "revokeKey": "mutation ($key: ID!) { revokeKey(id: $key) { __typename } }",
    "createWebhook": """mutation ($deal: ID!, $value: String!, $text: String!, $after: String!) {
      one: createWebhook(dealId: $deal, url: $value, document: $text, after: $after) { __typename }
      two: createWebhook(dealId: $deal, url: $value, after: $after,
        document: "subscription ($dealId: ID!) { dealEvents(dealId: $dealId) { version } }") { __typename } }""",
    "onWebhooks": """mutation ($key: ID!, $name: ID!) { renewWebhookSecret(id: $key) { __typename }
      replayDeliveries(webhookId: $key, deliveryId: $name) { __typename } endWebhook(id: $key) { __typename } }""",
    "revoke": """mutation ($deal: ID!, $party: String!, $person: String!, $key: String!) {
      seatFirst(dealId: $deal, party: $party, person: $person, idempotencyKey: $key) { __typename }
      revokeTokens(person: $person) { ... on Revoked { person } } }""",
}
GOOD = {
    "agreement": "funds_escrow", "party": "ATG", "person": "zed", "filler": "Applied Inc.", "blank": "Agreement Date",
    "value": "1 September 2005", "key": "key", "as": "ATG", "text": "sign the Documents", "kind": "Dispute",
    "name": "D-1", "id": cursor_of(["Entry", "0" * 32, "Dispute", "D-1"]),
    "field": "Grounds", "after": "MQ", "seal": "0" * 64,
}  # fmt: skip
ALWAYS = ("' OR '1'='1", "%", "\x00", "\\")
FIELDS = [(name, field) for name, words in ASK.items() for field in (*GOOD, "deal") if f"${field}:" in words]


class Court:
    """A site with one deal, and every statement that its database was asked."""

    def __init__(self, web: Site) -> None:
        self.web = web
        self.deal = web.open("andy")
        self.statements: set[str] = set()
        self.asked = 0
        operator = tokens_from(web.settings).issue("keeper", TEN, DAY, operator=True)
        self.headers = {"revoke": {"Authorization": f"Bearer {operator}"}}

    def note(self, _: object, __: object, statement: str, *___: object) -> None:
        self.statements.add(statement)

    def ask(self, what: str, **wrong: str) -> dict[str, Any]:
        """Ask with good values but for one; a key is used once."""
        self.asked += 1
        given = {**GOOD, "deal": self.deal, "key": f"key {self.asked}", **wrong}
        variables = {each: value for each, value in given.items() if f"${each}:" in ASK[what]}
        body = json.dumps({"query": ASK[what], "variables": variables})
        headers = {"Content-Type": "application/json", **self.headers.get(what, self.web.token("andy"))}
        found = self.web.client.post("/graphql", content=body, headers=headers)
        assert found.status_code == 200, found.text
        answer: dict[str, Any] = found.json()
        assert all(each["extensions"]["code"] != "INTERNAL" for each in answer.get("errors", ())), (what, wrong, answer)
        return answer


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as ending:
        for each in ("parts", "webhooks.dispatcher"):  # they ask the database on their own account
            patch.setattr(f"api.{each}.INTERVAL", 3600.0)
        web = ending.enter_context(site(tmp_path_factory.mktemp("sql")))
        court = Court(web)
        noted = court.note
        on.listen(Engine, "before_cursor_execute", noted)
        roles = [{"party": party, "persons": [*persons, "andy"]} for party, persons in SEATS.items()]
        for name in ASK:
            court.ask(name)
            court.ask(name, deal="no such deal")
        web.data(OPEN_ALL, "andy", roles=roles, blanks=[{"name": n, "value": v} for n, v in OPENING.blanks.items()])
        web.data("{ deals { edges { cursor } } }", "andy")
        web.app.state.service.access.journal.flush()
        web.app.state.service.access.look()
        yield court
        on.remove(Engine, "before_cursor_execute", noted)


OPEN_ALL = """mutation ($roles: [RoleInput!]!, $blanks: [FieldInput!]) {
  openDeal(agreement: "funds_escrow", roles: $roles, blanks: $blanks, idempotencyKey: "all") { __typename } }"""


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=str)
def test_no_text_makes_a_statement(court: Court, name: str, field: str) -> None:
    before = set(court.statements)
    for nasty in (*ALWAYS, *NASTY[FIELDS.index((name, field)) % 6 :: 6]):
        court.ask(name, **{field: nasty})
    court.web.app.state.service.access.journal.flush()

    assert court.statements - before == set()


@deep(12)
@given(st.sampled_from(FIELDS), st.text(st.characters(codec="utf-8"), max_size=40))
def test_nor_does_any_other(court: Court, place: tuple[str, str], text: str) -> None:
    before = set(court.statements)
    name, field = place

    court.ask(name, **{field: text})

    assert court.statements - before == set()


def test_what_is_kept_is_what_was_written(court: Court) -> None:
    person = "x'; DROP TABLE event; --"

    assert court.ask("seat", person=person)["data"]["seat"]["__typename"] == "Accepted"

    store = court.web.app.state.service.store
    assert store.read.parties_of(court.deal, person) == ("ATG",)
    assert store.read.parties_of(court.deal, "x' OR '1'='1") == ()
    assert store.read.history(court.deal)[-1].members == ((person, "ATG", True),)


def test_the_linter_finds_a_statement_that_is_put_together(tmp_path: Path) -> None:
    code = 'def find(name: str) -> str:\n    """Bad."""\n    return f"SELECT * FROM deal WHERE id = \'{name}\'"\n'
    top = Path(__file__).parents[2]
    bad = tmp_path / "bad.py"
    bad.write_text(f'"""Bad."""\n\n\n{code}', encoding="utf-8")

    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", str(top / "pyproject.toml"), str(bad)]
    found = subprocess.run(ruff, capture_output=True, text=True, timeout=60, check=False)

    assert found.returncode == 1
    assert "S608" in found.stdout
