"""Notices in which a site speaks of its own cookies."""

from __future__ import annotations

from cleaners.blocks import Label
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.sentences import SPEECH
from cleaners.words import table
from cleaners.words.letters import fold
from cleaners.words.match import LONGEST_NOTICE

_KINDS = ("cookie", "site", "consent")
_STOPS = (". ", ".\u00a0", "। ", "۔ ", "؟ ", "? ", "! ", "。", "！", "？")
#: With fewer spaces it is a heading: "Your privacy." In scripts that write words together it may be one sentence.
_FEWEST_SPACES = 5


def _about_cookies(lines: Lines) -> list[int]:
    """Return the places of the lines that have a word for cookies; its first letter may be a capital."""
    plain = lines.whole.isascii()
    return lines.holding(
        word[word[0].islower() :] for word in table("words.cookies")["cookie"] if word.isascii() or not plain
    )


@rule({"notices.cookie-banner": Label.NOTICE}, longest=LONGEST_NOTICE, where=_about_cookies)
def cookie_banner(text: str) -> bool:
    """A site that speaks of itself as "we" or "this site", of its cookies and of what its reader agrees to.

    >>> cookie_banner.says("We use cookies to give you the best experience.")
    'notices.cookie-banner'
    >>> cookie_banner.says("The court ruled that sites must ask before they use cookies.")
    >>> cookie_banner.says("It rained in Kyiv on Thursday night. We use cookies: accept all")
    """
    if not SPEECH.isdisjoint(text):
        return False
    known = table("words.cookies")
    text = fold(text).replace("-", " ").replace("’", "'")
    found = [[place for word in known[kind] if (place := text.find(word)) >= 0] for kind in _KINDS]
    return all(found) and not _opens_with_news(text[: min(map(min, found))])


def _opens_with_news(text: str) -> bool:
    """Return whether a whole sentence stands before the first word of a notice, which was put behind a paragraph."""
    sentences = text[: max(map(text.rfind, _STOPS)) + 1]
    return sentences.count(" ") >= _FEWEST_SPACES
