"""Given only a site's address: where its feeds and sitemaps are, as an entry for sources.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

from scraper.addresses import article_key, host_of, normalise
from scraper.client import Client, Page
from scraper.errors import FetchError, NotAFeed, RefusedAddress
from scraper.feeds import read_feed
from scraper.sitemaps import read_sitemap
from scraper.sources import Source

FRESH = timedelta(days=7)
"""The max_age of a suggested source: without one a sitemap would bring a site's whole archive."""

MOST_FEEDS = 6


@dataclass(frozen=True, slots=True)
class Places:
    """What usual_places.toml says."""

    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    not_news: tuple[str, ...]


@cache
def _places() -> Places:
    table = tomllib.loads(files("scraper").joinpath("usual_places.toml").read_text("utf-8"))
    return Places(tuple(table["feeds"]), tuple(table["sitemaps"]), tuple(table["not_news"]))


async def find_feeds(client: Client, site_url: str) -> Source:
    """The entry for `scrape add`, from the address of a site (`example.org` will do) or of a feed.

    Looks at the feeds that the page names, the Sitemap lines of robots.txt, then the usual places; everything
    suggested was fetched and read. A site on a private address counts as allowed by name, since it was named here
    by hand, and gets an `allow_hosts` line. Raises `FetchError` when the site cannot be read, `NotAFeed` when it
    has neither feed nor sitemap.
    """
    address = normalise(site_url if "://" in site_url else f"https://{site_url}")
    if address is None:
        raise RefusedAddress(site_url, "not the address of a site")
    source = Source(host_of(address).removeprefix("www."), max_age=FRESH)
    try:
        page = await client.fetch(address, source)
    except RefusedAddress:
        parts = urlsplit(address)
        host = parts.netloc if parts.port else f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"
        source = replace(source, allow_hosts=(host,))
        page = await client.fetch(address, source)
    if await _stories(client, source, page.url, page=page):
        return replace(source, feeds=(page.url,))
    return await _from_site(client, source, page)


async def _from_site(client: Client, source: Source, page: Page) -> Source:
    from scraper.sections import read_alternates

    links, language = read_alternates(page.body, page.url)
    source = replace(source, language=language)
    named = [link.url for link in links if not _is_no_news(link.url, link.text)]
    feeds = await _different_feeds(client, source, named)
    if not feeds:
        usual = [urljoin(page.url, place) for place in _places().feeds]
        feeds = await _different_feeds(client, source, usual, enough=1)
    sitemaps = await _sitemaps(client, source, page.url, news_only=bool(feeds))
    if not feeds and not sitemaps:
        raise NotAFeed(page.url, "the site names no feed and no sitemap, and none is in the usual places")
    return replace(source, feeds=tuple(feeds), sitemaps=tuple(sitemaps))


def _is_no_news(url: str, title: str | None) -> bool:
    text = f"{url} {title or ''}".lower()
    return any(word in text for word in _places().not_news)


async def _different_feeds(
    client: Client, source: Source, addresses: Iterable[str], *, enough: int = MOST_FEEDS
) -> list[str]:
    """Those of the addresses that are feeds with stories which no feed before them has."""
    kept: list[str] = []
    known: set[str] = set()
    for address in addresses:
        stories = await _stories(client, source, address)
        if not stories <= known:
            kept.append(address)
            known |= stories
        if len(kept) >= enough:
            break
    return kept


async def _stories(client: Client, source: Source, address: str, *, page: Page | None = None) -> set[str]:
    """The keys of a feed's stories; none when there is no feed there."""
    try:
        page = page or await client.fetch(address, source, kind="feed")
        return {article_key(entry.url) for entry in read_feed(page.body, page.url, page.headers)}
    except FetchError:
        return set()


async def _sitemaps(client: Client, source: Source, site: str, *, news_only: bool) -> list[str]:
    """The site's sitemaps: the news sitemaps if there are any, else (unless `news_only`) the first of all."""
    try:
        lines = (await client.robots(site, source)).sitemaps
    except FetchError:
        lines = ()
    named = [address for address in (normalise(line, site) for line in lines) if address is not None]
    usual = [urljoin(site, place) for place in _places().sitemaps]
    news: list[str] = []
    others: list[str] = []
    for address in dict.fromkeys((*named, *usual)):
        if address not in named and (news or others or (news_only and "news" not in address)):
            continue
        if news_only and "news" not in urlsplit(address).path:
            continue
        if await _is_sitemap(client, source, address):
            (news if "news" in urlsplit(address).path else others).append(address)
    return news or others[:MOST_FEEDS]


async def _is_sitemap(client: Client, source: Source, address: str) -> bool:
    try:
        page = await client.fetch(address, source, kind="sitemap")
        return next(read_sitemap(page.body, page.url), None) is not None
    except FetchError:
        return False
