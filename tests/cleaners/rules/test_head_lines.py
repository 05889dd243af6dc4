"""A plain text's title is known by its place alone, so in every other place the line stays in the body."""

from __future__ import annotations

import pytest

from cleaners import clean_text
from cleaners.rules.head_lines import title_above_byline

STORY = "The harbour was closed for six hours on Monday."


def is_title(*lines: str, at: int = 0) -> bool:
    return title_above_byline.says(*lines, at=at) is not None


@pytest.mark.parametrize(
    "below", ["By Anna Smith", "Von Jan Bauer, dpa", "24 October 2024", "24. Oktober 2024"]
)
def test_the_line_above_a_byline_or_a_date_is_the_title(below: str) -> None:
    assert is_title("Whale closes harbour for six hours", below, STORY)


def test_furniture_above_the_title_does_not_hide_it() -> None:
    assert is_title("Skip to content", "Whale closes harbour for six hours", "By Anna Smith", STORY, at=1)


def test_a_sentence_is_no_title() -> None:
    assert not is_title(STORY, "By Anna Smith", "It rained.")


def test_a_short_line_above_a_paragraph_is_no_title() -> None:
    assert not is_title("Whale closes harbour for six hours", STORY, "It rained.")


def test_a_crosshead_above_a_date_further_down_is_no_title() -> None:
    assert not is_title(STORY, "What happened then", "24 October 2024", "It rained.", at=1)


def test_a_line_with_nothing_below_its_byline_is_no_title() -> None:
    assert not is_title("Whale closes harbour for six hours", "By Anna Smith")


def test_bylines_that_stand_together_are_no_list() -> None:
    text = "By Olena Bird\nBy Omar Haddad\nBy Anna Smith\nIt rained in Kyiv on Thursday, residents said."
    assert clean_text(text).text == "It rained in Kyiv on Thursday, residents said."
