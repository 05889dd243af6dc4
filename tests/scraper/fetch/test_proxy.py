"""A proxy of the file of sources is asked for everything, is told its own password alone, and lifts no guard."""

from __future__ import annotations

import asyncio

import pytest

from scraper.errors import FetchError
from scraper.fetch.answers import Page
from scraper.fetch.client import Client, Limits
from scraper.fetch.guard import Resolver
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.server import Web

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
