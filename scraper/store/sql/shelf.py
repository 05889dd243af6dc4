"""The tables of pages, articles, and their words."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cleaners.article import Article
from scraper.addresses import article_key, site_of
from scraper.errors import StoreError
from scraper.store import policy
from scraper.store.protocol import Arrival, Change, Entry, Kept, Lines, Pruned, Shelved
from scraper.store.sql.database import Database, Row
from scraper.times import utc

if TYPE_CHECKING:  # as in the protocol
    from scraper.fetch.answers import Page
    from scraper.worker import Cleaned

ENTRY = ", ".join(f"article.{name}" for name in Entry.__slots__ if name != "excerpt")
_NEWEST = """
    SELECT version.id, version.json, page.requested FROM version JOIN page ON page.id = version.page_id
    WHERE version.article_id = ? ORDER BY version.number DESC LIMIT 1
"""
_OLD = "SELECT id FROM article WHERE fetched < :older"
_OLD_PAGES = f"SELECT page_id FROM version WHERE article_id IN ({_OLD})"
#: Takes out the addresses that lead to what is old, and those long settled that nothing names any more.
_GONE = f"""
    DELETE FROM address WHERE state != 'waiting' AND (
        article_id IN ({_OLD}) OR (article_id IS NULL AND seen < :older)
    ) RETURNING key
"""
_COUNT_DAY = """
    INSERT INTO source_day (source, day, articles, lines, removed, captions)
    VALUES (:source, :day, 1, :lines, :removed, :captions)
    ON CONFLICT (source, day) DO UPDATE SET
        articles = source_day.articles + 1, lines = source_day.lines + excluded.lines,
        removed = source_day.removed + excluded.removed, captions = source_day.captions + excluded.captions
"""


class SqlArticles(ABC):
    """Pages and articles: a page and its article go in together, one article once, every version kept.

    How words are found is each database's own.
    """

    def __init__(self, database: Database, lines: Lines) -> None:
        self._database, self._lines = database, lines

    def keep(self, arrivals: Sequence[Arrival]) -> list[Shelved]:
        """Keep all arrivals in one transaction."""
        return self._database.transact(
            lambda: [self._keep(arrival) for arrival in arrivals],
            sites={site_of(arrival.page.url) for arrival in arrivals},
        )

    def entries(
        self,
        *,
        since: datetime | None = None,
        source: str | None = None,
        before: tuple[datetime, int] | None = None,
        most: int | None = None,
    ) -> list[Entry]:
        """Return the articles, newest first."""
        selected, values = _selection(since, source, before)
        rows = self._database.rows(
            f"SELECT {ENTRY} FROM article {selected} ORDER BY fetched DESC, id DESC"
            + (" LIMIT :most" if most is not None else ""),
            {**values, "most": most},
        )
        return [entry_of(row) for row in rows]

    @abstractmethod
    def search(self, words: str, *, most: int = 20) -> list[Entry]:
        """Return the articles that have all the words, best first."""

    def get(self, article_id: int, version: int | None = None) -> Kept | None:
        """Return an article in its newest or the given version; None when there is none."""
        row = self._database.row(
            f"""
            SELECT {ENTRY}, version.number, version.json
            FROM article JOIN version ON version.article_id = article.id
            WHERE article.id = :id {"" if version is None else "AND version.number = :number"}
            ORDER BY version.number DESC LIMIT 1
            """,
            {"id": article_id, "number": version},
        )
        if row is None:
            return None
        with self._whole(article_id):
            return Kept(entry_of(row), row["number"], Article.from_dict(json.loads(row["json"])))

    def page(self, kept: Kept) -> Page:
        """Return the page that an article was made from. Raises StoreError when it was pruned."""
        import zstandard  # only for commands that look at pages

        from scraper.fetch.answers import Page  # as above

        row = self._database.row(
            """
            SELECT page.* FROM version JOIN page ON page.id = version.page_id
            WHERE version.article_id = ? AND version.number = ?
            """,
            (kept.entry.id, kept.version),
        )
        if row is None or not row["body"]:
            raise StoreError(self._database.place, f"the page of article {kept.entry.id} was pruned")
        body = zstandard.decompress(row["body"], max_output_size=row["size"])
        return Page(row["url"], row["requested"], row["status"], json.loads(row["headers"]), body)

    def each(
        self, *, since: datetime | None = None, source: str | None = None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each article's id and its newest version, oldest first, one in memory at a time."""
        selected, values = _selection(since, source)
        rows = self._database.each(
            f"""
            SELECT article.id, (
                SELECT json FROM version WHERE article_id = article.id ORDER BY number DESC LIMIT 1
            ) AS json
            FROM article {selected} ORDER BY fetched, id
            """,
            values,
        )
        for row in rows:
            with self._whole(row["id"]):
                plain = json.loads(row["json"])
            yield row["id"], plain

    @contextmanager
    def _whole(self, number: int) -> Iterator[None]:
        """Raise StoreError for an article that the disk has damaged: what was kept of it is none."""
        try:
            yield
        except (ValueError, KeyError, TypeError) as error:
            what = f"article {number} is damaged ({error}); `scrape check --store` looks for more"
            raise StoreError(self._database.place, what) from error

    def replace(self, again: Iterable[tuple[Kept, Cleaned]]) -> None:
        """Put newly cleaned articles in place of what was kept, but for those that changed meanwhile."""
        cleaned_again = list(again)

        def replace() -> None:
            for kept, cleaned in cleaned_again:
                version = self._database.row(
                    "SELECT id, number FROM version WHERE article_id = ? ORDER BY number DESC LIMIT 1",
                    (kept.entry.id,),
                )
                if version is None or version["number"] != kept.version:  # a run or a prune came between
                    continue
                self._database.execute(
                    "UPDATE version SET json = ?, cleaner = ?, cleaned = ? WHERE id = ?",
                    (cleaned.json, cleaned.cleaner, self._database.now(), version["id"]),
                )
                self._describe(kept.entry.id, cleaned.article)

        self._database.transact(replace, sites={site_of(kept.entry.url) for kept, _ in cleaned_again})

    def prune(self, older: datetime, *, pages_only: bool = False, dry: bool = False) -> Pruned:
        """Take out the articles last fetched before `older`, or their pages alone."""
        before = {"older": utc(older)}

        def prune() -> Pruned:
            [[articles]] = self._database.rows(f"SELECT count(*) FROM ({_OLD}) AS old", before)
            [[pages, size]] = self._database.rows(
                f"""
                SELECT count(*), coalesce(sum(length(body)), 0) FROM page
                WHERE length(body) > 0 AND id IN ({_OLD_PAGES})
                """,
                before,
            )
            if pages_only and not dry:
                empty = f"UPDATE page SET body = :empty WHERE length(body) > 0 AND id IN ({_OLD_PAGES})"
                self._database.execute(empty, {**before, "empty": b""})
            elif not dry:
                gone = self._database.rows(_GONE, before)
                hashes = [(policy.fingerprint(row["key"]),) for row in gone]
                self._database.execute_each(
                    "INSERT INTO pruned (hash) VALUES (?) ON CONFLICT DO NOTHING", hashes
                )
                self.take_out(_OLD, before)
            return Pruned(0 if pages_only else articles, pages, size)

        return self._database.transact(prune)

    def take_out(self, articles: str, values: dict[str, Any]) -> None:
        """Take out the articles whose ids a query gives, with their words, versions and pages."""
        database = self._database
        with database.write():
            pages = f"SELECT page_id FROM version WHERE article_id IN ({articles})"
            page_ids = [tuple(row) for row in database.rows(pages, values)]
            self._unindex(articles, values)
            database.execute(f"DELETE FROM article WHERE id IN ({articles})", values)
            database.execute_each("DELETE FROM page WHERE id = ?", page_ids)

    def _keep(self, arrival: Arrival) -> Shelved:
        waiting, page, cleaned = arrival.waiting, arrival.page, arrival.cleaned
        row = self._database.row("SELECT article_id FROM address WHERE key = ?", (waiting.key,))
        known: int | None = row["article_id"] if row else None
        keys = [waiting.key]
        if cleaned is None:
            change = Change.UNCHANGED
        elif known is not None:
            change = self._change_of(known, arrival, cleaned)
            keys.append(article_key(page.url))
        else:
            known, key = self._kept_under(cleaned.article, arrival)
            keys += [article_key(page.url), key]
            change = Change.NEW if known is None and not self._was_pruned(keys) else Change.DUPLICATE
        if change is Change.NEW and cleaned is not None:
            known = self._insert(keys[-1], arrival, cleaned)
        elif cleaned is not None and known is not None and change is Change.CHANGED:
            self._add_version(known, page, cleaned)
        self._settle(keys, page, known)
        return Shelved(known, change, arrival)

    def _change_of(self, known: int, arrival: Arrival, cleaned: Cleaned) -> Change:
        """Return what a page of a kept article means. Only the address it was kept from can say that it changed."""
        [kept] = self._database.rows(_NEWEST, (known,))
        if kept["requested"] not in (arrival.waiting.url, arrival.page.moved_to):
            return Change.DUPLICATE
        before, after = json.loads(kept["json"]), cleaned.article.to_dict()
        return Change.UNCHANGED if policy.substance(before) == policy.substance(after) else Change.CHANGED

    def _kept_under(self, article: Article, arrival: Arrival) -> tuple[int | None, str]:
        """Return the article kept before under this page's address, if any, and the key that is this article's."""
        for key in (policy.canonical_key(article, arrival.page), article_key(arrival.page.url)):
            row = self._database.row("SELECT id FROM article WHERE key = ?", (key,))
            if row is None:
                return None, key
            [kept] = self._database.rows(_NEWEST, (row["id"],))
            if policy.is_same_story(json.loads(kept["json"]), article):
                return row["id"], key
        return None, arrival.waiting.key

    def _was_pruned(self, keys: Iterable[str]) -> bool:
        among, hashes = self._database.among("hash", map(policy.fingerprint, keys))
        return self._database.row(f"SELECT 1 FROM pruned WHERE {among}", (hashes,)) is not None

    def _insert(self, key: str, arrival: Arrival, cleaned: Cleaned) -> int:
        article, page = cleaned.article, arrival.page
        site, now = site_of(page.url), self._database.now()
        where = {"key": key, "url": article.url or page.url, "source": arrival.waiting.source, "site": site}
        article_id = self._database.insert("article", **where, words=0, fetched=now, versions=0)
        # already here: the feed's title stands in for one that the page lacks
        self._database.execute(
            "UPDATE address SET article_id = ? WHERE key = ?", (article_id, arrival.waiting.key)
        )
        self._add_version(article_id, page, cleaned)
        self._lines.count(site, article)
        counts = {
            "lines": len(article.body),
            "removed": len(article.removed),
            "captions": sum(bool(photo.caption) for photo in article.photos),
        }
        self._database.execute(_COUNT_DAY, {"source": where["source"], "day": now[:10], **counts})
        return article_id

    def _add_version(self, article_id: int, page: Page, cleaned: Cleaned) -> None:
        now = self._database.now()
        counted = "UPDATE article SET versions = versions + 1, fetched = ? WHERE id = ? RETURNING versions"
        [[number]] = self._database.rows(counted, (now, article_id))
        page_id = self._database.insert(
            "page",
            requested=page.moved_to or page.requested,
            url=page.url,
            fetched=now,
            status=page.status,
            headers=json.dumps(dict(page.headers), ensure_ascii=False),
            size=cleaned.size,
            body=cleaned.packed,
        )
        self._database.insert(
            "version",
            article_id=article_id,
            number=number,
            page_id=page_id,
            cleaner=cleaned.cleaner,
            cleaned=now,
            json=cleaned.json,
        )
        self._describe(article_id, cleaned.article)

    def _describe(self, article_id: int, article: Article) -> None:
        """Write what is listed and searched of an article's newest version."""
        listed = "SELECT title FROM address WHERE article_id = ? AND title IS NOT NULL LIMIT 1"
        told = self._database.row(listed, (article_id,)) if article.title is None else None
        title = told["title"] if told else article.title
        published = article.published.isoformat() if article.published else None
        self._database.execute(
            "UPDATE article SET title = ?, published = ?, language = ?, agency = ?, words = ? WHERE id = ?",
            (title, published, article.language, article.agency, len(article.text.split()), article_id),
        )
        self.index(article_id, article.title, article.text)

    @abstractmethod
    def index(self, article_id: int, title: str | None, text: str) -> None:
        """Let an article be found by its words, and by no others."""

    @abstractmethod
    def _unindex(self, articles: str, values: dict[str, Any]) -> None:
        """Let the articles whose ids a query gives be found no more."""

    def _settle(self, keys: Iterable[str], page: Page, article_id: int | None) -> None:
        """Settle the address, and with it every other spelling that this page told us of."""
        now = self._database.now()
        first, *others = dict.fromkeys(keys)
        self._database.execute(
            """
            UPDATE address SET state = 'kept', tries = 0, next_try = NULL, cause = NULL, article_id = ?,
                               url = coalesce(?, url), asked = ?
            WHERE key = ?
            """,
            (article_id, page.moved_to, now, first),
        )
        self._database.execute_each(
            """
            INSERT INTO address (key, url, source, found, seen, state, article_id)
            SELECT ?, ?, source, ?, ?, 'kept', ? FROM address WHERE key = ?
            ON CONFLICT (key) DO UPDATE SET state = 'kept', next_try = NULL, article_id = excluded.article_id
            WHERE address.article_id IS NULL
            """,
            [(key, page.url, now, now, article_id, first) for key in others],
        )


def entry_of(row: Row, excerpt: str | None = None) -> Entry:
    """Return an article in a list, of a row with the columns of `ENTRY`."""
    values = {name: row[name] for name in Entry.__slots__ if name != "excerpt"}
    return Entry(**{**values, "fetched": datetime.fromisoformat(row["fetched"]), "excerpt": excerpt})


def _selection(
    since: datetime | None, source: str | None, before: tuple[datetime, int] | None = None
) -> tuple[str, dict[str, Any]]:
    """Return the condition for the articles that were asked for, and its parameters."""
    # What is behind an article in the list is said twice: the first condition is one that an index finds.
    behind = "fetched <= :at AND (fetched, id) < (:at, :number)"
    asked = [
        told
        for told, value in (("fetched >= :since", since), ("source = :source", source), (behind, before))
        if value is not None
    ]
    where = f"WHERE {' AND '.join(asked)}" if asked else ""
    at, number = before or (None, None)
    return where, {
        "since": since and utc(since), "source": source, "at": at and utc(at), "number": number
    }  # fmt: skip
