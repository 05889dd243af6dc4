"""Notices in which a site speaks of its own cookies."""

from __future__ import annotations

from cleaners.blocks import Label
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.sentences import SPEECH
from cleaners.words import table
from cleaners.words.letters import fold
from cleaners.words.match import LONGEST_NOTICE


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
    """
    if not SPEECH.isdisjoint(text):
        return False
    known = table("words.cookies")
    text = fold(text).replace("-", " ").replace("’", "'")
    return all(any(word in text for word in known[kind]) for kind in ("cookie", "site", "consent"))
