"""The `scrape` command: usage, exit codes, and what each command prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from cleaners import FetchFailed
from scraper.cli import main
from scraper.fetch.client import Client
from scraper.session import fetch_address
from scraper.sources import Source, append_source, load_sources
from scraper.store.sqlite import SqliteStore
from tests.scraper import faults
from tests.scraper.server import Web
from tests.scraper.store.shelved import STORY, article, count, remember, shelve


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of three articles, the last in two versions, in the working folder."""
    monkeypatch.chdir(tmp_path)
    with SqliteStore(tmp_path / "wire.db") as store:
        for number in (1, 2, 3):
            shelve(
                store,
                f"https://example.org/{number}",
                article(f"Story {number} is of dams.", title=f"Title {number}"),
            )
        shelve(store, "https://example.org/3", article(*STORY, title="Title 3", removed=["Get the app"]))
    return tmp_path / "wire.db"


Output = pytest.CaptureFixture[str]


def test_help_loads_neither_network_nor_database() -> None:
    program = (
        "import sys\nfrom scraper.cli import main\n"
        "try: main(['run', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'httpx', 'sqlite3', 'asyncio', 'cleaners.label', 'json'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["run", "--max", "0"],
        ["list", "--since", "yesterday"],
        ["prune"],
        ["prune", "--older", "7x"],
        ["run", "missing.toml"],
    ],
)
def test_wrong_usage_is_code_2_and_one_line(arguments: list[str], database: Path, capsys: Output) -> None:
    try:
        code = main(arguments)
    except SystemExit as exit:
        code = int(exit.code or 0)
    assert code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lst"], "there is no lst; did you mean list?; see scrape --help"),
        (["run", "--mx", "3"], "scrape run: it takes no --mx; did you mean --max?"),
        (["list", "-f", "jsn"], "there is no jsn; did you mean json?"),
        (["run", "--log", "xml"], "choose from 'text', 'json'"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_likely_one(
    arguments: list[str], told: str, capsys: Output
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--db", "postgresql://desk:s3cret@db.test/wire", "list"],
        ["list", "postgresql://desk:s3cret@db.test/wire"],
        ["run", "a.toml", "https://desk:s3c/ret@a.test/"],
        ["show", "https://desk:s3cr@et@a.test/news/1"],
        ["add", "https://desk:s3cret@a.test/", "sources.toml", "more"],
    ],
)
def test_no_mistake_prints_the_password_of_an_address(
    arguments: list[str], database: Path, capsys: Output
) -> None:
    with suppress(SystemExit):
        assert main(arguments)
    err = capsys.readouterr().err
    assert err
    assert "s3c" not in err
    assert "desk" not in err


def test_an_empty_file_is_no_store_and_a_run_makes_one_of_it(tmp_path: Path, capsys: Output) -> None:
    empty = tmp_path / "wire.db"
    empty.touch()
    assert main(["list", "--db", str(empty)]) == 4
    assert "`scrape run` makes it" in capsys.readouterr().err
    SqliteStore(empty).close()
    assert main(["list", "--db", str(empty)]) == 0


def test_a_mistake_in_the_sources_is_named_with_its_line(database: Path, capsys: Output) -> None:
    Path("sources.toml").write_text(
        '[[source]]\nname = "harbour"\nfeeds = ["https://example.org/"]\ndelay = "soon"\n'
    )
    assert main(["run"]) == 2
    assert "sources.toml:4" in capsys.readouterr().err


def test_a_mistake_in_the_sources_stops_no_command_that_takes_none(database: Path, capsys: Output) -> None:
    Path("sources.toml").write_text("log = 7\n[[source\n")
    assert main(["list"]) == 0
    assert main(["cron"]) == 2  # which is about the file
    Path("sources.toml").write_text("log = 7\n")
    assert main(["status"]) == 0


def test_an_unknown_source_is_named_with_those_there_are(database: Path, capsys: Output) -> None:
    Path("sources.toml").write_text('[[source]]\nname = "harbour"\nfeeds = ["https://example.org/feed"]\n')
    assert main(["run", "--source", "valley"]) == 2
    assert "no source called valley; there are harbour" in capsys.readouterr().err
    assert main(["run", "--source", "harbor"]) == 2
    assert "no source called harbor; did you mean harbour?" in capsys.readouterr().err


def test_looking_into_a_store_that_is_not_there_is_code_4(tmp_path: Path, capsys: Output) -> None:
    assert main(["list", "--db", str(tmp_path / "none.db")]) == 4
    assert "there is no such store" in capsys.readouterr().err


def test_init_writes_a_file_to_add_to_and_never_overwrites(database: Path, capsys: Output) -> None:
    assert main(["init"]) == 0
    assert main(["init"]) == 2
    assert "there already" in capsys.readouterr().err
    assert main(["run"]) == 2
    assert "it names no source; `scrape add" in capsys.readouterr().err
    append_source("sources.toml", Source("harbour", feeds=("https://example.org/feed",)))
    assert [source.name for source in load_sources("sources.toml")] == ["harbour"]


def test_list_shows_the_newest_first(database: Path, capsys: Output) -> None:
    assert main(["list", "-n", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2"]
    assert lines[0].endswith("harbour  Title 3")


def test_list_as_json(database: Path, capsys: Output) -> None:
    main(["list", "--format", "json", "--source", "harbour"])
    assert [entry["versions"] for entry in json.loads(capsys.readouterr().out)] == [2, 1, 1]


def test_show_prints_the_article_and_each_edition(database: Path, capsys: Output) -> None:
    assert main(["show", "3"]) == 0
    assert STORY[0] in capsys.readouterr().out
    assert main(["show", "3", "--edition", "1"]) == 0
    assert "Story 3 is of dams." in capsys.readouterr().out
    assert main(["show", "3", "--format", "removed"]) == 0
    assert capsys.readouterr().out.split() == ["90", "ad", "ads.test", "Get", "the", "app"]
    assert main(["show", "3", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Title 3"
    assert main(["show", "99"]) == 1
    assert main(["show", "3", "--edition", "9"]) == 1


def test_show_prints_the_page_as_it_was_fetched(database: Path) -> None:
    command = [sys.executable, "-m", "scraper.cli", "show", "1", "--format", "page", "--db", str(database)]
    done = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )
    assert done.stdout == b"<html>page</html>"


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["story", "dams"], {"Title 1", "Title 2"}),
        (["harbour authority"], {"Title 3"}),
        (["authority harbour"], set()),
        (['AND"', "NEAR("], set()),
        (["DÁMS"], {"Title 1", "Title 2"}),
    ],
)
def test_search_finds_all_words_and_takes_no_word_for_a_command(
    words: list[str], titles: set[str], database: Path, capsys: Output
) -> None:
    code = main(["search", *words, "--format", "json"])
    assert {entry["title"] for entry in json.loads(capsys.readouterr().out)} == titles
    assert code == (0 if titles else 1)


def test_more_words_than_a_search_takes_are_wrong_usage(database: Path, capsys: Output) -> None:
    assert main(["search", *map(str, range(40))]) == 2
    assert capsys.readouterr().err == "scrape: at most 32 different words are searched for at a time\n"


@pytest.mark.parametrize(
    ("text", "words", "excerpt"),
    [
        ("港务局周二批准了修复旧大坝的计划。", "旧大坝", "[旧大坝]"),
        ("การท่าเรืออนุมัติแผนซ่อมเขื่อนเก่า", "เขื่อน", "เขื่อน"),
        ("बंदरगाह ने बाँध की योजना को मंज़ूरी दी।", "योजना", ""),
        ("Управление порта одобрило план ремонта плотины.", "ПЛОТИНЫ", "[плотины]"),
    ],
)
def test_search_finds_words_of_every_script(text: str, words: str, excerpt: str, database: Path) -> None:
    with SqliteStore(database) as store:
        kept = shelve(store, "https://example.org/other", article(text, title="Other"))
        [entry] = store.articles.search(words)
        assert entry.id == kept.id
        assert excerpt in (entry.excerpt or "")
        assert not store.articles.search(words[::-1])


def test_prune_takes_old_articles_and_does_not_fetch_them_again(database: Path, capsys: Output) -> None:
    with SqliteStore(database) as store, store.database.write():
        store.database.connection.execute("UPDATE article SET fetched = '2020-01-01T00:00:00Z' WHERE id < 3")
    assert main(["prune", "--older", "1d", "--dry-run"]) == 0
    assert "Would take out 2 articles and 2 pages" in capsys.readouterr().out
    assert main(["prune", "--older", "1d", "--vacuum"]) == 0
    with SqliteStore(database) as store:
        assert [count(store, table) for table in ("article", "version", "page", "article_words")] == [
            1,
            2,
            2,
            1,
        ]
        assert remember(store, "harbour", "https://example.org/1") == 0
        assert store.addresses.claim("harbour", 5) == []
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"


def test_prune_of_pages_keeps_the_articles_and_says_why_a_page_is_gone(
    database: Path, capsys: Output
) -> None:
    with SqliteStore(database) as store, store.database.write():
        store.database.connection.execute("UPDATE article SET fetched = '2020-01-01T00:00:00Z'")
    assert main(["prune", "--older", "1d", "--pages-only"]) == 0
    assert main(["show", "1"]) == 0
    assert main(["show", "1", "--format", "page"]) == 4
    assert "pruned" in capsys.readouterr().err
    assert main(["reclean"]) == 1


def test_cron_prints_a_line_and_two_units(database: Path, capsys: Output) -> None:
    assert main(["cron", "--every", "1h"]) == 0
    output = capsys.readouterr().out
    assert f"0 * * * * {''}" in output
    assert str(Path("sources.toml").absolute()) in output
    assert "# wireclean.service" in output
    assert "# wireclean.timer" in output


def test_what_cron_cannot_say_is_left_to_the_timer(database: Path, capsys: Output) -> None:
    assert main(["cron", "--every", "45m"]) == 0
    output = capsys.readouterr().out
    assert output.startswith("# cron cannot say every 45m; it can say 30m or 1h\n")
    assert "OnUnitActiveSec=45min" in output
    assert main(["cron", "--every", "90s"]) == 2


def test_add_finds_the_feeds_and_check_shows_the_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scraper.commands.gathering.Client", partial(Client, pace=False))
    with Web() as web:
        site = web.site("harbour", articles=5)
        assert main(["add", site.url("/"), "--name", "harbour"]) == 0
        assert "feed http://127.0.0.1:" in capsys.readouterr().out
        assert main(["check"]) == 0
        assert "harbour: 5 articles" in capsys.readouterr().out
        site.on("/feed.xml", faults.status(500))
        assert main(["check"]) == 1
        assert "status-500" in capsys.readouterr().out


def test_a_dry_run_names_what_is_not_in_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scraper.commands.gathering.Client", partial(Client, pace=False))
    monkeypatch.setattr("scraper.session.Client", partial(Client, pace=False))
    with Web() as web:
        site = web.site("harbour", articles=3)
        Path("sources.toml").write_text(site.source_toml())
        assert main(["run", "--dry-run"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 3
        assert main(["run", "-v"]) == 0
        site.newsroom.publish(2)
        assert main(["run", "--dry-run", "--max", "1"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1
        site.on("/feed.xml", faults.status(500))
        assert main(["run", "--dry-run"]) == 1
        assert "status-500" in capsys.readouterr().err


def test_clean_is_given_a_page_by_its_address() -> None:
    with Web() as web:
        site = web.site("harbour", articles=2, robots="User-agent: *\nDisallow: /")
        body, url = fetch_address(site.url(site.newsroom.path(1)))
        assert b"<h1>" in body
        assert url == site.url(site.newsroom.path(1))
        with pytest.raises(FetchFailed, match="status-404"):
            fetch_address(site.url("/nothing"))
        site.on("/away", faults.redirect("http://127.0.0.2:1/"))
        with pytest.raises(FetchFailed, match="refused-address"):
            fetch_address(site.url("/away"))


def test_clean_knows_who_fetches() -> None:
    from cleaners.inputs import installed_fetch

    assert installed_fetch() is fetch_address


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")  # noqa: PTH110
@pytest.mark.parametrize("command", [["list"], ["export"], ["show", "1"], ["export", "-f", "csv"]])
def test_a_full_disk_is_code_9_and_says_so_in_one_line(command: list[str], database: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scraper", *command, "--db", str(database)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 9
    assert done.stderr == "scrape: standard output: cannot be written: no space left on device\n"


def test_who_reads_no_further_is_told_nothing(database: Path) -> None:
    command = f"{sys.executable} -m scraper export --db {database} | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize(
    "name", ["wire.db", "./wire.db-wal", "wire.db-shm", "wire.db.lock", "sources.toml", "link"]
)
@pytest.mark.parametrize("command", [["export", "-o"], ["migrate", "wire.db"]])
def test_nothing_is_written_over_the_store_or_the_file_of_sources(
    command: list[str], name: str, database: Path, capsys: Output
) -> None:
    Path("link").hardlink_to(database)
    Path("sources.toml").touch()
    assert main([*command, name]) == 2
    assert capsys.readouterr().err == f"scrape: {name}: something else is kept there; name another file\n"
    assert main(["list"]) == 0


@pytest.mark.parametrize("name", ["wire.db", "sources.toml"])
def test_no_log_is_written_into_the_store_or_the_file_of_sources(
    name: str, database: Path, capsys: Output
) -> None:
    Path("sources.toml").write_text(
        f'log = "{name}"\n[[source]]\nname = "harbour"\nfeeds = ["https://harbour.invalid/feed"]\n'
    )
    assert main(["run"]) == 2
    assert "something else is kept there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "\udcff"], 1),
        (["list", "--source", "\udcff"], 0),
        (["export", "--source", "\udcff"], 0),
        (["show", "\udcff"], 2),
        (["show", "--failure", "\udcff"], 1),
        (["forget", "\udcff"], 1),
        (["search", "d\udcc3\udca1ms"], 0),  # UTF-8 where Python was told that all is ASCII
    ],
)
def test_what_is_no_text_is_found_nowhere(
    arguments: list[str], code: int, database: Path, capsys: Output
) -> None:
    assert main(arguments) == code
    assert len(capsys.readouterr().err.splitlines()) <= 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("command", [["list"], ["show", "4"], ["search", "dams"]])
def test_what_is_printed_is_utf_8_whatever_the_locale(
    command: list[str], encoding: str, database: Path
) -> None:
    with SqliteStore(database) as store:
        shelve(store, "https://example.org/4", article("Of dams.", title="Дождь"))
    done = subprocess.run(
        [sys.executable, "-m", "scraper", *command],
        env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=True,
    )  # fmt: skip
    assert "Дождь" in done.stdout.decode()


def test_an_export_says_where_it_is_on_one_line(database: Path, capsys: Output) -> None:
    assert main(["export", "-o", "two\nlines.jsonl"]) == 0
    assert capsys.readouterr().err == "3 articles in two lines.jsonl\n"
