"""Articles out of the store: JSON Lines, Markdown, CSV, Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from scraper.errors import ExportError

Row = dict[str, Any]

COLUMNS = (
    "id", "title", "authors", "published", "modified", "agency", "dateline", "language", "section", "keywords",
    "url", "site_name", "rights", "text", "photos",
)  # fmt: skip
"""The columns of CSV and Parquet; lists are joined with "; ", photos are "caption (credit)"."""

PARQUET_ROWS = 1000
"""Rows in a group: what is held in memory at a time."""


def export(articles: Iterable[tuple[int, Row]], form: str, target: BinaryIO) -> int:
    """Write the articles, given with their ids in plain form, to `target`; returns how many.

    `form` is one of `FORMATS`. Raises ExportError when a form needs a package that is not installed.
    """
    return FORMATS[form](articles, target)


def table_row(number: int, plain: Row) -> Row:
    """The article as the flat row of a table.

    >>> row = table_row(7, {"title": "Rain", "authors": ["A. Bird", "C. Dove"], "photos": [], "rights": None})
    >>> row["id"], row["authors"]
    (7, 'A. Bird; C. Dove')
    """
    row = {name: plain.get(name) for name in COLUMNS} | {"id": number}
    for name in ("authors", "keywords"):
        row[name] = "; ".join(plain.get(name) or ())
    row["rights"] = plain["rights"]["text"] if plain.get("rights") else None
    row["photos"] = "; ".join(_photo(photo) for photo in plain.get("photos", ()))
    return row


def _jsonl(articles: Iterable[tuple[int, Row]], target: BinaryIO) -> int:
    count = 0
    for number, plain in articles:
        target.write(json.dumps({"id": number, **plain}, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _markdown(articles: Iterable[tuple[int, Row]], target: BinaryIO) -> int:
    from cleaners.article import Article
    from cleaners.formats import Cleaned
    from cleaners.formats.markdown import write_markdown

    count = 0
    for number, plain in articles:
        rule = "\n---\n\n" if count else ""
        where = f"<!-- article {number}: {str(plain['url']).replace('--', '%2D%2D')} -->\n\n"
        target.write((rule + where + write_markdown(Cleaned(Article.from_dict(plain)))).encode())
        count += 1
    return count


def _csv(articles: Iterable[tuple[int, Row]], target: BinaryIO) -> int:
    import csv
    import io

    count = 0
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    try:
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        for number, plain in articles:
            writer.writerow(table_row(number, plain))
            count += 1
    finally:
        text.detach()
    return count


def _parquet(articles: Iterable[tuple[int, Row]], target: BinaryIO) -> int:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ExportError("Parquet needs pyarrow: pip install 'wireclean[parquet]'") from None
    kinds = [(name, pyarrow.int64() if name == "id" else pyarrow.string()) for name in COLUMNS]
    schema = pyarrow.schema(kinds)
    count = 0
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for group in _groups((table_row(number, plain) for number, plain in articles), PARQUET_ROWS):
            writer.write_table(pyarrow.Table.from_pylist(group, schema))
            count += len(group)
    return count


FORMATS: dict[str, Callable[[Iterable[tuple[int, Row]], BinaryIO], int]] = {
    "jsonl": _jsonl,
    "markdown": _markdown,
    "csv": _csv,
    "parquet": _parquet,
}


def _groups(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rows = iter(rows)
    while group := list(islice(rows, size)):
        yield group


def _photo(photo: Row) -> str:
    caption, credit = photo.get("caption"), photo.get("credit")
    return f"{caption} ({credit})" if caption and credit else caption or credit or ""
