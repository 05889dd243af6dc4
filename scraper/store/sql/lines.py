"""The tables of what sites repeat."""

from __future__ import annotations

from cleaners.article import Article
from scraper.store import policy
from scraper.store.sql.database import Database

_COUNT = """
    INSERT INTO line (site_id, hash, count, first, last) VALUES (?, ?, 1, ?, ?)
    ON CONFLICT (site_id, hash) DO UPDATE SET count = line.count + 1, last = excluded.last, text = ?
"""


class SqlLines:
    """What a site repeats: each line is counted over the site's articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, site: str, article: Article) -> None:
        """Count the lines of one more article of the site, unless it is a second copy of a story."""
        lines, sentences = policy.countable_lines(article)
        database = self._database
        with database.write():
            database.execute("INSERT INTO site (name) VALUES (?) ON CONFLICT DO NOTHING", (site,))
            [[site_id, articles]] = database.rows("SELECT id, articles FROM site WHERE name = ?", (site,))
            ordinal = articles + 1
            among, hashes = database.among("hash", sentences)
            [[known]] = database.rows(
                f"SELECT count(*) FROM line WHERE site_id = ? AND {among}", (site_id, hashes)
            )
            if len(sentences) >= 3 and 2 * known > len(sentences):
                return
            database.execute("UPDATE site SET articles = ? WHERE id = ?", (ordinal, site_id))
            database.execute_each(
                _COUNT, [(site_id, key, ordinal, ordinal, line) for key, line in sorted(lines.items())]
            )
            if ordinal % policy.SWEEP_EVERY == 0:
                database.execute(
                    "DELETE FROM line WHERE site_id = ? AND count < ? AND last < ?",
                    (site_id, policy.FIRST_PAGES, ordinal - policy.FORGET_AFTER),
                )

    def repeated(self, site: str) -> dict[str, int]:
        """Return the site's lines that are said often enough, with the number of articles that print them."""
        rows = self._database.rows(
            """
            SELECT line.text, line.count, line.first, line.last, site.articles
            FROM line JOIN site ON site.id = line.site_id WHERE site.name = ? AND line.count >= 3
            """,
            (site,),
        )
        return {row["text"]: row["count"] for row in rows if policy.is_said_often(*row)}
