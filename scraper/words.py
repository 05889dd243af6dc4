"""Words for the search index, also in scripts that put no space between them."""

from __future__ import annotations

import re

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u2e80-\u2fff\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u3040-\u30ff"  # kana
)
_LETTER = re.compile(f"([{_UNSPACED}])")
_BESIDE = re.compile(f" ?([{_UNSPACED}]) ?")


def spread(text: str) -> str:
    """The text with each letter of an unspaced script as a word of its own, so that any part of a line is found.

    >>> spread("旧大坝 in 2025")
    ' 旧  大  坝  in 2025'
    """
    return text if text.isascii() else _LETTER.sub(r" \1 ", text)


def gather(text: str) -> str:
    """What was spread, together again, for reading.

    >>> gather(spread("修复旧大坝的计划"))
    '修复旧大坝的计划'
    """
    return text if text.isascii() else _BESIDE.sub(r"\1", text)
