"""Who is let in: a token that this service signed, for this service, and that has not ended. Nobody else (RFC 8725)."""

import hmac
import json
import logging
import os
import stat
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.auth import (
    LEEWAY,
    LONGEST_TOKEN,
    KeptTokens,
    NotSignedIn,
    Person,
    Tokens,
    WeakKey,
    bearer,
    key_id,
    keys_in,
    renew_key,
    retire_keys,
)
from tests.api.escrow import TEN, Site

KEY, OTHER = b"k" * 32, b"o" * 32
TOKENS = Tokens(KEY)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
CLAIMS: dict[str, Any] = {
    "sub": "erin",
    "name": "Erin",
    "iat": int(TEN.timestamp()),
    "us": 0,
    "exp": int((TEN + DAY).timestamp()),
    "iss": "clausula",
    "aud": "clausula",
    "jti": "t-1",
}
HEADER = {"alg": "HS256", "kid": key_id(KEY), "typ": "clausula+jwt"}
GONE = "(left out)"


def part(content: str) -> str:
    return urlsafe_b64encode(content.encode()).rstrip(b"=").decode()


def signed(header: str, claims: str, key: bytes = KEY, how: str = "sha256") -> str:
    """A token that says this, under a signature that is good for it."""
    said = f"{part(header)}.{part(claims)}"
    return f"{said}.{urlsafe_b64encode(hmac.digest(key, said.encode(), how)).rstrip(b'=').decode()}"


def token(claims: Mapping[str, Any] | None = None, header: Mapping[str, Any] | None = None, key: bytes = KEY) -> str:
    """A good token, but for what is named here."""
    said = {name: value for name, value in {**CLAIMS, **(claims or {})}.items() if value is not GONE}
    top = {name: value for name, value in {**HEADER, **(header or {})}.items() if value is not GONE}
    return signed(json.dumps(top), json.dumps(said), key)


def refused(written: str, at: datetime = TEN, tokens: Tokens = TOKENS) -> None:
    with pytest.raises(NotSignedIn):
        tokens.read(written, at)


# --------------------------------------------------------------- a good token


def test_a_token_says_who_somebody_is() -> None:
    assert TOKENS.read(TOKENS.issue("erin", TEN, DAY, "Erin"), TEN) == Person("erin", "Erin", TEN + DAY)
    assert TOKENS.read(token(), TEN) == Person("erin", "Erin", TEN + DAY)


def test_the_token_of_an_operator_says_so() -> None:
    found = TOKENS.read(TOKENS.issue("keeper", TEN, DAY, operator=True), TEN)

    assert found == Person("keeper", "keeper", TEN + DAY, operator=True)


def test_no_two_tokens_have_one_name() -> None:
    found = {TOKENS.read(TOKENS.issue("erin", TEN, DAY), TEN).token for _ in range(100)}

    assert len(found) == 100


# ----------------------------------------------------------------------- time


@pytest.mark.parametrize(
    ("claims", "after", "good"),
    [
        ({}, timedelta(0), True),
        ({}, DAY - timedelta(microseconds=1), True),
        ({}, DAY, False),  # no leeway at its end
        ({}, DAY + LEEWAY, False),
        ({}, -LEEWAY, True),  # the clock of whoever issued it may be a little ahead
        ({}, -LEEWAY - timedelta(microseconds=1), False),
        ({"us": 999_999}, -LEEWAY + SECOND, True),
        ({"us": 999_999}, -LEEWAY, False),
        ({"nbf": CLAIMS["iat"] + 60}, timedelta(0), False),
        ({"nbf": CLAIMS["iat"] + 60}, timedelta(seconds=60) - LEEWAY, True),
        ({"nbf": CLAIMS["iat"] + 60}, timedelta(seconds=60) - LEEWAY - timedelta(microseconds=1), False),
        ({"nbf": CLAIMS["iat"] - 60}, -LEEWAY - SECOND, False),  # not before it was issued either
        ({"exp": CLAIMS["iat"]}, timedelta(0), False),
        ({"exp": 0}, timedelta(0), False),
        ({"exp": -1}, timedelta(0), False),
    ],
)
def test_a_token_is_good_from_its_beginning_to_its_end(claims: dict[str, int], after: timedelta, good: bool) -> None:
    written = token(claims)

    if good:
        assert TOKENS.read(written, TEN + after).id == "erin"
    else:
        refused(written, TEN + after)


# ----------------------------------------------------------- what is no token


@pytest.mark.parametrize(
    "claims",
    [
        *({name: GONE} for name in CLAIMS),
        {"aud": "another"}, {"aud": ["clausula", "another"]}, {"aud": ["clausula"]}, {"aud": ""}, {"aud": None},
        {"iss": "another"}, {"iss": "CLAUSULA"}, {"iss": ["clausula"]},
        {"sub": ""}, {"sub": 5}, {"sub": None}, {"sub": ["erin"]}, {"sub": "e" * 256}, {"sub": "er\x00in"},
        {"sub": "\ud800"}, {"name": "\ud800"}, {"name": ""}, {"jti": ""}, {"jti": 7},
        {"exp": "tomorrow"}, {"exp": 10**17}, {"exp": 10**20}, {"exp": 1125669600.0}, {"exp": True},
        {"iat": str(CLAIMS["iat"])}, {"iat": 1.5}, {"iat": -(10**17)}, {"nbf": "now"}, {"nbf": None},
        {"us": -1}, {"us": 1_000_000}, {"us": "0"},
        {"role": "admin"}, {"role": ""}, {"role": None}, {"role": ["operator"]}, {"role": True},
        {"scope": "everything"}, {"operator": True}, {"cnf": {"jwk": {}}},
    ],
)  # fmt: skip
def test_a_token_that_says_anything_else_is_none(claims: dict[str, Any]) -> None:
    refused(token(claims))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"}, {"alg": "None"}, {"alg": "nOnE"}, {"alg": ""}, {"alg": GONE}, {"alg": None},
        {"alg": ["HS256"]}, {"alg": "hs256"}, {"alg": "HS384"}, {"alg": "HS512"}, {"alg": "RS256"}, {"alg": "ES256"},
        {"alg": "EdDSA"},
        {"typ": GONE}, {"typ": "JWT"}, {"typ": "at+jwt"}, {"typ": "CLAUSULA+JWT"}, {"typ": None},
        {"kid": GONE}, {"kid": ""}, {"kid": None}, {"kid": 0}, {"kid": [key_id(KEY)]}, {"kid": key_id(OTHER)},
        {"kid": "../../../dev/null"}, {"kid": "/proc/sys/kernel/randomize_va_space"}, {"kid": "token.key"},
        {"kid": f"{key_id(KEY)}' OR '1'='1"}, {"kid": "' UNION SELECT 'k"}, {"kid": "$(id)"},
        {"kid": key_id(KEY).upper()},
        {"crit": ["exp"]}, {"crit": []}, {"b64": False, "crit": ["b64"]}, {"zip": "DEF"}, {"cty": "JWT"},
        {"jku": "https://elsewhere.example/keys"}, {"x5u": "https://elsewhere.example/keys"}, {"x5c": ["MII"]},
        {"jwk": {"kty": "oct", "k": part("k" * 32)}},
    ],
)  # fmt: skip
def test_nobody_has_a_say_in_how_a_token_is_checked(header: dict[str, Any]) -> None:
    refused(token(header=header))


def test_another_algorithm_is_none_even_under_a_good_key() -> None:
    said = json.dumps(CLAIMS)
    refused(signed(json.dumps({**HEADER, "alg": "HS512"}), said, how="sha512"))
    refused(signed(json.dumps(HEADER), said, how="sha512"))
    refused(signed(json.dumps(HEADER), said, OTHER))
    refused(signed(json.dumps(HEADER), said, key_id(KEY).encode()))
    refused(jwt.encode(CLAIMS, Ed25519PrivateKey.generate(), "EdDSA", headers={**HEADER, "alg": "EdDSA"}))
    unsigned = token().rpartition(".")[0]
    refused(f"{unsigned}.")
    refused(f"{part(json.dumps({**HEADER, 'alg': 'none'}))}.{unsigned.partition('.')[2]}.")


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        (json.dumps(HEADER)[:-1] + ', "alg": "HS256"}', json.dumps(CLAIMS)),
        ('{"alg": "none", ' + json.dumps(HEADER)[1:], json.dumps(CLAIMS)),
        (json.dumps(HEADER), '{"sub": "zoe", ' + json.dumps(CLAIMS)[1:]),
        (json.dumps(HEADER), json.dumps(CLAIMS)[:-1] + ', "role": "operator", "role": "operator"}'),
        (json.dumps(HEADER), json.dumps(CLAIMS)[:-1] + ', "nbf": NaN}'),
        (json.dumps(HEADER), json.dumps(CLAIMS)[:-1] + ', "nbf": -Infinity}'),
        (json.dumps(HEADER), json.dumps(CLAIMS)[:-1] + ', "x": ' + "[" * 1000 + "]" * 1000 + "}"),
        (json.dumps(HEADER), json.dumps(CLAIMS) + "{}"),
        (json.dumps(HEADER), f"\ufeff{json.dumps(CLAIMS)}"),
        (json.dumps(HEADER), json.dumps([CLAIMS])),
        (json.dumps([HEADER]), json.dumps(CLAIMS)),
        ('"HS256"', '"erin"'),
        ("", ""),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(header: str, claims: str) -> None:
    refused(signed(header, claims))


def test_a_token_is_written_in_one_way_only() -> None:
    good = token()
    head, said, seal = good.split(".")
    longer = token({"name": "E" * 200, "sub": "e" * 200})
    assert TOKENS.read(longer, TEN).id == "e" * 200
    for written in (
        f" {good}", f"{good} ", f"{good}\n", f"{good}=", f"{good}.", f".{good}", f"{head}.{said}", f"{good}.{seal}",
        f"{head}=.{said}.{seal}", f"{head}.{said}.{seal[:-1]}", f"{head}.{said}.{seal}A", good.replace(".", "%2E"),
        f"{head}.{said}.{seal[:-1]}{'B' if seal[-1] == 'A' else 'A'}", f"{head}.{said}\n.{seal}", f"{head}..{seal}",
        good.replace("-", "+").replace("_", "/") + "!", "é", "", "a.b.c", "...", "." * 10_000, good * 100,
        f"{good}\u200b", "\x00",
    ):  # fmt: skip
        refused(written)


def test_the_last_letter_of_a_signature_cannot_be_another() -> None:
    """32 bytes leave two bits of the last letter unused; with other bits there it would be a second good token."""
    head, said, seal = token().split(".")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    good = [each for each in letters if _is_good(f"{head}.{said}.{seal[:-1]}{each}")]

    assert good == [seal[-1]]


def _is_good(written: str) -> bool:
    try:
        TOKENS.read(written, TEN)
    except NotSignedIn:
        return False
    return True


def test_a_token_that_is_too_long_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr("api.auth.read_json", looked.append)

    refused("a" * (LONGEST_TOKEN - 3) + ".a.a")

    assert looked == []


def test_a_header_carries_one_token() -> None:
    assert bearer("Bearer abc") == bearer("bearer  abc ") == "abc"
    assert bearer(None) is None
    for header in ("abc", "Basic abc", "Bearer ", "Bearer"):
        with pytest.raises(NotSignedIn):
            bearer(header)


# ----------------------------------------------------------------------- keys


def test_a_short_key_is_refused() -> None:
    with pytest.raises(WeakKey):
        Tokens(b"short")
    with pytest.raises(WeakKey):
        Tokens(KEY, (b"short",))


def test_a_retiring_key_still_opens_and_signs_no_more() -> None:
    both = Tokens(OTHER, (KEY,))

    assert both.read(token(), TEN).id == "erin"
    assert Tokens(OTHER).read(both.issue("erin", TEN, DAY), TEN).id == "erin"
    refused(both.issue("erin", TEN, DAY))
    refused(token(), tokens=Tokens(OTHER))
    refused(token(header={"kid": key_id(OTHER)}), tokens=both)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = keys_in(tmp_path / "data")
    second = keys_in(tmp_path / "data")

    assert first == second
    assert [len(each) for each in first] == [32]
    (kept,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert keys_in(tmp_path / "other") != first


def test_two_keys_are_good_and_the_third_is_retired(tmp_path: Path) -> None:
    kept = KeptTokens(tmp_path)
    issued = [kept().issue("erin", TEN, DAY)]
    for _ in range(2):
        renew_key(tmp_path)
        issued.append(kept().issue("erin", TEN, DAY))

    assert len(keys_in(tmp_path)) == 2
    assert [kept().read(each, TEN).id for each in issued[1:]] == ["erin", "erin"]
    refused(issued[0], tokens=kept())

    retire_keys(tmp_path)

    assert kept().read(issued[2], TEN).id == "erin"
    refused(issued[1], tokens=kept())
    assert [each.name for each in tmp_path.iterdir()] == ["token.key"]
    assert stat.S_IMODE((tmp_path / "token.key").stat().st_mode) == 0o600


def test_a_service_that_runs_takes_a_new_key_over(web: Site) -> None:
    folder = web.settings.key_folder
    old = web.token("erin")
    renew_key(folder)
    new = web.token("erin")
    retire_keys(folder)

    ask = {"query": "{ me { id } }"}
    assert web.client.post("/graphql", json=ask, headers=new).json()["data"] == {"me": {"id": "erin"}}
    assert web.client.post("/graphql", json=ask, headers=old).status_code == 401


# -------------------------------------------------------------------- secrets


def test_no_secret_is_shown_or_logged(web: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    header = web.token("erin")
    bad = {"Authorization": header["Authorization"][:-4] + "AAAA"}
    (key,) = keys_in(web.settings.key_folder)

    for each in (header, bad, {"Authorization": "Bearer hunter2.hunter2.hunter2"}):
        answer = web.client.post("/graphql", json={"query": "{ me { id } nothing }"}, headers=each)
        assert "Bearer " not in answer.text
    shown = "\n".join([caplog.text, repr(Tokens(key, (OTHER,))), repr(web.settings), repr(KeptTokens(Path("x")))])

    for secret in (key.hex(), repr(key), header["Authorization"][7:], bad["Authorization"][7:], "hunter2", repr(OTHER)):
        assert secret not in shown


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    real = hmac.compare_digest

    def counted(one: bytes, other: bytes) -> bool:
        compared.append(len(one))
        return real(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counted)

    assert TOKENS.read(token(), TEN).id == "erin"
    refused(token(key=OTHER))
    assert compared == [32, 32]


def test_the_key_that_is_kept_is_never_written_over_in_place(tmp_path: Path) -> None:
    keys_in(tmp_path)
    before = os.stat(tmp_path / "token.key").st_ino
    with (tmp_path / "token.key").open(encoding="ascii") as held:
        renew_key(tmp_path)

        assert os.stat(tmp_path / "token.key").st_ino != before
        assert len(held.read().split()) == 1
