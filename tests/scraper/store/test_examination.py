"""Whether a store is healthy, and how a source is taken out of it, also by `scraper.commands.upkeep`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from scraper.cli import main
from scraper.store.protocol import Store, Tally
from scraper.store.sqlite import SqliteStore
from tests.scraper.store.conftest import Clock
from tests.scraper.store.shelved import article, count, remember, shelve

TABLES = (
    "article",
    "version",
    "page",
    "article_words",
    "address",
    "source_run",
    "failure",
    "source_day",
    "line",
)


def test_a_store_of_articles_is_healthy(store: Store) -> None:
    assert store.examine().problems == ()
    for number in range(3):
        shelve(store, f"https://example.org/{number}", article(f"Story {number}."))
    examined = store.examine()
    assert examined.problems == ()
    assert (examined.holds["article"], examined.holds["page"], examined.holds["address"]) == (3, 3, 3)


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        ("DELETE FROM version WHERE id = 1", "1 articles without a version"),
        ("DELETE FROM version WHERE id = 1", "1 pages that no article was made from"),
        ("DELETE FROM article_words WHERE rowid = 2", "1 articles that the search does not know"),
        (
            "INSERT INTO article_words (rowid, title, text) VALUES (9, 'a', 'b')",
            "1 words in the search of articles that are gone",
        ),
        ("UPDATE address SET article_id = 99 WHERE article_id = 1", "1 addresses of articles that are gone"),
        ("UPDATE article_words_content SET c1 = 'other words' WHERE id = 1", "malformed"),
    ],
)
def test_what_is_wrong_is_said(
    harm: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        for number in range(3):
            shelve(store, f"https://example.org/{number}", article(f"Story {number}."))
        store.database.connection.execute("PRAGMA foreign_keys = OFF")
        store.database.connection.execute(harm)
    with SqliteStore(tmp_path / "wire.db") as store:
        assert any(problem in line for line in store.examine().problems), store.examine()
    assert main(["check", "--store", "--db", str(tmp_path / "wire.db")]) == 1
    assert "WRONG" in capsys.readouterr().out


@pytest.mark.parametrize("first", [4, 40])
def test_a_file_with_broken_pages_is_said_to_be_broken(
    first: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wire.db"
    with SqliteStore(path) as store:
        for number in range(50):
            shelve(store, f"https://example.org/{number}", article(f"Story {number}. " * 50))
        store.compact()
    body = bytearray(path.read_bytes())
    for start in range(4096 * first, len(body), 4096):
        body[start : start + 64] = b"\xff" * 64
    path.write_bytes(body)
    assert main(["check", "--store", "--db", str(path)]) in (1, 4)  # as far as it can be opened at all
    told = capsys.readouterr()
    assert "WRONG" in told.out or "malformed" in told.err


@pytest.mark.parametrize(
    "harm",
    [
        """UPDATE version SET json = '{"schema": 1, "body' WHERE article_id = 1""",
        "UPDATE version SET json = '{}' WHERE article_id = 1",
        "UPDATE article SET fetched = '2026-99' WHERE id = 1",
    ],
)
def test_an_article_that_the_disk_has_damaged_is_named(
    harm: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        for number in (1, 2):
            shelve(store, f"https://example.org/{number}", article(f"Story {number}."))
        store.database.execute(harm)
    assert main(["show", "1", "--db", str(tmp_path / "wire.db")]) == 4
    assert "article 1 is damaged" in capsys.readouterr().err


def test_beside_a_damaged_article_the_others_are_cleaned_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        for number in (1, 2):
            shelve(store, f"https://example.org/{number}", article(f"Story {number}."))
        store.database.execute("UPDATE version SET json = '{' WHERE article_id = 1")
    main(["reclean", "--dry-run", "--db", str(tmp_path / "wire.db")])
    told = capsys.readouterr()
    assert "article 1 is damaged" in told.out + told.err
    assert "2" in told.out


def test_a_broken_schema_is_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wire.db"
    SqliteStore(path).close()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE", b"CR\xacATE TABLE"))
    assert main(["list", "--db", str(path)]) == 4
    assert "restore it from a backup" in capsys.readouterr().err


def test_a_source_that_is_forgotten_leaves_nothing_and_the_others_all(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "wire.db") as store:
        run = store.runs.begin()
        store.runs.begin_source(run, "harbour")
        shelve(store, "https://example.org/a", article())
        store.runs.end_source(run, "harbour", Tally(new=1))
        store.runs.keep_told({("harbour", "fails"), ("valley", "fails")})
        store.runs.begin_source(run, "valley")
        remember(store, "valley", "https://valley.test/b")
        assert store.forget("harbour", dry=True).articles == 1
        assert store.forget("harbour").pages == 1
        counts = {table: count(store, table) for table in TABLES}
        assert counts == {**dict.fromkeys(TABLES, 0), "address": 1, "source_run": 1}
        assert store.runs.told() == {("valley", "fails")}
        assert store.examine().problems == ()
        # unlike what was pruned, what was forgotten may come again
        assert remember(store, "harbour", "https://example.org/a") == 1


def test_forget_says_what_it_took_and_whom_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with SqliteStore(tmp_path / "wire.db") as store:
        shelve(store, "https://example.org/a", article())
    assert main(["forget", "valley"]) == 1
    assert "no source called valley" in capsys.readouterr().err
    assert main(["forget", "harbour", "--dry-run"]) == 0
    assert "Would take out harbour: 1 articles and 1 pages" in capsys.readouterr().out
    assert main(["forget", "harbour", "--vacuum"]) == 0
    assert "Took out harbour" in capsys.readouterr().out
    assert main(["forget", "harbour"]) == 1


def test_what_was_pruned_stays_away_however_late_a_feed_names_it_again(store: Store, clock: Clock) -> None:
    shelve(store, "https://example.org/a", article())
    clock.go_on(days=100)
    store.articles.prune(clock.time - timedelta(days=50))
    assert store.articles.entries() == []
    clock.go_on(days=200)
    assert remember(store, "harbour", "https://example.org/a", "https://example.org/b") == 1
    assert [item.url for item in store.addresses.claim("harbour", 9)] == ["https://example.org/b"]


def test_what_was_pruned_does_not_come_back_under_another_address(store: Store, clock: Clock) -> None:
    shelve(store, "https://example.org/a", article(url="https://example.org/a"))
    clock.go_on(days=100)
    store.articles.prune(clock.time - timedelta(days=50))
    kept = shelve(store, "https://example.org/b", article(url="https://example.org/a"))
    assert (kept.change, kept.id) == ("duplicate", None)
    assert store.articles.entries() == []
