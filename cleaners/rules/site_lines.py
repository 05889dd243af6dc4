"""The lines that a page prints around a story, known by all of their words: buttons, counters, calls to follow.

Each has words of site furniture in numbers and orders that no list of phrases can hold, and hardly any other word.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from cleaners.blocks import Label
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.words import table
from cleaners.words.lexicon import LONGEST, Line, is_speech, lines_that_may_hold, read_line
from cleaners.words.tables import Lexicon

#: Other words than those of sites: the paper's own name, and more in a line without a full stop, of which stories
#: have few.
_MOST_STRANGERS = 2
_MOST_IN_A_LABEL = 5
_STOPS = frozenset(".。।")
_LONGEST_BUTTON = 50
_LONGEST_VIEWS = 40
_ENOUGH_NAMES = 3
_LINK_KINDS = frozenset(("share", "window", "network", "medium", "article", "glue", "amount"))
_SHARE_KINDS = frozenset(("share", "article", "glue"))
_BUTTONS = frozenset(("network", "medium"))
_SUBSCRIBER_KINDS = frozenset(("article", "subscriber", "only", "glue"))
_TIME_KINDS = frozenset(("amount", "minute", "read", "listen", "article", "glue"))


@cache
def lexicon() -> Lexicon:
    """Return the words of site furniture in all languages, and the names of networks."""
    return Lexicon(*table("words.site"))


def site_lines(lines: Lines) -> Collection[int]:
    """Return the places of the lines that rules of this kind are asked about."""
    return lines_that_may_hold(lines, lexicon())


def site_line(text: str) -> Line:
    """Return the kinds of words in a line.

    >>> site_line("Share on Facebook").kinds
    {'share': 1, 'network': 1}
    """
    return read_line(text, lexicon())


@rule(
    {"sharing.share-link": Label.SHARING, "sharing.networks": Label.SHARING},
    longest=LONGEST,
    where=site_lines,
    reads=site_line,
)
def sharing_bar(text: str, line: Line) -> str | None:
    """A link that shares ("Share on Facebook", "Facebook'ta Paylaş"), or a line of nothing but networks.

    >>> sharing_bar.says("Click to share on X (Opens in new window)")
    'sharing.share-link'
    >>> sharing_bar.says("Facebook | Twitter | Telegram")
    'sharing.networks'
    >>> sharing_bar.says("Share prices of Facebook fell")
    """
    kinds = line.kinds
    if line.strangers or not kinds.keys() <= _LINK_KINDS:
        return None
    shares = "share" in kinds
    if "window" in kinds and line.has("share", "network", "medium"):
        return "sharing.share-link"
    if shares and "network" in kinds and text[-1] != ".":
        return "sharing.share-link"
    if shares and "article" in kinds and kinds.keys() <= _SHARE_KINDS:
        return "sharing.share-link" if len(text) <= _LONGEST_BUTTON and text[-1] not in _STOPS else None
    if "network" in kinds and kinds.keys() <= _BUTTONS:
        names = kinds["network"] + kinds.get("medium", 0)
        # two names with a comma may be a crosshead
        if names >= _ENOUGH_NAMES or (names > 1 and "," not in text and "." not in text):
            return "sharing.networks"
    return None


@rule(
    {"newsletter.follow-us": Label.NEWSLETTER},
    longest=LONGEST,
    where=site_lines,
    reads=site_line,
)
def follow_call(text: str, line: Line) -> bool:
    """A call to follow the paper on a network.

    >>> follow_call.says("Follow us on WhatsApp for the latest updates")
    'newsletter.follow-us'
    >>> follow_call.says("Follow the money on WhatsApp, prosecutors say")
    """
    most = _MOST_STRANGERS if text[-1] in _STOPS else _MOST_IN_A_LABEL
    if line.strangers > most or not line.has("network", "outlet") or is_speech(text) or text[-1] in "?？":
        return False
    return "follow" in line.opens or (line.strangers == 0 and "follow" in line.kinds)


@rule({"comments.count": Label.COMMENTS}, longest=_LONGEST_BUTTON, where=site_lines, reads=site_line)
def comment_count(text: str, line: Line) -> bool:
    """A counter of comments: "3 comments", "Kommentare (12)", "댓글 5개".

    >>> comment_count.says("Kommentare (12)")
    'comments.count'
    """
    kinds = line.kinds
    if line.strangers or text[-1] in ".!?" or not kinds.keys() <= {"comment", "amount", "glue"}:
        return False
    return "comment" in kinds and kinds.get("amount") == 1 and kinds.get("glue", 0) <= 2


@rule(
    {"notices.subscribers-only": Label.NOTICE, "notices.views": Label.NOTICE},
    longest=LONGEST,
    where=site_lines,
    reads=site_line,
)
def readers(text: str, line: Line) -> str | None:
    """Who may read the story, and how often it was read.

    >>> readers.says("Dit artikel is alleen voor abonnees."), readers.says("1,234 views")
    ('notices.subscribers-only', 'notices.views')
    """
    kinds = line.kinds
    if line.strangers:
        return None
    if "subscriber" in kinds:
        closed = kinds.keys() <= _SUBSCRIBER_KINDS and "article" in kinds and "only" in kinds
        return "notices.subscribers-only" if closed else None
    counted = kinds.keys() == {"view", "amount"} and kinds["amount"] == 1
    return "notices.views" if counted and len(text) <= _LONGEST_VIEWS and text[-1] not in ".!?" else None


@rule({"reading-time.minutes": Label.READING_TIME}, longest=60, where=site_lines, reads=site_line)
def reading_time(text: str, line: Line) -> bool:
    """How long a story takes to read or to listen to: "5 min read", "Listen to this article (4 min)".

    >>> reading_time.says("Lesezeit: ca. 3 Minuten")
    'reading-time.minutes'
    """
    kinds = line.kinds
    if line.strangers or text[-1] in "!?" or not kinds.keys() <= _TIME_KINDS:
        return False
    return "minute" in kinds and "amount" in kinds and line.has("read", "listen")
