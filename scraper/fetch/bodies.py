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

#: Bytes that gzip and brotli may unpack in one step, and that gzip is fed at once.
STEP = 1 << 20

#: Members of a gzip stream, and frames of a zstd one: each costs memory and time of its own, however small it is. Tools
#: that pack in parallel make a part of each 128 KiB (pigz) and more.
MOST_MEMBERS, MOST_FRAMES = 1000, 100

#: How a gzip file begins (RFC 1952 section 2.3.1).
GZIP = b"\x1f\x8b"

NOT_PACKED = {"", "identity", "none", "utf-8"}


def unpack(body: bytes, codings: str, limit: int, url: str = "", *, cut: bool = False) -> bytes:
    """Return the plain bytes of a body under its Content-Encoding.

    Raises `Bomb` as soon as more than `limit` bytes would come out (never much more is held in memory),
    `Truncated` when the packed stream ends before its end mark, `Garbled` when it is not what it says it is. With `cut`
    what comes out up to the limit, or up to such a fault, is the body.

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
        body = _collect(UNPACKERS[name](body, url), limit, url, cut=cut)
    return body


def unpack_if_packed(body: bytes, limit: int, url: str = "", *, cut: bool = False) -> bytes:
    """Return the plain bytes of what may be a gzip file under no Content-Encoding. Raises as `unpack` does.

    >>> unpack_if_packed(b"news", 100)
    b'news'
    """
    return _collect(unpack_gzip(body, url), limit, url, cut=cut) if body.startswith(GZIP) else body


def _collect(pieces: Iterator[bytes], limit: int, url: str, *, cut: bool = False) -> bytes:
    kept: list[bytes] = []
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            kept.append(piece)
            if size > limit:
                if cut:
                    break
                raise Bomb(url, f"unpacks to more than {limit} bytes")
    except (Truncated, Garbled):
        if not (cut and kept):
            raise
    body = kept[0] if len(kept) == 1 else b"".join(kept)
    return body[:limit] if cut else body


def unpack_gzip(body: bytes, url: str = "") -> Iterator[bytes]:
    """Return the pieces of a gzip stream, all its members; what follows the last is ignored, as browsers do."""
    return _inflate(body, 31, url)


def _unpack_deflate(body: bytes, url: str) -> Iterator[bytes]:
    # "deflate" means zlib, but some servers send the raw stream; a zlib header is a multiple of 31
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _inflate(body, 15 if is_zlib else -15, url)


def _inflate(body: bytes, wbits: int, url: str) -> Iterator[bytes]:
    rest = memoryview(body)
    for _ in range(MOST_MEMBERS):
        inflater = zlib.decompressobj(wbits)
        while not inflater.eof:
            given = rest[:STEP]
            try:
                piece = inflater.decompress(given, STEP)
            except zlib.error as error:
                raise Garbled(url, str(error)) from None
            # in slices: what zlib hands back unused is a copy
            rest = rest[len(given) - len(inflater.unconsumed_tail) - len(inflater.unused_data) :]
            if piece:
                yield piece
            elif not rest and not inflater.eof:
                raise Truncated(url, "the packed body stops before its end")
        if wbits != 31 or bytes(rest[:2]) != GZIP:
            return
    raise Garbled(url, f"packed in more than {MOST_MEMBERS} parts")


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
    for _ in range(MOST_FRAMES):
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
        if not rest:
            return
    raise Garbled(url, f"packed in more than {MOST_FRAMES} parts")


UNPACKERS: dict[str, Callable[[bytes, str], Iterator[bytes]]] = {
    "gzip": unpack_gzip,
    "x-gzip": unpack_gzip,
    "deflate": _unpack_deflate,
    "br": _unpack_brotli,
    "zstd": _unpack_zstd,
}
