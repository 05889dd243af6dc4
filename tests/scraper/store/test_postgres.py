"""The store on PostgreSQL: its schema, its transactions, and what it says when it cannot be used.

`scraper.store.postgres.database` is tested here, and with it `scraper.store.sql.database`.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from cleaners import Photo
from scraper.cli import main
from scraper.errors import NoStore, StoreError
from scraper.session import Scraper
from scraper.store import name_of, open_store
from scraper.store.postgres import PostgresStore
from scraper.store.postgres.database import SCHEMA
from scraper.store.sql.database import steps_of
from tests.scraper.postgres import PASSWORD, Server
from tests.scraper.store.shelved import article, remember, shelve

Output = pytest.CaptureFixture[str]
DAM = "https://example.org/news/dam.html"


def execute(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_looking_makes_no_store(postgres: Server) -> None:
    address = postgres.new()
    for options in ({"look": True}, {"create": False}):
        with pytest.raises(NoStore):
            open_store(address, **options)
    PostgresStore(address).close()
    with open_store(address, look=True) as store:
        assert store.articles.entries() == []
    postgres.drop(address)


def test_looking_writes_nothing(address: str) -> None:
    with open_store(address, look=True) as store, pytest.raises(StoreError, match="read-only"):
        store.runs.keep_told({("harbour", "fails")})


def test_workers_that_start_at_once_make_one_store(postgres: Server) -> None:
    address = postgres.new()
    workers = [threading.Thread(target=lambda: PostgresStore(address).close()) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with open_store(address, create=False) as store:
        assert store.examine().problems == ()
    postgres.drop(address)


def test_other_tables_in_the_database_are_left_alone(postgres: Server) -> None:
    address = postgres.new()
    execute(address, "CREATE TABLE article (name text); INSERT INTO article VALUES ('a lamp')")
    with PostgresStore(address) as store:
        shelve(store, DAM, article())
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT name FROM public.article").fetchall() == [("a lamp",)]
    postgres.drop(address)


def test_times_and_texts_are_read_however_the_database_would_write_them(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.new()
    execute(address, f"ALTER DATABASE {address.rpartition('/')[2]} SET datestyle TO 'German'")
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with PostgresStore(address) as store:
        shelve(store, DAM, article(title="旧大坝"))
        [entry] = store.articles.entries()
        assert entry.title == "旧大坝"
    postgres.drop(address)


def test_a_database_that_cannot_hold_every_text_is_refused(postgres: Server) -> None:
    execute(postgres.address("postgres"), "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(StoreError, match="LATIN1"):
        open_store(postgres.address("latin"))
    postgres.drop(postgres.address("latin"))


def test_the_schema_of_another_program_is_refused(postgres: Server) -> None:
    address = postgres.new()
    execute(address, f"CREATE SCHEMA {SCHEMA}; CREATE TABLE {SCHEMA}.address (street text)")
    with pytest.raises(StoreError, match="another program"):
        open_store(address)
    postgres.drop(address)


def test_a_store_of_a_newer_program_is_refused(postgres: Server) -> None:
    address = postgres.new()
    PostgresStore(address).close()
    execute(address, f"COMMENT ON SCHEMA {SCHEMA} IS 'wireclean 999'")
    with pytest.raises(StoreError, match="newer wireclean"):
        open_store(address)
    postgres.drop(address)


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = steps_of("scraper.store.postgres")
    with monkeypatch.context() as newer:
        newer.setattr(
            "scraper.store.postgres.database.steps_of",
            lambda _: [*steps, "CREATE TABLE slug (name text); INSERT INTO nowhere VALUES (1);"],
        )
        with pytest.raises(StoreError, match="nowhere"):
            open_store(address)
    with PostgresStore(address) as store:
        assert store.database.row("SELECT to_regclass('slug') AS found") == (None,)


def test_a_transaction_that_fails_leaves_nothing(address: str) -> None:
    with PostgresStore(address) as store:

        def write_half() -> None:
            with store.database.write():
                store.database.execute("INSERT INTO site (name) VALUES (?)", ("example.org",))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write_half()
        assert store.database.rows("SELECT * FROM site") == []


def test_transactions_that_lock_each_other_out_are_both_done(address: str) -> None:
    with PostgresStore(address) as store:
        for name in ("a", "b"):
            store.database.execute("INSERT INTO site (name) VALUES (?)", (name,))
        met = threading.Barrier(2, timeout=10)
        times = []

        def count(*names: str) -> None:
            times.append(names)
            for name in names:
                store.database.execute("UPDATE site SET articles = articles + 1 WHERE name = ?", (name,))
                if name == names[0] and len(times) <= 2:
                    met.wait()

        workers = [
            threading.Thread(target=lambda names=names: store.database.transact(lambda: count(*names)))
            for names in ("ab", "ba")
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert store.database.rows("SELECT articles FROM site") == [(2,), (2,)]
        assert len(times) > 2  # one was done again


def test_what_two_write_at_once_is_done_once_more(address: str) -> None:
    with PostgresStore(address) as store:
        times = []

        def name_site() -> str:
            times.append(1)
            if len(times) == 1:  # another worker comes between
                execute(address, f"INSERT INTO {SCHEMA}.site (name) VALUES ('example.org')")
                store.database.insert("site", name="example.org")
            return "there"

        assert store.database.transact(name_site) == "there"
        with pytest.raises(psycopg.errors.UniqueViolation):
            store.database.transact(lambda: store.database.insert("site", name="example.org"))


def test_compacting_leaves_the_tables_of_others_alone(postgres: Server) -> None:
    address = postgres.new()
    execute(address, "CREATE TABLE lamp (name text)")
    with PostgresStore(address) as store:
        shelve(store, DAM, article())

        def places() -> tuple[object, ...]:
            query = "SELECT pg_relation_filepath('public.lamp'), pg_relation_filepath('article')"
            return tuple(store.database.row(query) or ())

        lamp, ours = places()
        store.compact()
        assert places()[0] == lamp
        assert places()[1] != ours
    postgres.drop(address)


def test_a_text_with_a_character_that_no_database_keeps_is_kept_without_it(address: str) -> None:
    with PostgresStore(address) as store:
        kept = shelve(store, DAM, article("Rain\0 fell.", title="Rain\0"))
        assert kept.id is not None
        assert store.articles.entries()[0].title == "Rain"
        assert len(store.articles.search("rain")) == 1


def test_photos_and_removed_lines_have_tables_of_their_own_for_whoever_asks_in_sql(address: str) -> None:
    photo = Photo("The dam", "Mara Lindqvist/AFP", "Mara Lindqvist", "AFP")
    with PostgresStore(address) as store:
        shelve(store, DAM, article(removed=["Get the app"], photos=[photo]))
        removed = store.database.rows("SELECT line, text, label, rule FROM removed")
        assert removed == [(90, "Get the app", "ad", "ads.test")]
        assert store.database.rows("SELECT number, photographer FROM photo") == [(0, "Mara Lindqvist")]


def test_what_is_wrong_is_said(address: str, capsys: Output) -> None:
    with PostgresStore(address) as store:
        for number in range(3):
            shelve(store, f"https://example.org/{number}", article(f"Story {number}."))
        store.database.execute("DELETE FROM version WHERE id = 1")
        store.database.execute("DELETE FROM article_words WHERE article_id = 2")
    assert main(["check", "--store", "--db", address]) == 1
    told = capsys.readouterr().out
    for problem in (
        "1 articles without a version",
        "1 pages that no article was made from",
        "1 articles that the search does not know",
    ):
        assert problem in told


def test_a_source_that_is_forgotten_leaves_nothing_and_the_others_all(address: str) -> None:
    with PostgresStore(address) as store:
        shelve(store, DAM, article())
        remember(store, "valley", "https://valley.test/b")
        assert store.forget("harbour", dry=True) == store.forget("harbour")
        store.compact()
        holds = store.examine().holds
        assert (holds["article"], holds["page"], holds["version"], holds["address"]) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("postgresql://desk:s3cr@t@db.test:5432/news", "postgresql://db.test:5432/news"),
        ("postgres://desk:s3/cr?t@db.test/news", "postgresql://…"),
        ("postgresql://db.test/news?password=s3cr@t", "postgresql://…"),
        ("postgresql://db.test/news?password=s3crt", "postgresql://db.test/news"),
        ("postgresql+psycopg://desk:s3crt@db.test/news", "postgresql+psycopg://…"),
        ("POSTGRESQL://desk:s3crt@db.test/news", "POSTGRESQL://…"),
        ("wire.db", "wire.db"),
    ],
)
def test_the_name_of_a_store_holds_no_password(address: str, name: str) -> None:
    assert name_of(address) == name


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "POSTGRESQL", "mysql"])
@pytest.mark.parametrize("command", [["list"], ["status"], ["run"], ["check", "--store"], ["cron"]])
def test_an_address_of_another_kind_is_refused_and_not_shown(
    scheme: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sources.toml").write_text('[[source]]\nname = "a"\nfeeds = ["http://127.0.0.1:1/"]\n')
    assert main([*command, "--db", f"{scheme}://desk:{PASSWORD}@127.0.0.1:1/news"]) in (2, 4)
    told = capsys.readouterr()
    assert PASSWORD not in told.out + told.err
    assert command == ["cron"] or f"{scheme}://…" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]


@pytest.mark.parametrize("rest", ["desk:S@CRET@127.0.0.1:1/news", "desk:S/@CRET@127.0.0.1:1/news"])
def test_an_address_whose_host_might_be_a_part_of_the_password_is_not_tried(
    rest: str, capsys: Output
) -> None:
    assert main(["list", "--db", f"postgresql://{rest}"]) == 4
    told = capsys.readouterr()
    assert "the address of the database cannot be read" in told.err
    assert "CRET" not in told.out + told.err


def test_what_no_index_holds_fails_alone(address: str) -> None:
    with PostgresStore(address) as store:
        key = "".join(map(chr, range(0x4E00, 0x4E00 + 4000)))
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            store.database.execute("INSERT INTO pace (host) VALUES (?)", (key,))
        assert store.articles.entries() == []


@pytest.mark.parametrize("wrong", ["port", "password", "host", "database", "form"])
def test_what_is_wrong_with_an_address_is_said_without_its_password(
    wrong: str, postgres: Server, capsys: Output, caplog: pytest.LogCaptureFixture
) -> None:
    address = {
        "port": f"postgresql://desk:{PASSWORD}@127.0.0.1:1/news",
        "password": postgres.address("postgres").replace(PASSWORD, f"{PASSWORD}-not"),
        "host": f"postgresql://desk:{PASSWORD}@nowhere.invalid/news",
        "database": postgres.address("nowhere"),
        "form": f"postgresql://desk:{PASSWORD}/@127.0.0.1:x/news",
    }[wrong]
    assert main(["list", "--db", address]) == 4
    told = capsys.readouterr()
    assert told.err.startswith("scrape: postgresql://")
    assert PASSWORD not in told.out + told.err + caplog.text


def test_a_password_in_the_file_of_sources_is_used_and_never_shown(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sources.toml").write_text(
        f'store = "{address}"\n[[source]]\nname = "a"\nfeeds = ["http://127.0.0.1:1/"]\n'
    )
    with PostgresStore(address) as store:
        shelve(store, DAM, article())
    assert main(["list"]) == 0
    assert "A plan for the dam" in capsys.readouterr().out
    for command in (["check", "--store"], ["run", "-v"], ["run", "--log", "json"], ["status"], ["cron"]):
        main(command)
    Path("sources.toml").write_text(f'store = "mysql://desk:{PASSWORD}@db/news"\n')
    assert main(["list"]) == 2
    told = capsys.readouterr()
    assert "cron" in told.out
    assert PASSWORD not in told.out + told.err


def test_a_crontab_is_no_place_for_an_address(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sources.toml").write_text("")
    assert main(["cron", "--db", address]) == 2
    told = capsys.readouterr()
    assert "sources" in told.err
    assert PASSWORD not in told.out + told.err


def test_psycopg_is_loaded_by_who_has_an_address_alone(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom scraper.store import open_store\nopen_store(sys.argv[1]).close()\n"
        "assert not [name for name in sys.modules if name.startswith('psycopg')]\n"
        "sys.modules['psycopg'] = None\n"
        "from scraper.cli import main\nsys.exit(main(['list', '--db', 'postgresql://db.test/news']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "wire.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        4,
        "scrape: postgresql://db.test/news: needs psycopg: pip install 'wireclean[postgres]'\n",
    )


def test_a_scraper_shows_no_password(address: str) -> None:
    assert PASSWORD not in repr(Scraper(address))
