"""What the invented sites publish: seeded, wire-like articles, their feeds, sitemaps and sections."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from random import Random

PLACES = ("PORT AMBER", "LOWMOOR", "EAST HALE", "VELDSTADT", "SAINT ORLE", "KARROW", "NORTH TARN", "BELLIS")
AGENCIES = ("AFP", "Reuters", "AP", "dpa", "EFE", "ANSA")
PEOPLE = ("Mara Lindqvist", "Tomas Orbell", "Aisha Renko", "Piet Harmsen", "Ines Quarto", "Jon Wexley")
SUBJECTS = (
    "The harbour authority", "A panel of engineers", "The regional court", "The transport ministry",
    "A group of farmers", "The city council", "The central bank", "A team of doctors", "The fishing union",
    "The national museum", "The rail operator", "The weather service",
)  # fmt: skip
VERBS = (
    "approved a plan for", "put off a vote on", "published figures about", "warned against delays to",
    "asked for more money for", "defended its decision on", "opened an inquiry into", "agreed to share",
)  # fmt: skip
OBJECTS = (
    "the new coastal road", "this year's grain harvest", "the repair of the old dam",
    "night trains to the border",
    "the price of drinking water", "a shelter for the storm season", "the school timetable",
    "licences for small boats", "the second bridge over the river", "vaccines for rural clinics",
)  # fmt: skip
TAILS = (
    "after months of talks with residents", "despite doubts about its cost",
    "as prices rose for a third month",
    "while opponents gathered outside the building", "according to a report seen on Tuesday",
    "in a decision that surprised observers", "and promised results before the summer",
    "without giving further details",
)  # fmt: skip
EPOCH = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=2)
"""When the first article came out: lately, so that a source with a `max_age` takes it."""


def sentence(dice: Random) -> str:
    """One invented sentence of plain news prose."""
    return f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {dice.choice(TAILS)}."


def headline(site: str, number: int) -> str:
    """The headline of an article; different for each."""
    dice = Random(f"{site} {number} headline")
    subject, verb, thing = dice.choice(SUBJECTS), dice.choice(VERBS), dice.choice(OBJECTS)
    return f"{subject.removeprefix('The ').capitalize()} {verb} {thing}, dispatch {number}"


@lru_cache(maxsize=2000)
def paragraphs(site: str, number: int, edition: int) -> tuple[str, ...]:
    """The body of an article; the first paragraph begins with its dateline, and names site and number."""
    dice = Random(f"{site} {number} {edition}")
    dateline = f"{dice.choice(PLACES)} ({dice.choice(AGENCIES)}) — "
    body = [" ".join(sentence(dice) for _ in range(dice.randint(2, 4))) for _ in range(dice.randint(5, 9))]
    marker = f"The dispatch carries the number {number} in the files of {site}, edition {edition}."
    return (dateline + body[0], *body[1:], marker)


class Newsroom:
    """The articles of one site and the pages that name them; `publish` and `edit` change it."""

    def __init__(self, site: str, articles: int, feed_items: int | None = None) -> None:
        self.site = site
        self.articles = articles
        self.feed_items = feed_items
        self.editions: dict[int, int] = {}
        self.furniture: tuple[str, ...] = ()
        self.captions = True
        self.changed = EPOCH
        self._pages: dict[tuple[str, str], tuple[bytes, str]] = {}

    def publish(self, more: int) -> None:
        """Add articles; they are the newest."""
        self.articles += more
        self._touch()

    def edit(self, number: int) -> None:
        """Change the text of an article at its old address."""
        self.editions[number] = self.editions.get(number, 0) + 1
        self._touch()

    def _touch(self) -> None:
        self.changed += timedelta(minutes=5)
        self._pages.clear()

    def path(self, number: int) -> str:
        """The path of an article."""
        return f"/news/{number:05}-{self.slug(number)}.html"

    def slug(self, number: int) -> str:
        """A few words of the headline, as in an address."""
        return "-".join(headline(self.site, number).lower().replace(",", "").replace("'", "").split()[:5])

    def published(self, number: int) -> datetime:
        """When an article came out: a little after the one before it."""
        return EPOCH + timedelta(seconds=15 * number)

    def newest(self) -> range:
        """The numbers in the feed, newest first."""
        count = self.articles if self.feed_items is None else min(self.feed_items, self.articles)
        return range(self.articles, self.articles - count, -1)

    def page(self, path: str, root: str) -> tuple[bytes, str] | None:
        """Body and content type for a path; None for a path that does not exist."""
        if path.startswith("/news/"):
            number = int(path[6:11]) if path[6:11].isdigit() else 0
            if not 1 <= number <= self.articles or path != self.path(number):
                return None
            return self.article(number, root), "text/html; charset=utf-8"
        makers = {
            "/": (self.home, "text/html; charset=utf-8"),
            "/section/": (self.home, "text/html; charset=utf-8"),
            "/feed.xml": (self.rss, "application/rss+xml"),
            "/atom.xml": (self.atom, "application/atom+xml"),
            "/feed.json": (self.json_feed, "application/feed+json"),
            "/sitemap.xml": (self.sitemap_index, "application/xml"),
            "/sitemap-articles.xml.gz": (self.sitemap_gz, "application/gzip"),
            "/news-sitemap.xml": (self.news_sitemap, "application/xml"),
        }
        if path not in makers:
            return None
        if (path, root) not in self._pages:
            make, content_type = makers[path]
            self._pages[path, root] = (make(root), content_type)
        return self._pages[path, root]

    def article(self, number: int, root: str) -> bytes:
        """The page of an article, with the furniture of a real one around it."""
        title = headline(self.site, number)
        dice = Random(f"{self.site} {number} page")
        body = "\n".join(
            f"<p>{text}</p>" for text in paragraphs(self.site, number, self.editions.get(number, 0))
        )
        others = [1 + dice.randrange(self.articles) for _ in range(4)]
        related = "".join(f'<li><a href="{self.path(n)}">{headline(self.site, n)}</a></li>' for n in others)
        extra = "".join(f"<p>{line}</p>" for line in self.furniture)
        caption_tag = "figcaption" if self.captions else "template"
        byline, credit = dice.choice(PEOPLE), f"{dice.choice(PEOPLE)}/{dice.choice(AGENCIES)}"
        when = self.published(number).isoformat()
        return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {self.site.title()} News</title>
<link rel="canonical" href="{root}{self.path(number)}">
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{when}"><meta name="author" content="{byline}">
<script>window.metrics = {{"page": {number}}};</script><style>p {{ margin: 1em }}</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/section/">World</a></li>
<li><a href="/sport/">Sport</a></li><li><a href="/login">Sign in</a></li></ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By {byline}</p><time datetime="{when}">{when[:10]}</time>
<figure><img src="/photos/{number}.jpg" width="900" alt="">
<{caption_tag}>{dice.choice(SUBJECTS)} at work in {dice.choice(PLACES).title()}. {credit}</{caption_tag}></figure>
{body}
{extra}</article>
<aside><h2>Related stories</h2><ul>{related}</ul></aside></main>
<footer><p>© {self.site.title()} News. All rights reserved.</p><p>Subscribe to our newsletter</p></footer>
</body></html>""".encode()

    def home(self, root: str) -> bytes:
        """The front page: links to feeds and to the newest articles."""
        links = "".join(
            f'<li><a href="{self.path(n)}?utm_source=home">{headline(self.site, n)}</a></li>'
            for n in self.newest()
        )
        return f"""<!DOCTYPE html><html lang="en"><head><title>{self.site.title()} News</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml">
<link rel="alternate" type="application/atom+xml" title="News (Atom)" href="/atom.xml">
<link rel="alternate" type="application/feed+json" title="News (JSON)" href="/feed.json"></head>
<body><nav><a href="/">Home</a> <a href="/tag/rivers/">Rivers</a> <a href="/about">About</a></nav>
<ul>{links}</ul></body></html>""".encode()

    def rss(self, root: str) -> bytes:
        """RSS 2.0."""
        items = "".join(
            f"<item><title>{headline(self.site, n)}</title><link>{root}{self.path(n)}?utm_source=rss</link>"
            f'<guid isPermaLink="false">{self.site}-{n}</guid>'
            f"<pubDate>{format_datetime(self.published(n))}</pubDate></item>\n"
            for n in self.newest()
        )
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{self.site}</title>'
            f"<link>{root}/</link>{items}</channel></rss>"
        ).encode()

    def atom(self, root: str) -> bytes:
        """Atom 1.0."""
        entries = "".join(
            f'<entry><title>{headline(self.site, n)}</title><link rel="alternate" href="{self.path(n)}"/>'
            f"<id>urn:{self.site}:{n}</id><published>{self.published(n).isoformat()}</published></entry>\n"
            for n in self.newest()
        )
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>{self.site}</title>{entries}</feed>"
        ).encode()

    def json_feed(self, root: str) -> bytes:
        """JSON Feed 1.1."""
        items = [
            {
                "id": str(n),
                "url": root + self.path(n),
                "title": headline(self.site, n),
                "date_published": self.published(n).isoformat(),
            }
            for n in self.newest()
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": self.site, "items": items}
        return json.dumps(feed).encode()

    def sitemap_index(self, root: str) -> bytes:
        """A sitemap index of two: all articles, gzipped, and the news sitemap."""
        children = "".join(
            f"<sitemap><loc>{root}{path}</loc><lastmod>{self.changed.date()}</lastmod></sitemap>"
            for path in ("/sitemap-articles.xml.gz", "/news-sitemap.xml")
        )
        return _xml("sitemapindex", "", children)

    def sitemap_gz(self, root: str) -> bytes:
        """All articles, gzipped as a file."""
        entries = "".join(
            f"<url><loc>{root}{self.path(n)}</loc><lastmod>{self.published(n).isoformat()}</lastmod></url>\n"
            for n in range(1, self.articles + 1)
        )
        return gzip.compress(_xml("urlset", "", entries), 6, mtime=0)

    def news_sitemap(self, root: str) -> bytes:
        """The newest articles with their titles and dates."""
        news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        entries = "".join(
            f"<url><loc>{root}{self.path(n)}</loc><news:news>"
            f"<news:publication_date>{self.published(n).isoformat()}</news:publication_date>"
            f"<news:title>{headline(self.site, n)}</news:title></news:news></url>\n"
            for n in self.newest()
        )
        return _xml("urlset", news, entries)


def _xml(root: str, more: str, inside: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{space}" {more}>{inside}</{root}>'.encode()
    )
