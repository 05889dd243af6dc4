"""What a site repeats: each line is counted over the site's articles, and what stands on many is a hint to
the cleaner.

This module decides which lines are *said often enough*; `cleaners.repeated` then decides, with the block and
its neighbours in hand, whether such a line is junk. Being careful is shared between the two:

- A line that is no sentence (a label, a menu entry, a slogan) counts when it stood on every article of the
  site so far and these are at least `FIRST_PAGES`, or on at least `SETTLED_COUNT` articles that make up
  `LABEL_DENSITY` of those between its first and its last. The first way makes junk vanish after the third
  article of a new site; the second lets an advertisement that began last week be found on a site with years
  of articles.
- A sentence counts only at `SENTENCE_DENSITY`. A quote in two stories never does; a standing paragraph of
  background would have to be in nine of ten stories in a row, and the cleaner asks for more than that.
- A page that repeats mostly lines known before is a second copy of a story, so its lines are not counted.
"""

from __future__ import annotations

import hashlib
import sqlite3

from cleaners.article import Article
from cleaners.repeated import is_sentence, normalise_line
from scraper.store import Store

FIRST_PAGES = 3
SETTLED_COUNT = 5
LABEL_DENSITY = 0.5
SENTENCE_DENSITY = 0.9

LONGEST_LINE = 600
"""Longer lines are paragraphs of a story; counting them would only fill the store."""

FORGET_AFTER = 500
"""A line that stood on fewer than `FIRST_PAGES` articles is forgotten after so many further ones of its
site."""

SWEEP_EVERY = 100
"""After so many articles of a site its forgotten lines are deleted, which keeps the table and its cost
flat."""


def count_lines(database: sqlite3.Connection, site: str, article: Article) -> None:
    """Count the lines of a new article of the site, within the transaction that keeps it."""
    body = {normalise_line(part.text) for part in article.body}
    taken = {normalise_line(line.text) for line in article.removed}
    lines = {line_hash(line): line for line in body | taken if line and len(line) <= LONGEST_LINE}
    site_id, ordinal = _next_ordinal(database, site)
    if _is_second_copy(database, site_id, [line for line in body if is_sentence(line)]):
        return
    database.execute("UPDATE site SET articles = ? WHERE id = ?", (ordinal, site_id))
    database.executemany(
        """
        INSERT INTO line (site_id, hash, count, first, last) VALUES (?, ?, 1, ?, ?)
        ON CONFLICT (site_id, hash) DO UPDATE SET count = count + 1, last = excluded.last, text = ?
        """,
        [(site_id, key, ordinal, ordinal, line) for key, line in sorted(lines.items())],
    )
    if ordinal % SWEEP_EVERY == 0:
        database.execute(
            "DELETE FROM line WHERE site_id = ? AND count < ? AND last < ?",
            (site_id, FIRST_PAGES, ordinal - FORGET_AFTER),
        )


def repeated_lines(store: Store, site: str) -> dict[str, int]:
    """The site's lines that are said often enough, normalised, with the number of articles that print them.

    This is what `clean_html(..., repeated=...)` takes.
    """
    rows = store.rows(
        """
        SELECT line.text, line.count, line.first, line.last, site.articles
        FROM line JOIN site ON site.id = line.site_id WHERE site.name = ? AND line.count >= 3
        """,
        (site,),
    )
    return {
        row["text"]: row["count"]
        for row in rows
        if is_said_often(row["text"], row["count"], row["first"], row["last"], row["articles"])
    }


def is_said_often(line: str, count: int, first: int, last: int, articles: int) -> bool:
    """Whether a line that stood on `count` articles, from the site's `first` to its `last`, is worth a hint.

    >>> is_said_often("get the app", 3, 1, 3, articles=3)
    True
    >>> is_said_often("get the app", 3, 1, 9, articles=12)
    False
    >>> is_said_often("the war began in february 2022.", 40, 1, 90, articles=90)
    False
    """
    density = count / (last - first + 1)
    if is_sentence(line):
        return count >= FIRST_PAGES and density >= SENTENCE_DENSITY
    if count >= SETTLED_COUNT:
        return density >= LABEL_DENSITY
    return count >= FIRST_PAGES and count == articles


def line_hash(line: str) -> int:
    """A 64-bit key for a normalised line, the same in every process.

    >>> line_hash("post navigation") == line_hash("post navigation")
    True
    """
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big", signed=True)


def _next_ordinal(database: sqlite3.Connection, site: str) -> tuple[int, int]:
    row = database.execute("SELECT id, articles FROM site WHERE name = ?", (site,)).fetchone()
    if row is None:
        row = database.execute(
            "INSERT INTO site (name) VALUES (?) RETURNING id, articles", (site,)
        ).fetchone()
    return row["id"], row["articles"] + 1


def _is_second_copy(database: sqlite3.Connection, site_id: int, sentences: list[str]) -> bool:
    """Whether most of the body's sentences stood in articles of this site before."""
    if len(sentences) < 3:
        return False
    known = database.execute(
        f"SELECT count(*) FROM line WHERE site_id = ? AND hash IN ({', '.join('?' * len(sentences))})",
        (site_id, *map(line_hash, sentences)),
    ).fetchone()[0]
    return bool(2 * known > len(sentences))
