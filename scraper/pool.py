"""The connection pool: an httpx transport over one small httpcore pool per host.

One big httpcore pool looks at every connection, for each request, twice (and polls the idle ones' sockets); with a
hundred connections that was most of the client's time. A pool per host looks at two. It also keeps apart what must
not meet: connections to a private host that one source allows are never reused for a source that does not.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from typing import NamedTuple

import httpcore
import httpx

from scraper.connect import CheckedNetwork
from scraper.guard import Resolver

MOST_POOLS = 256
"""Hosts whose idle connections are kept; beyond, the longest unused are closed."""

KEEP_ALIVE = 30.0


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
