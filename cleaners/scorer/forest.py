"""A forest of symmetric decision trees, evaluated with numpy alone.

Training (benchmarks/) uses a package made for it; what is kept is three arrays. A symmetric tree of depth d asks
the same d questions of every row, so that the answers, read as a binary number, are the row's leaf.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 512  # rows at a time: their answers then stay in the processor's cache
_HERE = Path(__file__).parent


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
        for start in range(0, count, _CHUNK):
            part = np.ascontiguousarray(rows[:, start : start + _CHUNK])
            leaf = np.zeros((trees, part.shape[1]), np.uint8)
            for depth in range(len(self.features)):
                answers = (part.take(self.features[depth], axis=0) > self.borders[depth][:, None]).view(
                    np.uint8
                )
                np.left_shift(answers, depth, out=answers, casting="unsafe")
                leaf |= answers
            place = leaf.astype(np.intp)
            place += offsets
            out[start : start + _CHUNK] = flat.take(place).sum(axis=0, dtype=np.float32)
        return out + np.float32(self.bias)


def probability(margin: Floats) -> Floats:
    """Turn a margin (the logarithm of the odds) into a probability.

    >>> probability(np.array([0.0], np.float32)).tolist()
    [0.5]
    """
    return (1 / (1 + np.exp(-np.clip(margin, -30, 30)))).astype(np.float32)


def unpack(arrays: dict[str, NDArray[np.generic]], prefix: str = "") -> Forest:
    """Make a forest of the arrays that `pack` gave."""
    return Forest(
        arrays[prefix + "features"].astype(np.intp),
        arrays[prefix + "borders"].astype(np.float32),
        arrays[prefix + "leaves"].astype(np.float32),
        float(arrays[prefix + "bias"]),
    )


def pack(forest: Forest, prefix: str = "") -> dict[str, NDArray[np.generic]]:
    """Return a forest as small arrays to be kept in a file: leaves at half precision."""
    return {
        prefix + "features": forest.features.astype(np.uint16),
        prefix + "borders": forest.borders.astype(np.float32),
        prefix + "leaves": forest.leaves.astype(np.float16),
        prefix + "bias": np.array(forest.bias, np.float64),
    }


@cache
def load(name: str) -> Forest:
    """Load the forest kept beside this module as `NAME.npz`. Raises FileNotFoundError if there is none."""
    with np.load(_HERE / f"{name}.npz") as arrays:
        return unpack(dict(arrays))
