"""Where the article stands on a page: which figures and images are inside it, and before which block."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selectolax.lexbor import LexborNode

from cleaners.memory import remembered
from cleaners.read.walk import Walk
from cleaners.words import word_set

_ABOVE_HEADLINE = 8  # blocks: kicker, breadcrumb and byline may stand between a lead photo and the headline
_NO_HEADLINE = 16
_BELOW = 3  # blocks: a photo's own lines behind the last paragraph
_OUTER = frozenset(("html", "body", "main", "article"))
_ASIDE = frozenset(("aside", "nav", "footer"))


def place_among(walk: Walk, body: Sequence[int]) -> Callable[[LexborNode], int | None]:
    """Return what tells before which block a figure or image stands; None for one outside the article.

    `body` are the numbers (from 0, rising) of the blocks that are the article's text. A photo is inside between the
    headline (or a little above it) and the last of them, unless an element around it is a teaser, a sidebar or an
    author's box.
    """
    pictures = {node.mem_id: before for before, node in walk.pictures}
    headline = _headline(walk, body)
    start = headline - _ABOVE_HEADLINE if headline is not None else body[0] - _NO_HEADLINE if body else 0
    start = min(start, body[0]) if body else start
    end = body[-1] + _BELOW if body else len(walk.texts)
    judged: dict[int, bool] = {}

    def place(node: LexborNode) -> int | None:
        before = pictures.get(node.mem_id)
        if before is None:
            return None
        return before if start <= before <= end and not stands_elsewhere(node, judged) else None

    return place


def _headline(walk: Walk, body: Sequence[int]) -> int | None:
    """Return the number of the last block in a first-level heading before the body, or at its beginning."""
    end = body[0] + 1 if body else len(walk.owners)
    return next((i for i in range(end - 1, -1, -1) if walk.tags[walk.owners[i]] == "h1"), None)


def stands_elsewhere(node: LexborNode, judged: dict[int, bool]) -> bool:
    """Tell whether an element around the node says by its name that it is not the article.

    `judged` remembers what is known of elements from one call to the next.
    """
    climbed: list[int] = []
    verdict = False
    above = node.parent
    for _ in range(40):
        if above is None:
            break
        key = above.mem_id
        if key in judged:
            verdict = judged[key]
            break
        climbed.append(key)
        tag = above.tag
        if tag in _ASIDE or (
            tag not in _OUTER and (names := above.attributes.get("class")) and _elsewhere(names)
        ):
            verdict = True
            break
        above = above.parent
    for key in climbed:
        judged[key] = verdict
    return verdict


@remembered(4_096)
def _elsewhere(names: str) -> bool:
    words, whole = word_set("photo-classes", "elsewhere"), word_set("photo-classes", "elsewhere_whole")
    for name in names.lower().replace("_", "-").split():
        first, _, rest = name.partition("-")
        if first in words or rest in words or name in whole:
            return True
    return False
