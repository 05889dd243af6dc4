"""What `scrape status` knows: how each source fared, why it failed, and when it is tried again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scraper import history
from scraper.errors import BadStatus, TimedOut
from scraper.fetch.breaker import BreakerState
from scraper.history import Tally
from scraper.status import SourceStatus, as_json, as_table, hosts_left_alone, source_statuses
from scraper.store import Store
from scraper.waiting import claim, fail, note_failure, remember
from tests.scraper.shelved import article, found, shelve

DAY_AGO = "2000-01-01T00:00:00Z"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened


def only(store: Store) -> SourceStatus:
    [status] = source_statuses(store, DAY_AGO)
    return status


def test_a_store_without_runs_says_so(store: Store) -> None:
    assert as_table(source_statuses(store, DAY_AGO), []) == "No run yet.\n"


def test_a_source_that_works(store: Store) -> None:
    run = history.begin_run(store)
    history.begin_source(store, run, "harbour")
    shelve(store, "https://example.org/a", article())
    history.end_source(store, run, "harbour", Tally(found=1, new=1))
    history.end_run(store, run, "done")
    status = only(store)
    assert (status.state, status.new, status.today, status.articles) == ("ok", 1, 1, 1)
    assert status.last_success is not None
    assert status.failures == ()


def test_a_source_that_fails_shows_the_cause_the_next_try_and_its_last_success(store: Store) -> None:
    run = history.begin_run(store)
    history.begin_source(store, run, "harbour")
    history.end_source(store, run, "harbour", Tally(new=1))
    history.end_run(store, run, "done")
    run = history.begin_run(store)
    history.begin_source(store, run, "harbour")
    remember(store, "harbour", [found("https://example.org/a")], {})
    fail(store, run, claim(store, "harbour", 1)[0], TimedOut("https://example.org/a", "first byte"))
    with store.write():
        note_failure(store, run, "harbour", BadStatus("https://example.org/feed.xml", 503))
    history.end_source(store, run, "harbour", Tally(failed=1, troubled=True))
    history.end_run(store, run, "failures")
    status = only(store)
    assert status.state == "failing"
    assert status.last_success is not None
    assert status.next_try is not None
    assert {failure.cause for failure in status.failures} == {"timeout", "status-503"}
    table = as_table([status], [])
    assert "harbour: timeout: https://example.org/a (first byte)" in table
    assert "harbour: status-503: https://example.org/feed.xml" in table


def test_a_cause_is_shown_until_its_article_is_kept(store: Store) -> None:
    url = "https://example.org/a"
    run = history.begin_run(store)
    history.begin_source(store, run, "harbour")
    remember(store, "harbour", [found(url)], {})
    fail(store, run, claim(store, "harbour", 1)[0], TimedOut("https://cdn.example.org/a", "first byte"))
    history.end_source(store, run, "harbour", Tally(failed=1))
    for _ in range(2):
        run = history.begin_run(store)
        history.begin_source(store, run, "harbour")
        history.end_source(store, run, "harbour", Tally())
    [failure] = only(store).failures
    assert (failure.cause, failure.times, failure.url) == ("timeout", 1, url)
    assert failure.detail == "first byte, at https://cdn.example.org/a"
    store.connection.execute("UPDATE address SET next_try = NULL")
    shelve(store, url, article())
    assert only(store).failures == ()


def test_a_run_that_was_killed_is_not_taken_for_a_success(store: Store) -> None:
    run = history.begin_run(store)
    history.begin_source(store, run, "harbour")
    assert only(store).state == "running"
    history.end_run(store, run, "stopped")
    assert only(store).state == "unfinished"
    assert only(store).last_success is None


def test_a_host_that_is_left_alone_is_shown_with_its_time(store: Store) -> None:
    history.keep_client_state(
        store, [BreakerState("example.org", 7, 2, 1738317600.0, "timeout"), BreakerState("fine.test", 1)], []
    )
    [host] = hosts_left_alone(store)
    assert (host.host, host.until) == ("example.org", "2025-01-31T10:00:00Z")
    run = history.begin_run(store)
    history.begin_source(store, run, "harbour")
    table = as_table(source_statuses(store, DAY_AGO), [host])
    assert "example.org is left alone until 2025-01-31 10:00: 7 failures, timeout" in table
    assert as_json([], [host])["hosts"][0]["cause"] == "timeout"


def test_client_state_comes_back_as_it_was_kept(store: Store) -> None:
    state = BreakerState("example.org", 7, 2, 1738317600.5, "timeout")
    history.keep_client_state(store, [state], [])
    assert history.hosts_in_trouble(store) == [state]
    history.keep_client_state(store, [], [])
    assert history.hosts_in_trouble(store) == []


@pytest.mark.parametrize(
    ("tally", "ok"),
    [
        (Tally(), True),
        (Tally(new=3, failed=1), True),
        (Tally(failed=1), False),
        (Tally(new=3, troubled=True), False),
    ],
)
def test_a_source_works_when_all_it_names_could_be_read_and_not_everything_failed(
    tally: Tally, ok: bool
) -> None:
    assert tally.ok is ok
