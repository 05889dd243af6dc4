"""Wrapped lines are rejoined, paragraphs on one line are split, and everything else stays."""

from __future__ import annotations

import textwrap

import pytest

from cleaners import clean_text
from cleaners.read.text import read_text

PARAGRAPHS = [
    "Heavy rain flooded the lower streets of the port on Thursday, and the well-known fish market stayed closed for "
    "the first time in eleven years, the mayor told reporters at the town hall.",
    "Residents of the old quarter carried furniture to the upper floors while firefighters pumped water out of cellars."
    " No one was hurt. The river is expected to fall again by Saturday evening.",
    "The council will decide next week whether to raise the wall along the quay, a plan that has been discussed "
    "since the last flood and that shopkeepers have always opposed because of the cost.",
]


def wrapped(width: int, between: str) -> str:
    parts = [textwrap.wrap(paragraph, width, break_on_hyphens=False) for paragraph in PARAGRAPHS]
    return between.join("\n".join(lines) for lines in parts)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_hard_wrapped_text_is_rejoined(width: int) -> None:
    assert [block.text for block in read_text(wrapped(width, "\n\n")).blocks] == PARAGRAPHS


def test_a_rejoined_paragraph_has_its_first_line_s_number() -> None:
    assert [block.line for block in read_text(wrapped(72, "\n\n")).blocks] == [1, 5, 9]


def test_cleaning_what_came_of_a_wrapped_text_changes_nothing() -> None:
    once = clean_text(wrapped(72, "\n")).text
    assert clean_text(once).text == once


def test_a_wrapped_story_among_menus_is_stable() -> None:
    menu = "\n".join(f"Menu entry {number}" for number in range(120))
    once = clean_text(f"{menu}\n{wrapped(72, chr(10))}\n{menu}").text
    assert clean_text(once).text == once


def test_a_text_with_a_paragraph_on_each_line_stays() -> None:
    assert [block.text for block in read_text("\n".join(PARAGRAPHS)).blocks] == PARAGRAPHS


def test_short_lines_and_lists_stay() -> None:
    lines = [f"Item {number}: a thing of some length, no more" for number in range(40)]
    assert [block.text for block in read_text("\n".join(lines)).blocks] == lines


def test_no_word_is_lost_or_added() -> None:
    text = wrapped(66, "\n")
    assert " ".join(block.text for block in read_text(text).blocks).split() == text.split()


def test_paragraphs_on_one_line_are_split_at_wide_gaps() -> None:
    assert [block.text for block in read_text("      ".join(PARAGRAPHS)).blocks] == PARAGRAPHS
    assert [block.text for block in read_text("\t".join(PARAGRAPHS)).blocks] == PARAGRAPHS
