"""The body alone, a paragraph or heading on each line, so that it pipes."""

from __future__ import annotations

from cleaners.article import Article


def write_text(article: Article) -> str:
    """Return the article's body; nothing for an article without one.

    >>> from cleaners.article import Paragraph
    >>> write_text(Article(body=(Paragraph("It rained."), Paragraph("It stopped."))))
    'It rained.\\nIt stopped.\\n'
    """
    return article.text + "\n" if article.body else ""
