"""Persons who sign what they do, for the tests of evidence."""

from pathlib import Path
from typing import Any

from api.answers import Answer, Invalid
from api.asking import Ask
from api.clock import ManualClock
from api.evidence import keys, signature
from api.evidence.keys import Given, Registration
from api.evidence.receipt import Sealed, receipt_for
from api.evidence.sealer import Sealer
from tests.api.escrow import TEN, World

# RFC 8032, section 7.1, TEST 1
RFC_SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
RFC_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def enrol(world: World, person: str, secret: str, **more: Any) -> keys.PersonKey | Invalid:
    public = signature.public_key(secret)
    proof = signature.sign(secret, signature.key_text(person, public))
    return keys.register(world.service.store, Registration(person, public, proof, **more), world.clock.now())


def signed(world: World, secret: str, text: str, nonce: str = "k-1", person: str = "erin", **more: Any) -> Answer:
    """Erin signs what a preview tells her, and submits it; `change` puts something else into what she sends."""
    party = more.pop("party", "Escrow Agent")
    ask = Ask(world.deal, party, {"text": text})
    id = signature.key_id(signature.public_key(secret))
    found = keys.to_sign(world.service, person, ask, more.pop("signed_nonce", nonce), id)
    if not isinstance(found, keys.ToSign):
        assert isinstance(found, Invalid)
        return found
    given = Given(id, more.pop("effect", found.effect), signature.sign(secret, more.pop("change", str)(found.text)))
    attested = keys.attested(world.service.store, person, more.pop("sent", ask), nonce, given)
    return attested if isinstance(attested, Invalid) else world.service.submit(person, attested, nonce)


def code(answer: object) -> str:
    assert isinstance(answer, Invalid), answer
    return answer.code


def receipt(world: World, folder: Path) -> str:
    sealer = Sealer(world.service.store, bytes(32), folder / "checkpoints", ManualClock(TEN))
    sealer.seal()
    found = receipt_for(world.service.store.reading, world.deal, 2)
    assert isinstance(found, Sealed)
    return found.text
