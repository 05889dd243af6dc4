"""Pages that are none, but send on to one: the Refresh header, and its like in a page's head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.fetch.answers import Page

#: Seconds; a page that is left later than this is one to be read, and is loaded anew for its news.
SOON = 10.0
#: Bytes in which a page says so.
_HEAD = 32 << 10
_META = re.compile(rb"http-equiv\s{0,9}=\s{0,9}[\"']?\s{0,9}refresh", re.IGNORECASE)
#: The HTML standard's "shared declarative refresh steps", of which only those with an address matter here.
_TARGET = re.compile(
    r"\s{0,99}(\d{0,9})[\d.]{0,9}\s{0,99}[;,\s]\s{0,99}url\s{0,99}=\s{0,99}([\"']?)(.{1,4000})", re.I | re.S
)


def refresh_target(page: Page) -> str | None:
    """Return the address that a page sends on to at once, or None.

    What is in `noscript` does not count: it leads those without scripts to less than what is here.

    >>> from scraper.fetch.answers import Page
    >>> refresh_target(Page("", "", 200, {}, b'<meta http-equiv="Refresh" content="0; URL=/news/1">'))
    '/news/1'
    >>> refresh_target(Page("", "", 200, {}, b'<meta http-equiv="refresh" content="300; url=/">')) is None
    True
    """
    told = [page.headers.get("refresh", "")]
    head = page.body[:_HEAD]
    if _META.search(head):
        told += _metas(head)
    for value in told:
        found = _TARGET.match(value)
        if found is not None and float(found[1] or 0) <= SOON:
            address = found[3].partition(found[2])[0] if found[2] else found[3]
            return address.strip() or None
    return None


def _metas(head: bytes) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser  # for pages that have one

    from cleaners.read.decode import decode_page  # likewise

    values = []
    for node in LexborHTMLParser(decode_page(head)).css("meta[http-equiv][content]"):
        names = [node.attributes.get("http-equiv") or ""]
        if names[0].strip().lower() == "refresh" and not _in_noscript(node):
            values.append(node.attributes.get("content") or "")
    return values


def _in_noscript(node: object) -> bool:
    while (node := getattr(node, "parent", None)) is not None:
        if getattr(node, "tag", "") == "noscript":
            return True
    return False
