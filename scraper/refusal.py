"""Why a page that came is not kept as an article: it is none, or its publisher does not want it kept.

Every refusal has its cause, and the page is not fetched again at every run: not at all, or after an hour where what is
wrong with it may pass.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaners.article import Article
from cleaners.read.decode import decode_page
from scraper.addresses import article_key, site_of
from scraper.errors import NotAnArticle
from scraper.fetch.answers import Page
from scraper.fetch.reservations import Reservation

#: Letters of an article's text below which words of other pages decide; a flash of one sentence has as many as a wall
#: of consent, so the words alone do not, and the length alone does not either.
SHORT = 700
#: Letters beyond which a page of consent ends: there are those that list every partner.
LONGEST_WALL = 4000
#: Different words of consent in a text, for each thousand letters, that make a longer one a wall.
WALL_DENSITY = 3
#: Letters of a text beneath a film that is no article.
SHORT_FILM = 200
#: Lines of a text that are links word for word, at least, and their share of the lines that makes it a list of stories:
#: of a page that is not signed or dated, and of one that is, as some front pages are by their first story.
LIST_LEAST, LIST_SHARE = 8, (0.5, 0.8)
#: Letters of a link or a teaser; longer lines are paragraphs.
LONGEST_LINK = 160
#: Links looked at.
MOST_LINKS = 5000

#: Causes that may pass: a site that is ill, or that has taken us for somebody else. The address is tried again, but not
#: within so many seconds.
PASSING = {"front-page", "another-page", "maintenance", "robot-check", "consent-wall", "empty-page"}
LATER = 3600.0

#: Words of a title that tell it from any other.
TELLING = 3

#: What robots' directives keep a page from being kept, by those that mean it.
OPT_OUTS = {"noindex": "noindex", "none": "noindex", "noai": "noai"}
#: Directives that have a colon themselves, unlike those that name a robot before it.
_VALUED = {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
#: Bytes in which a page says what robots may do.
_HEAD = 128 << 10
_SIGNS = (b"noindex", b"noai", b"tdm-reservation")
_NONE = re.compile(rb"content\s{0,9}=\s{0,9}[\"']?\s{0,9}none")
#: Our name among robots: what our user agent begins with.
_ROBOT = "wireclean"
#: The uses of a page that a site may say no to in its robots.txt (contentsignals.org).
_USES = ("search", "ai-input", "ai-train")
#: The text and data mining reservation protocol (W3C community group report, 10 May 2024): 1 reserves all rights.
_TDM = "tdm-reservation"

_FEED = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_TAG = re.compile(r"<(?:html|head|body|p|div|article|main|section|h1|table|!doctype)[\s>]", re.IGNORECASE)
_SENTENCE = re.compile(r"\w[\w'’)\]]{0,40}[.!?…。！？।]|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{40}")
_LINK = re.compile(r"<a\s[^>]{0,300}?href\s{0,9}=", re.IGNORECASE)
_FILM = re.compile(
    r"""property\s{0,9}=\s{0,9}["']og:type["'][^>]{0,99}["']video|"@type"\s{0,9}:\s{0,9}"(?:VideoObject|Movie)\"""",
    re.IGNORECASE,
)
_STORY = re.compile(r"""["']og:type["'][^>]{0,99}["']article|"(?:Reportage)?NewsArticle\"""", re.IGNORECASE)
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home|default)\.\w{3,5})?", re.IGNORECASE)


class Refusal(NamedTuple):
    """Why a page is not kept: a word for the status, what to say of it, and whether its publisher asked for that."""

    cause: str
    detail: str
    is_wish: bool = False


def refuse(url: str, refusals: Iterable[Refusal | None], *, respect_wishes: bool) -> None:
    """Raise NotAnArticle for the first refusal that counts; publishers' wishes do if they are respected."""
    for refusal in refusals:
        if refusal is not None and (respect_wishes or not refusal.is_wish):
            later = LATER if refusal.cause in PASSING else None
            raise NotAnArticle(url, refusal.cause, refusal.detail, later=later)


def refusals_of(body: bytes, article: Article, charset: str | None = None) -> list[Refusal]:
    """Return what speaks against keeping a page, its publisher's wish first.

    >>> page = b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
    >>> refusals_of(page, Article())
    [Refusal(cause='needs-javascript', detail='it says "enable javascript"', is_wish=False)]
    """
    found = wish_of_page(body), _of_page(body, article, charset)
    return [refusal for refusal in found if refusal is not None]


def wish_of_headers(headers: Mapping[str, str], reservation: Reservation | None = None) -> Refusal | None:
    """Return the publisher's wish in an answer's headers (names in lower case) that the page is not kept.

    `reservation` is what the site says of the page elsewhere: where the headers say nothing of it, it holds.

    >>> wish_of_headers({"x-robots-tag": "otherbot: noindex"}), wish_of_headers({"x-robots-tag": "noindex, nofollow"})
    (None, Refusal(cause='noindex', detail='X-Robots-Tag: noindex', is_wish=True))
    """
    for directive in _directives(headers.get("x-robots-tag", "")):
        if directive in OPT_OUTS:
            return Refusal(OPT_OUTS[directive], f"X-Robots-Tag: {directive}", True)
    if _TDM not in headers and reservation is not None:
        return _reserved("1", reservation.policy)
    return _reserved(headers.get(_TDM), headers.get("tdm-policy"))


def wish_of_signals(denied: Sequence[str]) -> Refusal | None:
    """Return the wish in a site's robots.txt, which says no to these uses: none that a page may be put to is known.

    >>> wish_of_signals(["ai-train"]).detail
    'robots.txt: Content-Signal: ai-train=no'
    """
    told = ", ".join(f"{use}=no" for use in denied if use in _USES)
    return Refusal("content-signal", f"robots.txt: Content-Signal: {told}", True) if told else None


def wish_of_page(body: bytes) -> Refusal | None:
    """Return the publisher's wish in a page's own head that it is not kept.

    >>> wish_of_page(b'<meta name="robots" content="NOINDEX, follow">')
    Refusal(cause='noindex', detail='meta robots: noindex', is_wish=True)
    """
    head = body[:_HEAD]
    small = head.lower()  # quicker than a pattern that minds no case
    if not any(sign in small for sign in _SIGNS) and not _NONE.search(small):
        return None
    from selectolax.lexbor import LexborHTMLParser  # for the few pages that may say so

    metas: dict[str, str] = {}
    for node in LexborHTMLParser(decode_page(head)).css("meta[name][content]"):
        name = (node.attributes.get("name") or "").strip().lower()
        metas[name] = f"{metas.get(name, '')},{node.attributes.get('content') or ''}".strip(",")
    for name in ("robots", _ROBOT):
        for directive in re.split(r"[,\s]+", metas.get(name, "").lower()):
            if directive in OPT_OUTS:
                return Refusal(OPT_OUTS[directive], f"meta {name}: {directive}", True)
    return _reserved(metas.get(_TDM), metas.get("tdm-policy"))


def landed_elsewhere(requested: str, url: str) -> Refusal | None:
    """Return why the address that redirects from `requested` ended at is not that of its article.

    A front page, or a folder above the address, is where sites send on for what they no longer have, or not now.

    >>> landed_elsewhere("https://example.org/news/1", "https://example.org/")
    Refusal(cause='front-page', detail='sent on to https://example.org/', is_wish=False)
    >>> landed_elsewhere("https://example.org/?p=1", "https://www.example.org/news/1") is None
    True
    """
    detail = f"sent on to {url}"
    if _is_front(url):
        return Refusal("front-page", detail if requested != url else "the address is a front page's")
    if article_key(requested) == article_key(url):
        return None
    new = _places(url) - _places(requested)
    for kind in _kinds().values():
        if not new.isdisjoint(kind.get("places", ())):
            return Refusal(kind["told"], detail)
    here, there = urlsplit(requested), urlsplit(url)
    folder = there.path.rstrip("/") + "/"
    is_above = here.path.startswith(folder) and here.path.rstrip("/") + "/" != folder
    if is_above and not there.query and site_of(requested) == site_of(url):
        return Refusal("front-page", detail)
    return None


def another_story(page: Page, article: Article, title: str | None) -> Refusal | None:
    """Return why a page that a redirect led to is not the story of that title: no word of it is there.

    A site that is ill sends all its stories to one page, and would have them all be that.

    >>> page = Page("https://example.org/sorry", "https://example.org/news/1", 200, {}, b"")
    >>> another_story(page, Article(title="Something went wrong"), "The harbour opens a new berth").cause
    'another-page'
    >>> another_story(page, Article(title="Berth 7 opened"), "The harbour opens a new berth") is None
    True
    """
    if title is None or article_key(page.requested) == article_key(page.url):
        return None
    words, said = _words(title), _words(f"{article.title or ''} {article.text}")
    if len(words) < TELLING or words & said:
        return None
    return Refusal("another-page", f"sent on to {page.url}, where no word of its title is")


def _words(text: str) -> set[str]:
    """Return the words that tell a title, and of scripts without spaces the letters."""
    return set(re.findall(r"[^\W\u2e80-\U0003ffff]{4,}|[\u0e00-\u0eff\u2e80-\U0003ffff]", text.casefold()))


def _is_front(url: str) -> bool:
    """Tell a front page, of a site or of one of its languages, by its address."""
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def _places(url: str) -> set[str]:
    """Return the parts of an address that may be a wall's name: labels of the host, folders and file of the path."""
    parts = urlsplit(url.lower())
    return {part.partition(".")[0] for part in parts.path.split("/")} | set(parts.netloc.split(".")[:-2])


def _of_page(body: bytes, article: Article, charset: str | None) -> Refusal | None:
    page = decode_page(body, charset)
    if _FEED.match(page):
        return Refusal("not-a-page", "a feed or sitemap")
    if not _TAG.search(page):
        return (
            Refusal("not-a-page", "no HTML in it") if page.strip() else Refusal("empty-page", "nothing in it")
        )
    text = article.text
    #: A story of its own says who wrote it, or where and when: whatever words are in it, it is one.
    signed = bool(article.dateline or article.agency or article.authors or article.published)
    if not text:
        if word := _word(page.lower(), "javascript"):
            return Refusal(_kinds()["javascript"]["told"], f'it says "{word}"')
        if any(photo.caption for photo in article.photos):
            return None
        taken_away = "\n".join(line.text for line in article.removed)
        return _told(f"{article.title or ''}\n{taken_away}") or Refusal("empty-page", "no article in it")
    pictured = any(photo.caption for photo in article.photos)
    if len(text) < SHORT_FILM and not signed and not pictured and not _SENTENCE.search(text):
        return Refusal("empty-page", "no sentence in it")
    if len(text) < SHORT and not signed and (refusal := _told(f"{article.title or ''}\n{text}")):
        return refusal
    if SHORT <= len(text) < LONGEST_WALL and _count(text.lower(), "consent") * 1000 >= WALL_DENSITY * len(
        text
    ):
        return Refusal("consent-wall", "it asks for consent, and for little else")
    if len(text) < SHORT_FILM and not article.dateline and _FILM.search(page) and not _STORY.search(page):
        return Refusal("video", "a film, with little more text than its title")
    return _list_of_links(page, text, LIST_SHARE[signed])


def _told(said: str) -> Refusal | None:
    """Return what the lines of a page of few letters say that it is."""
    said = said.lower()
    for label, kind in _kinds().items():
        word = _word(said, label)
        if word is not None and (label != "consent" or _count(said, label) >= 2):
            return Refusal(kind["told"], f'it says "{word}"')
    return None


def _list_of_links(page: str, text: str, share: float) -> Refusal | None:
    """Return a refusal if so large a share of the text's lines are links, word for word, or teasers beneath one."""
    lines = [line for line in text.splitlines() if line.strip()]
    short = sum(len(line) <= LONGEST_LINK for line in lines)
    if short < max(LIST_LEAST, share * len(lines)) or len(_LINK.findall(page)) < LIST_LEAST:
        return None
    from selectolax.lexbor import LexborHTMLParser  # for pages with many short lines

    tree = LexborHTMLParser(page)
    links = {" ".join(node.text().split()) for node in tree.css("a[href]")[:MOST_LINKS]}
    for heading in tree.css("h2 a[href], h3 a[href], h4 a[href]")[:MOST_LINKS]:
        card = heading.parent.parent if heading.parent is not None else None
        if card is not None and len(card.css("h2, h3, h4")[:2]) == 1:
            links |= {" ".join(node.text().split()) for node in card.css("p")[:3]}
        beneath = heading.parent.next if heading.parent is not None else None
        if beneath is not None and beneath.tag == "-text" and not beneath.text().strip():
            beneath = beneath.next
        if beneath is not None and beneath.tag == "p":
            links.add(" ".join(beneath.text().split()))
    count = sum(" ".join(line.split()) in links for line in lines)
    if count < LIST_LEAST or count < share * len(lines):
        return None
    return Refusal("front-page", "a list of stories")


def _word(text: str, label: str) -> str | None:
    return next((word for word in _kinds()[label]["words"] if word in text), None)


def _count(text: str, label: str) -> int:
    return sum(word in text for word in _kinds()[label]["words"])


@cache
def _kinds() -> dict[str, Any]:
    return tomllib.loads(files("scraper").joinpath("no_article.toml").read_text("utf-8"))


def _directives(header: str) -> Iterator[str]:
    """Yield the directives of an answer's X-Robots-Tag headers, a line each, that are for everyone, or for us."""
    for line in header[:4000].lower().split("\n"):
        for_us = True
        for part in line.split(","):
            robot, colon, directive = part.partition(":")
            if not colon:
                directive = part
            elif robot.strip() not in _VALUED:
                for_us = robot.strip() in (_ROBOT, "*")
            if for_us:
                yield directive.strip()


def _reserved(reservation: str | None, policy: str | None) -> Refusal | None:
    if (reservation or "").strip() != "1":
        return None
    return Refusal(
        _TDM, f"all rights reserved, see {policy[:300]}" if policy else "all rights reserved", True
    )
