"""One look at one source: everything that its feeds, sitemaps and section pages name now, each article once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from types import MappingProxyType

from scraper.addresses import article_key, normalise
from scraper.discover import feed, section, sitemap
from scraper.discover.freshness import LONGEST, fresh_until
from scraper.discover.named import Kind, Named
from scraper.errors import BadStatus, FetchError, as_fetch_error
from scraper.fetch.answers import Page
from scraper.fetch.client import Client
from scraper.sources import Source
from scraper.times import LONGEST_WAIT, latest

#: Every kind of discovery there is.
KINDS = (feed.KIND, sitemap.KIND, section.KIND)

#: Articles taken from one source in one look; the newest, as far as its sitemaps are dated.
MOST_FOUND = 50_000
#: Entries read of one list, which may name the same ones over and over: twice what a sitemap may have (sitemaps.org).
MOST_READ = 2 * MOST_FOUND
#: Lists of indexes read in one look, those of each index the last changed first: no site's index ends a run.
MOST_LISTS = 100
#: Bytes read of the lists of indexes in one look.
MOST_BYTES = 500 << 20
#: Indexes that name indexes.
DEEPEST_INDEX = 3
#: Bytes; a longer body is read in a thread of its own, so that other fetches go on meanwhile.
SMALL = 128 << 10
#: For so long a list that its server calls gone (410) is not asked for again.
GONE = LONGEST_WAIT

GONE_STATUS = 410
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found(Named):
    """An article as a source names it; `key` is the same for all spellings of its address.

    An article kept before it last `changed` is worth another look.
    """

    key: str = ""


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server gave to ask "changed since?" with, and until when it need not be asked; `gone` is for a 410."""

    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None
    gone: bool = False


@dataclass(slots=True)
class Discovery:
    """What one look at a source gave.

    `validators` are to be stored and given back next time, **after** `found` is safely stored; `failures` are by
    address, and so is in `mended` what was wrong with lists that could be read all the same; `moved` maps an address
    of the file to where it has moved for good, or to itself where it is at home again.
    """

    found: tuple[Found, ...] = ()
    validators: dict[str, Validator] = field(default_factory=dict)
    failures: dict[str, FetchError] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)


async def discover(
    source: Source,
    client: Client,
    seen: Mapping[str, Validator],
    moved: Mapping[str, str] = MappingProxyType({}),
) -> Discovery:
    """Return the articles that the source names now, each once, newest first where dates are known.

    `seen` are the validators of the last look, `moved` all moves of lists that were ever seen. Never raises for the
    network's sake: what cannot be read is in `failures`, and the rest is still there.
    """
    look = _Look(source, client, seen)
    lists = ((kind, address) for kind in KINDS for address in getattr(source, kind.key))
    await asyncio.gather(
        *(look.at_own(kind, address, moved.get(address, address)) for kind, address in lists)
    )
    newest_first = sorted(look.found.values(), key=lambda item: item.published or BEGINNING, reverse=True)
    return replace(look.gave, found=tuple(newest_first))


class _Look:
    """What one look at one source has gathered so far."""

    def __init__(self, source: Source, client: Client, seen: Mapping[str, Validator]) -> None:
        self.source, self.client, self.seen = source, client, seen
        self.include = [re.compile(pattern) for pattern in source.include]
        self.exclude = [re.compile(pattern) for pattern in source.exclude]
        self.now = datetime.now(UTC)
        self.oldest = self.now - source.max_age if source.max_age else BEGINNING
        self.own = {address for addresses in source.lists.values() for address in addresses}
        self.visited: set[tuple[str, str]] = set()
        self.bytes_left = MOST_BYTES
        self.found: dict[str, Found] = {}
        self.gave = Discovery()

    async def at_own(self, kind: Kind, address: str, there: str) -> None:
        """Take in a list that the source itself names, `there` if it once moved for good.

        A maintenance page for an hour may have been such a move: where the list is no longer, it is looked for at home.
        A source with headers of its own follows no move to another host: its headers may be secrets, and go to the
        hosts that its addresses name.
        """
        if there != address and (not self.source.has_secrets or self.source.names(there)):
            await self.at(kind, there)
            failure = self.gave.failures.pop(there, None)
            if failure is None:
                return
            await self.at(kind, address)
            if address not in self.gave.failures:
                self.gave.moved.setdefault(address, address)
            return
        await self.at(kind, address)

    async def at(self, kind: Kind, address: str, depth: int = 1) -> None:
        """Take in what a list names, and if it is an index all that its lists name."""
        named_here = (kind.key, address)
        if named_here in self.visited or len(self.found) >= MOST_FOUND:
            return
        if depth > 1 and (len(self.visited) >= MOST_LISTS + len(self.own) or self.bytes_left <= 0):
            return
        self.visited.add(named_here)
        lists: list[Named] = []
        try:
            page = await self._fetch(kind, address)
            if page is None:
                return
            self.bytes_left -= len(page.body)
            before = len(self.found)
            if len(page.body) <= SMALL:
                self._take(kind, page, lists)
            else:
                await asyncio.to_thread(self._take, kind, page, lists)
            if page.moved_to is not None and depth == 1 and (lists or len(self.found) > before):
                self.gave.moved[address] = page.moved_to
            # an index is read in full every time: it may stay the same while what it names changes
            if not lists:
                self._remember(address, self._validator(page, page.body))
        except FetchError as error:
            self.gave.failures[address] = error
            if isinstance(error, BadStatus) and error.status == GONE_STATUS:
                self._remember(address, Validator(fresh_until=self.now + GONE, gone=True))
        except Exception as error:  # a fault of ours is this list's trouble, not that of the source's others
            self.gave.failures[address] = as_fetch_error(address, error)
        if depth < DEEPEST_INDEX:
            for url in self._worth_reading(lists):
                await self.at(kind, url, depth + 1)

    async def _fetch(self, kind: Kind, address: str) -> Page | None:
        """Return the list, or None when it has not changed since, or is said to be still fresh."""
        known = self.seen.get(address) or Validator()
        longest = latest(self.now, GONE if known.gone else LONGEST)
        if known.fresh_until is not None and self.now < known.fresh_until <= longest:
            self._remember(address, known)
            if known.gone:
                until = f"{known.fresh_until:%Y-%m-%d}"
                raise BadStatus(address, GONE_STATUS, detail=f"gone for good; not asked again before {until}")
            return None
        page = await self.client.fetch(
            address, self.source, etag=known.etag, last_modified=known.last_modified, kind=kind.content
        )
        if page.not_modified:
            self._remember(address, replace(known, fresh_until=self._validator(page, b"").fresh_until))
            return None
        return page

    def _validator(self, page: Page, body: bytes) -> Validator:
        fresh = fresh_until(page.headers, body, self.now)
        return Validator(page.headers.get("etag"), page.headers.get("last-modified"), fresh)

    def _remember(self, address: str, validator: Validator) -> None:
        if validator != Validator():
            self.gave.validators[address] = validator

    def _take(self, kind: Kind, page: Page, lists: list[Named]) -> None:
        def tell(flaw: str) -> None:
            self.gave.mended[page.requested] = flaw

        for item in islice(kind.read(page, self.source, tell), MOST_READ):
            if item.is_list:
                lists.append(item)
            else:
                try:
                    self._add(item, page.url)
                except Exception as error:  # one bad item never costs the others
                    tell(f"an entry could not be read: {type(error).__name__}")
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
