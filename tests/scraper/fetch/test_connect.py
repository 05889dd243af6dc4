"""The connections under the client: httpcore's own, to checked addresses, and what they know of a body's end."""

import asyncio

import httpcore
import pytest

from scraper.fetch.client import Client, Limits
from scraper.fetch.connect import CheckedNetwork, Stream
from scraper.fetch.guard import Resolver
from scraper.sources import Source


def test_more_than_was_announced_is_seen() -> None:
    async def run() -> None:
        stream = Stream(httpcore.AsyncMockStream([b"HTTP/1.1 200 OK\r\n\r\nhello"]))
        await stream.read(100)
        assert not stream.goes_on_after(b"hello")
        assert stream.goes_on_after(b"hell")

    asyncio.run(run())


def test_an_address_that_takes_no_connection_is_passed_over_for_the_next() -> None:
    async def run() -> str:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews")
            await writer.drain()
            writer.close()

        async def look_up(host: str, port: int) -> list[str]:
            return ["127.0.0.2", "127.0.0.1"]

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        source = Source("two", allow_hosts=("two.test",), respect_robots=False)
        async with (
            server,
            Client(user_agent="x", resolver=Resolver(look_up), limits=Limits(tries=1)) as client,
        ):
            return (await client.fetch(f"http://two.test:{port}/", source)).body.decode()

    assert asyncio.run(run()) == "news"


def test_a_refused_connection_says_that_it_was_refused() -> None:
    async def run() -> None:
        server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        await CheckedNetwork(Resolver(), private=True).connect_tcp("127.0.0.1", port, 1.0)

    with pytest.raises(httpcore.ConnectError, match="Connect call failed"):
        asyncio.run(run())
