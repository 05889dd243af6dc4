"""Junk is known line by line, in many languages; and sentences about the same things stay.

`junk_lines.txt` has one label and line each, `news_lines.txt` one line each that stays where nothing else is junk.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners import clean_text
from cleaners.blocks import JUNK_LABELS, Block
from cleaners.rules import judge

HERE = Path(__file__).parent
JUNK = [line.split("\t") for line in (HERE / "junk_lines.txt").read_text(encoding="utf-8").splitlines()]
NEWS = (HERE / "news_lines.txt").read_text(encoding="utf-8").splitlines()
#: Between sentences, so that no rule can go by what the first or last line of a text is.
BEFORE, AFTER = "The harbour was closed on Monday.", "It will open again on Thursday, the mayor said."


def label_of(line: str) -> str | None:
    blocks = [Block(text, number) for number, text in enumerate((BEFORE, BEFORE, line, AFTER, AFTER), 1)]
    claim = judge(blocks)[2]
    return None if claim is None else str(claim.verdict.label)


@pytest.mark.parametrize(("label", "line"), JUNK, ids=[line for _, line in JUNK])
def test_a_line_of_junk_is_known_by_its_words(label: str, line: str) -> None:
    assert label_of(line) == label


@pytest.mark.parametrize("line", NEWS)
def test_a_line_of_news_stays_in_a_story(line: str) -> None:
    article = clean_text("\n".join((BEFORE, BEFORE, line, AFTER, AFTER)))
    assert not [removed for removed in article.removed if removed.label in JUNK_LABELS]


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(JUNK) >= 200
    assert len(NEWS) >= 120
    assert len(set(NEWS)) == len(NEWS)
    assert len({line for _, line in JUNK}) == len(JUNK)


def test_a_rule_of_underscores_and_an_address_alone_are_no_agencys() -> None:
    diary = (
        "The first boat left the harbour before six, with two of the four nets still wet from the night.\n"
        "___\n"
        "By noon the wind had turned, and the harbour master closed the bar to anything under ten metres.\n"
        "___\n"
        "harbour.diary@example.org"
    )
    assert clean_text(diary).text == diary
