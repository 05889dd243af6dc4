"""The store's file: its schema, its transactions, and what it says when it cannot be used."""

from __future__ import annotations

import json
import re
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import scraper
from cleaners import Photo
from scraper.errors import StoreError
from scraper.store.policy import FORGET_AFTER, SWEEP_EVERY
from scraper.store.sqlite import SqliteStore, database, words
from scraper.store.sqlite.database import migrations
from tests.scraper.store.shelved import article, count, found, shelve


def test_a_new_store_has_the_newest_schema_and_writes_ahead(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        assert store.database.rows("PRAGMA user_version")[0][0] == len(migrations())
        assert store.database.rows("PRAGMA journal_mode")[0][0] == "wal"


def test_an_older_store_is_brought_up_to_date_and_keeps_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        shelve(store, "https://example.org/news/dam.html", article())
    newer = [*migrations(), "-- a remark; with a semicolon\nCREATE TABLE slug (name TEXT);"]
    monkeypatch.setattr(database, "migrations", lambda: newer)
    with SqliteStore(tmp_path / "wire.db") as store:
        assert store.database.rows("PRAGMA user_version")[0][0] == len(newer)
        assert count(store, "slug") == 0
        assert count(store, "article") == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SqliteStore(tmp_path / "wire.db").close()
    before = len(migrations())
    broken = [*migrations(), "CREATE TABLE slug (name TEXT); INSERT INTO nowhere VALUES (1);"]
    monkeypatch.setattr(database, "migrations", lambda: broken)
    with pytest.raises(StoreError):
        SqliteStore(tmp_path / "wire.db")
    with sqlite3.connect(tmp_path / "wire.db") as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == before
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'slug'").fetchall()


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        store.database.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer wireclean"):
        SqliteStore(tmp_path / "wire.db")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but a list of things to do on Monday morning.\n" * 40)
    with pytest.raises(StoreError, match="not a database"):
        SqliteStore(path)
    assert path.read_text().startswith("Not a database")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere/wire\.db"):
        SqliteStore(tmp_path / "nowhere" / "wire.db")


def test_looking_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store"):
        SqliteStore(tmp_path / "wire.db", create=False)
    assert not (tmp_path / "wire.db").exists()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:

        def write_half() -> None:
            with store.database.write() as connection:
                connection.execute("INSERT INTO site (name) VALUES ('example.org')")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write_half()
        assert count(store, "site") == 0


def test_a_full_disk_is_an_error_and_corrupts_nothing(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        store.database.connection.execute(
            f"PRAGMA max_page_count = {store.database.rows('PRAGMA page_count')[0][0] + 40}"
        )

        def fill() -> None:
            for number in range(1000):
                shelve(store, f"https://example.org/{number}", article(f"Story {number}. " * 200))

        with pytest.raises(StoreError, match="full"):
            fill()
        kept = count(store, "article")
        assert 0 < kept < 1000
    with SqliteStore(tmp_path / "wire.db") as store:
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert count(store, "article") == count(store, "page") == count(store, "article_words") == kept


def test_a_file_that_may_not_grow_is_an_error_and_corrupts_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from scraper.errors import StoreError\n"
        "from scraper.store import open_store\n"
        "from tests.scraper.store.shelved import article, count, found, shelve\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({600_000}, {resource.RLIM_INFINITY}))\n"
        "try:\n"
        "    with open_store(sys.argv[1]) as store:\n"
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
    with SqliteStore(tmp_path / "wire.db") as store:
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert count(store, "article") == count(store, "page") > 0


def test_a_page_and_its_article_come_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError

    with SqliteStore(tmp_path / "wire.db") as store:
        monkeypatch.setattr(store.lines, "count", break_down)  # the last thing that is written
        with pytest.raises(RuntimeError):
            shelve(store, "https://example.org/news/dam.html", article())
        assert count(store, "page") == count(store, "article") == count(store, "version") == 0
        assert store.addresses.unsettled([found("https://example.org/news/dam.html")])


def test_photos_and_removed_lines_have_tables_of_their_own_for_whoever_asks_in_sql(tmp_path: Path) -> None:
    photo = Photo("The dam", "Mara Lindqvist/AFP", "Mara Lindqvist", "AFP")
    with SqliteStore(tmp_path / "wire.db") as store:
        shelve(store, "https://example.org/1", article(removed=["Get the app"], photos=[photo]))
        removed = store.database.rows("SELECT line, text, label, rule FROM removed")
        assert [tuple(row) for row in removed] == [(90, "Get the app", "ad", "ads.test")]
        assert store.database.rows("SELECT photographer FROM photo")[0][0] == "Mara Lindqvist"


def test_a_store_from_before_photos_were_views_shows_those_that_it_has(tmp_path: Path) -> None:
    kept = json.dumps(article(photos=[Photo("The dam", "Mara Lindqvist/AFP")]).to_dict())
    before = sqlite3.connect(tmp_path / "wire.db")
    before.executescript(migrations()[0])
    before.executescript(
        "PRAGMA user_version = 1;"
        "INSERT INTO page VALUES (1, 'https://example.org/1', 'https://example.org/1', '', 200, '{}', 0, x'');"
        "INSERT INTO article (id, key, url, source, site, words, fetched)"
        " VALUES (1, 'example.org/1', 'https://example.org/1', 'harbour', 'example.org', 0, '2025-01-31T12:00:00Z')"
    )
    before.execute("INSERT INTO version VALUES (1, 1, 1, 1, '', '', ?)", (kept,))
    before.execute("INSERT INTO photo VALUES (1, 0, 'The dam', NULL, NULL, NULL, NULL)")
    before.commit()
    before.close()
    with SqliteStore(tmp_path / "wire.db") as store:
        rows = store.database.rows("SELECT number, caption, credit FROM photo")
        assert [tuple(row) for row in rows] == [(0, "The dam", "Mara Lindqvist/AFP")]


def test_the_table_of_lines_stays_small() -> None:
    with SqliteStore(":memory:") as store, store.database.write():
        for number in range(FORGET_AFTER + 3 * SWEEP_EVERY):
            store.lines.count("harbour.test", article(f"Line {number}", f"Another {number}", "Get the app"))
        assert count(store, "line") <= 2 * (FORGET_AFTER + SWEEP_EVERY) + 1
        assert "get the app" in store.lines.repeated("harbour.test")


def test_no_other_folder_knows_the_database() -> None:
    root = Path(scraper.__file__).parent
    knowing = re.compile(r"sqlite3|import psycopg|\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")
    others = [path for path in root.rglob("*.py") if not {"sql", "sqlite", "postgres"} & set(path.parts)]
    assert [path for path in others if knowing.search(path.read_text("utf-8"))] == []


def test_of_many_articles_with_the_words_the_newest_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_RANKED", 3)
    with SqliteStore(":memory:") as store:
        shelve(store, "https://example.org/best", article("Dam, dam, dam."))
        for number in range(4):
            shelve(
                store, f"https://example.org/{number}", article(f"The dam of {number} is old.", "It rained.")
            )
        shelve(store, "https://example.org/other", article("It snowed."))
        ranked = store.articles.search("old dam")
        assert {entry.url[-1] for entry in ranked} == {"1", "2", "3"}
        assert all(entry.excerpt and "[" in entry.excerpt for entry in ranked)
