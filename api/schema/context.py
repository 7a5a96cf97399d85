"""What every resolver is given: the service, and who asks."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphql import GraphQLError
from strawberry.types import Info as StrawberryInfo

from api.auth import Person
from api.service import Service

LARGEST_PAGE = 100


@dataclass
class Context:
    """One request. A WebSocket says who asks after the connection was made, in `connection_params`."""

    service: Service
    person: Person | None = None
    connection_params: dict[str, Any] = field(default_factory=dict)

    def signed_in(self) -> str:
        """The person who asks; whoever has not signed in, or not lately enough, gets no further."""
        if self.person is None or self.person.expires <= self.now():
            raise problem("UNAUTHENTICATED", "Sign in: send your token as `Authorization: Bearer ...`.")
        return self.person.id

    def now(self) -> datetime:
        """The present."""
        return self.service.clock.now()


Info = StrawberryInfo[Context, None]


def problem(code: str, message: str) -> GraphQLError:
    """An error that a client may read, with its code."""
    return GraphQLError(message, extensions={"code": code})


def page_size(first: int) -> int:
    """How many rows a page may have."""
    if not 1 <= first <= LARGEST_PAGE:
        raise problem("BAD_PAGE", f"A page has between 1 and {LARGEST_PAGE} rows, not {first}.")
    return first
