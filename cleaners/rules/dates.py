"""Lines that are nothing but a date: when the story was published or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules.gates import asked

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST = 110
_FROM_START = 8
_FROM_END = 8
_NEAR = 4
_LAST = 2  # a date may close the story
_PARAGRAPH = 120  # characters
_ENDS = frozenset('.!?…。！？।؟"”»')
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯")


def is_paragraph(text: str) -> bool:
    """Tell a paragraph from a headline, a teaser's title or a line of furniture, by its length and its end.

    >>> is_paragraph("It rained in Kyiv on Thursday, the city said. " * 4), is_paragraph("Rain in Kyiv")
    (True, False)
    """
    return len(text) >= _PARAGRAPH and text.rstrip()[-1] in _ENDS


@asked(near_start=_FROM_START, near_end=_FROM_END, longest=_LONGEST)
def date_line(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Published 24 October 2024, 10:32 GMT", "24.10.2024 - 12:05 Uhr"."""
    if i >= _FROM_START and len(blocks) - i > _FROM_END:
        return None  # in between, a date heads a part of the story
    text = blocks[i].text
    if len(text) > _LONGEST or text[-1] == ":" or _DIGITS.isdisjoint(text):
        return None
    if any(is_paragraph(blocks[k].text) for k in range(max(i - _NEAR, 0), i)) and i + _LAST < len(blocks):
        return None  # behind the story's own paragraphs too
    from cleaners.wire.dates import is_date_line

    return Verdict(Label.DATE, "dates.date-line", 0.95) if is_date_line(text) else None


RULES: tuple[Rule, ...] = (date_line,)
