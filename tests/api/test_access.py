"""Nobody sees or does what is not his or hers: every question, act and stream, asked by everybody there can be."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, cast

import pytest
import strawberry
from sqlalchemy import Engine
from sqlalchemy import event as on
from starlette.websockets import WebSocketDisconnect

from api import access
from api.access import Line, Lines
from api.answers import Accepted, Opened
from api.auth import secret_in
from api.evidence import keys, personal, signature
from api.evidence.sealer import Sealer
from api.parts import tokens_from
from api.schema import make_schema
from api.schema.access import Ungoverned, govern
from api.service import SeatAsk, Terms
from tests.api.asking import Operation, Told, all_fields, operations, roots, told
from tests.api.bad_days.trying import Tried
from tests.api.escrow import LIBRARY, OPENING, SEATS, Site, World, site, succeed
from tests.api.test_webhooks_asked import ACTS as ON_WEBHOOKS

TABLE: Final = tomllib.loads((Path(__file__).parent / "access_matrix.toml").read_text(encoding="utf-8"))
PEOPLE: Final[list[str]] = TABLE["people"]
GETS: Final = {name: dict(zip(PEOPLE, row, strict=True)) for name, row in TABLE["gets"].items()}
SCHEMA: Final = make_schema(LIBRARY.editions.values())._schema
OPERATIONS: Final = operations(SCHEMA, TABLE["samples"])
RIGHTS: Final = {
    (type_, name): tuple(right for right, names in rows.items() if name in names)
    for type_, rows in TABLE["fields"].items()
    for name in {each for names in rows.values() for each in names}
}
"""By which right each field of each type is told; of several, any."""
NAMES: Final = {
    "NTSCO": "nina", "ATG": "andy", "Omaha": "omar", "Purchaser": "paul", "Escrow Agent": "hugo",
    "David Grin": "david", "former agent": "erin", "left": "petra", "agent elsewhere": "olga", "stranger": "zoe",
    "operator": "keeper", "ended": "nina", "revoked": "nina",
}  # fmt: skip
SUBMIT: Final = """mutation {{ submit(dealId: $deal, as: {party}, act: {{text: {what}}}, idempotencyKey: {key}) {{
  __typename ... on Invalid {{ code problems }} ... on Refused {{ summary }} }} }}"""
ACTION: Final = """mutation {{ submitAction(dealId: $deal, as: {party}, name: "presentDispute",
  arguments: {{name: {what}, stating: {{grounds: "x"}}}}, idempotencyKey: {key}) {{
  __typename ... on Invalid {{ code problems }} ... on Refused {{ summary }} }} }}"""
ACTIONS: Final = """mutation {{ submitActions(dealId: $deal, actions: [{{as: {party}, act: {{text: {what}}}}}],
  idempotencyKey: {key}) {{ __typename ... on Invalid {{ code problems }} ... on NoneDone {{ message }} }} }}"""
TYPED: Final = """mutation {{ submitFundsEscrow(dealId: $deal, as: {party},
  action: {{presentDispute: {{name: {what}, stating: {{grounds: "x"}}}}}}, idempotencyKey: {key}) {{
  __typename ... on Invalid {{ code problems }} ... on Refused {{ summary }} }} }}"""
TOGETHER: Final = """mutation {{ submitFundsEscrowActions(dealId: $deal, actions: [{{as: {party},
  action: {{presentDispute: {{name: {what}, stating: {{grounds: "x"}}}}}}}}], idempotencyKey: {key}) {{
  __typename ... on Invalid {{ code problems }} ... on NoneDone {{ message }} }} }}"""
SEAT: Final = """mutation {{ seat(dealId: $deal, party: {party}, person: {what}, acts: true, idempotencyKey: {key}) {{
  __typename ... on Invalid {{ code problems }} }} }}"""
KEEP: Final = """mutation { keepPersonal(dealId: $deal, about: "anna", value: "12 Rose Lane") {
  __typename ... on Invalid { code problems } } }"""
HOOK: Final = '''mutation { createWebhook(dealId: $deal, url: "https://93.184.216.34/in",
  document: """subscription { dealEvents(dealId: $deal) { version } }""") {
  __typename ... on Invalid { code problems } } }'''
FIRST: Final = """mutation { seatFirst(dealId: $deal, party: "Eugene Grin", person: "ed", idempotencyKey: "first") {
  __typename } }"""
NO_DEAL: Final = "f" * 32
OUTSIDE: Final = ("left", "agent elsewhere", "stranger", "operator", "anonymous", "ended", "revoked")


# ------------------------------------------------------------------ the table


def test_each_field_of_the_schema_has_a_row() -> None:
    assert set(RIGHTS) == all_fields(SCHEMA)
    assert {right for rights in RIGHTS.values() for right in rights} <= GETS.keys()


def test_everything_can_be_asked_for() -> None:
    assert {each for one in OPERATIONS for each in one.fields} == all_fields(SCHEMA)


def test_a_question_that_nobody_has_a_row_for_is_not_served() -> None:
    @strawberry.type
    class Query:
        @strawberry.field
        def everything(self) -> str:
            return "told"

    with pytest.raises(Ungoverned, match=r"Query\.everything"):
        govern(strawberry.Schema(Query)._schema)


# ------------------------------------------------------------------ the people


@dataclass
class Court:
    """A site with a deal and everybody who could ask about it."""

    web: Site
    deal: str
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)

    def note(self, _: object, __: object, statement: str, *___: object) -> None:
        """Remember what the database is asked."""
        self.statements.append(statement)

    def readings(self) -> tuple[Line, ...]:
        """Who has read what of the deal."""
        journal = self.web.app.state.service.access.journal
        journal.flush()
        found: Lines = journal.lines(self.deal, None, 10_000)
        return found.lines

    def ask(self, person: str, words: str, deal: str = "") -> tuple[int, bytes]:
        """The answer to an operation, with its status."""
        self.statements.clear()
        body = {"query": words.replace("$deal", json.dumps(deal or self.deal))}
        found = self.web.client.post("/graphql", json=body, headers={"X-Request-Id": "r", **self.headers[person]})
        return found.status_code, found.content

    def follow(self, person: str, words: str, deal: str = "") -> tuple[int, bytes]:
        """The first message of a stream, or how the connection was closed."""
        self.statements.clear()
        said = {name.lower(): value for name, value in self.headers[person].items()}
        payload = {"query": words.replace("$deal", json.dumps(deal or self.deal))}
        with self.web.client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
            socket.send_json({"type": "connection_init", "payload": said})
            try:
                socket.receive_json()
                socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
                message = socket.receive_json()
            except WebSocketDisconnect as closed:
                return closed.code, b""
        answer = message["payload"] if message["type"] == "next" else {"errors": message["payload"]}
        return 200, json.dumps(answer, sort_keys=True).encode()


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as ending:
        patch.setattr(access, "TICK", 3600.0)
        patch.setattr("api.parts.INTERVAL", 3600.0)
        patch.setattr("api.webhooks.dispatcher.INTERVAL", 3600.0)
        web = ending.enter_context(site(tmp_path_factory.mktemp("court")))
        service = web.app.state.service
        world = World(service, web.clock)
        here = Court(web, world.open())
        succeed(world)
        left = SeatAsk(here.deal, "Purchaser", "petra", False)
        came = SeatAsk(here.deal, "Escrow Agent", "hugo", True, operator=True)
        elsewhere = Terms("funds_escrow", {party: ["olga"] for party in SEATS}, OPENING.blanks)
        done = (
            service.seat("paul", left, "leave"), service.seat("keeper", came, "come"),
            service.open("olga", elsewhere, "elsewhere"),
        )  # fmt: skip
        assert [type(each) for each in done] == [Accepted, Accepted, Opened]
        _admit(here)
        _prove(here)
        noted = here.note
        on.listen(Engine, "before_cursor_execute", noted)
        yield here
        on.remove(Engine, "before_cursor_execute", noted)


def _admit(court: Court) -> None:
    """Tokens for everybody; that of one has ended, and that of another was revoked."""
    web = court.web
    court.headers["ended"] = web.token("nina", timedelta(minutes=1))
    court.headers["revoked"] = web.token("nina")
    tokens = tokens_from(web.settings)
    revoked = court.headers["revoked"]["Authorization"].removeprefix("Bearer ")
    web.app.state.service.access.revoke_token(tokens.read(revoked, web.clock.now()))
    web.clock.advance(timedelta(minutes=1))
    operator = tokens.issue("keeper", web.clock.now(), timedelta(days=1), operator=True)
    court.headers |= {"operator": {"Authorization": f"Bearer {operator}"}, "anonymous": {}}
    for person, name in NAMES.items():
        court.headers.setdefault(person, web.token(name))


def _prove(court: Court) -> None:
    """Two keys for everybody, something about a person that is kept for the deal, and all that was done sealed."""
    web, store = court.web, court.web.app.state.service.store
    for person in sorted(set(NAMES.values())):
        for secret in (secret_of(person), secret_of(f"{person} again")):
            public = signature.public_key(secret)
            proof = signature.sign(secret, signature.key_text(person, public))
            asked = keys.Registration(person, public, proof, operator=True)
            assert isinstance(keys.register(store, asked, web.clock.now()), keys.PersonKey)
    assert isinstance(personal.keep(store, court.deal, "anna", "12 Rose Lane", web.clock.now()), personal.Personal)
    Sealer(store, secret_in(web.settings.seal_key_file), web.settings.checkpoint_file, web.clock).seal()


def secret_of(name: str) -> str:
    """The same secret key for a name whenever it is asked for."""
    return sha256(name.encode()).hexdigest()


def got(status: int, content: bytes, root: str) -> str:
    """What somebody gets, in the words of the table."""
    if status != 200:
        return str(status)
    answer = json.loads(content)
    found = (answer.get("data") or {}).get(root.partition(".")[2])
    if "errors" in answer and found is None:
        (error,) = answer["errors"]
        return str(error["extensions"]["code"])
    assert "errors" not in answer, answer
    if found is None or found == [None]:
        return "nothing"
    return str(found["code"]) if isinstance(found, dict) and found.get("__typename") == "Invalid" else "told"


# ----------------------------------------------------------- questions and streams

TRYING: Final = ("preview", "toSign", "toSignAll", "whyNot")
REFUSED_BY_THE_DEAL: Final = {(f"Query.{each}", "NOT_YOUR_PARTY") for each in TRYING}
"""Answers that say of the deal who acts in it, and so are on record, too."""
QUESTIONS: Final = [each for each in OPERATIONS if not each.root.startswith(("Mutation.", "Subscription.myEvents"))]
"""What is in all of one's deals is told of none at the first moment: see `test_everywhere`."""


def asked(court: Court, person: str, operation: Operation, deal: str = "") -> tuple[int, bytes]:
    ask = court.follow if operation.root.startswith("Subscription.") else court.ask
    return ask(person, operation.words, deal)


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_is_told_what_is_theirs_and_nothing_else(court: Court, tried: Tried, person: str) -> None:
    """And what is told of the deal is on record, and nothing else is."""
    before, expected = {each.id for each in court.readings()}, []
    for operation in QUESTIONS:
        (right,) = RIGHTS[cast(Told, tuple(operation.root.split(".")))]
        status, content = asked(court, person, operation)
        answer = got(status, content, operation.root)

        assert answer == GETS[right][person], operation.root
        data = json.loads(content).get("data") if status == 200 else None
        seen = set(told(data, operation.root))
        beyond = {each for each in seen if all(GETS[one][person] != "told" for one in RIGHTS[each])}
        assert beyond == set(), operation.root
        if "$deal" in operation.words and (answer == "told" or (operation.root, answer) in REFUSED_BY_THE_DEAL):
            expected.append((NAMES[person], operation.root.partition(".")[2]))

    found = [(each.person, each.fields.split(" ")[0]) for each in court.readings() if each.id not in before]
    assert sorted(found) == sorted(expected)
    tried(questions=len(QUESTIONS), told_without_a_right=0)


@pytest.mark.parametrize("person", OUTSIDE)
def test_a_deal_of_others_is_like_one_that_is_not_there(court: Court, person: str) -> None:
    """The answers are the same byte for byte, and so is what the database is asked, which takes the same time."""
    for operation in QUESTIONS:
        if "$deal" not in operation.words:
            continue
        answers = [(asked(court, person, operation, deal), tuple(court.statements)) for deal in (court.deal, NO_DEAL)]

        assert answers[0] == answers[1], operation.root


# ------------------------------------------------------------------------- acts

DISPUTE: Final = 'present the Dispute "D-{}" stating Grounds as "x"'
ACTS: Final = {
    "submit for ATG": ("Mutation.submit", SUBMIT, "ATG", DISPUTE),
    "submit for Escrow Agent": ("Mutation.submit", SUBMIT, "Escrow Agent", "take a Hold"),
    "submitAction for ATG": ("Mutation.submitAction", ACTION, "ATG", "D-{}"),
    "submitActions for ATG": ("Mutation.submitActions", ACTIONS, "ATG", DISPUTE),
    "submitFundsEscrow for ATG": ("Mutation.submitFundsEscrow", TYPED, "ATG", "D-{}"),
    "submitFundsEscrowActions for ATG": ("Mutation.submitFundsEscrowActions", TOGETHER, "ATG", "D-{}"),
    "seat for ATG": ("Mutation.seat", SEAT, "ATG", "newcomer {}"),
    "seat for Escrow Agent": ("Mutation.seat", SEAT, "Escrow Agent", "newcomer {}"),
}


RIGHT_TO: Final = {act: "submit for ATG" for act in ACTS if act.startswith("submit") and act.endswith("for ATG")}
"""The rows of acts that are the same act in other words."""


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_for_a_party_without_a_seat_that_is_good(court: Court, act: str) -> None:
    root, words, party, what = ACTS[act]
    service = court.web.app.state.service
    version, done = len(service.store.read.history(court.deal)), 0
    for number, person in enumerate(PEOPLE):
        for deal in ("", NO_DEAL):
            given = what.format(f"{act} {number}")
            said = {"party": party, "what": given, "key": f"{act} {number} {deal}"}
            written = words.format(**{name: json.dumps(each) for name, each in said.items()})
            status, content = court.ask(person, written, deal)
            wanted = GETS[RIGHT_TO.get(act, act)][person]
            assert got(status, content, root) == (wanted if not deal or person in OUTSIDE else "NO_SUCH_DEAL"), person
            done += wanted == "told" and not deal

    assert len(service.store.read.history(court.deal)) == version + done == version + 1


def test_a_stranger_costs_a_service_that_has_just_begun_no_more_for_a_deal_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.parts.INTERVAL", 3600.0)
    monkeypatch.setattr("api.webhooks.dispatcher.INTERVAL", 3600.0)
    with site(tmp_path) as web:
        deal, clock = web.open(), web.clock
    asked = []
    for wanted in (deal, NO_DEAL):
        with site(tmp_path, clock) as web:
            court = Court(web, wanted, {"stranger": web.token("zoe")})
            on.listen(Engine, "before_cursor_execute", noted := court.note)
            court.ask("stranger", SUBMIT.format(party='"ATG"', what='"sign the Documents"', key='"one"'))
            on.remove(Engine, "before_cursor_execute", noted)
            asked.append(tuple(court.statements))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("person", OUTSIDE)
def test_an_act_in_a_deal_of_others_is_like_one_in_none(court: Court, person: str) -> None:
    for _, words, party, what in ACTS.values():
        written = words.format(party=json.dumps(party), what=json.dumps(what), key='"outside"')
        answers = [(court.ask(person, written, deal), tuple(court.statements)) for deal in (court.deal, NO_DEAL)]

        assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            "Mutation.openDeal",
            """mutation { openDeal(agreement: "funds_escrow", roles: [{party: "Escrow Agent", persons: ["$me"]}],
            idempotencyKey: "mine", blanks: [{name: "Agreement Date", value: "1 September 2005"},
            {name: "Agent's Fee", value: "USD 25,000.00"}]) { __typename ... on Invalid { code } } }""",
        ),
        ("Mutation.revokeTokens", 'mutation { revokeTokens(person: "zed") { __typename } }'),
        ("Mutation.seatFirst", FIRST),
        ("Mutation.signOut", "mutation { signOut { __typename } }"),
        (
            "Mutation.registerKey",
            'mutation { registerKey(key: "$key", proof: "$proof") { __typename ... on Invalid { code } } }',
        ),
        ("Mutation.revokeKey", 'mutation { revokeKey(id: "$id") { __typename ... on Invalid { code } } }'),
    ],
)
def test_acts_that_take_no_seat_in_a_deal(court: Court, act: str, words: str) -> None:
    (right,) = RIGHTS[cast(Told, tuple(act.split(".")))]
    for person in PEOPLE:
        kept = court.headers[person]
        if act == "Mutation.signOut" and GETS[right][person] == "told":
            court.headers[person] = court.web.token(NAMES[person])
        found = court.ask(person, filled(words, NAMES.get(person, "nobody")))

        assert got(*found, act) == GETS[right][person], person
        if court.headers[person] is not kept:
            assert got(*court.ask(person, "{ me { id } }"), "Query.me") == "401"
        court.headers[person] = kept


def filled(words: str, name: str) -> str:
    """An act with what somebody needs for it: the name, the key that is registered and the id of the other."""
    public = signature.public_key(secret_of(name))
    given = {
        "$me": name,
        "$key": public,
        "$proof": signature.sign(secret_of(name), signature.key_text(name, public)),
        "$id": signature.key_id(signature.public_key(secret_of(f"{name} again"))),
    }
    for sign, value in given.items():
        words = words.replace(sign, value)
    return words


def test_nobody_revokes_a_key_of_somebody_else(court: Court) -> None:
    words = filled('mutation { revokeKey(id: "$id") { __typename ... on Invalid { code } } }', "paul")

    assert got(*court.ask("stranger", words), "Mutation.revokeKey") == "NO_SUCH_KEY"


@pytest.mark.parametrize(("act", "words"), [("keepPersonal", KEEP), ("createWebhook", HOOK)])
def test_something_is_kept_for_a_deal_by_who_has_a_seat_in_it(court: Court, act: str, words: str) -> None:
    (right,) = RIGHTS["Mutation", act]
    for person in PEOPLE:
        answers = [(court.ask(person, words, deal), tuple(court.statements)) for deal in ("", NO_DEAL)]

        assert got(*answers[0][0], f"Mutation.{act}") == GETS[right][person], person
        assert (answers[0] == answers[1]) is (person in OUTSIDE), person


def test_each_act_was_tried() -> None:
    elsewhere = "openDeal revokeTokens signOut registerKey revokeKey keepPersonal createWebhook invite acceptInvitation"
    others = {f"Mutation.{each}" for each in (*elsewhere.split(), "seatFirst", *ON_WEBHOOKS)}

    assert {root for root, *_ in ACTS.values()} | others == {each for each in roots(SCHEMA) if "Mutation." in each}
