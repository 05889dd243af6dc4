"""What the rules claim of the lines around a line: a menu here, a byline there, the comments' beginning below.

The rules know words of many languages that no training has seen often enough. What they say of a line settles that
line alone; to its neighbours it is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Label, Verdict
from cleaners.scorer.neighbours import EVERYWHERE, distances, summed
from cleaners.scorer.shape import Floats

Claims = NDArray[np.int8]

#: Labels that say the same of a place: what follows articles, what stands anywhere beside them, menus, an article's
#: head, and photos. Of other labels, and where no rule speaks, nothing is claimed.
KINDS: Final = (
    (Label.COMMENTS, Label.RELATED, Label.NEWSLETTER, Label.SHARING, Label.TAGS),
    (Label.NOTICE, Label.RIGHTS, Label.AD),
    (Label.NAVIGATION,),
    (Label.BYLINE, Label.DATE, Label.READING_TIME, Label.TITLE, Label.DATELINE, Label.AGENCY),
    (Label.CAPTION, Label.CREDIT),
)
_KIND_OF: Final = {label: number for number, kind in enumerate(KINDS) for label in kind}
#: What is never the article's, of the kinds.
_JUNK: Final = slice(0, 3)
_WINDOWS: Final = ((-EVERYWHERE, 0), (1, EVERYWHERE), (-3, 0), (1, 4), (-10, 0), (1, 11))


def claims_of(verdicts: Iterable[Verdict | None]) -> Claims:
    """Return for each line the number of the kind that its rule's label belongs to; -1 where nothing is claimed.

    >>> claims_of([Verdict(Label.AD, "ads.slot"), None, Verdict(Label.BYLINE, "bylines.byline")]).tolist()
    [1, -1, 3]
    """
    return np.array(
        [-1 if verdict is None else _KIND_OF.get(verdict.label, -1) for verdict in verdicts], np.int8
    )


def claim_rows(claims: Claims) -> Floats:
    """Return for each line which kind it is, how many lines of each stand around it, and how far the nearest are.

    >>> claim_rows(np.array([1, -1, 3], np.int8))[:5].astype(int).tolist()
    [[0, 0, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0]]
    """
    kinds = claims == np.arange(len(KINDS), dtype=np.int8)[:, None]
    junk = kinds[_JUNK].any(axis=0)
    own = kinds.astype(np.float32)
    sums = summed(np.concatenate([own, junk[None]]), _WINDOWS)
    after, _, menu, head, photo = kinds
    return np.concatenate([own, sums, *(distances(mark) for mark in (after, menu, head, photo, junk))])
