"""A proxy of the file of sources is asked for everything, is told its own password alone, and lifts no guard."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from scraper.errors import FetchError
from scraper.fetch.answers import Page
from scraper.fetch.client import Client, Limits
from scraper.fetch.guard import Resolver
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.server import Site, Web

LIMITS = Limits(connect=2, first_byte=2, total=5, tries=1)
PAGE = faults.reply(200, b"<html><p>The harbour opened.</p></html>", faults.HTML)


async def look_up(host: str, port: int) -> list[str]:
    if host == "inside.example.org":
        return ["10.0.0.7"]
    if host == "known.example.org":
        return ["93.184.215.14"]
    raise OSError("no such name")


def fetch(url: str, source: Source) -> Page:
    async def run() -> Page:
        async with Client(user_agent="wireclean/test", limits=LIMITS, resolver=Resolver(look_up)) as client:
            return await client.fetch(url, source)

    return asyncio.run(run())


@pytest.mark.parametrize("host", ["known.example.org", "known-to-the-proxy.example.org"])
def test_everything_is_asked_of_the_proxy(host: str) -> None:
    with Web() as web:
        proxy = web.site("proxy")
        proxy.on(f"http://{host}/news/1", PAGE)
        source = Source("a", delay=0.0, proxy=f"http://user:secret@{proxy.address}")
        page = fetch(f"http://{host}/news/1", source)
        assert b"The harbour opened" in page.body
        assert proxy.paths() == [f"http://{host}/robots.txt", f"http://{host}/news/1"]
        assert {asked.headers.get("proxy-authorization") for asked in proxy.asked} == {
            "Basic dXNlcjpzZWNyZXQ="
        }
        assert "secret" not in repr(source)


@pytest.mark.parametrize(
    "url", ["http://inside.example.org/", "http://169.254.169.254/latest/", "http://127.0.0.1/"]
)
def test_a_proxy_is_not_asked_for_private_addresses(url: str) -> None:
    with Web() as web:
        proxy = web.site("proxy")
        with pytest.raises(FetchError) as caught:
            fetch(url, Source("a", delay=0.0, respect_robots=False, proxy=proxy.url("/")))
        assert caught.value.cause == "refused-address"
        assert proxy.asked == []


def test_a_proxy_that_is_not_there_is_a_failed_connection() -> None:
    source = Source("a", delay=0.0, respect_robots=False, proxy="http://127.0.0.1:9")
    with pytest.raises(FetchError) as caught:
        fetch("http://known.example.org/", source)
    assert caught.value.cause == "connection"


def test_a_proxy_that_refuses_says_so() -> None:
    with Web() as web:
        proxy = web.site("proxy")
        proxy.on("*", faults.status(407))
        source = Source("a", delay=0.0, respect_robots=False, proxy=proxy.url("/"))
        for url, cause in {
            "http://known.example.org/": "status-407",
            "https://known.example.org/": "connection",
        }.items():
            with pytest.raises(FetchError) as caught:
                fetch(url, source)
            assert caught.value.cause == cause


def socks(
    asked: list[tuple[str, bytes]], site: Site, password: bytes | None = None
) -> Callable[..., Awaitable[None]]:
    """A SOCKS proxy (RFC 1928, RFC 1929) that connects to one site, whatever it is asked for."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x02" if password else b"\x05\x00")
        if password:
            _, length = await reader.readexactly(2)
            user = await reader.readexactly(length)
            told = await reader.readexactly((await reader.readexactly(1))[0])
            writer.write(b"\x01\x00" if told == password else b"\x01\x01")
            asked.append((user.decode(), told))
        *_, kind = await reader.readexactly(4)
        assert kind == 3  # by name: the proxy looks it up
        name = await reader.readexactly((await reader.readexactly(1))[0])
        await reader.readexactly(2)
        asked.append((name.decode(), b""))
        there, back = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await asyncio.gather(pipe(reader, back), pipe(there, writer), return_exceptions=True)

    async def pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(1 << 16):
            target.write(data)
        target.close()

    return serve


@pytest.mark.parametrize("password", [None, b"secret"])
def test_a_socks_proxy_is_asked_by_name_and_told_its_own_password(password: bytes | None) -> None:
    asked: list[tuple[str, bytes]] = []

    async def run() -> tuple[Page, str]:
        server = await asyncio.start_server(socks(asked, site, password), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        login = f"desk:{password.decode()}@" if password else ""
        source = Source("a", delay=0.0, respect_robots=False, proxy=f"socks5://{login}127.0.0.1:{port}")
        async with server, Client(user_agent="x", limits=LIMITS, resolver=Resolver(look_up)) as client:
            page = await client.fetch("http://known.example.org/news/1", source)
            with pytest.raises(FetchError) as caught:
                await client.fetch("http://inside.example.org/", source)
        return page, caught.value.cause

    with Web() as web:
        site = web.site("harbour")
        site.on("/news/1", PAGE)
        page, cause = asyncio.run(run())
        assert b"The harbour opened" in page.body
        assert cause == "refused-address"
        assert site.asked[0].headers["host"] == "known.example.org"
    assert asked == ([("desk", password)] if password else []) + [("known.example.org", b"")]
