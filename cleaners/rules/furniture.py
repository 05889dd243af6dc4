"""Lines that are a known piece of site furniture by their words alone: the phrases of `cleaners.words.match`."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.blocks import Block, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import Lines, asked
from cleaners.words.match import (
    LONGEST_NOTICE,
    LONGEST_WEAK,
    look_up,
    look_up_weak,
    may_be_known,
    may_be_weak,
)

#: A word that may be a crosshead is furniture with one sure neighbour, or among this many like it in a row.
_WEAK_IN_A_ROW = 2
_BARS = "|｜·•"
_LONGEST_ROW = 200
_FEWEST_IN_A_ROW = 2


def _known(lines: Lines) -> list[int]:
    return may_be_known(lines.keys, lines.numbered)


def _weak(lines: Lines) -> list[int]:
    return may_be_weak(lines.keys)


@alone
@asked(longest=LONGEST_NOTICE, where=_known)
def known_phrase(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A line that a theme or a publisher's template prints, in any language that `words/` knows."""
    return look_up(blocks[i].text)


@asked(longest=LONGEST_WEAK, where=_weak)
def phrase_among_furniture(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A word such as "Home", "More" or "Facebook" is furniture when the lines next to it are furniture too."""
    text = blocks[i].text
    if len(text) > LONGEST_WEAK or (verdict := look_up_weak(text)) is None:
        return None
    others = 0
    for step in (-1, 1):
        j = i + step
        if 0 <= j < len(blocks) and len(beside := blocks[j].text) <= LONGEST_WEAK:
            if look_up(beside) is not None:
                return verdict
            others += look_up_weak(beside) is not None
    return verdict if others + 1 >= _WEAK_IN_A_ROW else None


@alone
@asked(longest=_LONGEST_ROW, signs=tuple(_BARS))
def row_of_phrases(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Imprint | Privacy | Terms of use": phrases that are furniture each, with bars or dots between.

    >>> row_of_phrases([Block("About us | Contact | Privacy policy", 1)], 0).rule
    'navigation.menu'
    >>> row_of_phrases([Block("Kotka | Narva | Tartu", 1)], 0) is None
    True
    """
    text = blocks[i].text
    if len(text) > _LONGEST_ROW or (bar := next((sign for sign in _BARS if sign in text), None)) is None:
        return None
    pieces = [piece.strip() for piece in text.split(bar) if piece.strip()]
    if len(pieces) < _FEWEST_IN_A_ROW:
        return None
    known = [look_up(piece) for piece in pieces]
    found = [sure or look_up_weak(piece) for sure, piece in zip(known, pieces, strict=True)]
    return found[0] if any(known) and all(found) else None


RULES = (known_phrase, phrase_among_furniture, row_of_phrases)
