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
    if found is None:
        return None
    return Verdict(Label.BYLINE, "bylines.authors" if found.authors else "bylines.agency", 0.95)


RULES: tuple[Rule, ...] = (byline,)
