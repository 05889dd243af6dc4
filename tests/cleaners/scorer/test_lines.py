"""Lines as the scorer reads them, and what their words say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.lines import BUCKETS, SCALE, WORD_NAMES, WordTables, long_lines, read, word_rows
from cleaners.scorer.shape import SHAPE_NAMES


def tables(**told: np.ndarray) -> WordTables:
    """Tables that say nothing but what is told."""
    return WordTables(*(told.get(name, np.zeros(BUCKETS, np.int8)) for name in WordTables.__slots__))


def test_each_line_has_a_row_for_each_name() -> None:
    rows = word_rows(read(["It rained.", "", "Share"]), tables())
    assert rows.shape == (len(WORD_NAMES), 3)
    assert not rows.any()


def test_a_word_speaks_for_the_lines_that_have_it() -> None:
    words = np.zeros(BUCKETS, np.int8)
    words[read(["share"]).buckets] = -3 * SCALE
    told = word_rows(read(["Share this", "It rained", "please SHARE"]), tables(words=words))
    rows = dict(zip(WORD_NAMES, told, strict=True))
    assert rows["least"].tolist() == [-3, 0, -3]
    assert rows["mean"].tolist() == [-1.5, 0, -1.5]
    assert rows["first_word"].tolist() == [-3, 0, 0]
    assert rows["last_word"].tolist() == [0, 0, -3]


def test_a_short_line_is_known_as_a_whole() -> None:
    phrases = np.zeros(BUCKETS, np.int8)
    phrases[read(["Read more"]).groups[2, 0]] = -2 * SCALE
    lines = ["Read more", "read MORE", "Read more about it", "More read"]
    whole = word_rows(read(lines), tables(phrases=phrases))[WORD_NAMES.index("as_whole")]
    assert whole.tolist() == [-2, -2, 0, 0]


def test_long_lines_read_like_paragraphs() -> None:
    lines = [
        "It rained in Kyiv on Thursday and in Lviv, too, as the day before.",
        "Rain " * 30,
        "Home",
        "It rained.",
    ]
    assert long_lines(read(lines).shape).tolist() == [True, True, False, False]


def test_of_a_long_line_the_length_and_the_end_count() -> None:
    shape = read(["It rained in Kyiv. " * 50 + "Nobody was hurt!", "word " * 100], "").shape
    rows = dict(zip(SHAPE_NAMES, shape.tolist(), strict=True))
    assert rows["chars"] == [966, 500]
    assert 150 < rows["words"][0] < 230
    assert rows["ends_sentence"] == [1, 0]


def test_lines_overlap_with_the_title() -> None:
    within, covered = read(["Heavy rain in Kyiv", "Rain", "Sport"], "Rain in Kyiv").overlap.tolist()
    assert within == [0.75, 1, 0]
    assert covered == [1, np.float32(1 / 3), 0]


def test_an_empty_title_overlaps_with_nothing() -> None:
    assert not read(["Rain", ""], "").overlap.any()


def test_the_first_line_of_a_text_stands_for_its_title() -> None:
    within, _ = read(["", "Heavy rain", "More rain in Kyiv"]).overlap.tolist()
    assert within == [0, 1, np.float32(1 / 3)]


def test_the_same_words_are_the_same_line_and_other_words_may_have_the_same_form() -> None:
    reading = read(["Kyiv, 24 March", "KYIV 24 march", "Lviv, 31 April", "Lviv, 31 April, 9"])
    assert reading.whole[0] == reading.whole[1] != reading.whole[2]
    assert reading.forms[0] == reading.forms[2] != reading.forms[3]


def test_long_lines_and_lines_without_words_have_no_form() -> None:
    assert read(["—", "one two three four five six seven eight nine"]).forms.tolist() == [0, 0]


@given(st.lists(st.text(max_size=200), max_size=8))
def test_a_line_reads_the_same_alone_and_among_others(texts: list[str]) -> None:
    random = np.random.default_rng(1)
    some = WordTables(*(random.integers(-50, 50, BUCKETS).astype(np.int8) for _ in WordTables.__slots__))
    together = word_rows(read(texts), some)
    assert np.isfinite(together).all()
    for number, text in enumerate(texts):
        np.testing.assert_allclose(word_rows(read([text]), some)[:, 0], together[:, number], rtol=1e-4)
