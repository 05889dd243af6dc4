"""Calls to follow the paper, to get its app or its newsletter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import asked
from cleaners.rules.site_lines import site_line, site_lines
from cleaners.words.lexicon import LONGEST, is_speech

if TYPE_CHECKING:
    from cleaners.rules import Rule

_FOLLOW = Verdict(Label.NEWSLETTER, "newsletter.follow-us", 0.95)
_GET = Verdict(Label.NEWSLETTER, "newsletter.get", 0.9)
#: The paper's own name, when the line speaks of "us" or of where to read it.
_MOST_STRANGERS = 2
#: The same of lines without a full stop, which stories have few of.
_MOST_IN_A_LABEL = 5
_STOPS = frozenset(".。।")
_LONGEST_GET = 60


@alone
@asked(longest=LONGEST, where=site_lines)
def follow_call(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Follow us on WhatsApp for the latest updates", "Get our app", "Suivez-nous sur Telegram".

    >>> follow_call([Block("Follow us on WhatsApp for the latest updates", 1)], 0).rule
    'newsletter.follow-us'
    >>> follow_call([Block("Follow the money on WhatsApp, prosecutors say", 1)], 0) is None
    True
    """
    text = blocks[i].text
    line = site_line(text)
    if line is None or line.strangers > _most_strangers(text) or not line.has("network", "outlet", "inbox"):
        return None
    if is_speech(text) or text[-1] in "?？":
        return None
    if "follow" in line.opens or (
        "updates" in line.kinds and line.has("take", "follow") and text[-1] not in _STOPS
    ):
        return _FOLLOW
    if line.strangers == 0 and "follow" in line.kinds:
        return _FOLLOW
    if "take" not in line.opens:
        # in some languages the verb comes last
        asked_for = line.strangers == 0 and line.has("take") and line.has("outlet") and line.has("updates")
        return _FOLLOW if asked_for else None
    if "updates" in line.kinds and (line.has("network", "outlet") or line.strangers == 0):
        return _FOLLOW
    plain = line.strangers == 0 and "outlet" in line.kinds and len(text) <= _LONGEST_GET and text[-1] != "."
    return _GET if plain else None


def _most_strangers(text: str) -> int:
    return _MOST_STRANGERS if text[-1] in _STOPS else _MOST_IN_A_LABEL


RULES: tuple[Rule, ...] = (follow_call,)
