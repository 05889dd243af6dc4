"""What `scrape status` knows: how each source fared, why it failed, and when it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.commands.browsing import status_json, status_table
from scraper.errors import BadStatus, TimedOut, as_fetch_error
from scraper.fetch.host import BreakerState
from scraper.fetch.politeness import KnownHosts
from scraper.fetch.robots import RobotsRecord
from scraper.health import changes_in
from scraper.store.protocol import Day, SourceStatus, Store, Tally
from tests.scraper.store.conftest import Clock
from tests.scraper.store.shelved import article, remember, shelve

DAY_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def only(store: Store) -> SourceStatus:
    [status] = store.runs.statuses(DAY_AGO)
    return status


def test_a_store_without_runs_says_so(store: Store) -> None:
    assert status_table(store.runs.statuses(DAY_AGO), []) == "No run yet.\n"


def test_a_source_that_works(store: Store) -> None:
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    shelve(store, "https://example.org/a", article())
    store.runs.end_source(run, "harbour", Tally(found=1, new=1))
    store.runs.end(run, "done")
    status = only(store)
    assert (status.state, status.new, status.today, status.articles) == ("ok", 1, 1, 1)
    assert status.last_success is not None
    assert status.failures == ()


def test_a_source_that_fails_shows_the_cause_the_next_try_and_its_last_success(store: Store) -> None:
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    store.runs.end_source(run, "harbour", Tally(new=1))
    store.runs.end(run, "done")
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    remember(store, "harbour", "https://example.org/a")
    store.addresses.fail(
        run, store.addresses.claim("harbour", 1)[0], TimedOut("https://example.org/a", "first byte")
    )
    store.runs.note_failure(run, "harbour", BadStatus("https://example.org/feed.xml", 503))
    store.runs.end_source(run, "harbour", Tally(failed=1, troubled=True))
    store.runs.end(run, "failures")
    status = only(store)
    assert status.state == "failing"
    assert status.last_success is not None
    assert status.next_try is not None
    assert {failure.cause for failure in status.failures} == {"timeout", "status-503"}
    table = status_table([status], [])
    assert "harbour: timeout: https://example.org/a (first byte)" in table
    assert "harbour: status-503: https://example.org/feed.xml" in table


def test_a_cause_is_shown_until_its_article_is_kept(store: Store, clock: Clock) -> None:
    url = "https://example.org/a"
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    remember(store, "harbour", url)
    store.addresses.fail(
        run, store.addresses.claim("harbour", 1)[0], TimedOut("https://cdn.example.org/a", "first byte")
    )
    store.runs.end_source(run, "harbour", Tally(failed=1))
    for _ in range(2):
        run = store.runs.begin()
        store.runs.begin_source(run, "harbour")
        store.runs.end_source(run, "harbour", Tally())
    [failure] = only(store).failures
    assert (failure.cause, failure.times, failure.url) == ("timeout", 1, url)
    assert failure.detail == "first byte, at https://cdn.example.org/a"
    clock.go_on(days=1)
    shelve(store, url, article())
    assert only(store).failures == ()


def test_a_run_that_was_killed_is_not_taken_for_a_success(store: Store) -> None:
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    assert only(store).state == "running"
    store.runs.end(run, "stopped")
    assert only(store).state == "unfinished"
    assert only(store).last_success is None


def test_a_host_that_is_left_alone_is_shown_with_its_time(store: Store) -> None:
    troubled = BreakerState("example.org", 7, 2, 1738317600.0, "timeout"), BreakerState("fine.test", 1)
    store.runs.keep_known_hosts(KnownHosts(troubled))
    [host] = store.runs.known_hosts().left_alone
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    table = status_table(store.runs.statuses(DAY_AGO), [host])
    assert "example.org is left alone until 2025-01-31 10:00: 7 failures, timeout" in table
    assert status_json([], [host])["hosts"] == [
        {
            "host": "example.org",
            "cause": "timeout",
            "failures": 7,
            "until": datetime(2025, 1, 31, 10, tzinfo=UTC),
        }
    ]


def test_a_host_is_not_left_alone_for_longer_than_any_wait(store: Store, clock: Clock) -> None:
    week = clock.time + timedelta(days=7)
    hosts = [BreakerState(f"{year}.test", 5, 1, week.replace(year=year).timestamp()) for year in (2025, 2036)]
    store.runs.keep_known_hosts(KnownHosts(tuple(hosts)))
    assert store.runs.known_hosts().left_alone == hosts[:1]
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    store.runs.note_failure(run, "harbour", BadStatus("https://2036.test/feed", 503))
    assert only(store).next_try is None


def test_what_is_known_of_hosts_comes_back_as_it_was_kept(store: Store) -> None:
    known = KnownHosts(
        (BreakerState("example.org", 7, 2, 1738317600.5, "timeout"),),
        (RobotsRecord("https://example.org", 200, "User-agent: *", 1738317600.5),),
    )
    store.runs.keep_known_hosts(known)
    assert store.runs.known_hosts() == known
    store.runs.keep_known_hosts(KnownHosts())
    assert store.runs.known_hosts() == KnownHosts((), known.robots)


@pytest.mark.parametrize(
    ("tally", "ok"),
    [
        (Tally(), True),
        (Tally(new=3, failed=1), True),
        (Tally(failed=1), True),
        (Tally(failed=2, unchanged=0), True),
        (Tally(failed=3), False),
        (Tally(new=3, failed=3), True),
        (Tally(new=3, failed=4), False),
        (Tally(new=3, troubled=True), False),
        (Tally(failed=5, alone=3), True),
        (Tally(failed=5, alone=2), False),
    ],
)
def test_a_source_works_when_all_its_lists_could_be_read_and_most_of_its_pages_came(
    tally: Tally, ok: bool
) -> None:
    assert tally.ok is ok


def test_what_is_counted_of_a_day_outlives_its_articles(store: Store, clock: Clock) -> None:
    shelve(store, "https://example.org/a", article("One.", "Two.", removed=["Get the app"]))
    today = clock.time.date()
    expected = [Day("harbour", today, articles=1, lines=2, removed=1)]
    assert store.runs.days(today) == expected
    store.articles.prune(clock.time + timedelta(days=1))
    assert store.runs.days(today) == expected
    assert store.runs.days(today + timedelta(days=1)) == []
    assert changes_in(store, clock.time) == {}


def test_failures_are_found_by_number_and_by_address_the_last_first(store: Store, clock: Clock) -> None:
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    for number in (1, 2):
        fault = as_fetch_error(f"https://example.org/{number}", ValueError(f"odd {number} \ud83d"))
        store.runs.note_failure(run, "harbour", fault)
    second, first = store.runs.failures()
    assert (first.url, first.detail) == ("https://example.org/1", "ValueError: odd 1 ?")
    assert first.trace is not None
    assert "ValueError: odd 1" in first.trace
    assert store.runs.failures(str(first.id)) == [first]
    assert store.runs.failures("https://example.org/2") == [second]
    assert store.runs.failures("https://desk:s3cr3t@example.org/2#top") == [second]
    assert store.runs.failures("https://example.org/3") == []
    assert store.runs.failures("9" * 30) == []
    assert store.runs.failures(most=1) == [second]


def test_each_cause_is_shown_with_an_address_and_a_reason_that_belong_together(store: Store) -> None:
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    store.runs.note_failure(run, "harbour", TimedOut("https://example.org/z", "no answer"))
    store.runs.note_failure(run, "harbour", TimedOut("https://example.org/a", "no complete body"))
    store.runs.end_source(run, "harbour", Tally(troubled=True))
    [failure] = only(store).failures
    assert (failure.url, failure.detail, failure.times) == ("https://example.org/a", "no complete body", 2)


def test_runs_that_fail_in_a_row_are_counted_since_the_last_that_did_not(store: Store) -> None:
    counted = []
    for troubled in (True, False, True, True, False, True):
        run = store.runs.begin()
        store.runs.begin_source(run, "harbour")
        store.runs.end_source(run, "harbour", Tally(troubled=troubled))
        counted.append(only(store).failing)
    assert counted == [1, 0, 1, 2, 0, 1]


def test_what_was_told_is_remembered(store: Store) -> None:
    assert store.runs.told() == set()
    store.runs.keep_told({("harbour", "fails"), ("valley", "silent")})
    store.runs.keep_told({("valley", "silent")})
    assert store.runs.told() == {("valley", "silent")}


def test_a_source_that_waits_as_its_host_asked_is_as_it_was(store: Store) -> None:
    for tally in (Tally(new=1), Tally(troubled=True), Tally(waits=True), Tally(waits=True)):
        run = store.runs.begin()
        store.runs.begin_source(run, "harbour")
        store.runs.end_source(run, "harbour", tally)
        store.runs.end(run, "done")
    assert (only(store).state, only(store).failing) == ("waiting", 0)
    run = store.runs.begin()
    store.runs.begin_source(run, "harbour")
    store.runs.end_source(run, "harbour", Tally(troubled=True, waits=True))
    assert (only(store).state, only(store).failing) == ("failing", 2)


def test_one_failure_is_said_of_one() -> None:
    hosts = BreakerState("a.test", 1, 1, 1.0, "dns"), BreakerState("b.test", 1, 0, 1.0, "status-429")
    table = status_table([SourceStatus("harbour")], hosts)
    assert ": 1 failure, dns\n" in table
    assert ": it asked for that, status-429\n" in table


def test_when_a_source_was_looked_at_last(store: Store, clock: Clock) -> None:
    for _ in range(2):
        clock.go_on(hours=1)
        run = store.runs.begin()
        store.runs.begin_source(run, "harbour")
    assert store.runs.last_looks() == {"harbour": clock.time}
