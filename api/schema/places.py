"""Places in lists, and ids, as texts that clients hand back as they are."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode


def cursor_of(value: object) -> str:
    """A place in a list, for a client to hand back as it is."""
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def place_of(cursor: str) -> object:
    """The place that a cursor stands for; None for what is no cursor."""
    try:
        return json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        return None
