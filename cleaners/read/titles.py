"""Titles: which of a page's many titles is the article's, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.words.letters import letters_of

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

_SITE_JOINT: Final = re.compile(r"\s{1,3}[|–—·•»›:~]\s{1,3}|\s{1,3}-{1,2}\s{1,3}|\s?\|\s?|\s::\s")
_WORD: Final = re.compile(r"\w+")
#: Characters of a title in the head, and of a heading.
_LONGEST: Final = 500
_LONGEST_HEADING: Final = 400
#: Characters of a title before a joint, and of a date in front of one.
_SHORTEST: Final = 20
_LONGEST_DATE: Final = 30
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
#: A heading that shares fewer words with the head's titles may be of another story.
_UNLIKE: Final = 0.2


class _Candidate:
    """A text that may be the title, its words, and how far its source is trusted."""

    __slots__ = ("bonus", "printed", "text", "trust", "words")

    def __init__(self, printed: str, site_name: str | None, trust: float) -> None:
        self.printed = printed
        self.text = without_site(printed, site_name)
        self.trust = trust
        self.bonus = trust / 2
        self.words = set(_WORD.findall(self.text.lower()))

    def likeness(self, other: _Candidate) -> float:
        total = len(self.words) + len(other.words)
        return 2 * len(self.words & other.words) / total if total else 0.0

    def score(self, candidates: Sequence[_Candidate]) -> float:
        """Return how much the other candidates agree with this one."""
        return round(self.bonus + sum([one.trust * self.likeness(one) ** 2 for one in candidates]), 9)


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
    titles = [(_as_printed(text, headings), trust) for text, trust in told if text and len(text) < _LONGEST]
    headings = [text for text in headings if not _is_blog([title for title, _ in titles], text, site_name)]
    known = [_Candidate(text, site_name, trust) for text, trust in titles]
    seen = _headline(headings, site_name, known, weight=0.3 if newsroom else 1.0)
    if seen and all(seen.words == other.words for other in known):
        return seen.text, seen.printed
    if seen and (bare := _without_date(seen.text, known)):
        return bare, seen.printed
    candidates = [*known, seen] if seen else known
    best = max(candidates, key=lambda one: one.score(candidates), default=None)
    return best.text if best else None, seen.printed if seen else None


def _headline(
    headings: Sequence[str], site_name: str | None, known: Sequence[_Candidate], weight: float
) -> _Candidate | None:
    """Return the first heading that the head's titles resemble most; never the site's name."""
    site = squeezed(site_name or "")
    seen = [
        _Candidate(text, site_name, 1.0)
        for text in headings
        if len(text) <= _LONGEST_HEADING and squeezed(text) != site
    ]
    for candidate in seen:
        likeness = max((candidate.likeness(other) for other in known), default=1.0)
        if likeness < _UNLIKE:
            candidate.trust = 0.5
            candidate.bonus = 0.0 if len(candidate.words) < 5 else 0.5
        else:
            candidate.bonus = weight * (2.5 * likeness + (0.7 if len(candidate.words) > 3 else 0.0))
    return max((one for one in seen if one.words), key=lambda one: one.bonus, default=None)


def _as_printed(title: str, headings: Sequence[str]) -> str:
    """Return a title of the head without what stands behind a joint, where a heading prints only what is before it."""
    printed = {squeezed(text) for text in headings}
    cut = (title[: joint.start()] for joint in _SITE_JOINT.finditer(title, 0, _LONGEST))
    return next((head for head in cut if len(head) >= _SHORTEST and squeezed(head) in printed), title)


def _is_blog(told: Sequence[str], heading: str, site_name: str | None) -> bool:
    """Tell whether a heading is the site's name: a title has it beside what another title is: "Lessons: Start"."""
    name, titles = squeezed(heading), set(map(squeezed, told))
    others = titles - {name, squeezed(site_name or ""), ""}
    return bool(name) and any(name + other in titles or other + name in titles for other in others)


def _without_date(heading: str, known: Sequence[_Candidate]) -> str | None:
    """Return the title that the head tells, where the heading prints a date in front of it."""
    for other in known:
        date, found, behind = heading.partition(other.text)
        if found and not behind and _YEAR.search(date) and len(date) <= _LONGEST_DATE:
            return other.text
    return None


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


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, in lower case.

    >>> squeezed("The Example-News")
    'theexamplenews'
    """
    return letters_of(text.lower())
