"""Where a text is cut."""

from __future__ import annotations

import numpy as np

from cleaners.scorer.text_cut import choose, is_dump, only_paragraphs

PARAGRAPH = "Heavy rain flooded the lower streets of the port on Thursday, and the fish market stayed closed."


def test_a_text_of_paragraphs_and_crossheads_is_not_weighed() -> None:
    assert only_paragraphs([PARAGRAPH, "A crosshead", PARAGRAPH])
    assert not only_paragraphs([PARAGRAPH, "Share", "Tweet", PARAGRAPH])
    assert not only_paragraphs([PARAGRAPH, "Home"])
    assert not only_paragraphs(["Home", PARAGRAPH])


def test_the_cut_is_made_where_precision_and_recall_are_best() -> None:
    lines = ["word " * 40, "word " * 40, "Home", "Sport", "Jobs", "word " * 60]
    chance = np.array([0.97, 0.95, 0.01, 0.02, 0.02, 0.1], np.float32)
    assert choose(lines, chance, dump=True) == [True, True, False, False, False, False]


def test_a_long_read_with_a_menu_above_is_a_dump() -> None:
    assert is_dump(np.array([0.01] * 8 + [0.95] * 60, np.float32))


def test_a_story_with_a_few_odd_lines_is_no_dump() -> None:
    assert not is_dump(np.array([0.9, 0.9, 0.01, 0.9, 0.01, 0.9, 0.02, 0.9, 0.9, 0.9], np.float32))


def test_a_list_of_odd_lines_between_paragraphs_makes_no_dump() -> None:
    assert not is_dump(np.array([0.9] * 3 + [0.01] * 9 + [0.9] * 3, np.float32))
