"""Rows of features as seen from the lines around: shifted, summed over windows, and distances to marked lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.shape import Floats, Ints

#: A window that reaches so far holds all lines before or after.
EVERYWHERE: Final = 1 << 40


def stacked(rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return rows of one length as one array: what `np.stack` does, in a fifth of the time where they are short.

    >>> stacked([np.array([1.5, 2]), np.array([True, False])]).tolist()
    [[1.5, 2.0], [1.0, 0.0]]
    """
    return np.concatenate(rows).reshape(len(rows), -1)


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
    reach = max([abs(edge) for window in windows for edge in window if abs(edge) < n], default=0)
    sums = np.zeros((count, n + 1 + 2 * reach))  # with what is before the first line and behind the last
    np.cumsum(rows, axis=1, out=sums[:, reach + 1 : reach + 1 + n])
    sums[:, reach + 1 + n :] = sums[:, reach + n, None]
    out = np.empty((len(windows), count, n), np.float32)
    none, every = sums[:, :1], sums[:, -1:]
    for part, (low, high) in zip(out, windows, strict=True):
        before = sums[:, reach + low : reach + low + n] if abs(low) < n else every if low > 0 else none
        behind = sums[:, reach + high : reach + high + n] if abs(high) < n else every if high > 0 else none
        np.subtract(behind, before, out=part, casting="same_kind")
    return out.reshape(len(windows) * count, n)


def numbered(values: NDArray[np.integer]) -> Ints:
    """Number values in the order in which they come first: the same ones have the same number.

    >>> numbered(np.array([7, 5, 7])).tolist()
    [0, 1, 0]
    """
    known: dict[int, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values.tolist()], np.int64)


def distances(marks: NDArray[np.bool_]) -> Floats:
    """Return how many lines back the nearest marked line is, for each row of marks, and then how many ahead.

    99 if there is none, 0 for a marked line itself.

    >>> distances(np.array([[False, True, False, False]])).tolist()
    [[99.0, 0.0, 1.0, 2.0], [1.0, 0.0, 99.0, 99.0]]
    """
    n = marks.shape[1]
    at = np.arange(n)
    back = at - np.maximum.accumulate(np.where(marks, at, -1000), axis=1)
    ahead = np.minimum.accumulate(np.where(marks, at, n + 1000)[:, ::-1], axis=1)[:, ::-1] - at
    told: Floats = np.minimum(np.concatenate([back, ahead]), 99).astype(np.float32)
    return told
