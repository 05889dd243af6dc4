"""What a page prints of a story beside the story itself: the same text again, and the whole of other stories.

Pages print a body twice for print, for phones, or to fold it away, and often in other blocks; and some let the next
story follow as the reader comes to the end. No word that stands on the page once is lost by what is found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from cleaners.blocks import Label, Verdict
from cleaners.read.titles import squeezed
from cleaners.read.walk import Walk

#: A block of so many letters is looked for in the text before it, by pieces of so many; shorter ones are refrains.
_LEAST: Final = 80
_PIECE: Final = 40
#: It is printed again if so much of it is found, and if all that is comes to so many letters: a quote may be repeated.
_FOUND: Final = 0.8
_ENOUGH: Final = 200
#: No article has so many letters; looking for copies takes the square of the time.
_LONGEST: Final = 300_000
_NOT_WORD: Final = re.compile(r"[\W_]+")
#: A story is told by its own article element if so many characters of it stand there.
_STORY: Final = 200
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
    told = [_NOT_WORD.sub("", texts[i]).lower() for i in kept]
    starts = [0, *accumulate(map(len, told))]
    if starts[-1] > _LONGEST:
        return {}
    whole = "".join(told)
    again: list[int] = []
    for at, (text, start) in enumerate(zip(told, starts, strict=False)):
        if len(text) >= _LEAST and whole.find(text[:_PIECE], 0, start) >= 0:
            pieces = [text[k : k + _PIECE] for k in range(0, len(text) - _PIECE + 1, _PIECE)]
            found = sum(whole.find(piece, 0, start) >= 0 for piece in pieces)
            if found >= _FOUND * len(pieces):
                again.append(at)
    if sum(len(told[at]) for at in again) < _ENOUGH:
        return {}
    # Crossheads between two paragraphs that are printed again are printed again with them.
    for one, other in pairwise(again[:]):
        if other - one <= 3:
            again += [at for at in range(one + 1, other) if told[at] in told[:one]]
    return dict.fromkeys([kept[at] for at in sorted(again)], _AGAIN)


def find_other_stories(
    walk: Walk, texts: Sequence[str], title: str | None, kept: Sequence[int]
) -> dict[int, Verdict]:
    """Return verdicts on those of the kept blocks that stand in another <article> than the page's story.

    It is another story's if both have a headline of the same element, and the page's title is the first one's.
    """
    articles = [(walk.starts[n], walk.ends[n]) for n, tag in enumerate(walk.tags) if tag == "article"]
    wanted = squeezed(title or "")
    if len(articles) < 2 or not wanted:
        return {}
    own = headline = None
    others: list[tuple[int, int]] = []
    heads = [(i, walk.tags[owner]) for i, owner in enumerate(walk.owners) if walk.tags[owner] in _HEADLINES]
    for i, tag in heads:
        around = [article for article in articles if article[0] <= i < article[1]]
        if not around:
            continue
        if own is None:
            if squeezed(texts[i]) == wanted:
                own, headline = max(around), tag
        elif tag == headline and around[0][0] >= own[1]:
            others.append(around[0])
    if own is None or not others:
        return {}
    if sum(len(texts[i]) for i in kept if own[0] <= i < own[1]) < _STORY:
        return {}
    return {i: _OTHER for i in kept if any(start <= i < end for start, end in others)}
