"""Exports: every article once, in forms that their readers read."""

from __future__ import annotations

import builtins
import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cleaners import Article, Photo
from cleaners.whole_file import whole_file
from scraper.errors import ExportError
from scraper.export import export
from scraper.store.sqlite import SqliteStore
from tests.scraper.store.shelved import article, shelve

PHOTO = Photo("The dam", "Mara Lindqvist/AFP")


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    with SqliteStore(":memory:") as opened:
        shelve(
            opened,
            "https://example.org/1",
            article('It said "no",', "twice; in\u2028two lines.", title="A, B"),
        )
        shelve(opened, "https://example.org/2", article(title="Two", photos=[PHOTO]))
        yield opened


def written(store: SqliteStore, form: str) -> bytes:
    target = io.BytesIO()
    assert export(store.articles.each(), form, target) == 2
    return target.getvalue()


def test_json_lines_hold_whole_articles(store: SqliteStore) -> None:
    lines = written(store, "jsonl").decode().removesuffix("\n").split("\n")
    plain = [json.loads(line) for line in lines]
    assert [one["id"] for one in plain] == [1, 2]
    assert Article.from_dict(plain[1]).photos == (PHOTO,)


def test_csv_survives_commas_quotes_and_line_ends(store: SqliteStore) -> None:
    rows = list(csv.DictReader(io.StringIO(written(store, "csv").decode(), newline="")))
    assert rows[0]["title"] == "A, B"
    assert rows[0]["text"] == 'It said "no",\ntwice; in\u2028two lines.'
    assert rows[1]["photos"] == "The dam (Mara Lindqvist/AFP)"


def test_markdown_has_a_rule_between_articles(store: SqliteStore) -> None:
    text = written(store, "markdown").decode()
    assert text.count("\n---\n") == 1
    assert "# A, B" in text
    assert "# Two" in text


def test_parquet_has_a_row_for_each_article(store: SqliteStore) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(io.BytesIO(written(store, "parquet"))).to_pylist()
    assert [row["title"] for row in rows] == ["A, B", "Two"]
    assert rows[0]["id"] == 1


def test_parquet_without_its_package_says_what_to_install(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_pyarrow(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_pyarrow)
    with pytest.raises(ExportError, match=r"wireclean\[parquet\]"):
        export(store.articles.each(), "parquet", io.BytesIO())


def test_a_file_appears_whole_or_not_at_all(store: SqliteStore, tmp_path: Path) -> None:
    def breaking() -> Iterator[tuple[int, dict[str, Any]]]:
        yield from store.articles.each()
        raise RuntimeError

    target = tmp_path / "articles.jsonl"
    target.write_text("what was there\n")
    with pytest.raises(RuntimeError), whole_file(target) as file:
        export(breaking(), "jsonl", file)
    assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl"]
    assert target.read_text() == "what was there\n"
    with whole_file(target) as file:
        export(store.articles.each(), "jsonl", file)
    assert len(target.read_text().splitlines()) >= 2


def test_only_what_was_asked_for_is_exported(store: SqliteStore) -> None:
    assert [number for number, _ in store.articles.each(since=datetime(2000, 1, 1, tzinfo=UTC))] == [1, 2]
    assert list(store.articles.each(since=datetime(2999, 1, 1, tzinfo=UTC))) == []
    assert list(store.articles.each(source="another")) == []
