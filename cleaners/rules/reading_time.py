"""How long a story takes to read or to listen to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import asked
from cleaners.rules.site_lines import site_line, site_lines

if TYPE_CHECKING:
    from cleaners.rules import Rule

_TIME = Verdict(Label.READING_TIME, "reading-time.minutes", 0.97)
_KINDS = frozenset(("amount", "minute", "read", "listen", "article", "glue"))
_LONGEST = 60


@alone
@asked(longest=_LONGEST, where=site_lines)
def reading_time(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "5 min read", "Lesezeit: ca. 3 Minuten", "3 min de lecture", "Listen to this article (4 min)".

    >>> reading_time([Block("Lesezeit: ca. 3 Minuten", 1)], 0).rule
    'reading-time.minutes'
    """
    text = blocks[i].text
    line = site_line(text)
    if line is None or line.strangers or len(text) > _LONGEST or text[-1] in "!?":
        return None
    kinds = line.kinds
    if kinds.keys() <= _KINDS and "minute" in kinds and "amount" in kinds and line.has("read", "listen"):
        return _TIME
    return None


RULES: tuple[Rule, ...] = (reading_time,)
