"""The body alone, a paragraph or heading on each line, so that it pipes."""

from __future__ import annotations

from cleaners.formats import Cleaned, Format


def write_text(cleaned: Cleaned) -> str:
    """Return the article's body; nothing for an article without one.

    >>> from cleaners.article import Article, Paragraph
    >>> write_text(Cleaned(Article(body=(Paragraph("It rained."), Paragraph("It stopped.")))))
    'It rained.\\nIt stopped.\\n'
    """
    article = cleaned.article
    return article.text + "\n" if article.body else ""


FORMAT = Format(write_text)
