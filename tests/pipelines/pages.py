"""Pages and texts for the tests of pipelines."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyarrow as pa

TOWNS = ("Kyiv", "Lisbon", "Osaka", "Lagos", "Lima", "Oslo", "Quito", "Turin")


def page(number: int) -> str:
    """A page of a story, whose title has its number."""
    town = TOWNS[number % len(TOWNS)]
    return (
        f"<!doctype html><html lang=en><title>Rain {number}</title>"
        f'<meta property="article:published_time" content="2024-10-{number % 28 + 1:02}T06:30:00+02:00">'
        f"<nav><a href=/>Home</a> <a href=/world>World</a></nav><article><h1>Rain {number}</h1>"
        f"<figure><img src=/{number}.jpg width=1200>"
        f"<figcaption>Umbrellas in {town}. Olena Bird/AFP</figcaption></figure>"
        f"<p>{town.upper()} (AFP) — It rained in {town} for {number + 2} days, the weather service said.</p>"
        f"<p>The river rose by {number % 5 + 2} metres in a night, residents of the old town told reporters.</p>"
        "<p>Advertisement</p></article><footer>© 2024 Example Press. All rights reserved.</footer></html>"
    )


def table(count: int) -> pa.Table:
    """So many pages with their addresses and numbers."""
    rows = [{"url": f"https://news.example.org/{i}", "html": page(i), "id": i} for i in range(count)]
    schema = pa.schema([("url", pa.string()), ("html", pa.string()), ("id", pa.int64())])
    return pa.Table.from_pylist(rows, schema)


def http(
    body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    """An HTTP response as it goes over the wire."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(url: str, block: bytes, kind: str = "response") -> bytes:
    """A record of a WARC file."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-10-24T06:30:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"WARC-Payload-Digest: sha1:{'A' * 32}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(path: Path, count: int, first: int = 0) -> Path:
    """A WARC file of so many pages, each record compressed for itself, as crawlers write them."""
    buffer = io.BytesIO()
    for i in range(first, first + count):
        buffer.write(gzip.compress(record(f"https://news.example.org/{i}", http(page(i).encode()))))
    path.write_bytes(buffer.getvalue())
    return path
