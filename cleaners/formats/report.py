"""The review page: every line as it was given, with what became of it (see `cleaners.report`)."""

from __future__ import annotations

from cleaners.formats import Cleaned, Format
from cleaners.report import PAGE_END, page_start, render_article


def write_report(cleaned: Cleaned) -> str:
    """Return the section of one article; the page around the sections is the format's first and last lines.

    >>> from cleaners import explain_text
    >>> "<del>Post navigation</del>" in write_report(Cleaned(*explain_text("Post navigation")))
    True
    """
    if not (cleaned.reasons or cleaned.article.body):
        return ""
    source = cleaned.source
    if row := (cleaned.place or {}).get("row"):
        source = f"{source}:{row}"
    return render_article(cleaned.article, cleaned.reasons, source)


FORMAT = Format(
    write_report,
    suffix=".html",
    between="",
    first_line=page_start(),
    last_line=PAGE_END,
    views=("explain",),
)
