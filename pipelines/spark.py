"""A step for Spark: a data frame of pages or texts to one of articles. Needs `wireclean[spark]`, on the workers too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from cleaners import Options
from pipelines.batch import clean_batch, result_schema


def clean(
    frame: DataFrame,
    *,
    html: str | None = None,
    text: str | None = None,
    url: str = "url",
    options: Options | None = None,
) -> DataFrame:
    """Return the frame's articles: what `pipelines.clean_batch` makes of each Arrow batch that Spark hands it.

    Takes what that takes, and raises ValueError at once where it would. As everything in Spark the work is done when
    the rows are asked for.
    """
    chosen = options or Options()
    schema = result_schema(to_arrow_schema(frame.schema), html=html, text=text)
    step = partial(clean_batch, html=html, text=text, url=url, options=chosen)
    return frame.mapInArrow(partial(_each, step), from_arrow_schema(schema))


def _each(step: partial[pa.Table], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from step(batch).to_batches()
