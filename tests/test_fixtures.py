"""Every folder of fixtures/ is a story as someone scraped it, and the article that must come out.

`expected.toml` says what: a field that is not there must come out empty. `body` has one line a paragraph,
headings begin with "## "; photos and removed lines are in the order of the story. `negative = true` marks the
stories in which every sentence stays. `source` points to an input that lies elsewhere.
"""

from __future__ import annotations

import difflib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleaners import Article, Heading, clean_html, clean_text
from cleaners.blocks import Label
from cleaners.read.decode import decode_text

ROOT = Path(__file__).parent.parent
FOLDERS = sorted(path.parent for path in (ROOT / "fixtures").glob("*/expected.toml"))
NAMES = [folder.name for folder in FOLDERS]
LANGUAGES = "en fr de es pt it nl sv no da fi pl cs ro hu tr ru uk ar he fa hi id vi zh ja ko"
KEYS = "source negative language title agency dateline authors published body photos rights removed"


@cache
def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "fixtures" / name / "expected.toml").read_text(encoding="utf-8"))


def input_path(name: str) -> Path:
    folder = ROOT / "fixtures" / name
    if source := expected(name).get("source"):
        return ROOT / str(source)
    page = folder / "input.html"
    return page if page.exists() else folder / "input.txt"


@cache
def cleaned(name: str) -> Article:
    path = input_path(name)
    data = path.read_bytes()
    return clean_html(data) if path.suffix == ".html" else clean_text(decode_text(data))


def expected_lines(name: str) -> list[str]:
    want = expected(name)
    lines = [f"{key}: {want.get(key)}" for key in ("language", "title", "agency", "dateline", "published")]
    lines.append(f"authors: {'; '.join(want.get('authors', []))}")
    rights = want.get("rights", {})
    lines.append(f"rights: {rights.get('text')} | holder {rights.get('holder')} | year {rights.get('year')}")
    lines += [
        f"photo at {photo['position']}: {photo.get('caption')} | credit {photo.get('credit')}"
        f" | photographer {photo.get('photographer')} | agency {photo.get('agency')}"
        for photo in want.get("photos", [])
    ]
    lines += [f"removed as {line['label']}: {line['text']}" for line in want.get("removed", [])]
    body: str = want["body"]
    return lines + body.splitlines()


def actual_lines(article: Article, removed: bool) -> list[str]:
    lines = [f"language: {article.language}", f"title: {article.title}", f"agency: {article.agency}"]
    lines += [f"dateline: {article.dateline}", f"published: {article.published}"]
    lines.append(f"authors: {'; '.join(article.authors)}")
    rights = article.rights
    lines.append(
        f"rights: {rights.text} | holder {rights.holder} | year {rights.year}"
        if rights
        else "rights: None | holder None | year None"
    )
    lines += [
        f"photo at {photo.position}: {photo.caption} | credit {photo.credit}"
        f" | photographer {photo.photographer} | agency {photo.agency}"
        for photo in article.photos
    ]
    if removed:
        lines += [f"removed as {line.label}: {line.text}" for line in article.removed]
    return lines + [f"## {part.text}" if isinstance(part, Heading) else part.text for part in article.body]


@pytest.mark.parametrize("name", NAMES)
def test_a_story_comes_out_as_its_fixture_says(name: str) -> None:
    removed = "removed" in expected(name) or input_path(name).suffix == ".txt"
    want, got = expected_lines(name), actual_lines(cleaned(name), removed)
    if want != got:
        diff = difflib.unified_diff(
            want, got, f"fixtures/{name}/expected.toml", "what came out", "", "", 0, ""
        )
        pytest.fail("\n".join(diff), pytrace=False)


@pytest.mark.parametrize("name", [name for name in NAMES if expected(name).get("negative")])
def test_a_negative_keeps_every_line_that_is_not_listed(name: str) -> None:
    listed = [line["text"] for line in expected(name).get("removed", [])]
    eaten = [
        f"{line.label} ({line.rule}): {line.text}"
        for line in cleaned(name).removed
        if line.text not in listed and input_path(name).suffix == ".txt"
    ]
    body = [line.removeprefix("## ") for line in expected(name)["body"].splitlines()]
    kept = [part.text for part in cleaned(name).body]
    eaten += [f"not in the body: {line}" for line in body if line not in kept]
    assert not eaten, "\n".join(eaten)


@pytest.mark.parametrize("name", NAMES)
def test_cleaning_the_cleaned_story_changes_nothing(name: str) -> None:
    text = cleaned(name).text
    assert clean_text(text).text == text


def test_there_are_stories_enough_and_a_third_of_them_are_negatives() -> None:
    stories = [name for name in NAMES if name != "seed"]
    negatives = [name for name in stories if expected(name).get("negative")]
    assert len(stories) >= 60
    assert len(negatives) * 3 >= len(stories)


def test_every_language_has_a_story_with_junk_and_a_negative() -> None:
    told = {(expected(name)["language"], bool(expected(name).get("negative"))) for name in NAMES}
    missing = {(language, kind) for language in LANGUAGES.split() for kind in (True, False)} - told
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_a_fixture_uses_only_the_words_of_the_format(name: str) -> None:
    want = expected(name)
    assert set(want) <= set(KEYS.split())
    assert {line["label"] for line in want.get("removed", [])} <= set(Label)
    assert {key for photo in want.get("photos", []) for key in photo} <= {
        "caption",
        "credit",
        "photographer",
        "agency",
        "position",
    }


def test_the_seed_is_a_fixture() -> None:
    assert input_path("seed").parent.name == "seeds"
    assert len(expected("seed")["body"].splitlines()) == 23
