"""What of a page speaks of it: metas, JSON-LD, titles, headings, times and marked elements, from one pass."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.page.json_ld import plain

# One query for everything, because each query walks the whole tree.
_SIGNS = (
    'html,meta,title,link[rel="canonical"],link[rel="amphtml"],script[type*="ld+json" i],h1,time,[itemprop],'
    '[rel~="author"]'
)
_MOST_CONTENT = 5_000  # characters of a meta's content; descriptions and keywords are shorter


@dataclass(slots=True)
class Signs:
    """The elements of a page that say something of it."""

    metas: dict[str, list[str]]
    scripts: list[str]
    titles: list[str]
    headings: list[LexborNode]
    times: list[LexborNode]
    items: dict[str, list[LexborNode]]
    profiles: list[LexborNode]
    language: str | None = None
    canonical: str | None = None


def find_signs(tree: LexborHTMLParser) -> Signs:
    """Gathers, in one pass over the page, the elements that metadata are read from."""
    signs = Signs({}, [], [], [], [], {}, [])
    for node in tree.css(_SIGNS):
        tag = node.tag
        attributes = node.attributes
        if tag == "meta":
            content = attributes.get("content")
            if not content:
                continue
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = attributes.get(key)
                if name:
                    signs.metas.setdefault(name.lower(), []).append(content[:_MOST_CONTENT])
        elif tag == "script":
            signs.scripts.append(node.text())
        elif tag == "title":
            if not signs.titles:
                signs.titles.append(node.text())
        elif tag == "link":
            if attributes.get("rel") == "canonical" and signs.canonical is None:
                signs.canonical = attributes.get("href")
        elif tag == "html":
            signs.language = attributes.get("lang") or attributes.get("xml:lang")
        else:
            if tag == "h1":
                signs.headings.append(node)
            elif tag == "time":
                signs.times.append(node)
            item = attributes.get("itemprop")
            if item:
                for name in item.lower().split():
                    signs.items.setdefault(name, []).append(node)
            if "rel" in attributes and "author" in (attributes["rel"] or "").lower().split():
                signs.profiles.append(node)
    return signs


def meta(signs: Signs, *names: str) -> str | None:
    """The first text that one of the named metas holds."""
    for name in names:
        for content in signs.metas.get(name, ()):
            text = plain(content)
            if text:
                return text
    return None


def item_text(node: LexborNode) -> str | None:
    """The text of a marked element: its `content`, or what it prints when that is short."""
    attributes = node.attributes
    if attributes.get("content"):
        return plain(attributes["content"] or "")
    text = node.text(separator=" ")
    return plain(text) if len(text) < 1000 else None
