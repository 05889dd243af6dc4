"""Passwords go to the host that they are for and nowhere else; titles command neither a terminal nor a spreadsheet."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from cleaners import Photo
from cleaners.errors import OutputFailed
from cleaners.whole_file import whole_file
from scraper.cli import main
from scraper.fetch.client import Client
from scraper.sources import Source, load_sources, source_toml
from scraper.store.sqlite import SqliteStore
from tests.scraper import faults
from tests.scraper.server import Web
from tests.scraper.store.shelved import article, shelve

Output = pytest.CaptureFixture[str]
EVIL = "=cmd|'/c calc'!A1\x1b[2J\x9b31m\x07\u202e"
LOGIN = f"Basic {base64.b64encode(b'desk:s3cr@t').decode()}"


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scraper.session.Client", partial(Client, pace=False))
    monkeypatch.setattr("scraper.commands.gathering.Client", partial(Client, pace=False))
    with Web() as opened:
        yield opened


def test_a_password_in_an_address_is_sent_to_its_host_and_written_nowhere(web: Web, capsys: Output) -> None:
    site, other = web.site("harbour", articles=3), web.site("other", articles=1)
    site.on(site.newsroom.path(1), faults.redirect(other.url("/news/elsewhere")))
    site.on(site.newsroom.path(2), faults.status(503))
    text = site.source_toml().replace("http://", "http://desk:s3cr%40t@")
    text = text.replace(f'["{site.address}"]', f'["{site.address}", "{other.address}"]')
    Path("sources.toml").write_text(f'log = "wire.log"\n{text}')
    main(["check"])
    main(["run", "-v"])
    main(["run", "--log", "json", "--retry-failed"])
    site.on("/feed.xml", faults.reset())
    main(["run"])
    for look in (
        ["status"],
        ["status", "-f", "json"],
        ["status", "-f", "prometheus"],
        ["list", "-f", "json"],
    ):
        main(look)
    main(["show", "--failure", "-f", "json"])
    main(["export"])
    written = capsys.readouterr()
    assert all(
        asked.headers.get("authorization") == LOGIN for asked in site.asked if asked.path != "/robots.txt"
    )
    assert other.asked
    assert not any("authorization" in asked.headers for asked in other.asked)
    kept = b"".join(path.read_bytes() for path in Path().glob("wire.*"))
    for secret in ("s3cr@t", "s3cr%40t", LOGIN.split()[1]):
        assert secret not in written.out + written.err
        assert secret.encode() not in kept


@pytest.mark.parametrize(
    "command",
    [
        ["show", "--failure"],
        ["show"],
        ["forget"],
        ["check", "--source"],
        ["list", "--source"],
        ["search"],
    ],
    ids=" ".join,
)
def test_an_address_that_is_not_found_is_repeated_without_its_password(
    command: list[str], evil: Path, capsys: Output
) -> None:
    Path("sources.toml").write_text(
        '[[source]]\nname = "harbour"\nfeeds = ["https://harbour.invalid/feed"]\n'
    )
    with suppress(SystemExit):
        main([*command, "http://desk:s3cr3t@host.test/feed.xml"])
    written = capsys.readouterr()
    assert "s3cr3t" not in written.out + written.err


def test_a_source_shows_no_secret_but_in_the_file(tmp_path: Path) -> None:
    source = Source("a", feeds=("https://desk:s3cr%40t@example.org/feed",), headers={"X-Key": "s3cr@t"})
    assert "s3cr" not in repr(source)
    path = tmp_path / "sources.toml"
    path.write_text(source_toml(source))
    assert load_sources(path) == [source]
    assert "desk:s3cr%40t@" in path.read_text()


def test_a_mistake_in_an_address_shows_no_password(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "sources.toml"
    for address in (
        "ftp://desk:s3cr@t@example.org/",
        "https://desk:s3cret@[::bad/",
        "https://desk:s3c@example.org:99999/",
    ):
        path.write_text(f'[[source]]\nname = "a"\nfeeds = ["{address}"]\n')
        assert main(["check", str(path)]) == 2
        assert "s3c" not in capsys.readouterr().err


@pytest.fixture
def evil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one article whose every text is hostile."""
    monkeypatch.chdir(tmp_path)
    with SqliteStore(tmp_path / "wire.db") as store:
        made = article(EVIL, title=EVIL, removed=[EVIL], photos=[Photo(EVIL, EVIL)])
        shelve(store, "https://example.org/a", made)
    return tmp_path / "wire.db"


LOOKS = (
    ["list"], ["list", "-f", "json"], ["show", "1"], ["show", "1", "-f", "markdown"], ["show", "1", "-f", "json"],
    ["show", "1", "-f", "removed"], ["search", "calc"], ["search", "calc", "-f", "json"], ["status"],
    ["export"], ["export", "-f", "markdown"], ["export", "-f", "csv"],
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_no_title_commands_a_terminal(look: list[str], evil: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "scraper", *look], capture_output=True, check=True)
    text = done.stdout.decode()
    assert text
    assert not [char for char in text if (ord(char) < 32 and char not in "\r\n\t") or 127 <= ord(char) < 160]
    if look[0] != "export":
        assert "\u202e" not in text


def test_no_cell_is_a_formula(evil: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "-f", "csv"]) == 0
    [row] = csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode()))
    for name in ("title", "text", "photos"):
        assert row[name].startswith("'=cmd")


def test_an_export_as_json_is_what_was_kept(evil: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["title"] == EVIL


def test_a_run_that_tells_of_every_article_commands_no_terminal(web: Web, capsys: Output) -> None:
    site = web.site("harbour", articles=1)
    page = site.newsroom.article(1, site.url("")).decode().replace("<h1>", "<h1>\x1b]0;owned\x07 \x9b2J ")
    site.on(
        site.newsroom.path(1), faults.reply(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})
    )
    Path("sources.toml").write_text(site.source_toml())
    assert main(["run", "-v"]) == 0
    heard = capsys.readouterr().err
    assert "new " in heard
    assert not set("\x1b\x07\x9b") & set(heard)


def test_the_name_of_a_source_commands_no_terminal(web: Web, capsys: Output) -> None:
    site = web.site("harbour", articles=1)
    text = site.source_toml().replace('name = "harbour"', r'name = "har\u001b[2J\u009bbour"')
    Path("sources.toml").write_text(text)
    for command in (["check"], ["run", "--dry-run"], ["run", "-v"], ["list"], ["status"], ["show", "1"]):
        assert main(command) == 0
    site.on("/feed.xml", faults.status(500))
    for command in (["check"], ["run", "--dry-run"], ["run"]):
        assert main(command) == 1
    for command in (["show", "--failure"], ["show", "--failure", "1"], ["forget", "har\x1b[2J\x9bbour"]):
        assert main(command) == 0
    written = capsys.readouterr()
    assert "bour: 1 article" in written.out
    assert not {"\x1b", "\x9b"} & set(written.out + written.err)


def test_what_a_server_says_commands_no_terminal(web: Web, capsys: Output) -> None:
    site = web.site("harbour", articles=1)
    site.on("*", faults.reply(200, b"..", {"Content-Type": "image/\x9b31mpng\x85"}))
    assert main(["add", site.url("/")]) != 0
    heard = capsys.readouterr().err
    assert heard.count("\n") == 1
    assert not [char for char in heard if 127 <= ord(char) < 160]


def test_an_export_follows_no_link_of_its_temporary_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    names = iter(["a" * 8, "a" * 8])
    monkeypatch.setattr(os, "urandom", lambda count: next(names).encode())
    with whole_file(tmp_path / "first"):
        [partial_name] = [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]
    (tmp_path / partial_name).symlink_to(victim)
    with pytest.raises(OutputFailed), whole_file(tmp_path / "first") as file:
        file.write(b"overwritten")
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("options", ["", "-v"])
@pytest.mark.parametrize("closing", ["2>&-", "2>/dev/full", "2>&- 1>&- 0<&-"])
def test_a_closed_standard_error_stops_no_run(closing: str, options: str, web: Web) -> None:
    site = web.site("harbour", articles=3)
    Path("sources.toml").write_text(site.source_toml())
    command = f'exec "{sys.executable}" -m scraper run {options} {closing}'
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0
    with SqliteStore(Path("wire.db")) as store:
        assert len(store.articles.entries()) == 3
        assert store.examine().problems == ()


def test_who_hears_enough_of_a_run_does_not_end_it(web: Web) -> None:
    site = web.site("harbour", articles=30)
    Path("sources.toml").write_text(site.source_toml())
    command = f'{{ "{sys.executable}" -m scraper run -v 2>&1; echo $? > code; }} | head -n 1'
    subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL)
    assert Path("code").read_text() == "0\n"
    with SqliteStore(Path("wire.db")) as store:
        assert len(store.articles.entries()) == 30


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "99999999999999999999"],
        ["show", "-1"],
        ["show", "٣"],
        ["show"],
        ["list", "-n", "99999999999999999999"],
        ["list", "--since", "999999w"],
        ["list", "--since", "999999999d"],
        ["list", "--since", "0001-01-01T00:00:00+14:00"],
        ["prune", "--older", "999999w"],
        ["run", "--recheck", "999999w"],
        ["run", "--for", "999999999w"],
        ["run", "--max", "1e9"],
        ["cron", "--every", "999999w"],
    ],
    ids=" ".join,
)
def test_numbers_and_ages_beyond_all_bounds_are_wrong_usage(
    arguments: list[str], evil: Path, capsys: Output
) -> None:
    try:
        code = main(arguments)
    except SystemExit as exit:
        code = int(exit.code or 0)
    assert code == 2
    assert "Traceback" not in capsys.readouterr().err
