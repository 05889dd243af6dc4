"""Where the scorer is unsure of a whole page, trafilatura is asked too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaners.read.characters import valid_text
from cleaners.words.letters import letters_of

#: An answer of fewer characters, letters alone, is no opinion.
_LEAST: Final = 120
_HEAD: Final = 60  # letters of a block by which it is found in the answer
#: A block of fewer letters must be a line of the answer: "Home" is in "homes" too.
_SHORT: Final = 20
#: Longer pages, and those of more tags and attributes, are not handed on: it takes a second for each megabyte.
_LONGEST: Final = 2_000_000
_MOST_TAGS: Final = 40_000
_MOST_ATTRIBUTES: Final = 40_000


def ask_trafilatura(html: str, texts: Sequence[str]) -> list[bool] | None:
    """Return for each block whether trafilatura takes it for the article's; None if it finds no article.

    >>> ask_trafilatura("<p>Rain", ["Rain"]) is None
    True
    """
    if len(html) > _LONGEST or html.count("<") > _MOST_TAGS or html.count("=") > _MOST_ATTRIBUTES:
        return None
    import trafilatura  # half a second to import, for about one page in fifty

    told = trafilatura.extract(html, fast=True, include_comments=False, include_tables=True)
    lines = [letters_of(line).lower() for line in valid_text(told or "").splitlines()]
    answer, whole = "".join(lines), set(lines)
    if len(answer) < _LEAST:
        return None
    kept: list[bool] = []
    at = 0
    for text in texts:
        head = letters_of(text[: 3 * _HEAD]).lower()[:_HEAD]
        if len(head) < _SHORT:
            kept.append(bool(head) and head in whole)
            continue
        found = answer.find(head, at)
        kept.append(found >= 0)
        if found >= 0 and len(head) >= _HEAD:
            at = found  # both are in reading order, so that a teaser further down is not taken for the paragraph
    return kept if any(kept) else None
