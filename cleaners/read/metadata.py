"""What a page says of itself, as strings: title, authors, dates, section, image … from its head and its markup.

Nothing is parsed here: which of the strings are the article's authors and dates is for cleaners/fields.py to choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.read.characters import valid_address, valid_line, valid_text
from cleaners.read.json_ld import MOST_SCRIPTS, Graph, Node, plain, types
from cleaners.read.titles import choose_title
from cleaners.values import Value
from cleaners.words import words

#: Elements marked as the author's that are read; many are those of teasers, which come after the article's own.
_MOST_AUTHORS: Final = 12
#: Texts of elements marked as dates that are read, and characters of one.
_MOST_DATES: Final = 12
_LONGEST_DATE: Final = 300
_MOST_KEYWORDS: Final = 40
_LONGEST_KEYWORD: Final = 80
#: Characters of a meta's content; descriptions and keywords are shorter.
_MOST_CONTENT: Final = 5_000
#: Characters of a marked element's text; one with more is marked for something else.
_LONGEST_ITEM: Final = 1_000


class Image(Value):
    """The image that the page's metadata names as the article's."""

    url: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None


class Metadata(Value):
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
    image: Image | None = None


def read_metadata(tree: LexborHTMLParser, url: str | None = None) -> Metadata:
    """Return what the page says of itself; `tree` must still hold its scripts. Never raises on odd pages.

    >>> page = LexborHTMLParser("<html lang=de><title>Sturm im Norden – Beispiel</title><h1>Sturm im Norden</h1>")
    >>> read_metadata(page).title, read_metadata(page).language
    ('Sturm im Norden', 'de')
    """
    signs = _Signs(tree)
    graph = Graph(signs.found["script"])
    article, page = graph.article(url) or {}, graph.of_type("page") or {}
    author = article.get("author") or article.get("creator")
    site_name = _site_name(signs, graph, article)
    url = next(
        filter(_has_path, (absolute(told, url) for told in (*signs.found["link"], signs.meta("urls")))), url
    )
    newsroom = any("news" in kind for kind in types(article))
    titles = [
        (graph.text(article.get("headline")), 1.0),
        (signs.meta("titles"), 1.0),
        (signs.meta("other_titles"), 0.3),
        (plain("".join(signs.found["title"])), 0.7),
    ]
    headings = signs.found["@headline"] + signs.found["h1"]
    title, heading = choose_title(titles, headings, site_name, newsroom=newsroom and not signs.crumb)
    published = chain(
        graph.texts(article.get("datePublished"), article.get("uploadDate")),
        signs.metas("published"),
        signs.found["@datepublished"],
        graph.texts(page.get("datePublished"), article.get("dateCreated")),
        (content for name, content in signs.contents if _PUBLISHED_NAME.search(name)),
    )
    modified = chain(
        graph.texts(article.get("dateModified"), page.get("dateModified")),
        signs.metas("modified"),
        signs.found["@datemodified"],
    )
    return Metadata(
        title=title,
        heading=heading,
        authors=(tuple(graph.texts(author)), tuple(signs.found["@author"]), *_named_authors(signs)),
        house=any("organization" in kind for item in graph.items(author) for kind in types(item)),
        profiles=tuple(signs.found["@profile"]),
        published=tuple(dict.fromkeys(published)),
        modified=tuple(dict.fromkeys(modified)),
        times=tuple(signs.found["time"]),
        sources=tuple(graph.texts(*map(article.get, _SOURCES))),
        newsroom=newsroom,
        section=graph.text(article.get("articleSection")) or signs.meta("sections"),
        keywords=_keywords(signs, graph, article),
        language=_language(signs, graph, article.get("inLanguage") or page.get("inLanguage")),
        url=url,
        site_name=site_name,
        paywalled=_paywalled(signs, article, page),
        article_body=_body(article),
        image=_image(
            signs,
            graph,
            (article.get("image"), page.get("primaryImageOfPage"), article.get("thumbnailUrl")),
            url,
        ),
    )


#: Those whom JSON-LD calls the text's source.
_SOURCES: Final = ("sourceOrganization", "provider", "creator", "copyrightHolder")
#: Names that a house gave its own meta: "published-date", "cludo:date", "pub_date".
_PUBLISHED_NAME: Final = re.compile(
    r"^(?!.*(?:unpubl|modif|updat|expir))(?:.*publi.*(?:date|time|at)\b|.*\bpub_?date|\w+:date$)"
)
#: One query for everything, because each query walks the whole tree.
_SIGNS: Final = (
    'html,meta,title,link[rel="canonical"],script[type*="ld+json" i],h1,time,[itemprop],[rel~="author"]'
)
#: A heading within so many elements of a list's item or a menu is a step of a path.
_CRUMB_DEPTH: Final = 2
#: Attributes in which a marked element may say its date, before its text.
_DATE_KEYS: Final = ("datetime", "content", "data-datetime", "title")
#: Attributes that name what a meta holds.
_META_KEYS: Final = ("property", "name", "itemprop", "http-equiv")


class _Signs:
    """The strings of a page that say something of it, gathered in one pass over its elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.named: dict[str, list[str]] = {}
        self.found: dict[str, list[str]] = {kind: [] for kind in _READERS}
        self.crumb = False
        for node in tree.css(_SIGNS):
            tag, attributes = node.tag or "", node.attributes
            if tag == "meta":
                self._take_meta(attributes)
                continue
            if tag == "h1" and self._is_crumb(node):
                self.crumb = True
                self.found["h1"] += filter(None, [_second_headline(tree, node)])
                continue
            kinds = [tag]
            if "itemprop" in attributes:
                kinds += [f"@{name}" for name in (attributes["itemprop"] or "").lower().split()]
            if "author" in (attributes.get("rel") or "").lower().split():
                kinds.append("@profile")
            for kind in kinds:
                most, read = _READERS.get(kind, (0, _date_texts))
                if len(self.found[kind] if most else ()) < most:
                    self.found[kind] += filter(None, read(node))

    @staticmethod
    def _is_crumb(node: LexborNode) -> bool:
        """Tell whether a heading is the last step of a path through the site: the headline is printed below it."""
        above = node.parent
        for _ in range(_CRUMB_DEPTH):
            if above is None:
                break
            if above.tag in ("li", "nav"):
                return True
            above = above.parent
        return False

    def _take_meta(self, attributes: dict[str, str | None]) -> None:
        if content := attributes.get("content"):
            for name in filter(None, map(attributes.get, _META_KEYS)):
                self.named.setdefault(name.lower(), []).append(content[:_MOST_CONTENT])

    @property
    def contents(self) -> Iterator[tuple[str, str]]:
        """The metas' names, each with its first content."""
        return ((name, contents[0]) for name, contents in self.named.items())

    def metas(self, key: str) -> Iterator[str]:
        """Return what the metas hold whose names stand under a key of `words/markup.toml`."""
        return (content for name in words("metas", key) for content in self.named.get(name, ()))

    def meta(self, key: str) -> str | None:
        """Return the first text that one of these metas holds."""
        return next(filter(None, map(plain, self.metas(key))), None)


def _second_headline(tree: LexborHTMLParser, crumb: LexborNode) -> str | None:
    """Return the first heading of the second level behind one that is the last step of a path."""
    behind = False
    for node in tree.css("h1,h2"):
        if behind and node.tag == "h2":
            return plain(node.text(separator=" "))
        behind = behind or node.mem_id == crumb.mem_id
    return None


def _item_texts(node: LexborNode) -> list[str | None]:
    """Return the text of a marked element: its `content`, or what it prints when that is short."""
    content = node.attributes.get("content")
    text = content or node.text(separator=" ")
    return [plain(text)] if content or len(text) < _LONGEST_ITEM else []


def _author_texts(node: LexborNode) -> list[str | None]:
    return _item_texts(node.css_first('[itemprop="name"]') or node)


def _date_texts(node: LexborNode) -> list[str | None]:
    texts = [*map(node.attributes.get, _DATE_KEYS), node.text(separator=" ")]
    return [line[:_LONGEST_DATE] for text in texts if text and (line := valid_line(text))]


def _attribute(*names: str) -> Callable[[LexborNode], list[str | None]]:
    return lambda node: [node.attributes.get(name) for name in names]


def _text(node: LexborNode) -> list[str | None]:
    return [node.text()]


#: How many strings are taken of each kind of element, and what reads them; "@" is before the values of itemprop.
_READERS: Final[dict[str, tuple[int, Callable[[LexborNode], list[str | None]]]]] = {
    "html": (1, _attribute("lang", "xml:lang")),
    "link": (1, _attribute("href")),
    "script": (MOST_SCRIPTS, _text),
    "title": (1, _text),
    "h1": (8, _item_texts),
    "time": (_MOST_DATES, _date_texts),
    "@headline": (2, _item_texts),
    "@author": (_MOST_AUTHORS, _author_texts),
    "@profile": (_MOST_AUTHORS, _author_texts),
    "@datepublished": (_MOST_DATES, _date_texts),
    "@datemodified": (_MOST_DATES, _date_texts),
}


def _named_authors(signs: _Signs) -> Iterator[tuple[str, ...]]:
    label = " ".join(signs.named.get("twitter:label1", ())).lower()
    for name in words("metas", "authors"):
        if name != "twitter:data1" or "written by" in label:
            yield tuple(filter(None, map(plain, signs.named.get(name, ()))))


def _site_name(signs: _Signs, graph: Graph, article: Node) -> str | None:
    site = graph.of_type("site") or {}
    told = (name for name in graph.texts(article.get("publisher"), site.get("name")) if "://" not in name)
    return signs.meta("sites") or next(told, None) or signs.meta("other_sites")


_LANGUAGE: Final = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2})\s*$|(?![a-zA-Z]))")


def _language(signs: _Signs, graph: Graph, inline: Any) -> str | None:
    """Return the page's language, with its region where it names one: "pt-BR"."""
    for told in (*signs.found["html"], graph.text(inline), signs.meta("languages")):
        if told and (match := _LANGUAGE.match(told)):
            return f"{match[1].lower()}-{match[2].upper()}" if match[2] else match[1].lower()
    return None


#: An address that needs no joining; anything odd takes the long way.
_ABSOLUTE: Final = re.compile(r"https?://[\w.-]{1,200}/(?!\S*[\[\]\\])\S*$")


def absolute(address: str | None, url: str | None) -> str | None:
    """Return an http address made absolute against the page's, or None.

    >>> absolute("/storm", "https://example.org/world"), absolute("data:image/gif", None)
    ('https://example.org/storm', None)
    """
    address = valid_address(address) if address else None
    if not address or _ABSOLUTE.match(address):
        return address or None
    try:
        joined = urljoin(url or "", address)
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).netloc else None
    except ValueError:
        return None


def _has_path(address: str | None) -> bool:
    return bool(address and urlsplit(address).path.strip("/"))


def _keywords(signs: _Signs, graph: Graph, article: Node) -> tuple[str, ...]:
    """Return the keywords of the surest source that gives any, each once."""
    told = ",".join(graph.texts(article.get("keywords"))).split(",")
    tags = [plain(content) or "" for content in signs.metas("tags")]
    named = (signs.meta("keywords") or "").replace(";", ",").split(",")
    each: dict[str, str] = {}
    for source in (told, tags, named):
        for word in map(str.strip, source):
            if 0 < len(word) < _LONGEST_KEYWORD:
                each.setdefault(word.casefold(), word)
        if each:
            break
    return tuple(each.values())[:_MOST_KEYWORDS]


def _paywalled(signs: _Signs, article: Node, page: Node) -> bool | None:
    for node in (article, page):
        free = str(node.get("isAccessibleForFree")).strip().lower()
        if free in ("true", "false", "yes", "no", "0", "1"):
            return free in ("false", "no", "0")
    tier = signs.meta("tiers")
    return tier.lower() in ("locked", "metered") if tier else None


def _body(article: Node) -> str | None:
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body[:500] if isinstance(part, str))
    return valid_text(body).strip() or None if isinstance(body, str) else None


def _image(signs: _Signs, graph: Graph, named: tuple[Any, ...], url: str | None) -> Image | None:
    """Return the first image with an address that JSON-LD names, or else the metas."""
    for item in graph.items(list(named)):
        node = item if isinstance(item, dict) else {"url": item}
        if address := absolute(graph.text(node.get("contentUrl"), node.get("url")), url):
            owners = graph.texts(node.get("creditText"), node.get("copyrightHolder"), node.get("author"))
            return Image(
                address,
                graph.text(node.get("caption"), node.get("description")),
                next((owner for owner in owners if "://" not in owner), None),
                read_pixels(node.get("width")),
            )
    if address := absolute(signs.meta("images"), url):
        return Image(address, signs.meta("image_captions"), None, read_pixels(signs.meta("image_widths")))
    return None


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
            yield valid_line(text)[:100]


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
        if len(text) <= _LARGE and 3 < len(text := valid_line(text)) < 120:
            yield text
