"""What a page says of itself, as strings: title, authors, dates, section, images … from its head and its markup.

Nothing is parsed here: which of the strings are the article's authors and dates is for cleaners/fields.py to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.read.json_ld import Graph, Node, plain, text_of, types
from cleaners.read.titles import choose_title
from cleaners.words import words

#: Elements marked as the author's that are read; many are those of teasers, which come after the article's own.
_MOST_AUTHORS: Final = 12
#: Marked dates that are read, and characters of one.
_MOST_DATES: Final = 4
_LONGEST_DATE: Final = 300
_MOST_KEYWORDS: Final = 40
#: Characters of a meta's content; descriptions and keywords are shorter.
_MOST_CONTENT: Final = 5_000


class Image(NamedTuple):
    """An image that the page's metadata names as the article's."""

    url: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None


class Metadata(NamedTuple):
    """What a page says of itself.

    `heading` is the visible headline as printed. `authors` are the strings of each source that names authors, the
    surest source first; `house` says that the first calls its author an organisation; `profiles` are the texts of
    links to authors' pages. `published`, `modified` and `times` are strings that are marked as dates, the surest
    first, `sources` strings that may name the agency, `newsroom` says that the head was written by a newsroom.
    `article_body` is the text of JSON-LD's articleBody.
    """

    title: str | None = None
    heading: str | None = None
    authors: tuple[tuple[str, ...], ...] = ()
    house: bool = False
    profiles: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    newsroom: bool = False
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    site_name: str | None = None
    paywalled: bool | None = None
    article_body: str | None = None
    images: tuple[Image, ...] = ()


def read_metadata(tree: LexborHTMLParser, url: str | None = None) -> Metadata:
    """Return what the page says of itself; `tree` must still hold its scripts. Never raises on odd pages.

    >>> page = LexborHTMLParser("<html lang=de><title>Sturm im Norden – Beispiel</title><h1>Sturm im Norden</h1>")
    >>> read_metadata(page).title, read_metadata(page).language
    ('Sturm im Norden', 'de')
    """
    signs = _Signs(tree)
    graph = Graph(signs.scripts)
    article, page = graph.article(url) or {}, graph.page() or {}
    site_name = _site_name(signs, graph, article)
    canonical = _canonical(signs, url)
    newsroom = any("news" in kind for kind in types(article))
    title, heading = choose_title(
        _titles(signs, article), signs.headlines + signs.headings, site_name, newsroom=newsroom
    )
    author = article.get("author") or article.get("creator")
    return Metadata(
        title=title,
        heading=heading,
        authors=tuple(_authors(signs, graph, author)),
        house=any(
            "organization" in kind
            for item in graph.items(author)
            if isinstance(item, dict)
            for kind in types(item)
        ),
        profiles=tuple(signs.profiles),
        published=tuple(dict.fromkeys(_published(signs, article, page))),
        modified=tuple(dict.fromkeys(_modified(signs, article, page))),
        times=tuple(signs.times),
        sources=tuple(_sources(graph, article)),
        newsroom=newsroom,
        section=_section(signs, graph, article),
        keywords=_keywords(signs, graph, article),
        language=_language(signs, article, page),
        url=canonical or url,
        site_name=site_name,
        paywalled=_paywalled(signs, article, page),
        article_body=_body(article),
        images=_images(signs, graph, article, page, canonical or url),
    )


# One query for everything, because each query walks the whole tree.
_SIGNS: Final = (
    'html,meta,title,link[rel="canonical"],script[type*="ld+json" i],h1,time,[itemprop],[rel~="author"]'
)
#: Attributes in which a marked element may say its date, before its text.
_DATE_KEYS: Final = ("datetime", "content", "data-datetime", "title")


class _Signs:
    """The strings of a page that say something of it, gathered in one pass over its elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.metas: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.titles: list[str] = []
        self.headings: list[str] = []
        self.headlines: list[str] = []
        self.times: list[str] = []
        self.items: dict[str, list[str]] = {"author": [], "datepublished": [], "datemodified": []}
        self.profiles: list[str] = []
        self.language: str | None = None
        self.canonical: str | None = None
        for node in tree.css(_SIGNS):
            tag = node.tag
            if tag == "meta":
                self._take_meta(node.attributes)
            elif tag == "script":
                self.scripts.append(node.text())
            elif tag == "title":
                self.titles.append(node.text())
            elif tag == "link":
                self.canonical = self.canonical or node.attributes.get("href")
            elif tag == "html":
                self.language = node.attributes.get("lang") or node.attributes.get("xml:lang")
            else:
                self._take_element(node, tag)

    def _take_meta(self, attributes: dict[str, str | None]) -> None:
        content = attributes.get("content")
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := attributes.get(key):
                    self.metas.setdefault(name.lower(), []).append(content[:_MOST_CONTENT])

    def _take_element(self, node: LexborNode, tag: str | None) -> None:
        attributes = node.attributes
        if tag == "h1" and len(self.headings) < 8 and (text := _item_text(node)):
            self.headings.append(text)
        elif tag == "time" and len(self.times) < 3 * _MOST_DATES:
            self.times += _date_texts(node)
        for name in (attributes.get("itemprop") or "").lower().split():
            if name == "headline" and len(self.headlines) < 2 and (text := _item_text(node)):
                self.headlines.append(text)
            elif name == "author" and len(self.items[name]) < _MOST_AUTHORS:
                self.items[name] += filter(None, [_author_text(node)])
            elif name in ("datepublished", "datemodified") and len(self.items[name]) < 3 * _MOST_DATES:
                self.items[name] += _date_texts(node)
        linked = "author" in (attributes.get("rel") or "").lower().split()
        if linked and len(self.profiles) < _MOST_AUTHORS and (text := _author_text(node)):
            self.profiles.append(text)

    def meta(self, *names: str) -> str | None:
        """Return the first text that one of the named metas holds."""
        contents = (content for name in names for content in self.metas.get(name, ()))
        return next(filter(None, map(plain, contents)), None)


def _item_text(node: LexborNode) -> str | None:
    """Return the text of a marked element: its `content`, or what it prints when that is short."""
    content = node.attributes.get("content")
    text = content or node.text(separator=" ")
    return plain(text) if content or len(text) < 1000 else None


def _author_text(node: LexborNode) -> str | None:
    return _item_text(node.css_first('[itemprop="name"]') or node)


def _date_texts(node: LexborNode) -> list[str]:
    attributes = node.attributes
    texts = [*(attributes.get(key) for key in _DATE_KEYS), " ".join(node.text(separator=" ").split())]
    return [text[:_LONGEST_DATE] for text in texts if text]


def _titles(signs: _Signs, article: Node) -> list[tuple[str | None, float]]:
    """Return the titles that the page's head gives, each with how far its source is trusted."""
    return [
        (text_of(article.get("headline")), 1.0),
        (signs.meta("og:title"), 1.0),
        (signs.meta("twitter:title"), 0.3),
        (signs.meta("dc.title", "dcterms.title", "title", "sailthru.title", "parsely-title"), 0.3),
        (plain(signs.titles[0]) if signs.titles else None, 0.7),
    ]


def _authors(signs: _Signs, graph: Graph, author: Any) -> Iterator[tuple[str, ...]]:
    yield tuple(filter(None, map(plain, _names(graph, author))))
    yield tuple(signs.items["author"])
    for key in words("metas", "authors"):
        label = " ".join(signs.metas.get("twitter:label1", ())).lower()
        if key != "twitter:data1" or "written by" in label:
            yield tuple(filter(None, map(plain, signs.metas.get(key, ()))))


def _names(graph: Graph, author: Any) -> Iterator[str]:
    """Return the names in JSON-LD's author, however it is written down."""
    for item in graph.items(author):
        if isinstance(item, dict):
            item = item.get("name") or item.get("alternateName") or item.get("@id") or item.get("url")
        for name in item[:20] if isinstance(item, list) else [item]:
            if isinstance(name, str):
                yield name


# names that a house gave its own meta: "published-date", "cludo:date", "pub_date"
_PUBLISHED_NAME = re.compile(
    r"^(?!.*(?:unpubl|modif|updat|expir))(?:.*publi.*(?:date|time|at)\b|.*\bpub_?date|\w+:date$)"
)


def _published(signs: _Signs, article: Node, page: Node) -> Iterator[str]:
    yield from _strings(article.get("datePublished"), article.get("uploadDate"))
    yield from _metas(signs, words("metas", "published"))
    yield from signs.items["datepublished"]
    yield from _strings(page.get("datePublished"), article.get("dateCreated"))
    yield from (
        c for key, contents in signs.metas.items() if _PUBLISHED_NAME.search(key) for c in contents[:1]
    )


def _modified(signs: _Signs, article: Node, page: Node) -> Iterator[str]:
    yield from _strings(article.get("dateModified"), page.get("dateModified"))
    yield from _metas(signs, words("metas", "modified"))
    yield from signs.items["datemodified"]


def _metas(signs: _Signs, names: Iterable[str]) -> Iterator[str]:
    return (content for name in names for content in signs.metas.get(name, ()))


def _strings(*values: Any) -> Iterator[str]:
    firsts = (value[0] if isinstance(value, list) and value else value for value in values)
    return (value for value in firsts if isinstance(value, str))


def _sources(graph: Graph, article: Node) -> Iterator[str]:
    """Return the names of those whom JSON-LD calls the text's source."""
    for key in ("sourceOrganization", "provider", "creator", "copyrightHolder"):
        yield from filter(None, map(text_of, graph.items(article.get(key))))


def _site_name(signs: _Signs, graph: Graph, article: Node) -> str | None:
    name = signs.meta("og:site_name")
    if name:
        return name
    for item in graph.items(article.get("publisher")):
        if name := text_of(item.get("name") if isinstance(item, dict) else item):
            return name
    for node in graph.nodes:
        if "website" in types(node) and (name := text_of(node.get("name"))):
            return name
    return signs.meta("application-name", "dc.publisher", "apple-mobile-web-app-title", "cre", "publisher")


_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")


def _language(signs: _Signs, article: Node, page: Node) -> str | None:
    inline = article.get("inLanguage") or page.get("inLanguage")
    for value in (
        signs.language,
        text_of(inline),
        signs.meta("og:locale", "content-language", "dc.language", "language"),
    ):
        if value and (match := _LANGUAGE.match(value.strip())):
            rest = value.strip()[match.end() :]
            region = rest[1:3] if rest[:1] in ("-", "_") and len(rest) == 3 else ""
            return f"{match[0].lower()}-{region.upper()}" if region.isalpha() and region else match[0].lower()
    return None


def _canonical(signs: _Signs, url: str | None) -> str | None:
    for value in (signs.canonical, signs.meta("og:url")):
        address = absolute(value, url)
        if address and urlsplit(address).path.strip("/"):
            return address
    return None


# an address that needs no joining; anything odd takes the long way
_ABSOLUTE = re.compile(r"https?://[\w.-]{1,200}/(?!\S*[\[\]\\])\S*$")


def absolute(address: str | None, url: str | None) -> str | None:
    """An http address made absolute against the page's, or None."""
    if not address:
        return None
    if _ABSOLUTE.match(address):
        return address
    try:
        joined = urljoin(url or "", address.strip())
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).netloc else None
    except ValueError:
        return None


def _section(signs: _Signs, graph: Graph, article: Node) -> str | None:
    for item in graph.items(article.get("articleSection")):
        if name := text_of(item):
            return name
    return signs.meta(
        "article:section",
        "og:section",
        "section",
        "parsely-section",
        "cxenseparse:section",
        "dcterms.subject.section",
    )


def _keywords(signs: _Signs, graph: Graph, article: Node) -> tuple[str, ...]:
    named: list[str] = []
    for item in graph.items(article.get("keywords")):
        if name := text_of(item):
            named.extend(name.split(",") if isinstance(item, str) else [name])
    if not named:
        named.extend(text for content in signs.metas.get("article:tag", ()) if (text := plain(content)))
    if not named and (text := signs.meta("news_keywords", "keywords", "parsely-tags", "dc.subject")):
        named.extend(text.replace(";", ",").split(","))
    each: dict[str, str] = {}
    for word in named:
        if 0 < len(stripped := word.strip()) < 80:
            each.setdefault(stripped.casefold(), stripped)
    return tuple(each.values())[:_MOST_KEYWORDS]


def _paywalled(signs: _Signs, article: Node, page: Node) -> bool | None:
    for node in (article, page):
        free = node.get("isAccessibleForFree")
        if isinstance(free, bool):
            return not free
        if isinstance(free, str) and free.strip().lower() in ("true", "false", "yes", "no", "0", "1"):
            return free.strip().lower() in ("false", "no", "0")
    tier = signs.meta("article:content_tier", "og:article:content_tier")
    return tier.lower() in ("locked", "metered") if tier else None


def _body(article: Node) -> str | None:
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body[:500] if isinstance(part, str))
    return body.strip() or None if isinstance(body, str) else None


def _images(signs: _Signs, graph: Graph, article: Node, page: Node, url: str | None) -> tuple[Image, ...]:
    found: dict[str, Image] = {}
    for value in (article.get("image"), page.get("primaryImageOfPage"), article.get("thumbnailUrl")):
        for item in graph.items(value):
            node = item if isinstance(item, dict) else {"url": item}
            address = absolute(text_of(node.get("contentUrl")) or text_of(node.get("url")), url)
            if address and address not in found:
                found[address] = Image(
                    address,
                    text_of(node.get("caption")) or text_of(node.get("description")),
                    text_of(node.get("creditText"))
                    or text_of(node.get("copyrightHolder"))
                    or text_of(node.get("author")),
                    read_pixels(node.get("width")),
                )
    for content in signs.metas.get("og:image", ())[:3]:
        address = absolute(plain(content), url)
        if address and address not in found:
            found[address] = Image(
                address, signs.meta("og:image:alt"), None, read_pixels(signs.meta("og:image:width"))
            )
    return tuple(found.values())


def read_pixels(value: Any) -> int | None:
    """Return a width in pixels, however it is written down.

    >>> read_pixels("640px"), read_pixels({"value": 640.0}), read_pixels("100%")
    (640, 640, None)
    """
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 < value < 100_000 else None
    match = re.match(r"\s?(\d{1,5})(?:\.\d*)?\s?(?:px)?\s?$", value) if isinstance(value, str) else None
    return int(match[1]) if match else None


#: Elements whose names say that they hold a date, or who wrote the story.
_DATED: Final = '[class*="date" i],[class*="publish" i],[class*="posted" i],[class*="time" i]'
_SIGNED: Final = (
    '[class*="author" i],[class*="byline" i],[class*="autor" i],[id*="author" i],[class*="contributor" i]'
)
#: The same, and links that lead to a person's page: they mean it near the headline only.
_LINKED: Final = (
    '[class*="writer" i],[itemprop~="author" i],[rel~="author"],a[href*="/author" i],a[href*="/profile" i],'
    'a[href*="/people/" i],a[href*="/staff/" i],a[href*="/autor" i],a[href*="/contributor" i],a[href*="/by/" i]'
)
#: An element with more characters is no byline, however it is marked; after so many of them the search ends.
_LARGE: Final = 3_000
_MOST_LARGE: Final = 8
_MOST_SIGNED: Final = 30


def read_dated(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the texts of the first elements that are named like a date."""
    for node in tree.css(_DATED)[:20]:
        text = node.attributes.get("datetime") or node.text(separator=" ")
        if 8 <= len(text) <= _LONGEST_DATE:
            yield " ".join(text.split())[:100]


def read_signed(tree: LexborHTMLParser, *, linked: bool = False) -> Iterator[str]:
    """Yield the texts of the first elements that are named like an author or a byline.

    With `linked`, of those too that lead to a person's page.
    """
    large = 0
    for node in tree.css(f"{_SIGNED},{_LINKED}" if linked else _SIGNED)[: _MOST_SIGNED * (1 + linked)]:
        text = node.text(separator=" ")
        large += len(text) > _LARGE
        if large == _MOST_LARGE:
            return
        if len(text) <= _LARGE and 3 < len(text := " ".join(text.split())) < 120:
            yield text
