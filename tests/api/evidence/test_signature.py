"""A person signs what he or she does; the signature stands in the log, and is checked from a receipt for ever."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from api.answers import Accepted, Answer, Invalid, Refused
from api.asking import Ask
from api.evidence import keys, signature
from api.evidence.keys import Given, Registration
from api.evidence.receipt import ReceiptError, _signer, verify_receipt
from api.evidence.signature import Act, SignatureError
from api.store.chain import seal
from api.store.codec import canonical
from tests.api.conftest import clausula
from tests.api.escrow import TEN, Site, World, nodes
from tests.api.evidence.signing import RFC_PUBLIC, RFC_SECRET, code, enrol, receipt, signed

# RFC 8032, section 7.1, TEST 1: the signature over no bytes at all
RFC_SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246551"
    "41438e7a100b"
)
ACT = Act("d" * 32, "a" * 64, "erin", "Escrow Agent", {"text": "sign the Documents"}, None, "k-1")
OTHER = "11" * 32


def test_signatures_are_those_of_the_standard() -> None:
    assert signature.public_key(RFC_SECRET) == RFC_PUBLIC
    assert signature.sign(RFC_SECRET, "") == RFC_SIGNATURE
    signature.require_fits(RFC_PUBLIC, RFC_SIGNATURE, "")


def test_what_is_signed_is_this_text_for_ever() -> None:
    """Worked out by hand; the id of a key is the start of the SHA-256 of its bytes, as `sha256sum` prints it."""
    assert signature.key_id(RFC_PUBLIC) == "21fe31dfa154a261626bf854046fd227"
    assert ACT.text("sign the Deed", RFC_PUBLIC) == (
        '{"act":{"text":"sign the Documents"},"agreement":"'
        + "a" * 64
        + '","as":"Escrow Agent","deal":"'
        + "d" * 32
        + '",'
        '"domain":"clausula-act-1","effect":"sign the Deed","happenedAt":null,'
        '"key":"21fe31dfa154a261626bf854046fd227","nonce":"k-1","person":"erin"}'
    )
    assert signature.key_text("erin", RFC_PUBLIC) == (
        '{"domain":"clausula-key-1","key":"' + RFC_PUBLIC + '","person":"erin"}'
    )


@pytest.mark.parametrize(
    ("key", "given", "text"),
    [
        (RFC_PUBLIC, RFC_SIGNATURE, "x"),
        (RFC_PUBLIC, RFC_SIGNATURE[:-2], ""),
        (RFC_PUBLIC, RFC_SIGNATURE + "00", ""),
        (RFC_PUBLIC, RFC_SIGNATURE.upper(), ""),
        (RFC_PUBLIC, "zz" * 64, ""),
        (RFC_PUBLIC, "", ""),
        (RFC_PUBLIC.upper(), RFC_SIGNATURE, ""),
        (RFC_PUBLIC[:-2], RFC_SIGNATURE, ""),
        ("", RFC_SIGNATURE, ""),
        ("00" * 32, RFC_SIGNATURE, ""),
        (OTHER, RFC_SIGNATURE, ""),
    ],
)
def test_what_does_not_fit_is_refused(key: str, given: str, text: str) -> None:
    with pytest.raises(SignatureError):
        signature.require_fits(key, given, text)


def test_no_bit_of_a_signature_or_a_key_can_be_turned() -> None:
    for whole, at in ((RFC_SIGNATURE, 0), (RFC_PUBLIC, 1)):
        raw = bytes.fromhex(whole)
        for bit in range(len(raw) * 8):
            turned = bytearray(raw)
            turned[bit // 8] ^= 1 << bit % 8
            parts = [RFC_SIGNATURE, RFC_PUBLIC]
            parts[at] = turned.hex()
            with pytest.raises(SignatureError):
                signature.require_fits(parts[1], parts[0], "")


def test_a_key_under_which_one_signature_fits_everything_is_refused() -> None:
    """The neutral element as a key: R is the neutral element too, and S is 0."""
    neutral = "01" + "00" * 31
    anything = neutral + "00" * 32
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(neutral)).verify(bytes.fromhex(anything), b"whatever")

    with pytest.raises(SignatureError, match="fit any text"):
        signature.require_fits(neutral, anything, "whatever")
    with pytest.raises(SignatureError, match="fit any text"):
        signature.require_fits("01" + "00" * 30 + "80", anything, "whatever")


# -------------------------------------------------------------- in a deal


def test_a_signed_act_is_in_the_log_with_its_signature(world: World) -> None:
    enrol(world, "erin", RFC_SECRET)

    answer = signed(world, RFC_SECRET, "sign the Funds Escrow Agreement")

    assert isinstance(answer, Accepted)
    entry = world.service.store.read.history(world.deal)[-1]
    kept = json.loads(entry.body)["signed"]
    assert kept["key"] == RFC_PUBLIC
    signature.require_fits(RFC_PUBLIC, kept["signature"], kept["text"])
    said = json.loads(kept["text"])
    assert (said["deal"], said["person"], said["nonce"], said["effect"]) == (world.deal, "erin", "k-1", answer.act)
    assert said["agreement"] == entry.agreement_sha256
    assert world.service.store.verify(world.deal).sound


def test_a_refused_act_is_on_record_with_its_signature_too(world: World) -> None:
    enrol(world, "andy", RFC_SECRET)

    text = "deposit USD 12,000,000.00 into the Escrow Fund"
    answer = signed(world, RFC_SECRET, text, person="andy", party="ATG")

    assert isinstance(answer, Refused)
    assert "signed" in json.loads(world.service.store.read.history(world.deal)[-1].body)


def test_the_same_request_gets_its_first_answer_also_after_the_key_was_revoked(world: World) -> None:
    found = enrol(world, "erin", RFC_SECRET)
    assert isinstance(found, keys.PersonKey)
    ask = Ask(world.deal, "Escrow Agent", {"text": "sign the Funds Escrow Agreement"})
    made = keys.to_sign(world.service, "erin", ask, "k-1", found.id)
    assert isinstance(made, keys.ToSign)
    given = Given(found.id, made.effect, signature.sign(RFC_SECRET, made.text))

    def send(nonce: str) -> Answer:
        attested = keys.attested(world.service.store, "erin", ask, nonce, given)
        return attested if isinstance(attested, Invalid) else world.service.submit("erin", attested, nonce)

    first = send("k-1")
    keys.revoke(world.service.store, "erin", found.id, world.clock.now())

    assert send("k-1") == first
    assert code(send("k-2")) == "KEY_REVOKED"


CHANGES: dict[str, dict[str, Any]] = {
    "another text": {"change": lambda text: text.replace("Escrow Agent", "Purchaser")},
    "another domain": {"change": lambda text: text.replace("clausula-act-1", "clausula-act-2")},
    "another deal": {"change": lambda text: text.replace('"deal":"', '"deal":"0')},
    "another agreement": {"change": lambda text: text.replace('"agreement":"', '"agreement":"0')},
    "another person": {"change": lambda text: text.replace('"person":"erin"', '"person":"eve"')},
    "another key": {"change": lambda text: text.replace('"key":"2', '"key":"3')},
    "another nonce": {"signed_nonce": "k-2"},
    "no text": {"change": lambda _: ""},
    "another effect": {"effect": "pay USD 1.00 to Eve"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_signature_is_good_for_what_was_signed_alone(world: World, change: str) -> None:
    enrol(world, "erin", RFC_SECRET)

    assert code(signed(world, RFC_SECRET, "sign the Funds Escrow Agreement", **CHANGES[change])) == "BAD_SIGNATURE"
    assert len(world.service.store.read.history(world.deal)) == 1


def test_an_act_put_under_a_signature_for_another_is_refused(world: World) -> None:
    enrol(world, "erin", RFC_SECRET)
    other = Ask(world.deal, "Escrow Agent", {"text": "take a Hold"})

    assert code(signed(world, RFC_SECRET, "sign the Funds Escrow Agreement", sent=other)) == "BAD_SIGNATURE"


def test_an_effect_that_is_not_what_would_be_done_is_refused(world: World) -> None:
    """Somebody was shown one thing and made to sign another: the words must be those of the agreement."""
    enrol(world, "erin", RFC_SECRET)
    ask = Ask(world.deal, "Escrow Agent", {"text": "sign the Funds Escrow Agreement"})
    found = world.service.store.read.deal(world.deal)
    assert found is not None
    text = keys.act_of(found, "erin", ask, "k-1").text("sign nothing", RFC_PUBLIC)
    given = Given(signature.key_id(RFC_PUBLIC), "sign nothing", signature.sign(RFC_SECRET, text))

    attested = keys.attested(world.service.store, "erin", ask, "k-1", given)

    assert isinstance(attested, Ask)
    assert code(world.service.submit("erin", attested, "k-1")) == "NOT_AS_SIGNED"


# ---------------------------------------------------------------------- keys


def test_a_key_is_registered_by_who_has_its_secret_half(world: World) -> None:
    proof = signature.sign(OTHER, signature.key_text("erin", RFC_PUBLIC))
    bad = Registration("erin", RFC_PUBLIC, proof)
    assert code(keys.register(world.service.store, bad, TEN)) == "BAD_SIGNATURE"

    found = enrol(world, "erin", RFC_SECRET)

    assert keys.keys_of(world.service.store, "erin") == (found,)
    assert enrol(world, "erin", RFC_SECRET) == found
    assert keys.keys_of(world.service.store, "andy") == ()


def test_a_second_key_needs_the_first_one_or_the_operator(world: World) -> None:
    """Whoever has stolen a token must not be able to sign with a key of his own."""
    enrol(world, "erin", RFC_SECRET)
    public = signature.public_key(OTHER)
    text = signature.key_text("erin", public)

    assert code(enrol(world, "erin", OTHER)) == "NOT_ENDORSED"
    assert code(enrol(world, "erin", OTHER, endorsement=signature.sign(OTHER, text))) == "NOT_ENDORSED"
    keys.revoke(world.service.store, "erin", signature.key_id(RFC_PUBLIC), world.clock.now())
    endorsed = {"endorsement": signature.sign(RFC_SECRET, text)}
    assert code(enrol(world, "erin", OTHER, **endorsed)) == "NOT_ENDORSED"
    assert isinstance(enrol(world, "erin", OTHER, operator=True), keys.PersonKey)

    third = "22" * 32
    text = signature.key_text("erin", signature.public_key(third))
    assert isinstance(enrol(world, "erin", third, endorsement=signature.sign(OTHER, text)), keys.PersonKey)


def test_a_revoked_key_stays_revoked(world: World) -> None:
    enrol(world, "erin", RFC_SECRET)
    id = signature.key_id(RFC_PUBLIC)
    first = keys.revoke(world.service.store, "erin", id, world.clock.now())

    assert keys.revoke(world.service.store, "erin", id, TEN.replace(year=2030)) == first
    assert code(enrol(world, "erin", RFC_SECRET, operator=True)) == "KEY_REVOKED"
    assert code(keys.revoke(world.service.store, "andy", id, TEN)) == "NO_SUCH_KEY"


def test_nobody_signs_with_the_key_of_another(world: World) -> None:
    enrol(world, "erin", RFC_SECRET)

    answer = signed(world, RFC_SECRET, "sign the Documents", person="andy", party="ATG")

    assert code(answer) == "NO_SUCH_KEY"


# ------------------------------------------------- a deal that asks for signatures


# ------------------------------------------------------------------ receipts


def test_a_receipt_shows_who_signed(world: World, tmp_path: Path) -> None:
    enrol(world, "erin", RFC_SECRET)
    signed(world, RFC_SECRET, "sign the Funds Escrow Agreement")

    assert verify_receipt(receipt(world, tmp_path)).signer == RFC_PUBLIC


@pytest.mark.parametrize(
    "change",
    [
        lambda signed: signed | {"signature": "00" * 64},
        lambda signed: signed | {"key": signature.public_key(OTHER)},
        lambda signed: signed | {"text": signed["text"].replace("erin", "eve")},
        lambda signed: signed | {"more": ""},
        lambda signed: {"key": signed["key"]},
        lambda _: "x",
        lambda _: 1,
        lambda signed: resigned(signed, person="eve"),
        lambda signed: resigned(signed, deal="0"),
        lambda signed: resigned(signed, nonce="k-2"),
        lambda signed: resigned(signed, effect="pay"),
        lambda signed: resigned(signed, agreement="0"),
        lambda signed: resigned(signed, domain="clausula-act-2"),
        lambda signed: resigned(signed, key="0"),
    ],
)
def test_a_log_that_lies_about_a_signature_is_seen_in_the_receipt(
    world: World, tmp_path: Path, change: Callable[[Any], Any]
) -> None:
    """A service that made up an entry could seal it, but not sign it: checked on the entry alone."""

    enrol(world, "erin", RFC_SECRET)
    signed(world, RFC_SECRET, "sign the Funds Escrow Agreement")
    entry = json.loads(receipt(world, tmp_path))["entry"]
    body = json.loads(entry["body"])
    forged = entry | {"body": canonical(body | {"signed": change(body["signed"])})}
    assert _signer(entry) == RFC_PUBLIC
    assert seal(forged) != entry["hash"]

    with pytest.raises(ReceiptError):
        _signer(forged)


def resigned(kept: dict[str, str], **parts: str) -> dict[str, str]:
    """Another text, properly signed with the same key."""
    text = canonical(json.loads(kept["text"]) | parts)
    return kept | {"text": text, "signature": signature.sign(RFC_SECRET, text)}


# ------------------------------------------------------------ GraphQL and terminal


def test_a_person_signs_over_graphql(web: Site) -> None:
    deal, id = web.open(), signature.key_id(RFC_PUBLIC)
    proof = signature.sign(RFC_SECRET, signature.key_text("erin", RFC_PUBLIC))
    found = web.data(
        "mutation ($k: String!, $p: String!) { registerKey(key: $k, proof: $p) {"
        " __typename ... on PersonKey { id key revokedAt } ... on Invalid { code } } }",
        k=RFC_PUBLIC,
        p=proof,
    )["registerKey"]
    assert found == {"__typename": "PersonKey", "id": id, "key": RFC_PUBLIC, "revokedAt": None}
    to_sign = web.data(
        'query ($d: ID!, $k: ID!) { toSign(dealId: $d, as: "Escrow Agent", idempotencyKey: "k-1", key: $k,'
        ' act: { text: "sign the Funds Escrow Agreement" }) { __typename ... on ToSign { text effect } } }',
        d=deal,
        k=id,
    )["toSign"]
    assert json.loads(to_sign["text"])["effect"] == to_sign["effect"]

    query = (
        'mutation ($d: ID!, $s: SignatureInput) { submit(dealId: $d, as: "Escrow Agent", idempotencyKey: "k-1",'
        ' act: { text: "sign the Funds Escrow Agreement" }, signature: $s) { __typename ... on Invalid { code } } }'
    )
    given = {"key": id, "effect": to_sign["effect"], "signature": signature.sign(RFC_SECRET, to_sign["text"])}
    variables: dict[str, Any] = {"d": deal, "s": given | {"signature": RFC_SIGNATURE}}
    assert web.data(query, **variables)["submit"] == {"__typename": "Invalid", "code": "BAD_SIGNATURE"}
    assert web.data(query, **(variables | {"s": given}))["submit"] == {"__typename": "Accepted"}

    revoked = web.data("mutation ($i: ID!) { revokeKey(id: $i) { ... on PersonKey { id revokedAt } } }", i=id)
    assert revoked["revokeKey"]["revokedAt"]
    mine, others = (nodes(web.data("{ keys { edges { node { id } } } }", who)["keys"]) for who in ("erin", "andy"))
    assert (mine, others) == ([{"id": id}], [])
    again = "query ($i: ID!) { node(id: $i) { id ... on PersonKey { key } } }"
    assert web.data(again, i=id) == {"node": {"id": id, "key": RFC_PUBLIC}}
    assert web.data(again, "andy", i=id) == {"node": None}


@pytest.mark.usefixtures("deals_clock")
def test_a_person_signs_from_the_terminal(deal: str, tmp_path: Path) -> None:
    secret, receipt_file = tmp_path / "you.key", tmp_path / "receipt.json"
    deposit = ("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund", "--sign", str(secret))
    assert clausula(*deposit).exit_code == 2  # no such file yet
    id = clausula("key", "--new", str(secret)).stdout.split()[0]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert clausula("key", "--new", str(secret)).exit_code == 2

    assert clausula(*deposit).exit_code == 0

    receipt_file.write_text(clausula("receipt", deal, "2").stdout, encoding="utf-8")
    found = json.loads(clausula("verify", "--receipt", str(receipt_file), "--json").stdout)
    assert signature.key_id(found["signed_by"]) == id
    assert id in clausula("key").stdout
    assert clausula("key", "--revoke", id).exit_code == 0
    assert "was revoked" in told(*deposit[:4], "deposit USD 1.00 into the Fund", *deposit[5:])
    assert clausula("key", "--register", str(secret)).exit_code == 2
    assert "no secret key" in told("key", "--register", str(receipt_file))


def told(*arguments: str) -> str:
    return " ".join(clausula(*arguments).stderr.split())
