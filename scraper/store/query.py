"""What people type to search for, and what counts as a word in it, alike in every store."""

from __future__ import annotations

import re

from scraper.errors import TooManyWords

#: Different words, or quoted words that stand together, that are searched for at a time: for the excerpts each costs as
#: much as all before it.
MOST_TERMS = 32
#: Letters of scripts that put no space between words: each is a word of its own, so that any part of a line is found.
UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u2e80-\u2fff\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u3040-\u30ff"  # kana
)
_LETTER = re.compile(f"([{UNSPACED}])")
_SPREAD_LETTER = re.compile(f" ?([{UNSPACED}]) ?")


def terms_of(words: str) -> list[str]:
    """Return what is searched for: words, and those between quotation marks together; other signs mean nothing.

    Each is there once. Raises TooManyWords.

    >>> terms_of('grain "old dam" AND Grain')
    ['grain', 'old dam', 'AND']
    """
    terms: dict[str, str] = {}
    for number, part in enumerate(words.split('"')):
        for term in [part] if number % 2 else part.split():
            terms.setdefault(term.lower(), term)
    found = [term for term in terms.values() if term.strip()]
    if len(found) > MOST_TERMS:
        raise TooManyWords(MOST_TERMS)
    return found


def spread(text: str) -> str:
    """Return the text with each letter of an unspaced script as a word of its own.

    >>> spread("旧大坝 in 2025")
    ' 旧  大  坝  in 2025'
    """
    return text if text.isascii() else _LETTER.sub(r" \1 ", text)


def gather(text: str) -> str:
    """Return what was spread, together again, for reading.

    >>> gather(spread("修复旧大坝的计划"))
    '修复旧大坝的计划'
    """
    return text if text.isascii() else _SPREAD_LETTER.sub(r"\1", text)
