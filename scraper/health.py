"""What is unlike what it used to be: a source that falls silent, or whose pages are built anew, seen in its numbers.

A site that changes its feeds or its templates does not fail: it answers, and what comes in is little or is wrong.
So the latest days of each source are held against the weeks before. The windows grow until enough is expected in
them for their emptiness to mean something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from scraper.store.protocol import Day, Store

#: Days before the latest ones that say what is usual.
USUAL_DAYS = 42
#: Days of the latest numbers, the shortest first, and how many articles must be expected in so many: by chance alone
#: a source of 10 expected articles brings one or none in 5 of 10,000 windows, one of 5 expected none in 7 of 1000.
WINDOWS = ((3, 20), (7, 10), (14, 5))
#: Days of a source's history without which nothing is usual; its first day, which may bring an archive, is none.
FEWEST_DAYS = 7
#: Articles in the latest days without which their pages are not judged.
FEWEST_ARTICLES = 5
#: Captions to an article that are usual, for their loss to mean anything.
USUAL_CAPTIONS = 0.3


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a change begins.

    `poor` is the share of the expected articles that is left; `junk` by how much the share of lines that are taken
    away has risen, `junk_lines` by which factor their number to an article; `captions` is the share of the usual ones
    that is left.
    """

    poor: float
    junk: float
    junk_lines: float
    captions: float


#: For what nobody was told of yet, and for what somebody was: a change that hovers about its bound is told once.
BEGINS, GOES_ON = Bounds(0.1, 0.1, 1.5, 0.03), Bounds(0.5, 0.03, 1.2, 0.3)

#: Which source, and what has changed in it.
Told = Collection[tuple[str, str]]


def changes_in(store: Store, now: datetime) -> dict[str, dict[str, str]]:
    """Return what has changed in the sources that a store knows."""
    today = now.date()
    return changes(store.runs.days(today - timedelta(USUAL_DAYS + WINDOWS[-1][0])), today, store.runs.told())


def changes(days: Iterable[Day], today: date, told: Told = ()) -> dict[str, dict[str, str]]:
    """Return what has changed in each source of which something has: a word for each change, and a sentence.

    `days` are in order of their sources; today, which is not over, is left out. `told` is what somebody was told of:
    that has to be well again to be left out.

    >>> start = date(2025, 3, 1)
    >>> days = [Day("harbour", start + timedelta(n), articles=20) for n in range(30)]
    >>> changes(days, date(2025, 4, 4))
    {'harbour': {'silent': 'no new article since 2025-03-30; before, 135 a week'}}
    """
    found: dict[str, dict[str, str]] = {
        source: {"silent": "no new article for weeks"} for source, kind in sorted(told) if kind == "silent"
    }
    for source, own in groupby(days, key=attrgetter("source")):
        windows = _windows([day for day in own if day.day < today], today)
        known = {kind for name, kind in told if name == source}
        changed = _of_number(windows, known) | _of_pages(windows, known)
        found.pop(source, None)
        if changed:
            found[source] = changed
    return found


@dataclass(slots=True)
class _Sum:
    """What came in over some days."""

    articles: int = 0
    lines: int = 0
    removed: int = 0
    captions: int = 0

    def add(self, day: Day) -> None:
        """Count one more day."""
        self.articles += day.articles
        self.lines += day.lines
        self.removed += day.removed
        self.captions += day.captions

    def for_each(self, count: int) -> float:
        """Return how much of something that is to each article."""
        return count / max(1, self.articles)

    @property
    def junk(self) -> float:
        """Which share of the lines was taken away; 0 where none were counted."""
        return self.removed / max(1, self.lines + self.removed)


@dataclass(frozen=True, slots=True)
class _Window:
    """The latest days, and those before them that say what is usual."""

    days: int
    fewest: int
    latest: _Sum
    usual: _Sum
    usual_days: int
    last: date


def _windows(days: Sequence[Day], today: date) -> list[_Window]:
    """Return the windows before which there is enough history."""
    found = []
    for length, fewest in WINDOWS:
        since = today - timedelta(length)
        # its first day may bring an archive
        first = max(since - timedelta(USUAL_DAYS), days[0].day + timedelta(1)) if days else since
        if (since - first).days < FEWEST_DAYS:
            continue
        latest, usual, last = _Sum(), _Sum(), first
        for day in days:
            if day.day >= since:
                latest.add(day)
            elif day.day >= first:
                usual.add(day)
            if day.articles:
                last = day.day
        found.append(_Window(length, fewest, latest, usual, (since - first).days, last))
    return found


def _of_number(windows: Iterable[_Window], known: Collection[str]) -> dict[str, str]:
    """Return whether the source brings nothing, or little."""
    for window in windows:
        came = window.latest.articles
        rate = window.usual.articles / window.usual_days
        expected = rate * window.days
        fewest = 0 if not came and "silent" in known else window.fewest
        if expected < fewest or came > _bounds("poor", known).poor * expected:
            continue
        before = f"before, {_number(rate * 7)} a week" if rate else "for weeks"
        if came:
            return {"poor": f"{came} articles in the last {window.days} days; {before}"}
        return {"silent": f"no new article since {window.last}; {before}"}
    return {}


def _of_pages(windows: Iterable[_Window], known: Collection[str]) -> dict[str, str]:
    """Return whether the source's pages are built otherwise than they were."""
    told: dict[str, str] = {}
    for window in windows:
        latest, usual = window.latest, window.usual
        if min(latest.articles, usual.articles) < FEWEST_ARTICLES:
            continue
        bounds = _bounds("junk", known)
        risen = latest.for_each(latest.removed) >= bounds.junk_lines * usual.for_each(usual.removed)
        if usual.junk and risen and latest.junk - usual.junk >= bounds.junk:
            told["junk"] = f"{latest.junk:.0%} of its lines are taken away; before, {usual.junk:.0%}"
        usually, left = usual.for_each(usual.captions), latest.for_each(latest.captions)
        if usually >= USUAL_CAPTIONS and left <= _bounds("captions", known).captions * usually:
            told["captions"] = (
                f"{left:.1f} captions an article in its last {latest.articles}; before, {usually:.1f}"
            )
        break
    return told


def _bounds(kind: str, known: Collection[str]) -> Bounds:
    return GOES_ON if kind in known else BEGINS


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 1 else f"{value:.1f}"
