"""The articles of a store in SQLite, whose words are found by its FTS5."""

from __future__ import annotations

from typing import Any

from scraper.store.protocol import Entry
from scraper.store.query import gather, spread, terms_of
from scraper.store.sql.shelf import ENTRY, SqlArticles, entry_of


class SqliteArticles(SqlArticles):
    """Pages and articles, with an index of their words."""

    def search(self, words: str, *, most: int = 20) -> list[Entry]:
        """Return the articles that have all the words, best first."""
        query = quoted(words)
        if not query:
            return []
        rows = self._database.rows(
            f"""
            SELECT {ENTRY}, snippet(article_words, -1, '[', ']', '…', ?) AS excerpt
            FROM article_words JOIN article ON article.id = article_words.rowid
            WHERE article_words MATCH ? ORDER BY bm25(article_words, 4.0, 1.0) LIMIT ?
            """,
            (12 if query.isascii() else 40, query, most),  # a letter of Han or Thai is a word here
        )
        return [entry_of(row, gather(row["excerpt"])) for row in rows]

    def index(self, article_id: int, title: str | None, text: str) -> None:
        """Let an article be found by its words, and by no others."""
        self._database.execute("DELETE FROM article_words WHERE rowid = ?", (article_id,))
        words = title and spread(title), spread(text)
        self._database.execute(
            "INSERT INTO article_words (rowid, title, text) VALUES (?, ?, ?)", (article_id, *words)
        )

    def _unindex(self, articles: str, values: dict[str, Any]) -> None:
        self._database.execute(f"DELETE FROM article_words WHERE rowid IN ({articles})", values)


def quoted(words: str) -> str:
    """Return the words as an FTS5 query that means just them: quoted words stay together, signs mean nothing.

    >>> quoted('grain "old dam" AND')
    '"grain" "old dam" "AND"'
    """
    return " ".join(f'"{spread(term).strip()}"' for term in terms_of(words))
