"""Looking into the store: the articles in order, one of them whole, those with given words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cleaners.article import Article
from scraper.store import Store, StoreError
from scraper.words import gather, spread


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list; `fetched` is when its newest version came in, `excerpt` only where words were
    searched.
    """

    id: int
    fetched: str
    published: str | None
    source: str
    title: str | None
    url: str
    language: str | None
    agency: str | None
    words: int
    versions: int
    excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of an article with the page that it was made from."""

    entry: Entry
    version: int
    article: Article
    page_url: str
    page_id: int
    fetched: str
    headers: dict[str, str]
    cleaner: str


_ENTRY = (
    "article.id, article.fetched, article.published, article.source, article.title, article.url, "
    "article.language, article.agency, article.words, article.versions"
)


def entries(
    store: Store, *, since: str | None = None, source: str | None = None, most: int | None = None
) -> list[Entry]:
    """The articles, newest first; `since` is a time as the store prints it."""
    rows = store.rows(
        f"""
        SELECT {_ENTRY} FROM article
        WHERE (:since IS NULL OR fetched >= :since) AND (:source IS NULL OR source = :source)
        ORDER BY fetched DESC, id DESC LIMIT :most
        """,
        {"since": since, "source": source, "most": -1 if most is None else most},
    )
    return [Entry(**dict(row)) for row in rows]


def search(store: Store, words: str, *, most: int = 20, raw: bool = False) -> list[Entry]:
    """The articles that have all the words, best first; "quoted words" stand together, `raw` is FTS5's own
    language.

    Raises StoreError when a raw query is none.
    """
    query = words if raw else _quoted(words)
    if not query:
        return []
    rows = store.rows(
        f"""
        SELECT {_ENTRY}, snippet(article_words, -1, '[', ']', '…', ?) AS excerpt
        FROM article_words JOIN article ON article.id = article_words.rowid
        WHERE article_words MATCH ? ORDER BY bm25(article_words, 4.0, 1.0) LIMIT ?
        """,
        (12 if query.isascii() else 40, query, most),  # a letter of Han or Thai is a word here
    )
    return [Entry(**{**dict(row), "excerpt": gather(row["excerpt"])}) for row in rows]


def kept_article(store: Store, article_id: int, version: int | None = None) -> Kept | None:
    """An article by its id, in its newest or the given version; None when there is none."""
    rows = store.rows(
        f"""
        SELECT {_ENTRY}, version.number, version.json, version.cleaner, version.page_id,
               page.url AS page_url, page.fetched AS page_fetched, page.headers
        FROM article JOIN version ON version.article_id = article.id JOIN page ON page.id = version.page_id
        WHERE article.id = ? AND (? IS NULL OR version.number = ?) ORDER BY version.number DESC LIMIT 1
        """,
        (article_id, version, version),
    )
    return _kept(rows[0]) if rows else None


def page_body(store: Store, page_id: int) -> bytes:
    """The page as it was fetched. Raises StoreError when it was pruned."""
    import zstandard

    rows = store.rows("SELECT body, size FROM page WHERE id = ?", (page_id,))
    if not rows or not rows[0]["body"]:
        raise StoreError(store.path, f"page {page_id} was pruned")
    return zstandard.decompress(rows[0]["body"], max_output_size=rows[0]["size"])


def articles(
    store: Store, *, since: str | None = None, source: str | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each article's id and its newest version in plain form, oldest first, one in memory at a time."""
    rows = store.each(
        """
        SELECT article.id, (
            SELECT json FROM version WHERE article_id = article.id ORDER BY number DESC LIMIT 1
        ) AS json
        FROM article WHERE (:since IS NULL OR fetched >= :since) AND (:source IS NULL OR source = :source)
        ORDER BY fetched, id
        """,
        {"since": since, "source": source},
    )
    for row in rows:
        yield row["id"], json.loads(row["json"])


def _kept(row: Any) -> Kept:
    entry = Entry(**{name: row[name] for name in Entry.__slots__ if name != "excerpt"})
    return Kept(
        entry=entry,
        version=row["number"],
        article=Article.from_dict(json.loads(row["json"])),
        page_url=row["page_url"],
        page_id=row["page_id"],
        fetched=row["page_fetched"],
        headers=json.loads(row["headers"]),
        cleaner=row["cleaner"],
    )


def _quoted(words: str) -> str:
    """The words as an FTS5 query that means just them: quoted words stay together, signs mean nothing.

    >>> _quoted('grain "old dam" AND')
    '"grain" "old dam" "AND"'
    """
    parts = words.split('"')
    terms = [
        term
        for number, part in enumerate(parts)
        for term in ([part.strip()] if number % 2 else part.split())
        if term
    ]
    return " ".join(f'"{spread(term).strip()}"' for term in terms)
