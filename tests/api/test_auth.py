"""Who is let in: a token that this service signed, for this service, and that has not ended. Nobody else."""

import stat
from datetime import timedelta
from pathlib import Path

import jwt
import pytest

from api.auth import NotSignedIn, Person, Tokens, WeakKey, bearer, key_in
from tests.api.escrow import TEN

KEY = b"k" * 32
TOKENS = Tokens(KEY)
DAY = timedelta(days=1)
CLAIMS = {
    "sub": "erin",
    "name": "Erin",
    "iat": int(TEN.timestamp()),
    "exp": int((TEN + DAY).timestamp()),
    "iss": "clausula",
    "aud": "clausula",
}


def test_a_token_says_who_somebody_is() -> None:
    token = TOKENS.issue("erin", TEN, DAY, "Erin")

    assert TOKENS.read(token, TEN) == Person("erin", "Erin", TEN + DAY)


def test_a_token_ends_at_its_last_second() -> None:
    token = TOKENS.issue("erin", TEN, DAY)

    assert TOKENS.read(token, TEN + DAY - timedelta(seconds=1)).id == "erin"
    with pytest.raises(NotSignedIn):
        TOKENS.read(token, TEN + DAY)


def test_a_token_is_not_good_before_it_was_issued() -> None:
    token = TOKENS.issue("erin", TEN, DAY)

    with pytest.raises(NotSignedIn):
        TOKENS.read(token, TEN - timedelta(minutes=1))


@pytest.mark.parametrize(
    "token",
    [
        jwt.encode(CLAIMS, b"x" * 32, "HS256"),
        jwt.encode(CLAIMS, b"k" * 64, "HS512"),
        jwt.encode(CLAIMS, None, "none"),
        jwt.encode({**CLAIMS, "aud": "another"}, KEY, "HS256"),
        jwt.encode({**CLAIMS, "iss": "another"}, KEY, "HS256"),
        jwt.encode({**CLAIMS, "sub": ""}, KEY, "HS256"),
        jwt.encode({**CLAIMS, "exp": "tomorrow"}, KEY, "HS256"),
        jwt.encode({**CLAIMS, "exp": 10**20}, KEY, "HS256"),
        *(
            jwt.encode({k: v for k, v in CLAIMS.items() if k != left}, KEY, "HS256")
            for left in CLAIMS
            if left != "name"
        ),
        jwt.encode(CLAIMS, KEY, "HS256")[:-2],
        "",
        "a.b.c",
        "é",
    ],
)
def test_any_other_token_is_none(token: str) -> None:
    with pytest.raises(NotSignedIn):
        TOKENS.read(token, TEN)


def test_a_header_carries_one_token() -> None:
    assert bearer("Bearer abc") == bearer("bearer  abc ") == "abc"
    assert bearer(None) is None
    for header in ("abc", "Basic abc", "Bearer ", "Bearer"):
        with pytest.raises(NotSignedIn):
            bearer(header)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(WeakKey):
        Tokens(b"short")


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = key_in(tmp_path / "data")
    second = key_in(tmp_path / "data")

    assert first == second
    assert len(first) == 32
    (kept,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert key_in(tmp_path / "other") != first
