"""What is called a change at a source, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from scraper.health import changes
from scraper.store.protocol import Day

TODAY = date(2025, 6, 1)


def history(counts: Sequence[int], *, lines: int = 10, removed: int = 2, captions: float = 1.0) -> list[Day]:
    """A day for each of the counts, the last of them yesterday."""
    return [
        Day(
            "harbour",
            TODAY - timedelta(len(counts) - number),
            count,
            lines * count,
            removed * count,
            round(captions * count),
        )
        for number, count in enumerate(counts)
        if count
    ]


def told(days: list[Day]) -> dict[str, str]:
    return changes(days, TODAY).get("harbour", {})


@pytest.mark.parametrize(
    "counts",
    [
        [20] * 30,
        [20, 20, 20, 20, 20, 4, 3] * 5,  # a weekend
        [1] * 30,
        [1, 0, 0, 0, 0, 0, 0] * 6,  # weekly
        [20] * 27 + [0],  # one day's break
        [20] * 3 + [0] * 3,  # known for too short a time
        [900] + [1] * 30,  # an archive at first
        [],
        [40] * 20 + [8] * 8,  # a fifth
    ],
)
def test_an_ordinary_source_is_not_told_of(counts: list[int]) -> None:
    assert told(history(counts)) == {}


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([20] * 30 + [0] * 3, "no new article since 2025-05-28; before, 140 a week"),
        ([2] * 30 + [0] * 7, "no new article since 2025-05-24; before, 14 a week"),
        ([1, 0] * 20 + [0] * 14, "no new article since 2025-05-16; before, 3 a week"),
    ],
)
def test_a_source_that_falls_silent(counts: list[int], sentence: str) -> None:
    assert told(history(counts)) == {"silent": sentence}


def test_a_source_whose_articles_drop_to_a_tenth() -> None:
    assert told(history([20] * 30 + [2, 1, 2])) == {
        "poor": "5 articles in the last 3 days; before, 140 a week"
    }


def test_a_source_whose_junk_jumps() -> None:
    before, after = history([10] * 30), history([10] * 3, removed=8)
    days = [day for day in before if day.day < TODAY - timedelta(3)] + after
    assert told(days) == {"junk": "44% of its lines are taken away; before, 17%"}


def test_a_source_whose_captions_vanish() -> None:
    before, after = history([10] * 30), history([10] * 3, captions=0)
    days = [day for day in before if day.day < TODAY - timedelta(3)] + after
    assert told(days) == {"captions": "0.0 captions an article in its last 30; before, 1.0"}


def test_pages_are_not_judged_by_a_few_nor_by_days_that_counted_no_lines() -> None:
    weekly = [1, 0, 0, 0, 0, 0, 0]
    few = history([*weekly * 4, *[0] * 14]) + history(weekly * 2, removed=30, captions=0)
    assert told(few) == {}
    uncounted = history([10] * 30, lines=0, removed=0, captions=0)[:-3] + history([10] * 3, removed=8)
    assert told(uncounted) == {}


def test_what_somebody_was_told_of_has_to_be_well_again_to_be_left_out() -> None:
    little = history([20] * 30 + [5, 4, 5])
    assert told(little) == {}
    assert "poor" in changes(little, TODAY, {("harbour", "poor")})["harbour"]
    well = history([20] * 30 + [15, 14, 15])
    assert changes(well, TODAY, {("harbour", "poor")}) == {}


def test_a_source_stays_silent_until_it_brings_something() -> None:
    known = {("harbour", "silent")}
    for quiet in (7, 30, 55):
        days = [day for day in history([2] * 30 + [0] * quiet) if day.day >= TODAY - timedelta(56)]
        assert "silent" in changes(days, TODAY, known)["harbour"]
    assert changes([], TODAY, known) == {"harbour": {"silent": "no new article for weeks"}}
    assert changes(history([2] * 30 + [0] * 10 + [4, 4, 4]), TODAY, known) == {}
