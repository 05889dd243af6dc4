"""The same as JSON, on one line for each article."""

from __future__ import annotations

from cleaners.formats import Cleaned, Format
from cleaners.formats.json import VIEWS, write_json


def write_json_line(cleaned: Cleaned) -> str:
    """Return the article as one line of JSON Lines.

    >>> from cleaners.article import Article, Paragraph
    >>> write_json_line(Cleaned(Article(body=(Paragraph("It rained."),)))).count("\\n")
    1
    """
    return write_json(cleaned._replace(alone=False))


FORMAT = Format(write_json_line, suffix=".jsonl", between="", views=VIEWS)
