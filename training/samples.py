"""What is learned from: a text or a page as the scorer sees it, and what of it is the article's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.chances import View

Floats = NDArray[np.float32]

#: A site's pages are all in one of so many parts, so that a scorer can be measured on sites that it has not seen.
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A text or a page of a corpus. The lines are those that the scorer sees.

    `kind` is what was made of the page; `source` is what is cleaned, bytes of a page and text otherwise, and `body`
    what should come out; `shares` says how much of each line is the article's, `words` how many it has. `weights` is
    how much a mistake in a line costs, `odds` how likely it is that a line is learned from. Words are counted in
    samples that are `counted`, and what they say is learned from those that are `worded`.
    """

    page: str
    corpus: str
    kind: str
    fold: int
    source: str | bytes
    body: str
    view: View
    shares: Floats
    words: Floats
    weights: Floats
    odds: Floats
    counted: bool = True
    worded: bool = True

    def lines(self) -> list[str]:
        """Return the lines of a text."""
        return [] if isinstance(self.source, bytes) else self.source.split("\n")

    @property
    def article(self) -> NDArray[np.bool_]:
        """Which lines are the article's."""
        return self.shares >= 0.5


def fold_of(row: dict[str, str]) -> int:
    """Return the part that a page's site is in."""
    return crc32(site(row).encode()) % FOLDS


def site(row: dict[str, str]) -> str:
    """Return what a page is grouped by: its publisher or the last parts of its host.

    >>> site({"id": "x", "corpus": "wcxb", "url": "https://news.example.co.uk/a"})
    'example.co.uk'
    >>> site({"id": "at_Blatt_2025_01_02", "corpus": "fundus", "url": "https://blatt.test/"})
    'at_Blatt'
    """
    if row["corpus"] == "fundus":
        return "_".join(row["id"].split("_")[:2])
    parts = (urlsplit(row["url"] or "").hostname or row["id"]).split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if short else parts[-2:])
