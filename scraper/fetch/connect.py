"""The network under httpx: connections to checked addresses only, in a small pool for each host.

httpcore lets one exchange its network backend, and that is the one place where the address that is connected to is
known. A check anywhere higher (on the URL, or on an own look-up) can be undone by a second DNS answer. The streams
are plain asyncio: one layer less than httpcore's own backend, which goes through anyio.

One big httpcore pool looks at every connection, for each request, twice (and polls the idle ones' sockets); with a
hundred connections that was most of the client's time. A pool per host looks at two. It also keeps apart what must
not meet: connections to a private host that one source allows are never reused for a source that does not.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Any, NamedTuple

import httpcore
import httpx

from scraper.fetch.guard import Resolver

#: Bytes that may wait unread before the sender is held back: asyncio holds it back at twice its limit.
HIGH_WATER = 256 << 10
#: Hosts whose idle connections are kept; beyond, the longest unused are closed.
MOST_POOLS = 256
#: Seconds for which an idle connection is kept.
KEEP_ALIVE = 30.0
#: Connections to one host.
PER_HOST = 16


class Reader(asyncio.StreamReader):
    """A connection's incoming bytes; it knows what has come and was not read."""

    def __init__(self) -> None:
        super().__init__(limit=HIGH_WATER // 2)
        self._unread = 0
        self._handed = b""
        self._failure: Exception | None = None

    def feed_data(self, data: Any) -> None:
        """Take in what came."""
        self._unread += len(data)
        super().feed_data(data)

    def set_exception(self, exc: Exception) -> None:
        """Keep what broke the connection until all that came before is read."""
        self._failure = exc
        self.feed_eof()

    async def read(self, n: int = -1) -> bytes:
        """Return at most `n` bytes, waiting for them if need be; none at the end. Raises OSError."""
        self._handed = await super().read(n)
        if not self._handed and self._failure is not None:
            raise self._failure
        self._unread -= len(self._handed)
        return self._handed

    def goes_on_after(self, ending: bytes) -> bool:
        """Return whether more has come than a body that ends with these bytes: it was announced too short."""
        return self._unread > 0 or not self._handed.endswith(ending)

    def readable(self) -> bool:
        """Return whether a read would return at once. On an idle connection that can only be the server's goodbye."""
        return self._unread > 0 or self.at_eof()


class Stream(httpcore.AsyncNetworkStream):
    """A connection as httpcore sees it. Deadlines for reading and writing are the client's."""

    def __init__(self, reader: Reader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes. Raises `httpcore.ReadError`."""
        try:
            return await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from None

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send. Raises `httpcore.WriteError`."""
        if self._writer.is_closing():
            raise httpcore.WriteError("the connection is closed")
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError(str(error)) from None

    async def aclose(self) -> None:
        """Close at once: a server that does not read would keep a closing connection open."""
        self._writer.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Encrypt the connection. Raises `ssl.SSLError` as it comes: it names the fault best."""
        try:
            async with asyncio.timeout(timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException as error:
            self._writer.transport.abort()
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout("no TLS handshake in time") from None
            if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
                raise httpcore.ConnectError(str(error)) from None
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore and the client want to know of the connection."""
        if info == "is_readable":
            return self._reader.readable() or self._writer.is_closing()
        if info == "goes_on_after":
            return self._reader.goes_on_after
        names = {"server_addr": "peername", "client_addr": "sockname"}
        return self._writer.get_extra_info(names.get(info, info))


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
        """Return a connection to the first checked address that takes one."""
        try:
            async with asyncio.timeout(timeout):
                *addresses, last = await self._resolver.addresses(host, port, private=self._private)
                for address in addresses:
                    try:  # each but the last gets a share of the time only
                        async with asyncio.timeout(
                            max(1.0, timeout / (len(addresses) + 1)) if timeout else None
                        ):
                            return await _connect(address, port)
                    except (OSError, TimeoutError):
                        continue
                return await _connect(last, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"no connection within {timeout:g} s") from None
        except OSError as error:
            raise httpcore.ConnectError(error.strerror or str(error)) from None

    async def sleep(self, seconds: float) -> None:
        """Part of httpcore's interface."""
        await asyncio.sleep(seconds)


async def _connect(address: str, port: int) -> Stream:
    loop = asyncio.get_running_loop()
    reader = Reader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await loop.create_connection(lambda: protocol, address, port)
    return Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


class _Key(NamedTuple):
    scheme: bytes
    host: bytes
    port: int | None
    private: bool


class HostPools(httpx.AsyncBaseTransport):
    """Sends a request over the pool of its host. `request.extensions["private"]` lifts the address check."""

    def __init__(self, resolver: Resolver | None = None) -> None:
        resolver = resolver or Resolver()
        self._networks = {private: CheckedNetwork(resolver, private=private) for private in (False, True)}
        self._pools: dict[_Key, httpcore.AsyncConnectionPool] = {}
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its body still to be read. Raises httpcore's errors and the guard's."""
        url = request.url
        key = _Key(url.raw_scheme, url.raw_host, url.port, bool(request.extensions.get("private")))
        pool = self._pools.pop(key, None) or self._open(key)
        self._pools[key] = pool  # moved to the end: the most recently used
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
        if len(self._pools) > MOST_POOLS:
            await self._close_idle()
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def _open(self, key: _Key) -> httpcore.AsyncConnectionPool:
        if key.scheme == b"https" and self._tls is None:
            # reading the certificates takes 20 ms: once, and only when there is something to encrypt
            self._tls = httpx.create_ssl_context()
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=PER_HOST,
            keepalive_expiry=KEEP_ALIVE,
            http2=True,
            network_backend=self._networks[key.private],
        )

    async def _close_idle(self) -> None:
        idle = [key for key, pool in self._pools.items() if all(line.is_idle() for line in pool.connections)]
        for key in idle[: len(self._pools) - MOST_POOLS]:
            await self._pools.pop(key).aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        while self._pools:
            await self._pools.popitem()[1].aclose()


class _Body(httpx.AsyncByteStream):
    """The raw bytes of an answer's body, as they come."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
