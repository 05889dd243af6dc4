"""Making room: old articles out of the store, or only the pages that they were made from."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.store import Store


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was (or, dry, would be) taken out."""

    articles: int
    pages: int
    page_bytes: int


_OLD_PAGES = """
    SELECT count(*) AS pages, coalesce(sum(length(body)), 0) AS bytes FROM page
    WHERE length(body) > 0 AND id IN (
        SELECT page_id FROM version JOIN article ON article.id = version.article_id WHERE article.fetched < ?
    )
"""


def prune(store: Store, older: str, *, pages_only: bool = False, dry: bool = False) -> Pruned:
    """Take out the articles last fetched before the time `older`; with `pages_only` keep them without their
    pages.

    Addresses stay known for as long as a feed names them, so nothing that was taken out is fetched again.
    Raises StoreError.
    """
    articles = 0 if pages_only else _count(store, older)
    size = store.rows(_OLD_PAGES, (older,))[0]
    if not dry:
        with store.write() as database:
            old = "SELECT id FROM article WHERE fetched < ?"
            pages = f"SELECT page_id FROM version WHERE article_id IN ({old})"
            if pages_only:
                database.execute(f"UPDATE page SET body = x'' WHERE id IN ({pages})", (older,))
            else:
                page_ids = [(row["page_id"],) for row in database.execute(pages, (older,))]
                database.execute(f"DELETE FROM article_words WHERE rowid IN ({old})", (older,))
                database.execute("DELETE FROM article WHERE fetched < ?", (older,))
                database.executemany("DELETE FROM page WHERE id = ?", page_ids)
                database.execute("DELETE FROM address WHERE state != 'waiting' AND seen < ?", (older,))
    return Pruned(articles, size["pages"], size["bytes"])


def give_back_space(store: Store) -> None:
    """Shrink the file to what it holds; needs that much free space for a while, and a moment without
    writers.
    """
    store.rows("VACUUM")
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _count(store: Store, older: str) -> int:
    return int(
        store.rows("SELECT count(*) AS articles FROM article WHERE fetched < ?", (older,))[0]["articles"]
    )
