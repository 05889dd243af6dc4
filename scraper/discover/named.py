"""What every kind of discovery gives, and how titles and dates are read for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin

from cleaners.read.characters import valid_address, valid_line
from scraper.fetch.answers import Content, Page
from scraper.sources import Source

#: Characters kept of a link, a date or a title.
LONGEST_TEXT = 4000
#: Markup in a title.
TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Named:
    """What a feed, sitemap or section page names: an absolute address, and what it tells of the page there.

    `is_list` says that it is not a page, but another list to be read: a sitemap of an index.
    """

    url: str
    title: str | None = None
    published: datetime | None = None
    changed: datetime | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of naming articles.

    `key` is the key in sources.toml, and the field of `Source`, that holds the addresses of such lists; `content` is
    what the client asks for there; `read` gives what a fetched one names, tells what it mended, and raises a
    `FetchError` at its faults.
    """

    key: str
    content: Content
    read: Callable[[Page, Source, Callable[[str], None]], Iterable[Named]]


def named(base: str, address: str, title: str = "", published: str = "", changed: str = "") -> Named | None:
    """Return what a list says in its own words of the page at `address`; None when that is no address.

    >>> named("https://example.org/feed", "/1", "A &amp; B").title
    'A & B'
    """
    try:
        url = urljoin(base, address.strip()[:LONGEST_TEXT]) if address else ""
    except ValueError:
        return None
    url = valid_address(url)
    return Named(url, plain_title(title), read_date(published), read_date(changed)) if url else None


def read_date(text: str | None) -> datetime | None:
    """Return a feed's or sitemap's date (RFC 822 or ISO 8601) in UTC; None when it is neither.

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
        from email.utils import parsedate_to_datetime  # not needed for most feeds, and slow to import

        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def plain_title(text: str | None) -> str | None:
    """Return a title without markup and surplus spaces; None when nothing is left."""
    return valid_line(TAG.sub(" ", unescape(text)))[:LONGEST_TEXT] or None if text else None
