"""Addresses that wait: nothing is forgotten, nothing is tried for ever, what was never tried comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from itertools import pairwise

import pytest

from scraper import waiting
from scraper.discover import Validator
from scraper.errors import BadStatus, CircuitOpen, TimedOut
from scraper.history import begin_run
from scraper.store import Store, utc
from scraper.waiting import MOST_TRIES, claim, fail, put_off, release, remember, take_up, validators_of
from tests.scraper.shelved import article, found, shelve

MORNING = datetime(2025, 1, 31, 6, 0, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened


def urls(claimed: list[waiting.Waiting]) -> list[str]:
    return [item.url.rsplit("/", 1)[1] for item in claimed]


def later(store: Store) -> None:
    """Let all waits be over."""
    store.connection.execute("UPDATE address SET next_try = '2000-01-01T00:00:00Z' WHERE next_try LIKE '2%'")


def state(store: Store) -> tuple[str, str | None]:
    row = store.rows("SELECT state, cause FROM address")[0]
    return row["state"], row["cause"]


def test_found_addresses_and_validators_are_remembered_together(store: Store) -> None:
    seen = {"https://example.org/feed.xml": Validator('"abc"', None)}
    assert (
        remember(store, "harbour", [found("https://example.org/a"), found("https://example.org/b")], seen)
        == 2
    )
    assert validators_of(store, "harbour") == seen
    assert validators_of(store, "another") == {}


def test_an_address_found_again_is_not_new(store: Store) -> None:
    remember(store, "harbour", [found("https://example.org/a")], {})
    assert remember(store, "harbour", [found("https://www.example.org/a?utm_source=feed")], {}) == 0


def test_a_source_that_was_renamed_takes_over_what_its_old_name_left(store: Store) -> None:
    remember(store, "harbour", [found("https://example.org/a")], {})
    remember(store, "port", [found("https://example.org/a", source="port")], {})
    assert claim(store, "harbour", 1) == []
    assert urls(claim(store, "port", 1)) == ["a"]


def test_two_sources_that_share_a_feed_have_validators_each(store: Store) -> None:
    feed = "https://example.org/feed.xml"
    remember(store, "harbour", [], {feed: Validator('"1"')})
    remember(store, "valley", [], {feed: Validator('"2"')})
    assert validators_of(store, "harbour") == {feed: Validator('"1"')}
    assert validators_of(store, "valley") == {feed: Validator('"2"')}


def test_the_newest_come_first_and_each_is_given_out_once(store: Store) -> None:
    items = [found(f"https://example.org/{n}", MORNING + timedelta(hours=n)) for n in range(3)]
    remember(store, "harbour", items, {})
    assert urls(claim(store, "harbour", 2)) == ["2", "1"]
    assert urls(claim(store, "harbour", 2)) == ["0"]
    assert claim(store, "harbour", 2) == []


def test_what_a_killed_run_left_comes_after_what_was_never_tried(store: Store) -> None:
    remember(store, "harbour", [found("https://example.org/old", MORNING)], {})
    claim(store, "harbour", 1)
    remember(store, "harbour", [found("https://example.org/new", MORNING - timedelta(days=1))], {})
    assert take_up(store) == 1
    assert urls(claim(store, "harbour", 2)) == ["new", "old"]


def test_an_address_that_was_in_flight_at_too_many_deaths_is_given_up(store: Store) -> None:
    remember(store, "harbour", [found("https://example.org/poison")], {})
    for _ in range(MOST_TRIES):
        assert len(claim(store, "harbour", 1)) == 1
        take_up(store)
    assert claim(store, "harbour", 1) == []
    assert state(store) == ("failed", "interrupted")


def test_released_addresses_were_never_tried(store: Store) -> None:
    remember(store, "harbour", [found("https://example.org/a")], {})
    for _ in range(3 * MOST_TRIES):
        claimed = claim(store, "harbour", 1)
        assert claimed[0].tries == 1
        release(store, [claimed[0].key])


def test_a_passing_failure_waits_longer_each_time_and_ends(store: Store) -> None:
    run = begin_run(store)
    remember(store, "harbour", [found("https://example.org/a")], {})
    waits = []
    for tries in numbers(1):
        [address] = claim(store, "harbour", 1)
        assert address.tries == tries
        fail(store, run, address, TimedOut(address.url))
        row = store.rows("SELECT state, next_try FROM address")[0]
        if row["state"] == "failed":
            break
        assert claim(store, "harbour", 1) == []
        waits.append(datetime.fromisoformat(row["next_try"]) - datetime.now(UTC))
        later(store)
    assert len(waits) == MOST_TRIES - 1
    assert all(2 * before < after + timedelta(seconds=5) for before, after in pairwise(waits))
    assert state(store) == ("failed", "timeout")
    assert (
        len(store.rows("SELECT * FROM failure WHERE run_id = ? AND cause = 'timeout'", (run,))) == MOST_TRIES
    )


def test_a_page_that_is_gone_is_not_asked_for_again(store: Store) -> None:
    run = begin_run(store)
    remember(store, "harbour", [found("https://example.org/a")], {})
    [address] = claim(store, "harbour", 1)
    fail(store, run, address, BadStatus(address.url, 404))
    assert state(store) == ("failed", "status-404")
    remember(store, "harbour", [found("https://example.org/a")], {})
    assert claim(store, "harbour", 1) == []


def test_what_was_given_up_can_be_tried_once_more(store: Store) -> None:
    run = begin_run(store)
    remember(store, "harbour", [found("https://example.org/a")], {})
    fail(store, run, claim(store, "harbour", 1)[0], BadStatus("https://example.org/a", 404))
    assert waiting.forgive(store, "another") == 0
    assert waiting.forgive(store, "harbour") == 1
    assert claim(store, "harbour", 1)[0].tries == 1


def test_a_server_that_names_a_time_is_not_asked_before_it(store: Store) -> None:
    run = begin_run(store)
    remember(store, "harbour", [found("https://example.org/a")], {})
    [address] = claim(store, "harbour", 1)
    fail(store, run, address, BadStatus(address.url, 429, retry_after=7200))
    next_try = datetime.fromisoformat(store.rows("SELECT next_try FROM address")[0]["next_try"])
    assert next_try - datetime.now(UTC) > timedelta(minutes=119)


def test_waiting_for_a_host_in_trouble_is_no_try(store: Store) -> None:
    remember(store, "harbour", [found("https://example.org/a")], {})
    for _ in range(3 * MOST_TRIES):
        [address] = claim(store, "harbour", 1)
        assert address.tries == 1
        put_off(store, address, CircuitOpen(address.url, retry_after=600))
        assert claim(store, "harbour", 1) == []
        later(store)


def hours_until_next_try(store: Store) -> float:
    row = store.rows("SELECT asked, next_try FROM address")[0]
    wait = datetime.fromisoformat(row["next_try"]) - datetime.fromisoformat(row["asked"])
    return wait / timedelta(hours=1)


def test_an_article_that_its_feed_says_has_changed_waits_again_with_its_validators(store: Store) -> None:
    url, noon = "https://example.org/a", MORNING + timedelta(hours=6)
    remember(store, "harbour", [found(url, MORNING, changed=MORNING)], {})
    shelve(store, url, article())
    remember(store, "harbour", [found(url, MORNING, changed=MORNING)], {})
    later(store)
    assert claim(store, "harbour", 1) == []  # it has not changed
    remember(store, "harbour", [found(url, MORNING, changed=noon)], {})
    assert claim(store, "harbour", 1) == []  # it was fetched a moment ago
    assert hours_until_next_try(store) == 1
    later(store)
    [address] = claim(store, "harbour", 1)
    assert (address.etag, address.tries) == ('"1"', 1)


def test_an_article_that_is_said_to_change_all_the_time_is_fetched_less_and_less(store: Store) -> None:
    url = "https://example.org/a"
    shelve(store, url, article())
    asked = datetime.now(UTC) + timedelta(hours=30)
    store.connection.execute("UPDATE address SET asked = ?", (utc(asked),))
    remember(store, "harbour", [found(url, changed=asked + timedelta(hours=1))], {})
    assert round(hours_until_next_try(store)) == 30


def test_an_old_article_is_left_alone_however_its_sitemap_dates_it(store: Store) -> None:
    url = "https://example.org/a"
    shelve(store, url, article())
    store.connection.execute("UPDATE address SET found = '2020-01-01T00:00:00Z', asked = found")
    remember(store, "harbour", [found(url, MORNING, changed=datetime.now(UTC))], {})
    assert claim(store, "harbour", 1) == []


def test_kept_articles_can_be_made_to_wait_again(store: Store) -> None:
    shelve(store, "https://example.org/a", article())
    assert waiting.wait_again(store, "another", timedelta(days=1)) == 0
    assert waiting.wait_again(store, "harbour", timedelta(days=1)) == 1
    assert urls(claim(store, "harbour", 1)) == ["a"]
