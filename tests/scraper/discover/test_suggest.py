"""From the address of a site to its entry: only what was fetched and read is suggested."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator

import pytest

from scraper.discover import find_feeds
from scraper.discover.suggest import MOST_LOOKED_AT
from scraper.errors import FetchError, NotAFeed, RefusedAddress
from scraper.fetch.client import Client, Limits
from scraper.sources import Source, source_toml
from tests.scraper import faults
from tests.scraper.server import Fault, Web


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as opened:
        yield opened


def found(url: str) -> Source:
    async def find() -> Source:
        async with Client(user_agent="wireclean", pace=False, limits=Limits(tries=1)) as client:
            return await find_feeds(client, url)

    return asyncio.run(find())


def test_a_site_s_feeds_are_found_each_story_once(web: Web) -> None:
    site = web.site("harbour", articles=3)
    source = found(site.url("/"))
    assert source.feeds == (site.url("/feed.xml"),)  # the Atom and the JSON feed name the same stories
    assert source.allow_hosts == (site.address,)
    assert source.language == "en"


def test_a_feed_s_own_address_is_its_source(web: Web) -> None:
    site = web.site("harbour", articles=3)
    assert found(site.url("/atom.xml")).feeds == (site.url("/atom.xml"),)


def test_a_site_without_feeds_has_its_sitemap(web: Web) -> None:
    site = web.site("harbour", articles=3, robots="Sitemap: /news-sitemap.xml")
    for path in ("/feed.xml", "/atom.xml", "/feed.json"):
        site.on(path, faults.status(404))
    assert found(site.url("/")).sitemaps == (site.url("/news-sitemap.xml"),)


def test_a_login_is_used_and_written_into_the_entry_and_nowhere_else(web: Web) -> None:
    site = web.site("harbour", articles=3)
    source = found(site.url("/").replace("http://", "http://desk:s%40crets@"))
    expected = "Basic " + base64.b64encode(b"desk:s@crets").decode()
    assert {asked.headers.get("authorization") for asked in site.asked if asked.path == "/feed.xml"} == {
        expected
    }
    assert "desk:s%40crets@127.0.0.1" in source_toml(source)
    assert "crets" not in repr(source)


@pytest.mark.parametrize(
    ("path", "fault", "error"),
    [
        ("*", faults.status(500), FetchError),
        ("*", faults.reply(200, b"<html><body>Hello</body></html>", {"Content-Type": "text/html"}), NotAFeed),
    ],
)
def test_a_site_that_names_nothing_says_so(
    web: Web, path: str, fault: Fault, error: type[FetchError]
) -> None:
    site = web.site("harbour", articles=3)
    site.on(path, fault)
    with pytest.raises(error):
        found(site.url("/"))


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(RefusedAddress):
        found("http://[::bad/")


def test_of_a_page_that_names_feeds_without_end_some_are_looked_at(web: Web) -> None:
    site = web.site(
        "harbour", articles=0, robots="".join(f"Sitemap: /map{number}.xml\n" for number in range(500))
    )
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/feed{number}.xml">' for number in range(500)
    )
    site.on(
        "/", faults.reply(200, f"<html><head>{links}</head><body>News</body></html>".encode(), faults.HTML)
    )
    site.on("/feed*", faults.status(404))
    site.on("/map*", faults.status(404))
    with pytest.raises(NotAFeed):
        found(site.url("/"))
    assert len(site.asked) <= 2 * MOST_LOOKED_AT + 20
