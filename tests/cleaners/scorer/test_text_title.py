"""The headline among the lines above a text's body."""

from __future__ import annotations

from cleaners.scorer.text_title import find_title

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
