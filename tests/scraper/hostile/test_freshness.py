"""HTTP's own freshness of lists is respected, a list that is gone is not asked for again, and both pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from scraper.discover.freshness import LONGEST, fresh_until
from scraper.store.sqlite import SqliteStore
from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story

NOW = datetime(2025, 1, 31, 12, tzinfo=UTC)
LATER = format_datetime(NOW + timedelta(minutes=20), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "body", "minutes"),
    [
        ({"cache-control": "max-age=600"}, b"", 10),
        ({"cache-control": 'public, max-age="600"'}, b"", 10),
        ({"cache-control": "max-age=600", "age": "300"}, b"", 5),
        ({"cache-control": "max-age=600", "age": "900"}, b"", None),
        ({"cache-control": "s-maxage=600"}, b"", None),
        ({"cache-control": "no-cache, max-age=600"}, b"", None),
        ({"cache-control": "no-store"}, b"", None),
        ({"cache-control": "max-age=0", "expires": LATER}, b"", None),
        ({"cache-control": "max-age=soon"}, b"", None),
        ({"cache-control": "max-age=-5"}, b"", None),
        ({"cache-control": "max-age=999999999999"}, b"", LONGEST.total_seconds() / 60),
        ({"expires": LATER}, b"", 20),
        ({"expires": LATER, "date": format_datetime(NOW + timedelta(minutes=5), usegmt=True)}, b"", 15),
        ({"expires": "0"}, b"", None),
        ({"expires": "Fri, 99 Foo 99999"}, b"", None),
        ({}, b"<rss><channel><ttl>60</ttl>", 60),
        ({}, b"<rss><channel><ttl>soon</ttl>", None),
        ({}, b"<rss><channel><ttl>0</ttl>", None),
        ({"cache-control": "max-age=60"}, b"<rss><channel><ttl> 60 </ttl>", 60),
        ({}, b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ({}, b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
        (
            {},
            b"<sy:updatePeriod>daily</sy:updatePeriod>",
            None,
        ),  # news is not once a day, whatever a template says
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], body: bytes, minutes: float | None) -> None:
    found = fresh_until(headers, body, NOW)
    assert (found and (found - NOW).total_seconds() / 60) == minutes


def later(play: Play, hours: float) -> None:
    """Let what the store knows of lists be so many hours older."""
    with SqliteStore(play.folder / "wire.db") as store:
        rows = store.database.rows("SELECT url, fresh_until FROM validator WHERE fresh_until IS NOT NULL")
        for url, until in rows:
            moved = datetime.fromisoformat(until) - timedelta(hours=hours)
            store.database.execute(
                "UPDATE validator SET fresh_until = ? WHERE url = ?", (f"{moved:%Y-%m-%dT%H:%M:%SZ}", url)
            )


@pytest.mark.parametrize("headers", [{"Cache-Control": "max-age=3600"}, {}])
def test_a_feed_is_not_asked_for_while_it_is_fresh(play: Play, headers: dict[str, str]) -> None:
    site = play.site("harbour", articles=0)
    inside = "" if headers else "<ttl>60</ttl>"
    site.on("/feed.xml", feed(rss(("/news/1", "One"), inside=inside), headers), times=1)
    site.on("/feed.xml", feed(rss(("/news/1", "One"), ("/news/2", "Two"))))
    for number in (1, 2):
        site.on(f"/news/{number}", page(story(number)))
    play.run()
    play.run()
    assert site.paths().count("/feed.xml") == 1
    assert play.status(site).state == "ok"
    later(play, 1.1)
    play.run()
    assert len(play.kept(site)) == 2


def test_a_feed_that_is_gone_is_not_asked_for_again_but_shown(play: Play) -> None:
    site = play.site("harbour", articles=2)
    site.on("/feed.xml", faults.status(410))
    for _ in range(3):
        play.run()
        assert play.causes(site) == ["status-410"]
    assert site.paths().count("/feed.xml") == 1
    assert "not asked again before" in play.status(site).failures[0].detail
    site.behave()
    later(play, 24 * 8)
    play.run()
    assert len(play.kept(site)) == 2


def test_who_retries_what_failed_asks_for_everything(play: Play) -> None:
    site = play.site("harbour", articles=2)
    site.on("/feed.xml", faults.status(410), times=1)
    play.run()
    play.run(forgive=True)
    assert len(play.kept(site)) == 2


@pytest.mark.parametrize("gone", [False, True])
def test_a_list_is_not_left_unasked_for_longer_than_any_list_is(play: Play, gone: bool) -> None:
    site = play.site("harbour", articles=1)
    if gone:
        site.on("/feed.xml", faults.status(410))
    else:
        site.on("/feed.xml", feed(rss(("/news/1", "Story 1")), {"Cache-Control": "max-age=3600"}))
    play.run()
    later(play, -24 * 3650)  # a clock that was ahead of its time
    play.run()
    assert [asked.path for asked in site.asked].count("/feed.xml") == 2
