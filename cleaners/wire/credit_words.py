"""The words of credits, and the cheapest question to ask with them."""

from __future__ import annotations

import re
from functools import cache

from cleaners.values import Value
from cleaners.words import table

#: Scripts that write words together begin here.
_SIGNS_FROM = "\u2e80"


class CreditWords(Value):
    """The words of credits, made ready for asking."""

    labels: frozenset[str]
    signs: tuple[str, ...]  # labels of scripts without spaces: they need no colon
    openers: frozenset[str]
    weak: frozenset[str]
    sources: frozenset[str]
    remarks: frozenset[str]
    alone: frozenset[str]
    links: tuple[str, ...]  # the words between two parts of a credit: via, for
    heads: frozenset[str]  # all that may stand before a colon
    last: frozenset[str]  # the last words of all labels
    first: frozenset[str]  # the first words of all that may stand without one
    opening: frozenset[str]  # the first words of all openers, weak ones and sources
    marked_labels: tuple[str, ...]  # labels in a caption that markup marks as one, the longest first
    furniture: frozenset[str]  # buttons and counters beside a caption


@cache
def credit_words() -> CreditWords:
    """Return the words of credits."""
    told = table("credits")
    labels = frozenset(told["labels"])
    without_colon = (*told["openers"], *told["weak"])
    openers = (*without_colon, *told["sources"])
    return CreditWords(
        heads=frozenset((*labels, *openers)),
        last=frozenset(label.split()[-1] for label in labels),
        first=frozenset(
            phrase.split()[0].rstrip(",.") for phrase in (*without_colon, *told["alone"], "copyright", "(c)")
        ),
        opening=frozenset(phrase.split()[0].rstrip(",") for phrase in openers),
        labels=labels,
        signs=tuple(sorted((label for label in labels if max(label) >= _SIGNS_FROM), key=len, reverse=True)),
        openers=frozenset(told["openers"]),
        weak=frozenset((*told["weak"], *told["sources"])),
        sources=frozenset(told["sources"]),
        remarks=frozenset(told["remarks"]),
        alone=frozenset(told["alone"]),
        links=told["links"],
        marked_labels=tuple(sorted(told["marked_labels"], key=len, reverse=True)),
        furniture=frozenset(told["furniture"]),
    )


@cache
def separator() -> re.Pattern[str]:
    """Return what stands between two parts of a credit. Only ever run on a credit's 200 characters."""
    links = "|".join(map(re.escape, credit_words().links))
    return re.compile(
        rf"\s*([/|;/｜•,，、()\[\]（）=＝])\s*|\s+(?:([-–—·])+|({links}))\s+",
        re.I,
    )


def may_be_credit_line(text: str) -> bool:
    """Return the cheapest gate, for every line of a text: whether it has a mark that a credit with a name needs.

    >>> may_be_credit_line("It rained: nobody came."), may_be_credit_line("Foto: dpa")
    (False, True)
    """
    last = text[-1]
    if last in "”»?!…,;":
        return False
    if "©" in text or "|" in text or "ⓒ" in text:
        return True
    if last == "." and len(text) > 100:
        return False
    if "/" in text:
        return True
    p = text.find(":", 0, 44)
    words = credit_words()
    if p > 0:
        return (
            text[:p].rstrip().casefold().lstrip("([*/▲△▼ ") in words.heads
            or " via " in text
            or _first_word(text) in words.first
        )
    if text[0] >= "\u3000" or text[0] in "(（[【":
        return len(text) <= 120
    return _first_word(text) in words.first or (" via " in text and text[-1] != ".")


def _first_word(text: str) -> str:
    return text[:24].split(None, 1)[0].casefold().rstrip(",.")
