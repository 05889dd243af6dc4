"""The ways in which a server misbehaves: each function makes one fault for `Site.on`."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib

from tests.scraper.server import Asked, Fault, answer

HTML = {"Content-Type": "text/html; charset=utf-8"}


def reply(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> Fault:
    """Exactly this answer."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        asked.status = status
        writer.write(answer(status, body, {"Connection": "close", **(headers or {})}))

    return fault


def raw(data: bytes) -> Fault:
    """Exactly these bytes, then the end."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return fault


def status(code: int, retry_after: str | None = None) -> Fault:
    """An error status, with a Retry-After (seconds or an HTTP date) if given."""
    return reply(code, b"no", {"Retry-After": retry_after} if retry_after else None)


def redirect(to: str, code: int = 302) -> Fault:
    """A redirect."""
    return reply(code, b"", {"Location": to})


def truncated(body: bytes = b"<html><p>This story ends in the mid") -> Fault:
    """A Content-Length that promises more than comes."""
    return reply(200, body, {**HTML, "Content-Length": str(len(body) + 5000)})


def truncated_chunks() -> Fault:
    """A chunked body without its last chunk."""
    return raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n")


def truncated_gzip() -> Fault:
    """A gzip body cut in its middle, with a Content-Length that agrees with the cut."""
    packed = gzip.compress(b"<p>A long story.</p>" * 500)
    return reply(200, packed[: len(packed) // 2], {**HTML, "Content-Encoding": "gzip"})


def wrong_length() -> Fault:
    """A Content-Length shorter than the body."""
    return reply(200, b"<html><p>0123456789</p></html>", {**HTML, "Content-Length": "10"})


def reset(after: bytes = b"") -> Fault:
    """The connection torn down (RST), before the answer or after some bytes of it."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if after:
            writer.write(after)
            await writer.drain()
            await asyncio.sleep(0.02)
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    return fault


def silence(seconds: float = 60.0) -> Fault:
    """No answer at all for a while."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)

    return fault


def drip(every: float = 0.05) -> Fault:
    """A body that comes a byte at a time, without an end in sight."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not writer.transport.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(every)

    return fault


def drip_headers(every: float = 0.05) -> Fault:
    """Headers that come one at a time, without an end."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not writer.transport.is_closing():
            writer.write(b"X-More: yes\r\n")
            await writer.drain()
            await asyncio.sleep(every)

    return fault


def endless() -> Fault:
    """A body that never ends, as fast as it is read."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not writer.transport.is_closing():
            writer.write(b"<p>and on and on</p>\n" * 1000)
            await writer.drain()

    return fault


def header_flood() -> Fault:
    """Headers by the thousand."""

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(20_000):
            if writer.transport.is_closing():
                return
            writer.write(b"X-Flood-%d: %s\r\n" % (number, b"y" * 100))
            if number % 100 == 0:
                await writer.drain()
        writer.write(b"Content-Length: 2\r\n\r\nok")

    return fault


def bomb(coding: str = "gzip", megabytes: int = 200) -> Fault:
    """A small body that unpacks to a huge one: gzip, br or zstd."""
    packed: bytes | None = None

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal packed
        packed = packed or pack_zeros(coding, megabytes)
        writer.write(answer(200, packed, {**HTML, "Content-Encoding": coding}))

    return fault


def pack_zeros(coding: str, megabytes: int) -> bytes:
    """That many megabytes of spaces, packed."""
    block = b" " * (1 << 20)
    if coding == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    if coding == "br":
        import brotli  # type: ignore[import-untyped]

        squeezer = brotli.Compressor(quality=1)
        return bytes(b"".join(squeezer.process(block) for _ in range(megabytes)) + squeezer.finish())
    import zstandard

    stream = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(stream.compress(block) for _ in range(megabytes)) + stream.flush()


def charset_lie() -> Fault:
    """Latin-1 bytes under a header that says UTF-8."""
    page = "<html><head><title>Café</title></head><body><p>Le café était fermé à midi.</p></body></html>"
    return reply(200, page.encode("latin-1"), HTML)


def entity_bomb() -> Fault:
    """An RSS feed with a "billion laughs" of entities."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]>'
        "<rss><channel><item><title>&e9;</title><link>http://x.test/1</link></item></channel></rss>"
    )
    return reply(200, feed.encode(), {"Content-Type": "application/rss+xml"})
