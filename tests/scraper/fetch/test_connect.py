"""The stream under the client: nothing is lost, and a server that sends too fast is held back."""

import asyncio

import pytest

from scraper.fetch.connect import HIGH_WATER, Reader


class Pipe(asyncio.Transport):
    """A transport that only remembers whether it was told to pause."""

    def __init__(self) -> None:
        super().__init__()
        self.paused = False

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False

    def is_closing(self) -> bool:
        return False


def wire() -> tuple[Reader, Pipe]:
    made, pipe = Reader(), Pipe()
    made.set_transport(pipe)
    return made, pipe


def test_bytes_come_out_as_they_went_in() -> None:
    async def run() -> None:
        stream, _ = wire()
        stream.feed_data(b"one ")
        stream.feed_data(b"two")
        assert await stream.read(5) == b"one t"
        assert await stream.read(100) == b"wo"
        reading = asyncio.create_task(stream.read(100))
        await asyncio.sleep(0)
        stream.feed_data(b"three")
        assert await reading == b"three"
        stream.feed_eof()
        assert await stream.read(100) == b""

    asyncio.run(run())


def test_a_server_that_sends_faster_than_we_read_is_held_back_and_let_go_again() -> None:
    async def run() -> None:
        stream, pipe = wire()
        stream.feed_data(b"x" * (HIGH_WATER + 1))
        assert pipe.paused
        await stream.read(HIGH_WATER)
        assert not pipe.paused

    asyncio.run(run())


def test_a_connection_that_breaks_gives_first_what_came_and_then_the_error() -> None:
    async def run() -> None:
        stream, _ = wire()
        stream.feed_data(b"half")
        stream.set_exception(ConnectionResetError("reset"))
        assert await stream.read(100) == b"half"
        with pytest.raises(ConnectionResetError):
            await stream.read(100)

    asyncio.run(run())


def test_more_than_was_announced_is_seen() -> None:
    async def run() -> None:
        stream, _ = wire()
        stream.feed_data(b"HTTP/1.1 200 OK\r\n\r\nhello")
        await stream.read(100)
        assert not stream.goes_on_after(b"hello")
        assert stream.goes_on_after(b"hell")
        stream.feed_data(b"o again")
        assert stream.goes_on_after(b"hello")

    asyncio.run(run())
