"""Lists of feeds from other readers become sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.cli import main
from scraper.errors import SourcesError
from scraper.opml import read_opml
from scraper.sources import Source, load_sources

LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Ports"><outline type="rss" text="Harbour &amp; Sea" xmlUrl="https://harbour.example.org/feed.xml"/>
<outline TEXT="Harbour &amp; Sea" XMLURL="https://desk:p%40ss@harbour.example.org/other.xml"/></outline>
<outline xmlUrl="https://valley.example.org/rss"/>
<outline text="no feed"/><outline text="no address" xmlUrl="not an address"/>
<outline text="twice" xmlUrl="https://valley.example.org/rss"/>
</body></opml>"""


def written(folder: Path, text: str) -> Path:
    path = folder / "feeds.opml"
    path.write_text(text, "utf-8")
    return path


def test_each_feed_is_a_source_with_a_name_of_its_own(tmp_path: Path) -> None:
    found = read_opml(written(tmp_path, LIST))
    assert [(source.name, source.feeds) for source in found] == [
        ("Harbour & Sea", ("https://harbour.example.org/feed.xml",)),
        ("Harbour & Sea 2", ("https://harbour.example.org/other.xml",)),
        ("valley.example.org", ("https://valley.example.org/rss",)),
    ]
    assert found[1].logins


def test_what_is_there_already_is_left_out(tmp_path: Path) -> None:
    there = [Source("Harbour & Sea", feeds=("https://harbour.example.org/feed.xml",))]
    assert [source.name for source in read_opml(written(tmp_path, LIST), there)] == [
        "Harbour & Sea 2",
        "valley.example.org",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<rss><channel/></rss>", "its root is <rss>"),
        ("not XML", "is no OPML"),
        ("", "is no OPML"),
        ('<!DOCTYPE o [<!ENTITY a "aaaa">]><opml><body><outline xmlUrl="&a;"/></body></opml>', "entities"),
        ("<opml>" + "<outline>" * 200 + "</outline>" * 200 + "</opml>", "without end"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=why):
        read_opml(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="cannot be read"):
        read_opml(tmp_path)


def test_add_writes_them_all_and_a_second_time_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, LIST)
    assert main(["init"]) == 0
    assert main(["add", "feeds.opml"]) == 0
    assert "3 sources in sources.toml are new" in capsys.readouterr().out
    assert len(load_sources("sources.toml")) == 3
    assert main(["add", "feeds.opml"]) == 0
    assert "0 sources" in capsys.readouterr().out
