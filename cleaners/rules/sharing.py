"""Sharing bars: links that send the story to a network, and lines of nothing but networks' names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.site_lines import site_line

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LINK = Verdict(Label.SHARING, "sharing.share-link", 0.97)
_NETWORKS = Verdict(Label.SHARING, "sharing.networks", 0.95)
_LINK_KINDS = frozenset(("share", "window", "network", "medium", "article", "glue", "amount"))
_ENOUGH_NAMES = 3


@alone
def share_link(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Share on Facebook", "Click to share on X (Opens in new window)", "Facebook'ta Paylaş".

    >>> share_link([Block("Click to share on X (Opens in new window)", 1)], 0).rule
    'sharing.share-link'
    >>> share_link([Block("Share prices of Facebook fell", 1)], 0) is None
    True
    """
    line = site_line(blocks[i].text)
    if line is None or line.strangers or not line.kinds.keys() <= _LINK_KINDS:
        return None
    if "window" in line.kinds and line.has("share", "network", "medium"):
        return _LINK
    if "share" in line.kinds and "network" in line.kinds and not blocks[i].text.endswith("."):
        return _LINK
    return None


@alone
def networks(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A line of nothing but networks: "Facebook Twitter WhatsApp". Two with a comma may be a crosshead.

    >>> networks([Block("Facebook | Twitter | Telegram", 1)], 0).rule
    'sharing.networks'
    """
    text = blocks[i].text
    line = site_line(text)
    if line is None or line.strangers or not line.kinds.keys() <= {"network", "medium"}:
        return None
    if not (named := line.kinds.get("network", 0)):
        return None
    names = named + line.kinds.get("medium", 0)
    return (
        _NETWORKS if names >= _ENOUGH_NAMES or (names > 1 and "," not in text and "." not in text) else None
    )


RULES: tuple[Rule, ...] = (share_link, networks)
