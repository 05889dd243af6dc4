"""Cleaning stored pages again: with a newer cleaner, and with what is known now of each site's repeated
lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cleaners.article import Article
from scraper.reading import page_body
from scraper.repeated import repeated_lines
from scraper.shelf import substance, write_parts
from scraper.store import Store, StoreError, utc
from scraper.worker import Task, wash

TOGETHER = 20
"""Articles written in one transaction: a reclean may be killed and started again, and a run may go on beside
it."""


@dataclass(frozen=True, slots=True)
class Recleaned:
    """What cleaning again changed in an article: lines that left its text, lines that came, other fields'
    names.

    `problem` says why it could not be cleaned; it is then as it was.
    """

    id: int
    title: str | None
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the article reads differently now."""
        return bool(self.gone or self.came or self.fields)


def reclean(
    store: Store, *, since: str | None = None, source: str | None = None, dry: bool = False
) -> Iterator[Recleaned]:
    """Clean the newest version of each article again, from its stored page; `dry` only tells what would
    change.

    Works from the oldest id on. Raises StoreError when the store cannot be written.
    """
    rows = store.rows(
        """
        SELECT id FROM article
        WHERE (:since IS NULL OR fetched >= :since) AND (:source IS NULL OR source = :source) ORDER BY id
        """,
        {"since": since, "source": source},
    )
    hints: dict[str, dict[str, int]] = {}
    for start in range(0, len(rows), TOGETHER):
        washed = [_wash(store, row["id"], hints) for row in rows[start : start + TOGETHER]]
        if not dry:
            with store.write():
                for version_id, article, plain, told in washed:
                    if article is not None:
                        _write(store, told.id, version_id, article, plain)
        yield from (told for _, _, _, told in washed)


_Washed = tuple[int, Article | None, str, Recleaned]


def _wash(store: Store, article_id: int, hints: dict[str, dict[str, int]]) -> _Washed:
    row = store.rows(
        """
        SELECT article.site, article.title, version.id, version.json, version.page_id, page.url, page.headers
        FROM article JOIN version ON version.article_id = article.id JOIN page ON page.id = version.page_id
        WHERE article.id = ? ORDER BY version.number DESC LIMIT 1
        """,
        (article_id,),
    )[0]
    if row["site"] not in hints:
        hints[row["site"]] = repeated_lines(store, row["site"])
    content_type = json.loads(row["headers"]).get("content-type", "")
    try:
        body = page_body(store, row["page_id"])
        cleaned = wash(Task(body, row["url"], content_type, hints[row["site"]] or None))
    except StoreError as error:
        return row["id"], None, "", Recleaned(article_id, row["title"], problem=error.detail)
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
        return row["id"], None, "", Recleaned(article_id, row["title"], problem=problem)
    before, after = json.loads(row["json"]), cleaned.article.to_dict()
    return row["id"], cleaned.article, cleaned.json, _difference(article_id, before, after)


def _difference(article_id: int, before: dict[str, Any], after: dict[str, Any]) -> Recleaned:
    old, new = before["text"].splitlines(), after["text"].splitlines()
    first, second = substance(before), substance(after)
    return Recleaned(
        article_id,
        after["title"],
        gone=tuple(line for line in old if line not in set(new)),
        came=tuple(line for line in new if line not in set(old)),
        fields=tuple(
            name for name in first if name != "text" and _plain(first[name]) != _plain(second[name])
        ),
    )


def _plain(value: Any) -> str:
    return re.sub(r"\s+", " ", json.dumps(value, ensure_ascii=False))


def _write(store: Store, article_id: int, version_id: int, article: Article, plain: str) -> None:
    from cleaners import __version__

    newest = store.connection.execute(
        "SELECT id FROM version WHERE article_id = ? ORDER BY number DESC LIMIT 1", (article_id,)
    ).fetchone()
    if newest is None or newest["id"] != version_id:  # a run or a prune came between
        return
    store.connection.execute(
        "UPDATE version SET json = ?, cleaner = ?, cleaned = ? WHERE id = ?",
        (plain, __version__, utc(), version_id),
    )
    write_parts(store.connection, article_id, version_id, article)
