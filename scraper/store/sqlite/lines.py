"""The tables of what sites repeat."""

from __future__ import annotations

from cleaners.article import Article
from scraper.store import policy
from scraper.store.sqlite.database import Database

_COUNT = """
    INSERT INTO line (site_id, hash, count, first, last) VALUES (?, ?, 1, ?, ?)
    ON CONFLICT (site_id, hash) DO UPDATE SET count = count + 1, last = excluded.last, text = ?
"""


class SqliteLines:
    """What a site repeats: each line is counted over the site's articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, site: str, article: Article) -> None:
        """Count the lines of one more article of the site, unless it is a second copy of a story."""
        lines, sentences = policy.countable_lines(article)
        with self._database.write() as connection:
            connection.execute("INSERT OR IGNORE INTO site (name) VALUES (?)", (site,))
            row = connection.execute("SELECT id, articles FROM site WHERE name = ?", (site,)).fetchone()
            site_id, ordinal = row["id"], row["articles"] + 1
            places = ", ".join("?" * len(sentences))
            known = connection.execute(
                f"SELECT count(*) FROM line WHERE site_id = ? AND hash IN ({places})", (site_id, *sentences)
            ).fetchone()[0]
            if len(sentences) >= 3 and 2 * known > len(sentences):
                return
            connection.execute("UPDATE site SET articles = ? WHERE id = ?", (ordinal, site_id))
            connection.executemany(
                _COUNT, [(site_id, key, ordinal, ordinal, line) for key, line in sorted(lines.items())]
            )
            if ordinal % policy.SWEEP_EVERY == 0:
                connection.execute(
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
