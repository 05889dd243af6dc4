"""Looking needs no writing, and what is not ours is not touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from scraper.errors import StoreError
from scraper.store import open_store
from scraper.store.sqlite import SqliteStore, database
from scraper.store.sqlite.database import migrations
from tests.scraper.store.shelved import article, shelve

LOOKS = (["status"], ["list"], ["show", "1"], ["search", "dam"], ["export"], ["check", "--store"])
ROOT = Path(__file__).parents[3]


@pytest.fixture
def theirs() -> Iterator[Path]:
    """A store in a folder of another user's, which everybody may read."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    with SqliteStore(folder / "wire.db") as store:
        shelve(store, "https://example.org/a", article("The dam holds."))
    (folder / "wire.db").chmod(0o644)
    folder.chmod(0o755)
    yield folder / "wire.db"
    shutil.rmtree(folder)


def look_as_nobody(path: Path, looks: Sequence[list[str]] = LOOKS) -> list[subprocess.CompletedProcess[str]]:
    """Look as a user who may write nothing; what the looking imports is there already, since it may not be readable."""
    program = (
        "import contextlib, io, os, sys\nfrom scraper.cli import main\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
        "    main([*sys.argv[2:], '--db', sys.argv[1] + '.own'])\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "sys.exit(main([*sys.argv[2:], '--db', sys.argv[1]]))"
    )
    shutil.copy(path, f"{path}.own")
    done = [
        subprocess.run(
            [sys.executable, "-c", program, str(path), *look],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        for look in looks
    ]
    for own in path.parent.glob("*.own*"):
        own.unlink()
    return done


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can become somebody else")
def test_another_users_store_can_be_looked_at_and_nothing_is_left_beside_it(theirs: Path) -> None:
    for done in look_as_nobody(theirs):
        assert (done.returncode, done.stderr) == (0, ""), done.args
    assert [path.name for path in theirs.parent.iterdir()] == ["wire.db"]


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can become somebody else")
def test_another_users_store_can_be_looked_at_while_it_is_written(theirs: Path) -> None:
    with SqliteStore(theirs) as store:
        shelve(store, "https://example.org/b", article("The second dam holds.", title="Second"))
        [done] = look_as_nobody(theirs, [["list"]])
    assert (done.returncode, done.stderr) == (0, "")
    assert "Second" in done.stdout


def test_looking_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wire.db"
    with SqliteStore(path) as store:
        shelve(store, "https://example.org/a", article())
    before = path.read_bytes()
    with open_store(path, look=True) as looked:
        assert len(looked.articles.entries()) == 1
        with pytest.raises(StoreError, match="readonly"):
            looked.runs.begin()
    assert path.read_bytes() == before


def test_an_older_store_that_is_ours_is_brought_up_to_date_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wire.db"
    steps = migrations()
    with monkeypatch.context() as before:
        before.setattr(database, "migrations", lambda: steps[:2])
        SqliteStore(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 0")  # as older programs left it
    with open_store(path, look=True) as store:
        assert store.articles.entries() == []
        assert store.runs.days(date(2000, 1, 1)) == []


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE bookmark (url TEXT)",
        "CREATE TABLE address (street TEXT); CREATE TABLE person (name TEXT)",
        "PRAGMA application_id = 252006673; PRAGMA user_version = 1",
    ],
)
@pytest.mark.parametrize("look", [True, False])
def test_the_database_of_another_program_is_refused_and_left_as_it_was(
    made: str, look: bool, tmp_path: Path
) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(made)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(path, look=look)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["places.sqlite"]


def test_a_path_that_is_no_file_is_named(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / ("x" * 400)):
        with pytest.raises(StoreError):
            open_store(place, look=True)
