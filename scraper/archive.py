"""Pages out of the store as WARC (ISO 28500), which web archives keep and replay.

Written with warcio, the writer of the web recorders' own tools: pure Python, and made to write. FastWARC reads faster,
which is not what is done here, and would be compiled code more.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO

from scraper.errors import ExportError, StoreError
from scraper.store.protocol import Articles, Kept
from scraper.times import utc

#: Headers that are of the way that a body came and not of the body, which is kept unpacked.
OF_THE_WAY = {"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"}


def write_warc(
    articles: Articles, target: BinaryIO, *, since: datetime | None = None, source: str | None = None
) -> int:
    """Write the pages of the articles' newest versions, oldest first; return how many.

    Articles whose pages were pruned are left out. Raises ExportError when warcio is not installed.
    """
    try:
        from warcio.warcwriter import WARCWriter  # for this format
    except ImportError:
        raise ExportError("WARC needs warcio: pip install 'wireclean[warc]'") from None
    from cleaners import __version__  # for this format

    writer = WARCWriter(target, gzip=True)
    told = {"software": f"wireclean/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("articles.warc.gz", told))
    count = 0
    for number, _ in articles.each(since=since, source=source):
        kept = articles.get(number)
        if kept is not None:
            count += _write_page(writer, articles, kept)
    return count


def _write_page(writer: Any, articles: Articles, kept: Kept) -> int:
    from warcio.statusandheaders import StatusAndHeaders  # for this format

    try:
        page = articles.page(kept)
    except StoreError:  # it was pruned
        return 0
    headers = [
        (name.title(), " ".join(value.split()))
        for name, value in page.headers.items()
        if name not in OF_THE_WAY
    ]
    headers.append(("Content-Length", str(len(page.body))))
    try:
        status = f"{page.status} {HTTPStatus(page.status).phrase}"
    except ValueError:
        status = f"{page.status} Unknown"
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": utc(kept.entry.fetched)},
    )
    writer.write_record(record)
    return 1
