"""How much each person may ask in a time: an allowance that refills steadily and is drawn on by what operations cost.

An operation that was let in is paid for in full, even where that overdraws the allowance; who has overdrawn it waits
until it is refilled. So nothing has to be known of an operation to turn it away, and a dear one can be asked at all.
Each process keeps its own; what is counted is work of this process.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

from api.lru import Lately

MOST_KNOWN: Final = 20_000
"""So many allowances are remembered; that of whoever asked longest ago is full again."""
SECONDS: Final = 10
"""So many seconds of refilling an allowance holds."""
A_QUESTION: Final = 100
"""What each question of an operation costs besides its fields, for the work it is to begin on it."""
TOO_FAST: Final = "You ask more than anybody may in so short a time. Nothing was done; send this again"


class Throttled(Exception):
    """Somebody has overdrawn the allowance, and has to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(slots=True)
class _Account:
    left: float
    at: float


class Allowances:
    """The allowances of everybody: so much a second is refilled; 0 is no limit. Used on one event loop."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.most = rate * SECONDS
        self._clock = clock
        self._accounts: Lately[str, _Account] = Lately(MOST_KNOWN)

    def left(self, who: str) -> int:
        """How much somebody may draw yet; less than nothing where the allowance is overdrawn."""
        return math.floor(self._account(who).left)

    def require(self, who: str) -> None:
        """Raise Throttled where the allowance is overdrawn."""
        left = self._account(who).left
        if self.rate and left < 0:
            raise Throttled(max(1, math.ceil(-left / self.rate)))

    def draw(self, who: str, cost: int) -> None:
        """Take what an operation costs."""
        if self.rate:
            self._account(who).left -= cost

    def told(self, who: str) -> dict[str, str]:
        """What somebody may ask and has left, as header fields; none where there is no limit.

        They are those of draft-ietf-httpapi-ratelimit-headers: the quota and its window in seconds, and what is left,
        with the seconds until all of it is there again.
        """
        if not self.rate:
            return {}
        left = self.left(who)
        full = math.ceil((self.most - left) / self.rate)
        return {
            "RateLimit-Policy": f'"cost";q={self.most};w={SECONDS};qu="cost"',
            "RateLimit": f'"cost";r={max(left, 0)};t={full}',
        }

    def _account(self, who: str) -> _Account:
        now = self._clock()
        found = self._accounts.get(who)
        if found is None:
            found = _Account(self.most, now)
            self._accounts.put(who, found)
        found.left = min(self.most, found.left + self.rate * (now - found.at))
        found.at = now
        return found


def holder(person: str | None, address: str) -> str:
    """Whose allowance a request draws on: that of the person, or of the network nobody in particular asks from."""
    if person is not None:
        return f"person {person}"
    try:
        found = ip_address(address)
    except ValueError:
        return "address"
    return f"address {IPv6Address(int(found) >> 64 << 64) if found.version == 6 else found}"
