"""Sitemaps: the protocol's XML (index or addresses, with Google's news tags) or plain text, gzipped or not.

Read as a stream: a sitemap may be fifty megabytes (sitemaps.org), and neither its text when packed nor a tree of it
is ever in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin
from xml.parsers import expat

from scraper.bodies import unpack_gzip
from scraper.errors import Bomb, NotAFeed
from scraper.feeds import DEEPEST, LONGEST_TEXT, hardened_parser, plain_title, read_date

LARGEST = 50 << 20
"""Bytes unpacked; the protocol's own limit."""

STEP = 1 << 20
"""Bytes given to expat at once: before 2.6 it starts over on a long token with every piece (CVE-2023-52425)."""
TEXTS = {"loc", "lastmod", "publication_date", "title"}
NEWS = "sitemap-news"


@dataclass(frozen=True, slots=True)
class Located:
    """One address of a sitemap. `is_sitemap` says that it is another sitemap and not a page."""

    url: str
    is_sitemap: bool = False
    title: str | None = None
    published: datetime | None = None
    changed: datetime | None = None


def read_sitemap(body: bytes, url: str) -> Iterator[Located]:
    """What a sitemap fetched from `url` names, as it is read.

    Raises, after all that came before the fault: `NotAFeed` when it is no sitemap or breaks off, `Bomb` when it
    unpacks beyond the protocol's limit or declares entities.

    >>> index = b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"
    >>> [(found.url, found.is_sitemap) for found in read_sitemap(index, "https://example.org/sitemap.xml")]
    [('https://example.org/news.xml', True)]
    """
    pieces = _bounded(unpack_gzip(body, url) if body.startswith(b"\x1f\x8b") else _slices(body), url)
    first = next(pieces, b"")
    plain = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if plain.startswith(b"http"):
        yield from _read_lines(plain, pieces, url)
    else:
        yield from _read_xml(first, pieces, url)


def _slices(body: bytes) -> Iterator[bytes]:
    view = memoryview(body)
    for start in range(0, len(body), STEP):
        yield bytes(view[start : start + STEP])


def _bounded(pieces: Iterator[bytes], url: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise Bomb(url, f"unpacks to more than {LARGEST} bytes")
        yield piece


def _read_lines(first: bytes, rest: Iterator[bytes], url: str) -> Iterator[Located]:
    left = b""
    for piece in (first, *rest):
        *lines, left = (left + piece).split(b"\n")
        if len(left) > LONGEST_TEXT:
            raise NotAFeed(url, "a line too long for an address")
        for line in lines:
            if line.strip().startswith(b"http"):
                yield Located(line.decode("utf-8", "replace").strip())
    if left.strip().startswith(b"http"):
        yield Located(left.decode("utf-8", "replace").strip())


@dataclass(slots=True)
class _Reading:
    """expat's callbacks and what they have gathered since it was last taken."""

    url: str
    found: list[Located] = field(default_factory=list)
    depth: int = 0
    inside: str | None = None
    taking: str | None = None
    text: list[str] = field(default_factory=list)
    size: int = 0
    values: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.depth += 1
        if self.depth == 1 and local not in {"urlset", "sitemapindex"}:
            raise NotAFeed(self.url, f"its root is <{local[:40]}>")
        if self.depth > DEEPEST:
            raise Bomb(self.url, "elements within elements without end")
        if self.depth == 2 and local in {"url", "sitemap"}:
            self.inside, self.values = local, {}
        elif self.inside and local in TEXTS and (self.depth == 3 or NEWS in space):
            # <image:loc>, <image:title> stand deeper and are not the page's
            self.taking, self.text, self.size = local, [], 0

    def characters(self, text: str) -> None:
        if self.taking is not None and self.size < LONGEST_TEXT:
            self.text.append(text)
            self.size += len(text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if self.taking == local:
            self.values.setdefault(local, "".join(self.text).strip())
            self.taking = None
        elif self.depth == 2 and self.inside == local:
            self._close(local)
            self.inside = None
        self.depth -= 1

    def _close(self, local: str) -> None:
        values = self.values
        if not values.get("loc"):
            return
        try:
            address = urljoin(self.url, values["loc"])
        except ValueError:
            return
        self.found.append(
            Located(
                address,
                local == "sitemap",
                plain_title(values.get("title")),
                read_date(values.get("publication_date")),
                read_date(values.get("lastmod")),
            )
        )


def _read_xml(first: bytes, rest: Iterator[bytes], url: str) -> Iterator[Located]:
    reading = _Reading(url)
    parser = hardened_parser(url)
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    try:
        parser.Parse(first.lstrip(b" \t\r\n"), False)
        yield from _taken(reading)
        for piece in rest:
            parser.Parse(piece, False)
            yield from _taken(reading)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from _taken(reading)
        raise NotAFeed(url, f"not well-formed: {error}") from None
    yield from _taken(reading)


def _taken(reading: _Reading) -> list[Located]:
    found, reading.found = reading.found, []
    return found
