import sys

import pytest

from pipelines import clean_batch
from tests.pipelines.pages import table

pyspark = pytest.importorskip("pyspark")


def test_a_data_frame_has_the_rows_of_the_plain_call(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    from pipelines.spark import clean

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # its workers have to find the same packages
    pages = table(9)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 4)
        .getOrCreate()
    )
    try:
        made = clean(session.createDataFrame(pages.to_pylist()).select(*pages.column_names)).toArrow()
    finally:
        session.stop()
    plain = clean_batch(pages)
    assert made.column_names == plain.column_names
    assert sorted(made.to_pylist(), key=lambda row: row["id"]) == plain.to_pylist()
