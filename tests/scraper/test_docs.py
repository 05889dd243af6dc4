"""Every command of docs/scraping.md runs, in the order of the page, against a local site."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scraper.server import Web

PAGE = (Path(__file__).parents[2] / "docs" / "scraping.md").read_text("utf-8")
ADDRESS = "https://news.example.org/"


def commands(heading: str) -> list[str]:
    """The commands under a heading of the page."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    return [
        line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")
    ]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with Web() as web:
        yield web.site("harbour", articles=6).url("/")


SCRAPE = f"""#!{sys.executable}
import sys
from scraper import cli
from scraper.fetch import client

begin = client.Client.__init__  # without the seconds between two requests, which other tests measure
client.Client.__init__ = lambda self, **options: begin(self, **{{**options, "pace": False}})
sys.exit(cli.main())
"""


def run(command: str, site: str, folder: Path) -> str:
    """What a command prints in a folder where `scrape` is this program."""
    script = folder / "bin" / "scrape"
    if not script.exists():
        script.parent.mkdir()
        script.write_text(SCRAPE)
        script.chmod(0o755)
    done = subprocess.run(
        command.replace(ADDRESS, site),
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": f"{script.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@dataclass
class Desk:
    """A folder in which the commands that lead to a cron job were run, and what they printed."""

    folder: Path
    outputs: list[str]


@pytest.fixture(scope="module")
def desk(site: str, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    return Desk(folder, [run(command, site, folder) for command in commands("From nothing to a cron job")])


def test_five_commands_lead_from_nothing_to_a_cron_job(site: str, desk: Desk) -> None:
    found, checked, ran, listed, timed = desk.outputs
    assert (desk.folder / "sources.toml").exists()
    assert "Added" in found
    assert "6 articles" in checked
    assert "6 new" in ran
    assert len(listed.splitlines()) == 6
    cron_command = next(line for line in timed.splitlines() if line.startswith("*/15"))
    line = cron_command.removeprefix("*/15 * * * * ")
    assert run(line, site, desk.folder) == ""  # cron has nothing to mail


def test_the_commands_that_look_show_what_was_kept(site: str, desk: Desk) -> None:
    outputs = {command.split()[1]: run(command, site, desk.folder) for command in commands("Looking at it")}
    assert "ok" in outputs["status"]
    assert len((desk.folder / "week.jsonl").read_text().splitlines()) == 6


@pytest.mark.parametrize("heading", ["What a site repeats", "Making room"])
def test_the_other_commands_run(heading: str, site: str, desk: Desk) -> None:
    assert commands(heading)
    for command in commands(heading):
        run(command, site, desk.folder)


def test_a_store_moves_to_where_several_machines_share_it_and_back(
    site: str, desk: Desk, address: str
) -> None:
    moves = [
        command.replace("postgresql://db.example.org/news", address)
        for command in commands("Several machines")
    ]
    there, ran, found, checked, back = [run(command, site, desk.folder) for command in moves]
    assert "6  article\n" in there
    assert "0 new" in ran or ran == ""
    assert found
    assert "6 article" in checked
    assert "copy.db holds all" in back


def test_the_python_example_runs(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    feed = site.rstrip("/")
    host = feed.removeprefix("http://")
    Path("sources.toml").write_text(
        f'[[source]]\nname = "harbour"\nfeeds = ["{feed}/feed.xml"]\ndelay = 0\nallow_hosts = ["{host}"]\n'
    )
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    example = example.replace("https://news.example.org/2025/rain.html", site)
    lines = "".join(f"    {line}\n" for line in example.splitlines() if not line.startswith("from "))
    imports = "".join(f"{line}\n" for line in example.splitlines() if line.startswith("from "))
    names: dict[str, object] = {}
    exec(f"{imports}async def example():\n{lines}", names)
    asyncio.run(names["example"]())  # type: ignore[operator]
    assert Path("wire.db").exists()
