"""Rows of features as seen from the lines around: shifted, summed over windows, and distances to marked lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.shape import Floats

#: A window that reaches so far holds all lines before or after.
EVERYWHERE: Final = 1 << 40


def shifted(rows: Floats, shifts: Sequence[int], fill: float = -1.0) -> Floats:
    """Return the rows as seen from `shifts` lines away: for each shift, all rows, `fill` beyond the ends.

    >>> shifted(np.array([[1, 2, 3]], np.float32), (-1, 1)).tolist()
    [[-1.0, 1.0, 2.0], [2.0, 3.0, -1.0]]
    """
    count, n = rows.shape
    reach = max(map(abs, shifts))
    wide = np.full((count, n + 2 * reach), fill, np.float32)
    wide[:, reach : reach + n] = rows
    return np.concatenate([wide[:, reach + k : reach + k + n] for k in shifts])


def summed(rows: Floats, windows: Sequence[tuple[int, int]]) -> Floats:
    """Return the rows' sums over the lines from i + low to i + high - 1, for each window (low, high).

    >>> summed(np.array([[1, 2, 3]], np.float32), [(-9, 0), (-1, 2)]).tolist()
    [[0.0, 1.0, 3.0], [3.0, 6.0, 5.0]]
    """
    count, n = rows.shape
    reach = max((abs(edge) for window in windows for edge in window if abs(edge) < n), default=0)
    wide = np.zeros((count, n + 1 + 2 * reach), np.float64)
    np.cumsum(rows, axis=1, out=wide[:, reach + 1 : reach + n + 1])
    wide[:, reach + n + 1 :] = wide[:, reach + n, None]
    out = np.empty((len(windows), count, n), np.float32)

    def until(edge: int) -> NDArray[np.float64]:
        """Return the sums up to the lines that stand `edge` further on."""
        if abs(edge) >= n:
            return wide[:, -1:] if edge > 0 else wide[:, :1]
        return wide[:, reach + edge : reach + edge + n]

    for part, (low, high) in zip(out, windows, strict=True):
        np.subtract(until(high), until(low), out=part, casting="same_kind")
    return out.reshape(len(windows) * count, n)


def distances(mark: NDArray[np.bool_]) -> Floats:
    """Return how many lines back and ahead the nearest marked line is (99 if there is none; 0 for itself).

    >>> distances(np.array([False, True, False, False])).tolist()
    [[99.0, 0.0, 1.0, 2.0], [1.0, 0.0, 99.0, 99.0]]
    """
    n = len(mark)
    at = np.arange(n)
    back = at - np.maximum.accumulate(np.where(mark, at, -1000))
    ahead = np.minimum.accumulate(np.where(mark, at, n + 1000)[::-1])[::-1] - at
    return np.minimum(np.stack([back, ahead]), 99).astype(np.float32)
