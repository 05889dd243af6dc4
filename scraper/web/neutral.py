"""A fetched page without the ways out of it that no policy closes."""

from __future__ import annotations

import re

_FRAME = re.compile(r"<(/?)(?=i?frame[\s/>])", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?=href\s*=)", re.IGNORECASE)


def without_ways_out(page: str) -> str:
    """Return a page whose links lead nowhere and whose frames are none.

    A policy keeps a browser from loading and sending anything, and not from making a connection in advance: for
    `<link rel=preconnect>`, for a frame that it then does not fill, for a link that was clicked.

    >>> without_ways_out('<LINK rel=preconnect HREF=//example.org><iframe src=//example.org></iframe><p>It rained.')
    '<LINK rel=preconnect data-HREF=//example.org><x-iframe src=//example.org></x-iframe><p>It rained.'
    """
    return _ADDRESS.sub("data-", _FRAME.sub(r"<\1x-", page))
