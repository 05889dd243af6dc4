"""Feeds: RSS, Atom and JSON Feed, as a list of what they name.

A feed that is well-formed XML, and nearly all are, is read by expat here; what is not goes to feedparser, which
mends a lot. feedparser alone would do, but takes 40 ms for a feed of 200 stories where this takes 2 ms (and 0.2 s
to be imported), all of it on the event loop that every fetch waits for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin
from xml.parsers import expat

from scraper.errors import Bomb, FetchError, NotAFeed

MOST_ENTRIES = 20_000
"""Entries read of one feed; it names its newest first."""

DEEPEST = 100
"""Elements within each other; no feed needs more than ten."""

LONGEST_TEXT = 4000
"""Characters kept of a link, a date or a title."""

MENDABLE = 1 << 20
"""Bytes; a broken feed beyond this is not given to feedparser, whose time grows with every flaw."""

ATOM = "http://www.w3.org/2005/Atom "
XML_BASE = "http://www.w3.org/XML/1998/namespace base"
ENTRIES = {"item", "entry"}
LINKS = {"link", "origLink"}
DATES = {"pubDate", "published", "date", "issued"}
CHANGES = {"updated", "modified"}
TAKEN = {"title", "guid"} | LINKS | DATES | CHANGES
MEDIA = "http://search.yahoo.com/mrss"
"""The namespace of photos and films, whose titles are not the story's."""

ROOTS = {"rss", "feed", "RDF"}
TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as a feed names it: its absolute address, title, and when it was published and changed, if told."""

    url: str
    title: str | None = None
    published: datetime | None = None
    changed: datetime | None = None


def read_feed(body: bytes, url: str, headers: Mapping[str, str] | None = None) -> list[Entry]:
    """The entries of a feed that was fetched from `url`, in the feed's order.

    Raises `NotAFeed` when it is none, `Bomb` when it declares entities or nests without end.

    >>> rss = b"<rss><channel><item><title>A &amp;amp; B</title><link>/news/1</link></item></channel></rss>"
    >>> read_feed(rss, "https://example.org/feed")
    [Entry(url='https://example.org/news/1', title='A & B', published=None, changed=None)]
    """
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _read_json(body, url)
    try:
        return _read_xml(body, url)
    except expat.ExpatError as error:
        return _mend(body, url, headers or {}, str(error))


def read_date(text: str | None) -> datetime | None:
    """A feed's or sitemap's date (RFC 822 or ISO 8601) in UTC; None when it is neither.

    >>> read_date("Fri, 01 Mar 2024 08:01:00 +0100"), read_date("2024-03-01")
    (datetime.datetime(2024, 3, 1, 7, 1, tzinfo=datetime.timezone.utc), \
datetime.datetime(2024, 3, 1, 0, 0, tzinfo=datetime.timezone.utc))
    """
    if not text or len(text) > 100:
        return None
    text = text.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        from email.utils import parsedate_to_datetime

        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def plain_title(text: str | None) -> str | None:
    """A title without markup and surplus spaces; None when nothing is left."""
    if not text:
        return None
    return " ".join(TAG.sub(" ", unescape(text)).split())[:LONGEST_TEXT] or None


@dataclass(slots=True)
class _Open:
    """An entry that is being read."""

    base: str
    link: str = ""
    guid: str = ""
    title: str = ""
    published: str = ""
    changed: str = ""

    def close(self) -> Entry | None:
        address = self.link or self.guid
        if not address:
            return None
        try:
            address = urljoin(self.base, address.strip())
        except ValueError:
            return None
        changed = read_date(self.changed)
        return Entry(address, plain_title(self.title), read_date(self.published) or changed, changed)


@dataclass(slots=True)
class _Reading:
    """expat's callbacks and what they have gathered."""

    url: str
    base: str
    entries: list[Entry] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    entry: _Open | None = None
    taking: str | None = None
    permalink: bool = True
    text: list[str] = field(default_factory=list)
    size: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.path.append(local)
        depth = len(self.path)
        if depth == 1 and local not in ROOTS:
            raise NotAFeed(self.url, f"its root is <{local[:40]}>")
        if depth > DEEPEST:
            raise Bomb(self.url, "elements within elements without end")
        if XML_BASE in attributes and (depth == 1 or local in ENTRIES):
            self.base = urljoin(self.base, attributes[XML_BASE])
        if local in ENTRIES and self.entry is None and depth <= 4:
            self.entry = _Open(self.base)
        elif self.entry is not None and self.path[-2] in ENTRIES:
            self._start_in_entry(name, local, attributes)

    def _start_in_entry(self, name: str, local: str, attributes: dict[str, str]) -> None:
        assert self.entry is not None
        if local == "link" and (name.startswith(ATOM) or "href" in attributes):
            if attributes.get("rel", "alternate") == "alternate" and not self.entry.link:
                self.entry.link = attributes.get("href", "")
        elif local in TAKEN and not name.startswith(MEDIA):
            self.taking, self.text, self.size = local, [], 0
            self.permalink = attributes.get("isPermaLink", "true").lower() != "false"

    def characters(self, text: str) -> None:
        if self.taking is not None and self.size < LONGEST_TEXT:
            self.text.append(text)
            self.size += len(text)

    def end(self, name: str) -> None:
        local = self.path.pop()
        if self.entry is None:
            return
        if local in ENTRIES and not any(part in ENTRIES for part in self.path):
            entry = self.entry.close()
            self.entry = None
            if entry is not None and len(self.entries) < MOST_ENTRIES:
                self.entries.append(entry)
        elif self.taking == local and self.path[-1] in ENTRIES:
            self._take(local, "".join(self.text).strip())
            self.taking = None

    def _take(self, local: str, text: str) -> None:
        entry = self.entry
        assert entry is not None
        if local == "origLink" or (local == "link" and not entry.link):
            entry.link = text or entry.link
        elif local == "guid" and self.permalink and text.startswith(("http://", "https://")):
            entry.guid = text
        elif local == "title":
            entry.title = entry.title or text
        elif local in DATES:
            entry.published = entry.published or text
        elif local in CHANGES:
            entry.changed = entry.changed or text


def hardened_parser(url: str) -> expat.XMLParserType:
    """An expat parser that refuses to declare entities: no feed needs any, and every XML bomb is made of them."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def no_entities(*declaration: object) -> None:
        raise Bomb(url, "it declares XML entities")

    parser.EntityDeclHandler = no_entities
    return parser


def _read_xml(body: bytes, url: str) -> list[Entry]:
    reading = _Reading(url, url)
    parser = hardened_parser(url)
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.Parse(body.lstrip(b" \t\r\n"), True)
    return reading.entries


def _read_json(body: bytes, url: str) -> list[Entry]:
    import json

    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(url, f"not JSON: {str(error)[:100]}") from None
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise NotAFeed(url, "JSON, but no JSON Feed")
    entries = (_json_entry(item, url) for item in items[:MOST_ENTRIES] if isinstance(item, dict))
    return [entry for entry in entries if entry is not None]


def _json_entry(item: dict[str, object], url: str) -> Entry | None:
    named = {name: value for name, value in item.items() if isinstance(value, str)}
    identity = named.get("id", "")
    address = named.get("url") or (identity if identity.startswith(("http://", "https://")) else "")
    title, published = named.get("title", "")[:LONGEST_TEXT], named.get("date_published", "")
    changed = named.get("date_modified", "")
    return _Open(url, address, title=title, published=published, changed=changed).close()


def _mend(body: bytes, url: str, headers: Mapping[str, str], flaw: str) -> list[Entry]:
    """What feedparser makes of a feed that is not well-formed."""
    if b"<!ENTITY" in body.replace(b"\0", b"").upper():
        raise Bomb(url, "it declares XML entities")
    head = body[:4000].replace(b"\0", b"").lower()
    if len(body) > MENDABLE or not any(
        mark in head for mark in (b"<rss", b"<feed", b"<rdf", b":feed", b":rdf")
    ):
        raise NotAFeed(url, f"not well-formed: {flaw}")
    import io

    import feedparser  # type: ignore[import-untyped]

    told = {"content-type": headers.get("content-type", "application/xml"), "content-location": url}
    try:
        # io.BytesIO: given bytes alone, feedparser may take them for the name of a file or an address
        feed = feedparser.parse(
            io.BytesIO(body), response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except FetchError:
        raise
    except (
        Exception
    ) as error:  # whatever a parser for broken input may raise, it means that this one is beyond it
        raise NotAFeed(url, f"not well-formed: {flaw}; {error!r:.100}") from None
    if not feed.entries and not feed.get("version"):
        raise NotAFeed(url, f"not well-formed: {flaw}")
    entries = []
    for found in feed.entries[:MOST_ENTRIES]:
        published, changed = str(found.get("published") or ""), str(dict.get(found, "updated") or "")
        title = str(found.get("title", ""))
        entry = _Open(
            url, str(found.get("link", "")), title=title, published=published, changed=changed
        ).close()
        if entry is not None:
            entries.append(entry)
    return entries
