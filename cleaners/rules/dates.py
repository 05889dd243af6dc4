"""Lines that are nothing but a date: when the story was published or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST = 110
_FROM_START = 8
_FROM_END = 8
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯")


def date_line(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Published 24 October 2024, 10:32 GMT", "24.10.2024 - 12:05 Uhr"."""
    if i >= _FROM_START and len(blocks) - i > _FROM_END:
        return None  # in between, a date heads a part of the story
    text = blocks[i].text
    if len(text) > _LONGEST or text[-1] == ":" or _DIGITS.isdisjoint(text):
        return None
    from cleaners.wire.dates import is_date_line

    return Verdict(Label.DATE, "dates.date-line", 0.95) if is_date_line(text) else None


RULES: tuple[Rule, ...] = (date_line,)
