"""How likely lines and blocks are the article's."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.read.html import parse_page
from cleaners.read.names import read_names
from cleaners.scorer.chances import (
    View,
    confidences,
    page_chances,
    text_chances,
    view_page,
    view_text,
)
from cleaners.scorer.cut import best_cut, page_words
from cleaners.scorer.features import names_of
from cleaners.scorer.shape import Floats
from cleaners.scorer.weights import FOLDER, Kind, load_weights
from tests.cleaners import written

KINDS: tuple[Kind, ...] = ("text", "page")


def scores(html: str) -> tuple[list[str], Floats]:
    page = parse_page(html)
    told = page_chances(page.walk, read_names(page.walk), page.metadata.title, page.metadata.article_body)
    return page.walk.texts, told


def view_of(kind: Kind) -> View:
    if kind == "text":
        return view_text(["Home", "It rained in Kyiv."], [None, None])
    walk = parse_page(written.wordpress()).walk
    return view_page(walk, read_names(walk), None, None)


@pytest.mark.parametrize("template", sorted(written.TEMPLATES))
def test_the_story_is_likelier_than_what_surrounds_it(template: str) -> None:
    texts, told = scores(written.TEMPLATES[template]())
    chance = dict(zip(texts, told.tolist(), strict=True))
    least = min(chance[line] for line in written.STORY)
    assert least >= best_cut(told, page_words(texts))[0]
    assert all(one < least for text, one in chance.items() if text not in written.STORY)


def test_an_ordinary_page_promises_more_than_one_without_an_article() -> None:
    texts, story = scores(written.wordpress())
    links, menu = scores(written.page(f"<ul>{written.links(40)}</ul>"))
    assert best_cut(story, page_words(texts))[1] > 0.9 > best_cut(menu, page_words(links))[1]


def test_the_same_page_is_scored_the_same() -> None:
    assert scores(written.wordpress())[1].tolist() == scores(written.wordpress())[1].tolist()


def test_a_page_of_one_block_is_scored() -> None:
    texts, told = scores("<p>It rained.")
    assert len(texts) == len(told) == 1
    assert 0 <= told[0] <= 1


def test_a_page_without_blocks_and_a_text_without_lines_have_no_chances() -> None:
    assert not len(scores("<p></p>")[1])
    assert not len(text_chances([], []))


def test_a_line_s_chance_does_not_depend_on_what_was_weighed_before() -> None:
    lines = ["Home", "Sport", *written.STORY]
    silent = [None] * len(lines)
    once = text_chances(lines, silent).tolist()
    text_chances(lines[::-1], silent)
    assert text_chances(list(lines), list(silent)).tolist() == once


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=90), max_size=30))
def test_any_lines_get_a_chance(lines: list[str]) -> None:
    chance = text_chances(lines, [None] * len(lines))
    assert len(chance) == len(lines)
    assert ((chance >= 0) & (chance <= 1)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_confidences_rise_with_chances(kind: Kind) -> None:
    sure = confidences(kind, np.linspace(0, 1, 101, dtype=np.float32))
    assert (np.diff(sure) >= 0).all()
    assert sure[0] == 0
    assert sure[-1] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_weights_are_small_and_loaded_once(kind: Kind) -> None:
    assert (FOLDER / f"{kind}.npz").stat().st_size < 1_000_000
    assert load_weights(kind) is load_weights(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_manifest_names_what_the_weights_look_at(kind: Kind) -> None:
    manifest = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    view, weights = view_of(kind), load_weights(kind)
    nothing = np.zeros(len(view.reading), np.float32)
    first = names_of(view.first(weights.tables))
    assert manifest["features"] == first + names_of(view.second(nothing, nothing))
    assert weights.first.features.max() < len(first)
    assert weights.second.features.max() < len(manifest["features"])
    assert manifest["trees"] == [len(weights.first.leaves), len(weights.second.leaves)]
