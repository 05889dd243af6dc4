"""Given only a site's address: where its feeds and sitemaps are, as an entry for sources.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from urllib.parse import urljoin, urlsplit

from scraper.addresses import article_key, host_of, normalise, origin_of, split_login
from scraper.discover.feed import read_feed
from scraper.discover.section import read_alternates
from scraper.discover.sitemap import read_sitemap
from scraper.errors import FetchError, NotAFeed, RefusedAddress
from scraper.fetch.answers import Page
from scraper.fetch.client import Client
from scraper.sources import Source

#: The max_age of a suggested source: without one a sitemap would bring a site's whole archive.
FRESH = timedelta(days=7)
#: Feeds, or sitemaps, suggested for one site.
MOST_LISTS = 6
#: Lists looked at for it: a page may name thousands, and each waits for its turn.
MOST_LOOKED_AT = 4 * MOST_LISTS


@cache
def _usual_places() -> dict[str, list[str]]:
    return tomllib.loads(files("scraper.discover").joinpath("usual_places.toml").read_text("utf-8"))


async def find_feeds(client: Client, site_url: str) -> Source:
    """Return the entry for `scrape add`, from the address of a site (`example.org` will do) or of a feed.

    Looks at the feeds that the page names, the Sitemap lines of robots.txt, then the usual places; everything
    suggested was fetched and read. A site on a private address counts as allowed by name, since it was named here
    by hand, and gets an `allow_hosts` line. Raises `FetchError` when the site cannot be read, `NotAFeed` when it
    has neither feed nor sitemap.
    """
    given, login = split_login(site_url if "://" in site_url else f"https://{site_url}")
    address = normalise(given)
    if address is None:
        raise RefusedAddress(given, "not the address of a site")
    logins = {origin_of(address): login} if login else {}
    source = Source(host_of(address).removeprefix("www."), sections=(address,), max_age=FRESH, logins=logins)
    try:
        page = await client.fetch(address, source)
    except RefusedAddress:
        parts = urlsplit(address)
        host = parts.netloc if parts.port else f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"
        source = replace(source, allow_hosts=(host,))
        page = await client.fetch(address, source)
    if _stories(page):
        return replace(source, feeds=(page.url,), sections=())
    return replace(await _from_site(client, source, page), sections=())


async def _from_site(client: Client, source: Source, page: Page) -> Source:
    places = _usual_places()
    links, language = read_alternates(page.body, page.url)
    source = replace(source, language=language)
    named = [
        link.url
        for link in links
        if not any(word in f"{link.url} {link.title or ''}".lower() for word in places["not_news"])
    ]
    feeds = await _different_feeds(client, source, named, MOST_LISTS)
    if not feeds:
        feeds = await _different_feeds(
            client, source, [urljoin(page.url, place) for place in places["feeds"]], 1
        )
    sitemaps = await _sitemaps(client, source, page.url, news_only=bool(feeds))
    if not feeds and not sitemaps:
        raise NotAFeed(page.url, "the site names no feed and no sitemap, and none is in the usual places")
    return replace(source, feeds=tuple(feeds), sitemaps=tuple(sitemaps))


async def _different_feeds(client: Client, source: Source, addresses: Iterable[str], most: int) -> list[str]:
    """Return those of the addresses that are feeds with stories which no feed before them has."""
    kept: list[str] = []
    known: set[str] = set()
    for address in islice(addresses, MOST_LOOKED_AT):
        try:
            stories = _stories(await client.fetch(address, source, kind="feed"))
        except FetchError:
            continue
        if not stories <= known:
            kept.append(address)
            known |= stories
        if len(kept) >= most:
            break
    return kept


def _stories(page: Page) -> set[str]:
    """Return the keys of a feed's stories; none when the page is no feed."""
    try:
        return {article_key(entry.url) for entry in read_feed(page.body, page.url, page.charset)}
    except FetchError:
        return set()


async def _sitemaps(client: Client, source: Source, site: str, *, news_only: bool) -> list[str]:
    """Return the site's news sitemaps; if it has none, all others (unless `news_only`)."""
    try:
        lines = (await client.robots(site, source)).sitemaps
    except FetchError:
        lines = ()
    named = [address for address in (normalise(line, site) for line in lines) if address is not None]
    usual = [urljoin(site, place) for place in _usual_places()["sitemaps"]]
    news: list[str] = []
    others: list[str] = []
    looked_at = 0
    for address in dict.fromkeys((*named, *usual)):
        for_news = "news" in urlsplit(address).path
        if (news_only and not for_news) or (address not in named and (news or others)):
            continue
        if (looked_at := looked_at + 1) > MOST_LOOKED_AT:
            break
        try:
            page = await client.fetch(address, source, kind="sitemap")
            if next(read_sitemap(page.body, page.url), None) is not None:
                (news if for_news else others).append(address)
        except FetchError:
            continue
    return (news or others)[:MOST_LISTS]
