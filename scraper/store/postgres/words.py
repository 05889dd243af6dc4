"""The articles of a store on PostgreSQL, whose words are found by its full text search.

What a word is is decided here and not by a configuration of the server: letters and figures in a row, without accents
and capitals, each letter of Han or Thai by itself. So a query finds the same as on SQLite, on every server.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from scraper.store.protocol import Entry
from scraper.store.query import UNSPACED, terms_of
from scraper.store.sql.shelf import ENTRY, SqlArticles, entry_of

#: How much a word of the text counts beside one of the title.
WEIGHTS = "{0.25, 0.25, 0.25, 1.0}"
#: Words of an article that are found, and characters of each: a tsvector has positions up to 16,383.
MOST_WORDS, LONGEST_WORD = 16_000, 200
#: Bytes of a tsvector, which holds 1,048,575 of words and positions; and of a position with what is beside it.
MOST_BYTES, POSITION_BYTES = 1_000_000, 6
#: Words of an excerpt; letters where each is a word.
EXCERPT, EXCERPT_LETTERS = 12, 40
_WORD = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")


class PostgresArticles(SqlArticles):
    """Pages and articles, with a tsvector of their words."""

    def search(self, words: str, *, most: int = 20) -> list[Entry]:
        """Return the articles that have all the words, best first."""
        terms = [folded for term in terms_of(words) if (folded := [word for word, _ in words_of(term)])]
        if not terms:
            return []
        rows = self._database.rows(
            f"""
            SELECT {ENTRY}, article_words.title AS own_title, article_words.text
            FROM article_words JOIN article ON article.id = article_words.article_id
            WHERE article_words.words @@ :query::tsquery
            ORDER BY ts_rank_cd(:weights, article_words.words, :query::tsquery, 1) DESC, article.id LIMIT :most
            """,
            {"query": " & ".join(map(_together, terms)), "weights": WEIGHTS, "most": most},
        )
        return [entry_of(row, excerpt_of((row["text"], row["own_title"] or ""), terms)) for row in rows]

    def index(self, article_id: int, title: str | None, text: str) -> None:
        """Let an article be found by its words, and by no others."""
        self._database.execute(
            """
            INSERT INTO article_words (article_id, title, text, words) VALUES (?, ?, ?, ?)
            ON CONFLICT (article_id) DO UPDATE SET title = excluded.title, text = excluded.text, words = excluded.words
            """,
            (article_id, title, text, vector_of(title or "", text)),
        )

    def _unindex(self, articles: str, values: dict[str, Any]) -> None:
        """Do nothing: they go with their articles."""


class _Folded(dict[int, str]):
    """Each character without its accent and its capital; one for one, so that places stay what they are."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = parts[0] if all(map(unicodedata.combining, parts[1:])) else chr(code)
        self[code] = plain.lower()[0]
        return self[code]


_FOLDED = _Folded()


def words_of(text: str) -> Iterable[tuple[str, tuple[int, int]]]:
    """Yield the words of a text as they are compared, with where each stands in it.

    >>> [word for word, _ in words_of("Élan-Vital, 旧坝 2025")]
    ['elan', 'vital', '旧', '坝', '2025']
    """
    for found in _WORD.finditer(text.translate(_FOLDED)):
        yield found[0][:LONGEST_WORD], found.span()


def vector_of(title: str, text: str) -> str:
    """Return the words of an article as a tsvector: the title's with the weight A, and no phrase across the two.

    >>> vector_of("The dam", "The old dam")
    "'the':1A,4 'dam':2A,6 'old':5"
    """
    places: dict[str, list[str]] = defaultdict(list)
    number = size = 0

    def note(word: str, place: str) -> bool:
        """Note a word's place, if there is room for it."""
        nonlocal size
        size += POSITION_BYTES + (0 if word in places else len(word.encode()))
        if size <= MOST_BYTES:
            places[word].append(place)
        return size <= MOST_BYTES

    for number, (word, _) in enumerate(islice(words_of(title), MOST_WORDS), 1):
        if not note(word, f"{number}A"):
            break
    for other, (word, _) in enumerate(islice(words_of(text), max(0, MOST_WORDS - number)), number + 2):
        if not note(word, str(other)):
            break
    return " ".join(f"'{word}':{','.join(numbers)}" for word, numbers in places.items())


def excerpt_of(texts: Sequence[str], terms: Sequence[Sequence[str]]) -> str:
    """Return some words around the first that was searched for, each of those in brackets.

    >>> excerpt_of(["They met. The Old Dam above the town holds; so they all say."], [["old", "dam"]])
    'They met. The [Old] [Dam] above the town holds; so they all…'
    """
    wanted = {word for term in terms for word in term}
    for text in texts:
        words = list(words_of(text))
        first = next((number for number, (word, _) in enumerate(words) if word in wanted), None)
        if first is not None:
            break
    else:
        return ""
    length = EXCERPT if all(word.isascii() for word in wanted) else EXCERPT_LETTERS
    begin = max(0, first - length // 3)
    shown = words[begin : begin + length]
    parts, at = ["…" if begin else ""], shown[0][1][0] if begin else 0
    for word, (start, end) in shown:
        parts += [text[at:start], f"[{text[start:end]}]" if word in wanted else text[start:end]]
        at = end
    parts.append("…" if begin + length < len(words) else text[at:])
    return "".join(parts).replace("][", "")  # letters in a row


def _together(words: Iterable[str]) -> str:
    """Return the query for words that stand together."""
    return f"({' <-> '.join(repr(word) for word in words)})"
