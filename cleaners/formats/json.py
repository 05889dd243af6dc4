"""The whole article as JSON, in the form that `cleaners/article.schema.json` describes."""

from __future__ import annotations

import json

from cleaners.article import Article


def write_json(article: Article, *, source: str | None = None, indent: int | None = 2) -> str:
    """Return the article as JSON; `source` names the input it came from, `indent=None` gives one line.

    >>> write_json(Article(title="Rain"), source="rain.txt", indent=None)[:62]
    '{"source": "rain.txt", "schema": 1, "title": "Rain", "authors"'
    """
    named = {} if source is None else {"source": source}
    return json.dumps(named | article.to_dict(), ensure_ascii=False, indent=indent) + "\n"
