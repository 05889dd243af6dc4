"""What all stores decide alike: when an address is tried again, which article a page is, which lines are repeated.

How lines become junk is shared between two. Here it is decided which are *said often enough*; `cleaners.repeated`
then decides, with the block and its neighbours in hand, whether such a line is junk:

- A line that is no sentence (a label, a menu entry, a slogan) counts when it stood on every article of the site so
  far and these are at least `FIRST_PAGES`, or on at least `SETTLED_COUNT` articles that make up `LABEL_DENSITY` of
  those between its first and its last. The first way makes junk vanish after the third article of a new site; the
  second lets an advertisement that began last week be found on a site with years of articles.
- A sentence counts only at `SENTENCE_DENSITY`. A quote in two stories never does; a standing paragraph of background
  would have to be in nine of ten stories in a row, and the cleaner asks for more than that.
- A page that repeats mostly lines known before is a second copy of a story, so its lines are not counted.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cleaners.article import Article
from cleaners.repeated import is_sentence, normalise_line
from scraper.addresses import article_key, same_site
from scraper.errors import FetchError
from scraper.times import LONGEST_WAIT

if TYPE_CHECKING:  # as in the protocol
    from scraper.fetch.answers import Page
    from scraper.store.protocol import Waiting

#: After so many failed or killed tries an address is given up; each try is up to three requests of the client.
MOST_TRIES = 5
#: Wait after the first failed try; each further one doubles it.
FIRST_WAIT = timedelta(minutes=15)
#: Wait at least; so that a run does not return to what it has just put off.
SHORTEST_WAIT = timedelta(minutes=1)
#: For so long after it was found an article is fetched again when its feed says that it changed.
FOLLOWED = timedelta(days=7)
#: Two fetches of one article are so far apart at least; later as far as it was known for at the first of the two, so
#: that it is fetched after one hour, two, four … if its feed says each time that it has changed.
PATIENCE = timedelta(hours=1)
#: Older runs' history is dropped: three weeks of a run every fifteen minutes.
KEPT_RUNS = 2000

FIRST_PAGES = 3
SETTLED_COUNT = 5
LABEL_DENSITY = 0.5
SENTENCE_DENSITY = 0.9
#: Longer lines are paragraphs of a story; counting them would only fill the store.
LONGEST_LINE = 600
#: A line that stood on fewer than `FIRST_PAGES` articles is forgotten after so many further ones of its site.
FORGET_AFTER = 500
#: After so many articles of a site its forgotten lines are deleted, which keeps the table and its cost flat.
SWEEP_EVERY = 100


def next_try(address: Waiting, error: FetchError, now: datetime) -> datetime | None:
    """Return when an address that failed is tried again; None when that cannot help, or it was tried enough."""
    if not (error.passing or error.hurts) or address.tries >= MOST_TRIES:
        return None
    wait: timedelta = FIRST_WAIT * 2 ** (address.tries - 1)
    return now + max(wait, asked_wait(error))


def asked_wait(error: FetchError) -> timedelta:
    """Return how long a failure says to wait; nobody is believed who says for longer than any wait is.

    >>> asked_wait(FetchError("https://example.org/1", retry_after=1e12))
    datetime.timedelta(days=7)
    """
    return timedelta(seconds=min(error.retry_after or 0.0, LONGEST_WAIT.total_seconds()))


def failure_detail(error: FetchError, url: str) -> str:
    """Return what to note of a failure on the way that began at `url`: its detail, and where on the way it was.

    >>> failure_detail(FetchError("https://cdn.example.org/1", "no answer"), "https://example.org/1")
    'no answer, at https://cdn.example.org/1'
    """
    where = f"at {error.url}" if error.url != url else ""
    return ", ".join(part for part in (error.detail, where) if part)


def canonical_key(article: Article, page: Page) -> str:
    """Return the key of the address that a page itself gives.

    Unless that is a site's front page, a common mistake, or another site's: nobody speaks for another, lest a page keep
    the story that it names from ever being fetched.
    """
    for url in (article.url, page.url):
        if url and urlsplit(url).scheme in ("http", "https") and same_site(url, page.url):
            parts = urlsplit(url)
            if parts.path.strip("/") or parts.query:
                return article_key(url)
    return article_key(page.url)


def is_same_story(kept: dict[str, Any], article: Article) -> bool:
    """Return whether two pages under one canonical address are one article: some sites name one address for all."""
    first, second = set(kept["text"].splitlines()), set(article.text.splitlines())
    return kept["title"] == article.title or 2 * len(first & second) >= min(len(first), len(second))


def substance(plain: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader would call the article: without what was taken away, which changes with every view."""
    kept = {name: plain[name] for name in ("title", "authors", "published", "agency", "dateline", "text")}
    kept["photos"] = [(photo["caption"], photo["credit"]) for photo in plain["photos"]]
    kept["rights"] = plain["rights"] and plain["rights"]["text"]
    return kept


def countable_lines(article: Article) -> tuple[dict[int, str], list[int]]:
    """Return the lines that are counted of an article, by their keys, and the keys of its body's sentences."""
    body = {normalise_line(part.text) for part in article.body}
    taken = {normalise_line(line.text) for line in article.removed}
    lines = {fingerprint(line): line for line in body | taken if line and len(line) <= LONGEST_LINE}
    return lines, [fingerprint(line) for line in body if is_sentence(line)]


def fingerprint(text: str) -> int:
    """Return a 64-bit key for a normalised line or an address's key, the same in every process.

    >>> fingerprint("post navigation") == fingerprint("post navigation")
    True
    """
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True
    )


def is_said_often(line: str, count: int, first: int, last: int, articles: int) -> bool:
    """Return whether a line that stood on `count` articles, from the site's `first` to its `last`, is worth a hint.

    >>> is_said_often("get the app", 3, 1, 3, articles=3)
    True
    >>> is_said_often("get the app", 3, 1, 9, articles=12)
    False
    >>> is_said_often("the war began in february 2022.", 40, 1, 90, articles=90)
    False
    """
    density = count / (last - first + 1)
    if is_sentence(line):
        return count >= FIRST_PAGES and density >= SENTENCE_DENSITY
    if count >= SETTLED_COUNT:
        return density >= LABEL_DENSITY
    return count >= FIRST_PAGES and count == articles
