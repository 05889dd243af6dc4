"""Images of a page: the address of the largest version, and what attributes say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from cleaners.page.metadata import absolute

_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-flickity-lazyload-srcset")
_SOURCES = ("data-full-src", "data-original-url", "data-original", "data-src", "data-lazy-src", "src")
_CAPTIONS = ("data-caption", "data-image-caption", "data-image-description", "data-lightbox-caption")
_CREDITS = (
    "data-credit", "data-credits", "data-source", "data-copyright", "data-photographer", "data-photo-credit",
    "data-image-credit", "data-byline",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image as its element describes it: `alt` and `title` are the attributes, `caption` and `credit` data-*."""

    url: str | None = None
    width: int | None = None
    alt: str = ""
    title: str = ""
    caption: str = ""
    credit: str = ""


def read_image(box: LexborNode, url: str | None) -> PageImage:
    """The first image in an element (or the element itself), with the address of its largest version."""
    best: tuple[float, str] | None = None
    alt = title = caption = credit = ""
    seen = False
    nodes = [box] if box.tag in ("img", "amp-img") else box.css("img,amp-img,source")[:12]
    for node in nodes:
        attributes = node.attributes
        if node.tag != "source":
            if seen:
                break
            seen = True
            alt, title = _tidy(attributes.get("alt")), _tidy(attributes.get("title"))
            caption = next((text for key in _CAPTIONS if (text := _tidy(attributes.get(key)))), "")
            credit = next((text for key in _CREDITS if (text := _tidy(attributes.get(key)))), "")
        elif seen:
            continue
        for key in _SETS:
            for size, address in read_srcset(attributes.get(key) or ""):
                if best is None or size > best[0]:
                    best = (size, address)
        for key in _SOURCES:
            address = attributes.get(key) or ""
            if address and not address.startswith("data:"):
                size = float(_pixels(attributes.get("width")) or 1)
                if best is None or size > best[0]:
                    best = (size, address)
                break
    if best is None:
        return PageImage(None, None, alt, title, caption, credit)
    width = int(best[0]) if best[0] > 10 else None
    return PageImage(absolute(best[1], url), width, alt, title, caption, credit)


def read_srcset(srcset: str) -> list[tuple[float, str]]:
    """The candidates of a `srcset` with their widths (HTML standard, 4.8.4.2.1); an "x" counts as 1,000 pixels.

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


_BETWEEN = re.compile(r",\s+|,(?=https?:)")
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)|\.\w{3,4}$")


def stem(url: str | None) -> str:
    """The file name of an image's address, which its differently sized copies share.

    >>> stem("https://example.org/img/storm-1024x768.jpg?w=400")
    'storm'
    """
    if not url:
        return ""
    return _SIZE.sub("", _SIZE.sub("", url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]))


def _tidy(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _pixels(value: str | None) -> int | None:
    digits = (value or "").removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else None
