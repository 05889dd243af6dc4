"""Feeds: RSS, Atom and JSON Feed.

A feed that is well-formed XML, and nearly all are, is read as records; what is not goes to feedparser, which mends a
lot. feedparser alone would do, but takes 40 ms for a feed of 200 stories where this takes 2 ms (and 0.2 s to be
imported), all of it on the event loop that every fetch waits for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from xml.etree.ElementTree import Element

from scraper.discover.named import LONGEST_TEXT, Kind, Named, named
from scraper.discover.records import NOT_WELL_FORMED, read_records, split_name, text_of
from scraper.errors import Bomb, FetchError, NotAFeed

#: Entries read of one feed; it names its newest first.
MOST_ENTRIES = 20_000
#: Bytes; a broken feed beyond this is not given to feedparser, whose time grows with every flaw.
MENDABLE = 1 << 20

ROOTS = {"rss", "feed", "RDF"}
ATOM = "http://www.w3.org/2005/Atom"
#: The namespace of photos and films, whose titles are not the story's.
MEDIA = "http://search.yahoo.com/mrss"
#: What the elements of an entry say, over all the kinds and ages of feeds; `original` is the address behind a counted
#: one.
MEANINGS = {
    "link": "link", "origLink": "original", "guid": "guid", "title": "title",
    "pubDate": "published", "published": "published", "date": "published", "issued": "published",
    "updated": "changed", "modified": "changed",
}  # fmt: skip
#: What the keys of an item of a JSON Feed say.
JSON_MEANINGS = {
    "url": "link", "id": "guid", "title": "title", "date_published": "published", "date_modified": "changed",
}  # fmt: skip


def read_feed(body: bytes, url: str, headers: Mapping[str, str] | None = None) -> list[Named]:
    """Return the entries of a feed that was fetched from `url`, in the feed's order.

    Raises `NotAFeed` when it is none, `Bomb` when it declares entities or nests without end.

    >>> rss = b"<rss><channel><item><title>A &amp;amp; B</title><link>/news/1</link></item></channel></rss>"
    >>> read_feed(rss, "https://example.org/feed")[0].url
    'https://example.org/news/1'
    """
    body = body.lstrip(b" \t\r\n")
    try:
        if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            told = _read_json(body, url)
        else:
            told = ((base, _told(item)) for item, base in read_records([body], url, ROOTS, {"item", "entry"}))
        return _entries(told)
    except NOT_WELL_FORMED as error:
        return _entries(_mend(body, url, headers or {}, str(error)))


def looks_like_feed(body: bytes) -> bool:
    """Tell a feed from another list by the root that its beginning names."""
    head = body[:4000].replace(b"\0", b"").lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf", b":feed", b":rdf"))


def _entries(told: Iterator[tuple[str, Mapping[str, str]]]) -> list[Named]:
    entries = []
    for base, said in islice(told, MOST_ENTRIES):
        guid = said.get("guid", "")
        address = said.get("original") or said.get("link") or (guid if guid.startswith("http") else "")
        entry = named(
            base, address, said.get("title", ""), said.get("published", ""), said.get("changed", "")
        )
        if entry is not None:
            entries.append(replace(entry, published=entry.published or entry.changed))
    return entries


def _told(item: Element) -> dict[str, str]:
    """Return what an entry says, by meaning; of two elements that mean the same the first is taken."""
    said: dict[str, str] = {}
    for child in item:
        space, local = split_name(child)
        if local not in MEANINGS or space.startswith(MEDIA):
            continue
        if local == "link" and (space == ATOM or "href" in child.attrib):
            text = child.get("href", "") if child.get("rel", "alternate") == "alternate" else ""
        else:
            text = text_of(child)
        if text and not (local == "guid" and child.get("isPermaLink", "").lower() == "false"):
            said.setdefault(MEANINGS[local], text)
    return said


def _read_json(body: bytes, url: str) -> Iterator[tuple[str, dict[str, str]]]:
    import json  # for feeds of this kind

    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(url, f"not JSON: {str(error)[:100]}") from None
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise NotAFeed(url, "JSON, but no JSON Feed")
    for item in items:
        if isinstance(item, dict):
            told = ((meaning, item.get(key)) for key, meaning in JSON_MEANINGS.items())
            yield url, {meaning: text[:LONGEST_TEXT] for meaning, text in told if isinstance(text, str)}


def _mend(
    body: bytes, url: str, headers: Mapping[str, str], flaw: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what feedparser makes of a feed that is not well-formed."""
    if b"<!ENTITY" in body.replace(b"\0", b"").upper():
        raise Bomb(url, "it declares XML entities")
    if len(body) > MENDABLE or not looks_like_feed(body):
        raise NotAFeed(url, f"not well-formed: {flaw}")
    import io  # for feeds of this kind

    import feedparser  # type: ignore[import-untyped]  # 0.2 s, and few feeds need it

    told = {"content-type": headers.get("content-type", "application/xml"), "content-location": url}
    try:
        # io.BytesIO: given bytes alone, feedparser may take them for the name of a file or an address
        feed = feedparser.parse(
            io.BytesIO(body), response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except FetchError:
        raise
    except Exception as error:  # whatever a parser for broken input may raise: this one is beyond it
        raise NotAFeed(url, f"not well-formed: {flaw}; {error!r:.100}") from None
    if not feed.entries and not feed.get("version"):
        raise NotAFeed(url, f"not well-formed: {flaw}")
    for found in feed.entries:
        # dict.get: feedparser's own would give the date of publication for a change that is not told
        said = {"link": "link", "title": "title", "published": "published", "updated": "changed"}
        yield url, {meaning: str(dict.get(found, key) or "") for key, meaning in said.items()}


KIND = Kind("feeds", "feed", lambda page, source: read_feed(page.body, page.url, page.headers))
