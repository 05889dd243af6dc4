"""Whether a store is healthy, and the taking out of all that is known of a source."""

from __future__ import annotations

from pathlib import Path

from scraper.errors import StoreError
from scraper.store.protocol import Examined, Pruned
from scraper.store.sqlite.database import Database
from scraper.store.sqlite.shelf import SqliteArticles

#: Lines of SQLite's own check that are told; a broken file has thousands.
MOST_TOLD = 10
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
    "articles that the search does not know": """
        SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM article_words_docsize)
    """,
    "words in the search of articles that are gone": """
        SELECT count(*) FROM article_words_docsize WHERE id NOT IN (SELECT id FROM article)
    """,
    "addresses of articles that are gone": """
        SELECT count(*) FROM address
        WHERE article_id IS NOT NULL AND article_id NOT IN (SELECT id FROM article)
    """,
}
#: Tables with rows of a source; an article's own are taken out with it.
OF_A_SOURCE = ("address", "validator", "source_run", "failure", "source_day", "told")


def examine(database: Database) -> Examined:
    """Return what the store holds and what is wrong with it. Reads the whole file."""
    problems: list[str] = []
    holds: dict[str, int] = {}
    try:
        told = [row[0] for row in database.rows(f"PRAGMA integrity_check({MOST_TOLD})")]
        problems += [line for line in told if line != "ok"]
        if database.may_write:
            # the index of the search has a check of its own, which SQLite's knows of since 3.44 only
            database.execute("INSERT INTO article_words (article_words) VALUES ('integrity-check')")
        broken = len(database.rows("PRAGMA foreign_key_check"))
        if broken:
            problems.append(f"{broken} rows that refer to others which are gone")
        holds = {table: database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED}
        for name, query in ORPHANS.items():
            [[found]] = database.rows(query)
            if found:
                problems.append(f"{found} {name}")
    except StoreError as error:
        problems.append(error.detail)
    files = [Path(f"{database.path}{ending}") for ending in ("", "-wal")]
    return Examined(
        {**holds, "bytes": sum(file.stat().st_size for file in files if file.exists())}, tuple(problems)
    )


def forget(database: Database, articles: SqliteArticles, source: str, *, dry: bool) -> Pruned:
    """Take out all that is known of a source, or tell how much that is."""
    of_it, values = "SELECT id FROM article WHERE source = :source", {"source": source}
    with database.write() as connection:
        [[count]] = database.rows(f"SELECT count(*) FROM ({of_it})", values)
        [[pages, size]] = database.rows(
            f"""
            SELECT count(*), coalesce(sum(length(body)), 0) FROM page
            WHERE id IN (SELECT page_id FROM version WHERE article_id IN ({of_it}))
            """,
            values,
        )
        if not dry:
            articles.take_out(of_it, values)
            connection.execute(
                "DELETE FROM moved WHERE url IN (SELECT url FROM validator WHERE source = :source)", values
            )
            for table in OF_A_SOURCE:
                connection.execute(f"DELETE FROM {table} WHERE source = :source", values)
            connection.execute("DELETE FROM site WHERE name NOT IN (SELECT site FROM article)")
    return Pruned(count, pages, size)
