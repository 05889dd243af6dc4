from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaners.scorer
from cleaners.read.html import parse_page
from cleaners.read.names import read_names
from cleaners.scorer.page import Scores, best_cut, load_weights, score_page
from tests.cleaners.page import written


def scores(html: str) -> tuple[list[str], Scores]:
    page = parse_page(html)
    return page.walk.texts, score_page(
        page.walk, read_names(page.walk), page.metadata.title, page.metadata.article_body
    )


@pytest.mark.parametrize("template", sorted(written.TEMPLATES))
def test_the_story_is_likelier_than_what_surrounds_it(template: str) -> None:
    texts, told = scores(written.TEMPLATES[template]())
    chance = dict(zip(texts, told.chance.tolist(), strict=True))
    least = min(chance[line] for line in written.STORY)
    assert least >= told.cut
    assert all(one < least for text, one in chance.items() if text not in written.STORY)


def test_scores_are_sure_of_an_ordinary_page_and_not_of_one_without_an_article() -> None:
    _, story = scores(written.wordpress())
    _, menu = scores(written.page(f"<ul>{written.links(40)}</ul>"))
    assert story.sure > 0.9 > menu.sure


def test_the_same_page_is_scored_the_same() -> None:
    _, once = scores(written.wordpress())
    _, again = scores(written.wordpress())
    assert once.chance.tolist() == again.chance.tolist()


def test_a_page_of_one_block_is_scored() -> None:
    texts, told = scores("<p>It rained.")
    assert len(texts) == len(told.chance) == 1
    assert 0 <= told.chance[0] <= 1


def test_the_weights_are_one_small_file() -> None:
    assert (Path(cleaners.scorer.__file__).parent / "page.npz").stat().st_size < 1_000_000
    assert load_weights() is load_weights()


def expected_f1(chance: list[float], words: list[float], kept: tuple[int, ...]) -> float:
    both = sum(chance[i] * words[i] for i in kept)
    size = sum(words[i] for i in kept)
    whole = sum(c * w for c, w in zip(chance, words, strict=True))
    return 2 * both / (size + whole + 1e-9)


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(1, 60)), min_size=1, max_size=6))
def test_no_other_cut_promises_a_better_f1(blocks: list[tuple[float, int]]) -> None:
    chance = [c for c, _ in blocks]
    words = [float(w) for _, w in blocks]
    cut, sure = best_cut(np.array(chance, np.float32), np.array(words, np.float32))
    best = max(
        expected_f1(chance, words, kept)
        for size in range(1, len(blocks) + 1)
        for kept in combinations(range(len(blocks)), size)
        if min(chance[i] for i in kept) >= max([c for i, c in enumerate(chance) if i not in kept], default=0)
    )
    assert sure == pytest.approx(best, abs=1e-3)
    assert 0 < cut < 1


def test_nothing_is_kept_of_a_page_without_blocks() -> None:
    assert best_cut(np.zeros(0, np.float32), np.zeros(0, np.float32)) == (1.0, 0.0)
