"""Lines that are nothing but a dateline. One in front of a paragraph stays there; the article copies it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules.gates import asked

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST = 90
#: A dateline opens the story: title, byline and photos are all that stand before it.
_FROM_START = 8


@asked(near_start=_FROM_START, longest=_LONGEST)
def dateline_alone(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "KYIV (AFP) —" on a line of its own, the paragraph on the next."""
    if i >= _FROM_START:
        return None
    text = blocks[i].text
    if len(text) > _LONGEST or not ("(" in text or "/" in text or text[-1] in "-–—=电電】" or "电" in text):
        return None
    from cleaners.wire.datelines import find_dateline

    found = find_dateline(text)
    if found is None or found.agency is None or len(text) - len(found.printed) > 2:
        return None
    from cleaners.wire.bylines import parse_byline

    if (byline := parse_byline(text)) is not None and byline.authors:
        return None  # "By Anna Smith (AFP)"
    return Verdict(Label.DATELINE, "datelines.alone", 0.95)


RULES: tuple[Rule, ...] = (dateline_alone,)
