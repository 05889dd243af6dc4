"""Notices of the site: cookies, who may read the story, how often it was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import Lines, asked
from cleaners.rules.site_lines import site_line, site_lines
from cleaners.words import table
from cleaners.words.lexicon import LONGEST, fold
from cleaners.words.match import LONGEST_NOTICE

if TYPE_CHECKING:
    from cleaners.rules import Rule

_COOKIES = Verdict(Label.NOTICE, "notices.cookie-banner", 0.95)
_SUBSCRIBERS = Verdict(Label.NOTICE, "notices.subscribers-only", 0.95)
_VIEWS = Verdict(Label.NOTICE, "notices.views", 0.95)
_SUBSCRIBER_KINDS = frozenset(("article", "subscriber", "only", "glue"))
_LONGEST_VIEWS = 40
_QUOTES = frozenset('"“”„«»「」『』')


#: "Cookie" where the word is another one, without the letters that may be capitals.
_OTHER_COOKIES = (
    "kakor",
    "informasjonskapsler",
    "väste",
    "erezler",
    "süti",
    "уки",
    "تعريف الارتباط",
    "الكوكيز",
    "کوکی",
    "עוגיות",
    "クッキー",
    "쿠키",
    "कुकी",
    "কুকি",
)


def _about_cookies(lines: Lines) -> list[int]:
    signs = ("ooki",) if lines.whole.isascii() else ("ooki", *_OTHER_COOKIES)
    return lines.holding(signs)


@alone
@asked(longest=LONGEST_NOTICE, where=_about_cookies)
def cookie_banner(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A site that speaks of itself as "we" or "this site", of its cookies and of what its reader agrees to.

    >>> cookie_banner([Block("We use cookies to give you the best experience.", 1)], 0).rule
    'notices.cookie-banner'
    >>> cookie_banner([Block("The court ruled that sites must ask before they use cookies.", 1)], 0) is None
    True
    """
    text = blocks[i].text
    if len(text) > LONGEST_NOTICE or not _may_be_about_cookies(text) or not _QUOTES.isdisjoint(text):
        return None
    known = table("words.cookies")
    text = fold(text).replace("-", " ").replace("’", "'")
    for kind in ("cookie", "site", "consent"):
        if not any(word in text for word in known[kind]):
            return None
    return _COOKIES


def _may_be_about_cookies(text: str) -> bool:
    return "ooki" in text or (not text.isascii() and any(word in text for word in _OTHER_COOKIES))


@alone
@asked(longest=LONGEST, where=site_lines)
def readers(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Who may read the story, and how often it was read: "Only for subscribers", "1,234 views".

    >>> readers([Block("Dit artikel is alleen voor abonnees.", 1)], 0).rule
    'notices.subscribers-only'
    >>> readers([Block("1,234 views", 1)], 0).rule
    'notices.views'
    """
    line = site_line(blocks[i].text)
    if line is None or line.strangers:
        return None
    text, kinds = blocks[i].text, line.kinds
    if "subscriber" in kinds:
        closed = kinds.keys() <= _SUBSCRIBER_KINDS and "article" in kinds and "only" in kinds
        return _SUBSCRIBERS if closed else None
    counted = kinds.keys() == {"view", "amount"} and kinds["amount"] == 1
    return _VIEWS if counted and len(text) <= _LONGEST_VIEWS and text[-1] not in ".!?" else None


RULES: tuple[Rule, ...] = (cookie_banner, readers)
