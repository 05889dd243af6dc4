"""The network under httpcore: it connects to checked addresses only.

httpcore lets one exchange its network backend, and that is the one place where the address that is connected to is
known. A check anywhere higher (on the URL, or on an own look-up) can be undone by a second DNS answer. The streams
are plain asyncio protocols: one layer less than httpcore's own backend, which goes through anyio.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Any, NamedTuple

import httpcore
import httpx

from scraper.fetch.guard import Resolver

MOST_POOLS = 256
"""Hosts whose idle connections are kept; beyond, the longest unused are closed."""

KEEP_ALIVE = 30.0

HIGH_WATER = 256 << 10
"""Bytes that may wait unread before the sender is held back."""


class Wire(asyncio.Protocol):
    """One connection's incoming bytes, handed to one reader."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.ended = False
        self.error: Exception | None = None
        self._waiting = bytearray()
        self._paused = False
        self._handed = b""
        self._reader: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Bytes came; with too many unread the sender is held back."""
        self._waiting += data
        if len(self._waiting) > HIGH_WATER and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """The server has said all it will say."""
        self.ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, with an error if it was torn down."""
        self.ended = True
        self.error = exc
        self._wake()
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)

    def pause_writing(self) -> None:
        """The server does not keep up with what we send."""
        self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """It does again."""
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)
        self._writable = None

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def read(self, most: int) -> bytes:
        """The next bytes, waiting for them if need be; empty at the end. Raises `httpcore.ReadError`."""
        while not self._waiting:
            if self.error is not None:
                raise httpcore.ReadError(str(self.error))
            if self.ended:
                return b""
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        data = self._handed = bytes(self._waiting[:most])
        del self._waiting[:most]
        if self._paused and len(self._waiting) < HIGH_WATER // 2 and self.transport is not None:
            self._paused = False
            self.transport.resume_reading()
        return data

    async def write(self, data: bytes) -> None:
        """Send. Raises `httpcore.WriteError`."""
        if self.transport is None or self.transport.is_closing():
            raise httpcore.WriteError("the connection is closed")
        self.transport.write(data)
        if self._writable is not None:
            await self._writable

    def goes_on_after(self, ending: bytes) -> bool:
        """Whether more has come than a body that ends with these bytes: it was announced too short."""
        return bool(self._waiting) or not self._handed.endswith(ending)

    def readable(self) -> bool:
        """Whether a read would return at once. On an idle connection that can only be the server's goodbye."""
        return bool(self._waiting) or self.ended or self.transport is None or self.transport.is_closing()


class Stream(httpcore.AsyncNetworkStream):
    """A connection as httpcore sees it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Deadlines for reading are the client's: it sets one for the first byte and one for the whole."""
        return await self._wire.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; the client's deadlines hold here too."""
        if buffer:
            await self._wire.write(buffer)

    async def aclose(self) -> None:
        """Close at once."""
        # abort, not close: a server that does not read would keep a closing connection open
        if self._wire.transport is not None:
            self._wire.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Encrypt the connection. Raises `ssl.SSLError` as it comes: it names the fault best."""
        transport = self._wire.transport
        assert transport is not None
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                secured = await loop.start_tls(
                    transport, self._wire, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError:
            transport.abort()
            raise httpcore.ConnectTimeout("no TLS handshake in time") from None
        except BaseException as error:
            transport.abort()
            if isinstance(error, ssl.SSLError):
                raise
            if isinstance(error, OSError):
                raise httpcore.ConnectError(str(error)) from None
            raise
        self._wire.transport = secured
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore and the client want to know of the connection."""
        if info == "is_readable":
            return self._wire.readable()
        if info == "goes_on_after":
            return self._wire.goes_on_after
        names = {"ssl_object": "ssl_object", "server_addr": "peername", "client_addr": "sockname"}
        if self._wire.transport is None or info not in {*names, "socket"}:
            return None
        return self._wire.transport.get_extra_info(names.get(info, info))


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects by name, but only to addresses that the guard has seen; `private` lifts its check."""

    def __init__(self, resolver: Resolver, *, private: bool) -> None:
        self._resolver = resolver
        self._private = private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first checked address that takes one."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolver.addresses(host, port, private=self._private)
                return Stream(await _connect_first(addresses, port, timeout))
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"no connection within {timeout:g} s") from None
        except OSError as error:
            raise httpcore.ConnectError(error.strerror or str(error)) from None

    async def sleep(self, seconds: float) -> None:
        """Part of httpcore's interface."""
        await asyncio.sleep(seconds)


async def _connect_first(addresses: list[str], port: int, timeout: float | None) -> Wire:
    """A connection to the first address that takes one; each but the last gets a share of the time only."""
    loop = asyncio.get_running_loop()
    for address in addresses[:-1]:
        share = max(1.0, timeout / len(addresses)) if timeout else None
        try:
            async with asyncio.timeout(share):
                return (await loop.create_connection(Wire, address, port))[1]
        except (OSError, TimeoutError):
            continue
    return (await loop.create_connection(Wire, addresses[-1], port))[1]


class _Key(NamedTuple):
    scheme: bytes
    host: bytes
    port: int | None
    private: bool


class HostPools(httpx.AsyncBaseTransport):
    """Sends a request over the pool of its host. `request.extensions["private"]` lifts the address check."""

    def __init__(self, resolver: Resolver | None = None, *, per_host: int = 16) -> None:
        resolver = resolver or Resolver()
        self._networks = {private: CheckedNetwork(resolver, private=private) for private in (False, True)}
        self._pools: dict[_Key, httpcore.AsyncConnectionPool] = {}
        self._in_use: dict[_Key, int] = {}
        self._per_host = per_host
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer with its body still to be read. Raises httpcore's errors and the guard's."""
        url = request.url
        key = _Key(url.raw_scheme, url.raw_host, url.port, bool(request.extensions.get("private")))
        pool = self._pools.pop(key, None) or self._open(key)
        self._pools[key] = pool  # moved to the end: the most recently used
        self._in_use[key] = self._in_use.get(key, 0) + 1
        try:
            assert isinstance(request.stream, httpx.AsyncByteStream)
            answer = await pool.handle_async_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=key.scheme, host=key.host, port=key.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except BaseException:
            self._release(key)
            raise
        if len(self._pools) > MOST_POOLS:
            await self._close_idle()
        stream = _Body(answer, self, key)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=stream, extensions=answer.extensions
        )

    def _open(self, key: _Key) -> httpcore.AsyncConnectionPool:
        if key.scheme == b"https" and self._tls is None:
            # reading the certificates takes 20 ms: once, and only when there is something to encrypt
            self._tls = httpx.create_ssl_context()
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=self._per_host,
            keepalive_expiry=KEEP_ALIVE,
            http2=True,
            network_backend=self._networks[key.private],
        )

    def _release(self, key: _Key) -> None:
        left = self._in_use.get(key, 1) - 1
        if left:
            self._in_use[key] = left
        else:
            self._in_use.pop(key, None)

    async def _close_idle(self) -> None:
        for key in [key for key in self._pools if key not in self._in_use][: len(self._pools) - MOST_POOLS]:
            await self._pools.pop(key).aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        pools = list(self._pools.values())
        self._pools.clear()
        for pool in pools:
            await pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The raw bytes of an answer's body, as they come."""

    def __init__(self, answer: httpcore.Response, pools: HostPools, key: _Key) -> None:
        self._answer = answer
        self._pools: HostPools | None = pools
        self._key = key

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        if self._pools is not None:
            self._pools._release(self._key)
            self._pools = None
            await self._answer.aclose()
