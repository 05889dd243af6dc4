"""A host that keeps failing is left alone for a growing while, and tried carefully after it; no host sees two requests
closer than its delay, nor more at once than its concurrency.
"""

import asyncio
import time
from itertools import pairwise

import pytest

from scraper.errors import BadStatus
from scraper.fetch.client import Client
from scraper.fetch.host import (
    FIRST_WAIT,
    LONGEST_ASKED,
    LONGEST_WAIT,
    PATIENCE,
    THRESHOLD,
    BreakerState,
    Host,
)
from scraper.fetch.politeness import KnownHosts, Politeness
from scraper.sources import Source
from tests.scraper.server import Web

URL = "https://example.org/news/1"


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def untroubled() -> Host:
    return Host(BreakerState("example.org"), clock=Clock())


def tripped(clock: Clock) -> Host:
    host = Host(BreakerState("example.org"), clock=clock)
    for _ in range(THRESHOLD):
        host.failed("timeout")
    return host


def test_a_few_failures_change_nothing() -> None:
    host = untroubled()
    for _ in range(THRESHOLD - 1):
        host.failed("timeout")
    assert host.enter() == 0.0


def test_failures_with_a_success_between_them_do_not_add_up() -> None:
    host = untroubled()
    for _ in range(THRESHOLD * 3):
        host.failed("timeout")
        host.succeeded()
    assert host.left() == 0.0


def test_after_enough_failures_the_host_is_left_alone() -> None:
    assert tripped(Clock()).enter() == FIRST_WAIT


def test_a_host_that_works_is_left_alone_for_many_addresses_only_each_counted_once() -> None:
    host = untroubled()
    host.succeeded()
    for number in range(PATIENCE - 1):
        for _ in range(3):
            host.failed("status-500", address=f"https://example.org/{number}")
    assert host.left() == 0.0
    assert host.is_suspect
    host.failed("status-500", address="https://example.org/one-more")
    assert host.left() == FIRST_WAIT


def test_after_the_wait_one_request_is_let_through_and_the_others_are_held_off() -> None:
    clock = Clock()
    host = tripped(clock)
    clock.now += FIRST_WAIT + 1
    assert host.enter() == 0.0
    assert host.enter() > 0.0
    host.succeeded()
    assert host.enter() == 0.0


def test_each_failed_try_doubles_the_wait_up_to_a_day() -> None:
    clock = Clock()
    host = tripped(clock)
    waits = []
    for _ in range(14):
        clock.now += host.left() + 1
        assert host.enter() == 0.0
        host.failed("timeout")
        waits.append(host.left())
    assert waits[:3] == [2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT


def test_requests_that_were_under_way_when_it_tripped_do_not_make_it_worse() -> None:
    host = tripped(Clock())
    for _ in range(10):
        host.failed("timeout")
    assert host.left() == FIRST_WAIT


def test_a_host_that_names_its_own_wait_gets_it_at_once() -> None:
    host = untroubled()
    host.failed("status-429", 7200.0)
    assert host.left() == 7200.0
    host = untroubled()
    host.failed("status-429", 10.0**9)
    assert host.left() == LONGEST_ASKED


def test_a_wait_that_a_host_asks_for_is_no_trouble_unless_it_asks_again_and_again() -> None:
    clock = Clock()
    host = Host(BreakerState("example.org"), clock=clock)
    for number in range(THRESHOLD):
        host.failed("status-429", 3600.0)
        assert host.state.asked is (number < THRESHOLD - 1)
        clock.now += 3601
        assert host.enter() == 0.0
        assert host.enter() > 0.0  # one request tries it


def test_a_try_that_was_cancelled_lets_the_next_one_through() -> None:
    clock = Clock()
    host = tripped(clock)
    clock.now += FIRST_WAIT + 1
    assert host.enter() == 0.0
    host.left_without()
    assert host.enter() == 0.0


def test_the_next_run_knows_what_this_one_learnt() -> None:
    clock = Clock()
    state = tripped(clock).state
    assert (state.host, state.cause, state.failures) == ("example.org", "timeout", THRESHOLD)
    assert Host(state, clock=clock).left() == FIRST_WAIT


def host() -> Host:
    return Host(BreakerState("example.org"))


def politeness(*, paced: bool) -> Politeness:
    return Politeness("wireclean", paced=paced, longest_wait=30.0, known=KnownHosts())


def run_turns(count: int, *, delay: float, concurrency: int, answer: float, body: float) -> list[float]:
    """`count` requests at once, each answered after `answer` seconds and read for `body`; when each was sent."""
    sent: list[float] = []

    async def one(host: Host) -> None:
        async with host.turn(delay=delay, concurrency=concurrency) as answered:
            sent.append(time.monotonic())
            await asyncio.sleep(answer)
            answered()
            await asyncio.sleep(body)

    async def run() -> None:
        shared = host()
        await asyncio.gather(*(one(shared) for _ in range(count)))

    asyncio.run(run())
    return sent


def test_requests_are_apart_by_the_delay_from_answer_to_request() -> None:
    sent = run_turns(4, delay=0.05, concurrency=3, answer=0.02, body=0.1)
    assert all(later - earlier >= 0.07 for earlier, later in pairwise(sent))


def test_a_body_that_is_still_read_does_not_hold_up_the_next_request() -> None:
    sent = run_turns(3, delay=0.01, concurrency=3, answer=0.0, body=0.5)
    assert sent[-1] - sent[0] < 0.4


def test_the_concurrency_holds_with_the_pace_off() -> None:
    at_once, most = 0, 0

    async def one(polite: Politeness) -> None:
        nonlocal at_once, most
        async with polite.turn(URL, 9.0, 2):
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.005)
            at_once -= 1

    async def run() -> None:
        polite = politeness(paced=False)
        await asyncio.gather(*(one(polite) for _ in range(12)))

    asyncio.run(run())
    assert most == 2


def test_hosts_do_not_wait_for_each_other() -> None:
    async def run() -> float:
        polite = politeness(paced=True)
        began = time.monotonic()

        async def one(name: str) -> None:
            async with polite.turn(f"https://{name}/", 5.0, 1):
                pass

        await asyncio.gather(*(one(f"site{number}.test") for number in range(20)))
        return time.monotonic() - began

    assert asyncio.run(run()) < 1.0


def test_the_most_careful_of_two_sources_with_one_host_is_followed() -> None:
    async def run() -> float:
        shared = host()
        async with shared.turn(delay=0.1, concurrency=1):
            pass
        began = time.monotonic()
        async with shared.turn(delay=0.0, concurrency=5):
            return time.monotonic() - began

    assert asyncio.run(run()) >= 0.09


def test_a_request_that_is_given_up_while_it_waits_leaves_no_gap_behind() -> None:
    async def run() -> None:
        shared = host()
        first = shared.turn(delay=0.0, concurrency=1)
        await first.__aenter__()

        async def one() -> None:
            async with shared.turn(delay=0.0, concurrency=1):
                pass

        impatient, patient = asyncio.create_task(one()), asyncio.create_task(one())
        await asyncio.sleep(0)
        impatient.cancel()
        await first.__aexit__(None, None, None)
        await asyncio.wait_for(patient, 1)

    asyncio.run(run())


def test_a_host_that_asked_for_a_pause_gets_it_even_with_the_pace_off() -> None:
    async def run() -> float:
        polite = politeness(paced=False)
        with pytest.raises(BadStatus):
            async with polite.turn(URL, 0.0, 2):
                raise BadStatus(URL, 429, retry_after=0.1)
        began = time.monotonic()
        async with polite.turn(URL, 0.0, 2):
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
