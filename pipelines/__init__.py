"""wireclean as a step of other people's pipelines: Arrow in, Arrow out, and what fits that into Ray, Spark and others.

`clean_batch` and its schema need `wireclean[bulk]`; each of the other steps has an extra of its own name.

>>> import pyarrow as pa
>>> from pipelines import clean_batch
>>> pages = pa.table({"html": ["<article><p>It rained in Kyiv on Thursday, residents said.</p></article>", None]})
>>> clean_batch(pages).column("text").to_pylist()
['It rained in Kyiv on Thursday, residents said.', None]
>>> clean_batch(pages).column("error").to_pylist()
[None, 'empty-input: no page']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.batch import clean_batch, result_schema
    from pipelines.schema import ARTICLE_SCHEMA, read_articles

__all__ = ["ARTICLE_SCHEMA", "clean_batch", "read_articles", "result_schema"]

_HOMES = {
    "clean_batch": "batch",
    "result_schema": "batch",
    "ARTICLE_SCHEMA": "schema",
    "read_articles": "schema",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for: Scrapy's step does without Arrow."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"pipelines.{_HOMES[name]}"), name)
