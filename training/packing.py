"""Weights as small arrays, which `cleaners.scorer.weights` reads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.forest import Forest
from cleaners.scorer.lines import WordTables
from cleaners.scorer.weights import Weights


def pack_weights(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """Return weights as small arrays to be kept in a file."""
    return {
        **{name: getattr(weights.tables, name) for name in WordTables.__slots__},
        **pack(weights.first, "first_"),
        **pack(weights.second, "second_"),
        "told": weights.told,
        "proved": weights.proved,
    }


def pack(forest: Forest, prefix: str = "") -> dict[str, NDArray[np.generic]]:
    """Return a forest as small arrays to be kept in a file: leaves at half precision."""
    return {
        prefix + "features": forest.features.astype(np.uint16),
        prefix + "borders": forest.borders.astype(np.float32),
        prefix + "leaves": forest.leaves.astype(np.float16),
        prefix + "bias": np.array(forest.bias, np.float64),
    }
