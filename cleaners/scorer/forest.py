"""A forest of symmetric decision trees, evaluated with numpy alone.

Training (training/) uses a package made for it; what is kept is three arrays. A symmetric tree of depth d asks
the same d questions of every row, so that the answers, read as a binary number, are the row's leaf.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 64  # columns at a time: their answers then stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays: which feature each question asks of, above which border, and the leaves' values.

    `features` and `borders` have a row per depth and a column per tree; the answer at depth k counts 2**k;
    `leaves` has a row per tree, `bias` is added to the sum.
    """

    features: NDArray[np.intp]
    borders: Floats
    leaves: Floats
    bias: float = 0.0
    _questions: tuple[NDArray[np.intp], Floats, NDArray[np.intp]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Find the questions that several trees ask: they are answered once."""
        both = self.features.astype(np.uint64).ravel() << np.uint64(32)
        both |= np.ascontiguousarray(self.borders, np.float32).view(np.uint32).ravel()
        _, first, places = np.unique(both, return_index=True, return_inverse=True)
        questions = self.features.ravel()[first], self.borders.ravel()[first][:, None]
        object.__setattr__(self, "_questions", (*questions, places.reshape(self.features.shape)))

    def margin(self, rows: Floats) -> Floats:
        """Return the sum of the trees' values for each column of `rows` (a row per feature, a column per case).

        >>> forest = Forest(np.array([[0]]), np.array([[0.5]], np.float32), np.array([[-1, 2]], np.float32), 0.25)
        >>> forest.margin(np.array([[0.2, 0.9]], np.float32)).tolist()
        [-0.75, 2.25]
        """
        count = rows.shape[1]
        out = np.empty(count, np.float32)
        trees, size = self.leaves.shape
        offsets = (np.arange(trees) * size)[:, None]
        flat = self.leaves.ravel()
        features, borders, places = self._questions
        width = min(count, _CHUNK)
        part = np.empty((len(features), width), np.float32)
        answers = np.zeros((len(features), -(-width // 8) * 8), np.uint8)
        eight = answers.view(np.uint64)  # answers to be moved at once
        place = np.empty((trees, width), np.intp)
        values = np.empty((trees, width), np.float32)
        # The last columns may come with some that were there before: all parts are of one width, and of one memory.
        for start in (*range(0, count - width, _CHUNK), count - width):
            rows[:, start : start + width].take(features, axis=0, out=part, mode="clip")
            np.greater(part, borders, out=answers[:, :width].view(np.bool_))
            leaf = eight.take(places[0], axis=0)
            for depth in range(1, len(places)):
                leaf |= eight.take(places[depth], axis=0) << np.uint64(depth)
            np.add(leaf.view(np.uint8)[:, :width], offsets, out=place)
            flat.take(place, out=values, mode="clip").sum(axis=0, out=out[start : start + width])
        return out + np.float32(self.bias)


def probability(margin: Floats) -> Floats:
    """Turn a margin (the logarithm of the odds) into a probability.

    >>> probability(np.array([0.0], np.float32)).tolist()
    [0.5]
    """
    return (1 / (1 + np.exp(-np.clip(margin, -30, 30)))).astype(np.float32)


def unpack(arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Forest:
    """Make a forest of the arrays that `training.packing` gave."""
    return Forest(
        arrays[prefix + "features"].astype(np.intp),
        arrays[prefix + "borders"].astype(np.float32),
        arrays[prefix + "leaves"].astype(np.float32),
        float(arrays[prefix + "bias"]),
    )
