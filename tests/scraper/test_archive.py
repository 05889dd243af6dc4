"""Pages go out as WARC, which another program reads back."""

from __future__ import annotations

import gzip
import io
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.archive import write_warc
from scraper.cli import main
from scraper.fetch.answers import Page
from scraper.store.protocol import Arrival, Store
from scraper.store.sqlite import SqliteStore
from tests.scraper.store.shelved import article, cleaned, remember, shelve


def archived(store: Store) -> list[tuple[str, str, bytes, list[tuple[str, str]]]]:
    """The address, date, body and headers of each page in an archive of the store."""
    target = io.BytesIO()
    count = write_warc(store.articles, target)
    target.seek(0)
    info, *records = [
        (record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
        for record in ArchiveIterator(target)
    ]
    assert info[0] == "warcinfo"
    assert count == len(records)
    return [
        (headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date"), body, http.headers)
        for _, headers, http, body in records
    ]


def test_every_page_is_there_as_it_came() -> None:
    with SqliteStore(":memory:") as store:
        for number in (1, 2):
            shelve(
                store, f"https://example.org/{number}", article(f"Story {number}.", title=f"Title {number}")
            )
        found = archived(store)
    assert [url for url, *_ in found] == ["https://example.org/1", "https://example.org/2"]
    assert [body for _, _, body, _ in found] == [b"<html>page</html>"] * 2
    assert all(date.endswith("Z") for _, date, *_ in found)


def test_headers_tell_of_the_body_as_it_is_there_and_cannot_break_out() -> None:
    with SqliteStore(":memory:") as store:
        remember(store, "harbour", "https://example.org/1")
        [address] = store.addresses.claim("harbour", 1)
        headers = {
            "content-type": "text/html", "content-encoding": "gzip", "content-length": "7",
            "x-odd": "a\r\nContent-Length: 1\r\n\r\nsmuggled",
        }  # fmt: skip
        body = gzip.decompress(gzip.compress(b"<html>packed on its way</html>"))
        page = Page(address.url, address.url, 299, headers, body)
        store.articles.keep([Arrival(address, page, cleaned(article(), body))])
        [(_, _, kept, sent)] = archived(store)
    assert kept == body
    names = [name.lower() for name, _ in sent]
    assert names == ["content-type", "x-odd", "content-length"]
    assert sent[-1][1] == str(len(body))


def test_pages_that_were_pruned_are_left_out(tmp_path: Path) -> None:
    with SqliteStore(":memory:") as store:
        shelve(store, "https://example.org/1", article())
        store.articles.prune(store.database.clock() + timedelta(days=1), pages_only=True)
        assert archived(store) == []


def test_export_writes_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with SqliteStore(tmp_path / "wire.db") as store:
        shelve(store, "https://example.org/1", article())
    assert main(["export", "-f", "warc", "-o", "pages.warc.gz"]) == 0
    with Path("pages.warc.gz").open("rb") as file:
        assert [record.rec_type for record in ArchiveIterator(file)] == ["warcinfo", "response"]


def test_without_warcio_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    SqliteStore(tmp_path / "wire.db").close()
    monkeypatch.setitem(__import__("sys").modules, "warcio.warcwriter", None)
    assert main(["export", "-f", "warc", "-o", "pages.warc.gz"]) == 2
    assert "pip install 'wireclean[warc]'" in capsys.readouterr().err
