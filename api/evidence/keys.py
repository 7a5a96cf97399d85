"""The public keys that persons have registered, each by who had its secret half.

A key counts from when it was registered until it is revoked. What was signed with it in between stays signed: the entry
of the log holds the key and the signature, and needs no row of this table to be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from api.answers import Accepted, Invalid, NoneDone, Refused
from api.asking import Ask, all_keys
from api.evidence.signature import Act, SignatureError, Signed, key_id, key_text, require_fits
from api.service import Service
from api.store import Store, StoredDeal
from api.store.codec import from_microseconds, require_label, to_microseconds
from api.store.evidence_tables import person_key
from api.store.rows import Record, read_rows
from api.store.tables import event


@dataclass(frozen=True, slots=True)
class PersonKey:
    """A registered key, in hexadecimal."""

    id: str
    key: str
    registered_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """A signature as it comes with an act: which key made it, the effect in words that was signed, and it itself."""

    id: str
    effect: str
    signature: str


def keys_of(store: Store, person: str) -> tuple[PersonKey, ...]:
    """The keys of a person, the oldest first."""
    query = select(person_key).where(person_key.c.person == person)
    with store.reading.begin() as connection:
        rows = read_rows(connection, query.order_by(person_key.c.registered_at_us, person_key.c.id))
    return tuple(_from(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Registration:
    """A public key for a person, signed with itself over `key_text`, and with an earlier one of the person.

    The first key needs no earlier one; `operator` says that who keeps the database vouches for it instead.
    """

    person: str
    key: str
    proof: str
    endorsement: str = ""
    operator: bool = False


def register(store: Store, asked: Registration, at: datetime) -> PersonKey | Invalid:
    """Register a key; to register it again changes nothing. A stolen token alone brings in no second key."""
    person, key = asked.person, asked.key
    text = key_text(person, key)
    try:
        require_label("person", person)
        require_fits(key, asked.proof, text)
        id = key_id(key)
    except ValueError as error:
        return Invalid("BAD_SIGNATURE", (f"The key is not registered: {error}.",))
    with store.writing.begin() as connection:
        row = _row(connection, person, id)
        if row is None:
            if not asked.operator and not _endorsed(connection, asked, text):
                problem = "You have had a key: sign the new one with one that counts too, or ask the operator."
                return Invalid("NOT_ENDORSED", (problem,))
            row = {
                "person": person,
                "id": id,
                "public_key": key,
                "registered_at_us": to_microseconds(at),
                "revoked_at_us": None,
            }
            connection.execute(person_key.insert(), row)
    found = _from(row)
    if found.revoked_at is not None:
        return Invalid("KEY_REVOKED", (f"The key {found.id} was revoked for good. Register another.",))
    return found


def _endorsed(connection: Connection, asked: Registration, text: str) -> bool:
    """Whether this is the person's first key, or one that counts has signed for it."""
    rows = read_rows(connection, select(person_key).where(person_key.c.person == asked.person))
    active = [row["public_key"] for row in rows if row["revoked_at_us"] is None]
    return not rows or any(_fits(each, asked.endorsement, text) for each in active)


def _fits(key: str, signature: str, text: str) -> bool:
    try:
        require_fits(key, signature, text)
    except SignatureError:
        return False
    return True


def revoke(store: Store, person: str, id: str, at: datetime) -> PersonKey | Invalid:
    """Let a key count no more from now on; revoking it again changes nothing, and nothing brings it back."""
    with store.writing.begin() as connection:
        row = _row(connection, person, id)
        if row is None:
            return Invalid("NO_SUCH_KEY", (f"You have no key {id}.",))
        if row["revoked_at_us"] is None:
            row = {**row, "revoked_at_us": to_microseconds(at)}
            same = (person_key.c.person == person, person_key.c.id == id)
            connection.execute(person_key.update().where(*same), {"revoked_at_us": row["revoked_at_us"]})
    return _from(row)


def act_of(deal: StoredDeal, person: str, ask: Ask, nonce: str) -> Act:
    """An act as it is signed."""
    return Act(deal.id, deal.agreement_sha256, person, ask.party, ask.act, ask.happened_at_us, nonce)


def attested(store: Store, person: str, ask: Ask, nonce: str, given: Given) -> Ask | Invalid:
    """An act with the signature that came with it, if the key is a registered one of the person.

    The first answer to a request is its answer for ever: who asks again gets it although the key was revoked since.
    """
    with store.reading.begin() as connection:
        row = _row(connection, person, given.id)
        if row is None:
            return Invalid("NO_SUCH_KEY", (f"You have no key {given.id}. Register it before you sign with it.",))
        if row["revoked_at_us"] is not None:
            mine = (event.c.deal == ask.deal, event.c.actor == person, event.c.key == nonce)
            if connection.execute(select(event.c.version).where(*mine)).first() is None:
                return Invalid("KEY_REVOKED", (f"The key {given.id} was revoked. Sign with another.",))
    return replace(ask, signed=Signed(given.effect, row["public_key"], given.signature))


@dataclass(frozen=True, slots=True)
class ToSign:
    """The text to sign, and the effect that it states."""

    text: str
    effect: str


def to_sign(service: Service, person: str, ask: Ask, nonce: str, id: str) -> ToSign | Invalid | None:
    """What a person signs to do something; None if there is no such deal for this person."""
    preview = service.preview(person, ask)
    if preview is None or isinstance(preview, Invalid):
        return preview
    key = _public(service.store, person, id)
    if isinstance(key, Invalid):
        return key
    assert isinstance(preview.answer, Accepted | Refused)  # noqa: S101 -- nothing else comes of a preview
    effect = preview.answer.act
    return ToSign(act_of(preview.before.deal, person, ask, nonce).text(effect, key), effect)


def to_sign_all(
    service: Service, person: str, asks: Sequence[Ask], nonce: str, id: str
) -> tuple[ToSign, ...] | NoneDone | Invalid | None:
    """What a person signs to do several acts together, one text for each; None if there is no such deal.

    Each text has the key of its own entry, so that it is good for that one alone. It does not say that the others were
    done too.
    """
    preview = service.preview(person, *asks)
    if preview is None or isinstance(preview, Invalid):
        return preview
    if isinstance(preview.answer, Refused):
        return NoneDone(len(preview.answers), preview.answer)
    key = _public(service.store, person, id)
    if isinstance(key, Invalid):
        return key
    effects = [each.act for each in preview.answers if isinstance(each, Accepted)]
    deal, nonces = preview.before.deal, all_keys(nonce, len(asks))
    return tuple(
        ToSign(act_of(deal, person, ask, own).text(effect, key), effect)
        for ask, effect, own in zip(asks, effects, nonces, strict=True)
    )


def _public(store: Store, person: str, id: str) -> str | Invalid:
    """The public key of that id, if the person has registered it."""
    found = next((each.key for each in keys_of(store, person) if each.id == id), None)
    return found or Invalid("NO_SUCH_KEY", (f"You have no key {id}. Register it before you sign with it.",))


def _row(connection: Connection, person: str, id: str) -> Record | None:
    rows = read_rows(connection, select(person_key).where(person_key.c.person == person, person_key.c.id == id))
    return rows[0] if rows else None


def _from(row: Record) -> PersonKey:
    revoked = row["revoked_at_us"]
    return PersonKey(
        row["id"],
        row["public_key"],
        from_microseconds(row["registered_at_us"]),
        from_microseconds(revoked) if revoked is not None else None,
    )
