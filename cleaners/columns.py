"""Aligned columns for a terminal, in which Chinese, Japanese and Korean letters are two cells wide."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width


def cells(text: str) -> int:
    """Return how many cells of a terminal the text takes.

    >>> cells("Kyiv"), cells("東京"), cells("e\\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 0 if combining(char) else 1 for char in text)


def align(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Return the rows as lines with aligned columns, two spaces between; columns in `right` are set to the right.

    >>> align([["1", "body", "It rained."], ["10", "ad", "Bonus"]], right=[0])
    [' 1  body  It rained.', '10  ad    Bonus']
    """
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]) - 1)] if rows else []
    lines = []
    for row in rows:
        padded = []
        for column, width in enumerate(widths):
            gap = " " * (width - cells(row[column]))
            padded.append(gap + row[column] if column in right else row[column] + gap)
        lines.append("  ".join([*padded, row[-1]]).rstrip())
    return lines
