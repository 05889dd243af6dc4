"""A store is copied whole: from a file to a PostgreSQL and back it is what it was."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.cli import main
from scraper.discover import Discovery, Validator
from scraper.errors import BadStatus, LockHeld, StoreError
from scraper.fetch.host import BreakerState
from scraper.fetch.politeness import KnownHosts
from scraper.fetch.robots import RobotsRecord
from scraper.store import open_store
from scraper.store.postgres import PostgresStore
from scraper.store.protocol import Store, Tally
from scraper.store.sql.migrate import TABLES, migrate
from scraper.store.sqlite import SqliteStore
from scraper.store.sqlite.database import Database
from tests.scraper.postgres import PASSWORD, Server
from tests.scraper.store.conftest import Clock
from tests.scraper.store.shelved import article, found, remember, shelve

DAM = "https://example.org/news/dam.html"


def fill(store: Store, clock: Clock) -> None:
    """Let something be in every table."""
    run = store.runs.begin()
    for ok in (True, False, None):
        source = f"source-{ok}"
        store.runs.begin_source(run, source)
        if ok is not None:
            store.runs.end_source(run, source, Tally(troubled=not ok))
    shelve(store, "https://old.test/1", article("An old one."))
    clock.go_on(days=5)
    store.articles.prune(clock.time - timedelta(days=1))
    shelve(store, DAM, article(title="Ein Plan für den Damm", removed=["Get the app"]))
    shelve(store, DAM, article("The plan was withdrawn.", "It will be back."))
    for number in range(4):
        shelve(store, f"https://example.org/{number}", article("Get the app", f"Story {number}"))
    clock.go_on(days=40)
    shelve(store, DAM, article("It is back.", "And so are they."))
    store.articles.prune(clock.time - timedelta(days=30), pages_only=True)
    feed = "https://example.org/feed"
    remember(
        store,
        "harbour",
        found("https://example.org/later", clock(), title="Später"),
        found("https://example.org/failing"),
        found("https://example.org/in-flight"),
        validators={feed: Validator('"1"', None, clock.time, gone=False), feed + "2": Validator(gone=True)},
    )
    failing = next(item for item in store.addresses.claim("harbour", 9) if "failing" in item.url)
    store.addresses.fail(run, failing, BadStatus(failing.url, 503))
    store.addresses.forgive("harbour")
    store.addresses.remember("harbour", Discovery(moved={"https://a.test/feed": "https://b.test/feed"}))
    store.runs.keep_told({("harbour", "fails")})
    store.runs.keep_known_hosts(
        KnownHosts(
            (BreakerState("example.org", 7, 2, 1738317600.5, "timeout"),),
            (RobotsRecord("https://example.org", 200, "User-agent: *", 1738317600.5),),
        )
    )
    store.runs.end(run, "failures")


def read(store: Store) -> list[object]:
    """All that can be asked of a store."""
    entries = store.articles.entries()
    day = datetime(2000, 1, 1, tzinfo=UTC)
    return [
        entries,
        list(store.articles.each()),
        [store.articles.get(entry.id, number + 1) for entry in entries for number in range(entry.versions)],
        [entry.id for entry in store.articles.search("story")],
        store.addresses.validators("harbour"),
        store.runs.statuses(day),
        store.runs.failures(),
        store.runs.days(day.date()),
        store.runs.told(),
        store.runs.known_hosts(),
        store.runs.last_looks(),
        store.lines.repeated("example.org"),
        sorted(item.key for item in store.addresses.unsettled([found(DAM), found(f"{DAM}/x")])),
    ]


@pytest.fixture
def filled(tmp_path: Path, clock: Clock) -> Path:
    with SqliteStore(tmp_path / "wire.db", clock=clock) as store:
        fill(store, clock)
    return tmp_path / "wire.db"


def dumped(path: Path) -> list[object]:
    """Every row of every table of a file."""
    with sqlite3.connect(path) as file:
        return [sorted(map(repr, file.execute(f"SELECT * FROM {table}"))) for table in TABLES]


def test_what_can_be_asked_of_a_store_its_copy_answers_alike(
    filled: Path, address: str, clock: Clock
) -> None:
    counts = migrate(filled, address)
    assert [table for table in TABLES if not counts[table]] == []
    with SqliteStore(filled, clock=clock) as old, PostgresStore(address, clock=clock) as copy:
        assert read(copy) == read(old)
        # numbered behind those that were copied
        assert shelve(copy, "https://example.org/new", article("New.", title="New")).change == "new"
        assert copy.runs.begin() == old.runs.begin()


def test_back_from_postgresql_every_row_is_the_same(filled: Path, address: str, tmp_path: Path) -> None:
    with SqliteStore(filled) as store:
        store.database.execute("UPDATE address SET next_try = NULL WHERE next_try = ?", (Database.in_flight,))
    migrate(filled, address)
    migrate(address, tmp_path / "back.db")
    assert dumped(tmp_path / "back.db") == dumped(filled)
    with SqliteStore(tmp_path / "back.db") as store:
        assert store.examine().problems == ()


def test_what_is_in_flight_waits_in_the_copy(tmp_path: Path, address: str) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        remember(store, "harbour", DAM)
        store.addresses.claim("harbour", 1)
    migrate(tmp_path / "wire.db", address)
    with open_store(address) as copy:
        assert len(copy.addresses.claim("harbour", 1)) == 1


def test_nothing_is_copied_into_a_store_that_is_not_empty(filled: Path, address: str) -> None:
    with open_store(address) as store:
        remember(store, "harbour", DAM)
    with pytest.raises(StoreError, match="not empty"):
        migrate(filled, address)


def test_a_copy_that_fails_is_not_there(filled: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.store.sql.migrate.TABLES", (*TABLES[:-1], "nowhere"))
    with pytest.raises(StoreError):
        migrate(filled, address)
    with open_store(address) as store:
        assert not any(count for name, count in store.examine().holds.items() if name != "bytes")


def test_a_store_that_changes_meanwhile_is_not_copied(
    filled: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqliteStore(filled) as other:

        def change(*_: object) -> None:
            remember(other, "harbour", "https://example.org/meanwhile")

        monkeypatch.setattr("scraper.store.postgres.database.Database.number_on", change)
        with pytest.raises(StoreError, match="changed meanwhile"):
            migrate(filled, address)
    with open_store(address) as store:
        assert store.articles.entries() == []


def test_a_store_in_which_a_run_goes_on_is_not_copied(filled: Path, address: str) -> None:
    with SqliteStore(filled) as store, store.sole_run(), pytest.raises(LockHeld):
        migrate(filled, address)


def test_a_postgresql_in_which_a_run_goes_on_is_not_copied(address: str, tmp_path: Path) -> None:
    with PostgresStore(address) as store:
        run = store.runs.begin()
        with pytest.raises(StoreError, match="a run goes on"):
            migrate(address, tmp_path / "copy.db")
        store.runs.end(run, "done")
    assert migrate(address, tmp_path / "copy.db")["run"] == 1


def test_rows_that_came_while_it_was_copied_and_do_not_go_with_the_others_are_said(
    filled: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.store.sql.migrate.TABLES", TABLES[1:])  # as if all runs had come later
    with pytest.raises(StoreError, match="changed meanwhile"):
        migrate(filled, address)
    with open_store(address) as store:
        assert store.articles.entries() == []


def test_the_command_says_what_is_there_and_shows_no_password(
    filled: Path, postgres: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgres.new()
    assert main(["migrate", str(filled), address]) == 0
    assert main(["migrate", str(filled), address]) == 4
    assert main(["migrate", str(filled.with_name("none.db")), address]) == 4
    told = capsys.readouterr()
    assert "article_words" in told.out
    assert PASSWORD not in told.out + told.err
    postgres.drop(address)
