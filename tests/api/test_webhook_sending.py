"""Where webhooks may go and how they get there: nothing on the inside is connected to, and nobody answers too late."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from api.parts import posting_of
from api.settings import Settings, WrongSetting, settings_from
from api.webhooks import sending
from api.webhooks.sending import NoAnswer, Reply, send
from api.webhooks.signing import headers
from api.webhooks.targets import Forbidden, Target, Targets, is_public, look_up
from tests.api.posting import OPENED

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "1.1.1.1", "64:ff9b::1.1.1.1"]
INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "nonsense", "",
    "::127.0.0.1", "::ffff:1.1.1.1", "2002:101:101::1", "64:ff9b::7f00:1",
]  # fmt: skip
"""Of this machine, of a private network, reserved, for examples, or of IPv6 with one of those inside."""


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_one(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_the_inside_is_none(address: str) -> None:
    assert not is_public(address)


def names(*addresses: str) -> Targets:
    """Every name stands for these addresses."""

    async def found(_: str, __: int) -> Sequence[str]:
        return addresses

    return Targets(("http://127.0.0.1:9000", "https://inside.example"), found)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "example.com", "https://", "https:///x", "https://user@example.com/",
        "https://a:b@example.com/", "https://example.com/#part", "https://example.com:0/", "https://example.com:99999/",
        "https://exa mple.com/", "https://example.com/\r\nX: y", "https://example.com\\@127.0.0.1/", "//example.com/",
        "https://exämple.com/", "https://[::1/", "file:///etc/passwd", "http://127.0.0.1:9001/", "",
        "https://a..example/", "https://.example/", f"https://{'a' * 64}.example/", "https://-a.example/",
        "https://a/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_https_address_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        asyncio.run(names("93.184.216.34").find(url))


def test_a_name_has_to_stand_for_public_addresses_alone() -> None:
    """One of them would be enough for whoever gives out the answers to names."""
    for found in (("127.0.0.1",), ("93.184.216.34", "10.0.0.1"), ()):
        with pytest.raises(Forbidden):
            asyncio.run(names(*found).find("https://example.com/"))
    for url in ("https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://2130706433/", "https://localhost/"):
        with pytest.raises(Forbidden):
            asyncio.run(Targets().find(url))


def test_it_is_connected_to_the_address_that_was_looked_at() -> None:
    found = asyncio.run(names("93.184.216.34").find("https://Example.com:8443/a/b?c=d"))

    assert found == Target("93.184.216.34", "example.com", 8443, True, "/a/b?c=d")
    assert found.authority == "example.com:8443"


def test_an_origin_that_a_setting_names_may_be_inside() -> None:
    inside = names("127.0.0.1")

    assert asyncio.run(inside.find("http://127.0.0.1:9000/hook")).secure is False
    assert asyncio.run(inside.find("https://inside.example/hook")).address == "127.0.0.1"
    for other in ("http://127.0.0.1:9001/", "https://127.0.0.1:9000/", "http://inside.example/"):
        with pytest.raises(Forbidden):
            asyncio.run(inside.find(other))


def test_no_such_name_has_no_address() -> None:
    assert asyncio.run(look_up("no-such-host.invalid", 443)) == ()


def test_settings_name_the_key_and_the_origins(tmp_path: Path) -> None:
    given = {"CLAUSULA_WEBHOOK_KEY": "ab" * 32, "CLAUSULA_WEBHOOK_ORIGINS": "http://10.0.0.7:9000, https://in.example"}
    settings = settings_from(given)

    assert (settings.webhook_key, settings.webhook_origins) == (
        "ab" * 32,
        ("http://10.0.0.7:9000", "https://in.example"),
    )
    assert "ab" * 32 not in repr(settings)
    for wrong in ({"webhook_key": "zz"}, {"webhook_key": "ab" * 31}, {"webhook_origins": ("nonsense",)}):
        with pytest.raises(WrongSetting):
            posting_of(Settings(tmp_path / "a.db", tmp_path, **wrong))
    posting_of(Settings(tmp_path / "a.db", tmp_path))
    assert (tmp_path / "a.db.webhook.key").stat().st_mode & 0o777 == 0o600


# ------------------------------------------------------------------ over the loopback


def sent(answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> tuple[Reply, bytes]:
    """What comes of sending a body to a receiver on this machine, and what that got."""
    got = b""

    async def work() -> Reply:
        done = asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal got
            got = await reader.readuntil(b"}")
            await answer(reader, writer)
            done.set()
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            target = Target("127.0.0.1", "hooks.example", port, False, "/in?x=1")
            try:
                return await send(target, headers("whsec_AAAA", "msg_1", OPENED, b"{}"), b"{}")
            finally:
                await asyncio.wait_for(done.wait(), 30)

    return asyncio.run(work()), got


def says(*parts: bytes) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return answer


def test_a_body_gets_there_with_its_headers() -> None:
    reply, got = sent(says(b"HTTP/1.1 204 No Content\r\n\r\n"))
    head, _, body = got.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")

    assert reply == Reply(204)
    assert (lines[0], body) == ("POST /in?x=1 HTTP/1.1", b"{}")
    assert any(each.startswith("Host: hooks.example:") for each in lines)
    assert {"Content-Type: application/json", "Content-Length: 2", "webhook-id: msg_1"} <= set(lines)


@pytest.mark.parametrize(
    ("parts", "reply"),
    [
        ((b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), Reply(200)),
        ((b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n",), Reply(302)),
        ((b"HTTP/1.1 429 No\r\nRetry-After: 17\r\n\r\n",), Reply(429, 17)),
        ((b"HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 2027 23:59:59 GMT\r\n\r\n",), Reply(503)),
        ((b"HTTP/1.1 5", b"00 Error\r", b"\n\r\n"), Reply(500)),
    ],
)
def test_the_status_is_read_and_nothing_is_followed(parts: tuple[bytes, ...], reply: Reply) -> None:
    assert sent(says(*parts))[0] == reply


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"nonsense\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 9000),
        (b"HTTP/1.1 2",),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nx",),
    ],
)
def test_what_is_no_answer_is_none(parts: tuple[bytes, ...]) -> None:
    with pytest.raises(NoAnswer):
        sent(says(*parts))


def test_who_never_answers_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.05)

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    with pytest.raises(NoAnswer, match="no answer within"):
        sent(silent)


def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="no connection"):
        asyncio.run(send(Target("127.0.0.1", "hooks.example", 1, False, "/"), {}, b"{}"))


def test_who_cannot_show_a_certificate_is_not_told_anything() -> None:
    """A receiver that speaks no TLS gets the greeting of TLS and no byte of the body."""

    async def work() -> bytes:
        got = asyncio.get_running_loop().create_future()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            got.set_result(await reader.read(4096))
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(NoAnswer):
                await send(Target("127.0.0.1", "hooks.example", port, True, "/"), {}, b'{"secret": 1}')
        found: bytes = await got
        return found

    assert b"secret" not in asyncio.run(work())
