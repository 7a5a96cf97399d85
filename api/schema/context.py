"""What every resolver is given: the service, and who asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphql import GraphQLError
from strawberry.types import Info as StrawberryInfo

from api.allowance import Allowances, holder
from api.auth import Person, Tokens
from api.service import Service
from api.telemetry import Telemetry

LARGEST_PAGE = 100


@dataclass
class Context:
    """One request. A WebSocket says who asks after the connection was made, in `connection_params`.

    `request` names it in the record of who has read what, and in the answer's header `X-Request-Id`. `resume` is the
    place in a stream that the request goes on from, if it says so beside its operation; `once` asks of a stream what
    there is now, and nothing that comes. `streaming` says whether there can be more than one answer. What is asked
    draws on the one of the `allowances` that is the person's, or of nobody in particular at an `address`; `telemetry`
    counts it.
    """

    service: Service
    person: Person | None = None
    request: str = ""
    tokens: Callable[[], Tokens] | None = None
    resume: str = ""
    once: bool = False
    connection_params: dict[str, Any] = field(default_factory=dict)
    streaming: bool = True
    telemetry: Telemetry = field(default_factory=Telemetry)
    allowances: Allowances = field(default_factory=lambda: Allowances(0))
    address: str = ""

    @property
    def holder(self) -> str:
        """Whose allowance what is asked draws on."""
        return holder(self.person.id if self.person is not None else None, self.address)

    def signed_in(self) -> str:
        """The person who asks; whoever has not signed in, or not lately enough, gets no further."""
        person = self._known()
        if person.operator:
            told = (
                "An operator's token is good for `health`, `revokeTokens` and `seatFirst`, and for nothing else here."
            )
            raise problem("FORBIDDEN", told)
        return person.id

    def operating(self) -> str:
        """The operator who asks; nobody else gets any further."""
        person = self._known()
        if not person.operator:
            raise problem("FORBIDDEN", "This is for whoever operates the service: `clausula token --operator NAME`.")
        return person.id

    def good(self) -> bool:
        """Whether the token of whoever asks is still good."""
        return self.person is not None and self.service.access.good(self.person)

    def _known(self) -> Person:
        if self.person is None or not self.good():
            raise problem("UNAUTHENTICATED", "Sign in: send your token as `Authorization: Bearer ...`.")
        return self.person

    def keys(self) -> Tokens:
        """What signs for the service."""
        if self.tokens is None:
            raise RuntimeError("a request that comes over the network has the keys of the service")
        return self.tokens()

    def now(self) -> datetime:
        """The present."""
        return self.service.clock.now()


Info = StrawberryInfo[Context, None]


def problem(code: str, message: str, retry_after: int | None = None) -> GraphQLError:
    """An error that a client may read, with its code, and the seconds to wait where the same may be asked again."""
    more = {} if retry_after is None else {"retryAfter": retry_after}
    return GraphQLError(message, extensions={"code": code, **more})


def page_size(first: int) -> int:
    """How many rows a page may have."""
    if not 1 <= first <= LARGEST_PAGE:
        raise problem("BAD_PAGE", f"A page has between 1 and {LARGEST_PAGE} rows, not {first}.")
    return first
