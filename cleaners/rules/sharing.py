"""Sharing bars: links that send the story to a network, and lines of nothing but networks' names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import asked
from cleaners.rules.site_lines import site_line, site_lines
from cleaners.words.lexicon import LONGEST

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LINK = Verdict(Label.SHARING, "sharing.share-link", 0.97)
_NETWORKS = Verdict(Label.SHARING, "sharing.networks", 0.95)
_LINK_KINDS = frozenset(("share", "window", "network", "medium", "article", "glue", "amount"))
_ARTICLE_KINDS = frozenset(("share", "article", "glue"))
_LONGEST_BUTTON = 50
_BUTTONS = frozenset(("network", "medium"))
_ENOUGH_NAMES = 3


@alone
@asked(longest=LONGEST, where=site_lines)
def sharing_bar(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A link that shares ("Share on Facebook", "Facebook'ta Paylaş"), or a line of nothing but networks.

    >>> sharing_bar([Block("Click to share on X (Opens in new window)", 1)], 0).rule
    'sharing.share-link'
    >>> sharing_bar([Block("Facebook | Twitter | Telegram", 1)], 0).rule
    'sharing.networks'
    >>> sharing_bar([Block("Share prices of Facebook fell", 1)], 0) is None
    True
    """
    line = site_line(blocks[i].text)
    if line is None or line.strangers or not line.kinds.keys() <= _LINK_KINDS:
        return None
    text, kinds = blocks[i].text, line.kinds
    if "window" in kinds and line.has("share", "network", "medium"):
        return _LINK
    if "share" in kinds and "network" in kinds and text[-1] != ".":
        return _LINK
    if "share" in kinds and "article" in kinds and kinds.keys() <= _ARTICLE_KINDS:
        return _LINK if len(text) <= _LONGEST_BUTTON and text[-1] not in ".。।" else None
    if "network" in kinds and kinds.keys() <= _BUTTONS:
        names = kinds["network"] + kinds.get("medium", 0)
        # two names with a comma may be a crosshead
        return (
            _NETWORKS
            if names >= _ENOUGH_NAMES or (names > 1 and "," not in text and "." not in text)
            else None
        )
    return None


RULES: tuple[Rule, ...] = (sharing_bar,)
