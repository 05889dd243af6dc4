"""What is learned of captions: from lines that a caption vouches for, and no more weight than they carry."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("catboost", reason="training needs the extra `train`")

from training.captions import is_caption, learn, words_of


def test_a_line_that_says_what_the_caption_says_is_one() -> None:
    captions = [words_of("Waves break over the pier of Brighton")]
    assert is_caption("Waves break over the pier of Brighton.", captions)
    assert not is_caption("Waves", captions)
    assert not is_caption(
        "Waves break over the pier of Brighton, and the council met to repair the wall", captions
    )


def test_what_tells_captions_from_others_gets_the_weight() -> None:
    chance = np.random.default_rng(1)
    rows = np.column_stack([np.ones(400), chance.normal(size=400), chance.normal(size=400)])
    told = rows[:, 1] > 0.5
    weights = learn(rows, told, np.ones(400))
    assert weights[1] > 1.0
    assert abs(weights[2]) < 0.5
