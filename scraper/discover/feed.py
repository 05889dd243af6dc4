"""Feeds: RSS, Atom and JSON Feed.

A feed that is well-formed XML, and nearly all are, is read as records: 2 ms for a feed of 200 stories. What is not is
mended first, and told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from xml.etree.ElementTree import Element

from cleaners.read.decode import decode_page
from scraper.discover.mend import MENDABLE, in_utf8, mended, recovered
from scraper.discover.named import LONGEST_TEXT, Kind, Named, named
from scraper.discover.records import NOT_WELL_FORMED, read_records, split_name, text_of
from scraper.errors import Bomb, NotAFeed
from scraper.fetch.bodies import unpack_if_packed

#: Entries read of one feed; it names its newest first.
MOST_ENTRIES = 20_000
#: Bytes unpacked of a feed that is a packed file.
LARGEST = 16 << 20

ROOTS = {"rss", "feed", "RDF"}
RECORDS = {"item", "entry"}
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


def read_feed(
    body: bytes, url: str, charset: str | None = None, *, tell: Callable[[str], None] = lambda flaw: None
) -> list[Named]:
    """Return the entries of a feed that was fetched from `url`, in the feed's order.

    `charset` is what its header said; `tell` hears what was mended. Raises `NotAFeed` when it is none, `Bomb` when it
    declares entities or nests without end.

    >>> rss = b"<rss><channel><item><title>A &amp;amp; B</title><link>/news/1</link></item></channel></rss>"
    >>> read_feed(rss, "https://example.org/feed")[0].url
    'https://example.org/news/1'
    """
    body = unpack_if_packed(body, LARGEST, url).lstrip(b" \t\r\n")
    if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return list(_named(_read_json(decode_page(body, charset), url)))
    body = in_utf8(body, charset, tell)
    entries, flaw = _read_until_fault(body, url)
    if flaw is None:
        return entries
    if not looks_like_feed(body):
        raise NotAFeed(url, flaw)
    if b"<!ENTITY" in body.upper():
        raise Bomb(url, "it declares XML entities")
    if len(body) <= MENDABLE:
        body = mended(body, ROOTS, charset)
        entries, still = _read_until_fault(body, url)
        if still is not None:
            found = list(_named((url, _told(item)) for item in recovered(body, RECORDS)))
            entries = max(entries, found, key=len)
    if not entries:
        raise NotAFeed(url, flaw)
    tell(flaw)
    return entries


def looks_like_feed(body: bytes) -> bool:
    """Tell a feed from another list by the root that its beginning names."""
    head = body[:16_000].replace(b"\0", b"").lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf", b":feed", b":rdf"))


def _read_until_fault(body: bytes, url: str) -> tuple[list[Named], str | None]:
    """Return the entries before the first fault, and what that is."""
    entries: list[Named] = []
    told = ((base, _told(item)) for item, base in read_records([body], url, ROOTS, RECORDS))
    try:
        for entry in _named(told):
            entries.append(entry)  # what came before a fault is kept
    except NOT_WELL_FORMED as error:
        return entries, f"not well-formed: {error}"
    except NotAFeed as error:
        return entries, error.detail
    return entries, None


def _named(told: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[Named]:
    for base, said in islice(told, MOST_ENTRIES):
        guid = said.get("guid", "")
        address = said.get("original") or said.get("link") or (guid if guid.startswith("http") else "")
        entry = named(
            base, address, said.get("title", ""), said.get("published", ""), said.get("changed", "")
        )
        if entry is not None:
            yield replace(entry, published=entry.published or entry.changed)


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


def _read_json(text: str, url: str) -> Iterator[tuple[str, dict[str, str]]]:
    import json  # for feeds of this kind

    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(url, f"not JSON: {str(error)[:100]}") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise NotAFeed(url, "JSON, but no JSON Feed")
    for item in items:
        if isinstance(item, dict):
            told = ((meaning, item.get(key)) for key, meaning in JSON_MEANINGS.items())
            yield url, {meaning: text[:LONGEST_TEXT] for meaning, text in told if isinstance(text, str)}


KIND = Kind(
    "feeds", "feed", lambda page, source, tell: read_feed(page.body, page.url, page.charset, tell=tell)
)
