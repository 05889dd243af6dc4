"""What bulk work is pointed at, opened into sources: tables, archives, files of lines, single pages and texts.

A file that cannot be read, or breaks off in the middle, is one source with an error after those that were read.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

import pyarrow as pa

from cleaners import EmptyInput, InputMissing, WirecleanError
from cleaners.errors import BadTable
from cleaners.inputs import read_bytes, table_kind
from cleaners.read.decode import looks_like_html, refuse_binary
from pipelines.source import Source, named

#: The columns that a table's pages or texts stand in, where nothing is said: the first of these that it has …
_COLUMNS: Final = ("html", "text")
#: … and that of their addresses.
_URL: Final = "url"
#: Rows of a Parquet file that are read at a time.
_ROWS: Final = 32
#: Bytes of a column that are read from the disk at a time; else all that a row group has of it would be.
_BUFFER: Final = 1_000_000
#: A page of an archive, or a line of a file of lines, has no more bytes; the longest articles have a thousandth.
_LONGEST: Final = 120_000_000


def read_sources(names: Sequence[str], column: str | None = None, url_column: str = _URL) -> Iterator[Source]:
    """Give every page and text of the files, in the files' order and in the order that they have there.

    `column` is the column of a table, or the field of a line, that holds the page or text; where None, `html` or else
    `text`. What a file holds is told from its name, and what a page is from its content. An archive's responses are
    pages, if their status is 200 and their type HTML.
    """
    before = 0
    for number, name in enumerate(names):
        size = _size(name)
        rows = 0
        try:
            for source in _READERS.get(table_kind(name) or "", _one)(name, column, url_column):
                rows = source.row
                yield replace(source, number=number, read=before + min(source.read, size))
        except Exception as error:  # what is broken in one file is no reason to leave the others
            yield Source(name, rows + 1, error=unreadable(error), read=before + size, number=number)
        before += size


def unreadable(error: Exception) -> WirecleanError:
    """Return what is said of a file for this error.

    >>> str(unreadable(EOFError("cut off"))), str(unreadable(FileNotFoundError(2, "No such file or directory", "x")))
    ('EOFError: cut off', 'no such file')
    """
    if isinstance(error, FileNotFoundError):
        return InputMissing("no such file")
    return error if isinstance(error, WirecleanError) else BadTable(named(error))


def _size(name: str) -> int:
    with suppress(OSError):
        return Path(name).stat().st_size
    return 0


def total_size(names: Sequence[str]) -> int:
    """Return the bytes of all the files, 0 for those that are not there."""
    return sum(map(_size, names))


def _one(name: str, _column: str | None, _url: str) -> Iterator[Source]:
    """Give a single page or text: it is read where it is cleaned, but for standard input."""
    if name == "-":
        content = read_bytes(name)
        refuse_binary(content)
        yield Source(name, 0, content, looks_like_html(content))
    else:
        yield Source(name, read=_size(name))


def _lines(name: str, column: str | None, url_column: str) -> Iterator[Source]:
    """Read a file of JSON Lines."""
    with Path(name).open("rb") as raw, _unpacked(raw, name) as file:
        for row, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
            if line.strip():
                yield _line(line, Source(name, row, read=raw.tell()), column, url_column)


def _line(line: bytes, at: Source, column: str | None, url_column: str) -> Source:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Source(at.name, at.row, error=BadTable(f"not JSON: {error}"), read=at.read)
    if not isinstance(told, dict):
        return Source(at.name, at.row, error=BadTable("not an object of JSON"), read=at.read)
    return _row(told, at, column, url_column)


def _row(told: dict[str, Any], at: Source, column: str | None, url_column: str) -> Source:
    """Return the source in a row of a table or file of lines."""
    named_columns = (column,) if column else _COLUMNS
    chosen = next((name for name in named_columns if told.get(name)), None)
    if chosen is None:
        return Source(
            at.name, at.row, error=EmptyInput(f"nothing in {' or '.join(named_columns)}"), read=at.read
        )
    content, url = told[chosen], told.get(url_column)
    if not isinstance(content, str | bytes):
        error = BadTable(f"{chosen} holds {type(content).__name__}, not text or bytes")
        return Source(at.name, at.row, error=error, read=at.read)
    is_page = chosen == "html" or (chosen != "text" and looks_like_html(_head(content)))
    return Source(at.name, at.row, content, is_page, url if isinstance(url, str) else None, read=at.read)


def _head(content: str | bytes) -> bytes:
    return content[:4096].encode(errors="replace") if isinstance(content, str) else content


def _unpacked(raw: IO[bytes], name: str) -> IO[bytes]:
    packing = Path(name).suffix.lower()
    if packing == ".gz":
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if packing == ".zst":
        import zstandard  # for who has such files

        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True))
    return raw


def _parquet(name: str, column: str | None, url_column: str) -> Iterator[Source]:
    from pyarrow import parquet  # 30 ms, for who has such files

    with (
        Path(name).open("rb") as raw,  # pyarrow takes no names that are no UTF-8
        parquet.ParquetFile(raw, pre_buffer=False, buffer_size=_BUFFER) as file,
    ):
        there = file.schema_arrow.names
        wanted = [c for c in ((column,) if column else _COLUMNS) if c in there]
        if not wanted:
            raise ValueError(f"no column {column or 'html or text'}; there are {', '.join(there)}")
        columns = [*wanted, *([url_column] if url_column in there else ())]
        size, rows = _size(name), file.metadata.num_rows
        row = 0
        for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
            for told in _dicts(batch):
                row += 1
                yield _row(told, Source(name, row, read=size * row // rows), column, url_column)


def _dicts(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = {name: batch.column(name) for name in batch.schema.names}
    for i in range(batch.num_rows):
        yield {name: values[i].as_py() for name, values in columns.items()}


def _warc(name: str, _column: str | None, _url: str) -> Iterator[Source]:
    with Path(name).open("rb") as file:
        yield from read_archive(file, name)


def read_archive(file: IO[bytes], name: str) -> Iterator[Source]:
    """Give the pages of a WARC file: its HTTP responses of HTML, with their address, date and payload digest.

    A compressed file is read as it is. Raises what FastWARC raises for a file that is broken.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # for who has such files

    row = 0
    for record in ArchiveIterator(
        file, record_types=WarcRecordType.response, parse_http=False, max_content_length=_LONGEST
    ):
        length, block, at = record.content_length, record.reader.read(_LONGEST), record.stream_pos
        if not block or len(block) < length:
            raise EOFError("the archive is cut off")  # FastWARC takes what is there for the whole
        record.set_bytes_content(block)
        record.parse_http(auto_decode="all")
        if not _is_page(record):
            continue
        row += 1
        yield Source(
            name,
            row,
            record.reader.read(_LONGEST),
            url=record.headers.get("WARC-Target-URI"),
            charset=record.http_charset,
            date=record.headers.get("WARC-Date"),
            digest=record.headers.get("WARC-Payload-Digest"),
            read=at,
        )


def _is_page(record: Any) -> bool:
    http = record.http_headers
    return http is not None and http.status_code == 200 and "html" in (record.http_content_type or "").lower()


_READERS: Final = {".jsonl": _lines, ".ndjson": _lines, ".parquet": _parquet, ".warc": _warc}
