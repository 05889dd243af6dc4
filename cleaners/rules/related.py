"""Links to other stories whose label stands in brackets of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import asked
from cleaners.words.match import LONGEST_TITLE, look_up

if TYPE_CHECKING:
    from cleaners.rules import Rule

_BRACKETED = Verdict(Label.RELATED, "related.bracketed-label", 0.95)
_BRACKETS = {
    "[": "]",
    "【": "】",
    "［": "］",
    "<": ">",
    "〈": "〉",
    "《": "》",
    "(": ")",
    "（": "）",
    "〔": "〕",
}
_LONGEST_LABEL = 30


@alone
@asked(longest=LONGEST_TITLE, first="".join(_BRACKETS))
def bracketed_label(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "【関連記事】 …", "[관련기사] …", "(READ ALSO) …": what stands in the brackets leads to another story.

    >>> bracketed_label([Block("[Read also] Rain expected in the north", 1)], 0).rule
    'related.bracketed-label'
    """
    text = blocks[i].text
    if (closing := _BRACKETS.get(text[0])) is None or len(text) > LONGEST_TITLE:
        return None
    end = text.find(closing, 1, _LONGEST_LABEL)
    if end < 0 or end + 1 == len(text):
        return None
    verdict = look_up(text[1:end])
    return _BRACKETED if verdict is not None and verdict.label is Label.RELATED else None


RULES: tuple[Rule, ...] = (bracketed_label,)
