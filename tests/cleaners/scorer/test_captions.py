"""Captions among the lines of a dump: near the story only, and never in a clean text."""

from __future__ import annotations

import numpy as np

from cleaners import clean_text
from cleaners.blocks import Label
from cleaners.scorer.captions import FEATURES, caption_rows, find_captions, may_be_captions

STORY = (
    "The council met on Tuesday evening and agreed to repair the old harbour wall before the winter storms."
)
LINES = [
    "Home",
    "Anna Smith shows the harbour wall",
    "Foto: Jan Kos",
    STORY,
    STORY.replace("council", "mayor"),
]
LABELS = [None, None, Label.CREDIT, None, None]
CHANCE = np.array([0.01, 0.3, 0.01, 0.99, 0.99], np.float32)


def test_each_line_has_a_number_for_each_feature() -> None:
    rows = caption_rows(LINES, LABELS, CHANCE, [3, 4], [1, 3])
    assert rows.shape == (2, len(FEATURES))
    told = dict(zip(FEATURES, rows[0].tolist(), strict=True))
    assert (told["credit next"], told["stays"], told["full stop"]) == (1.0, 0.0, 0.0)
    assert np.isfinite(rows).all()


def test_lines_far_from_the_story_are_not_looked_at() -> None:
    menu = [f"Another section of this site {n}" for n in range(60)]
    texts = [*menu, STORY, *menu]
    places = may_be_captions(texts, range(len(texts)), [60])
    assert 59 in places
    assert 0 not in places
    assert len(texts) - 1 not in places


def test_where_no_story_is_there_are_no_captions() -> None:
    assert may_be_captions(LINES, range(len(LINES)), []) == []
    assert find_captions(LINES, LABELS, CHANCE, [], []) == {}


def test_a_line_above_a_credit_is_likelier_a_caption_than_a_paragraph() -> None:
    rows = caption_rows(LINES, LABELS, CHANCE, [3, 4], [1, 3])
    sure = find_captions(LINES, LABELS, CHANCE, [3, 4], [1, 3])
    assert 3 not in sure
    assert rows[0][FEATURES.index("capitals")] > rows[1][FEATURES.index("capitals")]


def test_a_clean_text_gives_up_none_of_its_lines() -> None:
    text = "\n".join([STORY, "Anna Smith shows the harbour wall", STORY.replace("council", "mayor")] * 3)
    article = clean_text(text)
    assert article.photos == ()
    assert article.removed == ()
