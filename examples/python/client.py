"""A client of the API in a screenful: questions over HTTP, and a stream that goes on where it broke off.

It needs `httpx2` and `websockets`. An act that the agreement refuses is an answer; only a request that is no request,
or asks for what one may not see, raises RequestFailed.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PROTOCOL = Subprotocol("graphql-transport-ws")
TRIES = 5
REFUSED = (4400, 4401, 4403)
"""How a stream is closed for good: the message was no message, or the token is not, or no longer, valid."""

SUBMIT = """
mutation Submit($deal: ID!, $as: String!, $act: ActInput!, $key: String!) {
  submit(dealId: $deal, as: $as, act: $act, idempotencyKey: $key) {
    __typename
    ... on Accepted { section act version }
    ... on Refused { section act version summary }
    ... on Invalid { code problems retryAfter }
  }
}
"""
EVENTS = """
subscription Events($deal: ID!, $after: Sequence!) {
  dealEvents(dealId: $deal, after: $after) { version kind party act section summary }
}
"""


class RequestFailed(Exception):
    """What is wrong with a request; `code` is that of its first error."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("\n".join(str(each["message"]) for each in errors))
        extensions = errors[0].get("extensions", {})
        self.code = str(extensions.get("code", ""))
        self.retry_after: int | None = extensions.get("retryAfter")


class Client:
    """One person at one service."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._header = f"Bearer {token}"
        self._http = httpx2.AsyncClient(headers={"Authorization": self._header, "Accept": "application/json"})

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation; where the service asks to wait, it is asked again then. Raises RequestFailed."""
        left = TRIES
        while True:
            try:
                return await self._asked(query, variables)
            except RequestFailed as error:
                left -= 1
                if error.retry_after is None or not left:
                    raise
                await asyncio.sleep(error.retry_after)

    async def _asked(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        answer = (await self._http.post(self.url, json={"query": query, "variables": variables})).json()
        if answer.get("errors"):
            raise RequestFailed(answer["errors"])
        data: dict[str, Any] = answer["data"]
        return data

    async def submit(self, deal: str, party: str, act: str | dict[str, Any]) -> dict[str, Any]:
        """Try an act, in words or in parts; the same key is sent again where it is not known whether it arrived."""
        given = {"text": act} if isinstance(act, str) else act
        key = secrets.token_hex(16)
        for pause in (0.2, 1.0, 5.0):
            try:
                answer = await self._submitted(deal, party, given, key)
            except httpx2.TransportError:
                await asyncio.sleep(pause)
                continue
            if answer.get("retryAfter") is None:
                return answer
            await asyncio.sleep(answer["retryAfter"])
        return await self._submitted(deal, party, given, key)

    async def _submitted(self, deal: str, party: str, act: dict[str, Any], key: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.ask(SUBMIT, deal=deal, **{"as": party}, act=act, key=key))["submit"]
        return found

    async def events(self, deal: str, after: str = "0") -> AsyncGenerator[dict[str, Any], None]:
        """Every entry of a deal after a version, each once; a connection that breaks is made again.

        Raises RequestFailed, and OSError where there was never a connection.
        """
        address, known = self.url.replace("http", "ws", 1), False
        while True:
            try:
                socket = await connect(address, subprotocols=[PROTOCOL])
            except OSError:
                if not known:
                    raise
                await asyncio.sleep(1)
                continue
            known = True
            async with socket:
                await socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": self._header}}))
                try:
                    async for message in socket:
                        match json.loads(message):
                            case {"type": "connection_ack"}:
                                payload = {"query": EVENTS, "variables": {"deal": deal, "after": after}}
                                await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
                            case {"type": "ping"}:
                                await socket.send(json.dumps({"type": "pong"}))
                            case {"type": "next", "payload": {"data": {"dealEvents": event}}}:
                                after = event["version"]
                                yield event
                            case {"type": "next", "payload": {"errors": errors}} | {"type": "error", "payload": errors}:
                                failed = RequestFailed(errors)
                                if failed.retry_after is None:
                                    raise failed
                                await asyncio.sleep(failed.retry_after)
                                break
                            case {"type": "complete"}:
                                return
                            case _:
                                pass
                except ConnectionClosed as closed:
                    if closed.rcvd is not None and closed.rcvd.code in REFUSED:
                        told = {"message": closed.rcvd.reason, "extensions": {"code": "UNAUTHENTICATED"}}
                        raise RequestFailed([told]) from closed
            await asyncio.sleep(1)
