"""Whether a store is healthy, and the taking out of all that is known of a source."""

from __future__ import annotations

from scraper.store.protocol import Pruned
from scraper.store.sql.database import Database
from scraper.store.sql.shelf import SqlArticles

#: The tables whose rows are counted.
COUNTED = ("article", "version", "page", "address", "pruned", "run", "failure", "line")
#: What must not be there, and what it is called.
ORPHANS = {
    "pages that no article was made from": """
        SELECT count(*) FROM page WHERE id NOT IN (SELECT page_id FROM version)
    """,
    "articles without a version": """
        SELECT count(*) FROM article WHERE id NOT IN (SELECT article_id FROM version)
    """,
    "addresses of articles that are gone": """
        SELECT count(*) FROM address
        WHERE article_id IS NOT NULL AND article_id NOT IN (SELECT id FROM article)
    """,
}
#: Tables with rows of a source; an article's own are taken out with it.
OF_A_SOURCE = ("address", "validator", "source_run", "failure", "source_day", "told")


def count_rows(database: Database) -> dict[str, int]:
    """Return how many rows there are of each kind. Raises StoreError."""
    return {table: database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED}


def find_orphans(database: Database, more: dict[str, str]) -> list[str]:
    """Return what is there and must not be, in words; `more` is what else to look for. Raises StoreError."""
    counts = {name: database.rows(query)[0][0] for name, query in (ORPHANS | more).items()}
    return [f"{count} {name}" for name, count in counts.items() if count]


def forget(database: Database, articles: SqlArticles, source: str, *, dry: bool) -> Pruned:
    """Take out all that is known of a source, or tell how much that is."""
    of_it, values = "SELECT id FROM article WHERE source = :source", {"source": source}

    def forget() -> Pruned:
        [[count]] = database.rows(f"SELECT count(*) FROM ({of_it}) AS gone", values)
        [[pages, size]] = database.rows(
            f"""
            SELECT count(*), coalesce(sum(length(body)), 0) FROM page
            WHERE id IN (SELECT page_id FROM version WHERE article_id IN ({of_it}))
            """,
            values,
        )
        if not dry:
            articles.take_out(of_it, values)
            database.execute(
                "DELETE FROM moved WHERE url IN (SELECT url FROM validator WHERE source = :source)", values
            )
            for table in OF_A_SOURCE:
                database.execute(f"DELETE FROM {table} WHERE source = :source", values)
            database.execute("DELETE FROM site WHERE name NOT IN (SELECT site FROM article)")
        return Pruned(count, pages, size)

    return database.transact(forget)
