"""Chances beside what proved right: a rising line between them, and a table that shows how far they agree."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: The line has a point for each of so many equal parts of the lines, and fewer where neighbours fall.
_PARTS: Final = 60


def fit_line(chance: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return the points of a rising line from chances to the shares that proved to be the article's.

    Neighbouring parts that would make the line fall are taken together ("pool adjacent violators").

    >>> told, proved = fit_line(np.array([0.25, 0.5, 0.75], np.float32), np.array([0, 1, 0], np.float32))
    >>> told.tolist(), proved.tolist()
    ([0.0, 0.25, 0.625, 1.0], [0.0, 0.0, 0.5, 1.0])
    """
    order = np.argsort(chance, kind="stable")
    parts = [
        (float(chance[part].sum()), float(share[part].sum()), len(part))
        for part in np.array_split(order, _PARTS)
        if len(part)
    ]
    pooled: list[tuple[float, float, int]] = []
    for part in parts:
        pooled.append(part)
        while len(pooled) > 1 and pooled[-2][1] * pooled[-1][2] >= pooled[-1][1] * pooled[-2][2]:
            last, before = pooled.pop(), pooled.pop()
            pooled.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    told = [0.0, *(total / count for total, _, count in pooled), 1.0]
    proved = [0.0, *(good / count for _, good, count in pooled), 1.0]
    return np.array(told, np.float32), np.array(proved, np.float32)


def reliability(
    sure: Floats, right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[float, float, float, int]]:
    """Return for each bin of confidence from one half up: its edge, the mean confidence, the share right, the number.

    >>> reliability(np.array([0.95, 0.95], np.float32), np.array([True, False]))[0][2:]
    (0.5, 2)
    """
    edges = np.linspace(0.5, 1.0, bins + 1)
    rows = []
    for low, high in pairwise(edges):
        inside = (sure >= low) & ((sure < high) | (high == 1.0))
        if inside.any():
            rows.append(
                (float(low), float(sure[inside].mean()), float(right[inside].mean()), int(inside.sum()))
            )
    return rows
