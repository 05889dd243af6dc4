"""Whatever comes over the wire, what comes out is a result or one of the fetcher's own errors; never a crash."""

import asyncio
import random
from contextlib import suppress

import pytest

from scraper.addresses import article_key, host_of, normalise
from scraper.discover import discover
from scraper.discover.feed import read_feed
from scraper.discover.section import read_alternates, read_section
from scraper.discover.sitemap import read_sitemap
from scraper.errors import FetchError
from scraper.fetch.client import Client, Limits
from scraper.fetch.robots import RobotsRecord, read_robots
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.server import Web, answer
from tests.scraper.wire_site import Newsroom

ROOT = "https://example.org"
CASES = range(150)
MARKS = (
    b"<",
    b">",
    b"&",
    b"\0",
    b"\xff",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"{",
    b"[",
    b'"',
    b"\r\n",
    b"\x1f\x8b",
    b"<?xml",
)


def damaged(whole: bytes, seed: int) -> bytes:
    """The bytes with a few pieces lost, doubled, swapped or overwritten."""
    dice = random.Random(seed)
    data = bytearray(whole)
    for _ in range(dice.randint(1, 8)):
        at, size = dice.randrange(len(data) + 1), dice.randint(0, 40)
        match dice.randrange(5):
            case 0:
                del data[at : at + size]
            case 1:
                data[at:at] = data[at : at + size] * dice.randint(1, 5)
            case 2:
                data[at:at] = dice.choice(MARKS) * dice.randint(1, 3)
            case 3:
                data[at : at + size] = dice.randbytes(size)
            case _:
                del data[at + 200 :]
    return bytes(data)


@pytest.mark.parametrize(
    "kind", ["rss", "atom", "json_feed", "sitemap_gz", "news_sitemap", "sitemap_index", "home"]
)
def test_a_damaged_document_is_read_or_refused(kind: str) -> None:
    whole = getattr(Newsroom("harbour", 5), kind)(ROOT)
    for seed in CASES:
        body = damaged(whole, seed)
        with suppress(FetchError):
            read_feed(body, ROOT)
        with suppress(FetchError):
            list(read_sitemap(body, ROOT))
        read_section(body, ROOT, "/")
        read_alternates(body, ROOT)


def test_a_damaged_robots_txt_gives_some_rules() -> None:
    text = (
        "User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 1.5\nRequest-rate: 1/5\nVisit-time: 0600-0845\n"
        * 3
    )
    for seed in CASES:
        body = damaged(text.encode(), seed).decode("utf-8", "replace")
        rules = read_robots(RobotsRecord(ROOT, 200, body, 0.0), "wireclean")
        assert 0 <= rules.delay() <= 60
        with suppress(FetchError):
            rules.check(f"{ROOT}/a/b")


def test_a_damaged_address_is_normalised_or_refused() -> None:
    whole = b"https://user:p@m.example.org:8080/amp/news/../1.html?utm_source=a&id=7#top"
    for seed in range(2000):
        url = damaged(whole, seed).decode("utf-8", "replace")
        normalise(url, ROOT)
        article_key(url)
        host_of(url)


@pytest.fixture(scope="module")
def quick() -> Limits:
    # three tries: a server that closes a kept connection just as we ask on it costs one
    return Limits(
        connect=2, first_byte=0.4, total=1, tries=3, backoff=0.01, page_bytes=1 << 20, feed_bytes=1 << 20
    )


def test_a_damaged_answer_is_a_page_or_an_error_and_the_next_one_is_right(quick: Limits) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip", "Location": "/x", "Retry-After": "0"}
    with Web() as web:
        site = web.site("harbour")
        packed = faults.pack_zeros("gzip", 0) or b"x"
        for seed in CASES:
            status = random.Random(seed).choice([200, 200, 301, 304, 404, 103])
            site.on(f"/{seed}", faults.raw(damaged(answer(status, packed, headers), seed)))

        async def run() -> None:
            source = Source("h", allow_hosts=(site.address,), respect_robots=False)

            few = asyncio.Semaphore(12)  # a server that is asked by all at once drops some

            async def one(seed: int) -> None:
                async with few, Client(user_agent="wireclean/test", limits=quick, pace=False) as client:
                    with suppress(FetchError):
                        await client.fetch(site.url(f"/{seed}"), source)
                    assert (await client.fetch(site.url("/"), source)).status == 200

            await asyncio.gather(*(one(seed) for seed in CASES))

        asyncio.run(run())


def test_a_source_of_nothing_but_noise_is_looked_at_to_the_end(quick: Limits) -> None:
    with Web() as web:
        site = web.site("harbour")
        for seed in range(20):
            site.on(f"/{seed}", faults.reply(200, random.Random(seed).randbytes(5000)))

        async def run() -> int:
            urls = tuple(site.url(f"/{seed}") for seed in range(20))
            source = Source(
                "h", urls, urls, urls, link_pattern=".", allow_hosts=(site.address,), concurrency=16
            )
            async with Client(user_agent="wireclean/test", limits=quick, pace=False) as client:
                return len((await discover(source, client, {})).failures)

        assert asyncio.run(run()) == 20
