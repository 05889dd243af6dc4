"""Titles: which of a page's many titles is the article's, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SITE_JOINT = re.compile(r"\s{1,3}[|–—·•»›:~]\s{1,3}|\s{1,3}-{1,2}\s{1,3}|\s?\|\s?|\s::\s")


def choose_title(
    told: Sequence[tuple[str | None, float]],
    headings: Sequence[str],
    site_name: str | None,
    *,
    newsroom: bool = False,
) -> tuple[str | None, str | None]:
    """Return the title that the sources agree on most, and the heading that prints it.

    `told` are the titles that the page's head gives, each with how far its source is trusted; `headings` are the
    visible ones in page order. Where they differ the visible one wins, unless `newsroom` says that the head was
    written by editors: elsewhere the head's titles are made for search engines.
    """
    known = [
        _Candidate(without_site(text, site_name), trust) for text, trust in told if text and len(text) < 500
    ]
    seen = _headline(headings, site_name, known, weight=0.3 if newsroom else 1.0)
    candidates = known + ([seen] if seen else [])
    if seen and all(seen.words == other.words for other in known):
        return seen.text, seen.printed
    best, best_score = None, 0.0
    for candidate in candidates:
        score = candidate.bonus
        for other in candidates:
            score += other.trust * candidate.likeness(other) ** 2
        if score > best_score + 1e-9:
            best, best_score = candidate.text, score
    return best, seen.printed if seen else None


class _Candidate:
    """A text that may be the title, its words, and how far its source is trusted."""

    __slots__ = ("bonus", "printed", "text", "trust", "words")

    def __init__(self, text: str, trust: float, printed: str | None = None) -> None:
        self.printed = printed
        self.text = text
        self.trust = trust
        self.bonus = trust / 2
        self.words = set(_WORD.findall(text.lower()))

    def likeness(self, other: _Candidate) -> float:
        total = len(self.words) + len(other.words)
        return 2 * len(self.words & other.words) / total if total else 0.0


_WORD = re.compile(r"\w+")


def _headline(
    headings: Sequence[str], site_name: str | None, known: list[_Candidate], weight: float
) -> _Candidate | None:
    """Return the first heading that the head's titles resemble most; never the site's name."""
    best: _Candidate | None = None
    site = squeezed(site_name or "")
    for text in headings:
        if len(text) > 400 or squeezed(text) == site:
            continue
        candidate = _Candidate(without_site(text, site_name), 1.0, text)
        if not candidate.words:
            continue
        likeness = max((candidate.likeness(other) for other in known), default=1.0)
        if likeness < 0.2:
            candidate.trust = 0.5
            candidate.bonus = 0.0 if len(candidate.words) < 5 else 0.5
        else:
            candidate.bonus = weight * (2.5 * likeness + (0.7 if len(candidate.words) > 3 else 0.0))
        if best is None or candidate.bonus > best.bonus:
            best = candidate
    return best


def without_site(title: str, site_name: str | None) -> str:
    """Return the title without the site's name at its end or start.

    >>> without_site("Storm hits coast | Example News", "Example News")
    'Storm hits coast'
    >>> without_site("Iran - what next?", "Example News")
    'Iran - what next?'
    """
    joints = list(_SITE_JOINT.finditer(title))
    if not joints:
        return title
    known = squeezed(site_name or "")
    head, tail = title[: joints[0].start()], title[joints[-1].end() :]
    if known:
        for joint in joints:  # everything after a joint, because a site's name may hold one itself
            rest = squeezed(title[joint.end() :])
            if rest and (
                rest == known or (len(rest) > 4 and (rest in known or known in rest) and joint.start() > 20)
            ):
                return title[: joint.start()]
        if squeezed(head) == known:
            return title[joints[0].end() :]
    if "|" in joints[-1].group() and len(tail.split()) <= 5 and len(title[: joints[-1].start()].split()) >= 3:
        return title[: joints[-1].start()]
    return title


_BETWEEN = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, in lower case.

    >>> squeezed("The Example-News")
    'theexamplenews'
    """
    return _BETWEEN.sub("", text.lower())
