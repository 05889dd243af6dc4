import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.block_words import (
    BUCKETS,
    SCALE,
    WORD_NAMES,
    WordTables,
    long_blocks,
    read_blocks,
    word_rows,
)

NOTHING = WordTables(np.zeros(BUCKETS, np.int8), np.zeros(BUCKETS, np.int8))


def test_each_block_has_a_row_for_each_name() -> None:
    rows = word_rows(read_blocks(["It rained.", "", "Share"]), NOTHING)
    assert rows.shape == (len(WORD_NAMES), 3)
    assert not rows.any()


def test_a_word_speaks_for_the_blocks_that_have_it() -> None:
    words = np.zeros(BUCKETS, np.int8)
    words[read_blocks(["share"]).buckets] = -3 * SCALE
    tables = WordTables(words, np.zeros(BUCKETS, np.int8))
    rows = dict(
        zip(
            WORD_NAMES,
            word_rows(read_blocks(["Share this", "It rained", "please SHARE"]), tables),
            strict=True,
        )
    )
    assert rows["least"].tolist() == [-3, 0, -3]
    assert rows["mean"].tolist() == [-1.5, 0, -1.5]
    assert rows["first_word"].tolist() == [-3, 0, 0]


def test_a_short_block_is_known_as_a_whole() -> None:
    groups = np.zeros(BUCKETS, np.int8)
    groups[read_blocks(["Read more"]).groups[2, 0]] = -2 * SCALE
    tables = WordTables(np.zeros(BUCKETS, np.int8), groups)
    whole = word_rows(read_blocks(["Read more", "read MORE", "Read more about it", "More read"]), tables)[
        WORD_NAMES.index("as_whole")
    ]
    assert whole.tolist() == [-2, -2, 0, 0]


def test_long_blocks_read_like_paragraphs() -> None:
    lines = [
        "It rained in Kyiv on Thursday and in Lviv, too, as the day before.",
        "Rain " * 30,
        "Home",
        "It rained.",
    ]
    assert long_blocks(read_blocks(lines).shape).tolist() == [True, True, False, False]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_a_block_reads_the_same_alone_and_among_others(texts: list[str]) -> None:
    random = np.random.default_rng(1)
    tables = WordTables(
        random.integers(-50, 50, BUCKETS).astype(np.int8), random.integers(-50, 50, BUCKETS).astype(np.int8)
    )
    together = word_rows(read_blocks(texts), tables)
    assert np.isfinite(together).all()
    for number, text in enumerate(texts):
        np.testing.assert_allclose(
            word_rows(read_blocks([text]), tables)[:, 0], together[:, number], rtol=1e-4
        )
