import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from cleaners import InputMissing
from cleaners.errors import BadTable
from pipelines.readers import read_sources, total_size
from pipelines.source import Source, named
from tests.pipelines.pages import archive, http, page, record, table


def read(*paths: Path, column: str | None = None, url_column: str = "url") -> list[Source]:
    return list(read_sources([str(path) for path in paths], column, url_column))


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.ndjson", "pages.jsonl.gz", "pages.JSONL.zst"])
def test_a_file_of_lines_has_a_page_on_each(tmp_path: Path, name: str) -> None:
    content = lines({"url": "https://a.example/1", "html": page(1)}, {"text": "It rained."})
    if name.endswith(".gz"):
        content = gzip.compress(content)
    elif name.endswith(".zst"):
        content = zstandard.compress(content)
    (tmp_path / name).write_bytes(content)
    made = read(tmp_path / name)
    assert [(source.row, source.is_page, source.url) for source in made] == [
        (1, True, "https://a.example/1"),
        (2, False, None),
    ]
    assert made[0].content == page(1)


def test_a_bad_line_is_an_error_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b'{"html": \n[1]\n\n' + lines({"html": 7}, {"url": "x"}, {"text": "It rained."}))
    made = read(path)
    assert [(source.row, source.error and named(source.error)) for source in made] == [
        (1, "bad-table: not JSON: Expecting value: line 2 column 1 (char 10)"),
        (2, "bad-table: not an object of JSON"),
        (4, "bad-table: html holds int, not text or bytes"),
        (5, "empty-input: nothing in html or text"),
        (6, None),
    ]


def test_a_named_column_holds_pages_or_texts(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(lines({"raw": page(1), "at": "https://a.example/1"}, {"raw": "It rained."}))
    made = read(path, column="raw", url_column="at")
    assert [(source.is_page, source.url) for source in made] == [(True, "https://a.example/1"), (False, None)]


def test_a_parquet_file_has_a_page_in_each_row(tmp_path: Path) -> None:
    parquet.write_table(table(70), tmp_path / "pages.parquet")
    made = read(tmp_path / "pages.parquet")
    assert [(source.row, source.content) for source in made] == [(i + 1, page(i)) for i in range(70)]
    assert made[-1].read == total_size([str(tmp_path / "pages.parquet")])


def test_a_parquet_file_takes_no_more_memory_where_all_its_rows_are_one_group(tmp_path: Path) -> None:
    # pyarrow puts 1,024 rows on a page of a column, and a page is what has to be held
    rows, size = 4_096, 10_000
    path = tmp_path / "pages.parquet"
    pages = pa.array([os.urandom(size) for _ in range(rows)], pa.binary())
    parquet.write_table(pa.table({"html": pages}), path, row_group_size=rows, use_dictionary=False)
    reading = (
        "import sys, pyarrow as pa; from pipelines.readers import read_sources;"
        "print(sum(len(source.content) for source in read_sources(sys.argv[1:])));"
        "print(pa.default_memory_pool().max_memory())"
    )
    done = subprocess.run([sys.executable, "-c", reading, path], capture_output=True, check=True)
    read, most = map(int, done.stdout.split())
    assert read == rows * size
    assert most < 30_000_000


def test_an_archive_gives_its_responses_of_html(tmp_path: Path) -> None:
    html = page(1).encode()
    records = [
        record("https://a.example/1", http(html, kind="text/html; charset=windows-1252")),
        record("https://a.example/1", b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", kind="request"),
        record("https://a.example/2", http(html, status="404 Not Found")),
        record("https://a.example/3", http(b"%PDF-1.7", kind="application/pdf")),
        record("https://a.example/4", http(gzip.compress(html), more="Content-Encoding: gzip\r\n")),
    ]
    (tmp_path / "news.warc").write_bytes(b"".join(records))
    made = read(tmp_path / "news.warc")
    assert [(source.row, source.url, source.content) for source in made] == [
        (1, "https://a.example/1", html),
        (2, "https://a.example/4", html),
    ]
    assert made[0].charset == "windows-1252"
    assert (made[0].date, made[0].digest) == ("2024-10-24T06:30:00Z", "sha1:" + "A" * 32)


def test_a_compressed_archive_is_read(tmp_path: Path) -> None:
    made = read(archive(tmp_path / "news.warc.gz", 5))
    assert [source.url for source in made] == [f"https://news.example.org/{i}" for i in range(5)]


@pytest.mark.parametrize(
    "name", ["gone.warc.gz", "cut.warc.gz", "bad.parquet", "cut.jsonl.gz", "columns.parquet"]
)
def test_what_is_broken_in_a_file_is_an_error_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "cut.warc.gz":
        path.write_bytes(archive(tmp_path / "whole.warc.gz", 3).read_bytes()[:-400])
    elif name == "cut.jsonl.gz":
        path.write_bytes(gzip.compress(lines(*[{"html": page(i)} for i in range(90)]))[:-40])
    elif name == "columns.parquet":
        parquet.write_table(table(1).rename_columns(["a", "b", "c"]), path)
    elif name == "bad.parquet":
        path.write_bytes(b"PAR1 and no more")
    after = tmp_path / "rain.txt"
    after.write_text("It rained.")
    made = read(path, after)
    assert made[-1].name == str(after)
    assert [source.error is None for source in made[-2:]] == [False, True]
    assert isinstance(made[-2].error, BadTable | InputMissing)
