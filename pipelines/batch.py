"""Pages or texts in an Arrow table to their articles: the one function that every pipeline is handed."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from cleaners import Article, Options
from pipelines.schema import ARTICLE_SCHEMA, article_columns
from pipelines.source import clean_source

#: What stands before the name of a column of the input that is also one of the result.
_CARRIED: Final = "input_"
_OWN: Final = frozenset((*ARTICLE_SCHEMA.names, "error"))


def clean_batch(
    batch: pa.RecordBatch | pa.Table,
    *,
    html: str | None = None,
    text: str | None = None,
    url: str = "url",
    options: Options | None = None,
) -> pa.Table:
    """Return a row for each row: its article (`ARTICLE_SCHEMA`), what went wrong (`error`), its other columns.

    `html` names the column of pages, `text` that of texts (the column called so where nothing is said), as bytes or
    strings; `url`, which may be missing, that of the pages' addresses. All other columns are carried along; one whose
    name the article has itself becomes `input_NAME`. What holds for every row is said in `options`. The schema depends
    on the input's schema alone: `result_schema`.

    A row that fails is a row with its `error` and nothing else, whatever went wrong. A row without an article has the
    error and all that is known of it, such as its removed lines. Raises ValueError for a column that is not there.

    >>> made = clean_batch(pa.table({"text": ["It rained.\\nAdvertisement"], "id": [7]}))
    >>> made.select(["id", "text", "error"]).to_pylist()
    [{'id': 7, 'text': 'It rained.', 'error': None}]
    """
    chosen = options or Options()
    column, is_page = _source(batch.schema, html, text)
    schema = result_schema(batch.schema, html=html, text=text)
    addresses = batch.column(url) if url in batch.schema.names else None
    articles: list[Article | None] = []
    errors: list[str | None] = []
    for number, source in enumerate(batch.column(column)):
        address = addresses[number].as_py() if addresses is not None else None
        article, error = clean_source(source.as_py(), chosen, is_page=is_page, url=address)
        articles.append(article)
        errors.append(error)
    columns = [*_carried(batch, column), *article_columns(articles), pa.array(errors, pa.string())]
    return pa.Table.from_arrays(columns, schema=schema)


def result_schema(schema: pa.Schema, *, html: str | None = None, text: str | None = None) -> pa.Schema:
    """Return the schema of what `clean_batch` makes of batches with this schema.

    >>> result_schema(pa.schema([("html", pa.binary()), ("title", pa.string())])).names[:2]
    ['input_title', 'title']
    """
    column, _ = _source(schema, html, text)
    carried = [field.with_name(_carried_name(field.name)) for field in schema if field.name != column]
    return pa.schema([*carried, *ARTICLE_SCHEMA, ("error", pa.string())], metadata=ARTICLE_SCHEMA.metadata)


def _source(schema: pa.Schema, html: str | None, text: str | None) -> tuple[str, bool]:
    """Return the column of pages or texts, and whether it has pages."""
    if html is not None and text is not None:
        raise ValueError("a batch has pages or texts: say html or text")
    names = schema.names
    if html is None and text is None:
        html, text = ("html", None) if "html" in names else (None, "text")
    column = html if html is not None else text or "text"
    if column not in names:
        raise ValueError(f"there is no column {column!r}; there are {', '.join(map(repr, names)) or 'none'}")
    if names.count(column) > 1:
        raise ValueError(f"there are {names.count(column)} columns {column!r}")
    return column, html is not None


def _carried(batch: pa.RecordBatch | pa.Table, column: str) -> list[Any]:
    return [batch.column(i) for i, name in enumerate(batch.schema.names) if name != column]


def _carried_name(name: str) -> str:
    return _CARRIED + name if name in _OWN else name
