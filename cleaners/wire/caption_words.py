"""What captions say of their pictures: the words of `[captions]`."""

from __future__ import annotations

from functools import cache

from cleaners.values import Value
from cleaners.words import table


class CaptionWords(Value):
    """The words of captions; `starts` are the first five letters of the labels, a cheap gate."""

    cues: tuple[str, ...]
    archive_ends: tuple[str, ...]
    places: tuple[str, ...]
    labels: tuple[str, ...]
    starts: frozenset[str]


@cache
def caption_words() -> CaptionWords:
    """Return the words of captions.

    >>> "im bild" in caption_words().cues
    True
    """
    lists = table("captions")
    labels = tuple(lists["labels"])
    starts = frozenset(label[:5] for label in labels)
    return CaptionWords(
        tuple(lists["cues"]), tuple(lists["archive_ends"]), tuple(lists["places"]), labels, starts
    )


def caption_label(text: str) -> int:
    """Return where the caption begins behind its label: 0 where it has none.

    >>> caption_label("Image caption, Troops march"), caption_label("Image captions are hard")
    (14, 0)
    """
    words = caption_words()
    if text[:5].casefold() not in words.starts:
        return 0
    small = text[:30].casefold()
    for label in words.labels:
        if small.startswith(label) and (rest := text[len(label) :].lstrip())[:1] in (",", ":", "：", "，"):
            return len(text) - len(rest) + 1
    return 0
