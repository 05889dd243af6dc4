"""Sitemaps: the protocol's XML (index or addresses, with Google's news tags) or plain text, gzipped or not.

Read as a stream: a sitemap may be fifty megabytes (sitemaps.org), and neither its text when packed nor a tree of it
is ever in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from xml.etree.ElementTree import Element

from scraper.discover.feed import looks_like_feed, read_feed
from scraper.discover.mend import MENDABLE, in_utf8, mended
from scraper.discover.named import LONGEST_TEXT, Kind, Named, named
from scraper.discover.records import MOST_ELEMENTS, NOT_WELL_FORMED, STEP, read_records, split_name, text_of
from scraper.errors import Bomb, NotAFeed
from scraper.fetch.answers import Page
from scraper.fetch.bodies import unpack_gzip
from scraper.sources import Source

#: Bytes unpacked; the protocol's own limit.
LARGEST = 50 << 20
#: Bytes in which a declaration stands.
HEAD = 1000
ROOTS = {"urlset", "sitemapindex"}
NEWS = "sitemap-news"


def read_sitemap(
    body: bytes, url: str, charset: str | None = None, *, tell: Callable[[str], None] = lambda flaw: None
) -> Iterator[Named]:
    """Yield what a sitemap fetched from `url` names, as it is read.

    `charset` is what its header said; `tell` hears what was mended. Raises, after all that came before the fault:
    `NotAFeed` when it is no sitemap or breaks off, `Bomb` when it unpacks beyond the protocol's limit or declares
    entities.

    >>> index = b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"
    >>> [(found.url, found.is_list) for found in read_sitemap(index, "https://example.org/sitemap.xml")]
    [('https://example.org/news.xml', True)]
    """
    packed = body.startswith(b"\x1f\x8b")
    pieces = _bounded(unpack_gzip(body, url) if packed else [body], url)
    first = next(pieces, b"").lstrip(b" \t\r\n")
    if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"http"):
        yield from _read_lines(chain((first,), pieces), url)
        return
    if in_utf8(first[:HEAD], charset) != first[:HEAD]:  # an encoding that expat is not to decode
        first, pieces = in_utf8(b"".join((first, *pieces)), charset), iter(())
    try:
        yield from _entries(chain((first,), pieces), url)
        return
    except NOT_WELL_FORMED as error:
        flaw = f"not well-formed: {error}"
    if packed or len(body) > MENDABLE or b"<!ENTITY" in body.upper():
        raise NotAFeed(url, flaw)
    try:
        # what was yielded before comes again: a list may name a page twice
        yield from _entries([mended(body, ROOTS, charset)], url)
    except NOT_WELL_FORMED:
        raise NotAFeed(url, flaw) from None
    tell(flaw)


def _entries(pieces: Iterable[bytes], url: str) -> Iterator[Named]:
    for record, base in read_records(pieces, url, ROOTS, {"url", "sitemap"}):
        entry = _entry(record, base)
        if entry is not None:
            yield entry


def _bounded(pieces: Iterable[bytes], url: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise Bomb(url, f"unpacks to more than {LARGEST} bytes")
        yield piece


def _read_lines(pieces: Iterable[bytes], url: str) -> Iterator[Named]:
    left, count = b"", 0
    for piece in chain(_cut(pieces), (b"\n",)):
        *lines, left = (left + piece).split(b"\n")
        count += len(lines)
        if len(left) > LONGEST_TEXT:
            raise NotAFeed(url, "a line too long for an address")
        if count > MOST_ELEMENTS:
            raise Bomb(url, "more lines than any list has")
        for line in lines:
            address = line.decode("utf-8-sig", "replace").strip()
            if address.startswith("http"):
                yield Named(address)


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces in steps: the lines of fifty megabytes are a gigabyte."""
    for piece in pieces:
        for start in range(0, len(piece), STEP):
            yield piece[start : start + STEP]


def _entry(record: Element, base: str) -> Named | None:
    said: dict[str, str] = {}
    # the news tags stand one deeper; <image:loc> and <image:title> do too, and are not the page's
    news = (child for child in record if NEWS in child.tag)
    for element in chain(record, *(child.iter() for child in news)):
        _, local = split_name(element)
        if local in {"loc", "lastmod", "publication_date", "title"}:
            said.setdefault(local, text_of(element))
    dates = said.get("publication_date", ""), said.get("lastmod", "")
    entry = named(base, said.get("loc", ""), said.get("title", ""), *dates)
    return replace(entry, is_list=split_name(record)[1] == "sitemap") if entry is not None else None


def _read(page: Page, source: Source, tell: Callable[[str], None]) -> Iterable[Named]:
    """Read a sitemap, or the feed that somebody named as one."""
    is_sitemap = any(root.encode() in page.body[:4000] for root in ROOTS)
    if looks_like_feed(page.body) and not is_sitemap:
        return read_feed(page.body, page.url, page.charset, tell=tell)
    return read_sitemap(page.body, page.url, page.charset, tell=tell)


KIND = Kind("sitemaps", "sitemap", _read)
