"""Where a text or a page is cut, and which line is the headline."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.cut import best_cut, choose, find_title, is_dump, only_paragraphs

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


STORY = [
    "Heavy rain flooded the lower streets of the port on Thursday, and the fish market stayed closed, the mayor said.",
    "Residents carried furniture to the upper floors while firefighters pumped water out of cellars.",
]


def test_a_menu_entry_is_no_title() -> None:
    menu = ["Home", "World", "Politics", "Business", "Fish market", "E-Paper"]
    assert find_title([*menu, *STORY], range(len(menu)), len(menu)) is None


def test_a_line_whose_words_come_back_below_is_the_title() -> None:
    lines = ["Home", "Rain floods the streets of the port", "Share", *STORY]
    assert find_title(lines, [0, 1, 2], 3) == 1


def test_a_line_far_above_the_body_is_no_title() -> None:
    lines = ["Rain floods the streets of the port", *["Home"] * 40, *STORY]
    assert find_title(lines, range(41), 41) is None


def expected_f1(chance: list[float], words: list[float], kept: tuple[int, ...]) -> float:
    both = sum(chance[i] * words[i] for i in kept)
    size = sum(words[i] for i in kept)
    whole = sum(c * w for c, w in zip(chance, words, strict=True))
    return 2 * both / (size + whole + 1e-9)


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(1, 60)), min_size=1, max_size=6))
def test_no_other_cut_promises_a_better_f1(blocks: list[tuple[float, int]]) -> None:
    chance = [c for c, _ in blocks]
    words = [float(w) for _, w in blocks]
    cut, sure = best_cut(np.array(chance, np.float32), np.array(words))
    best = max(
        expected_f1(chance, words, kept)
        for size in range(1, len(blocks) + 1)
        for kept in combinations(range(len(blocks)), size)
        if min(chance[i] for i in kept) >= max([c for i, c in enumerate(chance) if i not in kept], default=0)
    )
    assert sure == pytest.approx(best, abs=1e-3)
    assert 0 < cut < 1


def test_nothing_is_kept_of_a_page_without_blocks() -> None:
    assert best_cut(np.zeros(0, np.float32), np.zeros(0)) == (1.0, 0.0)
