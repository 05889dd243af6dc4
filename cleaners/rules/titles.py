"""The title in a plain text: without markup only its place is sure, at the top and with the byline or date below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules.bylines import byline
from cleaners.rules.dates import date_line
from cleaners.rules.gates import asked
from cleaners.words.match import look_up

if TYPE_CHECKING:
    from cleaners.rules import Rule

_SHORTEST, _LONGEST = 12, 200
#: Furniture that a page prints above its title ("Skip to content", a cookie notice) is only looked through this far.
_FROM_START = 4
_SENTENCE_ENDS = ".,;:…。，；：।؛،"


@asked(near_start=_FROM_START, longest=_LONGEST)
def title_above_byline(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A first line that ends as no sentence does, right above a byline or a date.

    >>> title_above_byline([Block("Rain expected in Kyiv", 1), Block("By Anna Smith", 2), Block("It rained.", 3)], 0)
    Verdict(label=<Label.TITLE: 'title'>, rule='titles.above-byline', confidence=0.9)
    >>> title_above_byline([Block("It rained in Kyiv.", 1), Block("By Anna Smith", 2), Block("It rained.", 3)], 0)
    """
    text = blocks[i].text
    if (
        i >= _FROM_START
        or i + 2 >= len(blocks)
        or not _SHORTEST <= len(text) <= _LONGEST
        or text[-1] in _SENTENCE_ENDS
    ):
        return None
    if byline(blocks, i + 1) is None and date_line(blocks, i + 1) is None:
        return None
    if any(look_up(blocks[j].text) is None for j in range(i)):
        return None
    return Verdict(Label.TITLE, "titles.above-byline", 0.9)


RULES: tuple[Rule, ...] = (title_above_byline,)
