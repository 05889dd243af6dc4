"""Images of a page: the address of the largest version, and what attributes say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from cleaners.read.metadata import absolute, read_pixels

_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-flickity-lazyload-srcset")
_SOURCES = ("data-full-src", "data-original-url", "data-original", "data-src", "data-lazy-src", "src")
_CAPTIONS = ("data-caption", "data-image-caption", "data-image-description", "data-lightbox-caption")
_CREDITS = (
    "data-credit", "data-credits", "data-source", "data-copyright", "data-photographer", "data-photo-credit",
    "data-image-credit", "data-byline",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """What attributes say of an image: `alt` and `title`, and `caption` and `credit` from data-*."""

    alt: str = ""
    title: str = ""
    caption: str = ""
    credit: str = ""
    icon: bool = False


def read_description(box: LexborNode) -> Description:
    """Return what the attributes of the first image in an element (or of the element itself) say."""
    node = box if box.tag in ("img", "amp-img") else box.css_first("img,amp-img")
    if node is None:
        return Description()
    attributes = node.attributes
    width = read_pixels(attributes.get("width"))
    return Description(
        _tidy(attributes.get("alt")),
        _tidy(attributes.get("title")),
        next((text for key in _CAPTIONS if key in attributes and (text := _tidy(attributes[key]))), ""),
        next((text for key in _CREDITS if key in attributes and (text := _tidy(attributes[key]))), ""),
        (width is not None and width <= 64) or (attributes.get("src") or "").endswith(".svg"),
    )


def find_address(box: LexborNode, url: str | None) -> tuple[str | None, int | None]:
    """Return the address of the largest version of the first image in an element, and its width if it is known."""
    best: tuple[float, str] | None = None
    seen = False
    parent = box.parent if box.tag in ("img", "amp-img") else box
    if parent is None or (parent.tag not in ("picture", "figure") and parent is not box):
        parent = box
    for node in [box] if parent.tag in ("img", "amp-img") else parent.css("img,amp-img,source")[:12]:
        attributes = node.attributes
        if node.tag != "source":
            if seen:
                break
            seen = True
        elif seen:
            continue
        for key in _SETS:
            for size, address in read_srcset(attributes.get(key) or ""):
                if best is None or size > best[0]:
                    best = (size, address)
        for key in _SOURCES:
            source = attributes.get(key) or ""
            if source and not source.startswith("data:"):
                size = float(read_pixels(attributes.get("width")) or 1)
                if best is None or size > best[0]:
                    best = (size, source)
                break
    if best is None:
        return None, None
    return absolute(best[1], url), int(best[0]) if best[0] > 10 else None


def read_srcset(srcset: str) -> list[tuple[float, str]]:
    """Return the candidates of a `srcset` with their widths (HTML standard, 4.8.4.2.1); an "x" counts as 1,000 pixels.

    >>> read_srcset("/a-320.jpg 320w, /a-960.jpg 960w")
    [(320.0, '/a-320.jpg'), (960.0, '/a-960.jpg')]
    """
    if not srcset:
        return []
    found: list[tuple[float, str]] = []
    for candidate in _BETWEEN.split(srcset[:20_000]):
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        size = 1.0
        if len(parts) > 1 and parts[-1][:-1].replace(".", "", 1).isdecimal():
            size = float(parts[-1][:-1]) * (1000 if parts[-1][-1] == "x" else 1)
        found.append((size, parts[0].rstrip(",")))
    return found


_LONGEST = 3_000  # characters of an attribute; captions are shorter
_BETWEEN = re.compile(r",\s+|,(?=https?:)")
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)|\.\w{3,4}$")


def stem(url: str | None) -> str:
    """Return the file name of an image's address, which its differently sized copies share.

    >>> stem("https://example.org/img/storm-1024x768.jpg?w=400")
    'storm'
    """
    if not url:
        return ""
    return _SIZE.sub("", _SIZE.sub("", url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]))


def _tidy(text: str | None) -> str:
    return " ".join(text[:_LONGEST].split()) if text else ""
