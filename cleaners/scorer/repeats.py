"""Lines that come again, word for word or in their form, as they do in menus, lists of teasers and comments."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.neighbours import EVERYWHERE, distances, summed
from cleaners.scorer.shape import Floats, Ints, Lines, Words

Hashes = NDArray[np.uint64]

#: Lines of so many words have a form that can come again.
_FORM_WORDS: Final = 8
#: So often must a form be there to count as one that comes again.
_OFTEN: Final = (3, 5)
#: More is not counted: of the same line, of the same form.
_MOST_SAME: Final = 9
_MOST_FORMS: Final = 20
_WINDOWS: Final = ((-4, 5), (-12, 0), (1, 13), (-EVERYWHERE, 0), (1, EVERYWHERE))


def line_hashes(words: Words) -> Hashes:
    """Return a hash of each line's words in their order."""
    return _in_order(words, words.hash.astype(np.uint64))


def form_hashes(laid: Lines, words: Words) -> Hashes:
    """Return a hash of each short line's form: whether each word begins with a small letter, a capital or a digit,
    how many there are, and the last character's kind. 0 for longer lines and those without words.
    """
    number = np.diff(words.first)
    kind = laid.classes[words.start].astype(np.uint64) + np.uint64(1)
    last = laid.classes[np.maximum(laid.ends - 1, 0)].astype(np.uint64)
    form = _in_order(words, kind) * np.uint64(31) + last + np.uint64(7) * number.astype(np.uint64)
    return np.where((number > 0) & (number <= _FORM_WORDS), form | np.uint64(1), np.uint64(0))


def _in_order(words: Words, hashes: Hashes) -> Hashes:
    """Add up the words' hashes of each line, each times a number that says which word it is."""
    place = np.arange(len(hashes)) - words.first[words.line]
    mixed = hashes * (2 * (place & 0xFF).astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    total: Hashes = sums[words.first[1:]] - sums[words.first[:-1]]
    return total


def repeat_rows(whole: Hashes, forms: Hashes, number: Ints) -> Floats:
    """Return how often each line stands in the text and whether it stood there before or will again, how often its
    form does, and what share of the lines around come again.

    >>> rows = repeat_rows(np.array([5, 6, 5], np.uint64), np.zeros(3, np.uint64), np.array([1, 4, 1]))
    >>> rows[:3].astype(int).tolist()
    [[2, 1, 2], [0, 0, 1], [1, 0, 0]]
    """
    n = len(whole)
    _, first, inverse, counts = np.unique(whole, return_index=True, return_inverse=True, return_counts=True)
    same = counts[inverse]
    before = first[inverse] < np.arange(n)
    _, places, counts = np.unique(forms, return_inverse=True, return_counts=True)
    alike = np.where(forms > 0, counts[places], 0)
    thrice = same >= 3
    marks = np.stack(
        [same >= 2, thrice, (same >= 2) & (number >= 3), *(alike >= often for often in _OFTEN)]
    ).astype(np.float32)
    counted = summed(np.concatenate([marks, np.ones((1, n), np.float32)]), _WINDOWS)
    counted = counted.reshape(len(_WINDOWS), len(marks) + 1, n)
    shares = (counted[:, :-1] / np.maximum(counted[:, -1:], 1)).reshape(len(_WINDOWS) * len(marks), n)
    own = np.stack(
        [np.minimum(same, _MOST_SAME), before, (same > 1) & ~before, np.minimum(alike, _MOST_FORMS)]
    )
    return np.concatenate([own, shares, distances(thrice)]).astype(np.float32)
