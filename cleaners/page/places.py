"""Where the article stands on a page: which figures and images are inside it, and behind how much of its body."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from selectolax.lexbor import LexborNode

from cleaners.memory import remembered
from cleaners.page.captions import photo_words
from cleaners.read.walk import Walk

#: Says where in the body an element stands: the number of body parts before it, or None when it is outside.
Place = Callable[[LexborNode], int | None]

_ABOVE_HEADLINE = 8  # blocks: kicker, breadcrumb and byline may stand between a lead photo and the headline
_NO_HEADLINE = 16
_BELOW = 3  # blocks: a photo's own lines behind the last paragraph
_OUTER = frozenset(("html", "body", "main", "article"))
_ASIDE = frozenset(("aside", "nav", "footer"))


def by_blocks(walk: Walk, body: Sequence[int], headline: int | None = None) -> Place:
    """The place of an element among a page's judged blocks.

    Only figures and images have one. `body` are the numbers (from 0, rising) of the blocks that are the article's
    text, `headline` that of its title.
    A photo is inside between the headline (or a little above it) and the last of them, unless an element around it
    is a teaser, a sidebar or an author's box.
    """
    pictures = {node.mem_id: before for before, node in walk.pictures}
    start = headline - _ABOVE_HEADLINE if headline is not None else body[0] - _NO_HEADLINE if body else 0
    start = min(start, body[0]) if body else start
    end = body[-1] + _BELOW if body else len(walk.texts)
    judged: dict[int, bool] = {}

    def place(node: LexborNode) -> int | None:
        before = pictures.get(node.mem_id)
        if before is None or not start <= before <= end or stands_elsewhere(node, judged):
            return None
        return bisect_left(body, before)

    return place


def nearby(nodes: list[LexborNode]) -> Place:
    """A guess at the body for pages whose blocks nobody has judged.

    `nodes` are the page's h1, p, figure and img elements in page order. The body is taken to reach from the first
    h1 to the last long paragraph of the element that holds the most text in paragraphs; elements in teasers,
    sidebars, footers and author boxes are outside.
    """
    weights: dict[int, float] = {}
    last: dict[int, int] = {}
    first_heading: int | None = None
    order: dict[int, int] = {}
    for number, node in enumerate(nodes):
        tag = node.tag
        if tag == "h1":
            first_heading = number if first_heading is None else first_heading
        elif tag == "p":
            length = min(len(node.text()), 1_000)
            above = node.parent
            for _ in range(6 if length > 80 else 0):
                if above is None or above.tag in ("body", "html"):
                    break
                weights[above.mem_id] = weights.get(above.mem_id, 0.0) + length
                last[above.mem_id] = number
                above = above.parent
        else:
            order[node.mem_id] = number
    whole = max(weights.values(), default=0.0)
    holders = {key for key, weight in weights.items() if weight >= 0.5 * whole}
    end = min((last[key] for key in holders), default=len(nodes)) + 3
    start = first_heading if first_heading is not None and first_heading < end else 0
    start = start if holders else 0

    judged: dict[int, bool] = {}

    def place(node: LexborNode) -> int | None:
        number = order.get(node.mem_id, 0)
        if number > end or stands_elsewhere(node, judged, holders):
            return None
        if start <= number:
            return 0
        above = node.parent
        for _ in range(30):
            if above is None:
                return None
            if above.mem_id in holders or above.tag in ("article", "main"):
                return 0
            above = above.parent
        return None

    return place


def stands_elsewhere(
    node: LexborNode, judged: dict[int, bool], holders: set[int] | frozenset[int] = frozenset()
) -> bool:
    """Whether an element around the node says by its name that it is not the article.

    `judged` remembers what is known of elements from one call to the next; `holders` are elements that hold the
    article's text, whatever they are called.
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
        if key in holders:
            break
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
    words, whole = photo_words()["elsewhere"], photo_words()["elsewhere_whole"]
    for name in names.lower().replace("_", "-").split():
        first, _, rest = name.partition("-")
        if first in words or rest in words or name in whole:
            return True
    return False
