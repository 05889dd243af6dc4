"""What the second pass looks at: what the first one thought of the lines around, and where its likely lines stand."""

from __future__ import annotations

from typing import Final

import numpy as np

from cleaners.scorer.features import ROW, Group, Marks, named
from cleaners.scorer.lines import VOCABULARY, Reading
from cleaners.scorer.neighbours import EVERYWHERE, distances, shifted, stacked, summed
from cleaners.scorer.shape import Floats

_SHIFTS: Final = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_WINDOWS: Final = ((-EVERYWHERE, 0), (1, EVERYWHERE), (-2, 3), (-5, 6), (-12, 0), (1, 13), (-30, 31))
#: Beyond a text's ends a line would have this margin.
_OUTSIDE: Final = -6.0
#: What the first pass is sure of, either way.
_SURE, _NEVER = 0.75, 0.25
#: Likely lines of this many words are paragraphs.
_PARAGRAPH: Final = 12
_SUMMED_NAMES: Final = ("likely words", "likely", "unlikely words")
_SUM_NAMES: Final = named(_SUMMED_NAMES, _WINDOWS)
_NEAR_NAMES: Final = named(("margin",), _SHIFTS)
_EDGE_NAMES: Final = named(("nearest sure", "nearest never", "nearest sure paragraph"), ("back", "ahead"))
_TEXT_NAMES: Final = ("likely share", "likely before", "likely ahead", "mean chance", "unsure share")


def second_groups(reading: Reading, margin: Floats, chance: Floats) -> list[Group]:
    """Return what the second pass looks at beside the rows of the first, whose `margin` and `chance` are given."""
    n, words = len(reading), reading.shape[ROW["words"]]
    sure = chance > _SURE
    likely = chance * words
    sums = summed(stacked([likely, chance > 0.5, (chance < 0.5) * words]), _WINDOWS)
    edges = distances(stacked([sure, chance < _NEVER, sure & (words >= _PARAGRAPH)]))
    whole = np.empty((len(_TEXT_NAMES), n), np.float32)
    expected = float(likely.sum())
    whole[0] = expected / max(float(words.sum()), 1.0)
    whole[1:3] = sums[[0, len(_SUMMED_NAMES)]] / max(expected, 1.0)
    whole[3] = chance.mean()
    whole[4] = ((chance > 0.15) & (chance < 0.85)).mean()
    return [
        (("margin",), margin[None]),
        (_NEAR_NAMES, shifted(margin[None], _SHIFTS, _OUTSIDE)),
        (_SUM_NAMES, sums),
        (_EDGE_NAMES, edges),
        (_TEXT_NAMES, whole),
        cluster_rows(chance > 0.5, words),
        topic_rows(reading, sure),
    ]


#: Gaps of so many lines part clusters.
_GAP: Final = 8
_CLUSTER_NAMES: Final = ("cluster before", "cluster after", "in cluster", "from largest", "clusters before")


def cluster_rows(likely: Marks, words: Floats) -> Group:
    """Return how each line stands to the clusters of likely lines; gaps of eight lines and more part clusters.

    The rows are: the words of the cluster before, relative to the largest; the same of the cluster after; whether the
    line is within one; its place before (negative), in or after the largest, in lines; words in likely lines before
    that cluster began, relative to the largest.

    >>> cluster_rows(np.array([True, False, True]), np.array([9, 1, 9], np.float32))[1][:4].tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    n = len(words)
    out = np.zeros((len(_CLUSTER_NAMES), n), np.float32)
    at = np.flatnonzero(likely)
    if not len(at):
        return _CLUSTER_NAMES, out
    number = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(at) > _GAP)])
    sizes = np.bincount(number, weights=words[at])
    largest = int(sizes.argmax())
    most = max(float(sizes[largest]), 1.0)
    share = np.concatenate([sizes / most, [0.0]])
    earlier = np.concatenate([[0.0], np.cumsum(sizes) / most])
    place = np.arange(n)
    before = np.searchsorted(at, place, side="right") - 1
    after = np.minimum(np.searchsorted(at, place), len(at))
    none = len(sizes)
    cluster_before = np.where(before >= 0, number[np.maximum(before, 0)], none)
    cluster_after = np.where(after < len(at), number[np.minimum(after, len(at) - 1)], none)
    out[0], out[1] = share[cluster_before], share[cluster_after]
    out[2] = cluster_before == cluster_after
    first, last = at[np.searchsorted(number, largest)], at[np.searchsorted(number, largest, side="right") - 1]
    out[3] = np.clip(np.minimum(place - first, 0) + np.maximum(place - last, 0), -99, 99)
    out[4] = np.minimum(earlier[np.where(cluster_before < none, cluster_before, 0)], 9)
    return _CLUSTER_NAMES, out


_TOPIC_WINDOWS: Final = ((-4, 5), (1, 15), (-14, 0))
_TOPIC_NAMES: Final = ("topic", *named(("topic",), _TOPIC_WINDOWS))


def topic_rows(reading: Reading, likely: Marks) -> Group:
    """Return the share of each line's telling words that other, `likely` lines have; and the same around it."""
    n = len(reading)
    line, place = reading.topic_lines, reading.topic_words
    total = np.bincount(line, minlength=n)
    sure = likely[line]
    # How many likely lines have the word: each line counts once.
    pairs = np.sort((line * VOCABULARY + place)[sure])
    once = pairs[np.diff(pairs, prepend=-1) > 0]
    counts = np.bincount(once & (VOCABULARY - 1), minlength=VOCABULARY)
    hits = np.bincount(line, weights=counts[place] > sure, minlength=n)
    around = summed(stacked([hits, total]).astype(np.float32), _TOPIC_WINDOWS)
    shares = [hits / np.maximum(total, 1), *(around[k] / np.maximum(around[k + 1], 1) for k in (0, 2, 4))]
    return _TOPIC_NAMES, stacked(shares).astype(np.float32)
