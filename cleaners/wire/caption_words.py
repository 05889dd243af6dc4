"""What captions say of their pictures: the words of caption_words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class CaptionWords(NamedTuple):
    """The word lists of caption_words.toml; `starts` are the first five letters of the labels, a cheap gate."""

    cues: tuple[str, ...]
    archive_ends: tuple[str, ...]
    labels: tuple[str, ...]
    starts: frozenset[str]


@cache
def caption_words() -> CaptionWords:
    """The words of caption_words.toml, read once.

    >>> "im bild" in caption_words().cues
    True
    """
    with Path(__file__).with_name("caption_words.toml").open("rb") as file:
        lists = tomllib.load(file)
    labels = tuple(lists["labels"])
    starts = frozenset(label[:5] for label in labels)
    return CaptionWords(tuple(lists["cues"]), tuple(lists["archive_ends"]), labels, starts)
