"""Runs the service: `serve(settings)` until Ctrl-C, with all that a first visitor needs told at the start."""

import errno
import gc
import json
import os
import shlex
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from starlette.applications import Starlette

from api.agreements import Unusable, read_catalogue
from api.app import app_over, dispatching, going
from api.clock import Clock, SystemClock
from api.editions import Catalogue
from api.parts import service_in, tokens_from
from api.patience import Requests, Sockets
from api.settings import GUEST, Settings
from api.telemetry import logs, traces

LASTING: Final = timedelta(days=30)
QUERY: Final = "{ me { id } agreements { name title } }"

_OF_THE_PORT: Final = (errno.EADDRINUSE, errno.EACCES)
_OTHER_PORT: Final = "Choose another with --port; 0 takes a free one."
_OTHER_HOST: Final = "Name an address of this machine with --host; 127.0.0.1 is seen by this machine alone."

Say = Callable[[str], object]
Greet = Callable[[Settings, Catalogue, Clock], str]


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def serve(settings: Settings, clock: Clock | None = None, say: Say = _print, as_json: bool = False) -> None:
    """Serve until interrupted; `as_json` greets machines. Where the service cannot start it is raised why."""
    traces.configure(os.environ)
    try:
        with logs.written(settings.log == "json"):
            _serve(settings, clock or SystemClock(), say, greeting_json if as_json else greeting)
    except KeyboardInterrupt:
        say("" if as_json else "Stopped.\n")


def _serve(settings: Settings, clock: Clock, say: Say, greet: Greet) -> None:
    catalogue = read_catalogue(settings.agreements)
    for name, report in catalogue.broken.items():
        say(f"No deal can be opened under the agreement {name}:\n{report}\n\n")
    if not (isinstance(settings.database, Path) and settings.database.exists()):
        _listening(settings).close()  # a port that is taken is told before a database and keys are made
    with service_in(settings, clock, catalogue) as service, _listening(settings) as listener:
        here = replace(settings, port=listener.getsockname()[1])
        app = app_over(service, here)
        server = _Server(_config(app, settings), app, say, greet(here, catalogue, clock))
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            with dispatching(service, app.state.endpoint.opened.telemetry):
                server.run(sockets=[listener])
        finally:
            signal.signal(signal.SIGTERM, before)


def _config(app: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        ws_max_size=settings.largest_body,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws=Sockets,
        http=Requests,
        server_header=False,
        ws_per_message_deflate=False,  # messages are short, and each client would take a compressor of 300 kB
        timeout_graceful_shutdown=settings.drain,
    )


class _Server(uvicorn.Server):
    """Greets as soon as it answers. Before it stops it lets every stream go, and answers what was asked until then."""

    def __init__(self, config: uvicorn.Config, app: Starlette, say: Say, greeting: str) -> None:
        super().__init__(config)
        self.app = app
        self.say = say
        self.greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        settle()
        self.say(self.greeting)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        going(self.app)
        await super().shutdown(sockets)


def settle() -> None:
    """Take what was made at the start out of the collector's rounds: it lasts as long as the service.

    Each full round went through all of it, the schema and the agreements, and nobody was answered meanwhile: for 0.1 to
    0.7 s with two hundred followers.
    """
    gc.collect()
    gc.freeze()


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        found = f"Cannot listen on {settings.host} port {settings.port}: {(error.strerror or str(error)).lower()}."
        raise Unusable(found, _OTHER_PORT if error.errno in _OF_THE_PORT else _OTHER_HOST) from error
    return listener


def _interrupt(_: int, __: FrameType | None) -> None:
    """A polite request to end is answered like Ctrl-C."""
    raise KeyboardInterrupt


def greeting_json(settings: Settings, catalogue: Catalogue, clock: Clock) -> str:
    """The same for machines, in one line."""
    told = {"url": settings.url, "agreements": list(catalogue.editions), "database": str(settings.database)}
    token = _guest(settings, clock)
    return json.dumps({**told, "person": GUEST, "token": token} if token else told) + "\n"


def _guest(settings: Settings, clock: Clock) -> str:
    """A token for trying things out, where the service is for this machine alone and has made its own key."""
    if not settings.on_loopback or settings.token_key or settings.issuer:
        return ""
    return tokens_from(settings).issue(GUEST, clock.now(), LASTING)


def greeting(settings: Settings, catalogue: Catalogue, clock: Clock) -> str:
    """What is told at the start: where to ask, and, on this machine alone, as whom and what."""
    lines = [
        f"Clausula answers at {settings.url}",
        f"  agreements  {', '.join(catalogue.editions) or 'none'}",
        f"  database    {settings.database}",
    ]
    if token := _guest(settings, clock):
        body = json.dumps({"query": QUERY})
        command = [
            "curl", settings.url, "-H", f"Authorization: Bearer {token}", "-H", "Content-Type: application/json",
            "-d", body,
        ]  # fmt: skip
        lines += ["", f"A token for `{GUEST}`, good for {LASTING.days} days:", token, "", "Try:", shlex.join(command)]
        lines += ["", "Or open the deal room:", f"{settings.url.removesuffix('graphql')}#token={token}"]
    return "\n".join([*lines, "", "Ctrl-C stops it.", ""])
