"""The network under httpx: connections to checked addresses only, in a small pool for each host.

httpcore lets one exchange its network backend, and that is the one place where the address that is connected to is
known. A check anywhere higher (on the URL, or on an own look-up) can be undone by a second DNS answer. The connections
themselves are those of httpcore's own backend.

One big httpcore pool looks at every connection, for each request, twice (and polls the idle ones' sockets); with a
hundred connections that was most of the client's time. A pool per host looks at two. It also keeps apart what must
not meet: connections to a private host that one source allows are never reused for a source that does not.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Any, NamedTuple

import httpcore
import httpx

from scraper.addresses import split_login
from scraper.errors import NameNotFound
from scraper.fetch.guard import Resolver

#: Hosts whose idle connections are kept; beyond, the longest unused are closed.
MOST_POOLS = 256
#: Seconds for which an idle connection is kept.
KEEP_ALIVE = 30.0
#: Connections to one host.
PER_HOST = 16


class Stream(httpcore.AsyncNetworkStream):
    """One of httpcore's own connections, which knows what was read of it last."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._handed = b""
        self.write = stream.write  # type: ignore[method-assign]
        self.aclose = stream.aclose  # type: ignore[method-assign]

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes; none at the end. Raises `httpcore.ReadError`."""
        self._handed = await self._stream.read(max_bytes, timeout)
        return self._handed

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection encrypted. Raises `httpcore.ConnectError`, whose cause may be an `ssl.SSLError`."""
        return Stream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore and the client want to know of the connection."""
        return self.goes_on_after if info == "goes_on_after" else self._stream.get_extra_info(info)

    def goes_on_after(self, ending: bytes) -> bool:
        """Return whether more has come than a body that ends with these bytes: it was announced too short."""
        return not self._handed.endswith(ending)


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects by name, but only to addresses that the guard has seen; `private` lifts its check."""

    def __init__(self, resolver: Resolver, *, private: bool) -> None:
        self._resolver = resolver
        self._private = private
        self._network = httpcore.AnyIOBackend()

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
                    # each but the last gets a share of the time only
                    share = max(1.0, timeout / (len(addresses) + 1)) if timeout else None
                    with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                        return Stream(await self._network.connect_tcp(address, port, share))
                return Stream(await self._network.connect_tcp(last, port))
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"no connection within {timeout:g} s") from None
        except httpcore.ConnectError as error:
            # "all attempts failed" is said of the one address; the cause says what happened there
            raise httpcore.ConnectError(str(error.args[0].__cause__ or error)) from None


class _Key(NamedTuple):
    scheme: bytes
    host: bytes
    port: int | None
    private: bool
    proxy: str | None


class HostPools(httpx.AsyncBaseTransport):
    """Sends a request over the pool of its host. `request.extensions["private"]` lifts the address check.

    `request.extensions["proxy"]` names a proxy, which may be private; the host behind it is looked up and checked here
    first, unless its name is known to the proxy alone.
    """

    def __init__(self, resolver: Resolver | None = None) -> None:
        self._resolver = resolver = resolver or Resolver()
        self._networks = {private: CheckedNetwork(resolver, private=private) for private in (False, True)}
        self._pools: dict[_Key, httpcore.AsyncConnectionPool] = {}
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its body still to be read. Raises httpcore's errors and the guard's."""
        url = request.url
        private, proxy = bool(request.extensions.get("private")), request.extensions.get("proxy")
        if proxy is not None:
            with suppress(NameNotFound):
                await self._resolver.addresses(url.raw_host.decode("ascii"), url.port or 443, private=private)
        key = _Key(url.raw_scheme, url.raw_host, url.port, private, proxy)
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
        options: dict[str, Any] = {
            "ssl_context": self._tls,
            "max_connections": PER_HOST,
            "keepalive_expiry": KEEP_ALIVE,
            "http2": True,
            "network_backend": self._networks[key.private or key.proxy is not None],
        }
        if key.proxy is None:
            return httpcore.AsyncConnectionPool(**options)
        if key.proxy.startswith("socks5"):
            proxy = httpx.URL(key.proxy)
            user = (proxy.username, proxy.password) if proxy.username else None
            return httpcore.AsyncSOCKSProxy(f"socks5://{proxy.netloc.decode()}", user, **options)
        address, login = split_login(key.proxy)
        told: dict[str | bytes, str | bytes] = {"Proxy-Authorization": login} if login else {}
        return httpcore.AsyncHTTPProxy(address, proxy_headers=told, **options)

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
