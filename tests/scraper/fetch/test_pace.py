"""No host sees two requests closer than its delay, nor more at once than its concurrency."""

import asyncio
import time
from itertools import pairwise

import pytest

from scraper.fetch.client import Client
from scraper.fetch.pace import Pace
from scraper.sources import Source
from tests.scraper.server import Web


def run_turns(
    pace: Pace, count: int, *, delay: float, concurrency: int, answer: float, body: float
) -> list[float]:
    """`count` requests at once, each answered after `answer` seconds and read for `body`; when each was sent."""
    sent: list[float] = []

    async def one() -> None:
        async with pace.turn("example.org", delay=delay, concurrency=concurrency) as turn:
            sent.append(time.monotonic())
            await asyncio.sleep(answer)
            turn.answered()
            await asyncio.sleep(body)

    async def run() -> None:
        await asyncio.gather(*(one() for _ in range(count)))

    asyncio.run(run())
    return sent


def test_requests_are_apart_by_the_delay_from_answer_to_request() -> None:
    sent = run_turns(Pace(), 4, delay=0.05, concurrency=3, answer=0.02, body=0.1)
    assert all(later - earlier >= 0.07 for earlier, later in pairwise(sent))


def test_a_body_that_is_still_read_does_not_hold_up_the_next_request() -> None:
    sent = run_turns(Pace(), 3, delay=0.01, concurrency=3, answer=0.0, body=0.5)
    assert sent[-1] - sent[0] < 0.4


def test_the_concurrency_holds_with_the_pace_off() -> None:
    at_once, most = 0, 0

    async def one(pace: Pace) -> None:
        nonlocal at_once, most
        async with pace.turn("example.org", delay=9.0, concurrency=2):
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.005)
            at_once -= 1

    async def run() -> None:
        pace = Pace(enabled=False)
        await asyncio.gather(*(one(pace) for _ in range(12)))

    asyncio.run(run())
    assert most == 2


def test_hosts_do_not_wait_for_each_other() -> None:
    async def run() -> float:
        pace = Pace()
        began = time.monotonic()

        async def one(host: str) -> None:
            async with pace.turn(host, delay=5.0, concurrency=1):
                pass

        await asyncio.gather(*(one(f"site{number}.test") for number in range(20)))
        return time.monotonic() - began

    assert asyncio.run(run()) < 1.0


def test_the_most_careful_of_two_sources_with_one_host_is_followed() -> None:
    async def run() -> float:
        pace = Pace()
        async with pace.turn("example.org", delay=0.1, concurrency=1):
            pass
        began = time.monotonic()
        async with pace.turn("example.org", delay=0.0, concurrency=5):
            return time.monotonic() - began

    assert asyncio.run(run()) >= 0.09


def test_a_request_that_is_given_up_while_it_waits_leaves_no_gap_behind() -> None:
    async def run() -> None:
        pace = Pace()
        first = pace.turn("example.org", delay=0.0, concurrency=1)
        await first.__aenter__()

        async def one() -> None:
            async with pace.turn("example.org", delay=0.0, concurrency=1):
                pass

        impatient, patient = asyncio.create_task(one()), asyncio.create_task(one())
        await asyncio.sleep(0)
        impatient.cancel()
        await first.__aexit__(None, None, None)
        await asyncio.wait_for(patient, 1)

    asyncio.run(run())


def test_a_host_that_asked_for_a_pause_gets_it_even_with_the_pace_off() -> None:
    async def run() -> float:
        pace = Pace(enabled=False)
        async with pace.turn("example.org", delay=0.0, concurrency=2):
            pace.hold("example.org", 0.1)
        began = time.monotonic()
        async with pace.turn("example.org", delay=0.0, concurrency=2):
            return time.monotonic() - began

    assert asyncio.run(run()) >= 0.09


@pytest.mark.parametrize(
    ("robots", "delay", "least"), [(None, 0.08, 0.08), ("User-agent: *\nCrawl-delay: 0.1", 0, 0.1)]
)
def test_a_server_sees_the_delay_kept(robots: str | None, delay: float, least: float) -> None:
    with Web() as web:
        site = web.site("harbour", articles=6, robots=robots)

        async def run() -> None:
            source = Source("harbour", delay=delay, concurrency=3, allow_hosts=(site.address,))
            async with Client(user_agent="wireclean/test") as client:
                paths = [site.newsroom.path(number) for number in range(1, 7)]
                await asyncio.gather(*(client.fetch(site.url(path), source) for path in paths))

        asyncio.run(run())
        articles = [asked.time for asked in site.asked if asked.path.startswith("/news/")]
        assert len(articles) == 6
        assert all(later - earlier >= least for earlier, later in pairwise(articles))
        assert site.most_active <= 3
