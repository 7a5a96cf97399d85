"""What the commands do with the keys of persons: make, register, revoke and list them, and sign with them."""

import os
from pathlib import Path

from api.agreements import Unusable
from api.answers import Invalid
from api.asking import Ask
from api.evidence import signature
from api.evidence.keys import Given, attested, to_sign
from api.evidence.signature import SignatureError
from api.files import read_text
from api.service import Service


def signed_ask(service: Service, person: str, ask: Ask, nonce: str, secret: Path) -> Ask | Invalid:
    """An act with the signature of a person over what it would do."""
    key = read_secret(secret)
    id = signature.key_id(signature.public_key(key))
    found = to_sign(service, person, ask, nonce, id)
    if found is None:
        return Invalid("NO_SUCH_DEAL", ("There is no such deal.",))
    if isinstance(found, Invalid):
        return found
    return attested(service.store, person, ask, nonce, Given(id, found.effect, signature.sign(key, found.text)))


def read_secret(file: Path) -> str:
    """The secret key in a file."""
    key = read_text(file).strip()
    try:
        signature.public_key(key)
    except SignatureError as error:
        raise Unusable(f"{file} holds no secret key: {error}.", "`clausula key --new FILE` makes one.") from error
    return key


def make_secret(file: Path) -> str:
    """A new secret key in a file that is readable by its owner alone, and was not there before."""
    key = signature.new_key()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Unusable(f"{file} is there already.", "Name a new file, or register this one.") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{key}\n")
    return key
