"""Bylines: lines that are nothing but who wrote the story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules.gates import asked

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST = 140
_MOST_WORDS = 18
#: A byline stands near the story's head or at its foot; in between, "By Land and Sea" may be a crosshead.
_FROM_START = 8
_FROM_END = 8
_LONGEST_ROW_LABEL = 24
_MOST_LISTED_WORDS = 6
_LIST_STEPS = range(2, 9)


@asked(near_start=_FROM_START, near_end=_FROM_END, longest=_LONGEST)
def byline(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "By Anna Smith and Omar Haddad", "Von Max Mustermann, dpa", "홍길동 기자"."""
    if i >= _FROM_START and len(blocks) - i > _FROM_END:
        return None
    text = blocks[i].text
    if len(text) > _LONGEST or (text[-1] in ".!?…" and ":" not in text) or text.count(" ") > _MOST_WORDS:
        return None
    from cleaners.wire.bylines import parse_byline

    found = parse_byline(text)
    if found is None or _is_listed(blocks, i):
        return None
    return Verdict(Label.BYLINE, "bylines.authors" if found.authors else "bylines.agency", 0.95)


def _is_listed(blocks: Sequence[Block], i: int) -> bool:
    """Whether the line is a row of facts about a book ("Author: …", "Released:"), or one of a list of such books.

    A story's byline may have several lines, but they stand together; and below it stand a date or the text.
    """
    text = blocks[i].text
    if ":" in text[:_LONGEST_ROW_LABEL] and any(
        _is_row(blocks[j].text) for j in (i - 1, i + 1) if 0 <= j < len(blocks)
    ):
        return True
    opener = text.split(None, 1)[0]
    return any(
        0 <= j < len(blocks)
        and blocks[j].text.startswith(f"{opener} ")
        and len(blocks[j].text) <= _LONGEST
        and blocks[j].text.count(" ") <= _MOST_LISTED_WORDS
        and blocks[j].text[-1].isalpha()
        for step in _LIST_STEPS
        for j in (i - step, i + step)
    )


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table of facts: "Released:", "Type: Auxiliary"."""
    label, colon, _ = text.partition(":")
    if not colon or len(label) > _LONGEST_ROW_LABEL or len(text) > _LONGEST or not label[0].isalpha():
        return False
    from cleaners.wire.bylines import parse_byline
    from cleaners.wire.dates import is_date_line

    return parse_byline(text) is None and not is_date_line(text) and text[-1] not in ".!?…"


RULES: tuple[Rule, ...] = (byline,)
