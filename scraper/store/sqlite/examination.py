"""Whether a store in SQLite is healthy."""

from __future__ import annotations

from pathlib import Path

from scraper.errors import StoreError
from scraper.store.protocol import Examined
from scraper.store.sql.examination import count_rows, find_orphans
from scraper.store.sqlite.database import Database

#: Lines of SQLite's own check that are told; a broken file has thousands.
MOST_TOLD = 10
#: What must not be there of the index of words, and what it is called.
ORPHANS = {
    "articles that the search does not know": """
        SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM article_words_docsize)
    """,
    "words in the search of articles that are gone": """
        SELECT count(*) FROM article_words_docsize WHERE id NOT IN (SELECT id FROM article)
    """,
}


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
        holds = count_rows(database)
        problems += find_orphans(database, ORPHANS)
    except StoreError as error:
        problems.append(error.detail)
    files = [Path(f"{database.path}{ending}") for ending in ("", "-wal")]
    return Examined(
        {**holds, "bytes": sum(file.stat().st_size for file in files if file.exists())}, tuple(problems)
    )
