"""Articles out of the store: JSON Lines, Markdown, CSV, Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from cleaners.formats.csv import COLUMNS as ARTICLE_COLUMNS
from cleaners.formats.csv import cell, flat_row
from scraper.errors import ExportError
from scraper.terminal import plain_json, without_controls

Row = dict[str, Any]

#: The columns of CSV and Parquet.
COLUMNS = ("id", *ARTICLE_COLUMNS)
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
    return {"id": plain["id"], **flat_row(plain)}


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
    """Return a value for a cell that no spreadsheet takes for a formula, nor a terminal for a command."""
    return cell(without_controls(value) if isinstance(value, str) else value)


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
