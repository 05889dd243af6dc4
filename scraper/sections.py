"""Pages of links: a section's articles, and where a page says that its feeds are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

MOST_LINKS = 5000
FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "text/xml",
    "application/xml",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link's absolute address and its text."""

    url: str
    text: str | None


def read_section(body: bytes, url: str, pattern: str) -> list[Link]:
    """The links of a page fetched from `url` whose address has the regular expression `pattern` in it, in order.

    >>> page = b'<a href="/about">About</a> <a href="/news/7">Dam  repaired</a>'
    >>> read_section(page, "https://example.org/world/", "/news/[0-9]+")
    [Link(url='https://example.org/news/7', text='Dam repaired')]
    """
    wanted = re.compile(pattern)
    return [link for link in _links(body, url) if wanted.search(link.url)]


def _links(body: bytes, url: str) -> Iterator[Link]:
    tree = LexborHTMLParser(_decoded(body))
    base = _base(tree, url)
    texts: dict[str, str | None] = {}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        address = _joined(base, node.attributes.get("href"))
        if address is not None:
            text = " ".join(node.text().split())[:500]
            # a story is often linked twice, by its picture and by its headline
            texts[address] = texts.get(address) or text or None
    for address, title in texts.items():
        yield Link(address, title)


def read_alternates(body: bytes, url: str) -> tuple[list[Link], str | None]:
    """The feeds that a page names (`link rel=alternate`), with their titles, and the page's language.

    >>> page = b'<html lang="fr"><link rel="alternate" type="application/rss+xml" href="/rss" title="Une">'
    >>> read_alternates(page, "https://example.org/")
    ([Link(url='https://example.org/rss', text='Une')], 'fr')
    """
    tree = LexborHTMLParser(_decoded(body))
    base = _base(tree, url)
    found: dict[str, Link] = {}
    for node in tree.css("link[rel][href]"):
        relations = (node.attributes.get("rel") or "").lower().split()
        kind = (node.attributes.get("type") or "").lower().partition(";")[0].strip()
        address = _joined(base, node.attributes.get("href"))
        if "alternate" in relations and kind in FEED_TYPES and address is not None:
            found.setdefault(address, Link(address, node.attributes.get("title")))
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "").strip() if root is not None else ""
    return list(found.values()), language if re.fullmatch(
        r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language
    ) else None


def _decoded(body: bytes) -> str:
    from cleaners.errors import WirecleanError
    from cleaners.read_text import decode_text

    try:
        return decode_text(body)
    except WirecleanError:
        return body.decode("utf-8", "replace")


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (_joined(url, node.attributes.get("href")) if node is not None else None) or url


def _joined(base: str, href: str | None) -> str | None:
    if not href or href.lstrip()[:11].lower().startswith(("javascript:", "mailto:", "tel:", "data:", "#")):
        return None
    try:
        return urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return None
