"""Whether and when a host may be asked is decided in one place, and learnt from how each request ends."""

import asyncio
from collections.abc import Callable

import pytest

from scraper.errors import BadStatus, CircuitOpen, FetchError, RefusedAddress, RobotsForbid, TimedOut
from scraper.fetch.host import THRESHOLD, BreakerState
from scraper.fetch.politeness import KnownHosts, Politeness
from scraper.sources import Source

URL = "https://example.org/news/1"


def politeness(known: KnownHosts | None = None) -> Politeness:
    return Politeness("wireclean", paced=False, longest_wait=30.0, known=known or KnownHosts())


def robots(text: str) -> Callable[[str], object]:
    async def ask(url: str) -> tuple[int, bytes]:
        assert url == "https://example.org/robots.txt"
        return 200, text.encode()

    return ask


async def fail(polite: Politeness, *failures: FetchError) -> None:
    for failure in failures:
        with pytest.raises(type(failure)):
            async with polite.turn(URL, 0.0, 1):
                raise failure


def permit(polite: Politeness, source: Source, text: str | None) -> float:
    return asyncio.run(polite.permit(URL, source, robots(text) if text is not None else None))  # type: ignore[arg-type]


def test_the_longer_of_two_delays_holds() -> None:
    assert permit(politeness(), Source("a", delay=2.0), "User-agent: *\nCrawl-delay: 5") == 5.0
    assert permit(politeness(), Source("a", delay=9.0), "User-agent: *\nCrawl-delay: 5") == 9.0
    assert permit(politeness(), Source("a", delay=2.0), None) == 2.0


def test_what_robots_txt_forbids_is_not_permitted() -> None:
    with pytest.raises(RobotsForbid):
        permit(politeness(), Source("a"), "User-agent: *\nDisallow: /news/")


def test_a_host_in_trouble_is_not_even_asked_for_its_robots_txt() -> None:
    async def never(url: str) -> tuple[int, bytes]:
        raise AssertionError(url)

    polite = politeness(KnownHosts((BreakerState("example.org", 5, 1, 10.0**11, "timeout"),)))
    assert polite.is_left_alone(URL)
    with pytest.raises(CircuitOpen):
        asyncio.run(polite.permit(URL, Source("a"), never))


def test_a_host_that_fails_again_and_again_is_left_alone_and_remembered() -> None:
    polite = politeness()
    asyncio.run(fail(polite, *[TimedOut(URL)] * THRESHOLD))
    assert polite.is_left_alone(URL)
    assert [host.host for host in polite.known_hosts().left_alone] == ["example.org"]
    assert not polite.is_left_alone("https://example.com/")


def test_a_missing_page_shows_that_the_host_works() -> None:
    polite = politeness()
    asyncio.run(fail(polite, *[TimedOut(URL)] * (THRESHOLD - 1), BadStatus(URL, 404), TimedOut(URL)))
    assert not polite.is_left_alone(URL)


def test_an_address_that_was_never_connected_to_says_nothing_of_its_host() -> None:
    polite = politeness()
    asyncio.run(fail(polite, *[TimedOut(URL)] * (THRESHOLD - 1), RefusedAddress(URL), TimedOut(URL)))
    assert polite.is_left_alone(URL)


def test_a_host_that_asks_for_a_long_peace_gets_it_at_once() -> None:
    polite = politeness()
    asyncio.run(fail(polite, BadStatus(URL, 429, retry_after=3600.0)))
    assert polite.is_left_alone(URL)


def test_what_another_worker_found_in_trouble_is_left_alone_and_what_this_one_knows_better_stands() -> None:
    polite = politeness(KnownHosts((BreakerState("valley.test", 9, 2, 10.0**11, "dns"),)))
    assert not polite.is_left_alone(URL)
    polite.learn(
        KnownHosts(
            (
                BreakerState("example.org", 5, 1, 10.0**11, "timeout"),
                BreakerState("valley.test", 5, 1, 10.0**10, "timeout"),
                BreakerState("fine.test", 1),
            )
        )
    )
    assert polite.is_left_alone(URL)
    assert {(host.host, host.failures) for host in polite.known_hosts().troubled} == {
        ("example.org", 5),
        ("valley.test", 9),
    }
