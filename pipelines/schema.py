"""The article as Arrow has it: one schema, whatever the articles, and the way back to articles.

The columns are the fields of `cleaners.Article` with the body's `text`, in the order of `Article.to_dict`. A date is a
timestamp in UTC, to sort and filter by, and beside it, in `…_iso`, what the page said: a day alone, or a time with its
own zone. The reader back goes by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pyarrow as pa

from cleaners.article import SCHEMA_VERSION, Article

_TEXT: Final = pa.string()
_NUMBER: Final = pa.int32()
_MOMENT: Final = pa.timestamp("us", tz="UTC")
_LINES: Final = pa.list_(pa.struct([("text", _TEXT), ("label", _TEXT), ("rule", _TEXT), ("line", _NUMBER)]))

#: The columns of an article. A column that is added keeps the version in the metadata (that of `Article.to_dict`); one
#: that changes its meaning or goes away raises it.
ARTICLE_SCHEMA: Final = pa.schema(
    [
        ("title", _TEXT),
        ("authors", pa.list_(_TEXT)),
        ("published", _MOMENT),
        ("published_iso", _TEXT),
        ("modified", _MOMENT),
        ("modified_iso", _TEXT),
        ("agency", _TEXT),
        ("dateline", _TEXT),
        ("language", _TEXT),
        ("section", _TEXT),
        ("keywords", pa.list_(_TEXT)),
        ("url", _TEXT),
        ("site_name", _TEXT),
        ("paywalled", pa.bool_()),
        ("text", _TEXT),
        ("body", pa.list_(pa.struct([("type", _TEXT), ("text", _TEXT), ("level", _NUMBER)]))),
        (
            "photos",
            pa.list_(
                pa.struct(
                    [
                        ("caption", _TEXT),
                        ("credit", _TEXT),
                        ("photographer", _TEXT),
                        ("agency", _TEXT),
                        ("position", _NUMBER),
                        ("url", _TEXT),
                        ("width", _NUMBER),
                        ("printed", pa.list_(_TEXT)),
                    ]
                )
            ),
        ),
        ("rights", pa.struct([("text", _TEXT), ("holder", _TEXT), ("year", _NUMBER)])),
        ("fields", _LINES),
        ("removed", _LINES),
    ],
    metadata={"wireclean.article": str(SCHEMA_VERSION)},
)

#: The fields whose column holds a moment and whose words stand beside it.
_DATES: Final = ("published", "modified")
#: The largest number that a column holds: a width that a page claims may be anything.
_LARGEST: Final = 2**31 - 1


def article_row(article: Article | None) -> dict[str, Any]:
    """Return the article as a row of `ARTICLE_SCHEMA`; a row of nulls for None.

    >>> article_row(Article(published=date(2024, 10, 24)))["published"]
    datetime.datetime(2024, 10, 24, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if article is None:
        return dict.fromkeys(ARTICLE_SCHEMA.names)
    row = article.to_dict()
    for name in _DATES:
        row[f"{name}_iso"] = row[name]
        row[name] = _moment(getattr(article, name))
    for photo in row["photos"]:
        photo["width"] = min(photo["width"], _LARGEST) if photo["width"] is not None else None
    return row


def _moment(told: date | datetime | None) -> datetime | None:
    """Return the moment in UTC; what names no zone is taken for UTC, and what UTC has no year for for nothing."""
    if told is None:
        return None
    if not isinstance(told, datetime):
        return datetime.combine(told, time(), UTC)
    try:
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except OverflowError:
        return None


def article_columns(articles: Sequence[Article | None]) -> list[pa.Array]:
    """Return the columns of `ARTICLE_SCHEMA` for these articles, a null in each where there is none.

    >>> [len(column) for column in article_columns([Article(title="Rain"), None])][:3]
    [2, 2, 2]
    """
    rows = [article_row(article) for article in articles]
    return [pa.array([row.get(field.name) for row in rows], field.type) for field in ARTICLE_SCHEMA]


def read_articles(table: pa.Table | pa.RecordBatch) -> Iterator[Article | None]:
    """Give the article of each row back, and None for a row that has none (see its `error`).

    The columns may be in any order, among others. Raises KeyError for a table that lacks one, and ValueError for
    another version of the schema.

    >>> made = pa.Table.from_arrays(article_columns([Article(title="Rain"), None]), schema=ARTICLE_SCHEMA)
    >>> [article and article.title for article in read_articles(made)]
    ['Rain', None]
    """
    version = (table.schema.metadata or {}).get(b"wireclean.article", str(SCHEMA_VERSION).encode()).decode()
    for batch in table.select(ARTICLE_SCHEMA.names).to_batches() if isinstance(table, pa.Table) else [table]:
        for row in batch.to_pylist():
            yield None if row["body"] is None else Article.from_dict(_plain(row, version))


def _plain(row: dict[str, Any], version: str) -> dict[str, Any]:
    dates = {name: row[f"{name}_iso"] for name in _DATES}
    body = [{k: v for k, v in part.items() if v is not None} for part in row["body"]]
    return row | dates | {"body": body, "schema": int(version)}
