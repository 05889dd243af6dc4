"""Pages of links: a section's articles, and where a page says that its feeds are."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from cleaners.read.decode import decode_page
from scraper.discover.named import Kind, Named

MOST_LINKS = 5000
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
    "text/xml", "application/xml",
}  # fmt: skip


def read_section(body: bytes, url: str, pattern: str, charset: str | None = None) -> list[Named]:
    """Return the links of a page fetched from `url` whose address has the regular expression `pattern` in it.

    They come in the page's order, each once. `charset` is what the page's header said.

    >>> page = b'<a href="/about">About</a> <a href="/news/7">Dam  repaired</a>'
    >>> [(link.url, link.title) for link in read_section(page, "https://example.org/world/", "/news/[0-9]+")]
    [('https://example.org/news/7', 'Dam repaired')]
    """
    wanted = re.compile(pattern)
    tree = LexborHTMLParser(decode_page(body, charset))
    base = _base(tree, url)
    texts: dict[str, str | None] = {}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        address = _joined(base, node.attributes.get("href"))
        if address is not None and wanted.search(address):
            # a story is often linked twice, by its picture and by its headline
            texts[address] = texts.get(address) or " ".join(node.text().split())[:500] or None
    return [Named(address, text) for address, text in texts.items()]


def read_alternates(body: bytes, url: str) -> tuple[list[Named], str | None]:
    """Return the feeds that a page names (`link rel=alternate`), with their titles, and the page's language.

    >>> page = b'<html lang="fr"><link rel="alternate" type="application/rss+xml" href="/rss" title="Une">'
    >>> feeds, language = read_alternates(page, "https://example.org/")
    >>> feeds[0].url, feeds[0].title, language
    ('https://example.org/rss', 'Une', 'fr')
    """
    tree = LexborHTMLParser(decode_page(body))
    base = _base(tree, url)
    found: dict[str, Named] = {}
    for node in tree.css("link[rel][href]"):
        relations = (node.attributes.get("rel") or "").lower().split()
        kind = (node.attributes.get("type") or "").lower().partition(";")[0].strip()
        address = _joined(base, node.attributes.get("href"))
        if "alternate" in relations and kind in FEED_TYPES and address is not None:
            found.setdefault(address, Named(address, node.attributes.get("title")))
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "").strip() if root is not None else ""
    return list(found.values()), language if LANGUAGE.fullmatch(language) else None


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


KIND = Kind(
    "sections",
    "page",
    lambda page, source, tell: read_section(page.body, page.url, source.link_pattern or "", page.charset),
)
