"""Tokens of an issuer outside: good under the keys it publishes, for us, for their time; and nothing else is."""

import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.testclient import TestClient

from api.agreements import shipped
from api.app import create_app, entry_of
from api.auth import NotSignedIn, Person
from api.clock import ManualClock
from api.issuer import AGAIN, LONGEST_KEPT, PAUSE, Issuer, KeysAtAddress, KeysInFile, issuer_from
from api.parts import tokens_from
from api.settings import Settings, WrongSetting, settings_from
from tests.api.conftest import clausula
from tests.api.escrow import LIBRARY, TEN
from tests.api.store_ledger import prepared

NAME, US = "https://id.example", "clausula"
SKEW = timedelta(seconds=30)
NOW = int(TEN.timestamp())
CLAIMS: dict[str, Any] = {"iss": NAME, "sub": "erin", "aud": US, "iat": NOW, "exp": NOW + 3600, "jti": "j-1"}
GONE = "(left out)"
RSA, OTHER_RSA = rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)
EC, ED = ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()
SHARED = b"s" * 32


def public(key: Any, name: str, **more: str) -> dict[str, Any]:
    """A key as an issuer publishes it."""
    algorithm = {"rsa": "RS256", "ec": "ES256", "ed": "EdDSA"}[name.split("-", maxsplit=1)[0]]
    written = jwt.algorithms.get_default_algorithms()[algorithm].to_jwk(key.public_key(), as_dict=True)
    return {**written, "kid": name, **more}


KEYS = [public(RSA, "rsa-1"), public(EC, "ec-1", use="sig", alg="ES256"), public(ED, "ed-1")]


def key_set(path: Path, keys: list[dict[str, Any]]) -> Path:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"keys": keys}))
    return fresh.replace(path)


def signed(key: Any = RSA, alg: str = "RS256", kid: Any = "rsa-1", header: Any = None, **claims: Any) -> str:
    """A good token, but for what is named here."""
    said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not GONE}
    top = {name: value for name, value in {"kid": kid, **(header or {})}.items() if value is not GONE}
    return jwt.encode(said, key, alg, headers=top)


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(NAME, US, SKEW, KeysInFile(key_set(tmp_path / "keys.json", KEYS)))


@pytest.mark.parametrize(
    ("key", "alg", "kid"),
    [(RSA, "RS256", "rsa-1"), (RSA, "PS512", "rsa-1"), (EC, "ES256", "ec-1"), (ED, "EdDSA", "ed-1")],
)
def test_a_token_of_the_issuer_says_who_somebody_is(issuer: Issuer, key: Any, alg: str, kid: str) -> None:
    found = issuer.read(signed(key, alg, kid, name="Erin"), TEN)

    assert found == Person("erin", "Erin", TEN + timedelta(hours=1) + SKEW, token=f"{NAME} j-1")


@pytest.mark.parametrize(
    "claims",
    [{"aud": ["another", US]}, {"jti": GONE}, {"iat": GONE}, {"nbf": NOW}, {"name": 5}, {"exp": NOW + 60.5},
     {"scope": "a b"}, {"role": "operator"}],
)  # fmt: skip
def test_more_may_be_said_and_is_not_heeded(issuer: Issuer, claims: dict[str, Any]) -> None:
    found = issuer.read(signed(**claims), TEN)

    assert (found.id, found.operator) == ("erin", False)


@pytest.mark.parametrize(
    ("claims", "after", "good"),
    [
        ({}, 3600 + 29, True), ({}, 3600 + 30, False), ({}, -30, True), ({}, -31, False),
        ({"nbf": NOW + 60}, 30, True), ({"nbf": NOW + 60}, 29, False), ({"nbf": NOW - 60}, -31, False),
        ({"exp": NOW - 30}, 0, False), ({"exp": NOW - 29}, 0, True),
    ],
)  # fmt: skip
def test_clocks_may_differ_by_what_is_allowed(issuer: Issuer, claims: dict[str, Any], after: int, good: bool) -> None:
    at = TEN + timedelta(seconds=after)
    if good:
        assert issuer.read(signed(**claims), at).id == "erin"
    else:
        with pytest.raises(NotSignedIn):
            issuer.read(signed(**claims), at)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"}, {"iss": f"{NAME}/"}, {"iss": GONE}, {"aud": "another"}, {"aud": []},
        {"aud": GONE}, {"aud": f"{US}2"}, {"sub": GONE}, {"sub": ""}, {"sub": " "}, {"sub": "e" * 256},
        {"sub": "er\x00in"}, {"exp": GONE}, {"exp": "soon"}, {"exp": True}, {"exp": 10**20}, {"iat": "now"},
        {"nbf": [NOW]},
    ],
)  # fmt: skip
def test_what_is_not_for_us_by_it_and_about_somebody_is_refused(issuer: Issuer, claims: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn):
        issuer.read(signed(**claims), TEN)


def test_a_subject_is_a_text(issuer: Issuer) -> None:
    for wrong in (5, None, ["erin"], {"id": "erin"}):
        token = jwt.PyJWS().encode(json.dumps({**CLAIMS, "sub": wrong}).encode(), RSA, "RS256", {"kid": "rsa-1"})
        with pytest.raises(NotSignedIn):
            issuer.read(token, TEN)


def test_the_key_decides_the_algorithm_and_nobody_who_sends_a_token(issuer: Issuer) -> None:
    pem = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    said = urlsafe_b64encode(json.dumps(CLAIMS).encode()).rstrip(b"=").decode()
    unsigned, shared = (
        urlsafe_b64encode(json.dumps({"alg": alg, "kid": "rsa-1"}).encode()).rstrip(b"=").decode()
        for alg in ("none", "HS256")
    )
    seal = hmac.digest(pem, f"{shared}.{said}".encode(), "sha256")
    confused = f"{shared}.{said}.{urlsafe_b64encode(seal).rstrip(b'=').decode()}"
    for token in (
        signed(OTHER_RSA), signed(kid="ec-1"), signed(EC, "ES256", "rsa-1"), signed(kid=GONE), confused,
        f"{unsigned}.{said}.", signed(header={"crit": ["exp"]}), signed(header={"typ": "logout+jwt"}),
        signed(header={"zip": "DEF"}), f"{signed()[:-4]}AAAA", "", "a.b.c", "é", "x" * 5000,
    ):  # fmt: skip
        with pytest.raises(NotSignedIn):
            issuer.read(token, TEN)
    assert issuer.read(signed(header={"jku": "https://elsewhere.example", "typ": "at+jwt"}), TEN).id == "erin"


def test_keys_that_do_not_verify_or_are_weak_are_none(tmp_path: Path) -> None:
    weak = rsa.generate_private_key(65537, 1024)
    shared = {"kty": "oct", "k": urlsafe_b64encode(SHARED).decode(), "kid": "shared", "alg": "HS256"}
    wrong = [
        shared, public(weak, "rsa-weak"), public(RSA, "rsa-enc", use="enc"), public(RSA, "rsa-hs", alg="HS256"),
        {**public(EC, "ec-x"), "x": "AA"}, {"kty": "RSA", "kid": "empty"}, {"kty": "EC", "crv": "P-1"}, {}, 5,
    ]  # fmt: skip
    keys = KeysInFile(key_set(tmp_path / "keys.json", [*wrong, public(RSA, "rsa-1")]))  # type: ignore[list-item]

    assert list(keys()) == ["rsa-1"]


def test_a_single_key_needs_no_name(tmp_path: Path) -> None:
    alone = Issuer(NAME, US, SKEW, KeysInFile(key_set(tmp_path / "keys.json", [public(RSA, "rsa-1")])))

    assert alone.read(signed(kid=GONE), TEN).id == "erin"


def test_keys_in_a_file_are_read_again_when_it_changes(issuer: Issuer, tmp_path: Path) -> None:
    token = signed(OTHER_RSA, kid="rsa-2")
    with pytest.raises(NotSignedIn):
        issuer.read(token, TEN)

    key_set(tmp_path / "keys.json", [public(OTHER_RSA, "rsa-2")])

    assert issuer.read(token, TEN).id == "erin"
    with pytest.raises(NotSignedIn):
        issuer.read(signed(), TEN)

    (tmp_path / "keys.json").write_text("{")
    assert issuer.read(token, TEN).id == "erin"  # what is no key set takes nothing away


# -------------------------------------------------------------- keys at an address


class Published:
    """An issuer's server: what it publishes, and how often it was asked."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] | None = KEYS
        self.asked = 0
        self.address = ""


@contextmanager
def publishing() -> Iterator[Published]:
    published = Published()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            published.asked += 1
            self.send_response(200 if published.keys is not None else 500)
            self.end_headers()
            self.wfile.write(json.dumps({"keys": published.keys}).encode())

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        published.address = f"http://127.0.0.1:{server.server_address[1]}/keys"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield published
        finally:
            server.shutdown()
            thread.join()


def test_keys_are_fetched_now_and_then_and_kept_while_the_issuer_is_away() -> None:
    now = 0.0
    with publishing() as published:
        keys = KeysAtAddress(published.address, lambda: now)
        assert keys() == {}
        assert keys.refresh()
        assert set(keys()) == {"rsa-1", "ec-1", "ed-1"}

        assert not keys.refresh()
        now += AGAIN
        published.keys = [public(OTHER_RSA, "rsa-2")]
        assert keys.refresh()
        assert set(keys()) == {"rsa-2"}

        published.keys = None
        now += LONGEST_KEPT - 1
        assert not keys.refresh()
        assert set(keys()) == {"rsa-2"}
        now += 1
        assert keys() == {}


def test_a_key_that_is_new_is_fetched_at_once_but_nobody_can_make_us_ask_again_and_again() -> None:
    now = 0.0
    with publishing() as published:
        keys = KeysAtAddress(published.address, lambda: now)
        keys.refresh()
        now += PAUSE - 1
        for _ in range(100):
            assert not keys.refresh(wanted=True)
        assert published.asked == 1
        now += 1
        assert keys.refresh(wanted=True)
        assert published.asked == 2


@pytest.fixture
def told(tmp_path: Path) -> Iterator[tuple[TestClient, Settings, Published]]:
    """A site that takes the tokens of an issuer."""
    with publishing() as published:
        settings = Settings(prepared(tmp_path / "deals.db"), shipped(), issuer=NAME, jwks=published.address)
        with TestClient(create_app(settings, ManualClock(TEN), LIBRARY)) as client:
            yield client, settings, published


def test_people_come_with_tokens_of_the_issuer_and_operators_with_ours(
    told: tuple[TestClient, Settings, Published],
) -> None:
    client, settings, _ = told
    ours = tokens_from(settings)

    def answer(token: str, query: str = "{ me { id } }") -> Any:
        return client.post("/graphql", json={"query": query}, headers={"Authorization": f"Bearer {token}"})

    assert answer(signed(sub="https://id.example/erin")).json()["data"] == {"me": {"id": "https://id.example/erin"}}
    assert answer(ours.issue("erin", TEN, timedelta(days=1))).status_code == 401
    operator = ours.issue("keeper", TEN, timedelta(days=1), operator=True)
    assert answer(operator, "{ health { ready } }").json()["data"] == {"health": {"ready": True}}
    assert (
        answer(signed(role="operator"), "{ health { ready } }").json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    )
    assert answer("nonsense").status_code == answer(signed(OTHER_RSA)).status_code == 401


def test_a_key_that_the_issuer_has_just_begun_to_use_is_known_at_once(
    told: tuple[TestClient, Settings, Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _, published = told
    first = {"Authorization": f"Bearer {signed()}"}
    assert client.post("/graphql", json={"query": "{ me { id } }"}, headers=first).status_code == 200

    monkeypatch.setattr("api.issuer.PAUSE", 0.0)
    published.keys = [*KEYS, public(OTHER_RSA, "rsa-2")]
    headers = {"Authorization": f"Bearer {signed(OTHER_RSA, kid='rsa-2')}"}

    assert client.post("/graphql", json={"query": "{ me { id } }"}, headers=headers).status_code == 200


def test_a_person_of_an_issuer_can_be_signed_out(told: tuple[TestClient, Settings, Published]) -> None:
    client, *_ = told
    headers = {"Authorization": f"Bearer {signed()}"}
    out = client.post("/graphql", json={"query": "mutation { signOut { ... on Revoked { person } } }"}, headers=headers)

    assert out.json()["data"] == {"signOut": {"person": "erin"}}
    assert client.post("/graphql", json={"query": "{ me { id } }"}, headers=headers).status_code == 401


# ----------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("name", "where"),
    [(NAME, ""), ("", "keys.json"), (NAME, "no/such/file"), (NAME, "http://id.example/keys"), (NAME, "ftp://x/keys")],
)
def test_an_issuer_that_cannot_be_asked_safely_is_refused(name: str, where: str) -> None:
    with pytest.raises(WrongSetting, match="CLAUSULA_JWKS"):
        issuer_from(name, where, US, 30)


def test_without_an_issuer_the_keys_kept_here_count(tmp_path: Path) -> None:
    assert entry_of(Settings(tmp_path / "a.db", tmp_path)).issuer is None
    found = settings_from(
        {"CLAUSULA_ISSUER": NAME, "CLAUSULA_JWKS": "k", "CLAUSULA_AUDIENCE": "a", "CLAUSULA_CLOCK_SKEW": "5"}
    )
    assert (found.issuer, found.jwks, found.audience, found.clock_skew) == (NAME, "k", "a", 5)
    with pytest.raises(WrongSetting, match="CLAUSULA_CLOCK_SKEW"):
        settings_from({"CLAUSULA_CLOCK_SKEW": "301"})


def test_no_token_for_people_is_made_here_where_an_issuer_makes_them(
    deal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUSULA_ISSUER", NAME)
    monkeypatch.setenv("CLAUSULA_JWKS", "https://id.example/keys")

    refused, made = clausula("token", "anna"), clausula("token", "anna", "--operator")

    assert (refused.exit_code, made.exit_code) == (2, 0)
    assert "CLAUSULA_ISSUER" in refused.stderr
