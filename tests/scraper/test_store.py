"""The store's file: its schema, its transactions, and what it says when it cannot be used."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scraper import store as store_module
from scraper.store import Store, StoreError, migrations
from tests.scraper.shelved import article, count, shelve


def test_a_new_store_has_the_newest_schema_and_writes_ahead(tmp_path: Path) -> None:
    with Store(tmp_path / "wire.db") as store:
        assert store.rows("PRAGMA user_version")[0][0] == len(migrations())
        assert store.rows("PRAGMA journal_mode")[0][0] == "wal"


def test_an_older_store_is_brought_up_to_date_and_keeps_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "wire.db") as store:
        shelve(store, "https://example.org/news/dam.html", article())
    newer = [*migrations(), "-- a remark; with a semicolon\nCREATE TABLE slug (name TEXT);"]
    monkeypatch.setattr(store_module, "migrations", lambda: newer)
    with Store(tmp_path / "wire.db") as store:
        assert store.rows("PRAGMA user_version")[0][0] == len(newer)
        assert count(store, "slug") == 0
        assert count(store, "article") == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path / "wire.db").close()
    before = len(migrations())
    broken = [*migrations(), "CREATE TABLE slug (name TEXT); INSERT INTO nowhere VALUES (1);"]
    monkeypatch.setattr(store_module, "migrations", lambda: broken)
    with pytest.raises(StoreError):
        Store(tmp_path / "wire.db")
    with sqlite3.connect(tmp_path / "wire.db") as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == before
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'slug'").fetchall()


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "wire.db") as store:
        store.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer wireclean"):
        Store(tmp_path / "wire.db")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but a list of things to do on Monday morning.\n" * 40)
    with pytest.raises(StoreError, match="not a database"):
        Store(path)
    assert path.read_text().startswith("Not a database")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere/wire\.db"):
        Store(tmp_path / "nowhere" / "wire.db")


def test_looking_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store"):
        Store(tmp_path / "wire.db", create=False)
    assert not (tmp_path / "wire.db").exists()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "wire.db") as store:

        def write_half() -> None:
            with store.write() as database:
                database.execute("INSERT INTO site (name) VALUES ('example.org')")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write_half()
        assert count(store, "site") == 0


def test_a_full_disk_is_an_error_and_corrupts_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "wire.db") as store:
        store.connection.execute(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0] + 40}")

        def fill() -> None:
            for number in range(1000):
                shelve(store, f"https://example.org/{number}", article(f"Story {number}. " * 200))

        with pytest.raises(StoreError, match="full"):
            fill()
        kept = count(store, "article")
        assert 0 < kept < 1000
    with Store(tmp_path / "wire.db") as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert count(store, "article") == count(store, "page") == count(store, "article_words") == kept


def test_a_file_that_may_not_grow_is_an_error_and_corrupts_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from scraper.store import Store, StoreError\n"
        "from tests.scraper.shelved import article, shelve\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({600_000}, {resource.RLIM_INFINITY}))\n"
        "try:\n"
        "    with Store(sys.argv[1]) as store:\n"
        "        for number in range(3000):\n"
        "            shelve(store, f'https://example.org/{number}', article(f'Story {number}. ' * 200))\n"
        "except StoreError as error:\n"
        "    print('full')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "wire.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "full\n", done.stderr
    with Store(tmp_path / "wire.db") as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert count(store, "article") == count(store, "page") > 0
