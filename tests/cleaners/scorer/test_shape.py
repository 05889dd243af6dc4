"""What the shape of a line is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.shape import CLASSES, SHAPE_NAMES, find_words, measure, read_lines


def shape(*lines: str) -> dict[str, list[float]]:
    laid = read_lines(lines)
    rows = measure(laid, find_words(laid))
    return {name: row.tolist() for name, row in zip(SHAPE_NAMES, rows, strict=True)}


@pytest.mark.parametrize(
    "line",
    [
        "It rained in Kyiv.",
        "“It rained,” she said.”",
        "Regnet det?",
        "キーウでは雨が降った。",
        "कीव में बारिश हुई।",
        "أمطرت في كييف؟",
        "It rained (in Kyiv.)",
        "It rained in Kyiv…",
    ],
)
def test_a_sentence_ends_in_every_script(line: str) -> None:
    assert shape(line)["ends_sentence"] == [1.0]


@pytest.mark.parametrize("line", ["Home", "Share this", "ホーム", "© 2024 Example News", "By Olena Bird,"])
def test_a_menu_entry_does_not_end_a_sentence(line: str) -> None:
    assert shape(line)["ends_sentence"] == [0.0]


def test_words_are_counted_with_spaces_and_without() -> None:
    assert shape("Rain in Kyiv", "雨が降った", "")["words"] == [3.0, 2.5, 0.0]


def test_shares_and_counts() -> None:
    told = shape("AFP, 24 Oct 2024 | Kyiv")
    assert told["commas"] == [1.0]
    assert told["bars"] == [1.0]
    assert told["digits"] == [pytest.approx(6 / 23)]
    assert told["capitalised"] == [pytest.approx(3 / 5)]


def test_first_and_last_characters() -> None:
    told = shape("• Home »")
    assert CLASSES[int(told["first"][0])] == "bullet"
    assert CLASSES[int(told["second"][0])] == "space"
    assert CLASSES[int(told["last"][0])] == "quote"


def test_words_hash_alike_whatever_their_case_and_line() -> None:
    words = find_words(read_lines(["READ MORE", "", "Read more …"]))
    assert words.hash[:2].tolist() == words.hash[2:].tolist()
    assert words.first.tolist() == [0, 2, 2, 4]


def test_dates_hash_alike() -> None:
    words = find_words(read_lines(["12.03.2024", "31.10.1999"]))
    assert words.hash[:3].tolist() == words.hash[3:].tolist()


def test_no_lines_and_empty_lines() -> None:
    assert measure(read_lines([]), find_words(read_lines([]))).shape == (len(SHAPE_NAMES), 0)
    assert not shape("", "")["chars"][0]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_a_line_has_the_same_shape_alone_and_among_others(lines: list[str]) -> None:
    together = read_lines(lines)
    rows = measure(together, find_words(together))
    assert rows.shape[1] == len(lines)
    assert np.isfinite(rows).all()
    for number, line in enumerate(lines):
        alone = read_lines([line])
        assert measure(alone, find_words(alone))[:, 0].tolist() == rows[:, number].tolist()


def test_a_long_hostile_line_is_measured() -> None:
    assert shape("a" * 1_000_000 + "." * 1_000_000)["chars"] == [2_000_000.0]
