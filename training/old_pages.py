"""A page of a corpus as it would have been written before HTML5, to learn from too.

The corpora's pages are of the 2020s. Those of 2008 had tables or bare boxes for elements with telling names, line
breaks for paragraphs, bold print for headings, and told machines nothing. The text is the same, so the gold is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from zlib import crc32

from cleaners.read.walk import Walk

#: Elements that came with HTML5, which were boxes before.
_LATER: Final = frozenset(
    "article section main header footer nav aside figure figcaption details summary dialog".split()
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Boxes down to this depth were cells of a table.
_CELLS: Final = 12


def age(walk: Walk, page: str) -> Walk | None:
    """Return the walk over a page's older self, if it is a page to be learned from so: every other one is.

    What becomes of it is chosen by a hash of `page`, its name: the same page becomes the same each time.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> from cleaners.read.walk import walk_page
    >>> aged = age(walk_page(LexborHTMLParser("<article><p>It rained.<p>In Kyiv.")), "kyiv")
    >>> [aged.tags[owner] for owner in aged.owners], aged.breaks
    (['div', 'div'], [1, 1])
    """
    chance = crc32(page.encode())
    if chance & 1:
        return None
    broken, bold, bare, cells = (bool(chance >> bit & 1) for bit in (1, 2, 3, 4))
    gone = ({"p"} if broken else set()) | (_HEADINGS if bold else set())
    owners, breaks, bold_chars = list(walk.owners), list(walk.breaks), list(walk.bold_chars)
    for i, owner in enumerate(owners):
        tag = walk.tags[owner] if owner >= 0 else ""
        if tag in gone and walk.parents[owner] >= 0:
            owners[i] = walk.parents[owner]
            breaks[i] = 1
            if tag != "p":
                bold_chars[i] = len(walk.texts[i])
    ends = [
        start if tag in gone else end
        for tag, start, end in zip(walk.tags, walk.starts, walk.ends, strict=True)
    ]
    tags = ["div" if tag in _LATER else tag for tag in walk.tags]
    if cells:
        tags = [
            "td" if tag == "div" and depth <= _CELLS else tag
            for tag, depth in zip(tags, walk.depths, strict=True)
        ]
    names = [{} for _ in tags] if bare or broken else walk.attributes
    return replace(
        walk, owners=owners, breaks=breaks, bold_chars=bold_chars, ends=ends, tags=tags, attributes=names
    )
