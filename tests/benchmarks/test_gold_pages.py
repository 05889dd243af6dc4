"""The layouts in which corpora are published, each with one page written here."""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.gold_pages import GoldPhoto, find_gold
from benchmarks.peers import installed, make
from benchmarks.quality import main, match_photos, word_f1
from cleaners import Article, Photo
from tests.cleaners import written

PAGE = gzip.compress(written.wordpress(written.figure() + written.paragraphs()).encode())
BODY = "\n".join(written.STORY)


def write(path: Path, text: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(text) if not isinstance(text, str) else text, encoding="utf-8")


def write_page(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PAGE)


def own(root: Path) -> None:
    row = {
        "id": "a", "url": "https://example.org/a", "body": BODY, "title": written.TITLE, "authors": ["Olena Bird"],
        "date": "2024-10-24", "photos": [{"caption": written.CAPTION, "credits": ["Olena Bird", "AFP"]}],
    }  # fmt: skip
    write(root / "ours" / "gold.jsonl", json.dumps(row) + "\n")
    write_page(root / "ours" / "html" / "a.html.gz")


def zyte(root: Path) -> None:
    write(root / "zyte" / "ground-truth.json", {"a": {"articleBody": BODY, "url": "https://example.org/a"}})
    write_page(root / "zyte" / "html" / "a.html.gz")


def wcxb(root: Path) -> None:
    truth = {
        "title": written.TITLE,
        "author": "Olena Bird",
        "publish_date": "2024-10-24",
        "main_content": BODY,
    }
    row = {
        "url": "https://example.org/a",
        "ground_truth": truth,
        "_internal": {"page_type": {"primary": "article"}},
    }
    write(root / "dev" / "ground-truth" / "a.json", row)
    write(root / "dev" / "ground-truth" / "b.json", row | {"_internal": {"page_type": {"primary": "forum"}}})
    for name in "ab":
        write_page(root / "dev" / "html" / f"{name}.html.gz")


def fundus(root: Path) -> None:
    folder = root / "tests" / "resources" / "parser" / "test_data" / "xx"
    name = "ExamplePress_2024_10_24.html.gz"
    write(folder / "meta.info", {name: {"url": "https://example.org/a", "crawl_date": "2024-10-24 12:00:00"}})
    version = {
        "title": written.TITLE, "authors": ["Olena Bird"], "publishing_date": "2024-10-24 12:30:00+02:00",
        "body": {"summary": [written.STORY[0]], "sections": [{"headline": [], "paragraphs": written.STORY[1:]}]},
        "images": [{"caption": written.CAPTION, "authors": ["Olena Bird", "AFP"]}],
    }  # fmt: skip
    write(folder / "ExamplePress.json", {"V1": version})
    write_page(folder / name)


@pytest.mark.parametrize("layout", [own, zyte, wcxb, fundus])
def test_a_page_is_found_with_its_body(layout: Callable[[Path], None], tmp_path: Path) -> None:
    layout(tmp_path)
    [page] = find_gold(tmp_path)
    assert page.body == BODY
    assert page.url == "https://example.org/a"
    assert b"The river rose" in page.read()
    if layout is zyte:
        assert (page.title, page.authors, page.date, page.photos) == (None, None, None, None)
    else:
        assert page.title == written.TITLE
        assert page.authors == ("Olena Bird",)
        assert page.date is not None
        assert page.date.startswith("2024-10-24")
    if layout in {own, fundus}:
        assert page.photos == (GoldPhoto(written.CAPTION, "Olena Bird AFP"),)


def test_the_tables_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for layout in (own, zyte, wcxb, fundus):
        layout(tmp_path)
    main([str(tmp_path), "--only", "wireclean"])
    told = capsys.readouterr().out
    assert told.count("| wireclean | 1.000 |") >= 4
    assert "captions" in told


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])


def test_a_photo_is_found_by_its_caption(tmp_path: Path) -> None:
    own(tmp_path)
    [page] = find_gold(tmp_path)
    counts: Counter[str] = Counter()
    photos = (
        Photo(caption="Soldiers carry bread to a boat", credit="Olena Bird/AFP"),
        Photo(caption="Another"),
    )
    match_photos(page, Article(photos=photos), counts)
    assert counts == {
        "caption told": 2, "credit told": 1, "caption wanted": 1, "credit wanted": 1, "caption found": 1,
        "credit found": 1,
    }  # fmt: skip


def test_words_are_compared_whatever_their_order() -> None:
    assert word_f1("Rain in Kyiv", "kyiv in rain!") == 1
    assert word_f1(None, "Rain") == word_f1("", "") == 0


def test_a_page_that_an_extractor_cannot_read_has_no_text() -> None:
    assert "wireclean" in installed()
    assert make("wireclean")(b"%PDF-1.7") == ""
