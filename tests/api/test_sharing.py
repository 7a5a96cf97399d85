"""What many who follow a deal are shown of an entry is worked out once, and is what each would be shown alone."""

import asyncio
from typing import Any

import pytest
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.lru import Lately
from api.schema import sharing
from api.store import StoredEvent
from tests.api.escrow import Site
from tests.api.sse import stream

ENTRY = """fragment Entry on TimelineRecord { id version kind person party act section summary happenedAt recordedAt
  body seal previousSeal changes { at section text cause }
  reasons { truth text lines { depth text waits { text } } } }"""
FOLLOW = f"subscription ($d: ID!, $a: Sequence!) {{ dealEvents(dealId: $d, after: $a) {{ ...Entry }} }} {ENTRY}"
LOG = f"query ($d: ID!) {{ timeline(dealId: $d, first: 100) {{ edges {{ node {{ ...Entry }} }} }} }} {ENTRY}"
SOME = """subscription ($d: ID!, $more: Boolean!) { dealEvents(dealId: $d) { version ...More @include(if: $more) } }
fragment More on TimelineRecord { kind }"""


def shown(web: Site, *asked: tuple[str, str, int, dict[str, Any]]) -> list[list[Any]]:
    """What each of some people is shown of so many entries, all following at once."""

    async def follow(person: str, query: str, count: int, variables: dict[str, Any]) -> list[Any]:
        async with stream(web, person, query, None, **variables) as events:
            return [event.data["data"]["dealEvents"] for event in await events.take(count)]

    async def main() -> list[list[Any]]:
        return list(await asyncio.gather(*(follow(*each) for each in asked)))

    return asyncio.run(main())


@pytest.fixture
def deal(web: Site) -> str:
    """A deal of five entries, of which one was refused."""
    opened = web.open()
    web.close(opened, 3)
    assert web.act(opened, "erin", "pay USD 1.00 to the Purchaser from the Escrow Fund")["__typename"] == "Refused"
    return opened


def test_everybody_is_shown_what_the_log_tells(web: Site, deal: str) -> None:
    log = [edge["node"] for edge in web.data(LOG, d=deal)["timeline"]["edges"]]

    first, again, later = shown(
        web,
        ("petra", FOLLOW, 5, {"d": deal, "a": "0"}),
        ("andy", FOLLOW, 5, {"d": deal, "a": "0"}),
        ("erin", FOLLOW, 2, {"d": deal, "a": "3"}),
    )

    assert first == again == log
    assert later == log[3:]


def test_what_the_words_leave_out_for_one_is_shown_to_another(web: Site, deal: str) -> None:
    less, more = shown(
        web, ("petra", SOME, 2, {"d": deal, "more": False}), ("andy", SOME, 2, {"d": deal, "more": True})
    )

    assert less == [{"version": "1"}, {"version": "2"}]
    assert more == [{"version": "1", "kind": "opened"}, {"version": "2", "kind": "accepted"}]


def test_an_entry_is_worked_out_once_for_all_who_follow_with_the_same_words(
    web: Site, deal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[int] = []
    execute = StrawberryGraphQLCoreExecutionContext.execute_operation

    def counted(self: Any, serially: bool | None = None) -> Any:
        if isinstance(self.root_value, StoredEvent):
            worked.append(self.root_value.version)
        return execute(self, serially)

    monkeypatch.setattr(sharing, "_SHOWN", Lately(64))  # another test may have been shown the same
    monkeypatch.setattr(StrawberryGraphQLCoreExecutionContext, "execute_operation", counted)

    shown(web, *[(person, FOLLOW, 5, {"d": deal, "a": "0"}) for person in ("petra", "andy", "erin") for _ in range(3)])

    assert sorted(worked) == [1, 2, 3, 4, 5]
