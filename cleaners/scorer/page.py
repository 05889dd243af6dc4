"""How likely each block of a page is the article's: two passes of a forest, and the cut that the whole page wants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from cleaners.read.names import Names
from cleaners.read.walk import Walk
from cleaners.scorer.block_words import WordTables, read_blocks
from cleaners.scorer.forest import Forest, probability, unpack
from cleaners.scorer.page_features import find_places, first_page_features, second_page_features
from cleaners.scorer.shape import SHAPE_NAMES, Floats

_CHARS, _WORDS = SHAPE_NAMES.index("chars"), SHAPE_NAMES.index("words")


@dataclass(frozen=True, slots=True)
class Weights:
    """What training found: the word tables and the forests of the two passes."""

    tables: WordTables
    first: Forest
    second: Forest


@cache
def load_weights() -> Weights:
    """Return the weights that the package ships; `benchmarks/train_page.py` makes them."""
    with (
        (files("cleaners.scorer") / "page.npz").open("rb") as file,
        np.load(file) as arrays,
    ):
        told = dict(arrays)
    return Weights(
        WordTables(told["words"], told["groups"]),
        unpack(told, "first_"),
        unpack(told, "second_"),
    )


@dataclass(frozen=True, slots=True)
class Scores:
    """For each block the chance that it is the article's and its length in words; then where to cut, and how sure.

    `cut` is the least chance with which a block belongs to the article; `sure` is the F1 that the chances promise
    for that cut.
    """

    chance: Floats
    words: Floats
    cut: float
    sure: float


def score_page(walk: Walk, names: Names, title: str | None, article_body: str | None) -> Scores:
    """Return how likely each block is the article's.

    `names` are the elements'; `title` and `article_body` are what the page says of itself.
    """
    weights = load_weights()
    reading = read_blocks(walk.texts, title)
    places = find_places(walk, names)
    first = first_page_features(walk, reading, places, weights.tables, names, article_body)
    margin = weights.first.margin(first)
    second = second_page_features(reading, places, first, margin)
    chance = probability((margin + weights.second.margin(second)) * np.float32(0.5))
    words = np.maximum(reading.shape[_WORDS], reading.shape[_CHARS] / 6)
    cut, sure = best_cut(chance, words)
    return Scores(chance, words, cut, sure)


def best_cut(chance: Floats, words: Floats) -> tuple[float, float]:
    """Return the cut from which on blocks are kept so that the F1 to be expected is greatest, and that F1.

    With the words of the kept blocks K, the words to be expected in them E, and those to be expected on the whole
    page A, the expected F1 is about 2E / (K + A). No other choice of blocks does better than the most likely ones,
    so it is enough to try each number of them (Ye, Chai, Lee and Chieu, "Optimizing F-measure", ICML 2012).

    >>> cut, sure = best_cut(np.array([0.9, 0.1, 0.8], np.float32), np.array([50, 50, 50], np.float32))
    >>> round(cut, 2), round(sure, 2)
    (0.8, 0.89)
    """
    if not len(chance):
        return 1.0, 0.0
    order = np.argsort(-chance, kind="stable")
    likely: NDArray[np.float64] = chance[order].astype(np.float64)
    size = words[order].astype(np.float64)
    expected = np.cumsum(likely * size)
    score = 2 * expected / (np.cumsum(size) + expected[-1] + 1e-9)
    best = int(score.argmax())
    return float(chance[order[best]]), float(score[best])
