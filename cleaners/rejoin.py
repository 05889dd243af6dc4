"""Lines of a text put right where some program broke them: hard-wrapped lines rejoined, paragraphs on one line split.

Only a text that clearly is hard-wrapped is touched. A program that wraps at a width puts a word on the next line
because it does not fit any more; lines that a writer or a page ended rarely end just there. That is the whole test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

#: Widths that mail programs, terminals and agencies' wires wrap at lie between these.
_NARROW: Final = 40
_WIDE: Final = 132
#: So many lines, and such a share of the characters, must stand in full lines before a text counts as wrapped.
_LEAST_LINES: Final = 6
_LEAST_SHARE: Final = 0.5
#: Of the full lines, so many do not end a sentence: prose wrapped at a width breaks within sentences.
_BROKEN_SENTENCES: Final = 0.6
_SENTENCE_ENDS: Final = frozenset(".!?…。！？।॥۔؟:;\"'”’»」』")
_BULLETS: Final = frozenset("•*-–—+>|#·●■▪◦►▶")
#: A line so long with wide gaps in it holds several paragraphs.
_SEVERAL: Final = 400
_GAP: Final = re.compile(r"\t+|[ \u00a0]{4,}")


def rejoin(lines: Sequence[str]) -> list[tuple[int, str]]:
    r"""Return the text's lines that are not blank, each with its number counted from 1, wrapped ones rejoined.

    Takes the lines of a text, blank ones included, without space at their ends. A rejoined line has the number of its
    first part. Nothing is lost: all words come out in their order. A line that ends in a hyphen within a word is
    joined without a space and keeps the hyphen.

    >>> rejoin(["It rained.", "", "Residents left."])
    [(1, 'It rained.'), (3, 'Residents left.')]
    """
    width = wrap_width(lines)
    if not width:
        return [part for number, line in enumerate(lines, 1) if line for part in _split(number, line)]
    out: list[tuple[int, str]] = []
    parts: list[str] = []
    first = 0
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        if not parts:
            first = number
        parts.append(line)
        after = lines[number] if number < len(lines) else ""
        if not _is_full(line, after, width):
            out.append((first, _join(parts)))
            parts = []
    return out


def wrap_width(lines: Sequence[str]) -> int:
    """Return the width at which a text is hard-wrapped, or 0 if it is not, or not clearly.

    >>> wrap_width(["A line that a page ended.", "Another"] * 9)
    0
    """
    width = max(map(len, lines), default=0)
    if not _NARROW <= width <= _WIDE:
        return 0
    full = [line for line, after in _pairs(lines) if _is_full(line, after, width)]
    if len(full) < _LEAST_LINES or sum(map(len, full)) < _LEAST_SHARE * sum(map(len, lines)):
        return 0
    broken = sum(line[-1] not in _SENTENCE_ENDS for line in full)
    return width if broken >= _BROKEN_SENTENCES * len(full) else 0


def _pairs(lines: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip(lines, (*lines[1:], ""), strict=True)


def _is_full(line: str, after: str, width: int) -> bool:
    """Tell whether the next line's first word had no place on this line."""
    if not line or not after or after[0] in _BULLETS or len(line) * 2 < width:
        return False
    space = after.find(" ")
    return len(line) + 1 + (space if space >= 0 else len(after)) > width


def _join(parts: Sequence[str]) -> str:
    out: list[str] = []
    for place, part in enumerate(parts):
        within_word = place and out[-1][-1] == "-" and out[-1][-2:-1].isalpha() and part[0].islower()
        if place and not within_word:
            out.append(" ")
        out.append(part)
    return "".join(out)


def _split(number: int, line: str) -> list[tuple[int, str]]:
    if len(line) < _SEVERAL or ("\t" not in line and "    " not in line):
        return [(number, line)]
    return [(number, part) for raw in _GAP.split(line) if (part := raw.strip())]
