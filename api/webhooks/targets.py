"""Where anything may be sent: over https to an address on the public Internet, or to an origin that a setting names.

A person who can name an address could else let the service ask what only the service can reach (SSRF). So a name is
looked up each time before anything is sent, all addresses that it stands for must be public, and the connection is made
to one of those that were looked at, not to the name, which may stand for another address a moment later.
"""

import asyncio
import re
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, Protocol, TypeAlias
from urllib.parse import SplitResult, urlsplit

LONGEST: Final = 2000
PATIENCE: Final = 5.0
"""Seconds after which there is no such name."""
PORTS: Final = {"https": 443, "http": 80}
_LABEL: Final = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST: Final = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*|[0-9a-f:.]{{2,45}}", re.IGNORECASE)
_VISIBLE: Final = re.compile(r"[!-~]+")

_LOOKING: Final = ThreadPoolExecutor(8, "clausula-names")

Address: TypeAlias = IPv4Address | IPv6Address


class Forbidden(ValueError):
    """Nothing is sent there; the message says why, and nothing of the network here."""


class Lookup(Protocol):
    """Says which addresses a name stands for."""

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """The addresses, none if there is no such name."""
        ...


async def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as this machine finds them within a time, those of IPv4 first.

    Names that nobody answers for keep few threads busy, and none that something else waits for.
    """
    asked = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        async with asyncio.timeout(PATIENCE):
            found = await asyncio.get_running_loop().run_in_executor(_LOOKING, asked)
    except OSError:  # a time that is over is one, too
        return ()
    return sorted((str(each[4][0]) for each in found), key=lambda address: ":" in address)


@dataclass(frozen=True, slots=True)
class Target:
    """An address to connect to, and what to ask for there."""

    address: str
    host: str
    port: int
    secure: bool
    path: str

    @property
    def authority(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


class Targets:
    """What may be sent to; `trusted` origins, `http://127.0.0.1:9000` or the like, may be without https and private."""

    def __init__(self, trusted: Sequence[str] = (), lookup: Lookup = look_up) -> None:
        self._trusted = frozenset(origin_of(_split(each)) for each in trusted)
        self._lookup = lookup

    def require(self, url: str) -> None:
        """Raise Forbidden for what is no address to send to, whatever its name stands for."""
        parts = _split(url)
        if parts.scheme != "https" and origin_of(parts) not in self._trusted:
            raise Forbidden("the address begins with https://")

    async def find(self, url: str) -> Target:
        """Where to connect for a URL. Raises Forbidden."""
        self.require(url)
        parts = _split(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        found = await self._lookup(host, port)
        if not found:
            raise Forbidden("there is no such host")
        if origin_of(parts) not in self._trusted and not all(is_public(each) for each in found):
            raise Forbidden("the host has no public address")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(found[0], host, port, parts.scheme == "https", path)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url) if len(url) <= LONGEST and _VISIBLE.fullmatch(url) else None
        good = parts is not None and parts.scheme in PORTS and parts.port != 0
    except ValueError:
        parts, good = None, False
    if parts is None or not good or not _HOST.fullmatch(parts.hostname or ""):
        raise Forbidden(f"it is a URL such as https://example.com/hooks, of {LONGEST} characters at most")
    if parts.username is not None or "#" in url or "\\" in url:
        raise Forbidden("it has neither a user, a password nor a fragment")
    return parts


def origin_of(parts: SplitResult) -> tuple[str, str, int]:
    """The scheme, host and port of a URL."""
    return parts.scheme, (parts.hostname or "").lower(), parts.port or PORTS[parts.scheme]


def is_public(written: str) -> bool:
    """Whether an address is one of the public Internet, also where it stands for another one."""
    try:
        address: Address = ip_address(written)
    except ValueError:
        return False
    if address in NAT64:
        return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    inner = (address.ipv4_mapped, address.sixtofour) if isinstance(address, IPv6Address) else ()
    return _is_public(address) and not any(inner)


def _is_public(address: Address) -> bool:
    special = any(address in network for network in SPECIAL if network.version == address.version)
    return address.is_global and not (address.is_multicast or address.is_reserved or special)


NAT64: Final = ip_network("64:ff9b::/96")
"""Addresses of IPv4 as a network of IPv6 alone reaches them (RFC 6052)."""

SPECIAL: Final = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/23", "3fff::/20", "5f00::/16"))
)
"""More that are not public, or lead elsewhere, by the registries of IANA: not every Python knows them."""
