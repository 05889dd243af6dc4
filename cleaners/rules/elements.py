"""What kind of furniture a block is, told by the names of the elements that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from cleaners.blocks import Label, Verdict
from cleaners.read.names import Names, groups, over_ancestors
from cleaners.read.walk import Walk

#: The groups of `words/markup.toml` that name a kind of furniture, the surest first.
_KINDS: Final = {
    "cookie": Label.NOTICE, "comment": Label.COMMENTS, "share": Label.SHARING, "newsletter": Label.NEWSLETTER,
    "outbrain": Label.RELATED, "related": Label.RELATED, "ad": Label.AD, "tags": Label.TAGS,
    "breadcrumb": Label.NAVIGATION, "pagination": Label.NAVIGATION, "menu": Label.NAVIGATION, "nav": Label.NAVIGATION,
    "popular": Label.RELATED, "login": Label.NOTICE, "disclaimer": Label.NOTICE, "skip": Label.NAVIGATION,
}  # fmt: skip
_SURE: Final = 0.9
_NAV: Final = 1 << 63  # beside the groups' bits: the element is a <nav> or <menu>
_NAV_TAGS: Final = frozenset(("nav", "menu"))


@cache
def _kinds() -> tuple[tuple[int, Verdict], ...]:
    numbers = {group: number for number, group in enumerate(groups())}
    named = [
        (1 << numbers[group], Verdict(label, f"markup.{group}", _SURE)) for group, label in _KINDS.items()
    ]
    return (*named, (_NAV, Verdict(Label.NAVIGATION, "markup.nav-element", _SURE)))


@cache
def _telling() -> int:
    return sum(bit for bit, _ in _kinds())


def element_verdicts(walk: Walk, names: Names, places: Sequence[int]) -> list[Verdict | None]:
    """Return for blocks that are not the article's what the nearest telling element around each says of it.

    `places` are the blocks' numbers from 0.

    >>> from cleaners.read.names import read_names
    >>> from cleaners.read.html import read_html
    >>> walk = read_html("<div class=share-bar><p>Rain").page.walk
    >>> element_verdicts(walk, read_names(walk), [0])[0].rule
    'markup.share'
    """
    own = names.bits & np.uint64(_telling())
    own[[i for i, tag in enumerate(walk.tags) if tag in _NAV_TAGS]] |= np.uint64(_NAV)
    nearest = np.where(own > 0, np.arange(len(own)), -1)
    nearest = over_ancestors(nearest, names.above, np.maximum)[np.array(walk.owners, np.int64)[places]]
    told = np.where(nearest >= 0, own[nearest], 0).tolist()
    known: dict[int, Verdict | None] = {0: None}
    return [known[bits] if bits in known else known.setdefault(bits, _surest(bits)) for bits in told]


def _surest(bits: int) -> Verdict:
    return next(verdict for bit, verdict in _kinds() if bits & bit)
