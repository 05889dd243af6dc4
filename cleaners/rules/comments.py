"""Counters of comments and the links to them, in numbers that no list of phrases can hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import asked
from cleaners.rules.site_lines import site_line, site_lines

if TYPE_CHECKING:
    from cleaners.rules import Rule

_COUNT = Verdict(Label.COMMENTS, "comments.count", 0.95)
_LONGEST = 50


@alone
@asked(longest=_LONGEST, where=site_lines)
def comment_count(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "3 comments", "Kommentare (12)", "댓글 5개".

    >>> comment_count([Block("Kommentare (12)", 1)], 0).rule
    'comments.count'
    """
    text = blocks[i].text
    line = site_line(text)
    if line is None or line.strangers or len(text) > _LONGEST or text[-1] in ".!?":
        return None
    if not line.kinds.keys() <= {"comment", "amount", "glue"} or line.kinds.get("comment", 0) == 0:
        return None
    return _COUNT if line.kinds.get("amount") == 1 and line.kinds.get("glue", 0) <= 2 else None


RULES: tuple[Rule, ...] = (comment_count,)
