"""Lines that come again, word for word or in their form."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.repeats import form_hashes, line_hashes, repeat_rows
from cleaners.scorer.shape import Floats, find_words, read_lines


def rows_of(lines: list[str]) -> Floats:
    laid = read_lines(lines)
    words = find_words(laid)
    return repeat_rows(line_hashes(words), form_hashes(laid, words), np.diff(words.first))


def forms_of(lines: list[str]) -> list[int]:
    laid = read_lines(lines)
    forms: list[int] = form_hashes(laid, find_words(laid)).tolist()
    return forms


def test_a_heading_stands_again_below_its_table_of_contents() -> None:
    rows = rows_of(["What it costs", "Who pays", "What it costs"])
    assert rows[0].tolist() == [2, 1, 2]
    assert rows[1].tolist() == [0, 0, 1]
    assert rows[2].tolist() == [1, 0, 0]


def test_names_above_comments_have_one_form() -> None:
    anna, olaf, other = forms_of(["Anna Bird", "Olaf Frost", "12 comments"])
    assert anna == olaf != other


def test_dates_have_one_form_whatever_the_day() -> None:
    first, second = forms_of(["4 March 2024 at 18:05", "17 May 2023 at 9:31"])
    assert first == second


def test_a_paragraph_has_no_form() -> None:
    assert forms_of(["It rained in the port for a whole day and a night.", ""]) == [0, 0]


@given(st.lists(st.sampled_from(["Reply", "Anna Bird", "It rained.", "", "12"]), max_size=12))
def test_lines_are_counted_as_often_as_they_stand(lines: list[str]) -> None:
    same = rows_of(lines)[0]
    for line, count in zip(lines, same.tolist(), strict=True):
        assert count == min(lines.count(line), 9)


@given(st.lists(st.sampled_from(["Reply", "Report", "Like", "It rained."]), min_size=1, max_size=12))
def test_shares_of_lines_that_come_again_are_shares(lines: list[str]) -> None:
    shares = rows_of(lines)[4:29]
    assert ((shares >= 0) & (shares <= 1)).all()
