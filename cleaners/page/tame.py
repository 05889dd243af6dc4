"""Keep hostile markup from the parser, whose time grows with the square of the depth and of a tag's attributes."""

from __future__ import annotations

import re
from typing import Final

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
#: A tag with more characters of attributes loses them if they are many.
_MANY_CHARACTERS: Final = 20_000
_MANY_ATTRIBUTES: Final = 5_000
#: Elements without an end, or whose end is implied by the next one: they do not nest by being repeated.
_FLAT: Final = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th option optgroup tbody thead"
    " tfoot html head body path circle rect use g".split()
)
#: Elements whose content is no markup.
_RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp"})
_QUOTED: Final = re.compile(r"\"[^\"]*+\"|'[^']*+'")
# The possessive groups always match, so that no part of a page is read twice.
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?|<!--")


def tame(html: str) -> str:
    """Return the page with elements deeper than MAX_DEPTH flattened and tags of thousands of attributes bared.

    A page of more tags than any article can have is cut off.

    >>> tame("<div><p>It rained.</div>")
    '<div><p>It rained.</div>'
    >>> len(tame("<div>" * 20_000 + "It rained.")) == len("<div>") * MAX_DEPTH + len("It rained.")
    True
    """
    if html.count("<") < _FEW_TAGS and html.count("=") < _FEW_VALUES and not _has_gap(html):
        return html
    html = _cut(html, min(max(_TAGS_ALLOWED, len(html) // _DENSEST), _MOST_TAGS))
    depth = at = place = 0
    kept: list[str] = []
    while (tag := _TAG.search(html, place)) is not None:
        place = tag.end()
        name = tag[2]
        if name is None:  # a comment
            place = html.find("-->", place) + 3
            if place < 3:
                break
            continue
        name = name.lower()
        instead = None
        if len(tag[3]) > _MANY_CHARACTERS and _count_attributes(tag[3]) > _MANY_ATTRIBUTES:
            instead = f"<{tag[1]}{name}>"
        if name not in _FLAT and not tag[3].endswith("/"):
            if depth + (not tag[1]) > MAX_DEPTH:
                instead = ""
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if instead is not None:
            kept += (html[at : tag.start()], instead)
            at = place
        if name in _RAW and not tag[1]:
            place = html.find(f"</{name}", place)
            if place < 0:
                break
    return "".join([*kept, html[at:]]) if kept else html


def _cut(html: str, tags: int) -> str:
    """Return the page up to a number of tags."""
    if html.count("<") <= tags:
        return html
    place = -1
    for _ in range(tags + 1):
        place = html.find("<", place + 1)
    return html[:place]


def _has_gap(html: str) -> bool:
    """Tell whether a tag may be _SHORT_GAP characters long: its inside then fills a whole window without a ">"."""
    for start in range(0, len(html) - _WINDOW, _WINDOW):
        if html.find(">", start, start + _WINDOW) < 0:
            opened = html.find("<", html.rfind(">", 0, start) + 1, start + _WINDOW)
            if opened >= 0 and html[opened + 1 : opened + 2].isalpha():
                return True
    return False


def _count_attributes(attributes: str) -> int:
    """Count attributes roughly: long values (whole JSON documents) are common, and harmless."""
    return len(_QUOTED.sub(" ", attributes).split())
