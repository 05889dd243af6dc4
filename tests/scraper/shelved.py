"""Articles, pages and addresses made by hand, for the tests of the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import zstandard

from cleaners import Article, Paragraph, Photo, Removed
from scraper.addresses import article_key
from scraper.discover import Found
from scraper.fetch.client import Page
from scraper.shelf import Arrival, Shelved, put_on_shelf
from scraper.store import Store
from scraper.waiting import claim, remember
from scraper.worker import Cleaned

STORY = (
    "The harbour authority approved a plan for the old dam.",
    "Opponents gathered outside the building.",
    "It promised results before the summer.",
)


def found(
    url: str, published: datetime | None = None, source: str = "harbour", changed: datetime | None = None
) -> Found:
    return Found(url, article_key(url), None, published, source, changed)


def article(
    *lines: str,
    title: str = "A plan for the dam",
    url: str | None = None,
    removed: Sequence[str] = (),
    photos: Sequence[Photo] = (),
) -> Article:
    return Article(
        body=tuple(Paragraph(line) for line in lines or STORY),
        title=title,
        url=url,
        photos=tuple(photos),
        removed=tuple(Removed(text, "ad", "ads.test", number) for number, text in enumerate(removed, 90)),
    )


def cleaned(made: Article, body: bytes = b"<html>page</html>") -> Cleaned:
    return Cleaned(made, json.dumps(made.to_dict()), zstandard.compress(body), len(body), "0.0")


def page(url: str, *, at: str | None = None, moved_to: str | None = None, etag: str = '"1"') -> Page:
    headers = {"content-type": "text/html", "etag": etag}
    return Page(at or url, url, 200, headers, b"<html>page</html>", moved_to=moved_to)


def shelve(
    store: Store, url: str, made: Article, *, at: str | None = None, moved_to: str | None = None
) -> Shelved:
    """Let an address be found, claimed, fetched and kept, as a run does it."""
    remember(store, "harbour", [found(url)], {})
    claimed = [item for item in claim(store, "harbour", 100) if item.key == article_key(url)]
    if not claimed:
        store.connection.execute("UPDATE address SET state = 'waiting', next_try = NULL")
        claimed = [item for item in claim(store, "harbour", 100) if item.key == article_key(url)]
    return put_on_shelf(store, [Arrival(claimed[0], page(url, at=at, moved_to=moved_to), cleaned(made))])[0]


def count(store: Store, table: str) -> int:
    return int(store.rows(f"SELECT count(*) AS number FROM {table}")[0]["number"])
