"""What is unlike what it used to be: a source that falls silent, or whose pages are built anew, seen in its numbers.

A site that changes its feeds or its templates does not fail: it answers, and what comes in is little or is wrong.
So the latest days of each source are held against the weeks before. The windows grow until enough is expected in
them for their emptiness to mean something.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from scraper.store.protocol import Day, Store

#: Days before the latest ones that say what is usual.
USUAL_DAYS = 42
#: Days of the latest numbers, the shortest first, and how many articles must be expected in so many: by chance alone
#: a source of 10 expected articles brings one or none in 5 of 10,000 windows, one of 5 expected none in 7 of 1000.
WINDOWS = ((3, 20), (7, 10), (14, 5))
#: The share of the expected articles at which a source is called poor.
POOR = 0.1
#: Days of a source's history without which nothing is usual.
FEWEST_DAYS = 7
#: Articles in the latest days without which their pages are not judged.
FEWEST_ARTICLES = 5
#: How many of a source's lines are taken away rises by so much, as a share of all, when its template has changed.
JUNK_JUMP = 0.25
#: Captions to an article that are usual, and what is left of them when its photos are not found any more.
USUAL_CAPTIONS, LOST_CAPTIONS = 0.3, 0.03


def changes_in(store: Store, now: datetime) -> dict[str, dict[str, str]]:
    """Return what has changed in the sources that a store knows."""
    today = now.date()
    return changes(store.runs.days(today - timedelta(USUAL_DAYS + WINDOWS[-1][0])), today)


def changes(days: Iterable[Day], today: date) -> dict[str, dict[str, str]]:
    """Return what has changed in each source of which something has: a word for each change, and a sentence.

    `days` are in order of their sources; today, which is not over, is left out.

    >>> start = date(2025, 3, 1)
    >>> days = [Day("harbour", start + timedelta(n), articles=20) for n in range(30)]
    >>> changes(days, date(2025, 4, 4))
    {'harbour': {'silent': 'no new article since 2025-03-30; before, 135 a week'}}
    """
    found = {}
    for source, own in groupby(days, key=lambda day: day.source):
        past = [day for day in own if day.day < today]
        told = _changes_of(past, today) if past else {}
        if told:
            found[source] = told
    return found


def _changes_of(days: Sequence[Day], today: date) -> dict[str, str]:
    told = {}
    for length, fewest in WINDOWS:
        latest, usual, span = _parted(days, today, length)
        if span < FEWEST_DAYS:
            continue
        rate = _sum(usual, "articles") / span
        came = _sum(latest, "articles")
        if rate * length >= fewest and came <= POOR * rate * length:
            week = _number(rate * 7)
            if came:
                told["poor"] = f"{came} articles in the last {length} days; before, {week} a week"
            else:
                last = max(day.day for day in days if day.articles)
                told["silent"] = f"no new article since {last}; before, {week} a week"
            break
    for length, _ in WINDOWS:
        latest, usual, span = _parted(days, today, length)
        if span >= FEWEST_DAYS and min(_sum(latest, "articles"), _sum(usual, "articles")) >= FEWEST_ARTICLES:
            told |= _changes_of_pages(latest, usual)
            break
    return told


def _changes_of_pages(latest: Sequence[Day], usual: Sequence[Day]) -> dict[str, str]:
    told = {}
    now, before = _junk(latest), _junk(usual)
    if now is not None and before is not None and now - before >= JUNK_JUMP:
        told["junk"] = f"{now:.0%} of its lines are taken away; before, {before:.0%}"
    captions = [_sum(days, "captions") / _sum(days, "articles") for days in (latest, usual)]
    if captions[1] >= USUAL_CAPTIONS and captions[0] <= LOST_CAPTIONS * captions[1]:
        told["captions"] = (
            f"no captions in its last {_sum(latest, 'articles')} articles; before, {captions[1]:.1f} an article"
        )
    return told


def _parted(days: Sequence[Day], today: date, length: int) -> tuple[list[Day], list[Day], int]:
    """Return the latest days, those that say what is usual, and over how many days these reach."""
    since = today - timedelta(length)
    first = since - timedelta(USUAL_DAYS)
    usual = [day for day in days if first <= day.day < since]
    span = (since - max(first, days[0].day)).days
    return [day for day in days if day.day >= since], usual, span


def _junk(days: Iterable[Day]) -> float | None:
    """Return which share of the lines was taken away; None where none were counted."""
    days = list(days)
    lines = _sum(days, "lines") + _sum(days, "removed")
    return _sum(days, "removed") / lines if lines else None


def _sum(days: Iterable[Day], name: str) -> int:
    return sum(getattr(day, name) for day in days)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 1 else f"{value:.1f}"
