"""Images of a page: the address of the largest version, and what attributes say of it."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from cleaners.read.characters import valid_line
from cleaners.read.metadata import absolute, read_pixels
from cleaners.values import Value

#: Attributes that hold addresses of an image in several sizes, and in one.
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset", "data-flickity-lazyload-srcset")
_SOURCES: Final = ("data-full-src", "data-original-url", "data-original", "data-src", "data-lazy-src", "src")
#: Attributes that hold its caption, and its credit.
_CAPTIONS: Final = ("data-caption", "data-image-caption", "data-image-description", "data-lightbox-caption")
_CREDITS: Final = (
    "data-credit", "data-credits", "data-source", "data-copyright", "data-photographer", "data-photo-credit",
    "data-image-credit", "data-byline",
)  # fmt: skip
#: Characters of an attribute that are read; captions are shorter.
_LONGEST: Final = 3_000
#: Images and sources of one picture that are looked at.
_MOST_SOURCES: Final = 12
#: An icon is so many pixels wide at most.
_ICON: Final = 64
#: Numbers in a srcset that are no widths: "2x" counts as so many pixels.
_DENSITY: Final = 1_000
_BETWEEN: Final = re.compile(r",\s+|,(?=https?:)")
_SIZE: Final = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)|\.\w{3,4}$")


class Description(Value):
    """What attributes say of an image: `told` are all its descriptions, `caption` and `credit` those of data-*."""

    told: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""
    icon: bool = False


def is_image(node: LexborNode) -> bool:
    """Tell whether a node is an image."""
    return node.tag in ("img", "amp-img")


def read_description(box: LexborNode) -> Description:
    """Return what the attributes of the first image in an element (or of the element itself) say."""
    node = box if is_image(box) else box.css_first("img,amp-img")
    if node is None:
        return Description()
    attributes = node.attributes

    def first(keys: tuple[str, ...]) -> str:
        texts = (valid_line((attributes[key] or "")[:_LONGEST]) for key in keys if key in attributes)
        return next(filter(None, texts), "")

    caption = first(_CAPTIONS)
    told = tuple(filter(None, (first(("alt",)), first(("title",)), caption)))
    icon = (read_pixels(attributes.get("width")) or _ICON + 1) <= _ICON
    return Description(told, caption, first(_CREDITS), icon or (attributes.get("src") or "").endswith(".svg"))


def find_address(box: LexborNode, url: str | None) -> tuple[str | None, int | None]:
    """Return the address of the largest version of the first image in an element, and its width if it is known."""
    parent = box.parent if is_image(box) else box
    whole = parent if parent is not None and (parent is box or parent.tag in ("picture", "figure")) else box
    sizes: list[tuple[float, str]] = []
    for node in [box] if is_image(whole) else whole.css("img,amp-img,source")[:_MOST_SOURCES]:
        attributes = node.attributes
        sizes += [size for key in _SETS for size in read_srcset(attributes.get(key))]
        sources = (
            source for source in map(attributes.get, _SOURCES) if source and not source.startswith("data:")
        )
        if source := next(sources, None):
            sizes.append((float(read_pixels(attributes.get("width")) or 1), source))
        if is_image(node):
            break
    size, address = max(sizes, key=lambda pair: pair[0], default=(0.0, None))
    return absolute(address, url), int(size) if size > 10 else None


def read_srcset(srcset: str | None) -> list[tuple[float, str]]:
    """Return the candidates of a `srcset` with their widths (HTML standard, 4.8.4.2.1); an "x" counts as 1,000 pixels.

    >>> read_srcset("/a-320.jpg 320w, /a-960.jpg 960w")
    [(320.0, '/a-320.jpg'), (960.0, '/a-960.jpg')]
    """
    found: list[tuple[float, str]] = []
    for candidate in _BETWEEN.split(srcset[:20_000]) if srcset else ():
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        size = 1.0
        if len(parts) > 1 and parts[-1][:-1].replace(".", "", 1).isdecimal():
            size = float(parts[-1][:-1]) * (_DENSITY if parts[-1][-1] == "x" else 1)
        found.append((size, parts[0].rstrip(",")))
    return found


def stem(url: str | None) -> str:
    """Return the file name of an image's address, which its differently sized copies share.

    >>> stem("https://example.org/img/storm-1024x768.jpg?w=400")
    'storm'
    """
    if not url:
        return ""
    return _SIZE.sub("", _SIZE.sub("", url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]))
