"""From one address to the next: where a redirect leads, and what may go along to which host."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from scraper.errors import BadRedirect
from scraper.sources import Source

ANYWHERE = {"accept", "accept-language", "user-agent"}
"""Headers of a source that may go to any host; all others may be secrets, and stay with the hosts it names."""

USERINFO = re.compile(r"^(https?://)[^/?]*@", re.IGNORECASE)


def bare(url: str) -> str:
    """The address without its fragment, and without a user and password: those would be sent as credentials."""
    return USERINFO.sub(r"\1", url.partition("#")[0])


def redirect_target(here: str, location: str | None) -> str:
    """Where a redirect from `here` leads. Raises `BadRedirect`."""
    if not location:
        raise BadRedirect(here, "a redirect without a target")
    try:
        # bytes beyond ASCII come as latin-1 but are UTF-8 in practice
        target = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        target = location
    try:
        return bare(urljoin(here, target))
    except ValueError:
        raise BadRedirect(here, "a redirect to no address") from None


def origin_of(url: str) -> str:
    """Scheme, host and port. Raises ValueError for what is no address.

    >>> origin_of("https://Example.org/news/1")
    'https://example.org'
    """
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def is_named(url: str, source: Source) -> bool:
    """Whether the address is on a host that the source itself names, at least as safely as it names it.

    >>> source = Source("a", feeds=("http://example.org/feed",))
    >>> is_named("https://example.org/news/1", source), is_named("http://example.com/", source)
    (True, False)
    """
    named = {origin_of(address) for address in (*source.feeds, *source.sitemaps, *source.sections)}
    origin = origin_of(url)
    return origin in named or (origin.startswith("https:") and origin.replace("https:", "http:", 1) in named)


def headers_for(url: str, source: Source) -> dict[str, str]:
    """The source's own headers, if this host is one that it names; else those alone that hold no secret."""
    if not source.headers:
        return {}
    if is_named(url, source):
        return dict(source.headers)
    return {name: value for name, value in source.headers.items() if name.lower() in ANYWHERE}
