"""Work is bounded, not only size: small bodies that take long, lists without end, signals that are heard meanwhile."""

from __future__ import annotations

import asyncio
import gzip
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from contextlib import suppress

import pytest
import zstandard

from scraper.addresses import normalise
from scraper.discover.feed import read_feed
from scraper.discover.look import MOST_LISTS
from scraper.errors import Bomb, Garbled, NotAFeed, Truncated
from scraper.fetch.bodies import unpack
from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story
from tests.scraper.server import Asked, Fault


def wide_frame() -> bytes:
    parameters = zstandard.ZstdCompressionParameters(window_log=23, write_content_size=False)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return packer.compress(b"a") + packer.flush()


MANY: dict[str, tuple[str, bytes]] = {
    "gzip members": ("gzip", gzip.compress(b"") * 200_000),
    "gzip members of a byte": ("gzip", gzip.compress(b"a") * 100_000),
    "zstd frames": ("zstd", zstandard.compress(b"") * 100_000),
    "zstd frames with wide windows": ("zstd", wide_frame() * 1000),
    "zstd frames to skip": ("zstd", b"\x50\x2a\x4d\x18\x00\x00\x00\x00" * 100_000),
    "empty deflate blocks": ("deflate", zlib.compress(b"")[:2] + b"\x00\x00\x00\xff\xff" * 200_000),
    "gzip in gzip": ("gzip, gzip", gzip.compress(gzip.compress(b"") * 100_000)),
}


@pytest.mark.speed
@pytest.mark.parametrize("kind", MANY)
def test_a_body_of_very_many_parts_is_given_up_soon(kind: str) -> None:
    coding, body = MANY[kind]
    began = time.process_time()
    with suppress(Garbled, Truncated):
        unpack(body, coding, 8 << 20)
    assert time.process_time() - began < 1.0


def test_a_body_of_some_parts_is_read() -> None:
    parts = [b"part %d\n" % number for number in range(90)]
    assert unpack(b"".join(map(gzip.compress, parts)), "gzip", 10**6) == b"".join(parts)
    assert unpack(b"".join(map(zstandard.compress, parts)), "zstd", 10**6) == b"".join(parts)
    with pytest.raises(Garbled):
        unpack(b"".join(map(zstandard.compress, parts * 2)), "zstd", 10**6)


SLOW_FEEDS: dict[str, bytes] = {
    "open items": b"<rss><channel>" + b"<item>" * 150_000,
    "signs": b"<rss><channel><item><title>" + b"&" * 900_000,
    "brackets": b"<rss><channel><item>" + b"<" * 900_000,
    "sections": b"<rss><channel><item><title>" + b"<![CDATA[" * 100_000,
    "comments": b"<rss><channel><item>" + b"<!--" * 200_000,
    "references": b"<rss><channel><item><title>" + b"&foo;&#55357;" * 70_000,
    "closings": b"<rss><channel><item>" + b"</b>" * 200_000,
    "deep": b"<rss>" + b"<a>" * 300_000,
    "attributes": b"<rss><item " + b"a=b " * 200_000 + b"<",
    "bare items": b"<rss><channel>" + b"<item><title>a & b</title><link>/1</link></item>" * 19_000,
    "spaces before the root": b" " * 900_000 + b"x<rss>",
    "a declaration without end": b"<?xml " + b"encoding='" * 90_000,
    "warnings before the root": b"<br />\n<b>Warning</b>: x\n" * 35_000,
}


@pytest.mark.speed
@pytest.mark.parametrize("kind", SLOW_FEEDS)
def test_a_hostile_feed_is_read_or_refused_in_time(kind: str) -> None:
    began = time.process_time()
    with suppress(NotAFeed, Bomb):
        read_feed(SLOW_FEEDS[kind], "https://example.org/feed")
    assert time.process_time() - began < 3.0


@pytest.mark.speed
@pytest.mark.parametrize("url", ["http://" + "a" * 10**6, "http://" + "ä" * 10**5 + ".org/", "/" + "../" * 10**5,
                                 "http://a/" + "%" * 10**6, "<" * 10**6, "http://a.org/?" + "&a=" * 10**5])  # fmt: skip
def test_a_hostile_address_is_read_or_refused_in_time(url: str) -> None:
    began = time.process_time()
    normalise(url, "https://example.org/feed")
    assert time.process_time() - began < 1.0


def endless_index() -> Fault:
    """An index that names a hundred indexes, each of which does so too, with addresses of its own."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        lists = "".join(f"<sitemap><loc>{asked.path}/{number}</loc></sitemap>" for number in range(100))
        await faults.reply(200, f"<sitemapindex>{lists}</sitemapindex>".encode())(asked, writer)

    return fault


def test_an_index_without_end_is_read_for_a_while(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/sitemap.xml*", endless_index())
    play.run(text=site.source_toml(kind="sitemap"))
    assert len(site.asked) <= MOST_LISTS + 5


def test_a_sitemap_of_many_addresses_does_not_keep_others_waiting(play: Play) -> None:
    hostile, honest = play.site("hostile", articles=0), play.site("honest", articles=3)
    many = "".join(f"<url><loc>/news/{number}</loc></url>" for number in range(20_000))
    hostile.on("/sitemap.xml", faults.reply(200, f"<urlset>{many}</urlset>".encode()))
    play.run(text=hostile.source_toml(kind="sitemap", extra='include = ["^nothing$"]') + honest.source_toml())
    assert len(play.kept(honest)) == 3


def test_a_sitemap_that_names_one_address_without_end_is_read_for_a_while(play: Play) -> None:
    site = play.site("harbour", articles=0)
    many = b"<urlset>" + b"<url><loc>/1</loc></url>" * 1_500_000
    site.on("/sitemap.xml", faults.reply(200, gzip.compress(many, 1)))
    began = time.process_time()
    play.run(text=site.source_toml(kind="sitemap"))
    assert time.process_time() - began < 30  # a minute and a half, were it read to its end
    assert site.paths().count("/1") == 1


@pytest.mark.speed
def test_sigterm_is_heard_while_a_hostile_body_is_unpacked(play: Play) -> None:
    site = play.site("harbour", articles=0)
    packed = gzip.compress(b"<rss><channel>" + b"<item><title>x & y</title><link>/1</link></item>" * 60_000)
    site.on("/feed.xml", feed(packed, {"Content-Encoding": "gzip"}))
    site.on("/1", faults.silence(60))
    (play.folder / "sources.toml").write_text(site.source_toml())
    command = [sys.executable, "-m", "scraper.cli", "run", str(play.folder / "sources.toml"), "--db",
               str(play.folder / "wire.db")]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    killer = threading.Timer(60, process.kill)
    killer.start()
    while "/feed.xml" not in site.paths() and process.poll() is None:
        time.sleep(0.02)
    began = time.monotonic()
    os.kill(process.pid, signal.SIGTERM)
    process.communicate()
    killer.cancel()
    assert time.monotonic() - began < 28  # the grace for what is in flight, and the interpreter's end


def test_a_page_that_unpacks_slowly_fails_alone(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "One"), ("/news/2", "Two"))))
    site.on("/news/1", page(MANY["zstd frames with wide windows"][1], {"Content-Encoding": "zstd"}))
    site.on("/news/2", page(story(2)))
    play.run()
    assert len(play.kept(site)) == 1
    assert play.causes(site) == ["protocol"]
