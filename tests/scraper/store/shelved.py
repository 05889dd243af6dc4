"""Articles, pages and addresses made by hand, for the tests of the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import zstandard

from cleaners import Article, Paragraph, Photo, Removed
from scraper.addresses import article_key
from scraper.discover import Discovery, Found, Validator
from scraper.fetch.answers import Page
from scraper.store.protocol import Arrival, Shelved, Store
from scraper.store.sqlite import SqliteStore
from scraper.worker import Cleaned

STORY = (
    "The harbour authority approved a plan for the old dam.",
    "Opponents gathered outside the building.",
    "It promised results before the summer.",
)


def found(
    url: str,
    published: datetime | None = None,
    changed: datetime | None = None,
    title: str | None = None,
) -> Found:
    return Found(url, title, published, changed, key=article_key(url))


def remember(
    store: Store, source: str, *items: Found | str, validators: Mapping[str, Validator] | None = None
) -> int:
    """Let a look at a source find these addresses; how many of them were new."""
    named = tuple(found(item) if isinstance(item, str) else item for item in items)
    return store.addresses.remember(source, Discovery(named, dict(validators or {})))


def article(
    *lines: str,
    title: str | None = "A plan for the dam",
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
    store: Store,
    url: str,
    made: Article | None,
    *,
    at: str | None = None,
    moved_to: str | None = None,
    body: bytes = b"<html>page</html>",
) -> Shelved:
    """Let an address be found, claimed, fetched and kept, as a run does it; no article is a page that is unchanged."""
    remember(store, "harbour", url)
    key = article_key(url)
    claimed = store.addresses.claim("harbour", 100)
    if key not in {item.key for item in claimed}:
        store.addresses.recheck("harbour", timedelta(days=9999))
        claimed += store.addresses.claim("harbour", 100)
    [address] = [item for item in claimed if item.key == key]
    arrived = page(address.url, at=at, moved_to=moved_to)
    [kept] = store.articles.keep([Arrival(address, arrived, cleaned(made, body) if made else None)])
    return kept


def count(store: SqliteStore, table: str) -> int:
    return int(store.database.rows(f"SELECT count(*) FROM {table}")[0][0])
