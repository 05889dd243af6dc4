"""What the names that publishers give their elements say, as bits: one for each group of `words/markup.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaners.read.walk import Walk
from cleaners.words import table

Whole = TypeVar("Whole", np.int64, np.uint64)

#: The words of a name: it is split at capitals and at anything but letters and digits.
_WORD: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
#: Of one attribute so many names are read, of one name so many characters.
_MOST_NAMES: Final = 30
_LONGEST_NAME: Final = 80
#: Beside the groups: the element is not shown.
HIDDEN: Final = 1 << 62
BITS: Final = 63


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Return the groups of class words, in the order of their bits."""
    return dict(table("classes"))


@cache
def _bits_of_words() -> dict[str, int]:
    bits: dict[str, int] = {}
    for number, words in enumerate(groups().values()):
        for word in words:
            for written in {word, word.capitalize(), word.upper()}:
                bits[written] = bits.get(written, 0) | 1 << number
    return bits


#: What is known of attributes' values: a site's theme has the same on all its pages, and others the same theme. They
#: are no words of a story, and the long ones, which may be anything, are not kept.
_known: dict[str | None, int] = {None: 0}
_MOST_KNOWN: Final = 50_000
_LONGEST_KNOWN: Final = 300


def _read_value(names: str) -> int:
    """Return the bits of all names in an attribute's value."""
    known = _bits_of_words().get
    read = " ".join([name[:_LONGEST_NAME] for name in names.split(None, _MOST_NAMES)[:_MOST_NAMES]])
    bits = 0
    for word in _WORD.findall(read):
        bits |= known(word, 0)
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
        _known[None] = 0
    if len(names) <= _LONGEST_KNOWN:
        _known[names] = bits
    return bits


@dataclass(frozen=True, slots=True)
class Names:
    """What the elements of a page are called: the bits of each, and a number for each that those of one class share.

    `above` are the elements in which each stands (see `read_above`): these lend it their names.
    """

    bits: NDArray[np.uint64]
    classes: NDArray[np.int64]
    above: tuple[NDArray[np.int64], ...]


def read_names(walk: Walk) -> Names:
    """Return what the class, id, role and itemprop of each element say, and whether it is hidden.

    >>> from cleaners.read.html import read_html
    >>> [int(bits) == HIDDEN for bits in read_names(read_html("<p hidden>Rain<p>Sun").page.walk).bits]
    [False, True, False]
    """
    numbers: dict[str | None, int] = {}
    known, telling_none = _known.get, _TELLING.isdisjoint
    bits_of: list[int] = []
    classes: list[int] = []
    for attributes in walk.attributes:
        names, bits = None, 0
        if attributes:
            names = attributes.get("class")
            told = known(names)
            bits = _read_value(names or "") if told is None else told
            if not telling_none(attributes):
                bits |= _other_bits(attributes)
        bits_of.append(bits)
        classes.append(numbers.setdefault(names, len(numbers)))
    return Names(np.array(bits_of, np.uint64), np.array(classes, np.int64), read_above(walk.parents))


_NAMING: Final = ("id", "role", "itemprop")
_TELLING: Final = frozenset((*_NAMING, "hidden", "aria-hidden", "style"))


def _other_bits(attributes: dict[str, str | None]) -> int:
    """Return the bits that an element has from attributes other than its class."""
    style = attributes.get("style") or ""
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    bits = HIDDEN if hidden or ("none" in style and "display" in style) else 0
    for attribute in _NAMING:
        names = attributes.get(attribute)
        found = _known.get(names)
        bits |= _read_value(names or "") if found is None else found
    return bits


def read_above(parents: Sequence[int]) -> tuple[NDArray[np.int64], ...]:
    """Return the numbers of the elements 1, 2, 4, 8, … levels above each, as far up as the deepest one needs.

    `parents` are the numbers of the elements' parents, -1 for none; above such an element stands itself.

    >>> [above.tolist() for above in read_above([-1, 0, 1, 2])]
    [[0, 0, 1, 2], [0, 0, 0, 1], [0, 0, 0, 0]]
    """
    above = np.array(parents, np.int64)
    above = np.where(above < 0, np.arange(len(above)), above)
    levels = [above]
    while not np.array_equal(further := above[above], above):
        levels.append(above := further)
    return tuple(levels)


def over_ancestors(
    values: NDArray[Whole], above: Sequence[NDArray[np.int64]], join: np.ufunc
) -> NDArray[Whole]:
    """Return for each element its value joined with those of all elements around it.

    `above` are the elements above each, as `read_above` gives them; `join` is an idempotent operation: maximum,
    bitwise_or. Each round doubles how far an element sees ("pointer jumping"), so that a tree of depth 500 takes nine.

    >>> over_ancestors(np.array([1, 2, 4, 8]), read_above([-1, 0, 1, 0]), np.bitwise_or).tolist()
    [1, 3, 7, 9]
    """
    joined: NDArray[Whole] = values
    for further in above:
        joined = join(joined, joined[further])
    return joined
