"""The article as a row of a table that spreadsheets open."""

from __future__ import annotations

import csv
import io

from cleaners.errors import shown
from cleaners.formats import Cleaned, Format
from cleaners.read.characters import without_surrogates

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

#: The columns of an article; lists are joined with "; ", photos are "caption (credit)".
COLUMNS = (
    "title", "authors", "published", "modified", "agency", "dateline", "language", "section", "keywords",
    "url", "site_name", "rights", "text", "photos",
)  # fmt: skip
#: What a spreadsheet takes for the beginning of a formula; also their wide forms, which some take so too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(cleaned: Cleaned) -> str:
    """Return the article as a row that begins with its source.

    >>> from cleaners.article import Article, Paragraph
    >>> write_csv(Cleaned(Article(body=(Paragraph("It rained."),), title="Rain", agency="AFP"), source="rain.txt"))
    'rain.txt,Rain,,,,AFP,,,,,,,,It rained.,\\n'
    """
    if not cleaned.article.body:
        return ""
    source = shown(without_surrogates(cleaned.source or ""))
    if source == "-":  # standard input has no name, and a cell with a dash alone would get an apostrophe
        source = ""
    if row := (cleaned.place or {}).get("row"):
        source = f"{source}:{row}"
    return _line([source, *flat_row(cleaned.article.to_dict()).values()])


def flat_row(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return an article, given as `Article.to_dict` gives it, as the flat row of a table.

    >>> row = flat_row({"title": "Rain", "authors": ["A. Bird", "C. Dove"], "photos": [], "rights": None})
    >>> row["title"], row["authors"]
    ('Rain', 'A. Bird; C. Dove')
    """
    row = {name: plain.get(name) for name in COLUMNS}
    for name in ("authors", "keywords"):
        row[name] = "; ".join(plain.get(name) or ())
    row["rights"] = plain["rights"]["text"] if plain.get("rights") else None
    photos = [(photo.get("caption"), photo.get("credit")) for photo in plain.get("photos", ())]
    row["photos"] = "; ".join(
        f"{caption} ({credit})" if caption and credit else caption or credit or ""
        for caption, credit in photos
    )
    return row


def cell(value: Any) -> Any:
    """Return a value for a cell that no spreadsheet takes for a formula.

    A text that begins like a formula gets an apostrophe before it, which spreadsheets take for "this is text" (OWASP,
    "CSV injection").

    >>> cell("=HYPERLINK(A1)"), cell("Rain - and more"), cell(7)
    ("'=HYPERLINK(A1)", 'Rain - and more', 7)
    """
    if not isinstance(value, str):
        return value
    formula = value.startswith(FORMULA_SIGNS) or value.lstrip().startswith(FORMULA_SIGNS)
    return f"'{value}" if formula else value


def _line(values: Iterable[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([cell(value) for value in values])
    return written.getvalue()


FORMAT = Format(write_csv, suffix=".csv", between="", first_line=_line(["source", *COLUMNS]))
