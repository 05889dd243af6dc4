"""What a page says of itself: title, authors, dates, section, agency, images … from its head and its byline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.page.authors import split_authors, unique
from cleaners.page.json_ld import Graph, Node, plain, text_of, types
from cleaners.page.published import date_in_url, parse_date
from cleaners.page.signs import Signs, find_signs, item_text, meta
from cleaners.page.surroundings import Surroundings
from cleaners.page.titles import choose_title, squeezed
from cleaners.page.vocabulary import vocabulary
from cleaners.wire.agencies import find_agency


@dataclass(frozen=True, slots=True)
class Image:
    """An image that the page's metadata names as the article's."""

    url: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; `article_body` is the text of JSON-LD's articleBody."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    modified: date | datetime | None = None
    agency: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    site_name: str | None = None
    paywalled: bool | None = None
    article_body: str | None = None
    images: tuple[Image, ...] = ()


def read_metadata(tree: LexborHTMLParser, url: str | None = None) -> Metadata:
    """What the page says of itself; `tree` must still hold its scripts. Never raises on odd pages.

    >>> page = LexborHTMLParser("<html lang=de><title>Sturm im Norden – Beispiel</title><h1>Sturm im Norden</h1>")
    >>> read_metadata(page).title, read_metadata(page).language
    ('Sturm im Norden', 'de')
    """
    signs = find_signs(tree)
    graph = Graph(signs.scripts)
    article = graph.article(url) or {}
    page = graph.page() or {}
    site_name = _site_name(signs, graph, article)
    language = _language(signs, article, page)
    canonical = _canonical(signs, url)
    title, heading = _title(signs, article, site_name)
    around = Surroundings(tree, heading)
    modified = _modified(signs, article, page, language)
    authors = _authors(signs, graph, article, site_name, around)
    return Metadata(
        title=title,
        authors=authors,
        published=_published(signs, article, page, canonical or url, language, around, modified),
        modified=modified,
        agency=_agency(authors, graph, article),
        section=_section(signs, graph, article),
        keywords=_keywords(signs, graph, article),
        language=language,
        url=canonical or url,
        site_name=site_name,
        paywalled=_paywalled(signs, article, page),
        article_body=_body(article),
        images=_images(signs, graph, article, page, canonical or url),
    )


def _title(signs: Signs, article: Node, site_name: str | None) -> tuple[str | None, LexborNode | None]:
    told = (
        (text_of(article.get("headline")), 1.0),
        (meta(signs, "og:title"), 1.0),
        (meta(signs, "twitter:title"), 0.3),
        (meta(signs, "dc.title", "dcterms.title", "title", "sailthru.title", "parsely-title"), 0.3),
        (plain(signs.titles[0]) if signs.titles else None, 0.7),
    )
    nodes = signs.items.get("headline", [])[:2] + signs.headings[:8]
    headings = [(text, node) for node in nodes if (text := item_text(node))]
    return choose_title(told, headings, site_name, newsroom=any("news" in kind for kind in types(article)))


MOST_MARKED = 12


def _authors(
    signs: Signs, graph: Graph, article: Node, site_name: str | None, around: Surroundings
) -> tuple[str, ...]:
    """The authors that the head names; the printed byline where it names none, or only the house itself."""
    names = _told_authors(signs, graph, article)
    if names and not _only_the_house(names, site_name, graph, article):
        return names
    if names:
        return around.sure_authors() or names
    profiles = unique(
        name for node in signs.profiles[:MOST_MARKED] for name in split_authors(_author_text(node))
    )
    return profiles if 0 < len(profiles) <= 3 else around.authors() or profiles[:1]


def _told_authors(signs: Signs, graph: Graph, article: Node) -> tuple[str, ...]:
    names = _named(graph, article.get("author") or article.get("creator"))
    if names:
        return names
    names = unique(
        name
        for node in signs.items.get("author", ())[:MOST_MARKED]
        for name in split_authors(_author_text(node))
    )
    if names:  # many are those of teasers, which come after the article's own
        return names if len(names) <= 4 else names[:1]
    for key in vocabulary()["authors"]:
        if (
            key == "twitter:data1"
            and "written by" not in " ".join(signs.metas.get("twitter:label1", ())).lower()
        ):
            continue
        names = unique(name for content in signs.metas.get(key, ()) for name in split_authors(plain(content)))
        if names:
            return names
    return ()


def _only_the_house(names: tuple[str, ...], site_name: str | None, graph: Graph, article: Node) -> bool:
    if any(
        "organization" in kind
        for item in graph.items(article.get("author"))
        if isinstance(item, dict)
        for kind in types(item)
    ):
        return True
    house = squeezed(site_name or "")
    return all(
        len(key := squeezed(name)) > 2 and (key in house or (house and house in key)) for name in names
    )


def _named(graph: Graph, value: Any) -> tuple[str, ...]:
    names: list[str] = []
    for item in graph.items(value):
        if isinstance(item, dict):
            name = item.get("name") or item.get("alternateName") or item.get("@id") or item.get("url")
            if isinstance(name, list):
                names.extend(
                    part for each in name[:20] if isinstance(each, str) for part in split_authors(plain(each))
                )
                continue
            item = name
        if isinstance(item, str):
            names.extend(split_authors(plain(item)))
    return unique(names)


def _author_text(node: LexborNode) -> str | None:
    inner = node.css_first('[itemprop="name"]')
    return item_text(inner or node)


# names that a house gave its own meta: "published-date", "cludo:date", "pub_date"
_PUBLISHED_NAME = re.compile(
    r"^(?!.*(?:unpubl|modif|updat|expir))(?:.*publi.*(?:date|time|at)\b|.*\bpub_?date|\w+:date$)"
)


def _first_date(values: list[Any], language: str | None) -> date | datetime | None:
    for value in values:
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and (found := parse_date(value, language)):
            return found
    return None


def _published(
    signs: Signs,
    article: Node,
    page: Node,
    url: str | None,
    language: str | None,
    around: Surroundings,
    modified: date | datetime | None,
) -> date | datetime | None:
    found = _told_date(signs, article, page, language)
    if found is None:
        return around.published(language) or _time_date(signs, language) or date_in_url(url) or modified
    if any("news" in kind for kind in types(article)):
        return found
    # site builders write the day of their last build; no page prints a day before it was published
    printed = around.printed_day(language)
    return printed if printed and printed < _day_of(found) - timedelta(days=1) else found


def _day_of(found: date | datetime) -> date:
    return found.date() if isinstance(found, datetime) else found


def _told_date(signs: Signs, article: Node, page: Node, language: str | None) -> date | datetime | None:
    found = _first_date([article.get("datePublished"), article.get("uploadDate")], language)
    if found:
        return found
    found = _first_date([c for key in vocabulary()["published"] for c in signs.metas.get(key, ())], language)
    if found:
        return found
    for node in signs.items.get("datepublished", ())[:3]:
        if found := _node_date(node, language):
            return found
    found = _first_date([page.get("datePublished"), article.get("dateCreated")], language)
    if found:
        return found
    named = [c for key, contents in signs.metas.items() if _PUBLISHED_NAME.search(key) for c in contents[:1]]
    return _first_date(named, language)


def _node_date(node: LexborNode, language: str | None) -> date | datetime | None:
    attributes = node.attributes
    for key in ("datetime", "content", "data-datetime", "title"):
        if attributes.get(key) and (found := parse_date(attributes[key], language)):
            return found
    return parse_date(node.text(), language)


def _time_date(signs: Signs, language: str | None) -> date | datetime | None:
    for node in signs.times[:4]:
        if found := _node_date(node, language):
            return found
    return None


def _modified(signs: Signs, article: Node, page: Node, language: str | None) -> date | datetime | None:
    found = _first_date([article.get("dateModified"), page.get("dateModified")], language)
    if found:
        return found
    found = _first_date([c for key in vocabulary()["modified"] for c in signs.metas.get(key, ())], language)
    if found:
        return found
    for node in signs.items.get("datemodified", ())[:3]:
        if found := _node_date(node, language):
            return found
    return None


def _site_name(signs: Signs, graph: Graph, article: Node) -> str | None:
    name = meta(signs, "og:site_name")
    if name:
        return name
    for item in graph.items(article.get("publisher")):
        if name := text_of(item.get("name") if isinstance(item, dict) else item):
            return name
    for node in graph.nodes:
        if "website" in types(node) and (name := text_of(node.get("name"))):
            return name
    return meta(signs, "application-name", "dc.publisher", "apple-mobile-web-app-title", "cre", "publisher")


_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")


def _language(signs: Signs, article: Node, page: Node) -> str | None:
    inline = article.get("inLanguage") or page.get("inLanguage")
    for value in (
        signs.language,
        text_of(inline),
        meta(signs, "og:locale", "content-language", "dc.language", "language"),
    ):
        if value and (match := _LANGUAGE.match(value.strip())):
            rest = value.strip()[match.end() :]
            region = rest[1:3] if rest[:1] in ("-", "_") and len(rest) == 3 else ""
            return f"{match[0].lower()}-{region.upper()}" if region.isalpha() and region else match[0].lower()
    return None


def _canonical(signs: Signs, url: str | None) -> str | None:
    for value in (signs.canonical, meta(signs, "og:url")):
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


def _agency(authors: tuple[str, ...], graph: Graph, article: Node) -> str | None:
    """The short name of the agency that the byline or the head names as the text's source."""
    for name in authors:
        if found := find_agency(name):
            return found.name
    for key in ("sourceOrganization", "provider", "creator", "copyrightHolder"):
        for item in graph.items(article.get(key)):
            source = text_of(item)
            if source and (found := find_agency(source)):
                return found.name
    return None


def _section(signs: Signs, graph: Graph, article: Node) -> str | None:
    for item in graph.items(article.get("articleSection")):
        if name := text_of(item):
            return name
    return meta(
        signs,
        "article:section",
        "og:section",
        "section",
        "parsely-section",
        "cxenseparse:section",
        "dcterms.subject.section",
    )


def _keywords(signs: Signs, graph: Graph, article: Node) -> tuple[str, ...]:
    words: list[str] = []
    for item in graph.items(article.get("keywords")):
        if name := text_of(item):
            words.extend(name.split(",") if isinstance(item, str) else [name])
    if not words:
        words.extend(text for content in signs.metas.get("article:tag", ()) if (text := plain(content)))
    if not words and (text := meta(signs, "news_keywords", "keywords", "parsely-tags", "dc.subject")):
        words.extend(text.replace(";", ",").split(","))
    return unique(stripped for word in words if (stripped := word.strip()) and len(stripped) < 80)


def _paywalled(signs: Signs, article: Node, page: Node) -> bool | None:
    for node in (article, page):
        free = node.get("isAccessibleForFree")
        if isinstance(free, bool):
            return not free
        if isinstance(free, str) and free.strip().lower() in ("true", "false", "yes", "no", "0", "1"):
            return free.strip().lower() in ("false", "no", "0")
    tier = meta(signs, "article:content_tier", "og:article:content_tier")
    return tier.lower() in ("locked", "metered") if tier else None


def _body(article: Node) -> str | None:
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body[:500] if isinstance(part, str))
    return body.strip() or None if isinstance(body, str) else None


def _images(signs: Signs, graph: Graph, article: Node, page: Node, url: str | None) -> tuple[Image, ...]:
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
                    _pixels(node.get("width")),
                )
    for content in signs.metas.get("og:image", ())[:3]:
        address = absolute(plain(content), url)
        if address and address not in found:
            found[address] = Image(
                address, meta(signs, "og:image:alt"), None, _pixels(meta(signs, "og:image:width"))
            )
    return tuple(found.values())


def _pixels(value: Any) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 < value < 100_000 else None
    match = re.match(r"\s?(\d{1,5})(?:\.\d*)?\s?(?:px)?\s?$", value) if isinstance(value, str) else None
    return int(match[1]) if match else None
