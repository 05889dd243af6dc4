"""Lines of nothing but hashtags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import asked

if TYPE_CHECKING:
    from cleaners.rules import Rule

_HASHTAGS = Verdict(Label.TAGS, "tags.hashtags", 0.95)
_LONGEST = 400
_FEWEST = 2


@alone
@asked(longest=_LONGEST, first="#＃")
def hashtags(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "#Kyiv #rain #harvest". One hashtag alone may be the answer to a question.

    >>> hashtags([Block("#Kyiv #rain", 1)], 0).rule
    'tags.hashtags'
    >>> hashtags([Block("#1 Kotka, #2 Narva", 1)], 0) is None
    True
    """
    text = blocks[i].text
    if text[0] not in "#＃" or len(text) > _LONGEST:
        return None
    words = text.replace("＃", "#").replace(",", " ").split()
    if len(words) < _FEWEST or not all(
        word[0] == "#" and word[1:].strip("_").isidentifier() for word in words
    ):
        return None
    return _HASHTAGS


RULES: tuple[Rule, ...] = (hashtags,)
