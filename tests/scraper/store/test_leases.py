"""Workers that share a store: what each takes is its own while it lives, and at a host they take turns.

Here is tested what `scraper.store.postgres.leases` and `scraper.store.postgres.pace` do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from scraper.errors import TimedOut
from scraper.fetch.host import BreakerState
from scraper.fetch.politeness import KnownHosts
from scraper.fetch.robots import RobotsRecord
from scraper.store.postgres import PostgresStore, leases
from scraper.store.protocol import Pace, Tally
from tests.scraper.store.shelved import remember

A, B = "https://example.org/a", "https://example.org/b"
#: A time until which a host can be left alone.
SOON = time.time() + 3600


@pytest.fixture
def one(address: str) -> Iterator[PostgresStore]:
    with PostgresStore(address) as store:
        yield store


@pytest.fixture
def other(address: str) -> Iterator[PostgresStore]:
    with PostgresStore(address) as store:
        yield store


def die(store: PostgresStore, run: int) -> None:
    """Let a worker be dead for as long as a lease takes."""
    store._lease._ended.set()
    store.database.execute(
        "UPDATE run SET lease_until = clock_timestamp() - interval '1 s' WHERE id = ?", (run,)
    )


def pace_of(store: PostgresStore) -> Pace:
    assert store.pace is not None
    return store.pace


def state(store: PostgresStore, source: str) -> str:
    [state] = [status.state for status in store.runs.statuses(datetime.now(UTC)) if status.source == source]
    return state


def test_two_workers_never_get_the_same_address(one: PostgresStore, other: PostgresStore) -> None:
    one.runs.begin(), other.runs.begin()
    remember(one, "harbour", *(f"https://example.org/{number}" for number in range(20)))
    taken = [
        item.key for _ in range(5) for store in (one, other) for item in store.addresses.claim("harbour", 3)
    ]
    assert len(taken) == len(set(taken)) == 20


def test_who_takes_does_not_wait_for_another_who_is_just_taking(
    one: PostgresStore, other: PostgresStore
) -> None:
    remember(one, "harbour", A, B)
    with one.database.write():
        [first] = one.addresses.claim("harbour", 1)
        [second] = other.addresses.claim("harbour", 2)
    assert {first.url, second.url} == {A, B}


def test_what_a_living_worker_has_in_flight_is_not_taken_when_another_begins(
    one: PostgresStore, other: PostgresStore
) -> None:
    one.runs.begin()
    remember(one, "harbour", A)
    assert len(one.addresses.claim("harbour", 1)) == 1
    other.runs.begin()
    assert other.addresses.claim("harbour", 1) == []


def test_what_a_dead_worker_had_in_flight_is_taken_by_another_which_counts_the_try(
    one: PostgresStore, other: PostgresStore
) -> None:
    run = one.runs.begin()
    one.runs.begin_source(run, "harbour")
    remember(one, "harbour", A)
    one.addresses.claim("harbour", 1)
    other.runs.begin()
    assert state(other, "harbour") == "running"
    die(one, run)
    assert state(other, "harbour") == "died"
    other._lease.free_others()
    assert [item.tries for item in other.addresses.claim("harbour", 1)] == [2]


def test_a_worker_that_lives_frees_what_a_dead_one_had(
    one: PostgresStore, other: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE_SECONDS", 0.3)
    run = one.runs.begin()
    remember(one, "harbour", A)
    one.addresses.claim("harbour", 1)
    other.runs.begin()
    time.sleep(0.6)
    assert other.addresses.claim("harbour", 1) == []  # the lease was renewed all the time
    die(one, run)
    for _ in range(100):
        if other.addresses.claim("harbour", 1):
            return
        time.sleep(0.05)
    raise AssertionError("the address of the dead worker is still in flight")


def test_a_run_that_ends_leaves_nothing_in_flight(one: PostgresStore, other: PostgresStore) -> None:
    run = one.runs.begin()
    remember(one, "harbour", A)
    one.addresses.claim("harbour", 1)
    one.runs.end(run, "stopped")
    assert len(other.addresses.claim("harbour", 1)) == 1


def test_a_source_is_looked_at_by_one_worker(one: PostgresStore, other: PostgresStore) -> None:
    first, second = one.runs.begin(), other.runs.begin()
    assert one.runs.begin_source(first, "harbour")
    assert not other.runs.begin_source(second, "harbour")
    assert other.runs.begin_source(second, "valley")
    one.runs.end_source(first, "harbour", Tally())
    assert not other.runs.begin_source(second, "harbour")  # it was looked at while this run went on
    other.runs.end(second, "done")
    assert other.runs.begin_source(other.runs.begin(), "harbour")


def test_a_source_whose_worker_died_is_looked_at_by_another(one: PostgresStore, other: PostgresStore) -> None:
    first = one.runs.begin()
    one.runs.begin_source(first, "harbour")
    second = other.runs.begin()
    assert not other.runs.begin_source(second, "harbour")
    die(one, first)
    assert other.runs.begin_source(second, "harbour")


def test_a_host_that_one_worker_asks_gets_no_request_of_another_before_its_delay_is_over(
    one: PostgresStore, other: PostgresStore
) -> None:
    one.runs.begin(), other.runs.begin()
    mine, theirs = pace_of(one), pace_of(other)
    assert mine.take("example.org", 0.3) == 0.0
    assert theirs.take("example.org", 0.3) > 0.0  # it is not answered yet
    assert theirs.take("valley.test", 0.3) == 0.0
    began = time.monotonic()
    mine.answered("example.org", 0.3)
    while (wait := theirs.take("example.org", 0.3)) > 0:
        time.sleep(wait)
    assert 0.3 <= time.monotonic() - began < 3.0
    assert mine.take("example.org", 0.3) > 0.0


def test_a_wait_that_a_host_asked_for_is_every_workers(one: PostgresStore, other: PostgresStore) -> None:
    one.runs.begin(), other.runs.begin()
    mine, theirs = pace_of(one), pace_of(other)
    mine.take("example.org", 1.0)
    mine.hold("example.org", 20.0)
    mine.answered("example.org", 1.0)
    assert 18.0 < theirs.take("example.org", 1.0) <= 20.0


def test_the_turn_of_a_dead_worker_is_over_when_what_it_sent_has_come_and_the_delay_is_over(
    one: PostgresStore, other: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.store.postgres.pace.ON_THE_WAY", 0.2)
    run = one.runs.begin()
    other.runs.begin()
    mine, theirs = pace_of(one), pace_of(other)
    began = time.monotonic()
    mine.take("example.org", 0.3)
    die(one, run)
    while (wait := theirs.take("example.org", 0.3)) > 0:
        time.sleep(wait)
    assert 0.5 <= time.monotonic() - began < 3.0


def test_a_worker_does_not_wipe_out_what_others_know_of_hosts(
    one: PostgresStore, other: PostgresStore
) -> None:
    one.runs.keep_known_hosts(KnownHosts((BreakerState("bad.test", 7, 2, SOON, "timeout"),)))
    assert other.runs.known_hosts().left_alone
    other.runs.keep_known_hosts(KnownHosts((BreakerState("bad.test", 7, 2, SOON, "timeout"),)))
    one.runs.keep_known_hosts(KnownHosts((BreakerState("bad.test", 9, 3, SOON, "timeout"),)))
    other.runs.keep_known_hosts(
        KnownHosts(
            (BreakerState("bad.test", 7, 2, SOON, "timeout"), BreakerState("worse.test", 5, 1, SOON, "dns"))
        )
    )
    assert {(host.host, host.failures) for host in one.runs.known_hosts().troubled} == {
        ("bad.test", 9),
        ("worse.test", 5),
    }
    other.runs.keep_known_hosts(KnownHosts())  # it has not heard of how the first fared since
    assert [host.host for host in one.runs.known_hosts().troubled] == ["bad.test"]
    other.runs.keep_known_hosts(other.runs.known_hosts())
    other.runs.keep_known_hosts(KnownHosts())
    assert one.runs.known_hosts().troubled == ()


def test_a_worker_knows_where_others_are_at_work_or_have_left_something(
    one: PostgresStore, other: PostgresStore
) -> None:
    first, second = one.runs.begin(), other.runs.begin()
    one.runs.begin_source(first, "harbour")
    one.runs.begin_source(first, "valley")
    remember(one, "harbour", A)
    one.addresses.claim("harbour", 1)
    assert other.runs.sources_of_others(second) == {"harbour", "valley"}
    assert one.runs.sources_of_others(first) == set()
    die(one, first)
    assert other.runs.sources_of_others(second) == {"harbour"}
    other._lease.free_others()
    assert other.runs.sources_of_others(second) == set()


def test_what_a_run_has_lost_it_does_not_change(one: PostgresStore, other: PostgresStore) -> None:
    lost = one.runs.begin()
    remember(one, "harbour", A)
    [mine] = one.addresses.claim("harbour", 1)
    die(one, lost)
    run = other.runs.begin()
    [again] = other.addresses.claim("harbour", 1)
    changes: list[Callable[[], None]] = [
        lambda: one.addresses.release([mine]),
        lambda: one.addresses.put_off(mine, TimedOut(A, "slow")),
        lambda: one.addresses.fail(lost, mine, TimedOut(A, "slow")),
    ]
    for change in changes:
        change()
        row = other.database.row("SELECT run_id, tries, next_try, cause FROM address")
        assert row == (run, again.tries, "infinity", None)
    other.addresses.release([again])
    assert other.database.row("SELECT tries, next_try FROM address") == (1, None)


def test_a_lease_that_ran_out_is_not_renewed_and_its_run_takes_nothing_more(
    one: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE_SECONDS", 0.1)
    run = one.runs.begin()
    remember(one, "harbour", A)
    expired = "UPDATE run SET lease_until = clock_timestamp() - interval '1 s' WHERE id = ?"
    one.database.execute(expired, (run,))
    time.sleep(0.2)
    assert not one._lease.lives(run)
    assert one.addresses.claim("harbour", 1) == []


def test_what_was_claimed_anew_while_somebody_frees_stays_claimed(
    address: str, one: PostgresStore, other: PostgresStore
) -> None:
    dead = one.runs.begin()
    remember(one, "harbour", A)
    one.addresses.claim("harbour", 1)
    die(one, dead)
    halting = leases._FREE.replace(
        "next_try = 'infinity'", "next_try = 'infinity' AND pg_advisory_xact_lock_shared(7) IS NOT NULL"
    )
    with psycopg.connect(address) as gate:
        gate.execute("SELECT pg_advisory_xact_lock(7)")
        freeing = threading.Thread(target=lambda: one.database.execute(halting))
        freeing.start()
        while (
            other.database.row("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") is None
        ):
            time.sleep(0.01)
        run = other.runs.begin()
        assert len(other.addresses.claim("harbour", 1)) == 1
    freeing.join()
    assert other.database.row("SELECT run_id, next_try FROM address") == (run, "infinity")


def test_workers_that_keep_what_they_know_of_hosts_at_once_all_keep_it(
    one: PostgresStore, other: PostgresStore
) -> None:
    records = [RobotsRecord(f"https://{number}.test", 200, "", 1.0) for number in range(300)]
    ways = (one, records), (other, records[::-1])
    failed: list[BaseException] = []

    def keep(store: PostgresStore, known: list[RobotsRecord]) -> None:
        try:
            for _ in range(5):
                store.runs.keep_known_hosts(KnownHosts((), tuple(known)))
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=keep, args=way) for way in ways]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert len(one.runs.known_hosts().robots) == 300
