"""Bodies and messages that are no larger than anybody needs: what is larger is not read to its end."""

import re
from typing import Any, Final

from starlette.types import Message, Receive, Scope, Send

TOO_LARGE: Final = 1009
"""How a WebSocket is closed on which a message came that is too large (RFC 6455)."""


class TooLarge(Exception):
    """A body that is larger than anybody needs."""


class BodyLimit:
    """Stops reading a body as soon as it is too large, whatever its headers say; a WebSocket is closed.

    What is at an address like `apart` has limits of its own.
    """

    def __init__(self, app: Any, most: int, apart: re.Pattern[str] | None = None) -> None:
        self.app = app
        self.most = most
        self.apart = apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise TooLarge
            return message

        async def one_by_one() -> Message:
            message = await receive()
            if len(message.get("text") or "") > self.most or len(message.get("bytes") or b"") > self.most:
                await send({"type": "websocket.close", "code": TOO_LARGE})
                return {"type": "websocket.disconnect", "code": TOO_LARGE}
            return message

        limited = {"http": counted, "websocket": one_by_one}.get(scope["type"], receive)
        if scope["type"] == "http" and self.apart is not None and self.apart.fullmatch(scope["path"]):
            limited = receive
        await self.app(scope, limited, send)
