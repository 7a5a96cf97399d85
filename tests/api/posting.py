"""A service with webhooks for tests: every name stands for one address, and nothing is sent over any network."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.answers import Accepted, Opened, Refused
from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.schema import make_schema
from api.service import Ask, Service, Terms
from api.store import Store
from api.webhooks import hooks, outbox
from api.webhooks.dispatcher import Dispatcher
from api.webhooks.drawing import present_cursor, stream_of
from api.webhooks.hooks import Made, Posting, Wanted
from api.webhooks.sending import NoAnswer, Reply
from api.webhooks.signing import Vault
from api.webhooks.targets import Target, Targets
from tests.api.store_ledger import Where

BICYCLE = (Path(__file__).parent / "cli" / "bicycle" / "agreement.clause").read_text(encoding="utf-8")
OPENED = datetime(2024, 6, 1, 13, tzinfo=UTC)
URL = "https://hooks.example/in"
ENTRIES = "subscription ($dealId: ID!) { dealEvents(dealId: $dealId) { version kind } }"
KEY = bytes(range(32))


async def public(_: str, __: int) -> Sequence[str]:
    """Every name stands for one public address."""
    return ["93.184.216.34"]


@dataclass(frozen=True)
class Sent:
    """One request that was made."""

    target: Target
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Takes what is sent, and answers as a test says: by host, else in turn, or not at all; with 200 in the end."""

    replies: list[Reply | NoAnswer] = field(default_factory=list)
    hosts: dict[str, Reply] = field(default_factory=dict)
    seen: list[Sent] = field(default_factory=list)

    async def __call__(self, target: Target, headers: Mapping[str, str], body: bytes) -> Reply:
        self.seen.append(Sent(target, headers, body))
        if target.host in self.hosts:
            return self.hosts[target.host]
        reply = self.replies.pop(0) if self.replies else Reply(200)
        if isinstance(reply, NoAnswer):
            raise reply
        return reply


@dataclass
class Post:
    """A bicycle deal between Ada and Carl with Erin for an agent, and one process that sends its webhooks."""

    service: Service
    clock: ManualClock
    receiver: Receiver
    deal: str = ""

    @property
    def store(self) -> Store:
        return self.service.store

    def round(self, receiver: Receiver | None = None) -> list[Sent]:
        """One round; what was sent in it."""
        taking = receiver or self.receiver
        before = len(taking.seen)
        asyncio.run(Dispatcher(self.service, make_schema(), taking).round())
        return taking.seen[before:]

    def webhook(self, owner: str = "ada", document: str = ENTRIES, url: str = URL, after: str = "") -> Made:
        """A webhook, as the API makes it."""
        stream = stream_of(make_schema()._schema, document, self.deal)
        cursor = after or present_cursor(self.service, owner, self.deal, stream)
        wanted = Wanted(owner, self.deal, url, stream, document, cursor)
        made = hooks.make(self.store, self.service.can_post().vault, wanted, self.clock.now())
        assert isinstance(made, Made), made
        return made

    def act(self, key: str, text: str = "deposit USD 900.00 into the Fund") -> None:
        """Ada tries something."""
        answer = self.service.submit("ada", Ask(self.deal, "Buyer", {"text": text}), key)
        assert isinstance(answer, Accepted | Refused), answer

    def deliveries(self, made: Made, status: str | None = None) -> tuple[outbox.Delivery, ...]:
        """What is in the outbox for a webhook, the oldest first."""
        return outbox.deliveries_of(self.store, made.webhook.id, status, None, 100).deliveries[::-1]

    def ended(self, made: Made) -> str | None:
        """Why a webhook has ended."""
        found = hooks.webhook_of(self.store, None, made.webhook.id)
        assert found is not None
        return found.ended


@contextmanager
def post(where: Where, clock: ManualClock | None = None, deal: str = "") -> Iterator[Post]:
    """A service over a database; the deal is opened, unless it is there."""
    kernel, time = Kernel(), clock or ManualClock(OPENED)
    posting = Posting(Vault(KEY), Targets(lookup=public))
    with Store.open(where, kernel, time) as store:
        service = Service(store, kernel, catalogue_of({"bicycle": BICYCLE}), time, posting=posting)
        made = Post(service, time, Receiver(), deal)
        if not deal:
            terms = Terms("bicycle", {"Buyer": ["ada"], "Seller": ["carl"], "Agent": ["erin"]})
            answer = service.open("ada", terms, "open")
            assert isinstance(answer, Opened), answer
            made.deal = answer.place.deal
        yield made
