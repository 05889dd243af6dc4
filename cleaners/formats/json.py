"""The whole article as JSON, in the form that `cleaners/article.schema.json` describes."""

from __future__ import annotations

import json

from cleaners.article import SCHEMA_VERSION, plain_value
from cleaners.formats import Cleaned, Format
from cleaners.read.characters import without_surrogates

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Any

#: What can be asked of an input in this form.
VIEWS = ("article", "explain", "photos")


def write_json(cleaned: Cleaned) -> str:
    """Return the article as JSON, named by its source; one line of JSON Lines where it is not alone.

    Asked to explain, it has a `reasons` besides; asked for photos, it is those alone, each with the `reasons` of its
    lines.

    >>> from cleaners.article import Article, Paragraph
    >>> article = Article(body=(Paragraph("It rained."),), title="Rain")
    >>> write_json(Cleaned(article, source="rain.txt", alone=False))[:62]
    '{"source": "rain.txt", "schema": 1, "title": "Rain", "authors"'
    """
    if cleaned.view == "photos":
        told = _photos(cleaned)
    elif cleaned.view == "explain":
        told = cleaned.article.to_dict() | {"reasons": plain_value(cleaned.reasons)}
    elif cleaned.article.body:
        told = cleaned.article.to_dict()
    else:
        return ""
    # A file's name may be no text: what is not UTF-8 in it has no letters.
    named = {} if cleaned.source is None else {"source": without_surrogates(cleaned.source)}
    return (
        json.dumps(
            {**named, **(cleaned.place or {}), **told},
            ensure_ascii=False,
            indent=2 if cleaned.alone else None,
        )
        + "\n"
    )


def _photos(cleaned: Cleaned) -> dict[str, Any]:
    """Return the photos as plain values, each with what its lines were found to be."""
    photos = [plain_value(photo) | {"reasons": []} for photo in cleaned.article.photos]
    for reason in cleaned.reasons:
        if reason.part == "photos":
            photos[reason.index]["reasons"].append(plain_value(reason))
    return {"schema": SCHEMA_VERSION, "photos": photos}


FORMAT = Format(write_json, suffix=".json", between="", views=VIEWS)
