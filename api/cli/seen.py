"""An entry that somebody saw, as it is written on the command line: its number and its seal."""

import re

from api.agreements import Unusable
from api.store import Known


def entry_seen(seen: str) -> Known | None:
    """An entry that somebody kept the seal of, as it is written on the command line."""
    if not seen:
        return None
    version, _, seal = seen.strip().partition(":")
    if not (version.isascii() and version.isdigit() and re.fullmatch("[0-9a-f]{64}", seal.lower())):
        advice = "Write the number of the entry, a colon and the 64 digits that `clausula verify` printed then."
        raise Unusable(f"--seen takes VERSION:SEAL, not `{seen}`.", advice)
    return Known(int(version), seal.lower())
