"""Addresses that wait: nothing is forgotten, nothing is tried for ever, what was never tried comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from itertools import pairwise

from scraper.discover import Discovery, Validator
from scraper.errors import BadStatus, CircuitOpen, TimedOut
from scraper.store.policy import MOST_TRIES
from scraper.store.protocol import SourceStatus, Store, Waiting
from tests.scraper.store.conftest import Clock
from tests.scraper.store.shelved import article, found, remember, shelve

MORNING = datetime(2025, 1, 31, 6, 0, tzinfo=UTC)
A = "https://example.org/a"


def urls(claimed: list[Waiting]) -> list[str]:
    return [item.url.rsplit("/", 1)[1] for item in claimed]


def status(store: Store) -> SourceStatus:
    [only] = store.runs.statuses(MORNING)
    return only


def begin(store: Store, source: str = "harbour") -> int:
    """A run after one that was killed, or the first."""
    run = store.runs.begin()
    store.runs.begin_source(run, source)
    return run


def test_found_addresses_and_validators_are_remembered_together(store: Store) -> None:
    seen = {"https://example.org/feed.xml": Validator('"abc"', None)}
    assert remember(store, "harbour", A, "https://example.org/b", validators=seen) == 2
    assert store.addresses.validators("harbour") == seen
    assert store.addresses.validators("another") == {}


def test_an_address_found_again_is_not_new(store: Store) -> None:
    remember(store, "harbour", A)
    assert remember(store, "harbour", "https://www.example.org/a?utm_source=feed") == 0


def test_a_list_that_moved_is_known_under_both_addresses(store: Store) -> None:
    store.addresses.remember("harbour", Discovery(moved={"https://a.test/feed": "https://b.test/feed"}))
    assert store.addresses.moved() == {"https://a.test/feed": "https://b.test/feed"}


def test_a_source_that_was_renamed_takes_over_what_its_old_name_left(store: Store) -> None:
    remember(store, "harbour", A)
    remember(store, "port", A)
    assert store.addresses.claim("harbour", 1) == []
    assert urls(store.addresses.claim("port", 1)) == ["a"]


def test_two_sources_that_share_a_feed_have_validators_each(store: Store) -> None:
    feed = "https://example.org/feed.xml"
    remember(store, "harbour", validators={feed: Validator('"1"')})
    remember(store, "valley", validators={feed: Validator('"2"')})
    assert store.addresses.validators("harbour") == {feed: Validator('"1"')}
    assert store.addresses.validators("valley") == {feed: Validator('"2"')}


def test_the_newest_come_first_and_each_is_given_out_once(store: Store) -> None:
    items = [found(f"https://example.org/{n}", MORNING + timedelta(hours=n)) for n in range(3)]
    remember(store, "harbour", *items)
    assert urls(store.addresses.claim("harbour", 2)) == ["2", "1"]
    assert urls(store.addresses.claim("harbour", 2)) == ["0"]
    assert store.addresses.claim("harbour", 2) == []


def test_what_a_killed_run_left_comes_after_what_was_never_tried(store: Store) -> None:
    remember(store, "harbour", found("https://example.org/old", MORNING))
    store.addresses.claim("harbour", 1)
    remember(store, "harbour", found("https://example.org/new", MORNING - timedelta(days=1)))
    begin(store)
    assert urls(store.addresses.claim("harbour", 2)) == ["new", "old"]


def test_an_address_that_was_in_flight_at_too_many_deaths_is_given_up(store: Store) -> None:
    remember(store, "harbour", "https://example.org/poison")
    for _ in range(MOST_TRIES):
        assert len(store.addresses.claim("harbour", 1)) == 1
        begin(store)
    assert store.addresses.claim("harbour", 1) == []
    assert (status(store).waiting, status(store).given_up) == (0, 1)
    assert store.addresses.unsettled([found("https://example.org/poison")]) == []


def test_released_addresses_were_never_tried(store: Store) -> None:
    remember(store, "harbour", A)
    for _ in range(3 * MOST_TRIES):
        claimed = store.addresses.claim("harbour", 1)
        assert claimed[0].tries == 1
        store.addresses.release(claimed)


def test_a_passing_failure_waits_longer_each_time_and_ends(store: Store, clock: Clock) -> None:
    run = begin(store)
    remember(store, "harbour", A)
    waits = []
    for tries in numbers(1):
        [address] = store.addresses.claim("harbour", 1)
        assert address.tries == tries
        store.addresses.fail(run, address, TimedOut(address.url))
        assert store.addresses.claim("harbour", 1) == []
        again = status(store).next_try
        if again is None:
            break
        waits.append(again - clock())
        clock.time = again
    assert len(waits) == MOST_TRIES - 1
    assert all(2 * before == after for before, after in pairwise(waits))
    assert status(store).given_up == 1
    assert [failure.cause for failure in status(store).failures] == ["timeout"]


def test_a_page_that_is_gone_is_not_asked_for_again(store: Store) -> None:
    run = begin(store)
    remember(store, "harbour", A)
    [address] = store.addresses.claim("harbour", 1)
    store.addresses.fail(run, address, BadStatus(address.url, 404))
    assert status(store).given_up == 1
    remember(store, "harbour", A)
    assert store.addresses.claim("harbour", 1) == []


def test_what_was_given_up_can_be_tried_once_more(store: Store) -> None:
    run = begin(store)
    remember(store, "harbour", A)
    store.addresses.fail(run, store.addresses.claim("harbour", 1)[0], BadStatus(A, 404))
    assert store.addresses.forgive("another") == 0
    assert store.addresses.forgive("harbour") == 1
    assert store.addresses.claim("harbour", 1)[0].tries == 1


def test_a_server_that_names_a_time_is_not_asked_before_it(store: Store, clock: Clock) -> None:
    run = begin(store)
    remember(store, "harbour", A)
    [address] = store.addresses.claim("harbour", 1)
    store.addresses.fail(run, address, BadStatus(address.url, 429, retry_after=7200))
    clock.go_on(minutes=119)
    assert store.addresses.claim("harbour", 1) == []
    clock.go_on(minutes=2)
    assert len(store.addresses.claim("harbour", 1)) == 1


def test_nothing_waits_for_longer_than_any_wait(store: Store, clock: Clock) -> None:
    clock.go_on(days=4000)  # a clock that is ahead of its time
    run = begin(store)
    remember(store, "harbour", A)
    [address] = store.addresses.claim("harbour", 1)
    store.addresses.fail(run, address, BadStatus(address.url, 503))
    clock.go_on(days=-4000)
    assert status(store).next_try is None
    assert len(store.addresses.claim("harbour", 1)) == 1
    assert store.addresses.claim("harbour", 1) == []  # in flight


def test_waiting_for_a_host_in_trouble_is_no_try(store: Store, clock: Clock) -> None:
    remember(store, "harbour", A)
    for _ in range(3 * MOST_TRIES):
        [address] = store.addresses.claim("harbour", 1)
        assert address.tries == 1
        store.addresses.put_off(address, CircuitOpen(address.url, retry_after=600))
        assert store.addresses.claim("harbour", 1) == []
        clock.go_on(minutes=11)


def test_an_article_that_its_feed_says_has_changed_waits_again_with_its_validators(
    store: Store, clock: Clock
) -> None:
    remember(store, "harbour", found(A, MORNING, changed=MORNING))
    shelve(store, A, article())
    remember(store, "harbour", found(A, MORNING, changed=MORNING))
    clock.go_on(hours=9)
    assert store.addresses.claim("harbour", 1) == []  # it has not changed
    shelve(store, A, article())
    remember(store, "harbour", found(A, MORNING, changed=clock()))
    assert store.addresses.claim("harbour", 1) == []  # it was fetched a moment ago
    clock.go_on(hours=9, seconds=1)
    [address] = store.addresses.claim("harbour", 1)
    assert (address.etag, address.tries) == ('"1"', 1)


def test_an_article_is_not_fetched_again_within_the_hour(store: Store, clock: Clock) -> None:
    shelve(store, A, article())
    remember(store, "harbour", found(A, changed=clock() + timedelta(minutes=1)))
    clock.go_on(minutes=59)
    assert store.addresses.claim("harbour", 1) == []
    clock.go_on(minutes=2)
    assert len(store.addresses.claim("harbour", 1)) == 1


def test_an_article_that_is_said_to_change_all_the_time_is_fetched_less_and_less(
    store: Store, clock: Clock
) -> None:
    shelve(store, A, article())
    clock.go_on(hours=30)
    shelve(store, A, article())
    remember(store, "harbour", found(A, changed=clock() + timedelta(hours=1)))
    clock.go_on(hours=29)
    assert store.addresses.claim("harbour", 1) == []
    clock.go_on(hours=2)
    assert len(store.addresses.claim("harbour", 1)) == 1


def test_an_old_article_is_left_alone_however_its_sitemap_dates_it(store: Store, clock: Clock) -> None:
    shelve(store, A, article())
    clock.go_on(days=8)
    remember(store, "harbour", found(A, MORNING, changed=clock()))
    clock.go_on(days=30)
    assert store.addresses.claim("harbour", 1) == []


def test_kept_articles_can_be_made_to_wait_again(store: Store) -> None:
    shelve(store, A, article())
    assert store.addresses.recheck("another", timedelta(days=1)) == 0
    assert store.addresses.recheck("harbour", timedelta(days=1)) == 1
    assert urls(store.addresses.claim("harbour", 1)) == ["a"]
