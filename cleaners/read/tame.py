"""Keep hostile markup from the parser, whose time grows with the square of the depth and of a tag's attributes."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

#: A page below all of these parses in well under a second however it is made, and is not looked at: tags,
#: attributes with a value, characters between two ">" (which bounds attributes without one).
_FEW_TAGS: Final = 10_000
_FEW_VALUES: Final = 20_000
_SHORT_GAP: Final = 40_000
_WINDOW: Final = _SHORT_GAP // 2
#: Elements nested deeper are read as if they stood at this depth. Browsers stop at 512.
MAX_DEPTH: Final = 512
#: An element takes some 600 bytes of memory, so of a page with more tags than any article has (the densest have one in
#: twenty characters) no more are read than one in so many characters, and no more than a page of 20 MB would have.
_DENSEST: Final = 12
_TAGS_ALLOWED: Final = 100_000
_MOST_TAGS: Final = 1_500_000
#: Formatting that is never closed is opened again in every element after it, so that the product of both is the
#: number of elements: of a page with many unclosed tags no more are left open.
_FEW_UNCLOSED: Final = 2_000
_OPEN_FORMATS: Final = 16
_FORMATS: Final = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
#: The parser takes the square of the time for the options of one list.
_MOST_OPTIONS: Final = 3_000
#: A tag with more characters of attributes loses them if they are many.
_MANY_CHARACTERS: Final = 20_000
_MANY_ATTRIBUTES: Final = 5_000
#: Elements without an end, or whose end is implied by the next one: they do not nest by being repeated.
_FLAT: Final = frozenset(
    b"area base br col embed hr img input link meta source track wbr p li dt dd tr td th option optgroup tbody thead"
    b" tfoot html head body path circle rect use g".split()
)
#: Elements whose content is no markup.
_RAW: Final = frozenset((b"script", b"style", b"textarea", b"title", b"xmp"))
_QUOTED: Final = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
# The possessive groups always match, so that no part of a page is read twice.
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?|<!--")


def tame(html: bytes) -> bytes:
    """Return the page with elements deeper than MAX_DEPTH flattened and tags of thousands of attributes bared.

    A page that then has more tags than any article is cut off.

    >>> tame(b"<div><p>It rained.</div>")
    b'<div><p>It rained.</div>'
    >>> len(tame(b"<div>" * 20_000 + b"It rained.")) == len("<div>") * MAX_DEPTH + len("It rained.")
    True
    """
    if _is_harmless(html):
        return html
    depth = at = place = formats = options = 0
    left = min(max(_TAGS_ALLOWED, len(html) // _DENSEST), _MOST_TAGS)
    kept: list[bytes] = []
    while (tag := _TAG.search(html, place)) is not None:
        place = tag.end()
        name = tag[2]
        if name is None:  # a comment
            place = html.find(b"-->", place) + 3
            if place < 3:
                break
            continue
        name = name.lower()
        instead = None
        if len(tag[3]) > _MANY_CHARACTERS and _count_attributes(tag[3]) > _MANY_ATTRIBUTES:
            instead = b"<" + tag[1] + name + b">"
        if name == b"option":
            options += 1
            if options > _MOST_OPTIONS:
                instead = b""
        elif name not in _FLAT and not tag[3].endswith(b"/"):
            opens = not tag[1]
            if depth + opens > MAX_DEPTH:
                instead = b""
            elif name in _FORMATS:
                if opens and formats >= _OPEN_FORMATS:
                    instead = b""
                formats = formats + 1 if opens else max(formats - 1, 0)
            depth = depth + 1 if opens else max(depth - 1, 0)
        if instead is not None:
            kept += (html[at : tag.start()], instead)
            at = place
        if instead != b"":
            left -= 1 + min(formats, _OPEN_FORMATS)
            if left < 0:
                kept.append(html[at : tag.start()])
                return b"".join(kept)
        if name in _RAW and not tag[1]:
            place = html.find(b"</" + name, place)
            if place < 0:
                break
    return b"".join([*kept, html[at:]]) if kept else html


def _is_harmless(html: bytes) -> bool:
    """Return whether a page has too little markup to take long."""
    if len(html) < _FEW_UNCLOSED:
        return True
    codes = np.frombuffer(html, np.uint8)
    opened = codes == ord("<")
    tags = int(np.count_nonzero(opened))
    closing = int(np.count_nonzero(opened[:-1] & (codes[1:] == ord("/"))))
    values = int(np.count_nonzero(codes == ord("=")))
    few = tags < _FEW_TAGS and tags - 2 * closing < _FEW_UNCLOSED and values < _FEW_VALUES
    return few and not _has_gap(html)


def _has_gap(html: bytes) -> bool:
    """Tell whether a tag may be _SHORT_GAP characters long: its inside then fills a whole window without a b">"."""
    for start in range(0, len(html) - _WINDOW, _WINDOW):
        if html.find(b">", start, start + _WINDOW) < 0:
            opened = html.find(b"<", html.rfind(b">", 0, start) + 1, start + _WINDOW)
            if opened >= 0 and html[opened + 1 : opened + 2].isalpha():
                return True
    return False


def _count_attributes(attributes: bytes) -> int:
    """Count attributes roughly: long values (whole JSON documents) are common, and harmless."""
    return len(_QUOTED.sub(b" ", attributes).split())
