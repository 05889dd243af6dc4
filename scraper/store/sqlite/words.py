"""The articles of a store in SQLite, whose words are found by its FTS5."""

from __future__ import annotations

from typing import Any

from scraper.store.protocol import Entry
from scraper.store.query import gather, spread, terms_of
from scraper.store.sql.shelf import ENTRY, SqlArticles, entry_of

#: Articles that are ranked, the newest that have the words: more than anybody looks through, and some tens of
#: milliseconds; to rank 20,000 takes ten times that.
MOST_RANKED = 2000
#: Only of what is shown an excerpt is cut: of all that is ranked it would take as long again.
_SEARCH = f"""
    WITH best AS MATERIALIZED (
        SELECT rowid AS id, bm25(article_words, 4.0, 1.0) AS rank FROM article_words
        WHERE article_words MATCH :query AND rowid >= (
            SELECT min(rowid) FROM (
                SELECT rowid FROM article_words WHERE article_words MATCH :query ORDER BY rowid DESC LIMIT :ranked
            )
        ) ORDER BY rank LIMIT :most
    )
    SELECT {ENTRY}, (
        SELECT snippet(article_words, -1, '[', ']', '…', :length) FROM article_words
        WHERE article_words MATCH :query AND rowid = best.id
    ) AS excerpt FROM best JOIN article ON article.id = best.id ORDER BY best.rank
"""


class SqliteArticles(SqlArticles):
    """Pages and articles, with an index of their words."""

    def search(self, words: str, *, most: int = 20) -> list[Entry]:
        """Return the articles that have all the words, best first; of many the newest are ranked."""
        query = quoted(words)
        if not query:
            return []
        length = 12 if query.isascii() else 40  # a letter of Han or Thai is a word here
        rows = self._database.rows(
            _SEARCH, {"query": query, "length": length, "ranked": MOST_RANKED, "most": most}
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
