"""Pages and articles on the shelf: a page and its article go in together, one article once, every version
kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from cleaners.article import Article
from scraper.addresses import article_key, site_of
from scraper.fetch.client import Page
from scraper.repeated import count_lines
from scraper.store import Store, utc
from scraper.waiting import Waiting
from scraper.words import spread
from scraper.worker import Cleaned


@dataclass(frozen=True, slots=True)
class Arrival:
    """An address that was fetched; `cleaned` is None when its page had not changed (304)."""

    waiting: Waiting
    page: Page
    cleaned: Cleaned | None


class Change(StrEnum):
    """What an arrival meant for the store."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Shelved:
    """What became of an arrival: its article's id in the store (None for a 304 of nothing), and what
    changed.
    """

    id: int | None
    change: Change
    arrival: Arrival


def put_on_shelf(store: Store, arrivals: Sequence[Arrival]) -> list[Shelved]:
    """Write all arrivals in one transaction; after it, none of them is fetched again unless it changes."""
    with store.write() as database:
        return [_put(database, arrival) for arrival in arrivals]


def _put(database: sqlite3.Connection, arrival: Arrival) -> Shelved:
    waiting, page, cleaned = arrival.waiting, arrival.page, arrival.cleaned
    row = database.execute("SELECT article_id FROM address WHERE key = ?", (waiting.key,)).fetchone()
    known: int | None = row["article_id"] if row else None
    if cleaned is None:
        _note_kept(database, (waiting.key,), page, known)
        return Shelved(known, Change.UNCHANGED, arrival)
    if known is not None:
        change, key = _change_of(database, known, arrival, cleaned), waiting.key
    else:
        known, key = _kept_under(database, cleaned.article, arrival)
        change = Change.NEW if known is None else Change.DUPLICATE
    if known is None:
        known = _insert_article(database, key, arrival, cleaned)
    elif change is Change.CHANGED:
        _add_version(database, known, arrival, cleaned)
    _note_kept(database, (waiting.key, article_key(page.url), key), page, known)
    return Shelved(known, change, arrival)


def _change_of(database: sqlite3.Connection, known: int, arrival: Arrival, cleaned: Cleaned) -> Change:
    """What a page of an article kept before is. Only the address it was kept from can say that it changed."""
    kept = database.execute(
        """
        SELECT version.json, page.requested FROM version JOIN page ON page.id = version.page_id
        WHERE version.article_id = ? ORDER BY version.number DESC LIMIT 1
        """,
        (known,),
    ).fetchone()
    if kept["requested"] not in (arrival.waiting.url, arrival.page.moved_to):
        return Change.DUPLICATE
    same = substance(json.loads(kept["json"])) == substance(cleaned.article.to_dict())
    return Change.UNCHANGED if same else Change.CHANGED


def _kept_under(database: sqlite3.Connection, article: Article, arrival: Arrival) -> tuple[int | None, str]:
    """The article kept before under this page's address, or None; and the key that is this article's.

    A page's canonical address is believed unless another story is kept under it: some sites name one for all.
    """
    for key in (canonical_key(article, arrival.page), article_key(arrival.page.url)):
        row = database.execute(
            """
            SELECT article.id, version.json FROM article JOIN version ON version.article_id = article.id
            WHERE article.key = ? ORDER BY version.number DESC LIMIT 1
            """,
            (key,),
        ).fetchone()
        if row is None:
            return None, key
        kept = json.loads(row["json"])
        if kept["title"] == article.title or _mostly_shared(kept["text"], article.text):
            return row["id"], key
    return None, arrival.waiting.key


def canonical_key(article: Article, page: Page) -> str:
    """The key of the address that the page itself gives, unless that is a site's front page, a common
    mistake.
    """
    for url in (article.url, page.url):
        if url and urlsplit(url).scheme in ("http", "https"):
            parts = urlsplit(url)
            if parts.path.strip("/") or parts.query:
                return article_key(url)
    return article_key(page.url)


def _mostly_shared(some: str, other: str) -> bool:
    first, second = set(some.splitlines()), set(other.splitlines())
    return 2 * len(first & second) >= min(len(first), len(second))


def substance(plain: dict[str, Any]) -> dict[str, Any]:
    """What a reader would call the article: without what was taken away, which changes with every page
    view.
    """
    substance = {
        name: plain[name] for name in ("title", "authors", "published", "agency", "dateline", "text")
    }
    substance["photos"] = [(photo["caption"], photo["credit"]) for photo in plain["photos"]]
    substance["rights"] = plain["rights"] and plain["rights"]["text"]
    return substance


def _insert_article(database: sqlite3.Connection, key: str, arrival: Arrival, cleaned: Cleaned) -> int:
    article, page = cleaned.article, arrival.page
    site = site_of(page.url)
    row = database.execute(
        """
        INSERT INTO article (key, url, source, site, words, fetched, versions)
        VALUES (?, ?, ?, ?, 0, ?, 0) RETURNING id
        """,
        (key, article.url or page.url, arrival.waiting.source, site, utc()),
    ).fetchone()
    article_id = int(row["id"])
    database.execute(
        "UPDATE address SET article_id = ? WHERE key = ?", (article_id, arrival.waiting.key)
    )  # already here: the feed's title stands in for one that the page lacks
    _add_version(database, article_id, arrival, cleaned)
    count_lines(database, site, article)
    return article_id


def _add_version(database: sqlite3.Connection, article_id: int, arrival: Arrival, cleaned: Cleaned) -> None:
    page = arrival.page
    page_id = database.execute(
        """
        INSERT INTO page (requested, url, fetched, status, headers, size, body) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        (
            page.moved_to or page.requested,
            page.url,
            utc(),
            page.status,
            json.dumps(dict(page.headers), ensure_ascii=False),
            cleaned.size,
            cleaned.packed,
        ),
    ).lastrowid
    version_id = database.execute(
        """
        INSERT INTO version (article_id, number, page_id, cleaner, cleaned, json)
        VALUES (?, (SELECT 1 + count(*) FROM version WHERE article_id = ?), ?, ?, ?, ?)
        """,
        (article_id, article_id, page_id, cleaned.cleaner, utc(), cleaned.json),
    ).lastrowid
    assert version_id is not None
    database.execute(
        "UPDATE article SET versions = versions + 1, fetched = ? WHERE id = ?", (utc(), article_id)
    )
    write_parts(database, article_id, version_id, cleaned.article)


def write_parts(database: sqlite3.Connection, article_id: int, version_id: int, article: Article) -> None:
    """Write what is searched and counted of an article's newest version: its row, words, photos, removed
    lines.
    """
    database.execute(
        """
        UPDATE article SET title = coalesce(:title, (
                SELECT title FROM address WHERE article_id = :id AND title IS NOT NULL LIMIT 1
            )), published = :published, language = :language, agency = :agency, words = :words
        WHERE id = :id
        """,
        {
            "id": article_id,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "language": article.language,
            "agency": article.agency,
            "words": len(article.text.split()),
        },
    )
    database.execute("DELETE FROM photo WHERE version_id = ?", (version_id,))
    database.executemany(
        "INSERT INTO photo VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (version_id, number, photo.caption, photo.credit, photo.photographer, photo.agency, photo.url)
            for number, photo in enumerate(article.photos)
        ],
    )
    database.execute("DELETE FROM removed WHERE version_id = ?", (version_id,))
    database.executemany(
        "INSERT INTO removed VALUES (?, ?, ?, ?, ?, ?)",
        [
            (version_id, number, line.line, line.text, line.label, line.rule)
            for number, line in enumerate(article.removed)
        ],
    )
    database.execute("DELETE FROM article_words WHERE rowid = ?", (article_id,))
    database.execute(
        "INSERT INTO article_words (rowid, title, text) VALUES (?, ?, ?)",
        (article_id, article.title and spread(article.title), spread(article.text)),
    )


def _note_kept(database: sqlite3.Connection, keys: Iterable[str], page: Page, article_id: int | None) -> None:
    """Settle the address, and with it every other spelling that this page told us of."""
    now = utc()
    first, *others = dict.fromkeys(keys)
    database.execute(
        """
        UPDATE address SET state = 'kept', tries = 0, next_try = NULL, cause = NULL, article_id = ?,
                           url = coalesce(?, url), asked = ?
        WHERE key = ?
        """,
        (article_id, page.moved_to, now, first),
    )
    database.executemany(
        """
        INSERT INTO address (key, url, source, found, seen, state, article_id)
        SELECT ?, ?, source, ?, ?, 'kept', ? FROM address WHERE key = ?
        ON CONFLICT (key) DO UPDATE SET state = 'kept', next_try = NULL, article_id = excluded.article_id
        WHERE article_id IS NULL
        """,
        [(key, page.url, now, now, article_id, first) for key in others],
    )
