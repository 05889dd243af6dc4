"""The headline among the lines above a text's body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: A title stands at most so many lines before the body, and has so many words.
_TITLE_REACH: Final = 30
_TITLE_WORDS: Final = range(3, 31)
#: So much of a title's longer words come back in the text below it.
_TITLE_SHARED: Final = 0.5
_NO_TITLE_ENDS: Final = frozenset(".,:;|/>…")
_EDGES: Final = "\"'“”„‘’«»()[].,:;!?"


def find_title(lines: Sequence[str], cut: Sequence[int], start: int) -> int | None:
    """Return which of the lines that were cut before the body is the story's title, if one clearly is.

    It is near the body, has a title's length, and either the text's first line begins with it ("Rain in Kyiv | The
    Example") or its words come back in the body, more than those of the other lines.

    >>> find_title(["Home", "Rain floods Kyiv streets", "Share", "Rain made rivers of Kyiv streets."], [0, 1, 2], 3)
    1
    """
    near = [i for i in cut if i >= start - _TITLE_REACH]
    body = " ".join(lines[start : start + 60]).casefold() if near else ""
    opening = " ".join(lines[0].split()).casefold()
    best, most = None, _TITLE_SHARED
    for i in near:
        text = lines[i]
        if len(text) > 250 or text[-1] in _NO_TITLE_ENDS:
            continue
        words = text.split()
        if len(words) not in _TITLE_WORDS and not (len(words) < 3 and not text.isascii() and len(text) >= 10):
            continue
        told = text.casefold()
        if i and len(opening) > len(told) and opening.startswith(told):
            return i
        long = [word for word in (raw.strip(_EDGES) for raw in told.split()) if len(word) > 3]
        shared = sum(word in body for word in long) / max(len(long), 2)
        if shared > most:
            best, most = i, shared
    return best
