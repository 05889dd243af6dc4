"""From a source to the addresses of its articles: feeds, sitemaps, section pages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from scraper.addresses import article_key, normalise
from scraper.client import Client, Kind, Page
from scraper.errors import FetchError
from scraper.feeds import read_feed
from scraper.sitemaps import Located, read_sitemap
from scraper.sources import Source
from scraper.suggest import find_feeds

__all__ = ["Discovery", "Found", "Validator", "Validators", "discover", "find_feeds"]

T = TypeVar("T")

MOST_FOUND = 50_000
"""Articles taken from one source in one look; the newest, as far as its sitemaps are dated."""

MOST_SITEMAPS = 100
"""Sitemaps read of one index in one look, the last changed first."""

DEEPEST_INDEX = 3
"""Indexes that name indexes."""

SMALL = 128 << 10
"""Bytes; a longer body is read in a thread of its own, so that other fetches go on meanwhile."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article's address as a feed, sitemap or section names it; `key` is the same for all its spellings.

    `changed` is when it last changed, if that is told: an article kept before it is worth another look.
    """

    url: str
    key: str
    title: str | None
    published: datetime | None
    source: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server gave to ask "changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None


Validators = Mapping[str, Validator]
"""Validators by feed, sitemap or section address."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one look at a source gave.

    `validators` are to be stored and given back next time, **after** `found` is safely stored; `failures` are by
    address; `moved` maps an address of the file to where it has moved for good; `unchanged` are the addresses that
    answered 304.
    """

    found: tuple[Found, ...] = ()
    validators: Mapping[str, Validator] = field(default_factory=dict)
    failures: Mapping[str, FetchError] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()


async def discover(source: Source, client: Client, seen: Validators) -> Discovery:
    """The articles that the source names now, each once, newest first where dates are known.

    Never raises for the network's sake: what cannot be read is in `failures`, and the rest is still there.
    """
    look = _Look(source, client, seen)
    await asyncio.gather(
        *(look.at_feed(address) for address in source.feeds),
        *(look.at_sitemap(address) for address in source.sitemaps),
        *(look.at_section(address) for address in source.sections),
    )
    return look.result()


class _Look:
    """One look at one source: what it has gathered so far."""

    def __init__(self, source: Source, client: Client, seen: Validators) -> None:
        self._source, self._client, self._seen = source, client, seen
        self._include = [re.compile(pattern) for pattern in source.include]
        self._exclude = [re.compile(pattern) for pattern in source.exclude]
        self._oldest = datetime.now(UTC) - source.max_age if source.max_age else None
        self._own = {*source.feeds, *source.sitemaps, *source.sections}
        self._found: dict[str, Found] = {}
        self._validators: dict[str, Validator] = {}
        self._failures: dict[str, FetchError] = {}
        self._moved: dict[str, str] = {}
        self._unchanged: list[str] = []
        self._visited: set[str] = set()

    def result(self) -> Discovery:
        beginning = datetime.min.replace(tzinfo=UTC)
        newest_first = sorted(
            self._found.values(), key=lambda found: found.published or beginning, reverse=True
        )
        return Discovery(
            tuple(newest_first), self._validators, self._failures, self._moved, tuple(self._unchanged)
        )

    async def at_feed(self, address: str) -> None:
        """Take in the entries of a feed."""
        try:
            page = await self._fetch(address, "feed")
            if page is None:
                return
            for entry in await _read(page, lambda: read_feed(page.body, page.url, page.headers)):
                self._add(entry.url, entry.title, entry.published, page.url, changed=entry.changed)
            self._remember(address, page)
        except FetchError as error:
            self._failures[address] = error

    async def at_section(self, address: str) -> None:
        """Take in the links of a section page."""
        from scraper.sections import read_section

        pattern = self._source.link_pattern or ""
        try:
            page = await self._fetch(address, "page")
            if page is None:
                return
            for link in await _read(page, lambda: read_section(page.body, page.url, pattern)):
                self._add(link.url, link.text, None, page.url)
            self._remember(address, page)
        except FetchError as error:
            self._failures[address] = error

    async def at_sitemap(self, address: str, depth: int = 1) -> None:
        """Take in a sitemap, and if it is an index all that it names."""
        if address in self._visited or len(self._found) >= MOST_FOUND:
            return
        self._visited.add(address)
        children: list[Located] = []
        try:
            page = await self._fetch(address, "sitemap")
            if page is None:
                return
            if _is_feed(page.body):
                for entry in await _read(page, lambda: read_feed(page.body, page.url, page.headers)):
                    self._add(entry.url, entry.title, entry.published, page.url, changed=entry.changed)
            else:
                await _read(page, lambda: self._take_sitemap(page, children))
            if not children:
                # an index is read in full every time: it may stay the same while what it names changes
                self._remember(address, page)
        except FetchError as error:
            self._failures[address] = error
        if depth < DEEPEST_INDEX:
            for child in self._worth_reading(children):
                await self.at_sitemap(child, depth + 1)

    def _take_sitemap(self, page: Page, children: list[Located]) -> None:
        located: Iterator[Located] = read_sitemap(page.body, page.url)
        for entry in located:
            if entry.is_sitemap:
                children.append(entry)
            elif len(self._found) < MOST_FOUND:
                self._add(entry.url, entry.title, entry.published, page.url, changed=entry.changed)
            if len(children) >= MOST_FOUND or len(self._found) >= MOST_FOUND:
                return

    def _worth_reading(self, children: list[Located]) -> list[str]:
        """The addresses of an index's sitemaps, the last changed first, without those that are too old."""
        beginning = datetime.min.replace(tzinfo=UTC)
        young = (c for c in children if not (self._oldest and c.changed and c.changed < self._oldest))
        newest_first = sorted(young, key=lambda child: child.changed or beginning, reverse=True)
        addresses = (normalise(child.url) for child in islice(newest_first, MOST_SITEMAPS))
        return [address for address in addresses if address is not None]

    async def _fetch(self, address: str, kind: Kind) -> Page | None:
        """The page, or None when it has not changed since."""
        known = self._seen.get(address) or Validator()
        page = await self._client.fetch(
            address, self._source, etag=known.etag, last_modified=known.last_modified, kind=kind
        )
        if page.moved_to is not None:
            self._moved[address] = page.moved_to
        if page.not_modified:
            self._unchanged.append(address)
            self._validators[address] = known
            return None
        return page

    def _remember(self, address: str, page: Page) -> None:
        validator = Validator(page.headers.get("etag"), page.headers.get("last-modified"))
        if validator != Validator():
            self._validators[address] = validator

    def _add(
        self,
        url: str,
        title: str | None,
        published: datetime | None,
        base: str,
        *,
        changed: datetime | None = None,
    ) -> None:
        address = normalise(url, base)
        if address is None or address in self._own:
            return
        when = published or changed
        if self._oldest is not None and when is not None and when < self._oldest:
            return
        if self._include and not any(pattern.search(address) for pattern in self._include):
            return
        if any(pattern.search(address) for pattern in self._exclude):
            return
        key = article_key(address)
        before = self._found.get(key)
        if before is None:
            self._found[key] = Found(address, key, title, published, self._source.name, changed)
        elif (before.title is None and title) or (before.published is None and published):
            self._found[key] = replace(
                before,
                title=before.title or title,
                published=before.published or published,
                changed=before.changed or changed,
            )


async def _read(page: Page, read: Callable[[], T]) -> T:
    return read() if len(page.body) <= SMALL else await asyncio.to_thread(read)


def _is_feed(body: bytes) -> bool:
    head = body[:2000].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))
