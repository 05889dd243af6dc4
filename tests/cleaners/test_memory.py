"""Nothing of an input is kept after the call: neither in a cache nor in a variable of a module.

(But for addresses: Python's own urllib.parse remembers the last ones.)
"""

import gc
from collections.abc import Callable
from typing import Any

import pytest

from cleaners import clean_html, clean_text, explain_html, explain_text

#: A word that stands in almost every line, and in no table of words.
MARK = "qzvorn"
LINES = [
    f"{MARK.title()} rain in Kyiv",
    f"By {MARK.title()} Smith, Reuters",
    "24 October 2024",
    f"Rain in {MARK} © AFP – Olena {MARK.upper()}",
    f"KYIV (Reuters) - It rained in {MARK} on Thursday, and the streets were empty until the evening, they said.",
    f"Share {MARK} on Facebook",
    f"Read also: {MARK} closes nine schools",
    f"Subscribe to the {MARK} newsletter",
    f"200% Deposit Bonus up to €3,000 {MARK}",
    f"– The {MARK} vote –",
    f"More rain is expected in {MARK} on Friday, and two districts of the city have closed their schools.",
    f"Photo: {MARK.title()} Bird/AFP",
    f"(Reporting by {MARK.title()} Smith; Editing by Omar {MARK.title()})",
    f"© 2024 {MARK.title()} News. All rights reserved.",
    f"Home {MARK} | Contact {MARK} | Cookies",
]
TEXT = "\n".join(LINES * 3)
PAGE = (
    f"<html><head><title>{LINES[0]}</title><meta name=author content='{MARK.title()} Smith'></head><body><article>"
    + "".join(f"<p class={MARK}>{line}</p>" for line in LINES)
    + f"<figure><img src=/rain.jpg><figcaption>{LINES[3]}</figcaption></figure></article><aside class='{MARK}'>"
    + "".join(f"<a href=/rain>{line}</a>" for line in LINES[5:9])
    + "</aside></body></html>"
)


def holders(mark: str) -> list[str]:
    """Return what refers to a text with the mark, caches included."""
    gc.collect()
    return [
        f"{str(thing)[:80]} holds {held[:40]!r}"
        for thing in gc.get_objects()
        for held in gc.get_referents(thing)
        if isinstance(held, str) and held is not mark and mark in held.casefold()
    ]


def clean(function: Callable[..., Any], given: str) -> str:
    """Clean it with a mark of its own, and return the mark."""
    mark = MARK + function.__name__.replace("_", "")
    function(
        given.replace(MARK, mark).replace(MARK.title(), mark.title()).replace(MARK.upper(), mark.upper())
    )
    return mark


@pytest.mark.parametrize("function", [clean_text, explain_text])
def test_nothing_of_a_text_is_kept(function: Callable[..., Any]) -> None:
    assert holders(clean(function, TEXT)) == []


@pytest.mark.parametrize("function", [clean_html, explain_html])
def test_nothing_of_a_page_is_kept(function: Callable[..., Any]) -> None:
    assert holders(clean(function, PAGE)) == []


def test_what_is_kept_would_be_found() -> None:
    kept: list[str] = []

    def keep(text: str) -> None:
        kept.append(text)

    assert len(holders(clean(keep, TEXT))) == 1
