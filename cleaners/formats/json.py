"""The whole article as JSON, in the form that `cleaners/article.schema.json` describes."""

from __future__ import annotations

import json

from cleaners.formats import Cleaned, Format


def write_json(cleaned: Cleaned) -> str:
    """Return the article as JSON, named by its source; one line of JSON Lines where it is not alone.

    >>> from cleaners.article import Article, Paragraph
    >>> article = Article(body=(Paragraph("It rained."),), title="Rain")
    >>> write_json(Cleaned(article, source="rain.txt", alone=False))[:62]
    '{"source": "rain.txt", "schema": 1, "title": "Rain", "authors"'
    """
    if not cleaned.article.body:
        return ""
    named = {} if cleaned.source is None else {"source": cleaned.source}
    indent = 2 if cleaned.alone else None
    return json.dumps(named | cleaned.article.to_dict(), ensure_ascii=False, indent=indent) + "\n"


FORMAT = Format(write_json, suffix=".json", between="")
