"""Unpacking a body (gzip, deflate, brotli, zstd) without trusting what it unpacks to."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from scraper.errors import Bomb, Garbled, Truncated

#: What we can unpack, for the Accept-Encoding header.
ACCEPTED = "gzip, deflate, br, zstd"

#: The largest window a web server may ask for (RFC 9659).
ZSTD_WINDOW = 8 << 20

#: Bytes of zstd fed at once. A zstd block of 4 bytes may stand for 128 KiB, so 256 bytes unpack to 8 MiB at most.
ZSTD_SLICE = 256

#: Bytes that gzip and brotli may unpack in one step.
STEP = 1 << 20

#: How a gzip file begins (RFC 1952 section 2.3.1).
GZIP = b"\x1f\x8b"

NOT_PACKED = {"", "identity", "none", "utf-8"}


def unpack(body: bytes, codings: str, limit: int, url: str = "") -> bytes:
    """Return the plain bytes of a body under its Content-Encoding.

    Raises `Bomb` as soon as more than `limit` bytes would come out (never much more is held in memory),
    `Truncated` when the packed stream ends before its end mark, `Garbled` when it is not what it says it is.

    >>> import gzip
    >>> unpack(gzip.compress(b"news"), "gzip", 100)
    b'news'
    """
    names = [name.strip().lower() for name in codings.split(",")]
    packed = [name for name in names if name not in NOT_PACKED]
    if len(packed) > 2:
        raise Garbled(url, "packed more than twice")
    for name in reversed(packed):
        if name not in UNPACKERS:
            raise Garbled(url, f"unknown content encoding {name[:20]!r}")
        body = _collect(UNPACKERS[name](body, url), limit, url)
    return body


def _collect(pieces: Iterator[bytes], limit: int, url: str) -> bytes:
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise Bomb(url, f"unpacks to more than {limit} bytes")
        kept.append(piece)
    return kept[0] if len(kept) == 1 else b"".join(kept)


def unpack_if_packed(body: bytes, limit: int, url: str = "") -> bytes:
    """Return the plain bytes of what may be a gzip file under no Content-Encoding. Raises as `unpack` does.

    >>> unpack_if_packed(b"news", 100)
    b'news'
    """
    return _collect(unpack_gzip(body, url), limit, url) if body.startswith(GZIP) else body


def unpack_gzip(body: bytes, url: str = "") -> Iterator[bytes]:
    """Return the pieces of a gzip stream, all its members; what follows the last is ignored, as browsers do."""
    return _inflate(body, 31, url)


def _unpack_deflate(body: bytes, url: str) -> Iterator[bytes]:
    # "deflate" means zlib, but some servers send the raw stream; a zlib header is a multiple of 31
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _inflate(body, 15 if is_zlib else -15, url)


def _inflate(body: bytes, wbits: int, url: str) -> Iterator[bytes]:
    rest = body
    while True:
        inflater = zlib.decompressobj(wbits)
        while not inflater.eof:
            try:
                piece = inflater.decompress(rest, STEP)
            except zlib.error as error:
                raise Garbled(url, str(error)) from None
            rest = inflater.unconsumed_tail
            if piece:
                yield piece
            elif not rest and not inflater.eof:
                raise Truncated(url, "the packed body stops before its end")
        rest = inflater.unused_data
        if wbits != 31 or not rest.startswith(GZIP):
            return


def _unpack_brotli(body: bytes, url: str) -> Iterator[bytes]:
    import brotli  # type: ignore[import-untyped]

    decoder = brotli.Decompressor()
    rest = body
    while not decoder.is_finished():
        try:
            piece: bytes = decoder.process(rest, output_buffer_limit=STEP)
        except brotli.error as error:
            raise Garbled(url, str(error)) from None
        rest = b""
        if piece:
            yield piece
        elif decoder.can_accept_more_data() and not decoder.is_finished():
            raise Truncated(url, "the packed body stops before its end")


def _unpack_zstd(body: bytes, url: str) -> Iterator[bytes]:
    import zstandard  # for bodies packed so

    rest = memoryview(body)
    while rest:
        decoder = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()
        while not decoder.eof:
            if not rest:
                raise Truncated(url, "the packed body stops before its end")
            try:
                piece = decoder.decompress(rest[:ZSTD_SLICE])
            except zstandard.ZstdError as error:
                raise Garbled(url, str(error)) from None
            rest = rest[ZSTD_SLICE:]
            if piece:
                yield piece
        unused = decoder.unused_data
        if unused:
            rest = memoryview(unused + bytes(rest))


UNPACKERS: dict[str, Callable[[bytes, str], Iterator[bytes]]] = {
    "gzip": unpack_gzip,
    "x-gzip": unpack_gzip,
    "deflate": _unpack_deflate,
    "br": _unpack_brotli,
    "zstd": _unpack_zstd,
}
