"""One look at one source: everything that its feeds, sitemaps and section pages name now, each article once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from scraper.addresses import article_key, normalise
from scraper.discover import feed, section, sitemap
from scraper.discover.named import Kind, Named
from scraper.errors import FetchError
from scraper.fetch.answers import Page
from scraper.fetch.client import Client
from scraper.sources import Source

#: Every kind of discovery there is.
KINDS = (feed.KIND, sitemap.KIND, section.KIND)

#: Articles taken from one source in one look; the newest, as far as its sitemaps are dated.
MOST_FOUND = 50_000
#: Lists read of one index in one look, the last changed first.
MOST_LISTS = 100
#: Indexes that name indexes.
DEEPEST_INDEX = 3
#: Bytes; a longer body is read in a thread of its own, so that other fetches go on meanwhile.
SMALL = 128 << 10

BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found(Named):
    """An article as a source names it; `key` is the same for all spellings of its address.

    An article kept before it last `changed` is worth another look.
    """

    key: str = ""


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server gave to ask "changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class Discovery:
    """What one look at a source gave.

    `validators` are to be stored and given back next time, **after** `found` is safely stored; `failures` are by
    address; `moved` maps an address of the file to where it has moved for good.
    """

    found: tuple[Found, ...] = ()
    validators: dict[str, Validator] = field(default_factory=dict)
    failures: dict[str, FetchError] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)


async def discover(source: Source, client: Client, seen: Mapping[str, Validator]) -> Discovery:
    """Return the articles that the source names now, each once, newest first where dates are known.

    `seen` are the validators of the last look. Never raises for the network's sake: what cannot be read is in
    `failures`, and the rest is still there.
    """
    look = _Look(source, client, seen)
    await asyncio.gather(*(look.at(kind, address) for kind in KINDS for address in getattr(source, kind.key)))
    newest_first = sorted(look.found.values(), key=lambda item: item.published or BEGINNING, reverse=True)
    return replace(look.gave, found=tuple(newest_first))


class _Look:
    """What one look at one source has gathered so far."""

    def __init__(self, source: Source, client: Client, seen: Mapping[str, Validator]) -> None:
        self.source, self.client, self.seen = source, client, seen
        self.include = [re.compile(pattern) for pattern in source.include]
        self.exclude = [re.compile(pattern) for pattern in source.exclude]
        self.oldest = datetime.now(UTC) - source.max_age if source.max_age else BEGINNING
        self.own = {address for addresses in source.lists.values() for address in addresses}
        self.visited: set[tuple[str, str]] = set()
        self.found: dict[str, Found] = {}
        self.gave = Discovery()

    async def at(self, kind: Kind, address: str, depth: int = 1) -> None:
        """Take in what a list names, and if it is an index all that its lists name."""
        if (kind.key, address) in self.visited or len(self.found) >= MOST_FOUND:
            return
        self.visited.add((kind.key, address))
        lists: list[Named] = []
        try:
            page = await self._fetch(kind, address)
            if page is None:
                return
            if len(page.body) <= SMALL:
                self._take(kind, page, lists)
            else:
                await asyncio.to_thread(self._take, kind, page, lists)
            validator = Validator(page.headers.get("etag"), page.headers.get("last-modified"))
            # an index is read in full every time: it may stay the same while what it names changes
            if not lists and validator != Validator():
                self.gave.validators[address] = validator
        except FetchError as error:
            self.gave.failures[address] = error
        if depth < DEEPEST_INDEX:
            for url in self._worth_reading(lists):
                await self.at(kind, url, depth + 1)

    async def _fetch(self, kind: Kind, address: str) -> Page | None:
        """Return the list, or None when it has not changed since."""
        known = self.seen.get(address) or Validator()
        page = await self.client.fetch(
            address, self.source, etag=known.etag, last_modified=known.last_modified, kind=kind.content
        )
        if page.moved_to is not None:
            self.gave.moved[address] = page.moved_to
        if page.not_modified:
            self.gave.validators[address] = known
            return None
        return page

    def _take(self, kind: Kind, page: Page, lists: list[Named]) -> None:
        for item in kind.read(page, self.source):
            if item.is_list:
                lists.append(item)
            else:
                self._add(item, page.url)
            if len(lists) >= MOST_FOUND or len(self.found) >= MOST_FOUND:
                return

    def _worth_reading(self, lists: list[Named]) -> list[str]:
        """Return the addresses of an index's lists, the last changed first, without those that are too old."""
        young = (item for item in lists if not item.changed or item.changed >= self.oldest)
        newest_first = sorted(young, key=lambda item: item.changed or BEGINNING, reverse=True)
        addresses = (normalise(item.url) for item in newest_first[:MOST_LISTS])
        return [address for address in addresses if address is not None]

    def _add(self, item: Named, base: str) -> None:
        address = normalise(item.url, base)
        if address is None or address in self.own:
            return
        when = item.published or item.changed
        if when is not None and when < self.oldest:
            return
        if self.include and not any(pattern.search(address) for pattern in self.include):
            return
        if any(pattern.search(address) for pattern in self.exclude):
            return
        key = article_key(address)
        before = self.found.get(key)
        if before is None:
            self.found[key] = Found(address, item.title, item.published, item.changed, key=key)
        elif (before.title is None and item.title) or (before.published is None and item.published):
            self.found[key] = replace(
                before,
                title=before.title or item.title,
                published=before.published or item.published,
                changed=before.changed or item.changed,
            )
