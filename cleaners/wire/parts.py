"""What all fields are made of: signs, brackets, years, labels and openers, and the words that join two names.

A byline, a credit, a rights notice and a dateline are each a few parts: names, agencies, places, dates. Here stands how
a line is cut into them; which part may stand where is told by the field's own module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaners.patterns import late_pattern
from cleaners.words import word_set, words

#: The closing brackets, each with its opening one.
BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【", "}": "{"}
#: A year, or the years from one to another, as notices and credits print them.
YEARS = r"\(?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)?\d\d)?\)?"
YEAR = late_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABEL_MARK = late_pattern("[:：=＝]")
#: Where the mark behind a label stands at the latest.
_LONGEST_LABEL = 44
#: Words of the longest opener.
_MOST_WORDS = 5


@cache
def longest_first(section: str, *keys: str) -> tuple[str, ...]:
    """Return the words of some keys of a section, the longest first.

    >>> longest_first("bylines", "degrees")[0]
    'cissp'
    """
    found = {word for key in keys for word in words(section, key)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def alternatives(section: str, *keys: str) -> str:
    """Return the words of some keys of a section as the alternatives of a regular expression."""
    return "|".join(map(re.escape, longest_first(section, *keys)))


@cache
def first_words(section: str, *keys: str) -> frozenset[str]:
    """Return the first words of phrases: the cheap gate before `cut_opener`."""
    return frozenset(phrase.split()[0].rstrip(",.") for phrase in longest_first(section, *keys))


def cut_label(text: str) -> tuple[str, str]:
    """Return the label that a text opens with, in small letters, and what follows; two empty strings without one.

    >>> cut_label("Photo : Anna Smith"), cut_label("Anna Smith")
    (('photo', 'Anna Smith'), ('', ''))
    """
    mark = _LABEL_MARK.search(text, 0, _LONGEST_LABEL)
    if mark is None:
        return "", ""
    return text[: mark.start()].strip().casefold(), text[mark.end() :].strip()


def cut_opener(text: str, section: str, *keys: str) -> tuple[str, str]:
    """Return the longest opener that a text begins with, in small letters, and what follows.

    >>> cut_opener("Written by Anna Smith", "bylines", "openers"), cut_opener("Byron Doe", "bylines", "openers")
    (('written by', 'Anna Smith'), ('', ''))
    """
    tokens = text.split(None, _MOST_WORDS)
    if not tokens or tokens[0].casefold().rstrip(",.") not in first_words(section, *keys):
        return "", ""
    for count in range(min(_MOST_WORDS, len(tokens) - 1), 0, -1):
        opener = " ".join(tokens[:count]).casefold().rstrip(",")
        if any(opener in word_set(section, key) for key in keys):
            return opener, text.split(None, count)[count].lstrip(" ,:")
    return "", ""


@cache
def _conjunction() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives('bylines', 'conjunctions')})\s+|\sو\s?", re.I)


def split_joined(text: str) -> list[str]:
    """Return the names that "and" and its kind join.

    >>> split_joined("Anna Smith and Omar Haddad")
    ['Anna Smith', 'Omar Haddad']
    """
    if text.isascii() and word_set("bylines", "conjunctions").isdisjoint(text.lower().split()):
        return [text.strip()]  # nearly always: the expression tries all words behind each space
    return [name.strip() for name in _conjunction().split(f" {text}")]


def unbracket(text: str) -> str:
    """Return the text without the brackets that stand around the whole of it.

    >>> unbracket("((AFP))"), unbracket("(AFP) (dpa)")
    ('((AFP))', '(AFP) (dpa)')
    """
    text = text.removeprefix("/").strip()
    while len(text) > 2 and BRACKETS.get(text[-1]) == text[0] and text.find(text[0], 1) < 0:
        text = text[1:-1].strip()
    return text


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in order, each once, however its letters are cased.

    >>> unique(["Jane Doe", "JANE DOE"])
    ('Jane Doe',)
    """
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())
