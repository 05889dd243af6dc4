"""A fetched page without what a policy does not stop."""

from __future__ import annotations

import re

_LINK = re.compile(r"<(/?)link(?=[\s/>])", re.IGNORECASE)


def without_links(page: str) -> str:
    """Return a page whose `<link>` elements mean nothing to a browser.

    A policy keeps their style sheets from being loaded, and not a connection from being made before anything is
    (`preconnect`, `dns-prefetch`).

    >>> without_links('<LINK rel=preconnect href=//example.org><p>It rained.')
    '<x-link rel=preconnect href=//example.org><p>It rained.'
    """
    return _LINK.sub(r"<\1x-link", page)
