"""Articles out of the store: JSON Lines, Markdown, CSV, Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from scraper.errors import ExportError
from scraper.terminal import plain_json, without_controls

Row = dict[str, Any]

#: The columns of CSV and Parquet; lists are joined with "; ", photos are "caption (credit)".
COLUMNS = (
    "id", "title", "authors", "published", "modified", "agency", "dateline", "language", "section", "keywords",
    "url", "site_name", "rights", "text", "photos",
)  # fmt: skip
#: What a spreadsheet takes for the beginning of a formula; also their wide forms, which some take so too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: Rows in a group of Parquet: what is held in memory at a time.
PARQUET_ROWS = 1000


def export(articles: Iterable[tuple[int, Row]], form: str, target: BinaryIO) -> int:
    """Write the articles, given with their ids as `Article.to_dict` gives them, to `target`; return how many.

    `form` is one of `FORMATS`. Raises ExportError when a form needs a package that is not installed.
    """
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for number, plain in articles:
            count += 1
            yield {"id": number, **plain}

    FORMATS[form](counted(), target)
    return count


def table_row(plain: Row) -> Row:
    """Return an article as the flat row of a table.

    >>> row = table_row({"id": 7, "title": "Rain", "authors": ["A. Bird", "C. Dove"], "photos": [], "rights": None})
    >>> row["id"], row["authors"]
    (7, 'A. Bird; C. Dove')
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


def _jsonl(articles: Iterator[Row], target: BinaryIO) -> None:
    for plain in articles:
        target.write(plain_json(plain).encode() + b"\n")


def _markdown(articles: Iterator[Row], target: BinaryIO) -> None:
    from cleaners.article import Article  # for this format
    from cleaners.formats import Cleaned  # for this format
    from cleaners.formats.markdown import write_markdown  # for this form alone

    rule = ""
    for plain in articles:
        where = f"<!-- article {plain['id']}: {str(plain['url']).replace('--', '%2D%2D')} -->\n\n"
        text = rule + where + write_markdown(Cleaned(Article.from_dict(plain)))
        target.write(without_controls(text).encode())
        rule = "\n---\n\n"


def _csv(articles: Iterator[Row], target: BinaryIO) -> None:
    import csv  # for this format
    import io  # for this form alone

    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    try:
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        for plain in articles:
            writer.writerow({name: _cell(value) for name, value in table_row(plain).items()})
    finally:
        text.detach()


def _cell(value: Any) -> Any:
    """Return a value for a cell that no spreadsheet takes for a formula, nor a terminal for a command.

    A text that begins like a formula gets an apostrophe before it, which spreadsheets take for "this is text" (OWASP,
    "CSV injection").

    >>> _cell("=HYPERLINK(A1)"), _cell("Rain - and more"), _cell(7)
    ("'=HYPERLINK(A1)", 'Rain - and more', 7)
    """
    if not isinstance(value, str):
        return value
    value = without_controls(value)
    return (
        f"'{value}" if value.startswith(FORMULA_SIGNS) or value.lstrip().startswith(FORMULA_SIGNS) else value
    )


def _parquet(articles: Iterator[Row], target: BinaryIO) -> None:
    try:
        import pyarrow  # for this format
        from pyarrow import parquet  # for this format
    except ImportError:
        raise ExportError("Parquet needs pyarrow: pip install 'wireclean[parquet]'") from None
    kinds = [(name, pyarrow.int64() if name == "id" else pyarrow.string()) for name in COLUMNS]
    schema = pyarrow.schema(kinds)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        while group := [table_row(plain) for plain in islice(articles, PARQUET_ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(group, schema))


#: How each form is written.
FORMATS: dict[str, Callable[[Iterator[Row], BinaryIO], None]] = {
    "jsonl": _jsonl,
    "markdown": _markdown,
    "csv": _csv,
    "parquet": _parquet,
}
