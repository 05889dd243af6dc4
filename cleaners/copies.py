"""What a page prints of a story beside the story itself: the same text again, and the whole of other stories.

Pages print a body twice for print, for phones, or to fold it away, and often in other blocks; and some let the next
story follow as the reader comes to the end. No word that stands on the page once is lost by what is found here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from cleaners.blocks import Label, Verdict
from cleaners.read.titles import squeezed
from cleaners.read.walk import Walk
from cleaners.words.letters import letters_of

#: A block of so many letters is looked for in the text before it, by pieces of so many; shorter ones are refrains.
_LEAST: Final = 80
_PIECE: Final = 40
#: It is printed again if so much of it is found, and if others are in the same order, with at most some crossheads
#: between them, that come to so many letters: a quote may be repeated, and the terms of an offer.
_FOUND: Final = 0.8
_ENOUGH: Final = 200
_GAP: Final = 3
#: No article has so many letters; looking for copies takes the square of the time.
_LONGEST: Final = 100_000
#: A story is told by its own article element if so many characters of it stand there.
_STORY: Final = 200
#: A page of more articles is a list of them.
_MOST_ARTICLES: Final = 100
_HEADLINES: Final = frozenset(("h1", "h2", "h3"))
_AGAIN: Final = Verdict(Label.BOILERPLATE, "copies.printed-again", 0.9)
_OTHER: Final = Verdict(Label.RELATED, "copies.other-story", 0.9)


def find_copies(texts: Sequence[str], kept: Sequence[int]) -> dict[int, Verdict]:
    """Return verdicts on those of the kept blocks that say again what others before them say, at length.

    >>> story = ["It rained in Kyiv on Thursday, and in the night the river rose above its banks and the low bridges.",
    ...          "Nobody was hurt, the mayor said, but two schools on the left bank will stay closed until next week.",
    ...          "More rain is expected on Friday, with the worst of it in the hills where the two dams are full."]
    >>> list(find_copies([*story, "Home", " ".join(story)], range(5))), list(find_copies([*story, story[0]], range(4)))
    ([4], [])
    """
    told = [letters_of(texts[i]).lower() for i in kept]
    starts = [0, *accumulate(map(len, told))]
    if starts[-1] > _LONGEST:
        return {}
    whole = "".join(told)
    again: set[int] = set()
    run: list[int] = []
    read_to = length = 0  # how far the text before has been printed again, and how much of it
    for at, (text, start) in enumerate(zip(told, starts, strict=False)):
        place = whole.find(text[:_PIECE], 0, start) if len(text) >= _LEAST else -1
        if place >= 0 and _stands_before(text, whole, start):
            if place < read_to or (run and at - run[-1] > _GAP):
                run, length = [], 0
            run.append(at)
            length += len(text)
            read_to = place + len(text)
            inside = told[bisect_left(starts, place) : bisect_right(starts, read_to) - 1]
            if length >= _ENOUGH and (len(run) > 1 or sum(len(one) >= _PIECE for one in inside) > 1):
                again.update(run[-1:] if run[0] in again else run)
        elif run and (len(text) >= _LEAST or at - run[-1] > _GAP):
            run, read_to, length = [], 0, 0
        if at and len(text) >= _LEAST and text == told[at - 1]:
            again.add(at)
    # Crossheads between two paragraphs that are printed again are printed again with them.
    firsts = {text: at for at, text in reversed(list(enumerate(told)))}
    for one, other in pairwise(sorted(again)):
        if other - one <= _GAP:
            again.update(at for at in range(one + 1, other) if firsts[told[at]] < one)
    return dict.fromkeys([kept[at] for at in sorted(again)], _AGAIN)


def _stands_before(text: str, whole: str, end: int) -> bool:
    """Return whether most of a text stands in `whole` before `end`."""
    pieces = [text[k : k + _PIECE] for k in range(0, len(text) - _PIECE + 1, _PIECE)]
    return sum(whole.find(piece, 0, end) >= 0 for piece in pieces) >= _FOUND * len(pieces)


def find_other_stories(
    walk: Walk, texts: Sequence[str], title: str | None, kept: Sequence[int]
) -> dict[int, Verdict]:
    """Return verdicts on those of the kept blocks that stand in another <article> than the page's story.

    It is another story's if both have a headline of the same element, and the page's title is the first one's.
    """
    articles = [(walk.starts[n], walk.ends[n]) for n, tag in enumerate(walk.tags) if tag == "article"]
    wanted = squeezed(title or "")
    if not 2 <= len(articles) <= _MOST_ARTICLES or not wanted:
        return {}
    own = headline = None
    others: set[tuple[int, int]] = set()
    heads = [(i, walk.tags[owner]) for i, owner in enumerate(walk.owners) if walk.tags[owner] in _HEADLINES]
    for i, tag in heads:
        around = [article for article in articles if article[0] <= i < article[1]]
        if not around:
            continue
        if own is None:
            if squeezed(texts[i]) == wanted:
                own, headline = max(around), tag
        elif tag == headline and around[0][0] >= own[1]:
            others.add(around[0])
    if own is None or not others:
        return {}
    if sum(len(texts[i]) for i in kept if own[0] <= i < own[1]) < _STORY:
        return {}
    return {i: _OTHER for i in kept if any(start <= i < end for start, end in others)}
