"""Polars, DuckDB and Hugging Face datasets are handed the function itself."""

import pytest

from pipelines import clean_batch
from tests.pipelines.pages import table


def test_polars_has_the_rows_of_the_plain_call() -> None:
    polars = pytest.importorskip("polars")
    pages = table(9)
    made = polars.from_arrow(clean_batch(polars.from_arrow(pages).to_arrow()))
    assert made.to_dicts() == polars.from_arrow(clean_batch(pages)).to_dicts()
    assert made["title"].to_list() == clean_batch(pages).column("title").to_pylist()


def test_duckdb_has_the_rows_of_the_plain_call() -> None:
    duckdb = pytest.importorskip("duckdb")
    pages = table(9)  # DuckDB finds a table by the name of its variable
    made = clean_batch(duckdb.sql("select * from pages order by id").to_arrow_table())
    assert made.to_pylist() == clean_batch(pages).to_pylist()
    found = duckdb.sql("select id, photos[1].photographer from made where text ilike '%lisbon%'").fetchall()
    assert found == [(1, "Olena Bird")]


def test_a_dataset_of_hugging_face_has_the_rows_of_the_plain_call() -> None:
    datasets = pytest.importorskip("datasets")
    pages = table(9)
    dataset = datasets.Dataset(pages).with_format("arrow")
    made = dataset.map(clean_batch, batched=True, batch_size=4, remove_columns=dataset.column_names)
    assert made[:].to_pylist() == clean_batch(pages).to_pylist()
