"""Hosts that ask for peace get it, hosts that are slow cost their own time, and one bad address is not a bad host."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from scraper.fetch.client import Limits
from scraper.store.sqlite import SqliteStore
from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story
from tests.scraper.server import Fault, Site

HOUR = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


def long_feed(
    play: Play, bad: int, good: int, fault: Fault, *, name: str = "harbour", extra: str = ""
) -> Site:
    """A site whose newest articles all fail."""
    site = play.site(name, articles=0, extra=extra)
    count = bad + good
    site.on(
        "/feed.xml", feed(rss(*((f"/news/{number}", f"Story {number}") for number in range(1, count + 1))))
    )
    for number in range(1, bad + 1):
        site.on(f"/news/{number}", fault)
    for number in range(bad + 1, count + 1):
        site.on(f"/news/{number}", page(story(number)))
    return site


@pytest.mark.parametrize(
    "wait", ["3600", HOUR, "86400", "999999999999"], ids=["an hour", "a date", "a day", "ages"]
)
@pytest.mark.parametrize("code", [503, 429])
def test_a_retry_after_beyond_the_run_closes_the_host_until_then(play: Play, code: int, wait: str) -> None:
    site = play.site("harbour", articles=6)
    site.on("/news/*", faults.status(code, wait), times=1)
    play.run()
    asked = len(site.asked)
    assert play.kept(site) == [] or len(play.kept(site)) < 3  # what was on its way already
    play.run()
    assert len(site.asked) == asked
    status = play.status(site)
    assert status.next_try is not None
    assert status.next_try > datetime.now(UTC) + timedelta(minutes=50)


def test_a_feed_that_asks_for_peace_gets_it_and_the_status_says_until_when(play: Play) -> None:
    site = play.site("harbour", articles=2)
    site.on("/feed.xml", faults.status(503, "7200"), times=1)
    play.run()
    asked = len(site.asked)
    play.run()
    assert len(site.asked) == asked
    status = play.status(site)
    assert [failure.cause for failure in status.failures] == ["circuit-open"]
    assert "left alone until" in status.failures[0].detail
    assert status.next_try is not None
    assert status.next_try > datetime.now(UTC) + timedelta(minutes=110)


@pytest.mark.parametrize("robots", [False, True])
def test_a_feed_that_says_when_to_come_back_waits_and_does_not_fail(play: Play, robots: bool) -> None:
    site = play.site("harbour", articles=2)
    play.run()
    site.on("/feed.xml", faults.status(429, "7200"))
    if robots:
        site.on("/robots.txt", faults.status(429, "7200"))
        forget_robots(play)
    for _ in range(4):
        play.run()
        assert play.ok
        status = play.status(site)
        assert (status.state, status.failing) == ("waiting", 0)
        assert status.next_try is not None
        assert status.next_try > datetime.now(UTC) + timedelta(minutes=110)


def test_a_page_that_says_when_to_come_back_is_no_failure_of_its_source(play: Play) -> None:
    site = play.site("harbour", articles=6)
    site.on("/news/*", faults.status(429, "7200"))
    play.run()
    status = play.status(site)
    assert play.ok
    assert (status.state, status.new) == ("ok", 0)
    assert status.next_try is not None
    play.run()
    assert play.status(site).state == "waiting"  # its feed is at the same host


@pytest.mark.parametrize(
    "fault", [faults.status(500), faults.status(503), faults.reset(), faults.truncated(), faults.status(404)]
)
def test_errors_at_the_head_of_a_feed_cost_none_of_the_pages_behind_them(play: Play, fault: Fault) -> None:
    site = long_feed(play, 5, 40, fault)
    play.run()
    assert len(play.kept(site)) == 40
    assert "circuit-open" not in play.causes(site)


def test_mute_pages_at_the_head_of_a_feed_cost_none_of_the_pages_behind_them(play: Play) -> None:
    play.limits = Limits(connect=1, first_byte=0.3, total=2, tries=2, backoff=0.01)
    site = long_feed(play, 5, 12, faults.silence(5))
    play.run()
    assert len(play.kept(site)) == 12


def test_a_host_that_dies_is_left_alone_before_all_its_pages_were_asked_for(play: Play) -> None:
    site = long_feed(play, 100, 0, faults.status(503))
    play.run()
    assert len(site.asked) < 60
    assert "circuit-open" in play.causes(site)
    assert play.status(site).next_try is not None
    play.run()
    assert play.status(site).next_try is not None


@pytest.mark.speed
def test_hosts_that_are_mute_or_drip_cost_their_own_time(play: Play) -> None:
    play.limits = Limits(connect=2, first_byte=2, total=3, tries=2, backoff=0.01)
    for number in range(20):
        play.site(f"mute{number}").on("/*", faults.silence(20))
        play.site(f"drip{number}").on("/*", faults.drip(0.2))
    honest = play.site("honest", articles=5)
    seconds = play.run()
    kept = [event for event in play.events if event.source == honest.name and event.kind == "ended"]
    assert len(play.kept(honest)) == 5
    assert kept
    ends = [event.source for event in play.events if event.kind == "ended"]
    assert ends.index("honest") < 20  # not behind those that take their time
    assert seconds < 30


@pytest.mark.speed
def test_a_drip_is_given_up_before_its_deadline(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.answers.PATIENCE", 0.5)
    play.limits = Limits(connect=2, first_byte=2, total=30, tries=1)
    site = play.site("harbour", articles=1)
    site.on("/news/*", faults.drip(0.05))
    began = time.monotonic()
    play.run()
    assert time.monotonic() - began < 10
    assert play.causes(site) == ["timeout"]


@pytest.mark.speed
def test_a_body_that_falls_silent_is_given_up_before_its_deadline(play: Play) -> None:
    play.limits = Limits(connect=2, first_byte=0.5, total=30, tries=1)
    site = play.site("harbour", articles=1)

    async def half(asked, writer) -> None:  # type: ignore[no-untyped-def]
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<html><p>The harbour")
        await writer.drain()
        await faults.silence(20)(asked, writer)

    site.on("/news/*", half)
    assert play.run() < 10
    assert play.causes(site) == ["timeout"]


def test_while_one_request_tries_a_host_again_the_others_wait_for_it(play: Play) -> None:
    site = long_feed(play, 0, 8, faults.status(503), extra="concurrency = 4")
    play.run()
    site.on("/feed.xml", feed(rss(*((f"/more/{number}", f"More {number}") for number in range(8)))))
    site.behave()
    site.on("/feed.xml", feed(rss(*((f"/more/{number}", f"More {number}") for number in range(8)))))
    for number in range(8):
        site.on(f"/more/{number}", page(story(number, title=f"Another story {number}")))
    with_trips(play, site)
    play.run()
    assert len(play.kept(site)) >= 8
    assert play.causes(site) == []


def forget_robots(play: Play) -> None:
    """Let the store know nothing of any robots.txt."""
    with SqliteStore(play.folder / "wire.db") as store:
        store.database.execute("DELETE FROM robots")


def with_trips(play: Play, site: Site) -> None:
    """Let the store say that the host was left alone until now."""
    from scraper.fetch.host import BreakerState
    from scraper.fetch.politeness import KnownHosts

    with SqliteStore(play.folder / "wire.db") as store:
        known = store.runs.known_hosts()
        troubled = (BreakerState(site.address, 5, 1, time.time() - 1, "timeout"),)
        store.runs.keep_known_hosts(KnownHosts(troubled, known.robots))
