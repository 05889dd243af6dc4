"""What holds for an element or for any element around it, for all elements of a page at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Whole = TypeVar("Whole", np.int64, np.uint64)


def over_ancestors(values: NDArray[Whole], parents: Sequence[int], join: np.ufunc) -> NDArray[Whole]:
    """Return for each element its value joined with those of all elements around it.

    `parents` are the numbers of the elements' parents, -1 for none; `join` is an idempotent operation: maximum,
    bitwise_or. Each round doubles how far an element sees ("pointer jumping"), so that a tree of depth 500 takes nine.

    >>> over_ancestors(np.array([1, 2, 4, 8]), [-1, 0, 1, 0], np.bitwise_or).tolist()
    [1, 3, 7, 9]
    """
    above = np.array(parents, np.int64)
    above = np.where(above < 0, np.arange(len(above)), above)
    joined: NDArray[Whole] = values
    while True:
        joined = join(joined, joined[above])
        further = above[above]
        if np.array_equal(further, above):
            return joined
        above = further
