"""Rules of one's own hold for what is fetched and for what is cleaned again."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from cleaners import Article, Rules, load_rules
from scraper.cli import main
from scraper.session import Scraper
from scraper.store.sqlite import SqliteStore
from tests.cleaners.written import STORY, page, paragraphs
from tests.scraper.server import Web
from tests.scraper.store.shelved import article, shelve
from tests.scraper.test_run import LIMITS, sources_of

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a store of one article and its page."""
    monkeypatch.chdir(tmp_path)
    body = page(f"<article>{paragraphs()}</article>").encode()
    with SqliteStore(tmp_path / "wire.db") as store:
        shelve(store, "https://gazette.example/1", article(*STORY), body=body)
    return tmp_path


def rule(host: str) -> str:
    return f'[notice."{host}"]\nstarts = ["Around 2,300 people"]\n'


@pytest.mark.parametrize(("host", "cut"), [("gazette.example", True), ("other.example", False)])
def test_cleaning_again_goes_by_the_rules_of_the_article_s_site(
    folder: Path, capsys: Output, host: str, cut: bool
) -> None:
    main(["reclean", "--quiet"])
    (folder / "wireclean.toml").write_text(rule(host))
    capsys.readouterr()
    assert main(["reclean", "--dry-run"]) == 0
    assert ("- Around 2,300 people" in capsys.readouterr().out) is cut
    assert main(["reclean", "--dry-run", "--no-config"]) == 0
    assert "Around 2,300 people" not in capsys.readouterr().out


def test_a_mistake_in_the_rules_ends_the_command_with_its_line(folder: Path, capsys: Output) -> None:
    (folder / "rules.toml").write_text('[notise]\nwhole = ["Boots"]\n[ad]\nhole = ["Boots"]\n')
    assert main(["reclean", "--config", "rules.toml"]) == 15
    assert capsys.readouterr().err.splitlines() == [
        "scrape: rules.toml:2: there is no such section: [notise]; did you mean notice?",
        "scrape: rules.toml:4: [ad] has no such key: hole; did you mean whole?",
    ]


def test_a_run_cleans_by_them(tmp_path: Path) -> None:
    async def collect(database: str, rules: Rules | None) -> Article:
        async with Scraper(tmp_path / database, limits=LIMITS, rules=rules) as scraper:
            [one] = [one async for one in scraper.run(sources_of(web, tmp_path))]
            return one

    with Web() as web:
        web.site("harbour", articles=1)
        line = asyncio.run(collect("plain.db", None)).body[0].text
        (tmp_path / "rules.toml").write_text(f"[notice]\nwhole = [{json.dumps(line)}]\n")
        article = asyncio.run(collect("wire.db", load_rules(tmp_path / "rules.toml")))
    assert line not in article.text
    assert "own.notice" in [removed.rule for removed in article.removed]
